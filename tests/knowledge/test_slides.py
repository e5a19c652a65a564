"""Slides, minutes and decisions: every version is kept, what is the same is not kept twice."""

from datetime import date, datetime, timedelta

import pytest

from indicators.knowledge.bodies import bodies
from indicators.knowledge.decisions import (
    Decision,
    DecisionError,
    DecisionState,
    decisions,
    from_before,
    keep_decision,
)
from indicators.knowledge.meeting_records import Meeting, keep_meeting
from indicators.knowledge.minutes import MinutesError, minutes, write_minutes
from indicators.knowledge.slides import Slide, SlideError, SlideKind, keep_plan, plan
from indicators.store import audit

AT = datetime(2026, 3, 1, 9)
B1, B2 = (Slide(SlideKind.INDICATOR, code) for code in ("B-01", "B-02"))


@pytest.fixture
def meeting(store) -> int:
    return keep_meeting(store, Meeting(0, bodies(store)[0], date(2026, 5, 20)), "Kim", AT)


def count(store, table: str) -> int:
    return int(store.value(f"select count(*) from {table}"))


def test_slides_keep_their_order_and_an_equal_version_is_not_kept_twice(store, meeting):
    assert plan(store, meeting) == ()
    wanted = (B2, Slide(SlideKind.GOAL, "B-1.1", "„wichtig“"), B1)
    keep_plan(store, meeting, wanted, "Kim", AT)
    keep_plan(store, meeting, wanted, "Kim", AT)
    assert plan(store, meeting) == wanted
    assert count(store, "meeting_plan") == 1
    assert plan(store, meeting + 1) == ()


def test_a_slide_stands_once_in_a_meeting_and_remarks_fit_on_it(store, meeting):
    with pytest.raises(SlideError, match="schon"):
        keep_plan(store, meeting, [B1, B1], "Kim", AT)
    with pytest.raises(SlideError, match="400"):
        keep_plan(store, meeting, [Slide(SlideKind.INDICATOR, "B-01", "x" * 401)], "Kim", AT)
    assert plan(store, meeting) == ()


def test_minutes_keep_every_version(store, meeting):
    assert write_minutes(store, meeting, B1.key, "Lange", "Kim", AT)
    assert write_minutes(store, meeting, B1.key, "Lange Aussprache", "Kim", AT)
    assert not write_minutes(store, meeting, B1.key, "Lange Aussprache", "Kim", AT)
    assert not write_minutes(store, meeting, B2.key, "", "Kim", AT)
    assert minutes(store, meeting) == {B1.key: "Lange Aussprache"}
    assert count(store, "minutes") == 2
    with pytest.raises(MinutesError):
        write_minutes(store, meeting, B1.key, "x" * 4001, "Kim", AT)


def test_a_decision_is_open_then_due_then_done(store, meeting):
    decision = Decision(0, meeting, B1.key, "Ein Plan", "FB 51", date(2026, 9, 30), DecisionState.AGREED)
    number = keep_decision(store, decision, "Kim", AT)
    [kept] = decisions(store)
    assert kept.number == number
    assert kept.followed(date(2026, 9, 29)) == "offen"
    assert kept.followed(date(2026, 9, 30)) == "fällig"
    keep_decision(store, Decision(number, meeting, B1.key, "Ein Plan", state=DecisionState.DONE), "Kim", AT)
    assert [one.followed(date(2027, 1, 1)) for one in decisions(store)] == ["erledigt"]
    assert count(store, "decision") == 2


def test_the_next_meeting_hears_of_what_waits_and_of_what_was_done_since(store, meeting):
    states = (DecisionState.AGREED, DecisionState.POSTPONED, DecisionState.DONE, DecisionState.REJECTED)
    for state in states:
        keep_decision(store, Decision(0, meeting, B1.key, state.word, state=state), "Kim", AT)
    found = decisions(store)
    heard = from_before(found, frozenset({meeting}), AT - timedelta(days=1))
    assert [one.state for one in heard] == [DecisionState.AGREED, DecisionState.POSTPONED, DecisionState.DONE]
    assert [one.state for one in from_before(found, frozenset({meeting}), AT)] == list(states[:2])
    assert from_before(found, frozenset(), AT) == ()


def test_a_decision_needs_a_wording_and_goes_with_it(store, meeting):
    with pytest.raises(DecisionError):
        keep_decision(store, Decision(0, meeting, B1.key, "  "), "Kim", AT)
    number = keep_decision(store, Decision(0, meeting, B1.key, "Ein Plan"), "Kim", AT)
    keep_decision(store, Decision(number, meeting, B1.key, ""), "Kim", AT)
    assert decisions(store) == ()


def test_all_of_it_stands_in_the_audit_with_who_and_what_was_before(store, meeting):
    keep_plan(store, meeting, [B1], "Kim", AT)
    write_minutes(store, meeting, B1.key, "Lange", "Pat", AT)
    write_minutes(store, meeting, B1.key, "Kurz", "Pat", AT)
    keep_decision(store, Decision(0, meeting, B1.key, "Ein Plan", "FB 51"), "Kim", AT)
    found = audit.changes(store)
    actions = set(found["action"])
    assert {"slides", "minutes", "decision", "meeting"} <= actions
    newest = found[found["action"] == "minutes"].iloc[0]
    assert (newest["who"], newest["earlier"], newest["later"]) == ("Pat", "Lange", "Kurz")
