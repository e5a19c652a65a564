"""In the browser: pages opened anew, from the address to the last thing that moves, against the least that Streamlit
shows; and from one page to the next."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from playwright.sync_api import Page, sync_playwright

from indicators.catalogue import load
from indicators.settings import SAMPLE_DEFINITIONS
from tests.bench.measuring import Ratio, best
from tests.bench.pages import APPS, sample
from tests.bench.serving import PROJECT, serving
from tests.chromium import CHROMIUM, FLAGS, SIZE, settle

MOST, SWITCH = 1.25, 300.0
"""Times a bare page; milliseconds from a click in the navigation."""
LAST = "() => window.stirring.last"
NOW = "() => performance.now()"


def addresses() -> Mapping[str, str]:
    """Every page that an office opens from a link, by its name in the navigation."""
    catalogue = load(SAMPLE_DEFINITIONS["braunschweig"])
    field, indicator = catalogue.fields[0].code, next(iter(catalogue.indicators))
    asked = {"field": {"feld": field}, "indicator": {"kennzahl": indicator}}
    names = sorted(file.stem for file in (PROJECT / "pages").glob("*.py") if file.stem not in LEFT_OUT)
    return {name: f"{'' if name == 'overview' else name}?{urlencode(asked.get(name, {}))}" for name in names}


LEFT_OUT = ("__init__", "set_up", "paper", "compose", "meeting")
"""Pages of an empty installation, and those that need a meeting of one's own."""


def measure(rounds: int = 5) -> list[Ratio]:
    with TemporaryDirectory() as name, ExitStack() as running:
        folder = Path(name)
        ours = running.enter_context(serving(PROJECT / "dashboard.py", PROJECT, sample(folder), folder / "ours.log"))
        bare = running.enter_context(serving(APPS / "bare.py", folder, folder / "none", folder / "bare.log"))
        page = running.enter_context(tab())
        pages = {name: f"http://127.0.0.1:{ours.port}/{rest}" for name, rest in addresses().items()}
        pages["bare"] = f"http://127.0.0.1:{bare.port}/"
        taken: dict[str, list[float]] = {name: [] for name in pages}
        for turn in range(rounds + 1):  # the first one warms up
            for name, address in pages.items():
                milliseconds = opened(page, address)
                if turn:
                    taken[name].append(milliseconds)
        switched = list(switches(page, pages["overview"], rounds))
    least = best(taken.pop("bare"))
    return [
        *(ratio(f"{name} opened anew / bare page", best(times), least) for name, times in taken.items()),
        Ratio("from page to page / 0.3 s", f"{best(switched):.0f} ms", "300 ms", best(switched) / SWITCH, most=1),
    ]


def ratio(name: str, ours: float, bare: float) -> Ratio:
    return Ratio(name, f"{ours:.0f} ms", f"{bare:.0f} ms", ours / bare, most=MOST)


@contextmanager
def tab() -> Iterator[Page]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium.new_context(locale="de-DE", viewport=SIZE).new_page()
        chromium.close()


def opened(page: Page, address: str) -> float:
    """Milliseconds from the start of the navigation to the last change of the page; what a browser keeps, it has."""
    page.goto("about:blank")
    page.goto(address)
    settle(page, moment=400)
    return float(page.evaluate(LAST))


def clicked(page: Page, click: Callable[[], None]) -> float:
    """Milliseconds from a click to the last change that it brings."""
    begun = page.evaluate(NOW)
    click()
    settle(page, moment=400)
    return float(page.evaluate(LAST)) - float(begun)


def switches(page: Page, start: str, rounds: int) -> Iterator[float]:
    """There and back between two pages, by the navigation."""
    opened(page, start)
    for turn in range(2 * rounds + 2):
        link = page.locator("[data-testid=stSidebar] [data-testid=stPageLink] a").nth(1 if turn % 2 == 0 else 0)
        milliseconds = clicked(page, link.click)
        if turn > 1:
            yield milliseconds
