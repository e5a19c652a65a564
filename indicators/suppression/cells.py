"""Cells of the network: numbers of tables with who delivered them, and what is left when some are taken away."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from indicators.catalogue import BaseFigure
from indicators.suppression.contributions import Parts, added
from indicators.suppression.network import NOBODY, Network, Term
from indicators.suppression.prices import needed_width

Key = tuple[str, str, int]
"""Base figure, breakdown code, key of the period (of a year made of quarters, too)."""

FOREIGN_NEED = 4.0
"""For numbers that came in as secret though the catalogue has no threshold: that of the statistical offices, 3."""

SLACK = 1e-6
UNBOUNDED = -1e12


def common(groups: Iterable[frozenset[str]]) -> frozenset[str]:
    """Who is in each of them; nobody where there are none."""
    found: frozenset[str] | None = None
    for group in groups:
        if not group:
            return NOBODY
        found = group if found is None else found & group
    return found or NOBODY


def too_small(number: float, figure: BaseFigure) -> bool:
    """Whether a count must not be shown by itself."""
    if figure.rounding_base:
        return False
    return abs(number) < (figure.suppress_below or 0) and (number != 0 or not figure.show_zero)


@dataclass(frozen=True, slots=True)
class Rest:
    """What is left over when cells are taken from others, `terms` being their signed sum.

    `counted` are cells whose reporter knows what is left, if it is one: it counted those who are taken away.
    `falls`: it may be less than nothing, as a count since January is when a reporter stays away, and yet be a number
    of persons for that reporter, who knows by how much.
    """

    terms: list[Term]
    need: float
    secret: bool = False
    counted: tuple[int, ...] = ()
    falls: bool = False


class Cells:
    """The cells that tables show, by number in the network; `keys` say where each stands.

    `betrayed` are cells that are large enough, but not without the part of one of their reporters, who knows it.
    `knowing` says who knows what a reporter delivered.
    """

    def __init__(
        self, network: Network, figures: Mapping[str, BaseFigure], knowing: Callable[[str], frozenset[str]]
    ) -> None:
        self.network = network
        self.knowing = knowing
        self.keys: dict[int, Key] = {}
        self.of_key: dict[Key, list[int]] = {}
        self.betrayed: set[int] = set()
        self._figures = figures
        self._parts: dict[int, Parts] = {}
        self._shared: set[int] = set()

    def same(self, key: Key, number: float, parts: Parts) -> int:
        """The cell of this number, a new one unless it was known in an earlier state with the same parts."""
        for cell in self.of_key.get(key, ()):
            if self.network.value[cell] == number and self.parts_of(cell) == parts:
                return cell
        return self.add(key, number, self._figures[key[0]], parts)

    def siblings(self, cell: int) -> Sequence[int]:
        """The cell in all states: the numbers that one place of a table held in the course of time."""
        return self.of_key[self.keys[cell]] if cell in self.keys else (cell,)

    def add(self, key: Key, number: float, figure: BaseFigure, parts: Parts) -> int:
        """A cell that readers see unless it is hidden; `parts` are the numbers of its reporters."""
        owners = common(map(self.knowing, parts))
        known = {insider: own for insider, own in self._by_insider(parts).items() if insider not in owners}
        others = {insider: number - own for insider, own in known.items()}
        small = too_small(number, figure)
        betrayed = not small and any(too_small(rest, figure) for rest in others.values())
        if figure.minimum is None or figure.minimum < 0:
            lowest, floors = UNBOUNDED, {}
        else:
            lowest = 1.0 if number >= 1 and figure.show_zero else 0.0
            floors = {insider: known[insider] for insider, rest in others.items() if rest >= 0}
        need = needed_width(figure)
        cell = self.network.add(number, lowest, need, sensitive=small or betrayed, owners=owners, floors=floors)
        self.keys[cell] = key
        self.of_key.setdefault(key, []).append(cell)
        self._parts[cell] = parts
        if others:
            self._shared.add(cell)
        if betrayed:
            self.betrayed.add(cell)
        return cell

    def needed(self, rest: Rest) -> float:
        """The width that protects what is left over: a count of persons too, though no table shows it."""
        left = self.value(rest.terms)
        if rest.secret and left >= -SLACK:
            return rest.need or FOREIGN_NEED
        if SLACK < left < rest.need - 1:
            return rest.need
        if left < -SLACK and not rest.falls:
            return 0.0
        others = (left - own for own in self.floors(rest.terms, left).values())
        return rest.need if any(SLACK < number < rest.need - 1 for number in others) else 0.0

    def floors(self, terms: Sequence[Term], left: float) -> dict[str, float]:
        """What each reporter knows to be left over at least: its own; nothing where the others have less than none."""
        if not self._shared or not any(cell in self._shared for cell, _ in terms):
            return {}
        known = self._by_insider(self.known(terms))
        return {name: own for name, own in known.items() if own and left - own >= -SLACK}

    def known(self, terms: Iterable[Term]) -> dict[str, float]:
        """By reporter its own part of a signed sum of cells."""
        return added((self.parts_of(cell), sign) for cell, sign in terms)

    def parts_of(self, cell: int) -> Parts:
        return self._parts.get(cell, {})

    def _by_insider(self, parts: Parts) -> dict[str, float]:
        """By who knows something of it how much of it that is."""
        if not parts:
            return {}
        return added(({insider: number}, 1) for reporter, number in parts.items() for insider in self.knowing(reporter))

    def owners(self, cells: Iterable[int]) -> frozenset[str]:
        """The reporters that know all of these cells by themselves."""
        return common(self.network.owners[cell] for cell in cells)

    def relate_rest(self, rest: Rest) -> None:
        """Nothing where less than none is left: then the one is no part of the other."""
        left = self.value(rest.terms)
        key = ("rest", *sorted(rest.terms))
        need = self.needed(rest)
        if (left >= -SLACK or need) and not self.network.knows(key):
            lowest = 0.0 if left >= -SLACK else UNBOUNDED
            owners, excused = self.owners(cell for cell, _ in rest.terms), self.owners(rest.counted)
            floors = self.floors(rest.terms, left)
            cell = self.network.add(
                left if lowest else max(left, 0.0),
                lowest,
                need,
                sensitive=need > 0,
                owners=owners,
                excused=excused,
                floors=floors,
            )
            self.network.relate(key, [*rest.terms, (cell, -1)])

    def value(self, terms: Iterable[Term]) -> float:
        value, total = self.network.value, 0.0
        for cell, sign in terms:
            total += sign * value[cell]
        return total

    def total(self, cells: Iterable[int]) -> float:
        return sum(self.network.value[cell] for cell in cells)
