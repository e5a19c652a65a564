"""Texts of strangers and of the catalogue on every page of a real browser: seen, never followed, nothing fetched."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from indicators.catalogue import load
from indicators.deliveries.staging import confirm, stage
from indicators.knowledge import releases
from indicators.knowledge.bodies import bodies
from indicators.knowledge.meeting_records import Meeting, keep_meeting
from indicators.ledger import commits
from indicators.ledger.commits import Upload
from indicators.store import Store
from indicators.ui.html import CUT, plain
from indicators.ui.navigation import PAGES
from tests.attack.visiting import USER, Town, town
from tests.chromium import CHROMIUM, settle
from tests.conftest import SMALL_CITY, filled_template
from tests.oidc.conftest import COOKIE_SECRET
from tests.pages.test_roles import NOW

pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed: apt-get install chromium"),
]

HOSTILE = (
    "![b](http://boese.example/x.png) [k](http://boese.example/) http://boese.example/a https://boese.example/b "
    "www.boese.example wer@boese.example <img src=http://boese.example/y.png onerror=alert(1)> "
    "<a href=http://boese.example/c>k</a> :material/warning: :red[r] $x$ :smile:"
)
LITERALLY = ("http://boese.example/a", "wer@boese.example", ":smile:")
ADDRESSES = """() => [...document.querySelectorAll('[href], [src]')].map(one => one.href || one.src)
    .filter(address => typeof address === 'string' && !address.startsWith(location.origin)
        && !/^(data|blob):/.test(address))"""
SIGNS = """() => [...document.querySelectorAll(
    '[data-testid=stMarkdownContainer] :is(img, .katex, [class*=stMarkdownColored]:not(:empty))'
)].map(one => one.outerHTML.slice(0, 200))"""


def test_what_is_looked_for_when_the_escapes_are_gone_is_broken():
    for text in ("http://a.de", "HTTPS://a.de", "www.a.de", "x@a.de", ":smile:", ":material/warning:", "a:b:c"):
        assert CUT in plain(text), text
    for text in ("Kita Süd", "12:30 Uhr", "Stelle: AWO", "um 12:30", "Anteil von 30 bis 40", "a www b"):
        assert CUT not in plain(text), text


TEXTS = re.compile(r"\b(title|definition|source|name|note|lead): ([^\",{}\[\]\n]+?)([,}\n])")


def with_hostile_end(found: re.Match[str]) -> str:
    return f"{found[1]}: {json.dumps(f'{found[2]} {HOSTILE}', ensure_ascii=False)}{found[3]}"


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory, filled_database: Path) -> Iterator[Town]:
    """Every text that the catalogue may hold, and all that people write, is hostile."""
    folder = tmp_path_factory.mktemp("hostile")
    definitions = shutil.copytree(SMALL_CITY, folder / "hostile")
    for file in definitions.glob("*.yaml"):
        file.write_text(TEXTS.sub(with_hostile_end, file.read_text(encoding="utf-8")), encoding="utf-8")
    database = Path(shutil.copy(filled_database, folder / "monitoring.duckdb"))
    store, catalogue = Store(database), load(SMALL_CITY)
    upload = Upload(f"{HOSTILE}.xlsx", filled_template(catalogue, 2025, kita_kinder=None), HOSTILE)
    staged = stage(store, catalogue, upload, NOW)
    confirm(store, catalogue, staged, NOW, dict.fromkeys(staged.to_explain, HOSTILE))
    commits.withdraw(store, 7, NOW, HOSTILE, HOSTILE)
    commits.restore(store, 7, NOW, HOSTILE, HOSTILE)
    releases.release(store, "B-01", NOW, HOSTILE, NOW, HOSTILE)
    keep_meeting(store, Meeting(0, bodies(store)[0], NOW.date(), HOSTILE[:200], (HOSTILE,)), HOSTILE, NOW)
    store.close()
    with town(tmp_path_factory.mktemp("town"), database, definitions) as started:
        yield started


@pytest.fixture(scope="module")
def page(city: Town, browser: Browser) -> Iterator[Page]:
    """The tab of someone who sees every page, one after the other. Their name is hostile too."""
    context = browser.new_context(locale="de-DE", viewport={"width": 1440, "height": 900})
    claims = city.visitor("office", HOSTILE, groups=["office", "it"]).claims
    cookie = create_signed_value(COOKIE_SECRET, USER, json.dumps(claims)).decode()
    context.add_cookies([{"name": USER, "value": cookie, "url": city.site}])
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", [entry.file for entry in PAGES])
def test_no_page_follows_a_text(city: Town, page: Page, name: str):
    asked: list[str] = []
    page.on("request", note := lambda request: asked.append(request.url))
    page.goto(f"{city.site}{name}?kennzahl=B-01&nummer=7&gruppe=herkunft=auslaendisch,herkunft=deutsch")
    settle(page)
    for fold in page.locator("details summary, [data-testid=stPopover] button").all()[:6]:
        if not fold.evaluate("one => one.closest('details')?.open"):
            fold.click()
        if fold.get_attribute("data-testid") == "stPopoverButton":  # an open one bars the way to the next
            assert page.evaluate(ADDRESSES) == []
            page.keyboard.press("Escape")
    if name == "deliver":
        page.set_input_files(
            "[data-testid=stFileUploaderDropzoneInput]",
            {
                "name": f"{HOSTILE}.xlsx".replace("/", "∕"),
                "mimeType": "application/octet-stream",
                "buffer": filled_template(load(SMALL_CITY), 2026, kinder=-5.0),
            },
        )
        page.wait_for_selector("text=Nicht übernommen", timeout=30_000)
    settle(page)
    shown = page.inner_text("body")
    assert name == "what_if" or all(
        word in shown for word in ("http://boese.example/a", "wer@boese.example", ":smile:")
    )
    assert page.evaluate(ADDRESSES) == []
    assert page.evaluate(SIGNS) == []
    page.remove_listener("request", note)
    assert [url for url in asked if not url.startswith((city.site, "data:", "blob:"))] == []


def test_the_browser_would_refuse_a_foreign_image(city: Town, page: Page):
    """Where a text would be followed after all, the headers of the app itself hold."""
    page.goto(city.site)
    settle(page)
    refused = page.evaluate(
        """() => new Promise(done => {
            document.addEventListener('securitypolicyviolation', event => done(event.violatedDirective));
            const image = new Image(); image.src = 'http://boese.example/x.png'; setTimeout(() => done(''), 3000);
        })"""
    )
    assert refused == "img-src"


def test_no_foreign_page_frames_ours(city: Town, browser: Browser):
    """A framing page could send the messages that Streamlit takes from its host, such as one that empties caches."""
    page = browser.new_page()
    page.set_content(f'<iframe src="{city.site}"></iframe>')  # comes back when the frame has loaded
    page.frames[1].wait_for_load_state()
    assert page.frames[1].evaluate("window.origin") != city.site.rstrip("/")
    assert "Integrationsmonitoring" not in page.frames[1].locator("body").inner_text()
    page.close()


def test_charts_have_no_toolbar(city: Town, page: Page):
    """Neither for the mouse nor for the keyboard."""
    page.goto(f"{city.site}indicator?kennzahl=B-01")
    settle(page)
    page.hover("[data-testid=stVegaLiteChart]")
    page.wait_for_timeout(500)
    for name in ("Download as PNG", "Fullscreen", "Copy Vega-Lite spec", "Show data"):
        assert page.get_by_role("button", name=name).count() == 0
    assert page.locator("[data-testid=stElementToolbar]:visible").count() == 0
