"""The cycle in a browser, in a city set up after its paper: a measure goes through its committee, is agreed on in a
talk, and after twelve months somebody says what became of it."""

import re
import shutil
from collections.abc import Mapping
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from indicators.datasets import AGREEMENTS, CONSULTATIONS, MEASURES
from indicators.settings import SAMPLE_DEFINITIONS
from indicators.store import Store

CITY = "braunschweig-2017"
MEASURE = "Steuerung und Controlling · Nr. 4"
GOAL = "FB · 2018 · Nr. 1"
LONG = 60_000
DRAFT = {
    "Jahr der Vereinbarung *": "2018",
    "Nr. des Ziels *": "1",
    "Ziel kurz *": "Sachstandsbericht",
    "Wortlaut des Ziels *": "Der Bericht liegt dem Ausschuss im März 2018 vor.",
    "Vereinbart am": "01.02.2018",
}
REVIEW = {"Überprüft am": "04.02.2019", "Begründung der Überprüfung": "Er lag am 20.03.2018 vor."}


@pytest.fixture
def home(paper_sample, tmp_path):
    shutil.copytree(SAMPLE_DEFINITIONS[CITY], tmp_path / "definitions")
    (tmp_path / "data").mkdir()
    shutil.copy(paper_sample(CITY), tmp_path / "data" / "monitoring.duckdb")
    return tmp_path


def opened(page: Page, title: str) -> None:
    page.locator("summary").filter(has_text=title).first.click()


def choose(page: Page, label: str, option: str) -> None:
    """A list that opens while the page is drawn anew closes again: whoever sees that opens it once more."""
    box, picked = page.get_by_role("combobox", name=label), page.get_by_role("option", name=option, exact=True)
    for _ in range(4):
        page.wait_for_timeout(300)
        box.click()
        try:
            picked.click(timeout=5_000)
        except PlaywrightTimeout:
            continue
        return
    raise AssertionError(f"{label}: {option} cannot be picked")


def filled(page: Page, fields: Mapping[str, str]) -> None:
    for label, text in fields.items():
        field = page.get_by_role("textbox", name=label, exact=True)
        field.fill(text)
        field.blur()


def saved(page: Page, label: str, *shown: str) -> None:
    """Until there is one receipt more: the last one still stands there when the next is asked for."""
    receipts = page.get_by_text("Gespeichert als Lieferung")
    before = receipts.count()
    page.get_by_role("button", name=label, exact=True).last.click()
    expect(receipts).to_have_count(before + 1, timeout=LONG)
    for text in shown:
        expect(page.get_by_text(re.compile(re.escape(text))).first).to_be_visible(timeout=LONG)


def test_a_measure_goes_through_its_committee_is_agreed_on_and_reviewed(server, watched):
    address = f"{server.address}measures?massnahme={quote(MEASURE)}"
    page = watched.open(address)
    expect(page.get_by_text("Das Ergebnis fehlt noch").first).to_be_visible(timeout=LONG)
    opened(page, "Beratung eintragen")
    choose(page, "Beratung", "Station 1: Ausschuss für Integrationsfragen")
    expect(page.get_by_role("textbox", name="Termin", exact=True)).to_have_value("13.09.2017", timeout=LONG)
    watched.settled()
    choose(page, "Ergebnis", "zur Kenntnis genommen")
    saved(page, "Beratung speichern")
    watched.settled()
    opened(page, "Bearbeiten")
    choose(page, "Status *", "in Umsetzung")
    saved(page, "Speichern")
    expect(page.get_by_text("Das Ergebnis fehlt noch")).to_have_count(0)

    page = watched.open(f"{server.address}agreements")
    opened(page, "Neues Ziel eintragen")
    filled(page, DRAFT)
    saved(page, "Speichern")
    page = watched.open(f"{server.address}agreements?vereinbartes-ziel={quote(GOAL)}")
    opened(page, "Bearbeiten und überprüfen")
    watched.settled()
    choose(page, "Ergebnis der Überprüfung", "erreicht")
    choose(page, "Folge", "fallen lassen")
    filled(page, REVIEW)
    saved(page, "Speichern", "erreicht")

    server.stop()
    store = Store(server.home / "data" / "monitoring.duckdb")
    found = {
        data_set.code: {name: dict(said[-1].content or ()) for name, said in data_set.states(store).items()}
        for data_set in (MEASURES, CONSULTATIONS, AGREEMENTS)
    }
    store.close()
    assert found["measures"][MEASURE]["status"] == "in Umsetzung"
    [station] = [one for one in found["consultations"].values() if one["measure"] == MEASURE]
    assert station["outcome"] == "zur Kenntnis genommen"
    assert (found["agreements"][GOAL]["outcome"], found["agreements"][GOAL]["consequence"]) == (
        "erreicht",
        "fallen lassen",
    )
