"""What a meeting is told to have changed: worked out by hand on a small city with one quarterly and yearly figures."""

from datetime import date, datetime, timedelta

import pytest

from indicators.attainment import METHODS, Status
from indicators.boards import meeting_board
from indicators.boards.change import Kind
from indicators.boards.since_meeting import best, since
from indicators.catalogue import load
from indicators.exports import FORMATS
from indicators.knowledge import snapshot
from indicators.ledger.duties import Duty, State
from indicators.model import Sign, Slice
from indicators.periods import Period
from tests.conftest import SMALL_CITY

SPRING, AUTUMN = datetime(2024, 5, 8), datetime(2026, 11, 4)
QUARTERLY = """
field: Q
title: Quartale
guiding_goals:
  - code: Q-1
    title: Es werden mehr.
    sub_goals:
      - {code: Q-1.1, title: Kurse}
      - {code: Q-1.2, title: Plätze}
base_figures:
  - {code: kurse, title: Kurse, unit: Personen, kind: flow, frequency: quarterly, reporters: [FB 51]}
  - {code: plaetze, title: Plätze, unit: Personen, kind: stock, frequency: yearly, reporters: [FB 51]}
  - {code: hilfen, title: Hilfen, unit: Personen, kind: flow, frequency: yearly, reporters: [FB 51]}
indicators:
  - {code: Q-01, title: Kurse, goal: Q-1.1, kind: output, formula: kurse, unit: Personen, decimals: 0, direction: up,
     definition: D, source: S}
  - {code: Q-02, title: Plätze, goal: Q-1.2, kind: output, formula: plaetze, unit: Personen, decimals: 0, direction: up,
     definition: D, source: S, baseline: {period: "2020", value: 100}, targets: [{period: "2030", value: 200}]}
  - {code: Q-03, title: Hilfen, goal: Q-1.2, kind: output, formula: hilfen, unit: Personen, decimals: 0,
     direction: down, definition: D, source: S}
"""


@pytest.fixture
def city(tmp_path):
    for file in SMALL_CITY.glob("*.yaml"):
        (tmp_path / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "q.yaml").write_text(QUARTERLY, encoding="utf-8")
    return load(tmp_path, methods=METHODS)


@pytest.fixture
def changed(store, city, deliver):
    """What is known in autumn against spring, after the deliveries of both."""

    def compare(*rows, before, suppressed=False, late=()):
        deliver(*before, at=SPRING - timedelta(days=1))
        if rows:
            deliver(*rows, at=AUTUMN - timedelta(days=1))
        then, now = (snapshot.take(store, city, at, suppressed=suppressed) for at in (SPRING, AUTUMN))
        return since(then, now, late), now

    return compare


def row(figure, period, value):
    return figure, "FB 51", period, "", value


def kinds(found, code):
    return [change.kind for change in found.about(code)]


def test_what_was_to_come_later_has_come_and_is_not_revised(changed):
    found, _ = changed(
        row("kurse", "2024-Q1", 90),
        before=[row("kurse", "2023-Q1", 70), row("kurse", "2024-Q1", Sign.LATER)],
    )
    assert kinds(found, "Q-01") == [Kind.BETTER, Kind.DELIVERED]
    better = found.of(Kind.BETTER)[0]
    assert (better.shown_before, better.shown_after, better.remark) == ("…", "90", "neuer Wert")


def test_better_names_the_value_that_is_better_where_the_latest_period_has_none(changed):
    found, _ = changed(
        row("kurse", "2024-Q2", 90),
        row("kurse", "2024-Q3", Sign.LATER),
        before=[row("kurse", "2023-Q2", 70), row("kurse", "2024-Q1", 60)],
    )
    [better] = found.of(Kind.BETTER)
    assert (better.shown_after, better.period_after) == ("90", "2. Quartal 2024")


def test_the_season_is_compared_with_the_same_of_the_year_before(changed):
    # Q3 is always below Q2: 80 after 70 a year before is better, though 100 was the last that the meeting saw
    found, _ = changed(
        row("kurse", "2024-Q3", 80),
        before=[row("kurse", "2023-Q3", 70), row("kurse", "2024-Q2", 100)],
    )
    assert kinds(found, "Q-01") == [Kind.BETTER, Kind.DELIVERED]
    better = found.of(Kind.BETTER)[0]
    assert (better.shown_before, better.shown_after) == ("100", "80")
    assert (better.period_before, better.period_after) == ("2. Quartal 2024", "3. Quartal 2024")


def test_fewer_is_better_where_it_is_wanted(changed):
    found, _ = changed(row("hilfen", "2024", 40), before=[row("hilfen", "2023", 50)])
    assert kinds(found, "Q-03") == [Kind.BETTER, Kind.DELIVERED]


def test_the_status_goes_before_the_value(changed):
    # the path goes from 100 (2020) to 200 (2030), tolerance 5: 130 in 2023 is on it; 132 in 2024 is 8 behind 140
    found, _ = changed(row("plaetze", "2024", 132), before=[row("plaetze", "2023", 130)])
    [at_risk, delivered] = found.about("Q-02")
    assert (at_risk.kind, delivered.kind) == (Kind.AT_RISK, Kind.DELIVERED)
    assert (at_risk.status_before, at_risk.status_after) == (Status.ON_TRACK, Status.SLIGHTLY_BEHIND)
    assert at_risk.remark == "neuer Wert"


def test_a_target_that_is_reached_is_told_once(changed):
    found, _ = changed(row("plaetze", "2024", 210), before=[row("plaetze", "2023", 130)])
    assert kinds(found, "Q-02") == [Kind.REACHED, Kind.DELIVERED]
    assert found.of(Kind.BETTER) == []


@pytest.mark.parametrize(
    ("then", "now", "kind", "status"),
    [
        # 2023 asks for 130, 2024 for 140; slightly behind are up to 15
        (112, 127, Kind.BETTER, Status.SLIGHTLY_BEHIND),
        (118, 122, Kind.WORSE, Status.CLEARLY_BEHIND),
    ],
)
def test_behind_the_path_it_can_get_better_or_worse(changed, then, now, kind, status):
    found, _ = changed(row("plaetze", "2024", now), before=[row("plaetze", "2023", then)])
    first = found.about("Q-02")[0]
    assert (first.kind, first.status_after) == (kind, status)


def test_a_revision_shows_the_value_of_then_and_of_now(changed):
    before = [row("kurse", "2024-Q1", 90), row("kurse", "2023-Q4", 70)]
    found, _ = changed(row("kurse", "2024-Q1", 95), before=before)
    assert kinds(found, "Q-01") == [Kind.BETTER, Kind.REVISED]
    [revised] = found.of(Kind.REVISED)
    assert (revised.shown_before, revised.shown_after, revised.remark) == ("90", "95", "")


def test_a_value_that_is_gone_is_a_revision_too(changed, deliver):
    deliver(row("kurse", "2023-Q4", 70), row("kurse", "2024-Q1", 90), at=SPRING - timedelta(days=1))
    deliver(at=AUTUMN - timedelta(days=2), covers=(Slice("kurse", "FB 51", Period.parse("2024-Q1")),))
    found, _ = changed(before=[row("hilfen", "2023", 1)])
    [revised] = found.of(Kind.REVISED)
    assert (revised.shown_before, revised.shown_after) == ("90", "nichts mehr")


def test_the_first_delivery_comes_after_nothing(changed):
    found, _ = changed(row("hilfen", "2024", 40), before=[row("kurse", "2024-Q1", 90)])
    [delivered] = found.about("Q-03")
    assert (delivered.kind, delivered.shown_before, delivered.shown_after) == (Kind.DELIVERED, "noch nichts", "40")


def test_what_is_owed_is_named_with_period_reporter_and_day(changed):
    late = [
        Duty("FB 51", Period.parse("2024-Q3"), date(2024, 11, 11), ("kurse",), 0, State.MISSING),
        Duty("FB 51", Period.parse("2024-Q2"), date(2024, 8, 11), ("kurse",), 0, State.MISSING),
    ]
    found, _ = changed(before=[row("kurse", "2024-Q1", 90)], late=late)
    [missing] = found.of(Kind.MISSING)
    assert missing.indicator.code == "Q-01"
    assert missing.remark.startswith("3. Quartal 2024 von ") and missing.remark.endswith("fällig am 11.11.2024")


def test_nothing_has_changed_where_nothing_came(changed):
    found, _ = changed(before=[row("kurse", "2024-Q1", 90), row("plaetze", "2023", 130)])
    assert found.changes == ()


def test_goals_stand_with_the_worst_and_the_best_of_their_indicators(changed):
    found, _ = changed(row("plaetze", "2024", 210), before=[row("plaetze", "2023", 112)])
    stands = {goal.code: goal for goal in found.goals if goal.field == "Q"}
    assert list(stands) == ["Q-1", "Q-1.1", "Q-1.2"]
    guiding = stands["Q-1"]
    assert (guiding.worst, guiding.best, guiding.worst_before) == (
        Status.REACHED,
        Status.REACHED,
        Status.CLEARLY_BEHIND,
    )
    assert stands["Q-1.1"].worst is Status.NOT_JUDGED
    assert best([Status.NOT_JUDGED, Status.CLEARLY_BEHIND, Status.ON_TRACK]) is Status.ON_TRACK


def test_an_indicator_under_a_new_code_is_compared_with_itself(store, city, deliver, tmp_path):
    deliver(row("kurse", "2024-Q1", 90), at=SPRING - timedelta(days=1))
    then = snapshot.take(store, city, SPRING, suppressed=False)
    renamed = QUARTERLY.replace("code: Q-01, title", "code: Q-09, formerly: [Q-01], title")
    (tmp_path / "q.yaml").write_text(renamed, encoding="utf-8")
    now = snapshot.take(store, load(tmp_path, methods=METHODS), AUTUMN, suppressed=False)
    assert since(then, now).changes == ()


def test_the_exports_hold_every_row_with_numbers_as_numbers(changed):
    found, now = changed(row("plaetze", "2024", 132), before=[row("plaetze", "2023", 130)])
    figure = meeting_board.since_figure(found, now, "Seit der Sitzung")
    assert figure.frame[["Was", "vorher", "jetzt"]].to_numpy().tolist() == [
        ["neu gefährdet", 130.0, 132.0],
        ["neu geliefert", 130.0, 132.0],
    ]
    goals = meeting_board.goals_figure(found, now)
    suited = [one for one in FORMATS.values() if one.suits([figure, goals])]
    assert {"xlsx", "csv"} <= {one.suffix.lstrip(".") for one in suited}
    assert all(one.render([figure, goals]) for one in suited)
