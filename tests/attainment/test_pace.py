"""Pace and forecast; the reference figures are worked out by hand or with numpy's polyfit."""

import numpy
import pytest

from indicators.attainment import Pace, assess
from indicators.attainment.pace import student_90
from indicators.model import Sign
from indicators.periods import Period
from indicators.targets import Direction, Point, TargetRule

UP = TargetRule("linear_path", Direction.UP, Point.of(2015, 10), (Point.of(2030, 25),))
BENT = [(2020, 12.0), (2021, 13.0), (2022, 13.5), (2023, 16.0), (2024, 16.5)]


def pace(values: list, rule: TargetRule = UP) -> Pace:
    found = assess(values, rule).pace
    assert found
    return found


def test_changes_and_trends() -> None:
    found = pace(BENT)
    assert (found.since, found.count) == (Period.of_year(2020), 5)
    assert found.per_year == pytest.approx(4.5 / 4)
    assert found.year_before == pytest.approx(0.5)
    # Around 2022: (-2 · 12 - 13 + 16 + 2 · 16.5) / (4 + 1 + 1 + 4) = 12 / 10.
    assert found.least_squares == pytest.approx(1.2)
    # Slopes between all pairs: 1, .75, 4/3, 1.125, .5, 1.5, 3.5/3, 2.5, 1.5, .5; the middle of the ten.
    assert found.theil_sen == pytest.approx((1.125 + 3.5 / 3) / 2)


def test_one_outlier_moves_least_squares_but_not_theil_sen() -> None:
    straight = [(year, float(year - 2010)) for year in range(2019, 2025)]
    spoilt = [*straight[:-1], (2024, 60.0)]
    assert pace(straight).theil_sen == pytest.approx(1.0)
    assert pace(spoilt).theil_sen == pytest.approx(1.0)
    assert pace(spoilt).least_squares > 5


def test_year_in_which_the_target_is_reached() -> None:
    # 16.5 at the end of 2024, 8.5 to go at 1.2 a year: 7.08 years, so in the course of 2032.
    assert pace(BENT).reached_in == 2032
    straight = [(year, float(year - 2010)) for year in range(2019, 2025)]
    assert pace(straight).reached_in == 2035  # 14 at the end of 2024, 25 exactly at the end of 2035
    falling = [(year, -value) for year, value in straight]
    assert pace(falling).reached_in is None
    assert pace([(year, value + 20) for year, value in straight]).reached_in is None  # met already


def test_forecast_is_the_prediction_interval_of_the_line() -> None:
    found = assess(BENT, UP).forecast
    assert found
    times = numpy.array([year + 1.0 for year, _ in BENT])
    values = numpy.array([value for _, value in BENT])
    slope, constant = numpy.polyfit(times - 2023, values, 1)
    ahead = 2031.0 - 2023
    residual = ((values - constant - slope * (times - 2023)) ** 2).sum() / 3
    margin = 1.6377 * (residual * (1 + 1 / 5 + ahead**2 / 10)) ** 0.5  # t of 90 % with 3 degrees of freedom
    assert found.period == Period.of_year(2030)
    assert found.central == pytest.approx(constant + slope * ahead)
    assert found.high - found.central == pytest.approx(margin, rel=2e-3) == found.central - found.low
    assert "80 % Wahrscheinlichkeit" in found.kind and "der letzten 5 Werte" in found.kind
    assert found.course[0][0] == 2025.0 and len(found.course) == 7
    assert found.course[-1] == (2031.0, found.low, found.central, found.high)


def test_a_share_is_forecast_within_its_bounds_and_says_so() -> None:
    rule = TargetRule("linear_path", Direction.UP, Point.of(2015, 10), (Point.of(2080, 90),), percentage=True)
    found = assess(BENT, rule).forecast
    assert found and found.bounded and found.high == 100.0 and "begrenzt auf 0 bis 100" in found.kind


def test_none_from_fewer_than_four_values() -> None:
    three = assess(BENT[2:], UP)
    assert three.pace is None and three.forecast is None


def test_none_across_a_break_unless_chained() -> None:
    broken = TargetRule("threshold", Direction.UP, targets=UP.targets, breaks=(Period.of_year(2022),))
    assert assess(BENT, broken).pace is None  # 2022 to 2024 are three values
    later = [*BENT, (2025, 18.0)]
    assert pace(later, broken).since == Period.of_year(2022)
    chained = TargetRule("threshold", Direction.UP, targets=UP.targets, breaks=broken.breaks, chained=True)
    assert pace(later, chained).since == Period.of_year(2020)


def test_no_change_to_the_year_before_where_that_is_across_a_break_or_missing() -> None:
    quarters = [(Period.quarter(2023, 1).shifted(step), float(step)) for step in range(8)]
    broken = TargetRule("threshold", Direction.UP, targets=UP.targets, breaks=(Period.quarter(2024, 1),))
    assert pace(quarters, broken).year_before is None
    assert pace(quarters).year_before == pytest.approx(4.0)  # Q4 with Q4
    quarters[3] = (quarters[3][0], Sign.SECRET)  # type: ignore[assignment]
    assert pace(quarters).year_before is None


def test_no_pace_without_a_latest_value() -> None:
    assert assess([*BENT, (2025, None)], UP).pace is None


def test_only_the_last_six_years_count() -> None:
    long = [(year, 0.0) for year in range(2000, 2019)] + [(year, float(year)) for year in range(2019, 2025)]
    assert pace(long).since == Period.of_year(2019)
    assert pace(long).least_squares == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("freedom", "table"),
    [(1, 3.0777), (2, 1.8856), (3, 1.6377), (4, 1.5332), (5, 1.4759), (10, 1.3722), (30, 1.3104), (100, 1.2901)],
)
def test_quantiles_of_student(freedom: int, table: float) -> None:
    """Table of the t distribution, column .90, as in any textbook."""
    assert student_90(freedom) == pytest.approx(table, rel=1e-3)
