"""The meeting on the wall and the indicator page, as a browser draws them: boxes, keys, two windows, paper.

One server for all: what a test writes, it writes on a slide or a page of its own.
"""

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Page, expect

from indicators.knowledge.bodies import bodies
from indicators.knowledge.decisions import Decision, DecisionState, decisions, keep_decision
from indicators.knowledge.meeting_records import Meeting, keep_meeting
from indicators.knowledge.minutes import minutes
from indicators.knowledge.slides import Slide, SlideKind, keep_plan
from indicators.store import Store
from tests.chromium import settle
from tests.conftest import SMALL_CITY
from tests.servers import Server, started

LONG = 30_000
AT = datetime(2026, 1, 10)
WALLS = ((1280, 720), (1920, 1080))


@pytest.fixture(scope="module")
def wall(filled_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A city with two meetings, slides of every kind and decisions of both."""
    home = tmp_path_factory.mktemp("wall")
    shutil.copytree(SMALL_CITY, home / "definitions")
    (home / "data").mkdir()
    shutil.copy(filled_database, home / "data" / "monitoring.duckdb")
    store = Store(home / "data" / "monitoring.duckdb")
    group = bodies(store)[0]
    keep_meeting(store, Meeting(0, group, date(2023, 5, 10)), "Kim", AT)
    keep_meeting(store, Meeting(0, group, date(2025, 5, 14), "1. Sitzung 2025", ("Kita", "Sprache")), "Kim", AT)
    remark = "Der Ausbau in den Stadtteilen geht schneller voran als geplant; die Fachkräfte fehlen weiterhin."
    composed = [Slide(SlideKind.INDICATOR, code, remark) for code in ("B-01", "B-02", "B-03")]
    composed += [Slide(SlideKind.FIELD, "B"), Slide(SlideKind.GOAL, "B-1.1")]
    keep_plan(store, 2, composed, "Kim", AT)
    old = Decision(0, 1, "kennzahl-B-01", "Plan für weitere Plätze", "FB 51", date(2024, 6, 30), DecisionState.AGREED)
    keep_decision(store, old, "Kim", AT)
    long = "Der Fachbereich legt bis zur nächsten Sitzung einen Plan für zwei weitere Gruppen vor, " * 4
    for wording in ("Zwei Gruppen mehr", "Ein Bericht"):
        keep_decision(store, Decision(0, 2, "kennzahl-B-01", wording, "FB 51", date(2026, 6, 30)), "Kim", AT)
    keep_decision(store, Decision(0, 2, "kennzahl-B-02", long, "Fachbereich Kinder", date(2026, 6, 30)), "Kim", AT)
    for number in range(8):  # more than the table of a slide holds
        keep_decision(store, replace(old, wording=f"{number}. {long}"), "Kim", AT)
    store.close()
    running = started(home)
    yield running
    running.stop()


@pytest.fixture
def page(tab: Page) -> Page:
    tab.set_viewport_size({"width": 1280, "height": 720})
    return tab


def slides(page: Page, wall: Server, slide: str = "titel", **more: str) -> Page:
    query = "&".join(f"{name}={value}" for name, value in {"sitzung": "2", "folie": slide, **more}.items())
    page.goto(f"{wall.address}meeting?{query}")
    settle(page)
    return page


def turned(page: Page, key: str, slide: str) -> None:
    page.keyboard.press(key)
    page.wait_for_url(re.compile(f"folie={slide}"), timeout=LONG)


OVERFLOW = """() => {
  const main = document.querySelector('.stMain'), root = document.documentElement, found = [];
  if (main.scrollHeight > main.clientHeight || main.scrollWidth > main.clientWidth) found.push('the page scrolls');
  const looked = 'h1, .slide-facts, .slide-decision, .slide-table, .slide-foot, .live-text textarea, '
    + '.stVegaLiteChart svg, .stVegaLiteChart canvas';
  for (const element of document.querySelectorAll(looked)) {
    const box = element.getBoundingClientRect();
    if (!box.height) continue;
    if (box.right > innerWidth + 1 || box.bottom > innerHeight + 1) found.push(`outside: ${element.className}`);
    const cut = element.tagName === 'DIV' && element.scrollHeight > element.clientHeight + 2;
    if (cut) found.push(`cut: ${element.className}`);
  }
  const chart = document.querySelector('.stVegaLiteChart svg, .stVegaLiteChart canvas');
  const head = document.querySelector('h1').getBoundingClientRect();
  if (chart && chart.getBoundingClientRect().top < head.bottom - 1) found.push('the chart lies on the title');
  const foot = document.querySelector('.live-text textarea').getBoundingClientRect();
  if (chart && chart.getBoundingClientRect().bottom > foot.top) found.push('the chart lies on the minutes');
  return found;
}"""
SMALLEST = """() => Math.min(...[...document.querySelectorAll('h1, .slide-facts p, .slide-facts li, .slide-decision p, '
  + '.slide-table th, .slide-table td, .slide-foot, .slide-opening p, .live-text textarea, .st-key-slide-bar button p')]
  .map(element => parseFloat(getComputedStyle(element).fontSize)))"""


@pytest.mark.parametrize(("width", "height"), WALLS)
def test_every_slide_fits_the_wall_without_a_scroll_bar(wall, page, width, height):
    page.set_viewport_size({"width": width, "height": height})
    slides(page, wall)
    found, last = {}, int(page.locator(".slide-place").inner_text().split()[-1])
    for place in range(1, last + 1):
        settle(page)
        slide = page.url.partition("folie=")[2]
        if faults := page.evaluate(OVERFLOW):
            found[slide] = faults
        assert page.evaluate(SMALLEST) >= 20, slide
        if place < last:
            page.keyboard.press("ArrowRight")
            page.wait_for_function("before => !location.href.endsWith(before)", arg=f"folie={slide}")
    assert found == {}
    assert not page.locator("[data-testid=stSidebar]").is_visible()
    assert not page.locator("[data-testid=stHeader]").is_visible()


def test_arrows_clickers_home_and_end_turn_the_slides_and_esc_ends(wall, page):
    slides(page, wall)
    turned(page, "ArrowRight", "offen")
    turned(page, "PageDown", "kennzahl-B-01")
    turned(page, "PageUp", "offen")
    turned(page, "ArrowLeft", "titel")
    turned(page, "End", "beschluesse")
    turned(page, "Home", "titel")
    for _ in range(3):  # faster than slides come: no press is lost
        page.keyboard.press("ArrowRight")
    page.wait_for_url(re.compile("folie=kennzahl-B-02"), timeout=LONG)
    page.keyboard.press("Escape")
    page.wait_for_url(re.compile("/meetings"), timeout=LONG)


def test_words_and_table_of_a_slides_chart_are_one_key_away(wall, page):
    slides(page, wall, "kennzahl-B-01")
    page.get_by_role("button", name="Beenden").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "Diagramm in Worten und als Tabelle"
    page.keyboard.press("Enter")
    page.wait_for_selector(".in-words[open] td")
    assert page.locator(".in-words p").inner_text().startswith("Liniendiagramm")
    assert page.evaluate(OVERFLOW) == [], "the panel lies above the slide and makes nothing scroll"


def test_what_is_typed_is_saved_and_turns_no_slide(wall, page):
    slides(page, wall, "kennzahl-B-03")
    field = page.locator(".live-text textarea")
    field.click()
    page.keyboard.type("Die Kurse sind voll.")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Home")
    page.keyboard.press("PageDown")
    expect(page.locator(".live-text .told")).to_have_text("gespeichert", timeout=LONG)
    assert "folie=kennzahl-B-03" in page.url
    slides(page, wall, "kennzahl-B-02")
    assert page.locator(".live-text textarea").input_value() == ""
    page.keyboard.press("ArrowRight")
    page.wait_for_url(re.compile("folie=kennzahl-B-03"), timeout=LONG)
    expect(page.locator(".live-text textarea")).to_have_value("Die Kurse sind voll.", timeout=LONG)


def test_text_that_is_on_its_way_stays_with_its_slide(wall, page):
    slides(page, wall, "feld-B")
    page.locator(".live-text textarea").click()
    page.keyboard.type("Nur hier.")
    page.get_by_role("button", name="Weiter", exact=False).first.click()
    page.wait_for_url(re.compile("folie=ziel"), timeout=LONG)
    expect(page.locator(".live-text textarea")).to_have_value("", timeout=LONG)
    slides(page, wall, "feld-B")
    expect(page.locator(".live-text textarea")).to_have_value("Nur hier.", timeout=LONG)


def test_two_windows_follow_each_other(wall, page):
    slides(page, wall, "titel")
    other = page.context.new_page()
    slides(other, wall, "titel", ansicht="notizen")
    turned(other, "PageDown", "offen")
    page.wait_for_url(re.compile("folie=offen"), timeout=LONG)
    turned(page, "ArrowRight", "kennzahl-B-01")
    other.wait_for_url(re.compile("folie=kennzahl-B-01"), timeout=LONG)
    assert "ansicht=notizen" in other.url and "ansicht=folien" in page.url


def paper(page: Page) -> list[str]:
    """The size of each printed page, in points."""
    printed = page.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/Type\s*/Page\b(?!s).*?/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", printed, re.DOTALL)
    return [f"{float(width):.0f} × {float(height):.0f}" for width, height in boxes]


def test_each_slide_is_printed_on_one_landscape_page(wall, page):
    slides(page, wall, ansicht="druck")
    settle(page)
    count = page.locator("[class*=st-key-page-]").count()
    assert paper(page) == ["842 × 595"] * count
    assert count == 8
    slides(page, wall, "kennzahl-B-01")
    assert paper(page) == ["842 × 595"]


def test_from_a_slide_any_file_is_two_presses_away(wall, page):
    slides(page, wall, "kennzahl-B-01")
    page.get_by_role("button", name="Unterlagen").click()
    page.wait_for_url(re.compile("/meetings"), timeout=LONG)
    settle(page)
    assert "sitzung=2" in page.url
    for label, name in (
        ("Protokoll (Word)", r"protokoll-steuerungsgruppe-2025-05-14-musterstadt-\w{12}\.docx"),
        ("Folien (PowerPoint)", r"folien-steuerungsgruppe-2025-05-14-musterstadt-\w{12}\.pptx"),
        ("Folien (PDF)", r"folien-steuerungsgruppe-2025-05-14-musterstadt-\w{12}\.pdf"),
    ):
        with page.expect_download(timeout=LONG) as download:
            page.get_by_role("button", name=label).click()
        assert re.fullmatch(name, download.value.suggested_filename)
        assert Path(download.value.path()).stat().st_size > 10_000
    with pikepdf.open(Path(download.value.path())) as pdf:
        assert len(pdf.pages) >= 8
        assert str(pdf.Root.Lang) == "de-DE"


def test_the_window_can_be_filled(wall, page):
    slides(page, wall)
    page.get_by_role("button", name="Vollbild").click()
    page.wait_for_function("() => document.fullscreenElement !== null", timeout=LONG)


FOLD = """() => {
  const box = selector => document.querySelector(selector).getBoundingClientRect();
  const chart = box('.stVegaLiteChart canvas, .stVegaLiteChart svg'), finding = box('.finding'), bars = box('.bars');
  const tops = [...document.querySelectorAll('.st-key-controls button, .st-key-controls [data-testid=stSelectbox]')]
    .filter(element => element.getBoundingClientRect().height > 0).map(element => element.getBoundingClientRect());
  return {chart: chart.bottom, finding: finding.bottom, before: chart.top, beside: bars.left > chart.right - 1,
    line: Math.max(...tops.map(t => t.top)) - Math.min(...tops.map(t => t.top)),
    definition: [...document.querySelectorAll('.facts dt')].find(e => e.textContent === 'Definition')
      .getBoundingClientRect().top};
}"""


@pytest.mark.parametrize("stand", ["heute", "2023-05-10"])
def test_finding_and_whole_chart_stand_above_the_fold(wall, page, stand):
    page.goto(f"{wall.address}indicator?kennzahl=B-01&stand={stand}")
    settle(page)
    page.wait_for_selector(".stVegaLiteChart canvas, .stVegaLiteChart svg")
    settle(page)
    found = page.evaluate(FOLD)
    assert found["finding"] < found["before"] < found["chart"] <= 720
    assert found["beside"]
    assert found["line"] < 20
    assert found["definition"] > found["chart"]


def test_a_change_is_one_press_from_its_chart(wall, page):
    page.goto(f"{wall.address}overview?stand=2025-05-14")
    settle(page)
    page.locator("details#delivered a, details#better a").first.click()
    page.wait_for_selector(".stVegaLiteChart canvas, .stVegaLiteChart svg", timeout=LONG)
    assert "indicator?" in page.url


def test_what_was_written_is_in_the_store_after_all(wall):
    """The last of this file: the server has to give the database back."""
    wall.stop()
    store = Store(wall.home / "data" / "monitoring.duckdb")
    assert minutes(store, 2) == {"kennzahl-B-03": "Die Kurse sind voll.", "feld-B": "Nur hier."}
    assert {one.state for one in decisions(store)} == {DecisionState.AGREED, DecisionState.PROPOSED}
    store.close()
