"""Maps in a browser: at every width, in words, by keyboard, hatched where there is no number; and a shapefile on its
way onto the page."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.barriers import barriers, tab_to
from tests.chromium import settle
from tests.maps.files import shapefile
from tests.maps.installation import install

LONG = 60_000
MAP = "[class*='st-key-map-'] svg.marks"
SIDES = """() => [...document.querySelectorAll('.stVegaLiteChart svg, .small-maps img')].map(drawn => [
  drawn.getBoundingClientRect().right, document.querySelector('[data-testid=stMain]').getBoundingClientRect().right])"""
AREAS = """svg => [...svg.querySelectorAll('[aria-label]')].filter(one => one.tagName === 'path').map(one => [
  one.getAttribute('aria-label').replaceAll('\\u00a0', ' '), one.getAttribute('fill')])"""
HATCHINGS = """svg => [...svg.querySelectorAll('path')].filter(one =>
  one.getAttribute('fill') === 'transparent' && one.getAttribute('stroke') === '#6b6b6b'
  && one.getBBox().width > 20).length"""


@pytest.fixture
def home(tmp_path):
    install(tmp_path)
    return tmp_path


def areas(page: Page) -> dict[str, str]:
    """What is said of each district on the map, and the colour that it has."""
    expect(page.locator(MAP)).to_be_visible(timeout=LONG)
    return dict(page.locator(MAP).evaluate(AREAS))


def test_a_map_at_every_width_in_words_and_by_keyboard(server, watched):
    page = watched.open(f"{server.address}indicator?kennzahl=B-01&karte=2024")
    for width in (1440, 1280, 400):
        page.set_viewport_size({"width": width, "height": 900})
        settle(page)
        said = areas(page)
        assert said == {
            "Nord/Ost: 50,0 %, Klasse 40 bis unter 60 %": "#2f77b1",
            "Nord: 30,0 %, Klasse 30 bis unter 40 %": "#a9c9e4",
            "Süden: 55,9 %, Klasse 40 bis unter 60 %": "#2f77b1",
        }
        assert all(right <= edge for right, edge in page.evaluate(SIDES)), width
        box = page.locator(MAP).bounding_box()
        assert box and box["width"] > 250 and box["height"] > 200
        assert page.locator(".small-maps img").count() == 4
        assert barriers(page) == {}
    words = page.locator(".small-maps img").evaluate_all("all => all.map(one => one.alt)")
    assert [text.split(". ")[0] for text in words] == [
        f"Karte: Betreuungsquote nach Stadtteil, {year}" for year in (2020, 2022, 2024, 2025)
    ]
    spoken = page.locator(f"{MAP} [aria-roledescription]").evaluate_all(
        "all => all.map(one => one.getAttribute('aria-roledescription'))"
    )
    assert set(spoken) <= {"Zeichnung", "Gebiete", "Gebiet"}, spoken
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("combobox", name="Zeitraum der Karte").focus()
    tab_to(page, "[role=region]", "30 bis unter 40")  # the table beside the map says what it shows


def test_districts_without_a_number_are_hatched_and_boundaries_are_those_of_their_time(server, watched):
    page = watched.open(f"{server.address}indicator?kennzahl=B-01&karte=2025")
    said = areas(page)
    assert said["Süden: keine Zahl (unbekannt oder geheim zu halten)"] == "white"
    assert said["Nord: keine Zahl (Angabe folgt später)"] == "white"
    assert page.locator(MAP).evaluate(HATCHINGS) == 2
    expect(page.get_by_text("schraffiert: keine Angabe")).to_be_visible()
    page = watched.open(f"{server.address}indicator?kennzahl=B-01&karte=2022")
    assert {text.split(":")[0] for text in areas(page)} == {"Nord/Ost", "Nord", "Süd", "Süd-Ost"}

    page = watched.open(f"{server.address}define")
    page.locator("summary").filter(has_text="Grenzen der Gebiete hochladen").click()
    upload = page.locator("[class*=st-key-boundary-] input[type=file]").first
    upload.set_input_files({"name": "st.zip", "mimeType": "application/zip", "buffer": shapefile()})
    expect(page.get_by_text("Gespeichert ist noch nichts.")).to_be_visible(timeout=LONG)
    expect(page.locator(".st-key-boundary-preview svg.marks")).to_be_visible(timeout=LONG)
    for label, text in (("Gilt ab (erster Tag)", "01.01.2015"), ("Gilt bis (leer: weiterhin)", "31.12.2022"),
                        ("Quelle und Lizenz *", "Stadt, dl-de/by-2-0")):  # fmt: skip
        field = page.get_by_role("textbox", name=label, exact=True)
        field.fill(text)
        field.blur()
        watched.settled()
    page.get_by_role("button", name="Grenzen übernehmen", exact=True).click()
    expect(page.get_by_text(re.compile("Übernommen: 4 Gebiete"))).to_be_visible(timeout=LONG)
    page = watched.open(f"{server.address}indicator?kennzahl=B-01&karte=2022")
    expect(page.get_by_text("Grenzen: Stadt, dl-de/by-2-0").first).to_be_visible(timeout=LONG)
