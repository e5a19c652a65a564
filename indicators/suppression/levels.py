"""Tables of base figures as known in the course of time, and the longer periods that they make up."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from indicators.observations import roll
from indicators.periods import Period
from indicators.suppression.cells import Cells
from indicators.suppression.contributions import Parts
from indicators.suppression.history import Definitions, Version

Table = dict[str, int]
"""The cells of one base figure and period, by breakdown code."""

period_of = lru_cache(maxsize=10_000)(Period.from_key)


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """A table as it was known in some states of the data."""

    table: Table
    states: int
    secret: frozenset[str] = frozenset()


def together(lists: Sequence[Sequence[Known]]) -> Iterator[tuple[Known, ...]]:
    """One of each, as far as they were known at the same time."""
    for chosen in product(*lists):
        states = -1
        for known in chosen:
            states &= known.states
        if states and chosen:
            yield chosen


class Levels:
    """All tables by base figure and period, and by the kinds of period in which indicators show them.

    A number that stayed the same with all its parts is one cell, in whatever state it was known: that it did so is
    taken as known to everybody.
    """

    def __init__(self, definitions: Definitions, cells: Cells) -> None:
        self._definitions, self._cells = definitions, cells
        self.tables: dict[str, dict[int, list[Known]]] = {}
        self._levels: dict[tuple[str, int], dict[int, list[Known]]] = {}
        self._made: dict[tuple[str, int], dict[int, list[tuple[Known, tuple[Known, ...]]]]] = {}
        self._rolled_up: dict[tuple[str, int, int], int] = {}

    def place(self, version: Version) -> None:
        figure, period = version.figure, version.period
        parts = version.parts
        table = {
            breakdown: self._cells.same((figure, breakdown, period), number, parts.get(breakdown) or {})
            for breakdown, number in version.numbers.items()
        }
        known = Known(table, version.states, version.secret)
        self.tables.setdefault(figure, {}).setdefault(period, []).append(known)

    def delivered(self, figure: str, period: int) -> list[Known]:
        return self.tables.get(figure, {}).get(period, [])

    def kinds(self, code: str) -> Iterable[int]:
        """The lengths of period in which a base figure is shown."""
        return {period % 10 for period in self.tables.get(code, ())} | self._definitions.kinds.get(code, frozenset())

    def rolled(self, code: str, period: int, kind: int) -> int:
        """The longer period that one counts for; 0 for none."""
        key = (code, period, kind)
        if (found := self._rolled_up.get(key)) is None:
            rolled = roll(self._definitions.figures[code], period_of(period), kind)
            found = self._rolled_up[key] = rolled[0] if rolled else 0
        return found

    def level(self, code: str, kind: int) -> dict[int, list[Known]]:
        """The tables of a base figure by period of one kind, as an indicator of that frequency takes them."""
        if (code, kind) not in self._levels:
            self._levels[code, kind] = self._roll_up(code, kind)
        return self._levels[code, kind]

    def made_of(self, code: str, kind: int, longer: int) -> list[tuple[Known, tuple[Known, ...]]]:
        """Tables of a longer period, each with those of the shorter ones that it was made of."""
        self.level(code, kind)
        return self._made[code, kind].get(longer, [])

    def _roll_up(self, code: str, kind: int) -> dict[int, list[Known]]:
        tables, figure = self.tables.get(code, {}), self._definitions.figures[code]
        level = {period: list(found) for period, found in tables.items() if period % 10 == kind}
        parts_of: dict[int, list[int]] = {}
        needed = 1
        for period in tables:
            if period % 10 != kind and (rolled := roll(figure, period_of(period), kind)):
                parts_of.setdefault(rolled[0], []).append(period)
                needed = rolled[1]
        made = self._made.setdefault((code, kind), {})
        for longer, parts in parts_of.items():
            if needed == 1:
                level.setdefault(longer, []).extend(tables[parts[0]])
            elif len(parts) == needed:
                shorter = together([tables[part] for part in parts])
                made[longer] = [self._made_up(code, longer, chosen) for chosen in shorter]
                level.setdefault(longer, []).extend(known for known, _ in made[longer])
        return level

    def _made_up(self, code: str, longer: int, parts: tuple[Known, ...]) -> tuple[Known, tuple[Known, ...]]:
        own: Table = {}
        states = -1
        for known in parts:
            states &= known.states
        for breakdown in sorted(set.intersection(*(set(known.table) for known in parts))):
            cells = [known.table[breakdown] for known in parts]
            shares: Parts = self._cells.known([(cell, 1) for cell in cells])
            own[breakdown] = self._cells.same((code, breakdown, longer), self._cells.total(cells), shares)
        return Known(own, states), parts
