"""What changes while people work: deliveries that correct each other, the catalogue, the server itself.

One city with logins and one server for all of it; each test leaves the catalogue as it found it.
"""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from indicators.access import Role, User, allowed_pages
from indicators.catalogue import Catalogue, load
from indicators.deliveries.staging import confirm, stage_tables
from indicators.ledger.commits import Upload
from indicators.store import Store
from indicators.tables.decisions import Choices, table_key
from indicators.tables.own_tables import tables_of
from indicators.workbooks.workbook import read_workbook
from tests.browser.conftest import Watched
from tests.browser.test_own_tables import choose as pick
from tests.conftest import SMALL_CITY, filled_template
from tests.deliveries.own_workbooks import FIRST, NEXT, cross_table
from tests.oidc.conftest import COOKIE_SECRET, SECRETS
from tests.servers import Server, free_port, started

pytestmark = pytest.mark.slow

UPLOAD = "[data-testid=stFileUploaderDropzoneInput]"
LONG = 60_000
CONNECTED = "[data-testid=stApp][data-test-connection-state=CONNECTED]"
MARCH = datetime(2026, 3, 1, 12)
SETTINGS = """
login_required = true
role_claim = "groups"
role_values = { office = "office", board = "steering" }
"""


@dataclass
class Town:
    """A running city whose definition files an editor changes."""

    server: Server
    browser: Browser

    def comes(self, who: str) -> Watched:
        """Someone of a role, logged in, in a browser window of their own."""
        context = self.browser.new_context(locale="de-DE", viewport={"width": 1440, "height": 900})
        self.logs_in(context, who)
        return Watched(context.new_page())

    def logs_in(self, context: BrowserContext, who: str) -> None:
        said = {
            "is_logged_in": True,
            "email": f"{who}@stadt.de",
            "groups": [who],
            "iat": datetime.now(UTC).timestamp(),
            "provider": "default",
            "origin": self.server.address.rstrip("/"),
        }
        signed = create_signed_value(COOKIE_SECRET, "_streamlit_user", json.dumps(said)).decode()
        context.add_cookies([{"name": "_streamlit_user", "value": signed, "url": self.server.address}])

    def rewrite(self, **edits: tuple[tuple[str, str], ...]) -> None:
        for name, pairs in edits.items():
            file = self.server.home / "definitions" / f"{name}.yaml"
            text = file.read_text(encoding="utf-8")
            for old, new in pairs:
                assert old in text
                text = text.replace(old, new)
            file.write_text(text, encoding="utf-8")

    def as_before(self) -> None:
        for file in SMALL_CITY.glob("*.yaml"):
            (self.server.home / "definitions" / file.name).write_bytes(file.read_bytes())


@pytest.fixture(scope="module")
def running(browser: Browser, filled_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    home = tmp_path_factory.mktemp("changing")
    shutil.copytree(SMALL_CITY, home / "definitions")
    (home / "data").mkdir()
    shutil.copy(filled_database, home / "data" / "monitoring.duckdb")
    remember_a_table(home)
    port = free_port()
    (home / "settings.toml").write_text(SETTINGS, encoding="utf-8")
    secrets = home / "secrets.toml"
    secrets.write_text(SECRETS.format(app=f"http://127.0.0.1:{port}/", secret=COOKIE_SECRET, provider=9), "utf-8")
    server = started(home, port, "--secrets.files", str(secrets))
    yield Town(server, browser)
    server.stop()


def remember_a_table(home: Path) -> None:
    """The department's own table, taken over once: 2023 and 2024."""
    catalogue, store, content = (
        load(home / "definitions"),
        Store(home / "data" / "monitoring.duckdb"),
        cross_table(FIRST),
    )
    own = tables_of(read_workbook(content, "kinder.xlsx"))
    decisions = {table_key(table): Choices(base_figure="kinder") for table in own.tables}
    staged = stage_tables(store, catalogue, Upload("kinder.xlsx", content, "Test"), own, MARCH, "FB 51", decisions)
    confirm(store, catalogue, staged, MARCH, dict.fromkeys(staged.to_explain, "geprüft"))
    store.close()


@pytest.fixture
def town(running: Town) -> Iterator[Town]:
    yield running
    running.as_before()


@pytest.fixture
def office(town: Town, watched: Watched) -> Watched:
    town.logs_in(watched.page.context, "office")
    return watched


def choose(tab: Watched, town: Town, *files: Path) -> Page:
    page = tab.open(f"{town.server.address}deliver")
    page.set_input_files(UPLOAD, files)
    expect(page.get_by_role("heading", name=files[-1].name)).to_be_visible(timeout=LONG)
    tab.settled()
    return page


def written(folder: Path, **contents: bytes) -> list[Path]:
    files = []
    for name, content in contents.items():
        (folder / f"{name}.xlsx").write_bytes(content)
        files.append(folder / f"{name}.xlsx")
    return files


def take_over(tab: Watched) -> None:
    page = tab.page
    for reason in page.get_by_role("textbox", name="Grund zu").all():
        reason.fill("mit dem Fachbereich geprüft")
        reason.press("Tab")
    tab.settled()
    page.get_by_role("button", name="Übernehmen", exact=True).click()
    page.wait_for_selector("text=Gespeichert als Lieferung", timeout=LONG)
    tab.settled()


def body(tab: Watched) -> str:
    return tab.page.inner_text(".stMain")


BROKEN = (("unit: Prozent,", "unit: Prozente,"),)
CALM = "gilt die letzte Fassung weiter"


def test_two_people_work_on_while_the_catalogue_is_mended_and_broken(town: Town, office: Watched) -> None:
    """What is in force stays; the office sees on every page what is wrong, the others a calm line."""
    address, chair = town.server.address, town.comes("board")
    indicator = f"{address}indicator?kennzahl=B-01"
    for tab in (office, chair):
        assert "31,3" in tab.open(indicator).inner_text(".finding")

    town.rewrite(b_bildung=(("title: Betreuungsquote", "title: Anteil betreuter Kinder"),))
    for tab in (office, chair):  # the page that was open before, and no reload: a click is enough
        tab.page.locator("[data-testid=stButtonGroup]").get_by_text("Tabelle").click()
        expect(tab.page.locator("h1")).to_have_text("Anteil betreuter Kinder", timeout=LONG)

    town.rewrite(b_bildung=BROKEN)
    for page in sorted(allowed_pages(User("", frozenset({Role.OFFICE})))):
        office.go(f"{address}{page}?kennzahl=B-01")
        assert "Der Katalog enthält Fehler" in body(office), page
    office.open(indicator)
    office.page.get_by_text("1 Fehler", exact=True).click()
    office.page.wait_for_selector("text=Meinten Sie „Prozent“")
    for page in ("overview", "field?feld=B", "indicator?kennzahl=B-01"):
        chair.go(f"{address}{page}")
        assert CALM in body(chair) and "Fehler" not in body(chair), page
    for tab in (office, chair):
        assert tab.open(indicator).inner_text("h1") == "Anteil betreuter Kinder"
        assert "31,3" in tab.page.inner_text(".finding")

    town.rewrite(b_bildung=(("unit: Prozente,", "unit: Prozent,"), ("title: Anteil betreuter Kinder", "title: Quote")))
    for tab in (office, chair):
        assert tab.open(indicator).inner_text("h1") == "Quote"
        assert "Der Katalog enthält Fehler" not in body(tab) and CALM not in body(tab)

    town.rewrite(b_bildung=BROKEN)
    assert "Der Katalog enthält Fehler" in body(Watched(office.open(indicator)))
    assert CALM in body(Watched(chair.open(indicator)))
    town.as_before()
    for tab in (office, chair):
        assert tab.open(indicator).inner_text("h1") == "Betreuungsquote"
        assert "Fehler" not in body(tab) and CALM not in body(tab)
    assert chair.foreign == []
    chair.page.context.close()


Edits = dict[str, tuple[tuple[str, str], ...]]

MEMBERS = "{code: auslaendisch, title: Ausländische}, {code: deutsch, title: Deutsche}"
HEIR = "{code: alle, title: Zusammen, follows: [auslaendisch, deutsch], valid_from: 2025-01-01}"
_CITY = (SMALL_CITY / "b_bildung.yaml").read_text(encoding="utf-8")


def entry(code: str) -> str:
    """The lines of one base figure or indicator in the small city's file."""
    begin = _CITY.index(f"  - {{code: {code},")
    return _CITY[begin : _CITY.index("  - {code:", begin + 1)]


# what an editor changes → what the template and the table of before, and the link, say then
CHANGES: dict[str, tuple[Edits, str, str, str]] = {
    "a reporter renamed": (
        {
            "reporters": (
                ("{code: FB 51, name: Fachbereich Kinder}",
                 "{code: FB 55, name: Fachbereich Familie, follows: [FB 51], valid_from: 2025-01-01}"),
            ),
            "b_bildung": (("FB 51", "FB 55"),),
        },
        "Das wird gespeichert: 6 neu, 0 geändert, 0 entfällt, 0 unverändert",
        "„Kinder“ hat FB 51 für 2023 und 2024 schon geliefert.",
        "Ausländische: 27,3",
    ),
    "districts merged": (
        {"dimensions": ((f"[{MEMBERS}]", f"[{MEMBERS}, {HEIR}]"),)},
        "„Ausländische“ gibt es laut Katalog in 2025 nicht",
        "„Deutsche“ gibt es laut Katalog in 2025 nicht",
        "Ausländische: 27,3",
    ),
    "a base figure with another code": (
        {
            "b_bildung": (
                ("{code: kinder,", "{code: kinder_alle, formerly: [kinder],"),
                ("kita_kinder / kinder,", "kita_kinder / kinder_alle,"),
            )
        },
        "Das wird gespeichert: 6 neu, 0 geändert, 0 entfällt, 0 unverändert",
        "schon geliefert unter dem Kürzel „kinder“",
        "Ausländische: 27,3",
    ),
    "a base figure removed": (
        {"b_bildung": ((entry("kinder"), ""), (entry("B-01"), ""))},
        "Die Grundzahl „kinder“ ist nicht definiert.",
        "Eine Frage ist noch offen.",
        "Kennzahl nicht gefunden",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CHANGES)
def test_template_table_and_link_of_before_go_on(
    town: Town, office: Watched, small_city: Catalogue, tmp_path: Path, case: str
) -> None:
    edits, of_template, of_table, of_link = CHANGES[case]
    files = written(tmp_path, vorlage=filled_template(small_city, 2025), tabelle=cross_table(NEXT, (2023, 2024, 2025)))
    link = f"{town.server.address}indicator?kennzahl=B-01&gruppe=herkunft=auslaendisch"
    then = f"{link}&stand=2025-01-20"
    town.rewrite(**edits)
    page = choose(office, town, *files)
    assert of_template in body(office) and of_table in body(office), body(office)
    assert "nicht vollständig angezeigt" not in body(office)
    office.go(link)
    expect(page.locator(".stMain")).to_contain_text(of_link, timeout=LONG)
    assert "beträgt der Wert 32,5" in office.go(then).inner_text(".finding")  # in the words of then
    office.open(f"{town.server.address}deliveries?nummer=7")
    assert "kinder.xlsx, 6 Werte" in body(office)


def test_a_restart_between_assigning_and_the_click_loses_nothing(town: Town, office: Watched, tmp_path: Path) -> None:
    [table] = written(tmp_path, kita=cross_table(FIRST, (2015, 2016), "Betreute im Stadtgebiet", "Kita"))
    page = choose(office, town, table)
    pick(page, "Meldende Stelle dieser Arbeitsmappe", "Fachbereich Kinder")
    pick(page, "Grundzahl der ganzen Tabelle", "Grundzahl: Betreute Kinder")
    page.wait_for_selector("text=6 Werte werden übernommen, 0 warten", timeout=LONG)
    town.server.restart()
    page.wait_for_selector(CONNECTED, state="attached", timeout=LONG)  # again, by itself; it shows what it showed
    page.get_by_role("button", name="Übernehmen", exact=True).click()
    page.wait_for_selector("text=Die Datei von vorhin ist noch da", timeout=LONG)
    office.settled()
    assert "Zuordnungen eigener Tabellen sind auch noch da" in body(office)
    expect(page.locator(".stMain")).to_contain_text("6 Werte werden übernommen, 0 warten", timeout=LONG)
    take_over(office)
    office.open(f"{town.server.address}deliver")
    assert "noch da" not in body(office)


def test_a_then_b_by_mistake_then_a_again(town: Town, office: Watched, small_city: Catalogue, tmp_path: Path) -> None:
    right, wrong = written(
        tmp_path, richtig=filled_template(small_city, 2025), falsch=filled_template(small_city, 2025, kita_kinder=150.0)
    )
    for file, told in (
        (right, "6 neu, 0 geändert, 0 entfällt, 0 unverändert"),
        (wrong, "0 neu, 1 geändert, 0 entfällt, 5 unverändert"),
        (right, "0 neu, 1 geändert, 0 entfällt, 5 unverändert"),
    ):
        choose(office, town, file)
        assert told in body(office)
        take_over(office)
    office.open(f"{town.server.address}indicator?kennzahl=B-01")
    assert "35,0" in office.page.inner_text(".finding")
    page = choose(office, town, right)
    assert "weil es schon gilt" in body(office) and "Es ist nichts zu tun" in body(office)
    assert page.get_by_role("button", name="Übernehmen", exact=True).count() == 0
    assert page.locator("[data-testid=stAlertContentError]").count() == 0
