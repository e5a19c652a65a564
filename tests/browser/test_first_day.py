"""The proof of the first day: from an empty folder to the first chart, without a terminal after the start."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Locator, expect

from indicators.__main__ import main
from indicators.model import Breakdown
from indicators.templates.template import fill_template
from tests.browser.conftest import Server, Watched, started

pytestmark = pytest.mark.slow

MOST_CLICKS = 40
WALKED = (10, 15)
"""Steps and clicks of the walk, as the Handbuch tells them. Before there were forms: a terminal and 126 clicks."""

FIELDS = {"Recht": ("RE-03", "RE-06"), "Arbeit": ("AR-04", "AR-07")}
VALUES = {
    "einbuergerungen": 612.0,
    "auslaender_vorjahr": 24480.0,
    "arbeitslose": 7000.0,
    "arbeitslose_ausl": 2800.0,
    "zivile_erwerbspersonen": 87500.0,
}
"""What comes of them: 100 × 612 ÷ 24.480 = 2,5 %; 100 × 7.000 ÷ 87.500 = 8,0 %; 100 × 2.800 ÷ 7.000 = 40,0 %."""


PARTS = {"geschlecht": {"weiblich": 0.5, "maennlich": 0.5}, "herkunft": {"auslaendisch": 0.4, "deutsch": 0.6}}
BY_ORIGIN = ("arbeitslose", "zivile_erwerbspersonen")


def typed_values() -> dict[tuple[str, Breakdown], float]:
    """Every cell of the template: the totals, and parts that add up to them."""
    found = {(code, Breakdown()): value for code, value in VALUES.items()}
    for code, value in VALUES.items():
        for axis, members in PARTS.items():
            if axis == "geschlecht" or code in BY_ORIGIN:
                found |= {(code, Breakdown.of(**{axis: name})): value * part for name, part in members.items()}
    return found


@pytest.fixture
def nothing(tmp_path: Path) -> Iterator[Server]:
    """What `init` leaves in an empty folder: settings and an empty store, no definitions."""
    CliRunner().invoke(main, ["init", str(tmp_path / "stadt")], catch_exceptions=False)
    running = started(tmp_path / "stadt")
    yield running
    running.stop()


@dataclass
class Walk:
    """Somebody's way through the application: what was done, and how often the mouse was pressed."""

    tab: Watched
    steps: list[str] = field(default_factory=list)
    clicks: int = 0

    def click(self, step: str, target: Locator) -> None:
        target.click()
        self.done(step, clicks=1)

    def type(self, step: str, target: Locator, text: str) -> None:
        """Into a field that is clicked first."""
        target.fill(text)
        target.press("Tab")
        self.done(step, clicks=1)

    def pick(self, step: str, target: Locator, words: tuple[str, ...]) -> None:
        """Some of a list: it is opened, then each is typed for and clicked."""
        target.click()
        for word in words:
            target.press_sequentially(word)
            self.tab.page.get_by_role("option").filter(has_text=word).first.click()
        target.press("Escape")
        self.done(step, clicks=1 + len(words))

    def file(self, step: str, press: Callable[[], None]) -> bytes:
        with self.tab.page.expect_download() as coming:
            press()
        self.done(step, clicks=1)
        return Path(coming.value.path()).read_bytes()

    def done(self, step: str, clicks: int) -> None:
        self.tab.settled()
        self.clicks += clicks
        self.steps.append(step)


def test_from_an_empty_folder_to_the_first_chart(nothing: Server, watched: Watched, tmp_path: Path) -> None:
    page, walk = watched.open(nothing.address), Walk(watched)
    walk.type("Name der Stadt", page.get_by_label("Name der Stadt"), "Neustadt")
    walk.type("zwei Handlungsfelder", page.get_by_label("Handlungsfelder, eines je Zeile"), "\n".join(FIELDS))
    for title, codes in FIELDS.items():
        walk.pick(f"zwei Kennzahlen für {title}", page.get_by_role("combobox", name=title, exact=True), codes)
    walk.click("Stadt einrichten", page.get_by_role("button", name="Stadt einrichten"))
    walk.click("zu „Daten liefern“", page.get_by_role("link", name="Daten liefern"))
    button = page.get_by_role("button", name="Vorlage herunterladen").first
    template = walk.file("Vorlage holen", button.click)
    upload = tmp_path / "vorlage.xlsx"
    upload.write_bytes(fill_template(template, typed_values()))
    page.locator("[data-testid=stFileUploaderDropzoneInput]").set_input_files(upload)
    taking = page.get_by_role("button", name="Übernehmen", exact=True)
    taking.wait_for(timeout=30_000)
    walk.done("ausgefüllte Vorlage hochladen", clicks=2)  # the button, and the file in the system's window
    walk.click("Übernehmen", taking)
    expect(page.get_by_text("Gespeichert als Lieferung 1")).to_be_visible()
    walk.click("zum Diagramm", page.get_by_role("link", name="RE-03"))
    expect(page.get_by_role("heading", name="Einbürgerungsquote je alle Ausländer").first).to_be_visible(timeout=30_000)
    expect(page.locator("[data-testid=stVegaLiteChart], figure svg, .marks").first).to_be_visible(timeout=30_000)
    expect(page.get_by_text("2,5").first).to_be_visible()
    print(f"\n{len(walk.steps)} steps, {walk.clicks} clicks: {'; '.join(walk.steps)}")
    assert (len(walk.steps), walk.clicks) == WALKED
    assert walk.clicks <= MOST_CLICKS
    watched.open(f"{nothing.address}indicator?kennzahl=AR-04")
    expect(page.get_by_text("8,0").first).to_be_visible(timeout=30_000)
