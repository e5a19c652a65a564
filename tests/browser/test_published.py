"""Files that others have published, in a real browser: refused with the reason, taken over, seen in chart and table,
corrected the next time, withdrawn."""

import shutil

import pytest
from playwright.sync_api import Page, expect

from tests.browser.barriers import barriers
from tests.browser.test_deliver import LONG, UPLOAD, frame
from tests.elsewhere import agency
from tests.elsewhere.installation import AGENCY_TABLE, definitions
from tests.elsewhere.test_published_files import FLAT, flat

KITA = flat("99404;Nachbarstadt;Insgesamt;300", head=FLAT.replace("KIND01", "KITA")).replace(b"99411", b"99541")
CHILDREN = "99411-01-01-5_flat.csv"


@pytest.fixture
def home(filled_database, tmp_path):
    definitions(tmp_path / "definitions")
    (tmp_path / "data").mkdir()
    shutil.copy(filled_database, tmp_path / "data" / "monitoring.duckdb")
    return tmp_path


def given(watched, server, name: str, content: bytes) -> Page:
    page = watched.open(f"{server.address}deliver")
    page.set_input_files(UPLOAD, {"name": name, "mimeType": "text/csv", "buffer": content})
    expect(page.get_by_role("heading", name=name)).to_be_visible(timeout=LONG)
    watched.settled()
    return page


def taken(watched, page: Page, name: str, number: int) -> None:
    for field in page.get_by_role("textbox", name="Grund").all():
        field.fill("die Quelle hat berichtigt")
        field.press("Tab")
        watched.settled()
    frame(page, name).get_by_role("button", name="Übernehmen", exact=True).click()
    expect(page.get_by_text(f"Gespeichert als Lieferung {number}")).to_be_visible(timeout=LONG)


def compared(watched, server) -> str:
    """What the page of the indicator says of the neighbour: all words, chart and tables included."""
    page = watched.open(f"{server.address}indicator?kennzahl=B-01&vergleich=nachbar")
    drawn = page.locator(".stVegaLiteChart svg [aria-label]").evaluate_all(
        "all => all.map(one => one.getAttribute('aria-label')).join(' ')"
    )
    return f"{page.locator('body').text_content()} {drawn}".replace("\u00a0", " ")


def test_a_published_file_becomes_a_comparison_is_corrected_and_goes(server, watched):
    births = FLAT.replace("KIND01__Kinder", "GEB01__Geborene")
    page = given(watched, server, "geburten.csv", flat("99404;Nachbarstadt;Insgesamt;5", head=births))
    expect(page.get_by_text("zählt keine Grundzahl dasselbe").first).to_be_visible()
    assert page.get_by_role("button", name="Übernehmen", exact=True).count() == 0

    neighbour, own = "99404;Nachbarstadt, kreisfreie Stadt;Insgesamt;1200", "99403;Musterstadt;Insgesamt;7"
    page = given(watched, server, CHILDREN, flat(neighbour, own))
    expect(page.get_by_text("Nicht übernommen: 1 Wert der eigenen Stadt.").first).to_be_visible()
    assert barriers(page) == {}
    taken(watched, page, CHILDREN, 7)
    assert "25,0" not in compared(watched, server), "one of the two base figures is no rate"
    taken(watched, given(watched, server, "99541-1.csv", KITA), "99541-1.csv", 8)
    said = compared(watched, server)
    assert "25,0" in said and "31,3" not in said and "Nachbarstadt" in said
    assert "Vergleich: GENESIS-Online, 99541-1, Kinderstatistik; Regionaldatenbank Deutschland, 99411-01-01-5" in said

    page = given(watched, server, "noch_einmal.csv", flat(neighbour, own))
    assert page.get_by_role("button", name="Übernehmen", exact=True).count() == 0, "what counts already is not taken"
    book = agency.workbook({"99404 Nachbarstadt, Stadt": (960, 860, 100)}, AGENCY_TABLE, "31. Dezember 2023")
    page = given(watched, server, "kinder.xlsx", book)
    assert page.locator("table.preview tr").count() >= 2
    taken(watched, page, "kinder.xlsx", 9)
    said = compared(watched, server)
    assert "31,3" in said and "Statistik der Bundesagentur für Arbeit" in said

    page = watched.open(f"{server.address}deliveries?nummer=9")
    page.get_by_role("textbox", name="Grund").fill("falsche Tabelle")
    page.get_by_role("button", name="Zurückziehen").click()
    expect(page.get_by_text("Diese Lieferung ist zurückgezogen")).to_be_visible(timeout=LONG)
    said = compared(watched, server)
    assert "25,0" in said and "31,3" not in said and "Statistik der Bundesagentur" not in said
