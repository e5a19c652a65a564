"""Maps in a browser: at every width, in words, by keyboard, hatched where there is no number; and a shapefile on its
way onto the page."""

import re
from datetime import date, datetime

import pytest
from playwright.sync_api import Page, expect

from indicators.knowledge.bodies import bodies
from indicators.knowledge.meeting_records import Meeting, keep_meeting
from indicators.knowledge.releases import release
from indicators.knowledge.slides import Slide, SlideKind, keep_plan
from indicators.store import Store
from tests.browser.barriers import barriers, tab_to
from tests.browser.test_meeting import OVERFLOW, SMALLEST
from tests.chromium import settle
from tests.maps.files import shapefile
from tests.maps.installation import install

LONG = 60_000
MAP = "[class*='st-key-map-'] svg.marks"
ON_THE_WALL = "[class*='st-key-wall-'] svg.marks"
SIDES = """() => [...document.querySelectorAll('.stVegaLiteChart svg, .small-maps img')].map(drawn => [
  drawn.getBoundingClientRect().right, document.querySelector('[data-testid=stMain]').getBoundingClientRect().right])"""
AREAS = """svg => [...svg.querySelectorAll('[aria-label]')].filter(one => one.tagName === 'path').map(one => [
  one.getAttribute('aria-label').replaceAll('\\u00a0', ' '), one.getAttribute('fill')])"""
HATCHINGS = """svg => [...svg.querySelectorAll('path')].filter(one =>
  one.getAttribute('fill') === 'transparent' && one.getAttribute('stroke') === '#6b6b6b'
  && one.getBBox().width > 20).length"""


@pytest.fixture
def home(tmp_path):
    """With a meeting that has the map on a slide, and the indicator released to readers."""
    install(tmp_path)
    store, at = Store(tmp_path / "data" / "monitoring.duckdb"), datetime(2026, 1, 20)
    number = keep_meeting(store, Meeting(0, bodies(store)[0], date(2026, 1, 21)), "Kim", at)
    keep_plan(store, number, [Slide(SlideKind.MAP, "B-01", "Der Süden fehlt.")], "Kim", at)
    release(store, "B-01", at, "Kim", at, "Beschluss")
    store.close()
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
    others = said | {"Nord/Ost: 52,0 %, Klasse 50 bis unter 60 %": "#2f77b1"}
    del others["Nord/Ost: 52,0 %, Klasse 40 bis unter 60 %"]  # classes are made of what the viewer may see
    for width in (1280, 400):  # what readers see of it
        page.set_viewport_size({"width": width, "height": 900})
        page = watched.open(f"{server.address}published?kennzahl=B-01&karte=2025")
        assert areas(page) == others
        assert all(right <= edge for right, edge in page.evaluate(SIDES)), width
        assert barriers(page) == {}
    for width, height in ((1280, 720), (1920, 1080)):  # and the meeting on the wall
        page.set_viewport_size({"width": width, "height": height})
        page = watched.open(f"{server.address}meeting?sitzung=1&folie=karte-B-01")
        assert dict(page.locator(ON_THE_WALL).evaluate(AREAS)) == others
        assert page.locator(ON_THE_WALL).evaluate(HATCHINGS) == 2
        assert page.evaluate(OVERFLOW) == []
        assert page.evaluate(SMALLEST) >= 20
    assert barriers(page) == {}
    spoken = page.locator(f"{ON_THE_WALL} [aria-roledescription]").evaluate_all(
        "all => all.map(one => one.getAttribute('aria-roledescription'))"
    )
    assert set(spoken) <= {"Zeichnung", "Gebiete", "Gebiet"}, spoken
    page.get_by_role("button", name="Beenden").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".in-words[open] td").first).to_be_visible(timeout=LONG)
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
