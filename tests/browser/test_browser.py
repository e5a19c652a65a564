"""What only a real browser shows: cold links, the whole way of a delivery, downloads, accessibility."""

import io
import re
from pathlib import Path

import openpyxl
import pytest
from PIL import Image

from indicators.ui.navigation import PAGES
from tests.conftest import filled_template

LETTERS = re.compile(r"\W")
LISTED = sorted(
    LETTERS.sub("", f"{entry.icon.removeprefix(':material/')}{entry.title}")
    for entry in PAGES
    if entry.file != "comparison"
)
"""Icon and title; the small city is in no ring of cities, and nothing leads to a comparison with itself."""


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.file)
def test_a_cold_deep_link_shows_the_page_within_the_navigation(reading, watched, entry):
    page = watched.open(f"{reading.address}{entry.file}")
    listed = page.locator("[data-testid=stSidebar] [data-testid=stPageLink]").all_inner_texts()
    assert sorted(LETTERS.sub("", title) for title in listed) == LISTED
    assert page.title() == f"{entry.title} – Integrationsmonitoring"
    assert "nicht vollständig angezeigt" not in page.inner_text("body")
    assert page.locator("[role=dialog]").count() == 0  # Streamlit's „Page not found“


def test_the_bare_address_leads_to_the_overview(reading, watched):
    page = watched.open(reading.address)
    page.wait_for_url("**/overview?*")
    assert page.inner_text("h1") == "Übersicht"


@pytest.mark.parametrize("width", [1440, 400])
def test_a_narrow_chart_has_a_key_and_a_wide_one_names_its_lines(reading, watched, width):
    watched.page.set_viewport_size({"width": width, "height": 900})
    page = watched.open(f"{reading.address}indicator?kennzahl=B-01")
    page.wait_for_selector(".stVegaLiteChart canvas, .stVegaLiteChart svg")
    assert page.locator("ul.key").first.is_visible() == (width == 400)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_from_upload_to_chart_and_back(server, watched, small_city, tmp_path):
    broken, sound = tmp_path / "FB51_2025.xlsx", tmp_path / "FB51_2025_neu.xlsx"
    broken.write_bytes(filled_template(small_city, 2025, kinder=-5.0))
    sound.write_bytes(filled_template(small_city, 2025))

    page = watched.open(f"{server.address}deliver")
    page.set_input_files("[data-testid=stFileUploaderDropzoneInput]", broken)
    page.wait_for_selector("text=Nicht übernommen")
    assert "kann nicht kleiner als 0 sein" in page.inner_text("table.findings")
    with page.expect_download() as download:
        page.get_by_role("button", name="Arbeitsmappe mit Prüfhinweisen herunterladen").click()
    annotated = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
    assert "nicht kleiner als 0" in annotated["kinder"]["B8"].comment.text
    assert page.get_by_role("button", name="Übernehmen").count() == 0

    watched.open(f"{server.address}deliver")
    page.set_input_files("[data-testid=stFileUploaderDropzoneInput]", sound)
    page.wait_for_selector("text=Alles in Ordnung")
    assert page.locator("table.preview tr.new").count() == 6
    page.get_by_role("button", name="Übernehmen").click()
    page.wait_for_selector("text=Gespeichert als Lieferung 7")

    watched.open(f"{server.address}indicator?kennzahl=B-01")
    assert "35,0" in page.inner_text(".finding")
    watched.open(f"{server.address}indicator?kennzahl=B-01&ansicht=tabelle")
    assert "35,0" in page.inner_text("table.grid >> nth=0")

    watched.open(f"{server.address}deliveries?nummer=7")
    page.get_by_role("textbox", name="Grund").fill("falsche Spalte")
    page.get_by_role("button", name="Zurückziehen").click()
    page.wait_for_selector("text=Diese Lieferung ist zurückgezogen")

    watched.open(f"{server.address}indicator?kennzahl=B-01&ansicht=tabelle")
    assert "32,5" in page.inner_text(".finding")
    assert "35,0" not in page.inner_text("table.grid >> nth=0")


def test_downloads_hold_what_the_screen_shows(reading, watched):
    page = watched.open(f"{reading.address}indicator?kennzahl=B-01")
    page.get_by_role("button", name="Herunterladen").first.click()
    opened = {}
    for label, suffix in (("Excel", "xlsx"), ("CSV", "csv"), ("PNG", "png"), ("SVG", "svg")):
        with page.expect_download() as download:
            page.locator("[data-testid=stPopoverBody] button", has_text=label).first.click()
        assert download.value.suggested_filename.endswith(suffix)
        opened[suffix] = Path(download.value.path()).read_bytes()
    sheet = openpyxl.load_workbook(io.BytesIO(opened["xlsx"])).worksheets[0]
    assert 32.5 in [cell.value for row in sheet.iter_rows() for cell in row]
    assert opened["csv"].startswith(b"\xef\xbb\xbf")
    assert "32,5" in opened["csv"].decode("utf-8-sig")
    assert Image.open(io.BytesIO(opened["png"])).width > 600
    assert b"<svg" in opened["svg"]


def test_the_link_to_a_view_shows_the_same_view_after_a_new_delivery(server, watched, small_city, tmp_path):
    page = watched.open(f"{server.address}indicator?kennzahl=B-01")
    link = page.inner_text(".to-copy code").strip()
    assert link.startswith(server.address)
    page.context.grant_permissions(["clipboard-read"])
    page.get_by_role("button", name="Kopieren: Link zu dieser Ansicht").press("Enter")
    assert page.inner_text(".to-copy [role=status]") == "Kopiert"
    assert page.evaluate("navigator.clipboard.readText()") == link
    page.context.clear_permissions()
    sound = tmp_path / "FB51_2025.xlsx"
    sound.write_bytes(filled_template(small_city, 2025))
    watched.open(f"{server.address}deliver")
    page.set_input_files("[data-testid=stFileUploaderDropzoneInput]", sound)
    page.get_by_role("button", name="Übernehmen").click()
    page.wait_for_selector("text=Gespeichert als Lieferung 7")
    watched.open(f"{server.address}indicator?kennzahl=B-01")
    assert "35,0" in page.inner_text(".finding")
    watched.open(link)
    assert "32,5" in page.inner_text(".finding")


def test_the_keyboard_reaches_the_pages(reading, watched):
    page = watched.open(reading.address)
    reached = set()
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.innerText || ''"))
    assert any("Handlungsfeld" in text for text in reached)
