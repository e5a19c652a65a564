"""Scales that do not flatter: where an axis begins and ends, and what stands at its ticks."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from indicators.periods import PARTS_PER_YEAR, Period, PeriodKind

MOST_LABELS = 9
# Below this share of the largest value a rate's axis begins at 0, and above it the axis
# still shows at least a quarter of that value, so that small changes do not look like leaps.
NEAR_ZERO = 0.7
LEAST_SPAN = 0.25


@dataclass(frozen=True, slots=True)
class ValueAxis:
    """The vertical scale: first and last tick are its ends. `decimals` are those of its labels."""

    ticks: tuple[float, ...]
    decimals: int

    @property
    def low(self) -> float:
        return self.ticks[0]

    @property
    def high(self) -> float:
        return self.ticks[-1]

    @property
    def from_zero(self) -> bool:
        return self.low <= 0 <= self.high

    def pixel(self, value: float, height: float) -> float:
        """Distance from the top."""
        return height * (self.high - value) / (self.high - self.low)

    def value(self, pixel: float, height: float) -> float:
        """The inverse of `pixel`."""
        return self.high - pixel * (self.high - self.low) / height


def value_axis(values: Iterable[float], *, rate: bool, steps: int = 6) -> ValueAxis:
    """The scale for these values: from 0 for counts; for rates a range that leaves their size in view."""
    known = [value for value in values if math.isfinite(value)] or [0.0, 1.0]
    low, high = min(known), max(known)
    if low >= 0 and (not rate or low <= NEAR_ZERO * high or high == 0):
        low = 0.0
    elif high <= 0 and not rate:
        high = 0.0
    else:
        missing = max(0.0, LEAST_SPAN * max(abs(low), abs(high)) - (high - low))
        low, high = low - missing / 2, high + missing / 2
        low = max(low, 0.0) if min(known) >= 0 else low
    if high - low < 1e-9:
        high = low + 1.0
    return _with_nice_ticks(low, high, steps)


def _with_nice_ticks(low: float, high: float, steps: int) -> ValueAxis:
    raw = (high - low) / steps
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= raw * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    decimals = next(count for count in range(16) if math.isclose(round(step, count), step))
    return ValueAxis(tuple(round(number * step, 10) + 0.0 for number in range(first, last + 1)), decimals)


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """The horizontal scale in years, with a tick at the end of each period and labels at some of them."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]

    @property
    def span(self) -> float:
        return self.high - self.low

    def axis(self) -> dict[str, Any]:
        """Vega-Lite's axis: tick values with our period names instead of year fractions."""
        times = [time for time, _ in self.ticks]
        names = ", ".join(f"'{label}'" for _, label in self.ticks)
        return {
            "values": times,
            "labelExpr": f"[{names}][indexof({times}, datum.value)]",
            "labelOverlap": "greedy",
            "labelSeparation": 6,
            "labelFlush": False,
            "grid": False,
            "title": None,
        }


def time_axis(periods: Iterable[Period], until: float | None = None) -> TimeAxis:
    """The scale from the first period to the last, or on to a target year; the latest period is always labelled."""
    known = sorted(set(periods))
    if not known:
        return TimeAxis(0.0, 1.0, ())
    last = known[-1].time
    every = without_gaps(known, max(last, until or last))
    newest = max(place for place, period in enumerate(every) if period.time <= last)
    step = _label_step(len(every), known[-1].kind)
    ticks = tuple(
        (time(period), period.short_label) for place, period in enumerate(every) if (place - newest) % step == 0
    )
    low, high = time(every[0]), time(every[-1])
    margin = 0.5 if low == high else 0.0
    return TimeAxis(low - margin, max(high, until or high) + margin, ticks)


def time(period: Period) -> float:
    """Where a period stands on the axis; rounded, so that a tick and its name find each other."""
    return round(period.time, 4)


def without_gaps(known: Sequence[Period], until: float) -> list[Period]:
    """Every period from the first on; reference dates as they are, because the days between them vary."""
    if any(period.kind is not known[0].kind for period in known) or known[0].kind is PeriodKind.DATE:
        return list(known)
    every = [known[0]]
    while every[-1].next.time <= until + 1e-6 and len(every) < 2000:
        every.append(every[-1].next)
    return every


def _label_step(count: int, kind: PeriodKind) -> int:
    most = 6 if kind is PeriodKind.DATE else MOST_LABELS
    parts = PARTS_PER_YEAR.get(kind, 1)
    steps = [step for step in (1, 2, 3, 4, 6, 12) if step < parts and parts % step == 0]
    steps += [parts * years for years in (1, 2, 3, 5, 10, 20, 50, 100)]
    return next((step for step in steps if math.ceil(count / step) <= most), steps[-1])
