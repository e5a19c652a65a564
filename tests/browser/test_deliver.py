"""Several files at once in a real browser: nothing is lost by a commit, a restart or a reload, and no click either."""

import pytest
from playwright.sync_api import Page, expect

from indicators.periods import Period
from indicators.templates.template import build_template, fill_template, template_slots
from tests.conftest import content_of, filled_template

UPLOAD = "[data-testid=stFileUploaderDropzoneInput]"
LONG = 60_000
CONNECTED = "[data-testid=stApp][data-test-connection-state=CONNECTED]"


@pytest.fixture
def files(small_city, tmp_path):
    """One that is in order, one that needs reasons, one that is wrong."""
    contents = {
        "gut.xlsx": filled_template(small_city, 2025),
        "auffällig.xlsx": filled_template(small_city, 2023, kita_kinder=150.0),
        "falsch.xlsx": filled_template(small_city, 2026, kinder=-5.0),
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    return [tmp_path / name for name in contents]


def choose(watched, server, files) -> Page:
    page = watched.open(f"{server.address}deliver")
    page.set_input_files(UPLOAD, files)
    expect(page.get_by_role("heading", name=files[-1].name)).to_be_visible(timeout=LONG)
    watched.settled()
    return page


def frame(page: Page, name: str):
    """The part of the page that is about one file."""
    return page.locator("[data-testid=stVerticalBlock]").filter(has=page.get_by_role("heading", name=name)).last


def test_taking_one_file_over_keeps_the_others_with_their_reasons(server, watched, files):
    page = choose(watched, server, files)
    reason = page.get_by_role("textbox", name="Grund zu").first
    reason.fill("mit dem Fachbereich geprüft")
    reason.press("Tab")
    frame(page, "gut.xlsx").get_by_role("button", name="Übernehmen", exact=True).click()
    page.wait_for_selector("text=Gespeichert als Lieferung 7", timeout=LONG)
    watched.settled()
    assert page.get_by_role("heading", name="gut.xlsx").count() == 0
    assert page.get_by_role("heading", name="falsch.xlsx").count() == 1
    expect(page.get_by_role("textbox", name="Grund zu").first).to_have_value("mit dem Fachbereich geprüft")
    assert page.evaluate("document.activeElement.dataset.here").startswith("receipt-7")
    link = page.locator(".shown-by a").first
    assert "B-01" in link.inner_text()

    for other in page.get_by_role("textbox", name="Grund zu").all():
        other.fill("mit dem Fachbereich geprüft")
        other.press("Tab")
    watched.settled()
    page.get_by_role("button", name="Alle ohne offene Fragen übernehmen (1 von 2)").click()
    page.wait_for_selector("text=Gespeichert als Lieferung 8", timeout=LONG)
    assert page.get_by_role("heading", name="falsch.xlsx").count() == 1

    link.click()
    watched.settled()
    assert "35,0" in page.inner_text(".finding")


def test_after_a_restart_the_files_are_still_there_and_the_page_says_so(server, watched, files):
    page = choose(watched, server, files[:1])
    server.restart()
    page.wait_for_selector(CONNECTED, state="attached", timeout=LONG)  # again, by itself; it shows what it showed
    page.get_by_role("button", name="Übernehmen", exact=True).click()
    page.wait_for_selector("text=Die Datei von vorhin ist noch da", timeout=LONG)
    watched.settled()
    page.get_by_role("button", name="Übernehmen", exact=True).click()
    page.wait_for_selector("text=Gespeichert als Lieferung 7", timeout=LONG)
    watched.settled()
    assert page.get_by_text("noch da").count() == 0
    page.reload()
    watched.settled()
    assert page.get_by_role("heading", name="gut.xlsx").count() == 0


def test_a_reload_keeps_the_files_and_a_visit_to_another_page_does_too(server, watched, files):
    page = choose(watched, server, files[:2])
    page.reload()
    page.wait_for_selector("text=Die Dateien von vorhin sind noch da", timeout=LONG)
    watched.settled()
    page.get_by_role("link", name="Katalog", exact=True).click()
    expect(page.get_by_role("heading", name="Katalog")).to_be_visible(timeout=LONG)
    page.get_by_role("link", name="Daten liefern").click()
    page.wait_for_selector("text=Die Dateien von vorhin sind noch da", timeout=LONG)
    watched.settled()
    frame(page, "auffällig.xlsx").get_by_role("button", name="Datei weglegen").click()
    page.wait_for_selector("text=Die Datei von vorhin ist noch da", timeout=LONG)


def test_what_is_not_there_any_more_has_to_be_chosen_again(server, watched):
    page = watched.open(f"{server.address}deliver?dateien=0123456789abcdef,fedcba9876543210")
    assert "2 Dateien sind nicht mehr da" in page.inner_text("body")


def test_a_file_that_is_too_large_is_refused_in_german_under_pruefen(server, watched, tmp_path):
    large = tmp_path / "groß.xlsx"
    large.write_bytes(b"P" * (11 * 1024 * 1024))
    page = watched.open(f"{server.address}deliver")
    assert not page.locator(".refused").is_visible()
    page.set_input_files(UPLOAD, large)
    expect(page.locator(".refused")).to_be_visible(timeout=LONG)
    assert "Größer als 10 MB" in page.inner_text(".refused")
    assert "Die Datei ist zu groß; erlaubt sind höchstens 10 MB." in page.inner_text("[data-testid=stFileChips]")


def twelve(catalogue) -> dict[int, bytes]:
    """Twelve years before all others, each a little above the one before it."""
    found = {}
    for step, year in enumerate(range(2007, 2019)):
        blank = build_template(catalogue, "FB 51", Period.of_year(year))
        slots = [(slot.base_figure, slot.breakdown) for slot in template_slots(blank)]
        found[year] = fill_template(blank, {slot: content_of(*slot, 2019 + step / 2) for slot in slots})
    return found


@pytest.mark.slow
def test_twelve_files_at_once(server, watched, small_city, tmp_path):
    contents = twelve(small_city)
    files = [tmp_path / f"{year}.xlsx" for year in contents]
    for file in files:
        file.write_bytes(contents[int(file.stem)])
    page = choose(watched, server, files)
    page.get_by_role("button", name="Alle ohne offene Fragen übernehmen (12 von 12)").click()
    page.wait_for_selector("text=Gespeichert als Lieferung 18", timeout=LONG)
    watched.settled()
    assert page.get_by_role("button", name="Übernehmen").count() == 0
