"""How fast a series moves, when it reaches its target at this pace, and how sure a forecast can be."""

import math
import statistics
from dataclasses import dataclass

from indicators.attainment.course import SAME_DAY, Course, at_least
from indicators.periods import Period
from indicators.targets import Point, TargetRule

FEWEST = 4
"""A trend through fewer values says more about chance than about the city."""

WINDOW_YEARS = 6.0
CONFIDENCE = 0.8
_Z90 = 1.2815515655446004  # 90 % quantile of the normal distribution: 80 % lie between both tails
LATEST_YEAR = 2200  # Period knows no later one


@dataclass(frozen=True, slots=True)
class Pace:
    """The change per year in the indicator's unit, over the values from `since` on.

    `per_year` is the mean change, `least_squares` and `theil_sen` (the median of all pairwise slopes, deaf to
    single outliers) are trends through all `count` values. `start` and `end` are the first and the last of them,
    `span` years apart; `before` is the value of the same period of the year before, None where it is not known or a
    break lies between. `reached_in` is the year in whose course the target is met if the latest value goes on by
    `least_squares`; None where it never is, or is met already.
    """

    since: Period
    count: int
    start: float
    end: float
    span: float
    before: float | None
    least_squares: float
    theil_sen: float
    reached_in: int | None

    @property
    def per_year(self) -> float:
        return (self.end - self.start) / self.span

    @property
    def year_before(self) -> float | None:
        """The change against the year before; the numbers that pages show differ by what they show."""
        return None if self.before is None else self.end - self.before


@dataclass(frozen=True, slots=True)
class Forecast:
    """Where the least squares line is in the target period, with its 80 % prediction interval.

    `kind` says in German what the range is. `bounded` tells that a share was cut off at 0 or 100.
    `course` is the line with its interval from the latest value to the target, year by year:
    (time, low, central, high).
    """

    period: Period
    central: float
    low: float
    high: float
    kind: str
    bounded: bool = False
    course: tuple[tuple[float, float, float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class _Line:
    slope: float
    mean_time: float
    mean_value: float
    spread: float
    residual: float
    count: int

    def at(self, time: float) -> float:
        return self.mean_value + self.slope * (time - self.mean_time)

    def margin(self, time: float) -> float:
        """Half the width of the 80 % prediction interval for one further value."""
        leverage = 1 + 1 / self.count + (time - self.mean_time) ** 2 / self.spread
        return student_90(self.count - 2) * math.sqrt(self.residual / (self.count - 2) * leverage)


def pace(course: Course, rule: TargetRule) -> Pace | None:
    """None without a latest value, from fewer than four values, and so never across a break unless chained."""
    points = _window(course)
    if points is None:
        return None
    entries = course.unbroken()[-len(points) :]
    line = _least_squares(points)
    (first, start), (last, end) = points[0], points[-1]
    before = course.years_back(1)
    return Pace(
        since=entries[0].period,
        count=len(points),
        start=start,
        end=end,
        span=last - first,
        before=before.value if before and not course.breaks_between(before.time, last) else None,
        least_squares=line.slope,
        theil_sen=_theil_sen(points),
        reached_in=_year_reached(last, end, line.slope, rule),
    )


def forecast(course: Course, rule: TargetRule) -> Forecast | None:
    """The line's value at the final target's period; None without a target ahead or without a pace."""
    points, target = _window(course), rule.target
    if points is None or target is None or target.period.time <= points[-1][0] + SAME_DAY:
        return None
    line, end = _least_squares(points), target.period.time
    low, central, high = _range(line, end)
    cut = rule.percentage and (low < 0 or high > 100)
    last = points[-1][0]
    years = range(math.ceil(end - last - SAME_DAY))
    ahead = [(time, *_range(line, time)) for time in (*(last + year for year in years), end)]
    if rule.percentage:
        ahead = [(time, _share(low), _share(central), _share(high)) for time, low, central, high in ahead]
    kind = (
        f"Mit 80 % Wahrscheinlichkeit liegt der Wert in dieser Spanne, wenn der Trend der letzten {line.count} Werte "
        f"anhält{' (begrenzt auf 0 bis 100)' if cut else ''}"
    )
    _, low, central, high = ahead[-1]
    return Forecast(target.period, central, low, high, kind, cut, tuple(ahead))


def _range(line: _Line, time: float) -> tuple[float, float, float]:
    central, margin = line.at(time), line.margin(time)
    return central - margin, central, central + margin


def _share(bound: float) -> float:
    return min(max(bound, 0.0), 100.0)


def _window(course: Course) -> list[tuple[float, float]] | None:
    """Time and value of the last six years since the last break, None for fewer than four of them."""
    if course.latest is None or course.latest.value is None:
        return None
    last = course.latest.time
    points = [
        (entry.time, entry.value)
        for entry in course.unbroken()
        if entry.value is not None and entry.time > last - WINDOW_YEARS + SAME_DAY
    ]
    return points if len(points) >= FEWEST else None


def _least_squares(points: list[tuple[float, float]]) -> _Line:
    mean_time = statistics.fmean(time for time, _ in points)
    mean_value = statistics.fmean(value for _, value in points)
    spread = math.fsum((time - mean_time) ** 2 for time, _ in points)
    slope = math.fsum((time - mean_time) * (value - mean_value) for time, value in points) / spread
    residual = math.fsum((value - mean_value - slope * (time - mean_time)) ** 2 for time, value in points)
    return _Line(slope, mean_time, mean_value, spread, residual, len(points))


def _theil_sen(points: list[tuple[float, float]]) -> float:
    return statistics.median(
        (later[1] - earlier[1]) / (later[0] - earlier[0])
        for index, earlier in enumerate(points)
        for later in points[index + 1 :]
    )


def _year_reached(time: float, value: float, slope: float, rule: TargetRule) -> int | None:
    target: Point | None = rule.target
    if target is None or at_least(rule.direction.factor * value, rule.direction.factor * target.value):
        return None
    if slope * (target.value - value) <= 0:
        return None
    # A year's time axis runs to its end: 2030.0 is 31 December 2029, so anything later within 2030 is 2030.
    reached = math.ceil(time + (target.value - value) / slope - SAME_DAY) - 1
    return reached if reached <= LATEST_YEAR else None


def student_90(freedom: int) -> float:
    """90 % quantile of Student's t: exact for 1 and 2 degrees of freedom, else within 0.1 %.

    Expansion around the normal quantile, Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.5.
    """
    if freedom == 1:
        return math.tan(math.pi * 0.4)
    if freedom == 2:
        return 0.8 * math.sqrt(2 / (1 - 0.8**2))
    z = _Z90
    return (
        z
        + (z**3 + z) / (4 * freedom)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * freedom**3)
    )
