"""The page of measures: who sees and writes what, and what becomes of it."""

import re
from datetime import datetime

import pytest

from indicators.access import Role
from indicators.datasets import MEASURES
from indicators.deliveries.editing import edit
from indicators.deliveries.staging import confirm
from indicators.figures import SCALE
from indicators.ledger import commits
from indicators.ui import login, session
from tests.deliveries.test_own_lists import own
from tests.pages.test_pages import opened, texts
from tests.pages.test_roles import AUTH, NOW, came, given

COURSE = {
    "concept": "IK 2016",
    "number": "1",
    "title": "Müttercafé",
    "status": "beschlossen",
    "field": "B",
    "indicators": "B-01",
    "cost_yearly": 12500.0,
    "participants": 3.0,
}
NAME = "IK 2016 · Nr. 1"


@pytest.fixture(autouse=True)
def then(app, monkeypatch):
    monkeypatch.setattr("indicators.ui.session.utc_now", lambda: NOW)


def kept(fields, at=datetime(2025, 3, 1), reporter="FB 51", basis=None):
    store, catalogue = session.store(), session.catalogue()
    staged = edit(store, catalogue, MEASURES, reporter, fields, basis, "Test", at)
    assert not staged.blocked, staged.findings
    return confirm(store, catalogue, staged, at, dict.fromkeys(staged.to_explain, "geprüft"))


def field(app, label):
    kinds = (*app.text_input, *app.text_area, *app.selectbox, *app.multiselect)
    return next(one for one in kinds if one.label.rstrip(" *") == label)


def save(app):
    next(one for one in app.button if one.label == "Speichern").click().run()
    assert not app.exception


def test_the_office_adds_a_measure_and_gets_a_receipt(app):
    opened(app, "measures")
    field(app, "Titel").set_value("Sprachcafé")
    field(app, "Konzept").set_value("IK 2016")
    next(one for one in app.selectbox if one.label == "Status *").set_value("Idee")
    field(app, "Kosten jährlich").set_value("12.500")
    save(app)
    said = texts(app)
    assert "Gespeichert als Lieferung 7" in said and "1 Eintrag" in said
    assert "Sprachcafé</a><small>IK 2016" in said and "Idee" in said
    assert "12.500" in said and "0 von 1" in said


def test_a_number_that_is_taken_is_refused(app):
    kept(COURSE)
    opened(app, "measures", massnahme="alle")
    for label, text in (("Konzept", "ik 2016"), ("Nr.", "1"), ("Titel", "Anderes")):
        field(app, label).set_value(text)
    next(one for one in app.selectbox if one.label == "Status *").set_value("Idee")
    save(app)
    assert "gibt es schon" in texts(app)
    assert len(MEASURES.states(session.store())[NAME]) == 1


def test_what_is_wrong_is_said_beneath_the_field_and_nothing_is_stored(app):
    opened(app, "measures")
    field(app, "Titel").set_value("Sprachcafé")
    field(app, "Beginn").set_value("bald")
    save(app)
    said = texts(app)
    assert "„Beginn“ ist ein Tag" in said and "„Status“ fehlt" in said and "Nicht gespeichert" in said
    assert MEASURES.states(session.store()) == {}
    assert field(app, "Titel").value == "Sprachcafé"


def test_a_correction_asks_for_a_reason_and_a_new_status_does_not(app):
    kept(COURSE)
    opened(app, "measures", massnahme=NAME)
    field(app, "Status").set_value("in Umsetzung")
    field(app, "Sachstand").set_value("Raum gefunden")
    save(app)
    assert "Gespeichert als Lieferung 8" in texts(app)
    field(app, "Kosten jährlich").set_value("13.000")
    save(app)
    assert "Bitte den Grund eintragen" in texts(app)
    field(app, "Grund").set_value("Tarifabschluss")
    save(app)
    assert "Gespeichert als Lieferung 9" in texts(app)
    content = dict(MEASURES.states(session.store())[NAME][-1].content)
    assert content == COURSE | {"status": "in Umsetzung", "state": "Raum gefunden", "cost_yearly": 13000.0}


def test_who_saves_second_is_told_what_the_first_has_changed(app):
    kept(COURSE)
    opened(app, "measures", massnahme=NAME)
    kept(COURSE | {"status": "umgesetzt"}, datetime(2025, 9, 1), basis=7)
    field(app, "Sachstand").set_value("noch offen")
    save(app)
    said = texts(app).replace("\\", "")
    assert "wurde inzwischen geändert" in said and "Lieferung 8 vom" in said and "Status: umgesetzt" in said
    assert dict(MEASURES.states(session.store())[NAME][-1].content)["status"] == "umgesetzt"
    next(one for one in app.button if one.label == "Mit dem heutigen Stand neu beginnen").click().run()
    assert field(app, "Status").value == "umgesetzt"
    field(app, "Sachstand").set_value("fertig")
    save(app)
    assert "Gespeichert als Lieferung 9" in texts(app)


def test_withdrawn_and_as_of_the_past_the_old_state_is_shown(app):
    kept(COURSE, datetime(2025, 3, 1))
    second = kept(COURSE | {"status": "in Umsetzung"}, datetime(2025, 9, 1), basis=7)
    assert "in Umsetzung" in texts(opened(app, "measures", massnahme=NAME))
    before = texts(opened(app, "measures", massnahme=NAME, stand="2025-03-01"))
    assert "beschlossen" in before and "in Umsetzung" not in before
    assert not [one for one in app.expander if one.label == "Bearbeiten"]
    commits.withdraw(session.store(), second.number, NOW, "Test", "zu früh")
    now = texts(opened(app, "measures", massnahme=NAME, stand="heute"))
    assert "beschlossen" in now and "in Umsetzung" not in now


def test_the_page_finds_filters_and_says_what_the_sums_leave_out(app):
    kept(COURSE)
    kept({"concept": "IK 2008", "title": "Förderkurs", "status": "umgesetzt"})
    kept({"title": "Beratung", "status": "in Umsetzung", "end": "31.12.2025", "posts": 0.5}, reporter="AWO")
    assert "3 von 3 Maßnahmen, davon 1 überfällig" in texts(opened(app, "measures"))
    assert "2 von 3" in texts(app)  # without a figure of costs
    for word in ("foerderkurs", "FÖRDER", "förderkurs"):
        assert "1 von 3 Maßnahmen" in texts(opened(app, "measures", suche=word))
    assert "1 von 3 Maßnahmen" in texts(opened(app, "measures", suche="", stelle="AWO"))
    assert "Ende überschritten" in texts(app)
    assert "3 von 3 Maßnahmen" in texts(opened(app, "measures", stelle="alle"))
    assert "1 von 3 Maßnahmen" in texts(opened(app, "measures", konzept="ohne Angabe"))


def test_the_indicators_of_a_measure_stand_beside_it_without_a_claim(app):
    kept(COURSE)
    said = texts(opened(app, "measures", massnahme=NAME))
    assert "indicator?stand=heute&amp;kennzahl=B-01" in said
    [word] = re.findall(r'kennzahl=B-01">.*?aria-hidden="true">.</span> ([^<]+)</span>', said)
    assert word in {found.word for found in SCALE}
    assert "Ein Zusammenhang zwischen Maßnahme und Verlauf wird damit nicht behauptet." in said


class TestRoles:
    @pytest.fixture(autouse=True)
    def with_login(self, app, monkeypatch):
        kept(COURSE, reporter="FB 51")
        kept({"title": "Beratung", "status": "Idee"}, reporter="AWO")
        monkeypatch.setattr(login, "auth_section", lambda: AUTH)
        came(app, nonce="first").run()

    def test_the_unit_says_how_its_own_measures_stand_and_the_steering_group_sees_it(self, app):
        given(Role.REPORTER, reporters=("FB 51",))
        opened(app, "measures", massnahme=NAME)
        labels = {one.label.rstrip(" *") for one in (*app.text_input, *app.text_area, *app.selectbox)}
        assert "Sachstand" in labels and "Kosten jährlich" not in labels
        assert field(app, "Teilnehmende erreicht").value == "3"  # its own figure, in its own form
        field(app, "Status").set_value("in Umsetzung")
        save(app)
        assert "Gespeichert als Lieferung 9" in texts(app)
        given(Role.STEERING)
        said = texts(opened(app, "measures", massnahme=NAME))
        assert "in Umsetzung" in said and "beschlossen" in said
        assert not app.expander

    def test_from_the_office_to_the_steering_group_and_back(self, app, monkeypatch):
        """Added by the office, told by the unit, seen by the steering group, withdrawn, and as it was."""
        days = [datetime(2026, 2, 1, 9), datetime(2026, 2, 3, 9), datetime(2026, 2, 5, 9)]
        name = "IK 2016 · Nr. 44"

        def on(day):
            monkeypatch.setattr("indicators.ui.session.utc_now", lambda: day)
            came(app, issued=day, nonce=str(day))

        on(days[0])
        given(Role.OFFICE)
        opened(app, "measures", massnahme="alle")
        for label, text in (("Konzept", "IK 2016"), ("Nr.", "44"), ("Titel", "Lotsen")):
            field(app, label).set_value(text)
        next(one for one in app.selectbox if one.label == "Status *").set_value("beschlossen")
        next(one for one in app.selectbox if one.label == "Zuständig" and "new-" in one.key).set_value("FB 51")
        save(app)
        assert "Gespeichert als Lieferung 9" in texts(app)
        on(days[1])
        given(Role.REPORTER, reporters=("FB 51",))
        opened(app, "measures", massnahme=name)
        field(app, "Status").set_value("in Umsetzung")
        field(app, "Sachstand").set_value("zwölf geschult")
        save(app)
        assert "Gespeichert als Lieferung 10" in texts(app)
        on(days[2])
        given(Role.STEERING)
        said = texts(opened(app, "measures", massnahme=name))
        assert "in Umsetzung" in said and "zwölf geschult" in said and "beschlossen" in said
        then = texts(opened(app, "measures", massnahme=name, stand="2026-02-01"))
        assert "beschlossen" in then and "zwölf geschult" not in then
        commits.withdraw(session.store(), 10, days[2], "Test", "zu früh")
        now = texts(opened(app, "measures", massnahme=name, stand="heute"))
        assert "beschlossen" in now and "zwölf geschult" not in now

    def test_a_unit_cannot_write_on_others_measures(self, app):
        given(Role.REPORTER, reporters=("FB 51",))
        opened(app, "measures", massnahme="Beratung")
        assert not [one for one in app.expander if one.label in ("Bearbeiten", "Stand melden")]
        opened(app, "measures", massnahme="alle")
        assert not [one for one in app.expander if one.label == "Neue Maßnahme eintragen"]

    def test_a_right_that_is_gone_when_the_button_is_pressed_stores_nothing(self, app):
        given(Role.REPORTER, reporters=("FB 51",))
        opened(app, "measures", massnahme=NAME)
        field(app, "Status").set_value("in Umsetzung")
        given(Role.REPORTER, reporters=("AWO",))
        button = next(one for one in app.button if one.label == "Speichern")
        button.click().run()
        assert len(MEASURES.states(session.store())[NAME]) == 1

    def test_few_people_are_kept_from_all_but_the_office(self, app):
        given(Role.STEERING)
        said = texts(opened(app, "measures", massnahme=NAME))
        assert "weniger als 5 Teilnehmende" in said
        given(Role.OFFICE)
        assert "weniger als 5 Teilnehmende" not in texts(opened(app, "measures", massnahme=NAME))

    def test_readers_do_not_get_in(self, app):
        given(Role.READER)
        app.switch_page("pages/measures.py").run()
        assert "Müttercafé" not in texts(app)


def test_a_citys_own_table_is_assigned_on_the_page_and_taken_over(app):
    opened(app, "deliver")
    upload = own()
    app.file_uploader[0].upload(upload.name, upload.content).run()
    assert "Eine Liste „Maßnahmen“ mit eigenen Spalten" in texts(app)
    answers = {
        "Bemerkung": "-",
        "Wen erreichen wir": "target_group",
        "läuft": "in Umsetzung",
        "AWO Kreisverband": "AWO",
        "Von wem": "FB 51",
    }
    for _ in range(2):  # columns first, then what stands in them
        for about, answer in answers.items():
            for box in app.selectbox:
                if about in box.label and "column" not in box.key:
                    box.set_value(answer)
        next(one for one in app.button if one.label == "Weiter").click().run()
        assert not app.exception
    assert "3 neu" in texts(app)
    app.button(key=next(one.key for one in app.button if one.key.startswith("commit-"))).click().run()
    assert "Gespeichert als Lieferung 7" in texts(app)
    assert "3 von 3 Maßnahmen" in texts(opened(app, "measures"))
