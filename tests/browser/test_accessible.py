"""EN 301 549 on every page and in its states: axe, reflow, a reader's own spacing, and the keyboard alone.

One server and one visit a view, at all widths; docs/barrierefreiheit.md quotes what is found here.
"""

import os
import re
import shutil
from functools import partial

import pytest
from playwright.sync_api import Page, expect

from indicators.ui.navigation import PAGES
from tests.browser.barriers import LOST, SIDEWAYS, SPACED, barriers, tab_to
from tests.browser.test_meeting import page, turned, wall
from tests.chromium import RESIZED, go, settle
from tests.conftest import SMALL_CITY, filled_template
from tests.servers import PROJECT, started

__all__ = ["page", "wall"]

LONG = 60_000
UI = PROJECT / "indicators" / "ui"
TEMPLATES = UI / "templates"
UPLOAD = "[data-testid=stFileUploaderDropzoneInput]"
WIDTHS = (1440, 400, 320)
SAME_AS_NARROWEST = () if os.environ.get("THOROUGH") else (400,)
"""No style sheet tells it from 320 (the last step is a room of 479 pixels): axe would find the same. That nothing is
wider than the window is asked at each width; `make thorough` asks axe at all of them."""
STATES = (
    "overview?stand=2023-06-30",
    "indicator?kennzahl=B-01&ansicht=tabelle",
    "indicator?kennzahl=B-01&stand=2023-06-30&ausblick=ja",
    "indicator?kennzahl=B-99",
    "deliveries?nummer=6",
    "meetings?sitzung=2",
    "meeting?sitzung=2&folie=kennzahl-B-01",
    "meeting?sitzung=2&folie=beschluesse",
    "meeting?sitzung=2&folie=titel&ansicht=notizen",
    "meeting?sitzung=2&folie=titel&ansicht=druck",
)
STOPS_SINCE_THE_CHART = """() => {
  const chart = [...document.querySelectorAll('.stVegaLiteChart')].findLast(
    one => one.compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING);
  const after = (one, other) => one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING;
  return [...document.querySelectorAll('a[href], button, input, summary, [tabindex="0"]')].filter(
    one => !chart.contains(one) && after(chart, one) && after(one, document.activeElement)).length;
}"""
UNFOLD = "() => document.querySelectorAll('.stMain details:not([open]) > summary').forEach(fold => fold.click())"


def found_at(page: Page, widths: tuple[int, ...] = WIDTHS) -> dict[int, object]:
    """What shuts people out of the page as it stands, by width."""
    found: dict[int, object] = {}
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        settle(page, RESIZED)
        if width not in SAME_AS_NARROWEST and (shut := barriers(page)):
            found[width] = shut
        elif wide := page.evaluate(SIDEWAYS):
            found[width] = wide
    page.set_viewport_size({"width": 1440, "height": 900})
    return found


@pytest.mark.slow
@pytest.mark.parametrize("part", range(3))
def test_no_page_and_no_state_shuts_anybody_out(wall, page, part):
    """Forms and folds are open: what is folded is on the page as well."""
    found = {}
    for view in (*(entry.file for entry in PAGES), *STATES)[part::3]:
        visit = page.goto if view in STATES else partial(go, page)  # a day stays chosen while one walks within the app
        visit(f"{wall.address}{view}")
        settle(page)
        page.evaluate(UNFOLD)
        if shut := found_at(page):
            found[view] = shut
        bare = view.startswith("meeting?") or view == "meeting"
        page.set_viewport_size({"width": 640, "height": 450})  # 1280 × 900 at 200 %
        settle(page, RESIZED)
        before = page.evaluate(LOST)
        spaced = page.add_style_tag(content=SPACED)
        settle(page)
        if not bare and (lost := sorted({*page.evaluate(LOST), *before})):
            found[f"{view}, spaced"] = lost
        spaced.evaluate("style => style.remove()")
        assert page.locator(".foot a").count() == 1, view
    assert found == {}


def test_findings_and_a_preview_shut_nobody_out(wall, page, small_city, tmp_path):
    files = {"falsch.xlsx": filled_template(small_city, 2026, kinder=-5.0),
             "auffällig.xlsx": filled_template(small_city, 2023, kita_kinder=150.0)}  # fmt: skip
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    page.goto(f"{wall.address}deliver")
    settle(page)
    page.set_input_files(UPLOAD, [tmp_path / name for name in files])
    expect(page.get_by_role("heading", name="auffällig.xlsx")).to_be_visible(timeout=LONG)
    settle(page)
    assert page.locator("table.findings").count() >= 1
    assert page.locator("table.preview").count() >= 1
    assert found_at(page, (1440, 320)) == {}


@pytest.mark.slow
def test_an_empty_city_faulty_definitions_and_a_failure_shut_nobody_out(page, tmp_path):
    shutil.copytree(SMALL_CITY, tmp_path / "definitions")
    running = started(tmp_path)
    found = {}
    try:
        for view in ("overview", "field", "indicator", "measures", "meeting", "deliver", "deliveries", "bericht"):
            go(page, f"{running.address}{view}")
            if shut := found_at(page, (1440, 320)):
                found[view] = shut
        for file in (tmp_path / "definitions").glob("*.yaml"):
            file.write_text("kein: [Katalog", encoding="utf-8")
        page.goto(f"{running.address}overview")
        settle(page)
        assert "Der Katalog enthält Fehler" in page.inner_text("body")
        found |= {"faulty": shut} if (shut := found_at(page, (1440, 320))) else {}
        running.stop()
        shutil.rmtree(tmp_path / "data")  # else what was in force stays in force
        running = started(tmp_path)
        page.goto(f"{running.address}overview")
        settle(page)
        assert page.inner_text("h1") == "Der Katalog enthält Fehler"
        found |= {"no catalogue": shut} if (shut := found_at(page, (1440, 320))) else {}
        assert page.locator(".foot a").count() == 1
    finally:
        running.stop()
    assert found == {}


def test_the_declaration_is_one_key_from_every_page_and_names_the_city(wall, page):
    page.goto(f"{wall.address}overview")
    settle(page)
    tab_to(page, ".foot a", key="Shift+Tab", limit=3)
    page.keyboard.press("Enter")
    page.wait_for_url("**/barrierefreiheit")
    assert page.title().startswith("Erklärung zur Barrierefreiheit – ")
    assert "[Name der Stadt]" not in page.inner_text("main")
    assert page.locator("script").count() == 0
    assert found_at(page) == {}
    tab_to(page, "nav a", limit=2)
    page.keyboard.press("Enter")
    settle(page)
    assert page.inner_text("h1") == "Übersicht"


def test_the_first_key_leads_past_the_navigation(wall, page):
    page.goto(f"{wall.address}indicator?kennzahl=B-01")
    settle(page)
    tab_to(page, "[data-testid=stSkipToContent], [data-testid=stSkipToContent] *", limit=1)
    assert page.evaluate("document.activeElement.innerText").strip() == "Zum Inhalt springen"
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('[data-testid=stSidebar]') === null")
    assert page.evaluate("document.activeElement.closest('.stMain') !== null")


def test_an_upload_with_the_keyboard_alone(wall, page, small_city, tmp_path):
    """Choose a file, give the reasons that are asked for, look at the preview, confirm."""
    file = tmp_path / "auffällig.xlsx"
    file.write_bytes(filled_template(small_city, 2022, kita_kinder=150.0))
    page.goto(f"{wall.address}deliver")
    settle(page)
    tab_to(page, "[data-testid=stFileUploader] button, [data-testid=stFileUploaderDropzone]")
    settle(page)
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files(file)
    expect(page.get_by_role("heading", name="auffällig.xlsx")).to_be_visible(timeout=LONG)
    settle(page)
    page.wait_for_function("document.activeElement.dataset.here?.startsWith('files-')")
    tab_to(page, ".scroll:has(table.preview), .scroll:has(table.findings)")
    for number in range(page.get_by_role("textbox", name="Grund zu").count()):
        tab_to(page, "input[aria-label*='Grund zu'], textarea[aria-label*='Grund zu']")
        page.keyboard.type(f"geprüft {number}")
    tab_to(page, "button", "Übernehmen")
    settle(page)
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Gespeichert als Lieferung 7", timeout=LONG)


def test_an_indicator_with_the_keyboard_alone(wall, page):
    """Another indicator by typing, the table by an arrow; a chart's words and numbers one stop after the controls."""
    page.goto(f"{wall.address}indicator?kennzahl=B-01")
    settle(page)
    page.wait_for_selector(".stVegaLiteChart svg, .stVegaLiteChart canvas")
    tab_to(page, ".in-words summary")
    assert page.evaluate(STOPS_SINCE_THE_CHART) == 0
    page.keyboard.press("Enter")
    table = page.locator(".in-words table").first
    expect(table).to_be_visible()
    assert "32,5" in table.inner_text()
    assert len(page.locator(".in-words p").first.inner_text()) > 40
    tab_to(page, ".in-words .scroll", limit=1)
    tab_to(page, "[data-testid=stButtonGroup] button", key="Shift+Tab")
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(200)
    if "ansicht=tabelle" not in page.url:
        page.keyboard.press("Enter")
    page.wait_for_url("**ansicht=tabelle*", timeout=LONG)
    settle(page)
    tab_to(page, "input[role=combobox]", key="Shift+Tab")
    page.keyboard.type("B-02")
    page.wait_for_timeout(400)
    page.keyboard.press("Enter")
    page.wait_for_url("**kennzahl=B-02*", timeout=LONG)


def test_a_meeting_with_the_keyboard_alone(wall, page):
    page.goto(f"{wall.address}meeting?sitzung=2&folie=titel")
    settle(page)
    page.keyboard.press("ArrowRight")
    page.wait_for_url(re.compile("folie=(?!titel)"), timeout=LONG)
    settle(page)
    turned(page, "Home", "titel")
    settle(page)
    tab_to(page, ".live-text textarea")
    page.keyboard.type("mit der Tastatur")
    page.keyboard.press("ArrowRight")
    assert "folie=titel" in page.url
    expect(page.locator(".live-text .told")).to_contain_text("gespeichert", timeout=LONG)
    tab_to(page, ".foot a")
    page.keyboard.press("Escape")
    page.wait_for_url("**/meetings?*", timeout=LONG)


def test_a_report_with_the_keyboard_alone(wall, page):
    page.goto(f"{wall.address}bericht")
    settle(page)
    tab_to(page, "button", "Webseite")
    with page.expect_download(timeout=LONG) as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename.endswith(".html")


def test_a_measure_with_the_keyboard_alone(wall, page):
    page.goto(f"{wall.address}measures")
    settle(page)
    tab_to(page, ".stMain .stExpander summary")
    page.keyboard.press("Enter")
    tab_to(page, ".stForm input[aria-label^=Titel]")
    page.keyboard.type("Eine Maßnahme ohne Maus")
    tab_to(page, "[data-testid=stFormSubmitButton] button, .stFormSubmitButton button")
    page.keyboard.press("Enter")
    settle(page)
    said = page.inner_text(".stMain")
    assert "Gespeichert" in said or page.locator(".stForm [role=alert], .stForm .stAlert").count() or "fehlt" in said


def test_what_is_not_asked_at_a_width_is_the_same_at_the_narrowest():
    """A step between 320 and 400 pixels would make them two."""
    styles = "\n".join(
        file.read_text(encoding="utf-8") for file in UI.rglob("*") if file.suffix in (".css", ".html", ".py")
    )
    steps = [int(pixels) for pixels in re.findall(r"@(?:media|container)[^{]*width: (\d+)px", styles)]
    assert len(steps) > 5
    assert not [step for step in steps if 280 <= step < 400]  # a room within the page is a little narrower than it


def test_every_box_that_scrolls_has_a_name_and_a_stop():
    boxes = [
        tag for file in TEMPLATES.glob("*.html") for tag in re.findall(r'<div class="scroll[^>]*>', file.read_text())
    ]
    assert len(boxes) > 10
    assert not [tag for tag in boxes if 'role="region" aria-label="' not in tag or 'tabindex="0"' not in tag]
