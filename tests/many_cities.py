"""Two cities under one roof that could be taken for each other: one catalogue, as many deliveries at the same moments.

Only their numbers, people and texts differ. A `Visitor` opens their pages in one process, as a browser at a host does.
"""

import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from unittest.mock import patch

from streamlit.testing.v1 import AppTest

from indicators.access import Assignment, Role, assign
from indicators.catalogue import Catalogue, load
from indicators.deliveries.staging import confirm, stage
from indicators.knowledge import releases, selections, snapshot
from indicators.knowledge.bodies import bodies
from indicators.knowledge.meeting_records import Meeting, keep_meeting
from indicators.knowledge.selections import Selection
from indicators.ledger.commits import Upload
from indicators.periods import Period
from indicators.reports import texts as report_texts
from indicators.reports.texts import Passage
from indicators.store import Store
from indicators.templates.template import build_template, fill_template, template_slots
from indicators.ui import here, login
from tests import SMALL_CITY

AT = datetime(2026, 1, 20)
NOW = datetime(2026, 2, 1, 9)
DASHBOARD = Path(__file__).parents[1] / "dashboard.py"
AUTH = {**dict.fromkeys(login.NEEDED, "x" * login.SHORTEST_SECRET), "redirect_uri": "http://{host}/oauth2callback"}
YEARS = range(2022, 2026)
BOTH = "beide@land.de"
"""Who belongs to the office of the first city, and reads in the second."""


@dataclass(frozen=True)
class Town:
    """One of the two. Its children are counted as `children` + `more` a year; three foreign ones in the last year."""

    key: str
    mark: str
    """A word that stands in every text of this city, and nowhere in the other."""
    host: str
    children: Mapping[str, float]
    day_care: Mapping[str, float]
    more: Mapping[str, float]
    small: float

    @property
    def file(self) -> str:
        return f"{self.mark}_2025.xlsx"

    def person(self, role: Role) -> str:
        return f"{role}@{self.key}.de"

    def of(self, year: int) -> dict[tuple[str, str], float]:
        grown = year - 2019
        care = {code: value + self.more[code] * grown for code, value in self.day_care.items()}
        if year == 2025:
            care["herkunft=auslaendisch"] = self.small
        care[""] = sum(care.values())
        children = {**self.children, "": sum(self.children.values())}
        return {("kinder", code): value for code, value in children.items()} | {
            ("kita_kinder", code): value for code, value in care.items()
        }


GERMAN, FOREIGN = "herkunft=deutsch", "herkunft=auslaendisch"
NORTH = Town("nordheim", "Nordlicht", "nord.localhost", {GERMAN: 300, FOREIGN: 100}, {GERMAN: 70, FOREIGN: 10},
             {GERMAN: 6, FOREIGN: 4}, 3)  # fmt: skip
SOUTH = Town("suedheim", "Alpengruss", "sued.localhost", {GERMAN: 5171, FOREIGN: 1373}, {GERMAN: 811, FOREIGN: 97},
             {GERMAN: 67, FOREIGN: 41}, 4)  # fmt: skip
TOWNS = (NORTH, SOUTH)


def other(town: Town) -> Town:
    return SOUTH if town is NORTH else NORTH


def build(folder: Path, settings: str = "") -> Path:
    """The folder of both; `settings` are added to those of each."""
    catalogue = load(SMALL_CITY)
    for town in TOWNS:
        home = folder / town.key
        shutil.copytree(SMALL_CITY, home / "definitions")
        (home / "settings.toml").write_text(f'host = "{town.host}"\n{settings}', encoding="utf-8")
        (home / "data").mkdir()
        _fill(Store(home / "data" / "monitoring.duckdb", now=datetime(2020, 1, 1)), catalogue, town)
    return folder


def _fill(store: Store, catalogue: Catalogue, town: Town) -> None:
    for year in YEARS:
        deliver(store, catalogue, town, year, datetime(year + 1, 1, 20))
    for role in Role:
        reporters = frozenset({"FB 51"}) if role is Role.REPORTER else frozenset[str]()
        assign(store, town.person(role), Assignment(frozenset({role}), reporters), f"it@{town.key}.de", AT)
    assign(store, BOTH, Assignment(frozenset({Role.OFFICE if town is NORTH else Role.READER})), "land", AT)
    office = town.person(Role.OFFICE)
    meeting = Meeting(0, bodies(store)[0], date(2026, 1, 25), f"Sitzung {town.mark}")
    keep_meeting(store, meeting, office, AT)
    releases.release(store, "B-01", AT, office, AT, f"Beschluss {town.mark}")
    for page in ("measures", "overview"):
        selections.keep(store, Selection(0, page, f"Auswahl {town.mark}", {}, office, shared=True), office, AT)
    seen = snapshot.take(store, catalogue, NOW, suppressed=False)
    for passage in report_texts.passages(report_texts.REPORT)[:1]:
        report_texts.write(store, seen, report_texts.REPORT, Passage(passage), f"Text {town.mark}", office, AT)
    store.close()


def deliver(store: Store, catalogue: Catalogue, town: Town, year: int, at: datetime, factor: float = 1) -> None:
    blank = build_template(catalogue, "FB 51", Period.of_year(year))
    values = {
        (slot.base_figure, slot.breakdown): town.of(year)[slot.base_figure, slot.breakdown.code] * factor
        for slot in template_slots(blank)
    }
    upload = Upload(f"{town.mark}_{year}.xlsx", fill_template(blank, values), town.person(Role.OFFICE))
    staged = stage(store, catalogue, upload, at)
    confirm(store, catalogue, staged, at, dict.fromkeys(staged.to_explain, f"geprüft {town.mark}"))


class Visitor:
    """Someone with one browser window at one city's host."""

    def __init__(self, town: Town, name: str, **claims: object) -> None:
        self.town = town
        self.app = AppTest.from_file(str(DASHBOARD), default_timeout=60)
        issued = NOW.replace(tzinfo=UTC).timestamp()
        self.app.user = {"is_logged_in": True, "email": name, "iat": issued, **claims}
        self.run()

    def run(self) -> str:
        with at(self.town.host):
            self.app.run()
        return sent(self.app)

    def open(self, page: str, **parameters: str) -> str:
        """Everything that is sent to the browser."""
        for name, value in parameters.items():
            self.app.query_params[name] = value
        with at(self.town.host):
            self.app.switch_page(f"pages/{page}.py").run()
        assert not self.app.exception, (self.town.key, page)
        return sent(self.app)


@contextmanager
def at(host: str) -> Iterator[None]:
    """AppTest has no browser: this is what it would say. All its sessions have one number."""
    here._kept().sessions.clear()
    with patch.object(here, "_hosts", lambda: [host]):
        yield


def sent(app: AppTest) -> str:
    """All that goes to the browser, but for the tickets of downloads and fields for files, which are drawn by lot."""
    nodes = (node for part in (app.main, app.sidebar) for node in part if hasattr(node, "proto"))
    return re.sub(r'deferred_file_id: "\w+"|\$\$ID-\w+-uploader-\w+', "", "\n".join(str(node.proto) for node in nodes))
