"""Every page at every width and on paper: nothing cut, nothing English; links, the way back and past states."""

import re
from pathlib import Path

import pytest
import streamlit
from playwright.sync_api import expect

from indicators.ui import streamlit_words
from indicators.ui.navigation import PAGES
from tests.chromium import RESIZED, settle
from tests.conftest import filled_template

LONG = 60_000
SIZES = (("screen", 1440), ("screen", 1280), ("screen", 400), ("print", 688))  # A4 less its margins is 688 pixels wide

CUT = """() => {
  const found = [], wide = document.documentElement.clientWidth;
  const looked = '.stMain h1, .stMain h2, .stMain h3, .grid th, .grid td, .grid img, .stVegaLiteChart canvas, '
    + '.stVegaLiteChart svg, .facts dd, .finding, .as-of, .stMain p';
  for (const element of document.querySelectorAll(looked)) {
    const box = element.getBoundingClientRect(), region = element.closest('.scroll'), cell = element.closest('th, td');
    const head = element.closest('thead');
    if (!box.width || !box.height || (head && getComputedStyle(head).position === 'absolute')) continue;
    const name = `${element.tagName} ${(element.textContent || element.alt || '').trim().slice(0, 60)}`;
    if (box.right > wide + 1 || box.left < -1) found.push(`beyond the window: ${name}`);
    if (region && box.right > region.getBoundingClientRect().right + 1) found.push(`beyond its region: ${name}`);
    if (element.tagName === 'IMG' && box.right > cell.getBoundingClientRect().right + 1) found.push(`cut: ${name}`);
    const text = !['IMG', 'CANVAS', 'svg'].includes(element.tagName);
    if (text && element.scrollWidth > element.clientWidth + 2) found.push(`wider than its box: ${name}`);
  }
  return [...new Set(found)];
}"""

SIDES = """() => [...document.querySelectorAll('.stVegaLiteChart svg')].map(drawn => [
  drawn.getBoundingClientRect().right, drawn.closest('.stVegaLiteChart').getBoundingClientRect().right])"""

CONTROLS = """() => {
  const words = new Set(), ours = '.stHtml, [data-testid=stMarkdownContainer], script, style';
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node = walker.currentNode; node; node = walker.nextNode()) {
    const element = node.nodeType === 3 ? node.parentElement : node;
    if (element.closest('[aria-hidden=true], [data-testid=stIconMaterial], noscript')) continue;
    if (node.nodeType === 3) {
      if (!element.closest(ours) || element.closest('[data-testid=stFileUploader]')) words.add(node.data.trim());
    } else if (!element.closest('.stHtml')) {
      for (const name of ['aria-label', 'title', 'placeholder', 'alt']) words.add(element.getAttribute(name) || '');
    }
  }
  return [...words];
}"""

ENGLISH = re.compile(
    r"\b(upload|file|files|drag|drop|here|remove|clear|open|close|choose|select|option|options|results|skip|main"
    r"|content|sidebar|expand|collapse|link to|heading|menu|press|enter|apply|submit|form|connection|connecting|error"
    r"|fullscreen|copy|clipboard|running|stop|per|dismiss|available|no)\b",
    re.IGNORECASE,
)


def english(page) -> list[str]:
    """Streamlit's own words that nobody translated."""
    return [words for words in page.evaluate(CONTROLS) if ENGLISH.search(words)]


@pytest.mark.slow
@pytest.mark.parametrize("stand", ["heute", "2023-06-30"])
def test_nothing_is_cut_and_nothing_english_at_any_width_or_on_paper(reading, watched, stand):
    found = {}
    for entry in PAGES:
        page = watched.go(f"{reading.address}{entry.file}?stand={stand}")
        assert page.get_attribute("html", "lang") == "de"
        if words := english(page):
            found[entry.file] = words
        for media, width in SIZES:
            page.emulate_media(media=media)
            page.set_viewport_size({"width": width, "height": 900})
            settle(page, RESIZED)
            if cut := page.evaluate(CUT):
                found[f"{entry.file}, {media} {width}"] = cut
            assert page.locator(".as-of").is_visible() == (stand != "heute"), (entry.file, media)
        page.emulate_media(media="screen")
        page.set_viewport_size({"width": 1440, "height": 900})
    assert found == {}


def test_charts_follow_a_window_that_gets_narrower_and_wider_again(reading, watched):
    """Loaded once; a drawing that keeps its width would be cut off at the right."""
    page = watched.open(f"{reading.address}indicator?kennzahl=B-01&ausblick=ja")
    page.wait_for_selector(".stVegaLiteChart svg, .stVegaLiteChart canvas")
    for width in (1440, 1280, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        settle(page, RESIZED)
        assert page.evaluate(CUT) == [], width
        sides = page.evaluate(SIDES)
        assert all(abs(drawn - room) <= 2 for drawn, room in sides), (width, sides)


def test_streamlits_controls_speak_german_in_every_state(server, watched, tmp_path):
    page = watched.open(f"{server.address}deliver")
    (tmp_path / "leer.xlsx").write_bytes(b"nichts")
    (tmp_path / "groß.xlsx").write_bytes(b"P" * (11 * 1024 * 1024))
    page.set_input_files("[data-testid=stFileUploaderDropzoneInput]", [tmp_path / "leer.xlsx", tmp_path / "groß.xlsx"])
    page.wait_for_selector("text=Nicht übernommen", timeout=LONG)
    assert english(page) == []
    page.get_by_role("combobox", name="Meldende Stelle").click()
    page.keyboard.type("zzzz")
    page.wait_for_selector("text=Nichts gefunden")
    assert english(page) == []
    server.stop()
    dialog = page.locator("[role=dialog]")
    expect(dialog).to_contain_text("Keine Verbindung zum Server", timeout=LONG)
    assert english(page) == []


def test_each_english_word_is_one_of_the_pinned_streamlit():
    """A word that is not in its browser code any more has a successor that nobody translates."""
    scripts = (Path(streamlit.__file__).parent / "static" / "static" / "js").glob("*.js")
    code = "\n".join(script.read_text(encoding="utf-8") for script in scripts)
    assert [word for word in streamlit_words.EXACT if word.rstrip(":") not in code] == []


def test_back_is_one_press(reading, watched):
    page = watched.open(f"{reading.address}overview")
    page.get_by_role("link", name="Handlungsfeld").first.click()
    page.wait_for_url("**/field?*feld=*", timeout=LONG)
    watched.settled()
    page.get_by_role("link", name="Kennzahl", exact=True).click()
    page.wait_for_url("**/indicator?*kennzahl=*", timeout=LONG)
    watched.settled()
    page.locator("[data-testid=stButtonGroup]").get_by_text("Tabelle").click()
    page.wait_for_url("**ansicht=tabelle*", timeout=LONG)
    watched.settled()
    page.go_back()
    page.wait_for_url("**/field?*", timeout=LONG)
    watched.settled()
    assert page.inner_text("h1").startswith("B")
    page.go_back()
    page.wait_for_url("**/overview?*", timeout=LONG)
    watched.settled()
    assert page.inner_text("h1") == "Übersicht"


def test_a_dead_link_offers_the_nearest_and_the_choice_goes_on(reading, watched):
    page = watched.open(f"{reading.address}indicator?kennzahl=B-99")
    assert page.inner_text("h1") == "Kennzahl nicht gefunden"
    assert page.locator(".finding").count() == 0
    offered = page.locator(".offers a").first
    assert "B-0" in offered.inner_text()
    page.reload()
    watched.settled()
    assert page.inner_text("h1") == "Kennzahl nicht gefunden"
    page.get_by_role("combobox", name="Kennzahl").click()
    page.get_by_role("option").filter(has_text="B-01").click()
    page.wait_for_selector(".finding", timeout=LONG)
    assert "kennzahl=B-01" in page.url
    watched.open(f"{reading.address}indicator?kennzahl=B-99")
    page.locator(".offers a").first.click()
    page.wait_for_selector(".finding", timeout=LONG)


def test_the_focus_goes_to_what_was_uploaded_and_is_seen_in_the_sidebar(server, watched, small_city, tmp_path):
    page = watched.open(f"{server.address}deliver")
    (tmp_path / "gut.xlsx").write_bytes(filled_template(small_city, 2025))
    page.set_input_files("[data-testid=stFileUploaderDropzoneInput]", tmp_path / "gut.xlsx")
    page.wait_for_selector("text=Alles in Ordnung", timeout=LONG)
    page.wait_for_function("document.activeElement.dataset.here?.startsWith('files-')")
    page.get_by_role("link", name="Katalog", exact=True).focus()
    page.keyboard.press("Shift+Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert page.evaluate("document.activeElement.closest('[data-testid=stSidebar]') !== null")
    assert outline == "solid"
