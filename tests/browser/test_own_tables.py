"""A department's own cross table in a real browser: asked once, and next year without a question."""

import pytest
from playwright.sync_api import Page, expect

from tests.deliveries.own_workbooks import FIRST, NEXT, cross_table

UPLOAD = "[data-testid=stFileUploaderDropzoneInput]"
YEARS = (2015, 2016, 2017)  # before everything that the small city has delivered with templates
WIDER_THAN_THE_WINDOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def choose(page: Page, label: str, option: str) -> None:
    box = page.get_by_role("combobox", name=label)
    box.scroll_into_view_if_needed()
    page.wait_for_timeout(300)  # a list that opens while the page scrolls closes again
    box.click()
    page.get_by_role("option", name=option).first.click()


def give_reasons(page: Page) -> None:
    for field in page.get_by_role("textbox", name="Grund zu").all():
        field.fill("mit dem Fachbereich geprüft")
        field.press("Tab")


def commit(page: Page, number: int) -> None:
    give_reasons(page)
    page.get_by_role("button", name="Übernehmen").click()
    page.wait_for_selector(f"text=Gespeichert als Lieferung {number}")


def background(page: Page, region: str) -> str:
    return page.locator(f".sheet td.{region}").first.evaluate("cell => getComputedStyle(cell).backgroundColor")


@pytest.mark.parametrize("width", [1440, 400])
def test_an_own_table_is_asked_about_once_and_runs_through_the_next_year(server, watched, tmp_path, width):
    first, following = tmp_path / "kinder.xlsx", tmp_path / "kinder_neu.xlsx"
    first.write_bytes(cross_table(FIRST, YEARS[:2]))
    following.write_bytes(cross_table(NEXT, YEARS))
    watched.page.set_viewport_size({"width": width, "height": 900})

    page = watched.open(f"{server.address}deliver")
    page.set_input_files(UPLOAD, first)
    page.wait_for_selector("text=Eigene Tabellen, noch nicht zugeordnet")
    watched.settled()
    colours = {region: background(page, region) for region in ("title", "header", "labels", "data", "notes")}
    assert len(set(colours.values())) == len(colours), colours
    assert "BAusländische" in page.inner_text(".sheet").replace("\n", "")
    assert page.get_by_role("button", name="Übernehmen").count() == 0
    assert page.evaluate(WIDER_THAN_THE_WINDOW) == 0

    choose(page, "Meldende Stelle dieser Arbeitsmappe", "Fachbereich Kinder")
    page.get_by_role("button", name="Bestätigen").click()
    page.wait_for_selector("text=6 Werte werden übernommen, 0 warten")
    expect(page.locator("table.preview tr.new")).to_have_count(6)
    assert page.evaluate(WIDER_THAN_THE_WINDOW) == 0
    commit(page, 7)

    watched.open(f"{server.address}deliver")
    page.set_input_files(UPLOAD, following)
    page.wait_for_selector("text=3 neu, 2 geändert, 0 entfällt, 4 unverändert")
    assert page.get_by_text("noch offen").count() == 0
    assert page.evaluate(WIDER_THAN_THE_WINDOW) == 0
    commit(page, 8)
