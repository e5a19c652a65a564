"""dns_trend and direction, case by case as the strategy's method page words them; and eurostat_cagr."""

import pytest

from indicators.attainment import Reason, Status, assess
from indicators.model import Sign
from indicators.periods import Period
from indicators.targets import Direction, Point, TargetRule

SUN, PARTLY, CLOUD, STORM = Status.SUN, Status.PARTLY_CLOUDY, Status.CLOUD, Status.THUNDERSTORM


def yearly(*values: float | Sign | None, last: int = 2025) -> list:
    """Values of consecutive years, the last one of `last`."""
    return [(last - len(values) + 1 + step, value) for step, value in enumerate(values)]


def every(years: int, first: int, *values: float) -> list:
    """Values surveyed every so many years from 20xx on."""
    return [(2000 + first + years * step, value) for step, value in enumerate(values)]


def to(value: float, year: int = 2030, direction: Direction = Direction.UP, **extra: object) -> TargetRule:
    return TargetRule("dns_trend", direction, targets=(Point.of(year, value),), **extra)  # type: ignore[arg-type]


RISING = yearly(10, 11, 12, 13, 14, 15)  # 1 a year, so 20 in 2030


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        (20.0, SUN),
        (20.2, SUN),  # 0.2 / 5.2 = 3.8 %
        (20.5, PARTLY),  # 0.5 / 5.5 = 9.1 %
        (21.25, PARTLY),  # 1.25 / 6.25 = 20 % exactly
        (21.3, CLOUD),  # 1.3 / 6.3 = 20.6 %
    ],
)
def test_extrapolation(target: float, expected: Status) -> None:
    assert assess(RISING, to(target)).status is expected


def test_a_miss_of_exactly_five_percent_is_no_sun() -> None:
    # 0.95 a year from 15 gives 19.75 in 2030; 0.25 of the 5 to go are missing.
    assert assess(yearly(10.25, 11.2, 12.15, 13.1, 14.05, 15.0), to(20.0)).status is PARTLY


def test_no_change_and_the_wrong_way_are_a_thunderstorm() -> None:
    assert assess(yearly(15, 14, 16, 15, 14, 15), to(20)).status is STORM
    assert assess(RISING, to(5, direction=Direction.DOWN)).status is STORM


def test_target_already_met_looks_at_the_trend() -> None:
    assert assess(RISING, to(14)).status is SUN
    assert assess(yearly(15, 15, 15, 15, 15, 15), to(14)).status is SUN
    assert assess(yearly(20, 19, 18, 17, 16, 15), to(14)).status is PARTLY


@pytest.mark.parametrize(
    ("target", "values", "expected"),
    [
        (15, RISING, SUN),
        (15, yearly(20, 19, 18, 17, 16, 15), PARTLY),
        (16, RISING, CLOUD),
        (16, yearly(20, 19, 18, 17, 16, 15), STORM),
        (16, yearly(15, 15, 15, 15, 15, 15), STORM),
    ],
)
def test_a_target_due_every_year(target: float, values: list, expected: Status) -> None:
    assert assess(values, to(target, yearly=True)).status is expected
    assert assess(values, TargetRule("dns_trend", Direction.UP, low=target)).status is expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (RISING, (SUN, Status.IMPROVING)),
        (yearly(10, 11, 12, 13, 16, 15), (PARTLY, Status.FALTERING)),
        (yearly(10, 11, 12, 13, 15, 15), (PARTLY, Status.FALTERING)),  # no change is not the right direction
        (yearly(20, 19, 18, 17, 14, 15), (CLOUD, Status.TURNING)),
        (yearly(15, 11, 12, 13, 14, 15), (CLOUD, Status.TURNING)),  # the mean stagnates
        (yearly(20, 19, 18, 17, 16, 15), (STORM, Status.WRONG_DIRECTION)),
    ],
)
def test_direction_only(values: list, expected: tuple[Status, Status]) -> None:
    weather, direction = expected
    assert assess(values, TargetRule("dns_trend", Direction.UP)).status is weather
    assert assess(values, TargetRule("direction", Direction.UP)).status is direction


def test_of_an_interval_the_weakest_bound_counts() -> None:
    # 20 in 2030 reaches the lower bound of 19 to 25; downwards the upper bound is the weaker one.
    up = TargetRule("dns_trend", Direction.UP, targets=(Point.of(2030, 25),), low=19, high=25)
    assert assess(RISING, up).status is SUN
    two = TargetRule("dns_trend", Direction.UP, targets=(Point.of(2030, 25), Point.of(2030, 19)))
    assert assess(RISING, two).status is SUN
    falling = yearly(20, 19, 18, 17, 16, 15)  # 10 in 2030
    down = TargetRule("dns_trend", Direction.DOWN, targets=(Point.of(2030, 5),), low=5, high=10)
    assert assess(falling, down).status is SUN


def test_of_several_target_years_the_next_one_counts() -> None:
    rule = TargetRule("dns_trend", Direction.UP, targets=(Point.of(2026, 16), Point.of(2030, 17)))
    assert assess(RISING, rule).status is SUN
    assert assess([*RISING, (2026, 15.5)], rule).status is CLOUD  # due now and missed
    assert assess([*RISING, (2026, 15.5), (2027, 15.9)], rule).status is SUN  # .78 a year reach 17 in 2030


def test_after_the_target_year_the_value_itself_counts() -> None:
    assert assess(RISING, to(15.1, year=2020)).status is CLOUD
    assert assess(RISING, to(15.0, year=2020)).status is SUN
    assert assess(RISING, to(15.1, year=2020)).expected == 15.0  # not carried back to 2020


def test_equal_values_are_no_change_even_as_binary_fractions() -> None:
    assert assess(yearly(0.3, 1, 1, 1, 1, 0.1 + 0.2), to(20)).status is STORM


def test_fewer_years_suffice_from_four_values_on() -> None:
    assert assess(yearly(12, 13, 14, 15), to(20)).status is SUN
    assert assess(yearly(13, 14, 15), to(20)).reason is Reason.TOO_FEW


@pytest.mark.parametrize(
    ("values", "target", "expected", "per_year", "used"),
    [
        # surveyed every two and every four years: the last six data points, however old
        (every(2, 15, 10, 12, 14, 16, 18, 20), 25, SUN, 1.0, "2015, 2017, 2019, 2021, 2023 und 2025"),
        (every(4, 1, 14, 15, 16, 17, 18, 19, 20), 30, CLOUD, 0.25, "2005, 2009, 2013, 2017, 2021 und 2025"),
        # years that nobody delivered, and years that hold a sign instead of a value
        ([(2020, 10), (2021, 11), *yearly(13, 14, 15)], 20, SUN, 1.0, "2020, 2021, 2023, 2024 und 2025"),
        ([(2018, 8), (2023, 10), (2024, 11), (2025, 15)], 20, SUN, 1.0, "2018, 2023, 2024 und 2025"),
        (yearly(10, 11, None, 13, 14, 15), 20, SUN, 1.0, "2020, 2021, 2023, 2024 und 2025; ohne Wert: 2022"),
        (
            yearly(None, 11, Sign.SECRET, 13, 14, 15), 20, SUN, 1.0,
            "2021, 2023, 2024 und 2025; ohne Wert: 2020 und 2022",
        ),
        (RISING, 20, SUN, 1.0, "2020 bis 2025"),
    ],
)  # fmt: skip
def test_a_series_with_holes_is_judged_by_the_values_at_hand(
    values: list, target: float, expected: Status, per_year: float, used: str
) -> None:
    assessed = assess(values, to(target))
    steps = {step.label: step for step in assessed.steps}
    assert steps["Verwendete Werte"].formula == used
    assert steps["Mittlere Veränderung pro Jahr"].value == pytest.approx(per_year)
    assert assessed.status is expected


def test_the_last_change_is_that_to_the_survey_before() -> None:
    surveyed = [(2013, 20.0), (2017, 22.0), (2021, 25.0), (2025, 24.0)]
    assessed = assess(surveyed, TargetRule("direction", Direction.UP))
    assert assessed.status is Status.FALTERING
    assert "Letzte Veränderung (zu 2021)" in [step.label for step in assessed.steps]
    assert assess(surveyed, TargetRule("dns_trend", Direction.UP)).status is PARTLY


def test_a_trend_of_quarters_leaves_other_quarters_alone() -> None:
    third = [(f"{2018 + 2 * step}-Q3", 10.0 + 2 * step) for step in range(4)]
    others = [(f"{2018 + step}-Q{part}", 99.0) for step in range(6) for part in (1, 2)]
    steps = {step.label: step for step in assess([*third, *others], to(30)).steps}
    assert steps["Verwendete Werte"].formula == "Q3 2018, Q3 2020, Q3 2022 und Q3 2024"
    assert steps["Mittlere Veränderung pro Jahr"].value == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        (yearly(13, 14, 15), Reason.TOO_FEW),
        (yearly(10, None, None, None, 14, 15), Reason.GAP),  # three of the last six hold a value
        (yearly(5, 6, 7, 10, Sign.SECRET, None, 13, Sign.UNRELIABLE, 15), Reason.UNRELIABLE),  # the newest
        (yearly(5, 6, 7, 10, 11, Sign.SECRET, Sign.SECRET, Sign.SECRET, 15), Reason.SECRET),
    ],
)  # fmt: skip
def test_fewer_than_four_of_the_last_six_are_not_judged(values: list, reason: Reason) -> None:
    assert assess(values, to(20)).reason is reason
    assert assess(values, TargetRule("direction", Direction.UP)).reason is reason


def test_no_trend_across_a_break_unless_chained() -> None:
    broken = (Period.of_year(2023),)
    assert assess(RISING, to(20, breaks=broken)).reason is Reason.BREAK
    assert assess(RISING, to(20, breaks=broken, chained=True)).status is SUN
    assert assess(RISING, to(20, breaks=(Period.of_year(2022),))).status is SUN  # four values remain


def test_quarters_are_compared_with_the_same_quarter_of_earlier_years() -> None:
    # Each third quarter is 1 higher than the year before, whatever the other quarters do.
    values = [(Period.quarter(year, 3), float(year - 2010)) for year in range(2020, 2026)]
    noise = [(Period.quarter(year, part), 99.0) for year in range(2020, 2026) for part in (1, 2)]
    assert assess([*values, *noise], TargetRule("direction", Direction.UP)).status is Status.IMPROVING


def test_leap_days_are_the_same_day_as_28_february() -> None:
    values = [(f"{year}-02-{29 if year == 2024 else 28}", float(year)) for year in range(2021, 2026)]
    assert assess(values, TargetRule("direction", Direction.UP)).status is Status.IMPROVING


def test_a_reference_day_on_the_first_day_of_a_new_definition_belongs_to_it() -> None:
    values = [(f"{year}-03-01", float(year)) for year in range(2020, 2026)]
    rule = TargetRule("direction", Direction.UP, breaks=(Period.parse("2022-03-01"),))
    assert assess(values, rule).status is Status.IMPROVING  # 2022 to 2025 are four values of one definition


@pytest.mark.parametrize(
    ("start", "now", "goal", "ratio", "expected"),
    [
        # Five of ten years. .75^(1/5) - 1 = -.05591, .5^(1/10) - 1 = -.06697.
        (20, 15, 10, 0.8349, Status.MODERATE),
        # 1.0625^(1/5) - 1 = .012199, 1.125^(1/10) - 1 = .011848: the complement of the line above.
        (80, 85, 90, 1.0296, Status.SIGNIFICANT),
        (80, 84, 90, 0.8276, Status.MODERATE),
        (80, 82, 90, 0.4179, Status.INSUFFICIENT),
        (80, 80, 90, 0.0, Status.INSUFFICIENT),
        (80, 79, 90, -0.2121, Status.AWAY),
        (80, 90, 90, 2.0118, Status.SIGNIFICANT),
    ],
)
def test_cagr(start: float, now: float, goal: float, ratio: float, expected: Status) -> None:
    direction = Direction.UP if goal > start else Direction.DOWN
    rule = TargetRule("eurostat_cagr", direction, Point.of(2015, start), (Point.of(2025, goal),))
    assessed = assess([(2020, float(now))], rule)
    assert assessed.status is expected
    shown = next(step.value for step in assessed.steps if step.label == "Verhältnis in Prozent")
    assert shown == pytest.approx(100 * ratio, abs=5e-3)


@pytest.mark.parametrize(
    ("ratio", "expected"),
    [
        (0.95, Status.SIGNIFICANT),
        (0.9499, Status.MODERATE),
        (0.60, Status.MODERATE),
        (0.5999, Status.INSUFFICIENT),
        (0.0, Status.INSUFFICIENT),
        (-0.0001, Status.AWAY),
    ],
)
def test_cagr_bounds(ratio: float, expected: Status) -> None:
    # 10 % a year are required for ten years; five years went by with that share of it.
    rule = TargetRule("eurostat_cagr", Direction.UP, Point.of(2015, 100), (Point.of(2025, 100 * 1.1**10),))
    assert assess([(2020, 100 * (1 + 0.1 * ratio) ** 5)], rule).status is expected


def test_growth_beyond_all_numbers_is_not_judged() -> None:
    rule = TargetRule("eurostat_cagr", Direction.UP, Point.of(2015, 1e-300), (Point.of(2025, 1.0),))
    assert assess([("2016-Q1", 1e300)], rule).reason is Reason.UNDEFINED


@pytest.mark.parametrize(
    ("start", "year", "now", "then", "goal", "expected"),
    [
        # EU tertiary attainment 33.8 % (2010), 39.1 % (2016), target 40 % in 2020: cedefop.europa.eu, data insight 29.
        (33.8, 2010, 39.1, 2016, 40.0, Status.SIGNIFICANT),
        # EU early leavers 17.0 % (2002), 11.1 % (2014), target 10 % in 2020: aca-secretariat.be, 2015.
        (17.0, 2002, 11.1, 2014, 10.0, Status.SIGNIFICANT),
    ],
)
def test_cagr_on_published_percentages_needs_to_be_asked_for(
    start: float, year: int, now: float, then: int, goal: float, expected: Status
) -> None:
    direction = Direction.UP if goal > start else Direction.DOWN
    points = Point.of(year, start), (Point.of(2020, goal),)
    refused = TargetRule("eurostat_cagr", direction, *points, percentage=True)
    accepted = TargetRule("eurostat_cagr", direction, *points, percentage=True, accept_percentage=True)
    assert assess([(then, now)], refused).reason is Reason.UNDEFINED
    assert assess([(then, now)], accepted).status is expected


@pytest.mark.parametrize(("start", "now", "goal"), [(0, 5, 10), (-5, 5, 10), (10, 5, 0), (10, 5, -1), (10, -1, 20)])
def test_what_has_no_growth_rate_is_not_judged_and_nothing_is_put_in_its_place(
    start: float, now: float, goal: float
) -> None:
    rule = TargetRule("eurostat_cagr", Direction.UP, Point.of(2015, start), (Point.of(2025, goal),))
    assessed = assess([(2020, float(now))], rule)
    assert (assessed.status, assessed.reason) == (Status.NOT_JUDGED, Reason.UNDEFINED)


@pytest.mark.parametrize(("level", "year"), [(10.0, 2020), (10.0, 2015), (0.0, 2020)])
def test_a_target_met_from_the_start_is_met_though_no_growth_is_asked_for(level: float, year: int) -> None:
    for direction in (Direction.UP, Direction.DOWN):
        rule = TargetRule("eurostat_cagr", direction, Point.of(2015, level), (Point.of(2025, level),))
        assessed = assess([(year, level)], rule)
        assert (assessed.status, assessed.expected, assessed.deviation) == (Status.SIGNIFICANT, level, 0.0)
        assert assess([(year, level + direction.factor)], rule).status is Status.SIGNIFICANT
        assert assess([(year, level - direction.factor)], rule).status is Status.AWAY


def test_a_baseline_beyond_the_target_does_not_turn_the_sign() -> None:
    # More is better, the target of 70 was met at 80 already; falling to 65 is no progress.
    rule = TargetRule("eurostat_cagr", Direction.UP, Point.of(2015, 80), (Point.of(2025, 70),))
    assert assess([(2020, 65.0)], rule).status is Status.AWAY
    assert assess([(2020, 82.0)], rule).status is Status.SIGNIFICANT


def test_each_step_names_the_periods_whose_values_it_uses() -> None:
    steps = {step.label: step.periods for step in assess(RISING, to(30)).steps}
    assert steps["Mittlere Veränderung pro Jahr"] == (Period.of_year(2025), Period.of_year(2020))
    assert steps["Fortschreibung"] == (Period.of_year(2025),)


def test_small_numbers_keep_three_significant_digits() -> None:
    steps = assess(yearly(0.0101, 0.0102, 0.0103, 0.0104, 0.0105, 0.0106), to(0.02)).steps
    assert steps[0].formula == "(0,0106 - 0,0101) / 5 Jahre"
