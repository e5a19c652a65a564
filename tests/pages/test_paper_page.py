"""The page „Vorlage“: from a decision or a frozen report to a filled form; what is typed and picked is remembered."""

from datetime import date, datetime

import pytest
from streamlit.testing.v1 import AppTest

from indicators.access import Action, Role, User, demand
from indicators.knowledge import paper_drafts
from indicators.knowledge.bodies import Body, BodyKind, bodies, keep_body
from indicators.knowledge.decisions import Decision, DecisionState, keep_decision
from indicators.knowledge.meeting_records import Meeting, cancel_meeting, keep_meeting, meetings
from indicators.knowledge.paper_drafts import Part, Station
from indicators.knowledge.slides import Slide, SlideKind, keep_plan
from indicators.ui import session
from tests.pages.test_meetings import press
from tests.pages.test_pages import opened, texts

TODAY = datetime(2026, 2, 1, 9)
FILE = "Vorlage herunterladen (Word)"


@pytest.fixture
def decided(app, monkeypatch) -> str:
    """A meeting with one slide and one decision."""
    monkeypatch.setattr("indicators.ui.session.utc_now", lambda: TODAY)
    opened(app, "overview")
    group = bodies(session.store())[0]
    number = keep_meeting(session.store(), Meeting(0, group, date(2025, 5, 14)), "Kim", TODAY)
    keep_plan(session.store(), number, [Slide(SlideKind.INDICATOR, "B-01")], "Kim", TODAY)
    agreed = Decision(0, number, "kennzahl-B-01", "Zwei Gruppen mehr", "FB 51", state=DecisionState.AGREED)
    return f"beschluss:{keep_decision(session.store(), agreed, 'Kim', TODAY)}"


def field(app: AppTest, ending: str):
    kinds = ("text_input", "text_area", "selectbox", "multiselect")
    return next(one for kind in kinds for one in app.get(kind) if str(one.key).endswith(ending))


def form_box(app: AppTest):
    return next(one for one in app.selectbox if one.label == "Formular")


def files(app: AppTest) -> list[str]:
    return [one.proto.id for one in app.get("download_button") if one.proto.label == FILE]


def test_where_nothing_was_decided_it_says_what_a_paper_is_made_of(app):
    shown = texts(opened(app, "paper"))
    assert "Eine Vorlage entsteht aus dem Beschluss einer Sitzung" in shown
    assert files(app) == []


def test_it_begins_with_what_the_decision_says(app, decided):
    opened(app, "paper", zu=decided)
    assert field(app, "-subject").value == "Betreuungsquote: Zwei Gruppen mehr"
    assert field(app, "-proposal").value == "Zwei Gruppen mehr"
    assert field(app, "-shown").value == ["B-01"]
    assert form_box(app).value == "neutral"
    assert len(files(app)) == 1
    assert "Kleine Zahlen sind gesperrt" in texts(app)


def test_what_is_typed_is_kept_and_makes_another_file(app, decided):
    opened(app, "paper", zu=decided)
    before = files(app)
    field(app, "-number").input("2026/17")
    field(app, "station-0-name").input("Sozialausschuss")
    field(app, "station-0-day").input("04.03.2026")
    field(app, "station-1-name").input("Rat")
    field(app, "station-1-part").set_value(Part.DECISION)
    field(app, "station-1-public").set_value("nichtöffentlich")
    press(app, "Vorlage speichern")
    kept = paper_drafts.latest(session.store(), decided)
    assert kept and kept.number == "2026/17"
    assert kept.stations == (
        Station("Sozialausschuss", date(2026, 3, 4)),
        Station("Rat", None, False, Part.DECISION),
    )
    assert files(app) != before
    opened(app, "overview")
    opened(app, "paper", zu=decided)
    assert field(app, "station-1-name").value == "Rat"
    field(app, "station-0-name").input("")
    press(app, "Vorlage speichern")
    kept = paper_drafts.latest(session.store(), decided)
    assert kept and [one.committee for one in kept.stations] == ["Rat"]


def test_a_day_that_is_none_is_told_and_nothing_kept(app, decided):
    opened(app, "paper", zu=decided)
    field(app, "station-0-name").input("Rat")
    field(app, "station-0-day").input("31.02.2026")
    press(app, "Vorlage speichern")
    assert "ist kein Tag" in texts(app)
    assert field(app, "station-0-name").value == "Rat"
    assert paper_drafts.latest(session.store(), decided) is None


def test_the_form_is_remembered_with_its_committees_for_the_next_paper(app, decided):
    opened(app, "paper", zu=decided)
    form_box(app).set_value("luebeck").run()
    assert not app.exception
    assert "Verfahren" in texts(app)
    field(app, "station-0-name").input("Senat")
    field(app, "station-0-day").input("04.03.2026")
    press(app, "Vorlage speichern")
    other = Decision(0, 1, "kennzahl-B-01", "Ein Bericht", state=DecisionState.AGREED)
    second = keep_decision(session.store(), other, "Kim", TODAY)
    opened(app, "paper", zu=f"beschluss:{second}")
    assert form_box(app).value == "luebeck"
    assert (field(app, "station-0-name").value, field(app, "station-0-day").value) == ("Senat", "")
    assert field(app, "-proposal").value == "Ein Bericht"


def test_committees_of_the_city_stand_there_before_any_paper_was_written(app, decided):
    keep_body(session.store(), Body(0, "Sozialausschuss", BodyKind.COMMITTEE, 0), "Kim", TODAY)
    opened(app, "paper", zu=decided)
    assert field(app, "station-0-name").value == "Sozialausschuss"


def test_a_frozen_report_makes_a_paper_too(app, decided):
    opened(app, "bericht", kennzahlen="B-01")
    press(app, "Bericht einfrieren")
    opened(app, "paper", zu="bericht:1")
    assert field(app, "-proposal").value == "Der Integrationsbericht Nr. 1 wird zur Kenntnis genommen."
    assert field(app, "-shown").value == ["B-01"]
    assert len(files(app)) == 1


def test_a_decision_of_a_meeting_that_was_struck_out_is_told(app, decided):
    [meeting] = meetings(session.store())
    other = keep_meeting(session.store(), Meeting(0, meeting.body, date(2025, 6, 14)), "Kim", TODAY)
    keep_decision(session.store(), Decision(0, other, "titel", "Anderes"), "Kim", TODAY)
    cancel_meeting(session.store(), meeting, "Kim", TODAY, "fiel aus")
    opened(app, "paper", zu=decided)
    assert "Beschluss, Bericht oder Maßnahme nicht gefunden" in [one.value for one in app.title]


@pytest.mark.parametrize("role", [Role.STEERING, Role.REPORTER, Role.READER, Role.ADMINISTRATOR])
def test_it_is_the_offices_page(app, decided, role, monkeypatch):
    monkeypatch.setattr(session, "user", lambda said=None: User("Pat", frozenset({role})))
    opened(app, "paper", zu=decided)
    assert files(app) == []


def test_decisions_lead_to_it(app, decided):
    opened(app, "meetings")
    assert "Vorlage zu diesem Beschluss" in [one.proto.label for one in app.get("page_link")]


def test_a_right_that_is_gone_meanwhile_is_asked_when_the_button_is_pressed(app, decided, monkeypatch):
    opened(app, "paper", zu=decided)
    monkeypatch.setattr("indicators.ui.paper_view.demand", lambda user, action: refuse(action))
    press(app, "Vorlage speichern")
    assert "Dafür fehlt Ihnen das Recht" in texts(app)
    form_box(app).set_value("landau").run()
    assert not app.exception and "Dafür fehlt Ihnen das Recht" in texts(app)
    assert paper_drafts.latest(session.store(), decided) is None


def refuse(action: Action) -> None:
    demand(User("Pat", frozenset({Role.STEERING})), action)
