"""Who delivered which part of a number: what a reporter knows beside all that is shown.

A provider that delivered 40 of the 42 persons of a sum subtracts its own and knows that the others have 2.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from indicators.store import Store

Parts = Mapping[str, float]
"""Numbers by reporter."""


@dataclass(frozen=True)
class Contributions:
    """`sole` names the reporter of base figures that only one delivers; `parts` holds the numbers of all others,
    by base figure, breakdown code and key of the period."""

    sole: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[tuple[str, str, int], Parts] = field(default_factory=dict)

    def of(self, figure: str, breakdown: str, period: int, number: float) -> Parts:
        """Empty where nobody knows who delivered it."""
        if figure in self.sole:
            return {self.sole[figure]: number}
        return self.parts.get((figure, breakdown, period), {})


UNKNOWN = Contributions()


def contributions(store: Store, moment: datetime) -> Contributions:
    """As known at the moment."""
    sole = store.rows("select base_figure, reporter from sole_reporter($moment)", {"moment": moment})
    parts: dict[tuple[str, str, int], dict[str, float]] = {}
    for figure, breakdown, period, reporter, number in store.rows("from contribution($moment)", {"moment": moment}):
        parts.setdefault((figure, breakdown, period), {})[reporter] = number
    return Contributions(dict(sole), parts)


def added(signed: Iterable[tuple[Parts, int]]) -> dict[str, float]:
    """By reporter the signed sum of its parts."""
    found: dict[str, float] = {}
    for parts, sign in signed:
        for reporter, number in parts.items():
            found[reporter] = found.get(reporter, 0.0) + sign * number
    return found
