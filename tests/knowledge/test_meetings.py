"""Meetings and bodies: rows are only added, each is corrected and none lost; old days of city.yaml come over once."""

from datetime import date, datetime

import pytest
from click.testing import CliRunner

from indicators.boards import meeting_board
from indicators.commands.catalogue import check
from indicators.knowledge import meeting_records
from indicators.knowledge.bodies import Body, BodyError, BodyKind, bodies, keep_body
from indicators.knowledge.meeting_records import (
    Meeting,
    MeetingError,
    cancel_meeting,
    keep_meeting,
    meetings,
    take_over,
)
from indicators.moments import end_of_day
from indicators.store import audit

AT = datetime(2026, 3, 1, 9)
DAY, LATER = date(2026, 5, 20), date(2026, 9, 16)


@pytest.fixture
def group(store) -> Body:
    return bodies(store)[0]


def kept(store, group: Body, day: date = DAY, **more: object) -> Meeting:
    number = keep_meeting(store, Meeting(0, group, day, **more), "Kim", AT)
    return next(one for one in meetings(store) if one.number == number)


def test_a_meeting_is_kept_as_it_was_entered_and_looks_at_the_end_of_its_day(store, group):
    meeting = kept(store, group, title=" 1.  Sitzung ", agenda=("Kita", "", " Sprache "))
    assert (meeting.title, meeting.agenda) == ("1. Sitzung", ("Kita", "Sprache"))
    assert meeting.moment == end_of_day(DAY)
    assert meeting.name == "Steuerungsgruppe am 20.05.2026"


def test_a_correction_is_a_new_version_with_a_reason_and_stands_in_the_audit(store, group):
    meeting = kept(store, group)
    moved = Meeting(meeting.number, group, LATER, "verlegt")
    with pytest.raises(MeetingError, match="Grund"):
        keep_meeting(store, moved, "Kim", AT)
    keep_meeting(store, moved, "Pat", AT, "Saal belegt")
    assert [(one.number, one.held_on) for one in meetings(store)] == [(meeting.number, LATER)]
    newest, first = audit.changes(store).query("source == 'meeting'").itertuples()
    assert (first.action, first.who, first.earlier) == ("meeting", "Kim", "")
    assert (newest.action, newest.who, newest.reason) == ("correct-meeting", "Pat", "Saal belegt")
    assert newest.earlier.startswith("20.05.2026") and newest.later.startswith("16.09.2026")


def test_a_meeting_that_is_struck_out_is_gone_and_on_record(store, group):
    meeting = kept(store, group)
    with pytest.raises(MeetingError):
        cancel_meeting(store, meeting, "Kim", AT, " ")
    cancel_meeting(store, meeting, "Kim", AT, "fällt aus")
    assert meetings(store) == ()
    assert audit.changes(store).iloc[0].action == "cancel-meeting"
    assert kept(store, group).number != meeting.number  # the day is free again, the number is not given twice


def test_one_body_meets_once_a_day_and_another_may_meet_beside_it(store, group):
    kept(store, group)
    with pytest.raises(MeetingError, match="gibt es schon"):
        kept(store, group)
    number = keep_body(store, Body(0, "Fachgruppe", BodyKind.EXPERT, 3), "Kim", AT)
    other = next(body for body in bodies(store) if body.number == number)
    assert kept(store, other).body.rhythm == "vierteljährlich"


def test_a_state_of_the_data_that_is_yet_to_come_cannot_be_settled(store, group):
    with pytest.raises(MeetingError):
        kept(store, group, settled=datetime(2026, 3, 2))
    assert kept(store, group, settled=AT).moment == AT


def test_a_body_is_renamed_everywhere_and_ends_without_its_meetings(store, group):
    kept(store, group)
    keep_body(store, Body(group.number, "Lenkungskreis", group.kind, 6), "Kim", AT)
    [meeting] = meetings(store)
    assert (meeting.body.name, meeting.body.rhythm) == ("Lenkungskreis", "halbjährlich")
    with pytest.raises(BodyError, match="gibt es schon"):
        keep_body(store, Body(0, "lenkungskreis", BodyKind.OTHER, 0), "Kim", AT)
    keep_body(store, Body(group.number, "Lenkungskreis", group.kind, 6, ended=True), "Kim", AT)
    assert bodies(store) == () and len(meetings(store)) == 1


def test_the_rhythm_says_when_the_next_meeting_would_be_due(store, group):
    sentence = meeting_board.not_planned([group], [kept(store, group)], date(2026, 6, 1))
    assert "20.09.2026" in sentence[0] and "steht an" in sentence[0]
    assert "überfällig" in meeting_board.not_planned([group], meetings(store), date(2026, 10, 1))[0]
    kept(store, group, date(2026, 11, 4))
    assert meeting_board.not_planned([group], meetings(store), date(2026, 6, 1)) == []


def test_days_of_city_yaml_come_over_once_and_stay_as_they_were_corrected(store, group):
    days = [date(2024, 5, 8), date(2025, 5, 7)]
    assert take_over(store, days, AT) == 2
    assert take_over(store, days, AT) == 0
    [_, first] = meetings(store)
    keep_meeting(store, Meeting(first.number, group, date(2024, 5, 15)), "Kim", AT, "so stand es im Protokoll")
    assert take_over(store, [*days, date(2026, 5, 6)], AT) == 1
    assert [one.held_on for one in meetings(store)] == [date(2026, 5, 6), date(2025, 5, 7), date(2024, 5, 15)]


def test_a_day_that_was_entered_by_hand_is_not_taken_over_beside_it(store, group):
    kept(store, group)
    assert take_over(store, [DAY], AT) == 0
    assert len(meetings(store)) == 1


def test_before_is_the_last_meeting_of_an_earlier_day(store, group):
    old = kept(store, group, date(2025, 11, 12))
    today = kept(store, group, DAY, settled=AT)
    found = meetings(store)
    assert meeting_records.before(found, end_of_day(DAY)) == old  # today's own is none before
    assert meeting_records.before(found, today.moment) == old
    assert meeting_records.before(found, end_of_day(LATER)) == today
    assert meeting_records.before(found, old.moment) is None


def test_check_says_that_the_block_is_not_needed_and_passes(home, monkeypatch):
    monkeypatch.setenv("MONITORING_HOME", str(home))
    city = home / "definitions" / "city.yaml"
    assert "meetings" not in CliRunner().invoke(check).output
    city.write_text(city.read_text(encoding="utf-8") + "meetings: [2023-05-10]\n", encoding="utf-8")
    result = CliRunner().invoke(check)
    assert result.exit_code == 0
    assert "wird nicht mehr gebraucht" in result.output
