"""The office composes a meeting, and the wall shows the same figures years later; who only looks on writes nothing."""

from datetime import date, datetime

import pytest

from indicators.access import Role, User
from indicators.knowledge.bodies import bodies
from indicators.knowledge.decisions import Decision, DecisionState, decisions, keep_decision
from indicators.knowledge.meeting_records import Meeting, keep_meeting
from indicators.knowledge.minutes import write_minutes
from indicators.knowledge.slides import Slide, SlideKind, keep_plan, plan
from indicators.ui import session
from tests.pages.test_meetings import deliver, press
from tests.pages.test_pages import opened, texts

TODAY = datetime(2026, 2, 1, 9)


@pytest.fixture
def meeting(app, monkeypatch) -> int:
    """The second of two: between them the figures of 2024 came in."""
    monkeypatch.setattr("indicators.ui.session.utc_now", lambda: TODAY)
    opened(app, "overview")
    group = bodies(session.store())[0]
    keep_meeting(session.store(), Meeting(0, group, date(2024, 5, 8)), "Kim", TODAY)
    return keep_meeting(session.store(), Meeting(0, group, date(2025, 5, 14), "1. Sitzung 2025"), "Kim", TODAY)


def composed(meeting: int, *slides: Slide) -> None:
    keep_plan(session.store(), meeting, slides, "Kim", TODAY)


B1 = Slide(SlideKind.INDICATOR, "B-01", "Bitte beachten")


def test_the_proposal_is_made_of_what_changed_and_taken_with_one_press(app, meeting):
    opened(app, "compose", sitzung=str(meeting))
    assert "Vorschlag aus den Änderungen" in texts(app)
    press(app, "Vorschlag übernehmen")
    assert "B-01" in [slide.code for slide in plan(session.store(), meeting)]
    assert "nichts weiter vorzuschlagen" in texts(app)


def test_slides_are_added_moved_remarked_and_taken_out(app, meeting):
    opened(app, "compose", sitzung=str(meeting))
    [box] = app.multiselect
    box.set_value(["kennzahl-B-01", "feld-B", "ziel-B-1"])
    press(app, "Hinzufügen")
    assert [slide.key for slide in plan(session.store(), meeting)] == ["kennzahl-B-01", "feld-B", "ziel-B-1"]
    key = f"compose-{meeting}-feld-B"
    next(button for button in app.button if button.key == f"{key}-up").click().run()
    next(field for field in app.text_area if field.key == f"{key}-text").input("Zuerst das Ganze")
    next(button for button in app.button if button.label == "Anmerkung speichern").click().run()
    next(button for button in app.button if button.key == f"compose-{meeting}-ziel-B-1-out").click().run()
    assert plan(session.store(), meeting) == (
        Slide(SlideKind.FIELD, "B", "Zuerst das Ganze"),
        Slide(SlideKind.INDICATOR, "B-01"),
    )


def test_a_decision_is_worded_addressed_and_dated(app, meeting):
    composed(meeting, B1)
    opened(app, "compose", sitzung=str(meeting))
    key = f"compose-{meeting}-kennzahl-B-01-decision-new-0"
    write = {field.key: field for field in app.text_input}
    write[f"{key}-wording"].input("Zwei Gruppen mehr")
    write[f"{key}-addressee"].input("FB 51")
    write[f"{key}-due"].input("31.02.2026")
    press(app, "Beschluss hinzufügen")
    assert "ist kein Tag" in texts(app)
    next(field for field in app.text_input if field.key == f"{key}-due").input("30.06.2026")
    press(app, "Beschluss hinzufügen")
    [kept] = decisions(session.store())
    assert (kept.wording, kept.addressee, kept.due) == ("Zwei Gruppen mehr", "FB 51", date(2026, 6, 30))
    assert next(field for field in app.text_input if field.key.endswith("new-1-wording")).value == ""


def test_a_slide_says_finding_arithmetic_changes_remark_and_decision(app, meeting):
    composed(meeting, B1)
    keep_decision(session.store(), Decision(0, meeting, B1.key, "Zwei Gruppen mehr", "FB 51"), "Kim", TODAY)
    shown = texts(opened(app, "meeting", sitzung=str(meeting), folie="kennzahl-B-01"))
    assert app.title[0].value.startswith("Betreuungsquote")
    assert "32,5" in app.title[0].value
    assert "28,0" in shown  # what the path asks for
    assert "Zwei Gruppen mehr – FB 51" in shown and "Bitte beachten" in shown
    assert "(2022)" in shown or "(2023)" in shown


def test_the_same_slide_shows_the_same_years_later(app, meeting, small_city, monkeypatch):
    composed(meeting, B1)
    before = texts(opened(app, "meeting", sitzung=str(meeting), folie="kennzahl-B-01"))
    deliver(small_city, 2024, TODAY, kita_kinder=140.0)
    deliver(small_city, 2025, TODAY)
    monkeypatch.setattr("indicators.ui.session.utc_now", lambda: datetime(2029, 2, 1, 9))
    assert texts(opened(app, "meeting", sitzung=str(meeting), folie="kennzahl-B-01")) == before


def test_a_meeting_put_between_changes_nothing_once_the_state_is_settled(app, meeting):
    composed(meeting, B1)
    opened(app, "compose", sitzung=str(meeting))
    press(app, "Stand jetzt festhalten")
    before = texts(opened(app, "meeting", sitzung=str(meeting), folie="kennzahl-B-01"))
    group = bodies(session.store())[0]
    keep_meeting(session.store(), Meeting(0, group, date(2025, 3, 1)), "Kim", TODAY)
    assert texts(opened(app, "meeting", sitzung=str(meeting), folie="kennzahl-B-01")) == before


def test_decisions_of_before_come_first_and_say_what_is_due(app, meeting):
    old = Decision(0, meeting - 1, B1.key, "Alter Plan", "FB 51", date(2024, 6, 30), DecisionState.AGREED)
    keep_decision(session.store(), old, "Kim", TODAY)
    shown = texts(opened(app, "meeting", sitzung=str(meeting), folie="offen"))
    assert "1 von 1 fällig" in app.title[0].value
    assert "Alter Plan" in shown


def test_a_slide_or_a_meeting_that_does_not_exist_is_told(app, meeting):
    opened(app, "meeting", sitzung=str(meeting), folie="kennzahl-Z-99")
    assert app.title[0].value == "Folie nicht gefunden"
    app.query_params["folie"] = "titel"
    app.query_params["sitzung"] = "77"
    app.run()
    assert app.title[0].value == "Sitzung nicht gefunden"


def test_an_indicator_that_is_gone_from_the_catalogue_takes_no_slide_down(app, meeting):
    composed(meeting, Slide(SlideKind.INDICATOR, "Z-99"), B1)
    opened(app, "meeting", sitzung=str(meeting), folie="kennzahl-B-01")
    assert "Folie 2 von 2" in texts(app)
    assert "nicht mehr im Katalog" in " ".join(one.label for one in opened(app, "compose").expander)


def test_who_only_looks_on_reads_the_minutes_and_cannot_write(app, meeting, monkeypatch):
    composed(meeting, B1)
    write_minutes(session.store(), meeting, B1.key, "Lange Aussprache", "Kim", TODAY)
    monkeypatch.setattr(session, "user", lambda said=None: User("Pat", frozenset({Role.STEERING})))
    shown = texts(opened(app, "meeting", sitzung=str(meeting), folie="kennzahl-B-01", ansicht="notizen"))
    assert "Lange Aussprache" in shown
    assert "Notizen" not in [button.label for button in app.button]
    assert not [one for one in app.text_input if "decision" in str(one.key)]
