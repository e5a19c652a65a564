"""Meetings on the pages: the office keeps and corrects them, the overview compares with them, others look on."""

from datetime import date, datetime

import pytest

from indicators.access import Action, Role, User, demand
from indicators.deliveries.staging import confirm, stage
from indicators.knowledge.bodies import bodies
from indicators.knowledge.decisions import Decision, DecisionState, decisions, keep_decision
from indicators.knowledge.meeting_records import Meeting, keep_meeting
from indicators.ledger.commits import Upload
from indicators.ui import kept, session
from tests.conftest import filled_template
from tests.pages.test_pages import opened, texts

TODAY = datetime(2026, 2, 1, 9)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("indicators.ui.session.utc_now", lambda: TODAY)


def field(app, key):
    """By its key; the form for a new one bears the number of those that there are."""
    key = key.replace("new-", f"new-{len(kept.all_meetings())}-")
    kinds = ("text_input", "text_area", "selectbox", "radio")
    return next(one for kind in kinds for one in app.get(kind) if one.key == key)


def press(app, label):
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


def enter(app, day: str, title: str = "") -> None:
    opened(app, "meetings")
    field(app, "new-day").input(day)
    field(app, "new-title").input(title)
    press(app, "Sitzung eintragen")


def held(day: date, **more: object) -> None:
    keep_meeting(session.store(), Meeting(0, bodies(session.store())[0], day, **more), "Kim", TODAY)


def test_a_meeting_is_entered_corrected_and_struck_out(app):
    enter(app, "14.11.2025", "3. Sitzung 2025")
    assert "14.11.2025" in texts(app) and "3. Sitzung 2025" in texts(app)
    [meeting] = kept.all_meetings()
    key = f"meeting-{meeting.number}"
    field(app, f"{key}-day").input("21.11.2025")
    press(app, "Berichtigung speichern")
    assert "Bitte einen Grund für die Berichtigung nennen" in texts(app)
    field(app, f"{key}-reason").input("verlegt")
    press(app, "Berichtigung speichern")
    assert [one.held_on for one in kept.all_meetings()] == [date(2025, 11, 21)]
    field(app, f"{key}-reason").input("fiel aus")
    press(app, "Sitzung streichen")
    assert kept.all_meetings() == ()
    assert "Noch ist keine Sitzung eingetragen" in texts(app)


@pytest.mark.parametrize("day", ["", "31.02.2026", "2026-02-01", "morgen"])
def test_a_day_that_is_none_is_told_and_nothing_kept(app, day):
    enter(app, day, "3. Sitzung")
    assert "ist kein Tag" in texts(app)
    assert field(app, "new-title").value == "3. Sitzung"
    assert kept.all_meetings() == ()


def test_a_body_of_ones_own_with_its_rhythm_can_meet(app):
    opened(app, "meetings")
    next(one for one in app.text_input if one.label == "Name").input("Fachgruppe Integration")
    press(app, "Gremium speichern")
    assert "Fachgruppe, vierteljährlich" in texts(app)
    field(app, "new-day").input("20.01.2026")
    field(app, "new-body").select_index(1)
    press(app, "Sitzung eintragen")
    assert [one.body.name for one in kept.all_meetings()] == ["Fachgruppe Integration"]
    opened(app, "overview")
    [box] = (one for one in app.selectbox if one.label == "Stand der Daten")
    assert box.options[1] == "Fachgruppe Integration am 20.01.2026"


def test_a_settled_state_is_what_the_meeting_shows_and_stays(app, small_city, monkeypatch):
    opened(app, "meetings")
    field(app, "new-day").input("01.02.2026")
    field(app, "new-state").set_value("now")
    press(app, "Sitzung eintragen")
    [meeting] = kept.all_meetings()
    assert meeting.settled == TODAY
    deliver(small_city, 2025, datetime(2026, 2, 1, 15))
    monkeypatch.setattr("indicators.ui.session.utc_now", lambda: datetime(2026, 2, 3, 9))
    assert "35,0" in texts(opened(app, "indicator", kennzahl="B-01"))
    shown = texts(opened(app, "indicator", kennzahl="B-01", stand=f"sitzung{meeting.number}"))
    assert "32,5" in shown and "35,0" not in shown
    assert "Früherer Stand: Sitzung am 01.02.2026" in shown


def deliver(small_city, year: int, at: datetime, **changed: float) -> None:
    upload = Upload(f"FB51_{year}.xlsx", filled_template(small_city, year, **changed), "Test")
    staged = stage(session.store(), small_city, upload, at)
    confirm(session.store(), small_city, staged, at, dict.fromkeys(staged.to_explain, "geprüft"))


def test_the_overview_opens_with_what_changed_since_the_last_meeting(app):
    opened(app, "overview")
    assert app.header[0].value == "Seit der letzten Sitzung"
    assert "liegt keine Sitzung" in texts(app)
    held(date(2024, 5, 8))
    shown = texts(opened(app, "overview"))
    assert "Verglichen mit dem Stand vom 08.05.2024" in shown
    # 2023: 120 of 400, known in May 2024; 2024: 130 of 400, delivered in January 2025
    assert "30,0" in shown and "32,5" in shown
    assert 'id="delivered"' in shown
    assert "indicator?stand=heute&amp;kennzahl=B-01" in shown


def test_another_meeting_can_be_compared_with_and_stands_in_the_address(app):
    opened(app, "overview")
    held(date(2022, 5, 11))
    held(date(2024, 5, 8))
    opened(app, "overview")
    [box] = (one for one in app.selectbox if one.label == "Verglichen mit")
    box.select_index(1).run()
    assert "25,0" in texts(app)  # 2021: 100 of 400, delivered in January 2022
    assert app.header[0].value == "Seit einer früheren Sitzung"
    assert app.query_params["seit"] in ("1", ["1"])


def test_as_of_an_earlier_meeting_the_one_before_it_is_compared_with(app):
    opened(app, "overview")
    held(date(2022, 5, 11))
    held(date(2024, 5, 8))
    shown = texts(opened(app, "overview", stand="2024-05-08"))
    assert "Verglichen mit dem Stand vom 11.05.2022" in shown and "32,5" not in shown


def test_old_days_of_city_yaml_are_meetings_after_the_first_visit_and_none_twice(app, home):
    city = home / "definitions" / "city.yaml"
    city.write_text(city.read_text(encoding="utf-8") + "meetings: [2023-05-10, 2024-05-08]\n", encoding="utf-8")
    opened(app, "meetings")
    opened(app, "meetings")
    assert [one.held_on for one in kept.all_meetings()] == [date(2024, 5, 8), date(2023, 5, 10)]


def test_who_only_looks_on_sees_the_list_and_no_forms(app, monkeypatch):
    opened(app, "meetings")
    held(date(2025, 11, 12), title="3. Sitzung", agenda=("Kita",))
    monkeypatch.setattr(session, "user", lambda said=None: User("Pat", frozenset({Role.STEERING})))
    shown = texts(opened(app, "meetings"))
    assert "3. Sitzung" in shown and "Kita" in shown
    assert not [button.label for button in app.button if button.label.startswith(("Sitzung", "Gremium"))]


def test_a_right_that_is_gone_meanwhile_is_asked_when_the_button_is_pressed(app, monkeypatch):
    opened(app, "meetings")
    field(app, "new-day").input("14.11.2025")
    monkeypatch.setattr("indicators.ui.meeting_list.demand", lambda user, action: refuse(action))
    press(app, "Sitzung eintragen")
    assert "Dafür fehlt Ihnen das Recht" in texts(app)
    assert kept.all_meetings() == ()


def refuse(action: Action) -> None:
    demand(User("Pat", frozenset({Role.STEERING})), action)


def test_decisions_are_listed_with_what_is_due_first_and_carried_on(app):
    opened(app, "overview")
    held(date(2025, 5, 14))
    for wording, due in (("Später", date(2026, 12, 1)), ("Jetzt", date(2026, 1, 15))):
        decision = Decision(0, 1, "kennzahl-B-01", wording, "FB 51", due, DecisionState.AGREED)
        keep_decision(session.store(), decision, "Kim", TODAY)
    shown = texts(opened(app, "meetings"))
    assert shown.index("Jetzt") < shown.index("Später")
    assert "fällig" in shown and "offen" in shown
    next(one for one in app.selectbox if one.key == "decision-2-state").set_value(DecisionState.DONE)
    next(one for one in app.text_input if one.key == "decision-2-note").input("Plan liegt vor")
    press(app, "Stand speichern")
    assert [one.state for one in decisions(session.store())] == [DecisionState.AGREED, DecisionState.DONE]
    assert "Plan liegt vor" in texts(app)


def test_a_meeting_leads_to_its_slides(app):
    opened(app, "overview")
    held(date(2025, 5, 14))
    shown = texts(opened(app, "meetings"))
    assert "meeting?stand=heute&amp;sitzung=1" in shown and "compose?stand=heute&amp;sitzung=1" in shown
