"""Forms that are folded are made when somebody unfolds them, and stay as long as the person stays on the page."""

import pytest
from playwright.sync_api import expect

from tests.chromium import go, settle

FOLDED = "details:not([open]) [data-testid=stWidgetLabel]"


@pytest.mark.parametrize("view", ["measures", "agreements", "funding"])
def test_a_page_opens_without_the_forms_in_its_folds(reading, watched, view):
    page = watched.open(f"{reading.address}{view}")
    assert page.locator(".stMain .stExpander").count() >= 2
    assert page.locator(f".stMain {FOLDED}").count() == 0


def test_what_was_typed_is_still_there_when_a_fold_was_folded_and_gone_after_leaving(reading, watched):
    page = watched.open(f"{reading.address}indicator?kennzahl=B-01")
    fold = page.locator(".stMain .stExpander").filter(has_text="Bemerkung schreiben")
    fold.locator("summary").click()
    remark = fold.locator("textarea")
    remark.fill("Überfällig wegen Umzug")
    remark.blur()
    fold.locator("summary").click()
    settle(page)
    fold.locator("summary").click()
    settle(page)
    expect(remark).to_have_value("Überfällig wegen Umzug")
    go(page, f"{reading.address}overview")
    go(page, f"{reading.address}indicator?kennzahl=B-01")
    assert page.locator(f".stMain {FOLDED}").count() == 0
