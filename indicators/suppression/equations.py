"""Everything that a reader can compute from base figures, as equations between cells.

Sums over members, rolled-up years, the growth of cumulative counts, what formulas form, and what came or went when a
reporter did. Equations are made for a table when the search first reaches one of its cells.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from itertools import product

from indicators.catalogue import BaseFigure
from indicators.periods import PARTS_PER_YEAR
from indicators.suppression.ages import Line
from indicators.suppression.cells import SLACK, Cells, Rest
from indicators.suppression.forms import Form
from indicators.suppression.history import Definitions, Version
from indicators.suppression.levels import Known, Levels, Table, period_of, together
from indicators.suppression.network import Network, Term
from indicators.suppression.parts import relate_parts
from indicators.suppression.prices import Prices, needed_width
from indicators.suppression.tables import Sum


@lru_cache(maxsize=10_000)
def following(period: int) -> int:
    """The key of the period after."""
    return period_of(period).next.key


@lru_cache(maxsize=10_000)
def before(period: int) -> int:
    """The key of the period before in the same year; 0 for the first, and for those that are no parts of a year."""
    own = period_of(period)
    return own.previous.key if own.kind in PARTS_PER_YEAR and own.part > 1 else 0


class Relations:
    """The network of all counts, and where each cell stands, in whatever state of the data it was known."""

    def __init__(self, definitions: Definitions, versions: Iterable[Version]) -> None:
        self.definitions = definitions
        self.network = Network(self._price, self._grow, lambda cell: self.cells.siblings(cell))
        self.cells = Cells(self.network, definitions.figures, definitions.knowing)
        self.levels = Levels(definitions, self.cells)
        self._prices = Prices(definitions)
        self._grown: set[Known] = set()
        for version in versions:
            self.levels.place(version)
        self._varying = frozenset(key for key, cells in self.cells.of_key.items() if len(cells) > 1)

    def _price(self, cell: int) -> float:
        """What hiding a cell costs; nothing where it is shown nowhere."""
        if cell not in self.cells.keys:
            return 0.0
        code, breakdown, period = self.cells.keys[cell]
        rolled_up = period not in self.levels.tables[code]
        return self._prices.of(code, breakdown, self.network.value[cell], rolled_up)

    def find_sensitive(self) -> None:
        """Finds what has to be protected, shown or not. Tables without anything such make no equations."""
        for code, tables in list(self.levels.tables.items()):
            figure = self.definitions.figures[code]
            came_secret = any(known.secret for found in tables.values() for known in found)
            if figure.rounding_base or (figure.suppress_below is None and not came_secret):
                continue
            for kind in self.levels.kinds(code) if figure.kind == "flow" else ():
                self.levels.level(code, kind)
            for period, found in tables.items():
                for known in found:
                    self._relate_sensitive(self._sum_rests(figure, known))
                    self._relate_sensitive(self._age_rests(figure, known))
                self._relate_sensitive(self._growth_rests(figure, period))
                for breakdown in self.definitions.successions.concerned(known.table for known in found):
                    self._relate_sensitive(self._succeeded(figure, period, breakdown))
        for form in self.definitions.forms:
            for into in self._periods(form):
                self._relate_sensitive(self._formed(form, into))
        for key in self._varying:
            relate_parts(self.cells, self.cells.of_key[key], needed_width(self.definitions.figures[key[0]]))

    def _relate_sensitive(self, rests: Iterable[Rest]) -> None:
        for rest in rests:
            if self.cells.needed(rest):
                self.cells.relate_rest(rest)

    def _grow(self, cell: int) -> None:
        """All equations of a cell; one that is shown nowhere got its own when it was made."""
        if cell not in self.cells.keys:
            return
        code, breakdown, period = self.cells.keys[cell]
        figure = self.definitions.figures[code]
        for known in self.levels.delivered(code, period):
            if known not in self._grown:
                self._grown.add(known)
                self._relate_sums(figure, known)
        for later in (period, following(period)) if figure.kind == "cumulative" else ():
            self._relate(self._growth_rests(figure, later, breakdown))
        self._relate_years(figure, period, breakdown)
        self._relate(self._succeeded(figure, period, breakdown))
        for form in self._forms_of.get(code, ()):
            for into in self._reached(form, code, period):
                self._relate(self._formed(form, into, breakdown))

    def _relate(self, rests: Iterable[Rest]) -> None:
        for rest in rests:
            self.cells.relate_rest(rest)

    def _relate_sums(self, figure: BaseFigure, known: Known) -> None:
        table = known.table
        for number, (sums, _) in enumerate(self.definitions.readings(known.states)):
            whole = [found for found in sums.of(table) if found.whole]
            unseen: dict[str, int] = {}
            for found in whole:
                parts = [table[code] for code in found.parts]
                parent = table.get(found.parent, unseen.get(found.parent))
                if parent is None:
                    if sum(other.parent == found.parent for other in whole) == 1:
                        continue  # a total that is shown nowhere and made in one way only tells nothing
                    parent = unseen[found.parent] = self.network.add(
                        self.cells.total(parts), 0.0, owners=self.cells.owners(parts)
                    )
                terms = [(parent, -1), *((part, 1) for part in parts)]
                if number == 0 or abs(self.cells.value(terms)) <= SLACK:
                    self.network.relate(("sum", *terms), terms)
        self._relate(self._sum_rests(figure, known))
        for rest in self._age_rests(figure, known):
            if self.cells.floors(rest.terms, self.cells.value(rest.terms)):
                self.cells.relate_rest(rest)
        self._relate_ages(table, known.states)

    def _relate_ages(self, table: Table, states: int) -> None:
        """Age groups that overlap are made of sections, of which some may be shown nowhere."""
        for line, counts in self._lines(table, states):
            owners = self.cells.owners(table[group] for group in line.groups)
            sections = [self.network.add(count, 0.0, owners=owners) for count in counts or ()]
            for group in line.groups if sections else ():
                terms = [(table[group], -1), *((sections[number], 1) for number in line.sections(group))]
                self.network.relate(("ages", *terms), terms)

    def _lines(self, table: Table, states: int) -> Iterator[tuple[Line, list[float] | None]]:
        """Lines of ages with what their sections may hold: without the total where it is contradicted."""
        for _, lines in self.definitions.readings(states):
            for line in lines.of(table):
                counts = line.counts({group: self.network.value[table[group]] for group in line.groups})
                if counts is None and line.without_all:
                    line = line.without_all
                    counts = line.counts({group: self.network.value[table[group]] for group in line.groups})
                yield line, counts

    def _age_rests(self, figure: BaseFigure, known: Known) -> Iterator[Rest]:
        """Who lies between two ages, where age groups overlap."""
        for line, _ in self._lines(known.table, known.states):
            for _, terms in line.between(known.table):
                yield Rest(terms, needed_width(figure))

    def _sum_rests(self, figure: BaseFigure, known: Known) -> Iterator[Rest]:
        """What members leave of a total that they do not make up, and others of the member that they lie within."""
        for sums, _ in self.definitions.readings(known.states):
            for found in sums.of(known.table):
                if found.parent in known.table and not (found.whole and not found.within):
                    yield from self._left_of(figure, known, found)

    def _left_of(self, figure: BaseFigure, known: Known, found: Sum) -> Iterator[Rest]:
        need, table = needed_width(figure), known.table
        parent, parts = table[found.parent], [table[code] for code in found.parts]
        if not found.whole:
            terms = [(parent, 1), *((part, -1) for part in parts)]
            if self.cells.value(terms) >= -SLACK:
                yield Rest(terms, need, not known.secret.isdisjoint(found.members))
            else:  # members that overlap
                yield from (Rest([(parent, 1), (part, -1)], need) for part in parts)
        for code in found.within:
            for whole in (parent, *parts):
                yield Rest([(whole, 1), (table[code], -1)], need)

    def _growth_rests(self, figure: BaseFigure, period: int, only: str | None = None) -> Iterator[Rest]:
        """What came since the quarter before of a count since January."""
        earlier = before(period) if figure.kind == "cumulative" else 0
        lists = [self.levels.delivered(figure.code, period), self.levels.delivered(figure.code, earlier)]
        for now, then in together(lists) if earlier else ():
            for breakdown in now.table if only is None else (only,):
                if breakdown in then.table and breakdown in now.table:
                    terms = [(now.table[breakdown], 1), (then.table[breakdown], -1)]
                    yield Rest(terms, needed_width(figure), falls=True)

    def _succeeded(self, figure: BaseFigure, period: int, breakdown: str) -> Iterator[Rest]:
        """A member is what it took over from, in whatever state each was known; of what is missing there, what is left.

        Where the numbers do not say so, they were counted anew.
        """
        for heir, before in self.definitions.successions.of(breakdown):
            lists = [self.cells.of_key.get((figure.code, code, period), ()) for code in (heir, *before)]
            for now, *then in product(lists[0], *(cells for cells in lists[1:] if cells)) if any(lists[1:]) else ():
                terms = [(now, 1), *((cell, -1) for cell in then)]
                if len(then) < len(before):
                    yield Rest(terms, needed_width(figure))
                elif abs(self.cells.value(terms)) <= SLACK:
                    self.network.relate(("follows", *terms), terms)

    def _relate_years(self, figure: BaseFigure, period: int, breakdown: str) -> None:
        """Periods made of shorter ones: a year of four quarters."""
        if figure.kind != "flow":
            return
        for kind in self.levels.kinds(figure.code):
            for longer in (period, self.levels.rolled(figure.code, period, kind)):
                for known, parts in self.levels.made_of(figure.code, kind, longer) if longer else ():
                    if breakdown in known.table:
                        terms = [(known.table[breakdown], -1), *((part.table[breakdown], 1) for part in parts)]
                        self.network.relate(("year", *terms), terms)

    def _periods(self, form: Form) -> list[int]:
        """The indicator's periods in which all that it is made of is known."""
        first, *others = (self.levels.level(name, form.kind) for name in form.names)
        return [period for period in first if all(period in level for level in others)]

    def _formed(self, form: Form, into: int, only: str | None = None) -> Iterator[Rest]:
        """What the formula forms in a period, in all breakdowns."""
        lists, places = [], list[tuple[int, bool]]()
        for name, factor in form.terms:
            lists.append(self.levels.level(name, form.kind).get(into, []))
            places.append((factor, factor < 0))
            if self._alone(form, name) and (earlier := before(into)):
                lists.append(self.levels.level(name, form.kind).get(earlier, []))
                places.append((-factor, factor < 0))
        figures = [self.definitions.figures[name] for name in form.names]
        need = 0.0 if any(figure.rounding_base for figure in figures) else max(map(needed_width, figures))
        for chosen in together(lists):
            tables = [known.table for known in chosen]
            for breakdown in tables[0] if only is None else (only,):
                if all(breakdown in table for table in tables):
                    terms = [(table[breakdown], factor) for table, (factor, _) in zip(tables, places, strict=True)]
                    counted = [t[breakdown] for t, (_, taken) in zip(tables, places, strict=True) if taken]
                    yield from self._as_rest(form, terms, counted, need)

    def _as_rest(self, form: Form, terms: list[Term], counted: list[int], need: float) -> Iterator[Rest]:
        """A difference is as telling the other way round. Where all but one are zero it is that one."""
        value, growth = self.network.value, len(form.terms) == 1
        if not form.left_over and not growth and self.cells.value(terms) < -SLACK:
            terms = [(cell, -factor) for cell, factor in terms]
        alone = sum(bool(value[cell]) for cell, _ in terms) < 2
        yield Rest(terms, 0.0 if alone else need, counted=tuple(counted), falls=growth)

    def _alone(self, form: Form, name: str) -> bool:
        return form.alone and self.definitions.figures[name].kind == "cumulative"

    def _reached(self, form: Form, code: str, period: int) -> set[int]:
        """The indicator's periods in which a period of one of its base figures counts."""
        own = {period} if period % 10 == form.kind else {self.levels.rolled(code, period, form.kind)}
        later = {following(into) for into in own if into and self._alone(form, code)}
        return {into for into in own | later if into}

    @cached_property
    def _forms_of(self) -> Mapping[str, tuple[Form, ...]]:
        found: dict[str, list[Form]] = {}
        for form in self.definitions.forms:
            for name in form.names:
                found.setdefault(name, []).append(form)
        return {name: tuple(known) for name, known in found.items()}
