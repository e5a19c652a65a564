"""Ready definitions on the page „Katalog ändern“: found, taken with one press, told where it cannot be."""

from datetime import datetime

import pytest

from indicators.catalogue.editing import Place, renamed
from indicators.ledger import versions
from indicators.ledger.versions import Act, Decision
from indicators.ui import session
from tests.pages.test_define import press
from tests.pages.test_pages import opened, texts

PICK = "library-pick-0"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("indicators.ui.session.utc_now", lambda: datetime(2026, 2, 1, 9))


@pytest.fixture
def page(app):
    app.run()
    return opened(app, "define")


def test_one_is_found_looked_at_and_taken_with_one_press_and_then_it_is_there(page):
    page.text_input(key="library-word").set_value("12511").run()
    shown = texts(page)
    assert "je 1.000" in shown and "Alle Ausländer, gleich wie lange" in shown and "6 von" in shown
    page.multiselect(key=PICK).set_value(["RE-02"]).run()
    assert "Einbürgerungsquote je Ausländer mit 8 Jahren" in texts(page)
    shown = press(page, "1 Kennzahl übernehmen")
    assert "schon übernommen" in shown and "Aus der Bibliothek übernommen: RE-02" in shown
    assert session.catalogue().indicators["RE-02"].expression.names == ("einbuergerungen", "auslaender_8j_vorjahr")
    assert "RE-02" not in page.multiselect(key="library-pick-1").options
    assert "Einbürgerungsquote" in texts(opened(page, "indicator", kennzahl="RE-02"))


def test_a_code_that_is_anothers_asks_for_another_one(page):
    city, at = session.installation(), datetime(2026, 2, 1, 8)
    other = renamed(city.texts(), Place("indicators", "B-01"), "RE-02")
    city.change(other, versions.last_number(session.store()), Decision(Act.EDIT, "Kim", at, "Versuch"))
    page.run()
    page.multiselect(key=PICK).set_value(["RE-02"]).run()
    assert "Das Kürzel RE-02 ist schon vergeben" in texts(page)
    page.text_input(key=f"{PICK}-RE-02").set_value("R-2").run()
    press(page, "1 Kennzahl übernehmen")
    assert "R-2" in session.catalogue().indicators


def test_the_second_of_two_people_is_told_and_nothing_is_taken(page):
    page.multiselect(key=PICK).set_value(["RE-06"]).run()
    city = session.installation()
    other = renamed(city.texts(), Place("indicators", "B-01"), "B-09")
    city.change(other, versions.last_number(session.store()), Decision(Act.EDIT, "Kim", session.now(), "Umbenannt"))
    shown = press(page, "1 Kennzahl übernehmen")
    assert "inzwischen" in shown or "seither" in shown
    assert "RE-06" not in session.catalogue().indicators
    press(page, "1 Kennzahl übernehmen")
    assert {"RE-06", "B-09"} <= set(session.catalogue().indicators)
