"""Takes the screenshots of README and Handbuch from a running sample: `python -m tests.browser.screenshots URL`."""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.chromium import CHROMIUM, FLAGS

IMAGES = Path(__file__).parents[2] / "docs" / "images"
VIEWS = {
    "overview": "overview",
    "indicator": "indicator?kennzahl=B-02&vergleich=niedersachsen,hannover",
    "deliver": "deliver",
    "deliveries": "deliveries",
}


def take(address: str) -> None:
    """One picture a view, 1280 × 900."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="de-DE")
        for name, view in VIEWS.items():
            page.goto(f"{address}{view}")
            page.wait_for_selector("h1")
            page.wait_for_timeout(2500)
            page.screenshot(path=IMAGES / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    take(sys.argv[1])
