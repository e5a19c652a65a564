"""Minutes and slides are three presses from a meeting, for whom they are, and never yesterday's."""

from datetime import date, datetime

import pytest
from streamlit.testing.v1 import AppTest

from indicators.access import Role, User
from indicators.knowledge.bodies import bodies
from indicators.knowledge.decisions import Decision, keep_decision
from indicators.knowledge.meeting_records import Meeting, keep_meeting
from indicators.knowledge.minutes import write_minutes
from indicators.knowledge.slides import Slide, SlideKind, keep_plan
from indicators.papers.formats import FILES
from indicators.ui import session
from tests.pages.test_pages import opened, texts

TODAY = datetime(2026, 2, 1, 9)
LABELS = {form.label for form in FILES.values()}


@pytest.fixture
def meeting(app, monkeypatch) -> int:
    monkeypatch.setattr("indicators.ui.session.utc_now", lambda: TODAY)
    opened(app, "overview")
    group = bodies(session.store())[0]
    keep_meeting(session.store(), Meeting(0, group, date(2024, 5, 8)), "Kim", TODAY)
    number = keep_meeting(session.store(), Meeting(0, group, date(2025, 5, 14), "1. Sitzung 2025"), "Kim", TODAY)
    keep_plan(session.store(), number, [Slide(SlideKind.INDICATOR, "B-01")], "Kim", TODAY)
    return number


def offered(app: AppTest) -> dict[str, str]:
    """The files of a meeting that a page offers, by label, with the key that holds the digest of what is in them."""
    return {one.proto.label: one.proto.id for one in app.get("download_button") if one.proto.label in LABELS}


@pytest.mark.parametrize("role", [Role.OFFICE, Role.STEERING, Role.ADMINISTRATOR])
def test_whoever_sees_the_meeting_takes_its_files(app, meeting, role, monkeypatch):
    monkeypatch.setattr(session, "user", lambda said=None: User("Pat", frozenset({role})))
    assert set(offered(opened(app, "meetings", sitzung=str(meeting)))) == LABELS
    assert "Kleine Zahlen sind gesperrt" in texts(app)


@pytest.mark.parametrize("role", [Role.REPORTER, Role.READER])
def test_nobody_else_does(app, meeting, role, monkeypatch):
    monkeypatch.setattr(session, "user", lambda said=None: User("Pat", frozenset({role}), frozenset({"AWO"})))
    assert offered(opened(app, "meetings", sitzung=str(meeting))) == {}


def test_slides_lead_to_them_and_the_office_has_them_where_it_composes(app, meeting):
    opened(app, "meeting", sitzung=str(meeting), folie="kennzahl-B-01")
    next(button for button in app.button if button.label == "Unterlagen").click().run()
    assert not app.exception
    assert set(offered(app)) == LABELS
    [box] = (one for one in app.selectbox if one.label == "Unterlagen zur Sitzung")
    assert box.value == str(meeting)
    assert set(offered(opened(app, "compose", sitzung=str(meeting)))) == LABELS


def test_the_latest_that_has_begun_comes_first_and_another_can_be_picked(app, meeting):
    keep_meeting(session.store(), Meeting(0, bodies(session.store())[0], date(2027, 5, 8)), "Kim", TODAY)
    opened(app, "meetings")
    [box] = (one for one in app.selectbox if one.label == "Unterlagen zur Sitzung")
    assert box.value == str(meeting)
    before = offered(app)
    box.set_value(str(meeting - 1)).run()
    assert not app.exception
    assert set(offered(app)) == LABELS and offered(app) != before


def test_what_is_written_delivered_or_decided_meanwhile_makes_another_file(app, meeting, small_city):
    seen = [offered(opened(app, "meetings", sitzung=str(meeting)))]

    def looked() -> None:
        seen.append(offered(opened(app, "meetings", sitzung=str(meeting))))

    looked()
    assert seen[0] == seen[1]
    write_minutes(session.store(), meeting, "kennzahl-B-01", "Lange Aussprache", "Kim", TODAY)
    looked()
    keep_decision(session.store(), Decision(0, meeting, "kennzahl-B-01", "Mehr Plätze"), "Kim", TODAY)
    looked()
    (session.settings().report_folder).mkdir(parents=True)
    (session.settings().report_folder / "vorlage.docx").write_bytes(b"another template")
    looked()
    names = [one["Protokoll (Word)"] for one in seen[1:]]
    assert len(set(names)) == len(names)
