"""The one browser of a test run, and its one tab: Playwright cannot be started twice in a process."""

import shutil
from collections.abc import Iterator
from itertools import count
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost, EXCLUDE *.localhost",
]  # fmt: skip
"""Nothing leaves this machine. A route would see to that as well, but takes the browser its memory of what it read."""
LONG = 60_000
SIZE = {"width": 1440, "height": 900}
RESIZED = 250
"""Milliseconds without a change: a chart is drawn anew a moment after its room has got another width."""
_QUIET = """([waiting, moment]) => {
  if (!window.stirring) {
    window.stirring = { last: 0, waiting: 0 };
    new MutationObserver(() => { window.stirring.last = performance.now(); }).observe(document,
      { subtree: true, childList: true, attributes: true, characterData: true });
  }
  if (window.stirring.waiting !== waiting) window.stirring = { last: performance.now(), waiting };
  const app = document.querySelector('[data-testid=stApp]'), seen = element => element.getClientRects().length;
  const drawn = [...document.querySelectorAll('.stVegaLiteChart')].filter(seen)
    .every(chart => chart.querySelector('svg, canvas'));
  const ran = app?.dataset.testScriptState === 'notRunning' || !document.querySelector('#root');
  return ran && document.querySelector('h1') && drawn
    && ![...document.querySelectorAll('[data-testid=stSkeleton]')].some(seen)
    && document.fonts.status === 'loaded' && performance.now() - window.stirring.last > moment;
}"""
_GO = """address => new Promise(begun => {
  const state = 'data-test-script-state', end = seen => { watch.disconnect(); begun(seen); };
  const watch = new MutationObserver(changes => {
    const drawn = changes.some(one => one.type === 'childList' && one.target.closest?.('.stMain'));
    if (drawn || document.querySelector('[data-testid=stApp]').getAttribute(state) === 'running') end(true);
  });
  watch.observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: [state] });
  setTimeout(() => end(false), 20000);
  history.pushState({}, '', address);
  dispatchEvent(new PopStateEvent('popstate', { state: {} }));
})"""
"""Whether the app begins to run, or to draw what it has already run."""
_waits = count(1)


def settle(page: "Page", moment: int = 150, timeout: int = LONG) -> None:
    """Waits until the script has run (where the page is Streamlit's), its charts are drawn, and nothing has moved for
    so many milliseconds."""
    page.wait_for_function(_QUIET, arg=[next(_waits), moment], timeout=timeout, polling=40)


def go(page: "Page", address: str) -> None:
    """To another view as a link within the app leads there, which takes the browser a third of loading it anew.

    The first view of a server is loaded, as a cold link would be.
    """
    server = address[: address.index("/", len("http://"))]
    if page.url.startswith(server) and page.locator("[data-testid=stApp]").count():
        assert page.evaluate(_GO, address), f"the app does not go to {address}"
        settle(page)
    else:
        page.goto(address)
        settle(page)


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    from playwright.sync_api import sync_playwright  # only tests that use it wait for it

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def _window(browser: "Browser") -> Iterator["BrowserContext"]:
    context = browser.new_context(locale="de-DE", viewport=SIZE, accept_downloads=True)
    yield context
    context.close()


@pytest.fixture
def tab(_window: "BrowserContext") -> Iterator["Page"]:
    """An empty tab: no cookie, nothing stored, the usual size.

    It is the same one each time. A new one would read Streamlit's script anew, which takes longer than most pages.
    """
    page = _window.pages[0] if _window.pages else _window.new_page()
    yield page
    _window.clear_cookies()
    for other in _window.pages:
        if other.url.startswith("http"):
            other.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        if other is not page:
            other.close()
    page.unroute_all()
    page.goto("about:blank")
    page.emulate_media(media="null")
    page.set_viewport_size(SIZE)
