"""The values of one series on one time axis, with what stands in the way of judging them."""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import Any, SupportsFloat

from indicators.attainment.status import Reason
from indicators.model import Series, Sign
from indicators.periods import Period

Value = SupportsFloat | Sign | str | None
Values = Iterable[tuple[Period | int | str, Value]] | Mapping[Any, Value] | Series

EPSILON = 1e-9
"""Two numbers closer than this share of the largest number involved are equal: binary fractions such as
0.1 must not decide a verdict, and a constant added to everything must not change one."""

SAME_DAY = 0.005
"""Two moments closer than this (1.8 days) fall on the same day of different years; spans 28 and 29 February."""

YEAR, DAY = 100_000, 17
"""A year, and a day with a change of the period's kind, as differences between two `Period.key`s."""

INSTANT = 1e-6
"""Two moments closer than this (half a minute) are one: month ends are no exact binary fractions."""


LAST_POINTS = 6
"""A trend looks at the last six data points, as the publisher of the sustainability strategy's symbols does."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One period of a series: a value, or the sign in its place, or neither (not delivered)."""

    period: Period
    value: float | None
    sign: Sign | None = None

    @property
    def time(self) -> float:
        return self.period.time

    @property
    def missing(self) -> Reason:
        return Reason.of_sign(self.sign)


@dataclass(frozen=True, slots=True)
class Dated:
    """A data point so many years before the latest one."""

    years: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class Window:
    """The last data points of a series, newest first; `broken` tells that a break cut older ones off.

    A data point is what the series holds for a period, a value or what stands in its place. A survey every four
    years has six of them in twenty years; a year that was never delivered is none (docs/decisions/0109).
    """

    points: tuple[Dated, ...]
    broken: bool = False

    @property
    def held(self) -> tuple[Dated, ...]:
        """Those that hold a value."""
        return tuple(point for point in self.points if point.entry.value is not None)

    @property
    def shortfall(self) -> Reason:
        """Why the values at hand are too few: a break, the newest hole, or no more was ever delivered."""
        if self.broken:
            return Reason.BREAK
        for point in self.points:
            if point.entry.value is None:
                return Reason.GAP if point.entry.sign is None else point.entry.missing
        return Reason.TOO_FEW


@dataclass(frozen=True, slots=True)
class Course:
    """Entries in order of time, at most one a moment, and the last days before a break."""

    entries: tuple[Entry, ...]
    breaks: tuple[float, ...] = ()

    @classmethod
    def of(cls, values: Values, breaks: Iterable[Period] = ()) -> "Course":
        """Reads an indicator's series or (period, value) pairs in any order; a NaN is a value not delivered.

        Raises ValueError for two values of one moment, for infinities and for texts that are no sign.
        """
        entries = sorted(_entries(values), key=lambda entry: entry.time)
        for earlier, later in pairwise(entries):
            if later.time - earlier.time < INSTANT:
                raise ValueError(f"two values for one moment: {earlier.period} and {later.period}")
        return cls(tuple(entries), tuple(sorted(boundary(period) for period in breaks)))

    @property
    def latest(self) -> Entry | None:
        return self.entries[-1] if self.entries else None

    def breaks_between(self, earlier: float, later: float) -> bool:
        """Whether a new definition began after `earlier` and not after `later`."""
        return any(earlier - INSTANT <= moment < later - INSTANT for moment in self.breaks)

    def years_back(self, years: int) -> Entry | None:
        """The entry of the same day or quarter so many years before the latest: Q3 is compared with Q3."""
        assert self.latest
        if years == 0:
            return self.latest
        key = self.latest.period.key - years * YEAR
        return next((entry for entry in reversed(self.entries) if abs(entry.period.key - key) <= DAY), None)

    def window(self, longest: int = LAST_POINTS) -> "Window":
        """The last data points of the latest one's day or quarter, in whatever years they lie; none before a break."""
        assert self.latest
        latest, points = self.latest, []
        for entry in reversed(self.entries):
            years, beside = divmod(latest.period.key - entry.period.key + DAY, YEAR)
            if entry is latest or (beside <= 2 * DAY and years > 0):
                points.append(Dated(years, entry))
        last = points[:longest]
        kept = [point for point in last if not self.breaks_between(latest.time - point.years, latest.time)]
        return Window(tuple(kept), broken=len(kept) < len(last))

    def unbroken(self) -> tuple[Entry, ...]:
        """The entries with a value since the last break."""
        if not self.latest:
            return ()
        last = self.latest.time
        return tuple(
            entry for entry in self.entries if entry.value is not None and not self.breaks_between(entry.time, last)
        )


def boundary(broken: Period) -> float:
    """The end of the day before a period begins: what ends later follows the new definition.

    A break in 2022 so lies before 2022-Q1, though that quarter ends before 2022 does.
    """
    return Period.on(broken.start - timedelta(days=1)).time


def _entries(values: Values) -> Iterator[Entry]:
    if isinstance(values, Series):
        yield from (_entry(point.period, point.content) for point in values.points)
    else:
        pairs = values.items() if hasattr(values, "items") else values
        yield from (_entry(Period.parse(period), value) for period, value in pairs)


def _entry(period: Period, value: Value) -> Entry:
    if isinstance(value, bool):
        raise ValueError(f"{period}: {value!r} is no value")
    if isinstance(value, str):
        if value == Sign.LIMITED:
            raise ValueError(f"{period}: a value of limited reliability is passed as the value")
        return Entry(period, None, Sign(value))
    if value is None:
        return Entry(period, None)
    number = float(value)
    if math.isinf(number):
        raise ValueError(f"{period}: {number} is no value")
    return Entry(period, None if math.isnan(number) else number)


def at_least(left: float, right: float, *scale: float) -> bool:
    """left ≥ right, equal within EPSILON of the largest number that the two came from."""
    return left >= right - EPSILON * max(map(abs, (left, right, *scale)))


def same(left: float, right: float) -> bool:
    """Equal within EPSILON."""
    return at_least(left, right) and at_least(right, left)
