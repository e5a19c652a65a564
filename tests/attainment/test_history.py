"""What the status was at each meeting and why it changed."""

from dataclasses import replace
from datetime import date

from indicators.attainment import Cause, Status, status_history
from indicators.periods import Period
from indicators.targets import Direction, Point, TargetRule

# 2 a year from 20 in 2020, tolerance 1.
RULE = TargetRule("linear_path", Direction.UP, Point.of(2020, 20), (Point.of(2030, 40),))
SPRING, AUTUMN = date(2026, 4, 1), date(2026, 11, 1)


def causes(*states: tuple[list, TargetRule]) -> tuple[Cause, ...]:
    first, second = status_history(
        (moment, values, rule) for moment, (values, rule) in zip((SPRING, AUTUMN), states, strict=True)
    )
    assert first.causes == ()
    return second.causes


def test_each_cause() -> None:
    known = [(2024, 28.0)]
    assert causes((known, RULE), ([*known, (2025, 28.5)], RULE)) == (Cause.NEW_VALUE,)
    assert causes((known, RULE), ([(2024, 26.0)], RULE)) == (Cause.REVISION,)
    assert causes((known, RULE), (known, replace(RULE, targets=(Point.of(2026, 40),)))) == (Cause.NEW_TARGET,)
    assert causes((known, RULE), (known, replace(RULE, breaks=(Period.of_year(2022),)))) == (Cause.NEW_DEFINITION,)


def test_two_causes_at_once() -> None:
    # The revision alone makes it „clearly behind“, the new value „on track“ no more than „slightly behind“.
    found = causes(([(2024, 28.0)], RULE), ([(2024, 24.0), (2025, 27.5)], RULE))
    assert found == (Cause.REVISION, Cause.NEW_VALUE)


def test_changes_that_cancel_out_are_no_causes() -> None:
    assert causes(([(2024, 28.0)], RULE), ([(2024, 24.0), (2025, 30.0)], RULE)) == ()


def test_a_value_that_vanishes_by_withdrawal_is_a_revision() -> None:
    assert causes(([(2023, 25.0), (2024, 24.0)], RULE), ([(2023, 25.0)], RULE)) == (Cause.REVISION,)


def test_moments_come_in_order_each_with_its_status_then() -> None:
    history = status_history([(AUTUMN, [(2024, 24.0)], RULE), (SPRING, [(2024, 28.0)], RULE)])
    assert [then.moment for then in history] == [SPRING, AUTUMN]
    assert [then.assessment.status for then in history] == [Status.ON_TRACK, Status.CLEARLY_BEHIND]
    assert history[1].causes[0].text == "Revision früherer Werte"
