"""The page of target agreements: agreed, counted, reviewed with the indicator's value, carried over; who may what."""

from datetime import datetime

import pytest

from indicators.access import Role
from indicators.datasets import AGREEMENTS
from indicators.deliveries.editing import edit
from indicators.deliveries.staging import confirm
from indicators.ledger import commits
from indicators.ui import login, session
from tests.pages.test_measures import field, save
from tests.pages.test_pages import opened, texts
from tests.pages.test_roles import AUTH, NOW, came, given

GOAL = {
    "year": "2025",
    "number": "1",
    "title": "Mehr Kinder in der Kita",
    "text": "Bis Ende 2025 besuchen 60 Prozent eine Kita.",
    "indicator": "B-01",
    "target": 60.0,
    "field": "B",
    "agreed_on": "12.02.2025",
}
NAME = "FB 51 · 2025 · Nr. 1"
REVIEW = {"outcome": "nicht erreicht", "reviewed_on": "01.03.2026", "reason": "Personal", "consequence": "anpassen"}
ONE = "vereinbartes-ziel"


@pytest.fixture(autouse=True)
def then(app, monkeypatch):
    monkeypatch.setattr("indicators.ui.session.utc_now", lambda: NOW)


def kept(at=datetime(2025, 2, 20), reporter="FB 51", basis=None, **fields):
    store, catalogue = session.store(), session.catalogue()
    staged = edit(store, catalogue, AGREEMENTS, reporter, GOAL | fields, basis, "Test", at)
    assert not staged.blocked, staged.findings
    return confirm(store, catalogue, staged, at, dict.fromkeys(staged.to_explain, "geprüft")).number


def shown(app, **more):
    return texts(opened(app, "agreements", **more)).replace("\N{NO-BREAK SPACE}", " ")


def test_the_whole_cycle_on_the_page(app):
    opened(app, "agreements")
    for label in ("year", "number", "title", "text", "agreed_on", "target"):
        field(app, AGREEMENTS.field(label).title).set_value(str(GOAL[label]).removesuffix(".0"))
    field(app, "Kennzahl des Ziels").set_value(["B-01"])
    next(one for one in app.selectbox if one.label == "Zuständig").set_value("FB 51")
    save(app)
    assert "Gespeichert als Lieferung 7" in texts(app)
    assert "vereinbart am 12.02.2025 mit Fachbereich Kinder, Zielvereinbarung 2025, Nr. 1" in texts(
        opened(app, "indicator", kennzahl="B-01")
    )
    opened(app, "agreements", **{ONE: NAME})
    field(app, "Ergebnis der Überprüfung").set_value("teilweise erreicht")
    save(app)
    assert "„Überprüft am“ ausfüllen" in texts(app) and "braucht eine Begründung" in texts(app)
    field(app, "Überprüft am").set_value(f"{NOW:%d.%m.%Y}")
    field(app, "Begründung der Überprüfung").set_value("Eine Kita wurde später fertig.")
    field(app, "Folge").set_value("fortführen")
    save(app)
    said = shown(app, **{ONE: NAME})
    assert "teilweise erreicht" in said and "Wert der Kennzahl am Tag der Überprüfung" in said
    next(one for one in app.button if one.label == "In die Vereinbarung 2026 übertragen").click().run()
    assert not app.exception
    said = shown(app, **{ONE: "FB 51 · 2026 · Nr. 1"})
    assert "Entwurf" in said and GOAL["text"] in said and "Übertragen aus" in said
    assert not [one for one in app.button if "übertragen" in one.label]
    assert "FB 51 · 2026 · Nr. 1" in shown(app, **{ONE: NAME})
    assert not [one for one in app.button if "übertragen" in one.label]  # once is enough


def test_as_of_the_past_and_withdrawn_the_old_text_is_shown(app):
    first = kept()
    second = kept(datetime(2025, 9, 1), basis=first, text="Bis Ende 2025 sind es 70 Prozent.")
    now = shown(app, **{ONE: NAME})
    assert "70 Prozent" in now and "60 Prozent" in now  # the old text stays in the history
    then = shown(app, stand="2025-02-20", **{ONE: NAME})
    assert "60 Prozent" in then and "70 Prozent" not in then and not app.button_group
    assert not [one for one in app.expander if one.label.startswith("Bearbeiten")]
    commits.withdraw(session.store(), second, NOW, "Test", "zu früh")
    assert "70 Prozent" not in shown(app, stand="heute", **{ONE: NAME})


def test_the_list_says_what_is_due_and_how_many_were_attained(app):
    first = kept(number="2", indicator="", target="")
    kept(basis=first, number="2", indicator="", target="", at=datetime(2025, 9, 1), outcome="erreicht",
         reviewed_on="01.09.2025", value=40.0)  # fmt: skip
    kept(interim="14.05.2025")
    kept(reporter="AWO", indicator="", target="", agreed_on="")
    said = shown(app)
    assert "3 von 3 Zielen" in said and "Zwischengespräch vom 14.05.2025 offen" in said
    assert "Fachbereich Kinder, 2025" in said and "Entwurf" in said
    assert "1 von 3 Zielen" in shown(app, stelle="AWO")
    assert "Noch ist nichts vereinbart." in texts(app)
    assert "B Bildung, 2025" in shown(app, stelle="alle", **{"quoten-nach": "field"})


class TestRoles:
    @pytest.fixture(autouse=True)
    def with_login(self, app, monkeypatch):
        kept()
        kept(reporter="AWO", indicator="", target="", agreed_on="")
        monkeypatch.setattr(login, "auth_section", lambda: AUTH)
        came(app, nonce="first").run()

    def test_the_unit_reviews_its_own_and_cannot_change_what_was_agreed(self, app):
        given(Role.REPORTER, reporters=("FB 51",))
        opened(app, "agreements", **{ONE: NAME})
        labels = {one.label.rstrip(" *") for one in (*app.text_input, *app.text_area, *app.selectbox)}
        assert "Folge" in labels and "Zielwert" not in labels and "Wortlaut des Ziels" not in labels
        field(app, "Ergebnis des Zwischengesprächs").set_value("auf gutem Weg")
        save(app)
        assert "Gespeichert als Lieferung 9" in texts(app)
        opened(app, "agreements", **{ONE: "AWO · 2025 · Nr. 1"})
        assert not [one for one in app.button if one.label == "Speichern"]

    def test_the_unit_writes_a_draft_and_the_day_of_the_agreement_is_the_offices(self, app):
        given(Role.REPORTER, reporters=("FB 51",))
        opened(app, "agreements")
        assert "Vereinbart am" not in {one.label for one in app.text_input}
        for label, text in (("year", "2026"), ("number", "4"), ("title", "Neu"), ("text", "Es gibt ein Konzept.")):
            field(app, AGREEMENTS.field(label).title).set_value(text)
        save(app)
        assert "Gespeichert als Lieferung 9" in texts(app)
        assert dict(AGREEMENTS.states(session.store())["FB 51 · 2026 · Nr. 4"][-1].content)["title"] == "Neu"

    def test_the_steering_group_reads_and_readers_see_nothing(self, app):
        given(Role.STEERING)
        assert "Mehr Kinder" in shown(app) and not [one for one in app.button if one.label == "Speichern"]
        given(Role.READER)
        assert "Mehr Kinder" not in texts(opened(app, "agreements"))
