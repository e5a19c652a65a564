"""Who owes what by when."""

from dataclasses import replace
from datetime import date, datetime

from indicators.ledger import commits
from indicators.ledger.duties import State, duties, expected_periods, next_due, upcoming
from indicators.periods import Period

FULL = [("kita_kinder", "FB 51", "2024", "", 100), ("kinder", "FB 51", "2024", "", 400)]
MARCH = datetime(2025, 3, 1, 12)


def state(store, catalogue, moment, reporter="FB 51", period="2024"):
    found = {(duty.reporter, str(duty.period)): duty for duty in duties(store, catalogue, moment)}
    return found[reporter, period].state


def test_open_until_due_then_missing(store, small_city):
    assert state(store, small_city, datetime(2025, 1, 30)) is State.OPEN  # due 30 days after the year
    assert state(store, small_city, datetime(2025, 1, 31)) is State.MISSING


def test_delivered_in_time_late_or_in_part(store, small_city, deliver):
    deliver(FULL[0], at=datetime(2025, 1, 20))
    assert state(store, small_city, MARCH) is State.PARTIAL
    deliver(FULL[1], at=datetime(2025, 1, 21))
    assert state(store, small_city, MARCH) is State.DELIVERED


def test_a_correction_does_not_make_a_delivery_late_but_a_late_part_does(store, small_city, deliver):
    deliver(*FULL, at=datetime(2025, 1, 20))
    deliver(*FULL, at=datetime(2025, 2, 20))
    assert state(store, small_city, MARCH) is State.DELIVERED


def test_late(store, small_city, deliver):
    deliver(FULL[0], at=datetime(2025, 1, 20))
    deliver(FULL[1], at=datetime(2025, 2, 20))
    assert state(store, small_city, MARCH) is State.LATE


def test_withdrawn(store, small_city, deliver):
    deliver(*FULL, at=datetime(2025, 1, 20))
    commits.withdraw(store, 1, datetime(2025, 2, 1), "Test", "weil")
    assert state(store, small_city, MARCH) is State.WITHDRAWN
    assert state(store, small_city, datetime(2025, 1, 25)) is State.DELIVERED


def test_what_the_predecessor_sent_is_not_asked_of_the_heir(store, small_city, deliver):
    """FB 51 becomes FB 55: what came for 2024 is there, 2025 is owed by the new name alone."""
    deliver(*FULL, at=datetime(2025, 1, 20))
    reporters = {("FB 55" if code == "FB 51" else code): one for code, one in small_city.reporters.items()}
    reporters["FB 55"] = reporters["FB 55"].model_copy(update={"code": "FB 55", "follows": ("FB 51",)})
    figures = {
        code: figure.model_copy(
            update={"reporters": tuple("FB 55" if one == "FB 51" else one for one in figure.reporters)}
        )
        for code, figure in small_city.base_figures.items()
    }
    renamed = replace(small_city, reporters=reporters, base_figures=figures)
    found = {(duty.reporter, str(duty.period)): duty for duty in duties(store, renamed, datetime(2026, 3, 1))}
    assert not [reporter for reporter, _ in found if reporter == "FB 51"]
    assert found["FB 55", "2024"].state is State.DELIVERED
    assert found["FB 55", "2024"].deliveries == (1,)
    assert found["FB 55", "2025"].state is State.MISSING


def test_each_provider_owes_its_own_quarters(store, small_city):
    assert state(store, small_city, datetime(2025, 4, 14, 12), "AWO", "2025-Q1") is State.OPEN
    assert state(store, small_city, datetime(2025, 4, 15, 12), "DRK", "2025-Q1") is State.MISSING


def test_the_next_due_day_is_of_the_latest_period_not_yet_due(small_city):
    places = small_city.base_figure("kursplaetze")
    assert next_due(places, None, date(2025, 4, 10)) == (Period.quarter(2025, 1), date(2025, 4, 14))
    assert next_due(places, None, date(2025, 4, 15)) == (Period.quarter(2025, 2), date(2025, 7, 14))


def test_after_a_delivery_the_following_period_is_due_even_if_it_is_late(store, small_city, deliver):
    deliver(*FULL, at=datetime(2025, 1, 20))
    figures = [small_city.base_figure("kinder")]
    assert upcoming(store, figures, MARCH, date(2026, 1, 5)) == "2025, fällig am 30.01.2026"
    assert upcoming(store, figures, MARCH, date(2026, 2, 5)) == "2025, überfällig seit 30.01.2026"


def test_templates_are_offered_for_ended_periods_latest_first(small_city):
    offered = expected_periods(small_city, "AWO", date(2025, 4, 10))
    assert [str(period) for period in offered[:2]] == ["2025-Q1", "2024-Q4"]


def test_every_period_since_the_baseline_is_offered_with_the_running_one_and_the_next(small_city):
    offered = [str(period) for period in expected_periods(small_city, "FB 51", date(2032, 4, 10))]
    assert offered[0] == "2031"
    assert "2020" in offered  # the baseline of B-01, twelve years back
    assert {"2032", "2033"} <= set(offered[-4:])  # after all that have ended
    assert len(offered) == len(set(offered))
