"""Every page on paper: no controls, a head with city, day and state, charts at full width, tables with their heads."""

import pytest

from indicators.knowledge.bodies import bodies
from indicators.knowledge.decisions import Decision, keep_decision
from indicators.knowledge.meeting_records import Meeting, keep_meeting
from indicators.knowledge.slides import Slide, SlideKind, keep_plan
from indicators.store import Store
from indicators.ui.navigation import PAGES
from tests.browser.test_meeting import AT, paper
from tests.chromium import RESIZED, settle
from tests.pdf_files import pdf_file

A4 = 688
"""Pixels across, less the margins."""

CONTROLS = """() => [...document.querySelectorAll(
    '.stMain button, .stMain input, .stMain textarea, .stMain select, [role=combobox], [role=radio], [role=tab], '
    + '.stPageLink, .stPagination, .stForm, [data-testid=stSidebar], [data-testid=stHeader], '
    + '[data-testid=stFileUploader]')]
  .filter(element => element.getClientRects().length && getComputedStyle(element).visibility !== 'hidden')
  .map(element => `${element.tagName} ${(element.textContent || element.ariaLabel || '').slice(0, 40)}`)"""

HEADLESS = """() => [...document.querySelectorAll('.stMain table')]
  .filter(table => table.getClientRects().length && table.tHead)
  .filter(table => { const style = getComputedStyle(table.tHead), row = table.tHead.rows[0];
    return style.display !== 'table-header-group' || style.position === 'absolute' || !row.getClientRects().length })
  .map(table => table.textContent.trim().slice(0, 60))"""

NARROW = """() => { const wide = document.querySelector('.stMainBlockContainer').clientWidth;
  return [...document.querySelectorAll('.stVegaLiteChart svg, .stVegaLiteChart canvas')]
    .filter(drawn => drawn.getClientRects().length)
    .map(drawn => Math.round(100 * drawn.getBoundingClientRect().width / wide)).filter(share => share < 95) }"""

LONELY = """() => { const found = [...document.querySelectorAll('.stMain h1, .stMain h2')]
    .filter(head => head.getClientRects().length);
  const shown = [...document.querySelectorAll('.stMain p, .stMain td, .stMain dd, .stMain li, .stMain summary, '
    + '.stMain svg, .stMain pre, .stMain h3')].filter(one => one.getClientRects().length && !one.closest('h1, h2'));
  const next = head => found[found.indexOf(head) + 1];
  const after = (one, other) => one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING;
  return found.filter(head => !shown.some(one => after(head, one) && !(next(head) && after(next(head), one))))
    .filter(head => head.tagName === 'H2').map(head => head.textContent) }"""


@pytest.fixture
def home(home):
    """With a meeting, a slide and a decision, so that each page has something to print."""
    store = Store(home / "data" / "monitoring.duckdb")
    number = keep_meeting(store, Meeting(0, bodies(store)[0], AT.date()), "Kim", AT)
    keep_plan(store, number, [Slide(SlideKind.INDICATOR, "B-01", "Bitte beachten")], "Kim", AT)
    keep_decision(store, Decision(0, number, "kennzahl-B-01", "Zwei Gruppen mehr", "FB 51"), "Kim", AT)
    store.close()
    return home


@pytest.mark.slow
def test_every_page_on_paper(server, watched):
    found = {}
    for entry in PAGES:
        if entry.bare:  # slides have a page of paper each, and tests of their own
            continue
        page = watched.go(f"{server.address}{entry.file}")
        assert not page.locator(".print-head").is_visible()
        page.emulate_media(media="print")
        page.set_viewport_size({"width": A4, "height": 900})
        settle(page, RESIZED)
        faults = [*page.evaluate(CONTROLS), *page.evaluate(HEADLESS), *page.evaluate(NARROW), *page.evaluate(LONELY)]
        head = page.locator(".print-head").inner_text()
        state = "Datenstand 20.01.2025" if entry.file != "published" else "gedruckt am"
        if not (head.startswith("Musterstadt") and state in head and "gedruckt am" in head):
            faults.append(head)
        if page.locator(".print-head").bounding_box()["y"] > page.locator("h1").first.bounding_box()["y"]:
            faults.append("the head is not above")
        if faults:
            found[entry.file] = faults
        page.emulate_media(media="screen")
        page.set_viewport_size({"width": 1440, "height": 900})
    assert found == {}


def test_further_sheets_say_city_and_state_too(server, watched):
    page = watched.open(f"{server.address}indicator?kennzahl=B-01")
    sizes = paper(page)
    assert len(sizes) > 1
    assert set(sizes) == {"595 × 842"}
    with pdf_file(stream=page.pdf(prefer_css_page_size=True)) as printed:
        texts = [" ".join(sheet.get_text().split()) for sheet in printed]
    assert all("Musterstadt · " in text and "Datenstand 20.01.2025" in text for text in texts)


def test_an_earlier_state_is_the_one_of_the_pages_that_follow_it(server, watched):
    """The list of meetings shows today's, whatever was chosen elsewhere."""
    for name, state in (("overview", "Datenstand 20.01.2023"), ("meetings", "Datenstand 20.01.2025")):
        page = watched.open(f"{server.address}{name}?stand=2023-06-30")
        page.emulate_media(media="print")
        assert state in page.locator(".print-head").inner_text()
        page.emulate_media(media="screen")
