"""The screenshots of README and Handbuch, from a running sample: `python -m tests.browser.screenshots URL [NAME …]`.

It shows Musterstadt (make run), whose figures are invented. Nothing is committed: the own table is uploaded and looked
at, no more.
"""

import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.chromium import CHROMIUM, FLAGS
from tests.deliveries.own_workbooks import cross_table

IMAGES = Path(__file__).parents[2] / "docs" / "images"
VIEWS = {
    "overview": "overview",
    "indicator": "indicator?kennzahl=C-04",
    "deliver": "deliver",
    "own-table": "deliver",
    "deliveries": "deliveries",
    "meeting": "meeting?sitzung=9&folie=kennzahl-C-04",
    "paper": "paper",
}
INVENTED = {"mit MHG": (310, 334, 361), "ohne MHG": (2890, 2861, 2874), "Zusammen": (3200, 3195, 3235),
            "nachrichtlich: Azubis": (112, 108, 117)}  # fmt: skip


def take(address: str, names: list[str]) -> None:
    """One picture a view, 1280 × 900."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="de-DE")
        for name in names or VIEWS:
            page.goto(f"{address}{VIEWS[name]}")
            page.wait_for_selector("h1")
            if name == "indicator":
                page.wait_for_selector(".stVegaLiteChart svg", timeout=60_000)
            page.wait_for_timeout(2500)
            if name == "own-table":
                upload_own_table(page)
            page.screenshot(path=IMAGES / f"{name}.png")
        browser.close()


def upload_own_table(page: Page) -> None:
    """A department's table with its colours, and the first questions about it."""
    title = "Beschäftigte der Verwaltung am 30.06. (Musterzahlen)"
    content = cross_table(INVENTED, (2022, 2023, 2024), title, "Personal", "Beschäftigte", "Anzahl")
    page.set_input_files(
        "[data-testid=stFileUploaderDropzoneInput]",
        {"name": "Personal_2024.xlsx", "mimeType": "application/octet-stream", "buffer": content},
    )
    reporter = page.get_by_role("combobox", name="Meldende Stelle dieser Arbeitsmappe")
    reporter.scroll_into_view_if_needed()
    page.wait_for_timeout(1500)
    reporter.click()
    page.get_by_role("option", name="Fachbereich Personal und Organisation").click()
    page.get_by_text("Grundzahl der ganzen Tabelle").wait_for()
    reporter.evaluate("box => box.scrollIntoView({block: 'start'})")
    page.wait_for_timeout(1500)


if __name__ == "__main__":
    take(sys.argv[1], sys.argv[2:])
