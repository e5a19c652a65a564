"""Views of the measures on their page: time line, last changes, saved selections, first interviews."""

from datetime import date, datetime
from urllib.parse import parse_qs

import pytest

from indicators.access import Role
from indicators.datasets import INTERVIEWS
from indicators.deliveries.editing import edit
from indicators.deliveries.staging import confirm
from indicators.knowledge.bodies import Body, BodyKind, bodies, keep_body
from indicators.knowledge.meeting_records import Meeting, keep_meeting
from indicators.ui import login, session
from tests.pages.test_measure_way import SECRET, consulted
from tests.pages.test_measures import COURSE, NAME, field, kept
from tests.pages.test_pages import opened, texts
from tests.pages.test_roles import AUTH, NOW, came, given

TALK = {"day": "12.02.2025", "measures": NAME, "found": "Läuft gut.", "changes": "Zweiter Ort."}


@pytest.fixture(autouse=True)
def then(app, monkeypatch):
    monkeypatch.setattr("indicators.ui.session.utc_now", lambda: NOW)


def press(app, label):
    next(one for one in app.button if one.label == label).click().run()
    assert not app.exception


def bookmarks(app):
    """Label and choices of each saved selection."""
    found = [one.proto for one in app.get("page_link") if one.proto.icon == ":material/bookmark:"]
    return {
        one.label.replace("\\", ""): {key: value[0] for key, value in parse_qs(one.query_string, True).items()}
        for one in found
    }


def test_the_time_line_says_the_term_in_words_and_leads_to_the_measure(app):
    opened(app, "measures")
    kept(COURSE | {"start": "01.01.2025", "end": "31.12.2025"})
    kept(COURSE | {"number": "2", "title": "Chor"})
    said = texts(opened(app, "measures", darstellung="zeitleiste"))
    assert "01.01.2025 bis 31.12.2025" in said and "Laufzeit nicht angegeben" in said
    assert "massnahme=IK+2016+%C2%B7+Nr.+1" in said
    said = texts(opened(app, "measures", darstellung="aenderungen"))
    assert "neu eingetragen" in said and "Kosten und Stellen" not in said


def test_a_selection_is_saved_followed_renamed_and_deleted(app):
    opened(app, "measures")
    kept(COURSE)
    kept(COURSE | {"number": "2", "title": "Chor", "status": "Idee"})
    assert "1 von 2" in texts(opened(app, "measures", umsetzung="Idee", suche="chor"))
    field(app, "Name der Auswahl").set_value("Chöre")
    press(app, "Auswahl speichern")
    choices = bookmarks(app)["Chöre"]
    assert (choices["umsetzung"], choices["suche"], choices["hf"]) == ("Idee", "chor", "alle")
    assert "2 von 2" in texts(opened(app, "measures", umsetzung="alle", suche=""))
    assert "1 von 2" in texts(opened(app, "measures", **choices))
    field(app, "Neuer Name").set_value("Ideen")
    press(app, "Umbenennen")
    assert list(bookmarks(app)) == ["Ideen"] and "Umbenannt in „Ideen“" in texts(app)
    press(app, "Auswahl löschen")
    assert not bookmarks(app)


def test_only_the_office_shares_a_selection_and_changes_a_shared_one(app, monkeypatch):
    kept(COURSE)
    monkeypatch.setattr(login, "auth_section", lambda: AUTH)
    came(app, nonce="first").run()
    given(Role.OFFICE)
    opened(app, "measures")
    field(app, "Name der Auswahl").set_value("Für den Ausschuss")
    next(one for one in app.checkbox if one.label.startswith("für alle")).check()
    press(app, "Auswahl speichern")
    assert list(bookmarks(app)) == ["Für den Ausschuss (für alle)"]
    given(Role.STEERING)
    opened(app, "measures")
    assert list(bookmarks(app)) == ["Für den Ausschuss (für alle)"]
    assert not app.checkbox and "Umbenennen" not in [one.label for one in app.button]
    field(app, "Name der Auswahl").set_value("Meine")
    press(app, "Auswahl speichern")
    assert list(bookmarks(app)) == ["Meine", "Für den Ausschuss (für alle)"]


def test_the_office_enters_and_changes_a_first_interview_on_the_page(app):
    opened(app, "measures")
    kept(COURSE)
    opened(app, "measures")
    form = next(one for one in app.expander if one.label == "Erstgespräch eintragen")
    days = [one for one in form.text_input if one.label == "Tag des Gesprächs *"]
    days[0].set_value("12.02.2025")
    next(one for one in form.text_area if one.label == "Was festgestellt wurde").set_value("Läuft gut.")
    next(one for one in form.multiselect if one.label == "Besprochene Maßnahmen").set_value([NAME])
    next(one for one in form.selectbox if one.label == "Zuständig").set_value("FB 51")
    next(one for one in form.button if one.label == "Erstgespräch speichern").click().run()
    assert not app.exception and "Läuft gut." in texts(app)
    assert "Läuft gut." in texts(opened(app, "measures", massnahme=NAME))
    opened(app, "measures", massnahme="alle")
    form = next(one for one in app.expander if one.label == "Erstgespräch eintragen")
    form.selectbox[0].set_value("FB 51 · Gespräch vom 12.02.2025").run()
    form = next(one for one in app.expander if one.label == "Erstgespräch eintragen")
    next(one for one in form.text_area if one.label == "Was sich ändert").set_value("Ein zweiter Ort.")
    next(one for one in form.button if one.label == "Erstgespräch speichern").click().run()
    assert not app.exception and "Ein zweiter Ort." in texts(app) and "Läuft gut." in texts(app)


def test_whoever_is_not_the_office_reads_interviews_and_enters_none(app, monkeypatch):
    kept(COURSE)
    staged = edit(session.store(), session.catalogue(), INTERVIEWS, "FB 51", TALK, None, "Test", datetime(2025, 3, 1))
    confirm(session.store(), session.catalogue(), staged, datetime(2025, 3, 1), {})
    monkeypatch.setattr(login, "auth_section", lambda: AUTH)
    came(app, nonce="first").run()
    given(Role.REPORTER, reporters=("FB 51",))
    assert "Zweiter Ort." in texts(opened(app, "measures"))
    assert not [one for one in app.expander if one.label == "Erstgespräch eintragen"]


def test_on_the_wall_stands_what_the_body_has_to_decide_and_nothing_that_is_not_public(app):
    kept(COURSE | {"status": "vorgeschlagen"})
    public = {"committee": "Rat", "day": "2027-02-03", "role": "Entscheidung", "budget": "eigene Vorlage nötig"}
    consulted(**public)
    consulted(station="2", committee="Rat", day="2027-02-03", public="nein", paper=SECRET)
    store = session.store()
    keep_body(store, Body(0, "Rat", BodyKind.COMMITTEE, 0), "Test", NOW)
    body = next(one for one in bodies(store) if one.name == "Rat")
    number = keep_meeting(store, Meeting(0, body, date(2027, 2, 3)), "Test", NOW)
    said = texts(opened(app, "meeting", sitzung=str(number), folie="beratungen"))
    assert "Was Rat entscheiden muss: 2 Beratungen" in said.replace("\\", "")
    assert "eigene Vorlage nötig" in said and "nichtöffentlich" in said and SECRET not in said
