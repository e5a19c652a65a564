"""A provider's year in a browser: an agreement is entered, its workbook for the proof of use is fetched and filled in
with a mistake, the finding names the cell, the mended file is taken over, and its cases are among the figures."""

import re
import shutil
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from indicators.settings import SAMPLE_DEFINITIONS
from tests.browser.test_cycle import LONG, choose, filled, opened, saved
from tests.datasets.test_proofs import cell_of
from tests.datasets.test_proofs import filled as with_cells

pytestmark = pytest.mark.slow

UNIT, NAME, YEAR = "Jobcenter Musterstadt", "JC · Nr. 90", "2025"
UPLOAD = "[data-testid=stFileUploaderDropzoneInput]"
AGREEMENT = {
    "Nr. der Vereinbarung *": "90",
    "Gegenstand der Vereinbarung *": "Sprechstunde im Stadtteil",
    "Laufzeit von *": "01.01.2025",
    "Laufzeit bis": "31.12.2027",
    "Fälle geplant je Jahr": "200",
    "Fristen des Nachweises": "31.3.",
    "Bewilligt je Jahr": "2025: 42.000",
}


@pytest.fixture
def home(full_sample, tmp_path):
    shutil.copytree(SAMPLE_DEFINITIONS["musterstadt"], tmp_path / "definitions")
    (tmp_path / "data").mkdir()
    shutil.copy(full_sample, tmp_path / "data" / "monitoring.duckdb")
    return tmp_path


def uploaded(page: Page, file: Path, content: bytes) -> None:
    file.write_bytes(content)
    page.set_input_files(UPLOAD, file)
    expect(page.get_by_role("heading", name=file.name)).to_be_visible(timeout=LONG)


def test_agreement_workbook_finding_mended_figure(server, watched, tmp_path):
    page = watched.open(f"{server.address}funding")
    opened(page, "Neue Vereinbarung eintragen")
    watched.settled()
    choose(page, "Zuständig", UNIT)
    filled(page, AGREEMENT)
    choose(page, "Nachweis: Kennzahlen", "ja")
    saved(page, "Speichern")

    page = watched.open(f"{server.address}funding?foerderansicht=nachweise")
    expect(page.get_by_text(re.compile("Sprechstunde im Stadtteil")).first).to_be_visible(timeout=LONG)
    choose(page, "Zuständige Stelle", UNIT)
    watched.settled()
    with page.expect_download() as coming:
        page.locator(".st-key-proofs-due-file button").click()
    content = Path(coming.value.path()).read_bytes()
    cases = cell_of(content, "Fälle")

    page = watched.open(f"{server.address}deliver")
    uploaded(page, tmp_path / "falsch.xlsx", with_cells(content, **{cases: "sehr viele"}))
    expect(page.get_by_text(re.compile(rf"\b{cases}\b")).first).to_be_visible(timeout=LONG)
    expect(page.get_by_text("sehr viele").first).to_be_visible(timeout=LONG)
    watched.settled()
    expect(page.get_by_role("button", name="Übernehmen", exact=True)).to_have_count(0)
    uploaded(page, tmp_path / "richtig.xlsx", with_cells(content, **{cases: 213}))
    watched.settled()
    page.get_by_role("button", name="Übernehmen", exact=True).click()
    expect(page.get_by_text("Gespeichert als Lieferung")).to_be_visible(timeout=LONG)

    page = watched.open(f"{server.address}funding?vereinbarung={quote(NAME)}&nachweis={YEAR}")
    reached = page.locator("tr").filter(has_text="Fälle").first
    expect(reached).to_contain_text("200", timeout=LONG)
    expect(reached).to_contain_text("213")
    watched.open(f"{server.address}funding?foerderansicht=zahlen&nachweisjahr={YEAR}&zahlen-nach=agreement")
    expect(page.locator("tr").filter(has_text="Sprechstunde").first).to_contain_text("213", timeout=LONG)
