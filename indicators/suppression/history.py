"""Every state of the data that somebody can look at, and every catalogue ever in force: what protection works on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from indicators.catalogue import BaseFigure, Catalogue
from indicators.suppression.ages import Lines
from indicators.suppression.contributions import Parts
from indicators.suppression.forms import Form, forms
from indicators.suppression.successions import Successions
from indicators.suppression.tables import Sums

SECRET_SIGNS = frozenset({"*", "."})


@dataclass(frozen=True, slots=True)
class Version:
    """The table of a base figure and period as it was known for a while: numbers by breakdown code, and their parts.

    `states` has a bit for each state of the data in which it was known. `secret` breakdowns came in without a number.
    """

    figure: str
    period: int
    numbers: Mapping[str, float]
    parts: Mapping[str, Parts]
    secret: frozenset[str] = frozenset()
    states: int = 1


class Definitions:
    """All catalogues ever in force, oldest first, the last one being today's.

    Today's thresholds hold for every state; which numbers are shown together and what adds up is said by each.
    A base figure that got a new code keeps its old numbers company: `home` is the code that it has today, or had last.
    """

    def __init__(self, catalogues: Sequence[Catalogue], states: Sequence[int] = (1,)) -> None:
        self.catalogues, self._states = tuple(catalogues), tuple(states)
        self.today = self.catalogues[-1]
        self._knowing: dict[str, frozenset[str]] = {}

    @cached_property
    def _codes(self) -> Mapping[str, list[str]]:
        """By each code all those that the same base figure ever had, the last one first."""
        last = {code: place for place, one in enumerate(self.catalogues) for code in one.base_figures}
        groups: dict[str, set[str]] = {code: {code} for code in last}
        for one, other in self._renamed():
            joined = groups.setdefault(one, {one}) | groups.setdefault(other, {other})
            groups.update(dict.fromkeys(joined, joined))
        strictest = {code: -(self.figures[code].suppress_below or 0) for code in last}
        return {
            code: sorted(group, key=lambda one: (-last.get(one, -1), strictest.get(one, 0), one))
            for code, group in groups.items()
            if code in last
        }

    def _renamed(self) -> Iterator[tuple[str, str]]:
        """Codes of one base figure: those that it says it had, and the one that took the place of another, which is
        defined no more, in the formula of an indicator."""
        for catalogue in self.catalogues:
            for figure in catalogue.base_figures.values():
                yield from ((old, figure.code) for old in figure.formerly)
        for before, after in pairwise(self.catalogues):
            for code, indicator in before.indicators.items():
                now = after.indicators.get(after.current_indicator(code))
                for gone, come in zip(indicator.expression.names, now.expression.names if now else (), strict=False):
                    if gone not in after.base_figures and come not in before.base_figures:
                        yield gone, come

    def home(self, code: str) -> str:
        return self._codes[code][0] if code in self._codes else code

    def codes(self, home: str) -> list[str]:
        """Every code that a base figure ever had, today's first."""
        return self._codes.get(home, [home])

    def knowing(self, reporter: str) -> frozenset[str]:
        """Who knows what a reporter delivered: itself, and all that ever took over from it."""
        if reporter not in self._knowing:
            self._knowing[reporter] = frozenset(
                {reporter, *(heir for one in self.catalogues for heir in one.reporters
                             if reporter in one.followed_by(heir))}
            )  # fmt: skip
        return self._knowing[reporter]

    @cached_property
    def figures(self) -> Mapping[str, BaseFigure]:
        """Every base figure that ever was, as defined last."""
        found: dict[str, BaseFigure] = {}
        for catalogue in self.catalogues:
            found.update(catalogue.base_figures)
        return found

    @cached_property
    def countable(self) -> frozenset[str]:
        """Percentages are no counts of persons."""
        units = {name: unit for catalogue in self.catalogues for name, unit in catalogue.units.items()}
        return frozenset(code for code, figure in self.figures.items() if units[figure.unit].adds_up)

    @cached_property
    def rounding(self) -> Mapping[str, int]:
        """What the numbers of base figures are rounded to, by every code that they ever had."""
        found = {code: self.figures[self.home(code)].rounding_base for code in self.figures if code in self.countable}
        return {code: base for code, base in found.items() if base}

    @cached_property
    def forms(self) -> tuple[Form, ...]:
        found = (form for catalogue in self.catalogues for form in forms(catalogue))
        return tuple(dict.fromkeys(self._at_home(form) for form in found))

    def _at_home(self, form: Form) -> Form:
        return Form(form.kind, tuple((self.home(n), f) for n, f in form.terms), form.alone, form.left_over)

    @cached_property
    def kinds(self) -> Mapping[str, frozenset[int]]:
        """The lengths of period in which indicators show a base figure."""
        found: dict[str, set[int]] = {}
        for catalogue in self.catalogues:
            for indicator in catalogue.indicators.values():
                for name in indicator.expression.names:
                    found.setdefault(self.home(name), set()).add(int(indicator.frequency.kind))
        return {code: frozenset(kinds) for code, kinds in found.items()}

    @cached_property
    def successions(self) -> Successions:
        return Successions(self.catalogues)

    @cached_property
    def _readings(self) -> list[tuple[int, Sums, Lines]]:
        """How tables are read, with the states in which they are read so; like catalogues once."""
        found: list[tuple[Catalogue, int]] = []
        for catalogue, states in zip(self.catalogues, self._states, strict=True):
            for place, (other, known) in enumerate(found):
                if (other.dimensions, other.city.comparison_areas) == (
                    catalogue.dimensions, catalogue.city.comparison_areas
                ):  # fmt: skip
                    found[place] = (other, known | states)
                    break
            else:
                found.append((catalogue, states))
        return [(states, Sums(catalogue), Lines(catalogue)) for catalogue, states in found]

    def readings(self, states: int) -> list[tuple[Sums, Lines]]:
        """How a table that was known in these states was read, the way that it was read first coming first."""
        return [(sums, lines) for during, sums, lines in self._readings if during & states]
