"""Everything that a reader can compute from base figures, as equations between cells.

Sums over members, rolled-up years, the growth of cumulative counts, and what is left of a denominator when the
numerator is taken away. Equations are made for a table when the search first reaches one of its cells.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from indicators.catalogue import BaseFigure, Catalogue
from indicators.observations import roll
from indicators.periods import PARTS_PER_YEAR, Period
from indicators.suppression.ages import Lines
from indicators.suppression.cells import SLACK, Cells, Key, Rest
from indicators.suppression.contributions import UNKNOWN, Contributions
from indicators.suppression.network import Network
from indicators.suppression.prices import Prices, needed_width
from indicators.suppression.shares import Share, shares
from indicators.suppression.tables import Sum, Sums

Table = dict[str, int]
"""The cells of one base figure and period, by breakdown code."""


period_of = lru_cache(maxsize=10_000)(Period.from_key)


@lru_cache(maxsize=10_000)
def following(period: int) -> int:
    """The key of the period after."""
    return period_of(period).next.key


@dataclass(frozen=True, slots=True)
class Count:
    """One known number of a base figure."""

    figure: str
    breakdown: str
    period: int
    number: float


class Relations:
    """The network of all counts, and where each cell stands. `secret` are cells that came in hidden already."""

    def __init__(
        self,
        catalogue: Catalogue,
        counts: Iterable[Count],
        secret: Iterable[Key] = (),
        contributed: Contributions = UNKNOWN,
    ) -> None:
        self.catalogue = catalogue
        self._contributed = contributed
        self.network = Network(self._price, self._grow)
        self.cells = Cells(self.network)
        self._secret = frozenset(secret)
        self._sums = Sums(catalogue)
        self._lines = Lines(catalogue)
        self._prices = Prices(catalogue)
        self._tables: dict[str, dict[int, Table]] = {}
        self._levels: dict[tuple[str, int], dict[int, Table]] = {}
        self._rolled_up: dict[tuple[str, int, int], int] = {}
        self._grown: set[tuple[str, int]] = set()
        for count in counts:
            self._place(count)

    def _place(self, count: Count) -> None:
        parts = self._contributed.of(count.figure, count.breakdown, count.period, count.number)
        figure = self.catalogue.base_figures[count.figure]
        cell = self.cells.add((count.figure, count.breakdown, count.period), count.number, figure, parts)
        self._tables.setdefault(count.figure, {}).setdefault(count.period, {})[count.breakdown] = cell

    def _price(self, cell: int) -> float:
        """What hiding a cell costs; nothing where it is shown nowhere."""
        if cell not in self.cells.keys:
            return 0.0
        code, breakdown, period = self.cells.keys[cell]
        return self._prices.of(code, breakdown, self.network.value[cell], period not in self._tables[code])

    def find_sensitive(self) -> None:
        """Finds what has to be protected, shown or not. Tables without anything such make no equations."""
        came_secret = {code for code, _, _ in self._secret}
        for code, tables in list(self._tables.items()):
            figure = self.catalogue.base_figure(code)
            if figure.suppress_below is None and code not in came_secret:
                continue
            for kind in self._kinds_of[code] if figure.kind == "flow" else ():
                self.level(code, kind)
            for period, table in list(tables.items()):
                self._relate_sensitive(self._sum_rests(figure, period, table))
                self._relate_sensitive(self._age_rests(figure, period, table))
                self._relate_sensitive(self._growth_rests(figure, period, table))
        for share in self._shares:
            for into in list(self.level(share.names[0], share.kind)):
                self._relate_sensitive(self._share_rests(share, into))

    def _relate_sensitive(self, rests: Iterable[Rest]) -> None:
        for rest in rests:
            if self.cells.needed(rest):
                self.cells.relate_rest(rest)

    def _grow(self, cell: int) -> None:
        """All equations of a cell; one that is shown nowhere got its own when it was made."""
        if cell not in self.cells.keys:
            return
        code, breakdown, period = self.cells.keys[cell]
        figure = self.catalogue.base_figure(code)
        self._grow_table(figure, period)
        for later in (period, following(period)) if figure.kind == "cumulative" else ():
            for rest in self._growth_rests(figure, later, self._tables[code].get(later, {}), breakdown):
                self.cells.relate_rest(rest)
        self._relate_years(figure, period, breakdown)
        for share in self._shares_of.get(code, ()):
            for into in self._reached(share, period):
                for rest in self._share_rests(share, into, breakdown):
                    self.cells.relate_rest(rest)

    def _grow_table(self, figure: BaseFigure, period: int) -> None:
        table = self._tables[figure.code].get(period)
        if table and (figure.code, period) not in self._grown:
            self._grown.add((figure.code, period))
            self._relate_sums(figure, period, table)

    def _relate_sums(self, figure: BaseFigure, period: int, table: Table) -> None:
        whole = [found for found in self._sums.of(table) if found.whole]
        unseen: dict[str, int] = {}
        for found in whole:
            parts = [table[code] for code in found.parts]
            parent = table.get(found.parent, unseen.get(found.parent))
            if parent is None:
                if sum(other.parent == found.parent for other in whole) == 1:
                    continue  # a total that is shown nowhere and made in one way only tells nothing
                parent = unseen[found.parent] = self.network.add(
                    self.cells.total(parts), 0.0, owner=self.cells.owner(parts)
                )
            key = ("sum", figure.code, period, found.dimension, found.parent)
            self.network.relate(key, [(parent, -1), *((part, 1) for part in parts)])
        for rest in self._sum_rests(figure, period, table):
            self.cells.relate_rest(rest)
        for rest in self._age_rests(figure, period, table):
            if self.cells.floors(rest.terms, self.cells.value(rest.terms)):
                self.cells.relate_rest(rest)
        self._relate_ages(figure, period, table)

    def _relate_ages(self, figure: BaseFigure, period: int, table: Table) -> None:
        """Age groups that overlap are made of sections, of which some may be shown nowhere."""
        for line in self._lines.of(table):
            counts = line.counts({group: self.network.value[table[group]] for group in line.groups})
            owner = self.cells.owner(table[group] for group in line.groups)
            sections = [self.network.add(count, 0.0, owner=owner) for count in counts or ()]
            for group in line.groups if sections else ():
                terms = ((sections[number], 1) for number in line.sections(group))
                self.network.relate(("ages", figure.code, period, group), [(table[group], -1), *terms])

    def _age_rests(self, figure: BaseFigure, period: int, table: Table) -> Iterator[Rest]:
        """Who lies between two ages, where age groups overlap."""
        for line in self._lines.of(table):
            for between, terms in line.between(table):
                yield Rest(("between", figure.code, period, line.base, between), terms, needed_width(figure))

    def _sum_rests(self, figure: BaseFigure, period: int, table: Table) -> Iterator[Rest]:
        """What members leave of a total that they do not make up, and others of the member that they lie within."""
        need = needed_width(figure)
        for found in self._sums.of(table):
            if found.parent not in table or (found.whole and not found.within):
                continue
            key = ("rest", figure.code, period, found.dimension, found.parent)
            parent, parts = table[found.parent], [table[code] for code in found.parts]
            if not found.whole:
                terms = [(parent, 1), *((part, -1) for part in parts)]
                if self.cells.value(terms) >= -SLACK:
                    yield Rest(key, terms, need, self._came_secret(figure, period, found))
                else:  # members that overlap
                    yield from (Rest((*key, part), [(parent, 1), (part, -1)], need) for part in parts)
            for code in found.within:
                for whole in (parent, *parts):
                    yield Rest((*key, code, whole), [(whole, 1), (table[code], -1)], need)

    def _came_secret(self, figure: BaseFigure, period: int, found: Sum) -> bool:
        return bool(self._secret) and any((figure.code, code, period) in self._secret for code in found.members)

    def _growth_rests(self, figure: BaseFigure, period: int, table: Table, only: str | None = None) -> Iterator[Rest]:
        """What came since the quarter before of a count since January."""
        own = period_of(period) if figure.kind == "cumulative" and table else None
        if own is None or own.kind not in PARTS_PER_YEAR or own.part == 1:
            return
        before = self._tables[figure.code].get(own.previous.key, {})
        for breakdown in table if only is None else (only,):
            if breakdown in before and breakdown in table:
                key = ("growth", figure.code, breakdown, period)
                yield Rest(key, [(table[breakdown], 1), (before[breakdown], -1)], needed_width(figure))

    def _relate_years(self, figure: BaseFigure, period: int, breakdown: str) -> None:
        """Periods made of shorter ones: a year of four quarters."""
        if figure.kind != "flow":
            return
        tables = self._tables[figure.code]
        for kind in self._kinds_of[figure.code]:
            for longer in (period, self._rolled(figure, period, kind)):
                cell = self.level(figure.code, kind).get(longer, {}).get(breakdown)
                parts = [tables[part].get(breakdown) for part in self._parts(figure, longer, kind)]
                if cell is not None and parts and None not in parts:
                    terms = [(cell, -1), *((part, 1) for part in parts if part is not None)]
                    self.network.relate(("year", figure.code, breakdown, longer), terms)

    def _rolled(self, figure: BaseFigure, period: int, kind: int) -> int:
        """The longer period that one counts for; 0 for none."""
        key = (figure.code, period, kind)
        if (found := self._rolled_up.get(key)) is None:
            rolled = roll(figure, period_of(period), kind)
            found = self._rolled_up[key] = rolled[0] if rolled else 0
        return found

    def _parts(self, figure: BaseFigure, longer: int, kind: int) -> list[int]:
        """Keys of the delivered periods that make up a longer one; empty unless all are there."""
        return self._made_of[figure.code, kind].get(longer, [])

    def level(self, code: str, kind: int) -> dict[int, Table]:
        """The cells of a base figure by period of one kind, as an indicator of that frequency takes them."""
        if (code, kind) not in self._levels:
            self._levels[code, kind] = self._roll_up(self.catalogue.base_figure(code), kind)
        return self._levels[code, kind]

    def _roll_up(self, figure: BaseFigure, kind: int) -> dict[int, Table]:
        tables = self._tables.get(figure.code, {})
        level = {period: table for period, table in tables.items() if period % 10 == kind}
        made_of: dict[int, list[int]] = {}
        needed = 1
        for period in tables:
            if period % 10 != kind and (rolled := roll(figure, period_of(period), kind)):
                made_of.setdefault(rolled[0], []).append(period)
                needed = rolled[1]
        made_of = {longer: parts for longer, parts in made_of.items() if len(parts) == needed}
        self._made_of[figure.code, kind] = made_of
        for longer, parts in made_of.items():
            if needed == 1:
                level.setdefault(longer, tables[parts[0]])
                continue
            there = set.intersection(*(set(tables[part]) for part in parts))
            own = level.setdefault(longer, {})
            for breakdown in sorted(there - own.keys()):
                cells = [tables[part][breakdown] for part in parts]
                known = self.cells.known([(cell, 1) for cell in cells])
                key = (figure.code, breakdown, longer)
                own[breakdown] = self.cells.add(key, self.cells.total(cells), figure, known)
        return level

    @cached_property
    def _made_of(self) -> dict[tuple[str, int], dict[int, list[int]]]:
        return {}

    def _share_rests(self, share: Share, into: int, only: str | None = None) -> Iterator[Rest]:
        """What is left of a denominator. Of an empty numerator's that is the denominator, which is shown anyway."""
        tables = [(self.level(name, share.kind).get(into, {}), sign) for name, sign in share.rest]
        need = max(needed_width(self.catalogue.base_figure(name)) for name in share.numerators)
        value = self.network.value
        for breakdown in tables[0][0] if only is None else (only,):
            if all(breakdown in table for table, _ in tables):
                terms = [(table[breakdown], sign) for table, sign in tables]
                counted = tuple(cell for cell, sign in terms if sign < 0)
                empty = not any(value[cell] for cell in counted)
                key = ("share", share.code, breakdown, into)
                yield Rest(key, terms, 0.0 if empty else need, counted=counted)

    def _reached(self, share: Share, period: int) -> set[int]:
        """The indicator's periods in which a period of one of its base figures counts."""
        own = {period} if period % 10 == share.kind else set()
        rolled = {self._rolled(self.catalogue.base_figure(name), period, share.kind) for name in share.names}
        return (own | rolled) - {0}

    @cached_property
    def _kinds_of(self) -> Mapping[str, frozenset[int]]:
        """The lengths of period in which a base figure is shown."""
        found = {code: {period % 10 for period in tables} for code, tables in self._tables.items()}
        for indicator in self.catalogue.indicators.values():
            for name in indicator.expression.names:
                found.setdefault(name, set()).add(int(indicator.frequency.kind))
        return {code: frozenset(kinds) for code, kinds in found.items()}

    @cached_property
    def _shares(self) -> tuple[Share, ...]:
        return shares(self.catalogue)

    @cached_property
    def _shares_of(self) -> Mapping[str, tuple[Share, ...]]:
        found: dict[str, list[Share]] = {}
        for share in self._shares:
            for name in share.names:
                found.setdefault(name, []).append(share)
        return {name: tuple(shares) for name, shares in found.items()}
