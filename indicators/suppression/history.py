"""Every state of the data that somebody can look at, and every catalogue ever in force: what protection works on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from indicators.catalogue import BaseFigure, Catalogue
from indicators.suppression.ages import Lines
from indicators.suppression.contributions import UNKNOWN, Contributions, Parts
from indicators.suppression.forms import Form, forms
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


def versions_of(values: pd.DataFrame, contributed: Contributions = UNKNOWN) -> Iterator[Version]:
    """One state alone; `values` as from `base_values`."""
    tables: dict[tuple[str, int], tuple[dict[str, float], dict[str, Parts], set[str]]] = {}
    ordered = values.sort_values(["base_figure", "breakdown", "period"])
    columns = (ordered[name].tolist() for name in ("base_figure", "breakdown", "period", "number", "sign"))
    for figure, breakdown, period, number, sign in zip(*columns, strict=True):
        numbers, parts, secret = tables.setdefault((figure, int(period)), ({}, {}, set()))
        if sign in SECRET_SIGNS:
            secret.add(breakdown)
        if number is not None and not pd.isna(number):
            numbers[breakdown] = float(number)
            parts[breakdown] = contributed.of(figure, breakdown, int(period), float(number))
    for (figure, period), (numbers, parts, secret) in tables.items():
        yield Version(figure, period, numbers, parts, frozenset(secret))


class Definitions:
    """All catalogues ever in force, oldest first, the last one being today's.

    Today's thresholds hold for every state; which numbers are shown together and what adds up is said by each.
    A base figure that got a new code keeps its old numbers company: `home` is the code that it has today.
    """

    def __init__(self, catalogues: Sequence[Catalogue], states: Sequence[int] = (1,)) -> None:
        self.catalogues, self._states = tuple(catalogues), tuple(states)
        self.today = self.catalogues[-1]

    @cached_property
    def _home(self) -> Mapping[str, str]:
        """Codes that are no longer defined, by the one that stands in their place in the formula of an indicator."""
        found: dict[str, str] = {}
        for before, after in zip(self.catalogues, self.catalogues[1:], strict=False):
            for code in before.indicators.keys() & after.indicators.keys():
                old, new = (one.indicators[code].expression.names for one in (before, after))
                for gone, come in zip(old, new, strict=False):
                    if gone not in after.base_figures and come not in before.base_figures:
                        found.setdefault(gone, come)
        return found

    def home(self, code: str) -> str:
        seen = {code}
        while code in self._home and self._home[code] not in seen:
            code = self._home[code]
            seen.add(code)
        return code

    def codes(self, home: str) -> list[str]:
        """Every code that a base figure ever had, today's first."""
        return [home, *(code for code in self._home if self.home(code) == home)]

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
