"""Logging in at a real provider, in a real browser: who gets in, as what, for how long, and who does not."""

import json
import time
from datetime import UTC, datetime
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Page
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from tests.browser.barriers import barriers
from tests.browser.conftest import Watched
from tests.oidc.conftest import COOKIE_SECRET, City, city

USER = "_streamlit_user"
ROLES = {"leser": ("published", "deliver"), "fb51": ("overview", "deliver", "measures"), "fremd": ("overview",)}
"""Who sees pages otherwise than the office, with one that is not theirs."""


def log_in(tab: Watched, town: City, name: str) -> Page:
    """Through the provider's own pages and back."""
    page = tab.open(town.address)
    page.get_by_role("button", name="Anmelden").click()
    page.fill("input[name=login]", name)
    page.fill("input[name=password]", "egal")
    page.click("button[type=submit]")
    page.click("button[type=submit]")  # consent
    page.wait_for_url(f"{town.address}**")
    tab.settled()
    return page


def links(page: Page) -> list[str]:
    return [text.strip() for text in page.locator("[data-testid=stPageLink]").all_inner_texts()]


def log_out(tab: Watched, town: City) -> None:
    tab.page.get_by_role("button", name="Abmelden").click()
    tab.page.get_by_role("button", name="Yes").click()
    tab.page.wait_for_url(f"{town.address}**")
    tab.settled()


def is_shut_out(page: Page) -> bool:
    page.get_by_role("button", name="Anmelden").wait_for(timeout=10_000)
    return page.get_by_role("button", name="Anmelden").count() == 1 and "Betreuungsquote" not in page.inner_text("body")


def test_the_office_logs_in_and_out(town, watched):
    page = log_in(watched, town, "buero")
    assert "Daten liefern" in " ".join(links(page))
    assert "buero@stadt.de" in page.inner_text("[data-testid=stSidebar]")
    watched.open(f"{town.address}deliveries")
    assert page.get_by_role("button", name="Zurückziehen").count() == 1

    log_out(watched, town)
    assert is_shut_out(page)
    watched.open(f"{town.address}deliveries")
    assert is_shut_out(page)


def test_a_copied_cookie_and_another_window_end_with_the_login(town, watched):
    page = log_in(watched, town, "buero")
    copies = [cookie for cookie in page.context.cookies() if cookie["name"].startswith(USER)]
    cookie = "; ".join(f"{copy['name']}={copy['value']}" for copy in copies)
    assert status_of(f"{town.address}media/none.xlsx", cookie) == 404
    other = Watched(page.context.new_page())
    other.open(f"{town.address}deliveries")
    assert "FB51_2024.xlsx" in other.page.inner_text("body")

    log_out(watched, town)
    other.page.get_by_role("link", name="Katalog", exact=True).click()
    other.page.wait_for_selector("text=Bitte melden Sie sich", timeout=10_000)
    other.page.context.add_cookies(copies)
    assert is_shut_out(watched.open(f"{town.address}deliveries"))
    assert status_of(f"{town.address}media/none.xlsx", cookie) == 403


def test_a_file_is_fetched_for_whoever_is_logged_in(town, watched):
    page = log_in(watched, town, "fb51")
    watched.open(f"{town.address}deliveries")
    with page.expect_download() as download:
        page.get_by_role("button", name="Originaldatei herunterladen").click()
    assert download.value.path().stat().st_size > 1000


def test_a_reader_follows_a_cold_link_to_a_page_of_the_office(town, watched):
    page = log_in(watched, town, "leser")
    assert not {"Daten liefern", "Lieferungen", "Was wäre wenn"} & set(" ".join(links(page)).split("\n"))
    for name in ("deliver", "deliveries", "what_if"):
        watched.open(f"{town.address}{name}")
        assert page.inner_text("h1") == "Dafür fehlt Ihnen das Recht"
        assert page.locator("[data-testid=stFileUploader], [data-testid=stDownloadButton], table").count() == 0


def test_a_reporter_comes_in_for_its_own(town, watched):
    page = log_in(watched, town, "fb51")
    watched.open(f"{town.address}deliveries")
    assert "FB51_2024.xlsx" in page.inner_text("body")
    assert page.get_by_role("button", name="Zurückziehen").count() == 0


def test_groups_that_are_not_mapped_give_nothing_whatever_they_are_called(town, watched):
    page = log_in(watched, town, "fremd")
    assert page.inner_text("h1") == "Noch kein Zugang"
    assert links(page) == []


@pytest.mark.parametrize("query", ["rolle=administrator", "role=office&groups=im-buero", "email=buero@stadt.de"])
def test_an_address_gives_no_role(town, watched, query):
    assert is_shut_out(watched.open(f"{town.address}?{query}"))


def claims(town: City, **other: object) -> str:
    now = datetime.now(UTC).timestamp()
    said = {"is_logged_in": True, "email": "buero@stadt.de", "groups": ["im-buero"], "iat": now, "provider": "default"}
    return json.dumps({**said, "origin": town.address.rstrip("/"), **other})


@pytest.mark.parametrize("secret", ["", "another-secret-another-secret-another-secret"])
def test_a_cookie_of_ones_own_making_is_refused(town, watched, secret):
    value = create_signed_value(secret, USER, claims(town)).decode() if secret else claims(town).replace('"', "%22")
    watched.page.context.add_cookies([{"name": USER, "value": value, "url": town.address}])
    assert is_shut_out(watched.open(f"{town.address}deliveries"))


def test_the_same_cookie_signed_by_the_server_would_open(town, watched):
    """So the test above fails for the signature and for nothing else."""
    value = create_signed_value(COOKIE_SECRET, USER, claims(town)).decode()
    watched.page.context.add_cookies([{"name": USER, "value": value, "url": town.address}])
    assert "FB51_2024.xlsx" in watched.open(f"{town.address}deliveries").inner_text("body")


def status_of(address: str, cookie: str = "") -> int:
    try:
        with urlopen(Request(address, headers={"Cookie": cookie} if cookie else {}), timeout=5) as answer:
            return int(answer.status)
    except HTTPError as error:
        return error.code


@pytest.mark.parametrize("path", ["media/0123456789abcdef.xlsx", "_stcore/metrics", "_stcore/upload_file/a/b"])
def test_files_and_metrics_are_closed_to_strangers(town, path):
    forged = create_signed_value("another-secret-another-secret-another-secret", USER, claims(town)).decode()
    assert status_of(town.address + path) == 403
    assert status_of(town.address + path, f"{USER}={forged}") == 403
    assert status_of(town.address + path, signed(claims(town))) != 403


@pytest.mark.parametrize("other", [{"groups": ["im-keller"]}, {"iat": 1_700_000_000}, {"is_logged_in": False}])
def test_files_are_closed_to_whom_the_server_has_signed_but_does_not_admit(town, other):
    assert status_of(f"{town.address}media/none.xlsx", signed(claims(town, **other))) == 403


def test_a_cookie_in_several_parts_opens_files_too(town):
    """Who is in very many groups gets one."""
    long = claims(town, groups=["im-buero", *(f"gruppe-{number}" for number in range(400))])
    parts = {f"{USER}_{number}": part for number, part in enumerate((long[:2000], long[2000:4000], long[4000:]), 1)}
    cookie = "; ".join(signed(part, name) for name, part in {USER: "chunks-3", **parts}.items())
    assert status_of(f"{town.address}media/none.xlsx", cookie) == 404


def signed(content: str, name: str = USER) -> str:
    return f"{name}={create_signed_value(COOKIE_SECRET, name, content).decode()}"


def test_an_identity_token_without_signature_is_refused(tmp_path, filled_database, modules, watched):
    with city(tmp_path, filled_database, modules, forge=True) as forged:
        page = log_in(watched, forged, "leser")
        assert is_shut_out(page)
        assert USER not in {cookie["name"] for cookie in page.context.cookies()}


def test_a_login_ends_when_its_time_is_up(tmp_path, filled_database, modules, watched):
    with city(tmp_path, filled_database, modules, hours=8 / 3600) as short:
        page = log_in(watched, short, "buero")
        assert links(page)
        time.sleep(8)
        page.get_by_role("link", name="Katalog", exact=True).click()
        page.wait_for_selector("text=Ihre Anmeldung ist abgelaufen", timeout=10_000)
        assert is_shut_out(page)


def test_no_role_and_no_door_shuts_anybody_out(town, watched):
    """The login, a page that is not one's own, no role at all, and what each role sees that others do not."""
    page = watched.open(town.address)
    found = {"login": barriers(page)}
    assert page.locator(".foot a").get_attribute("href") == "barrierefreiheit"
    assert "Erklärung zur Barrierefreiheit" in urlopen(f"{town.address}barrierefreiheit").read().decode()
    for name, pages in ROLES.items():
        log_in(watched, town, name)
        for file in pages:
            watched.open(f"{town.address}{file}")
            found[f"{name}: {file}"] = barriers(page)
            assert page.locator(".foot a").count() == 1
        log_out(watched, town)
    assert {name: shut for name, shut in found.items() if shut} == {}
