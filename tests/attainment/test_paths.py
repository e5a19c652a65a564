"""Paths, bands and thresholds; expected values are worked out by hand beside each case."""

import pytest

from indicators.attainment import Assessment, Reason, Status, assess, worst
from indicators.model import Sign
from indicators.targets import Direction, Point, TargetRule

LATE = TargetRule("linear_path", Direction.UP, Point.of(2031, 9), (Point.of(2030, 40),))

# From 20 in 2020 to 40 in 2030: 2 a year, tolerance 5 % of 20 = 1; in 2025 30 are expected.
UP = TargetRule("linear_path", Direction.UP, Point.of(2020, 20), (Point.of(2030, 40),))


def status(value: float, rule: TargetRule = UP, year: int | str = 2025) -> Status:
    return assess([(2020, 20.0), (year, value)], rule).status


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (40.0, Status.REACHED),
        (39.9, Status.ON_TRACK),
        (29.0, Status.ON_TRACK),  # 30 - 1
        (28.9, Status.SLIGHTLY_BEHIND),
        (27.0, Status.SLIGHTLY_BEHIND),  # 30 - 3 · 1
        (26.9, Status.CLEARLY_BEHIND),
        (20.0, Status.CLEARLY_BEHIND),  # as at the start: not against the target yet
        (19.9, Status.WRONG_DIRECTION),
    ],
)
def test_linear_path_bounds(value: float, expected: Status) -> None:
    assert status(value) is expected


def test_assessment_holds_the_numbers_in_the_own_unit() -> None:
    assessed = assess([(2020, 20.0), (2025, 27.5)], UP)
    assert assessed.expected == pytest.approx(30.0)
    assert assessed.deviation == pytest.approx(-2.5)
    assert assessed.attainment == pytest.approx(0.375)  # 7.5 of 20
    assert [step.formula for step in assessed.steps] == [
        "20 + (40 - 20) · 5 / 10 Jahre",
        "5 % von |Ziel - Ausgangswert| = 0,05 · 20",
        "27,5 - 30 (erwarteter Wert: 30; positiv ist besser)",
        "Abweichung ≥ -3 · 1 → leicht hinter dem Pfad",
    ]


def test_percent_met_is_not_actual_over_target() -> None:
    # 80 → 90, at 85 half of the way is gone; 85 / 90 would say 94 %.
    rule = TargetRule("linear_path", Direction.UP, Point.of(2020, 80), (Point.of(2030, 90),))
    assert assess([(2025, 85.0)], rule).attainment == pytest.approx(0.5)


def test_quarters_are_judged_at_their_own_end() -> None:
    # End of Q2 2025 is 2025.5, the baseline's end 2021.0, the target's 2031.0: 20 + 20 · 4.5 / 10 = 29.
    assert assess([("2025-Q2", 28.0)], UP).expected == pytest.approx(29.0)


def test_milestones_bend_the_path() -> None:
    rule = TargetRule("linear_path", Direction.UP, Point.of(2020, 20), (Point.of(2024, 36), Point.of(2030, 40)))
    assert assess([(2022, 20.0)], rule).expected == pytest.approx(28.0)  # half of the way to 36
    assert assess([(2024, 36.0)], rule).status is Status.ON_TRACK
    assert assess([(2027, 36.0)], rule).expected == pytest.approx(38.0)


def test_after_the_target_year_the_target_itself_is_expected() -> None:
    assert assess([(2033, 38.5)], UP).expected == 40.0
    assert status(40.0, year=2033) is Status.REACHED
    assert status(38.5, year=2033) is Status.SLIGHTLY_BEHIND


def test_less_is_better() -> None:
    rule = TargetRule("linear_path", Direction.DOWN, Point.of(2020, 20), (Point.of(2030, 10),), tolerance=1.0)
    assert status(14.0, rule) is Status.ON_TRACK
    assert status(16.0, rule) is Status.ON_TRACK  # 15 + 1
    assert status(20.5, rule) is Status.WRONG_DIRECTION
    assert status(9.9, rule) is Status.REACHED


def test_binary_fractions_do_not_decide() -> None:
    # 25.6 + 6.6 · 5 / 10 - 0.8 is 28.1, but not in binary fractions.
    rule = TargetRule("linear_path", Direction.UP, Point.of(2020, 25.6), (Point.of(2030, 32.2),), tolerance=0.8)
    assert status(28.1, rule) is Status.ON_TRACK
    assert status(28.0999, rule) is Status.SLIGHTLY_BEHIND


def test_a_target_that_equals_the_baseline_is_to_be_maintained() -> None:
    rule = TargetRule("linear_path", Direction.UP, Point.of(2020, 20), (Point.of(2030, 20),), tolerance=1.0)
    assert [status(value, rule) for value in (21.0, 19.0, 17.0, 16.9)] == [
        Status.REACHED, Status.REACHED, Status.SLIGHTLY_BEHIND, Status.WRONG_DIRECTION,
    ]  # fmt: skip
    assert assess([(2025, 20.0)], rule).attainment is None


def test_maintain_holds_the_baseline_where_no_target_is_given() -> None:
    rule = TargetRule("maintain", Direction.DOWN, Point.of(2020, 5.0), tolerance=0.5)
    assert status(5.5, rule) is Status.REACHED
    assert status(6.0, rule) is Status.SLIGHTLY_BEHIND
    assert status(6.6, rule) is Status.WRONG_DIRECTION


def test_the_direction_maintain_leads_there_too() -> None:
    rule = TargetRule("linear_path", Direction.MAINTAIN, Point.of(2020, 80.0))
    assert assess([(2025, 80.0)], rule).status is Status.REACHED


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (10.0, Status.REACHED),
        (20.0, Status.REACHED),
        (20.5, Status.ON_TRACK),  # 5 % of the band's width of 10
        (21.5, Status.SLIGHTLY_BEHIND),
        (21.6, Status.CLEARLY_BEHIND),
        (9.5, Status.ON_TRACK),
        (0.0, Status.CLEARLY_BEHIND),
    ],
)
def test_band(value: float, expected: Status) -> None:
    rule = TargetRule("band", Direction.BAND, low=10, high=20)
    assert status(value, rule) is expected


def test_a_band_with_a_baseline_outside_and_a_target_year_is_a_path_to_its_nearest_bound() -> None:
    # From 30 in 2020 to the bound 20 in 2030: 25 expected in 2025.
    rule = TargetRule("band", Direction.BAND, Point.of(2020, 30), (Point.of(2030, 15),), low=10, high=20)
    assert assess([(2025, 25.2)], rule).expected == pytest.approx(25.0)
    assert status(25.2, rule) is Status.ON_TRACK
    assert status(31.0, rule) is Status.WRONG_DIRECTION


@pytest.mark.parametrize(("value", "expected"), [(12.0, Status.MET), (12.1, Status.NOT_MET)])
def test_threshold(value: float, expected: Status) -> None:
    rule = TargetRule("threshold", Direction.DOWN, targets=(Point.of(2030, 12.0),))
    assert assess([(2025, value)], rule).status is expected


def test_gap_is_a_path_with_a_baseline_and_a_threshold_without() -> None:
    # 12 points in 2020, 6 in 2030: 9 expected in 2025.
    path = TargetRule("gap", Direction.DOWN, Point.of(2020, 12), (Point.of(2030, 6),), gap="difference")
    assert assess([(2025, 9.1)], path).status is Status.ON_TRACK
    bound = TargetRule("gap", Direction.DOWN, targets=(Point.of(2030, 6),), gap="difference")
    assert assess([(2025, 9.1)], bound).status is Status.NOT_MET


@pytest.mark.parametrize(
    ("values", "rule", "reason"),
    [
        ([], UP, Reason.NOT_DELIVERED),
        ([(2024, 27.0), (2025, None)], UP, Reason.NOT_DELIVERED),
        ([(2024, 27.0), (2025, float("nan"))], UP, Reason.NOT_DELIVERED),
        ([(2024, 27.0), (2025, Sign.LATER)], UP, Reason.NOT_DELIVERED),
        ([(2024, 27.0), (2025, Sign.SECRET)], UP, Reason.SECRET),
        ([(2024, 27.0), (2025, Sign.UNKNOWN)], UP, Reason.UNKNOWN),
        ([(2024, 27.0), (2025, Sign.UNRELIABLE)], UP, Reason.UNRELIABLE),
        ([(2024, 27.0), (2025, Sign.NOTHING)], UP, Reason.NO_NUMBER),
        ([(2019, 19.0)], UP, Reason.BEFORE_BASELINE),
        ([(2025, 30.0)], TargetRule("linear_path", targets=(Point.of(2030, 40),)), Reason.NO_BASELINE),
        ([(2025, 30.0)], TargetRule("linear_path", baseline=Point.of(2020, 20)), Reason.NO_TARGET),
        ([(2025, 30.0)], TargetRule("threshold"), Reason.NO_TARGET),
        ([(2025, 30.0)], TargetRule("band", Direction.BAND), Reason.NO_TARGET),
        ([(2025, 30.0)], TargetRule("band", Direction.BAND, low=2, high=1), Reason.UNDEFINED),
        ([(2025, 30.0)], TargetRule("linear_path", Direction.NONE, UP.baseline, UP.targets), Reason.NO_DIRECTION),
        (
            [(2025, 30.0)],
            TargetRule("linear_path", Direction.UP, Point.of(2031, 9), UP.targets),
            Reason.BEFORE_BASELINE,
        ),
        ([(2035, 30.0)], TargetRule("linear_path", Direction.UP, Point.of(2031, 9), UP.targets), Reason.UNDEFINED),
    ],
)
def test_no_verdict_has_its_reason(values: list, rule: TargetRule, reason: Reason) -> None:
    assessed = assess(values, rule)
    assert (assessed.status, assessed.reason) == (Status.NOT_JUDGED, reason)
    assert assessed.reason.text and assessed.pace is None


@pytest.mark.parametrize("broken", ["2021", "2022", "2025", "2025-Q2"])
def test_a_break_between_baseline_and_value_forbids_a_verdict(broken: str) -> None:
    rule = TargetRule("linear_path", Direction.UP, UP.baseline, UP.targets, breaks=(Point.of(broken, 0).period,))
    assert assess([(2025, 30.0)], rule).reason is Reason.BREAK
    chained = TargetRule("linear_path", Direction.UP, UP.baseline, UP.targets, breaks=rule.breaks, chained=True)
    assert assess([(2025, 30.0)], chained).status is Status.ON_TRACK


@pytest.mark.parametrize("broken", ["2019", "2020", "2026"])
def test_a_break_before_the_baseline_or_after_the_value_does_not_matter(broken: str) -> None:
    rule = TargetRule("linear_path", Direction.UP, UP.baseline, UP.targets, breaks=(Point.of(broken, 0).period,))
    assert assess([(2025, 30.0)], rule).status is Status.ON_TRACK


@pytest.mark.parametrize(
    "values",
    [
        [(2025, 30.0), ("2025", 31.0)],
        [(2025, 30.0), ("2025-Q4", 31.0)],  # both end on 31 December
        [(2025, float("inf"))],
        [(2025, True)],
        [(2025, "30")],
    ],
)
def test_what_is_no_series_is_an_error(values: list) -> None:
    with pytest.raises(ValueError):
        assess(values, UP)


def test_an_unknown_method_is_an_error_that_names_the_known_ones() -> None:
    with pytest.raises(ValueError, match="linear_path"):
        assess([(2025, 30.0)], TargetRule("straight"))


def test_several_targets_give_one_status_each_and_the_worst_for_the_field() -> None:
    strict = TargetRule("threshold", Direction.UP, targets=(Point.of(2025, 35),))
    found: list[Assessment] = [assess([(2025, 30.0)], rule) for rule in (UP, strict)]
    assert [assessed.status for assessed in found] == [Status.ON_TRACK, Status.NOT_MET]
    assert worst(assessed.status for assessed in found) is Status.NOT_MET
    assert worst([Status.NOT_JUDGED, Status.ON_TRACK]) is Status.ON_TRACK
    assert worst([]) is Status.NOT_JUDGED


def test_symbols_of_the_common_scale_differ_in_shape_and_every_status_has_its_words() -> None:
    scale = [status for status in Status if status.scale is status]
    assert len(scale) == 6 == len({status.symbol for status in scale})
    assert all(status.word and status.symbol for status in Status)
    weather = [status.weather for status in Status if status.weather]
    assert weather == ["Sonne", "Leicht bewölkt", "Wolke", "Blitz"]
