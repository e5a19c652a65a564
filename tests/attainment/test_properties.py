"""What must hold for every series: mirrored, shifted, complemented, shuffled and improved."""

import random
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.attainment import Status, assess
from indicators.periods import Period
from indicators.targets import Direction, Point, TargetRule

Values = tuple[tuple[Period, float], ...]

# One decimal, as cities report: bounds, tolerances and equal values are then hit exactly, and often.
number = st.integers(-2000, 2000).map(lambda tenths: tenths / 10)
share = st.integers(0, 1000).map(lambda tenths: tenths / 10)
PATHS = ("linear_path", "maintain", "threshold", "gap")
TRENDS = ("direction", "dns_trend")


def mirrored(direction: Direction) -> Direction:
    return Direction.DOWN if direction is Direction.UP else Direction.UP


@st.composite
def series(draw: st.DrawFn, values: st.SearchStrategy[float] = number) -> Values:
    begin = draw(st.sampled_from((Period.of_year(2017), Period.school_year(2017), Period.quarter(2017, 3))))
    drawn = draw(st.lists(values, min_size=1, max_size=12))
    return tuple((begin.shifted(step), value) for step, value in enumerate(drawn))


@st.composite
def rules(
    draw: st.DrawFn, methods: tuple[str, ...] = (*PATHS, *TRENDS), values: st.SearchStrategy[float] = number
) -> TargetRule:
    years = sorted(draw(st.sets(st.integers(2019, 2032), min_size=1, max_size=3)))
    return TargetRule(
        method=draw(st.sampled_from(methods)),
        direction=draw(st.sampled_from((Direction.UP, Direction.DOWN))),
        baseline=Point.of(2016, draw(values)),
        targets=tuple(Point.of(year, draw(values)) for year in years),
        tolerance=draw(st.one_of(st.none(), st.integers(0, 50).map(lambda tenths: tenths / 10))),
        yearly=draw(st.booleans()),
    )


def moved(rule: TargetRule, change: "Change", direction: Direction | None = None) -> TargetRule:
    """The rule with every value changed."""
    point = lambda old: Point(old.period, change(old.value))  # noqa: E731
    return replace(
        rule,
        direction=direction or rule.direction,
        baseline=point(rule.baseline) if rule.baseline else None,
        targets=tuple(map(point, rule.targets)),
    )


class Change:
    """value → factor · value + constant."""

    def __init__(self, factor: float = 1.0, constant: float = 0.0) -> None:
        self.factor, self.constant = factor, constant

    def __call__(self, value: float) -> float:
        return self.factor * value + self.constant

    def of(self, values: Values) -> Values:
        return tuple((period, self(value)) for period, value in values)


@given(series(), rules())
def test_mirrored_direction_gives_the_same_status(values: Values, rule: TargetRule) -> None:
    mirror = Change(factor=-1.0)
    seen = assess(mirror.of(values), moved(rule, mirror, mirrored(rule.direction)))
    assert (seen.status, seen.reason) == (assess(values, rule).status, assess(values, rule).reason)


@given(series(), number, number, st.sampled_from(((0.0, 5.0), (None, 2.5), (1.0, None))))
def test_a_mirrored_band_gives_the_same_status(
    values: Values, low: float, start: float, widths: tuple[float | None, float | None]
) -> None:
    bounds = [None if width is None else low + width for width in widths]
    rule = TargetRule(
        "band", Direction.BAND, Point.of(2016, start), (Point.of(2028, 0),), low=bounds[0], high=bounds[1]
    )
    flipped = [None if bound is None else -bound for bound in reversed(bounds)]
    mirror = Change(factor=-1.0)
    other = replace(moved(rule, mirror), low=flipped[0], high=flipped[1])
    assert assess(mirror.of(values), other).status == assess(values, rule).status


@given(series(), rules(), st.integers(-50, 50))
def test_shifting_time_changes_nothing(values: Values, rule: TargetRule, years: int) -> None:
    def later(period: Period) -> Period:
        return replace(period, year=period.year + years)

    assert rule.baseline
    shifted = replace(
        rule,
        baseline=Point(later(rule.baseline.period), rule.baseline.value),
        targets=tuple(Point(later(point.period), point.value) for point in rule.targets),
    )
    assert assess([(later(period), value) for period, value in values], shifted).status == assess(values, rule).status


@given(series(), rules(), st.integers(-100_000, 100_000))
def test_adding_a_constant_changes_nothing(values: Values, rule: TargetRule, constant: int) -> None:
    raised = Change(constant=float(constant))
    assert assess(raised.of(values), moved(rule, raised)).status == assess(values, rule).status


@given(series(share), rules(("linear_path",), share))
def test_the_complement_of_a_rate_gives_the_same_status(values: Values, rule: TargetRule) -> None:
    complement = Change(-1.0, 100.0)
    assert (
        assess(complement.of(values), moved(rule, complement, mirrored(rule.direction))).status
        == assess(values, rule).status
    )


def severity(values: Values, rule: TargetRule) -> int:
    return assess(values, rule).status.severity


@settings(max_examples=300)
@given(series(), rules(), number)
def test_a_better_value_never_gives_a_worse_status(values: Values, rule: TargetRule, change: float) -> None:
    *earlier, (period, value) = values
    better = (*earlier, (period, value + abs(change) * rule.direction.factor))
    assert severity(better, rule) <= severity(values, rule)


@given(series(share), rules(("eurostat_cagr",), st.integers(1, 1000).map(lambda tenths: tenths / 10)), share)
def test_a_better_value_never_gives_a_worse_growth(values: Values, rule: TargetRule, change: float) -> None:
    *earlier, (period, value) = values
    better = max(value + change * rule.direction.factor, 0.0)
    assert severity((*earlier, (period, better)), rule) <= severity(values, rule)


@given(series(), rules(), st.randoms(use_true_random=False))
def test_the_order_of_rows_is_irrelevant(values: Values, rule: TargetRule, dice: random.Random) -> None:
    shuffled = list(values)
    dice.shuffle(shuffled)
    assert assess(shuffled, rule) == assess(values, rule)


@given(series(), rules())
def test_every_verdict_shows_its_arithmetic_and_every_refusal_its_reason(values: Values, rule: TargetRule) -> None:
    assessed = assess(values, rule)
    assert (assessed.status is Status.NOT_JUDGED) == (assessed.reason is not None)
    if assessed.judged:
        assert assessed.steps[-1].formula.endswith(f"→ {assessed.status.word}")
