"""Two cities that differ in hidden numbers only look the same to everyone but the office, down to the last byte.

If nothing that a reader gets depends on the hidden numbers, nothing that a reader gets can tell them.
"""

import re
import shutil
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import product
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from indicators import boards
from indicators.access import Assignment, Role, assign
from indicators.boards import dossier, meeting_board
from indicators.boards.since_meeting import Since, since
from indicators.catalogue import Catalogue
from indicators.deliveries.staging import confirm, stage
from indicators.exports import FORMATS
from indicators.figures import Figure
from indicators.knowledge import meetings, releases, snapshot
from indicators.knowledge.bodies import bodies
from indicators.knowledge.meeting_records import Meeting, keep_meeting
from indicators.knowledge.snapshot import Snapshot
from indicators.ledger.commits import Upload
from indicators.periods import Period
from indicators.store import Store
from indicators.templates.template import build_template, fill_template, template_slots
from indicators.ui import login
from tests.conftest import content_of
from tests.pages.conftest import DASHBOARD, forget_everything
from tests.pages.test_pages import opened
from tests.pages.test_roles import AUTH, came

pytestmark = pytest.mark.slow

AT = datetime(2026, 1, 20)
NOW = datetime(2026, 2, 1, 9)
FOREIGN = (3.0, 2.0)
"""Foreign children in day care in 2025, of 103 in all: fewer than five."""

READERS = [(Role.READER, ()), (Role.STEERING, ()), (Role.REPORTER, ("AWO",))]
Views = list[tuple[str, dict[str, str]]]
VIEWS: Views = [
    ("overview", {}),
    ("field", {"feld": "B"}),
    *(
        ("indicator", {"kennzahl": "B-01", "ansicht": view, "gruppe": group})
        for view in ("diagramm", "tabelle")
        for group in ("gesamt", "herkunft=auslaendisch", "herkunft=auslaendisch,herkunft=deutsch")
    ),
    ("indicator", {"kennzahl": "B-01", "stand": "nr7"}),
    ("what_if", {"kennzahl": "B-01"}),
    ("bericht", {}),
    ("meetings", {"sitzung": "1"}),
    ("meeting", {"sitzung": "1"}),
    ("definitions", {}),
    ("deliveries", {}),
]
PUBLISHED: Views = [
    ("published", {"kennzahl": "B-01", "ansicht": view, "gruppe": "herkunft=auslaendisch"})
    for view in ("diagramm", "tabelle")
]


def yearly(catalogue: Catalogue, foreign: float) -> Upload:
    kita = {"": 103.0, "herkunft=auslaendisch": foreign, "herkunft=deutsch": 103.0 - foreign}
    blank = build_template(catalogue, "FB 51", Period.of_year(2025))
    values = {
        (slot.base_figure, slot.breakdown): kita[slot.breakdown.code]
        if slot.base_figure == "kita_kinder"
        else content_of(slot.base_figure, slot.breakdown, 2025)
        for slot in template_slots(blank)
    }
    return Upload("FB51_2025.xlsx", fill_template(blank, values), "Test")


@pytest.fixture(scope="module")
def cities(small_city: Catalogue, filled_database: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """One database for each number of foreign children; all else is the same."""
    found = []
    for foreign in FOREIGN:
        path = tmp_path_factory.mktemp("secret") / "monitoring.duckdb"
        shutil.copy(filled_database, path)
        store = Store(path)
        staged = stage(store, small_city, yearly(small_city, foreign), AT)
        confirm(store, small_city, staged, AT, dict.fromkeys(staged.to_explain, "geprüft"))
        for role, reporters in [*READERS, (Role.OFFICE, ())]:
            assign(store, f"{role}@stadt.de", Assignment(frozenset({role}), frozenset(reporters)), "IT", NOW)
        keep_meeting(store, Meeting(0, bodies(store)[0], date(2025, 7, 2)), "Kim", AT)
        releases.release(store, "B-01", NOW, "Stabsstelle", NOW, "Beschluss")
        store.close()
        found.append(path)
    return found


def figures(store: Store, seen: Snapshot, changed: Since) -> Iterator[list[Figure]]:
    """Every group of figures that a page offers for download."""
    yield boards.figures(seen)
    yield [meeting_board.since_figure(changed, seen, "Seit"), meeting_board.goals_figure(changed, seen)]
    for field in seen.catalogue.fields:
        yield [boards.field_figure(seen, field)]
    for code, indicator in seen.catalogue.indicators.items():
        history = meetings.past_statuses(store, seen.catalogue, code, NOW, lambda _: seen.catalogue, seen.hidden)
        parts = [figure for part in dossier.sections(store, seen, indicator, history) for figure in part.figures]
        own = [series.breakdown for series in seen.series[code]]
        for shown in ([breakdown] for breakdown in own):
            yield [boards.trend_figure(seen, indicator, shown, outlook=True), *parts]
        if len(own) > 1:
            yield [boards.trend_figure(seen, indicator, own)]


def exported(path: Path, catalogue: Catalogue, *, suppressed: bool) -> dict[tuple[int, str], bytes]:
    """The bytes of every download of a city."""
    store = Store(path)
    seen = snapshot.take(store, catalogue, NOW, suppressed=suppressed)
    changed = since(snapshot.take(store, catalogue, AT - timedelta(days=200), suppressed=suppressed), seen)
    assert changed.changes
    made = {
        (number, export.suffix + export.label): export.render(group)
        for (number, group), export in product(enumerate(figures(store, seen, changed)), FORMATS.values())
        if export.suits(group)
    }
    store.close()
    return made


def test_every_export_is_the_same_to_the_byte(cities, small_city):
    first, second = (exported(path, small_city, suppressed=True) for path in cities)
    assert first.keys() == second.keys()
    assert [key for key in first if first[key] != second[key]] == []


def test_the_office_gets_its_numbers_in_every_format(cities, small_city):
    """Else exports that never differ would prove nothing."""
    first, second = (exported(path, small_city, suppressed=False) for path in cities)
    assert {name for (number, name) in first if first[number, name] != second[number, name]} == {
        export.suffix + export.label for export in FORMATS.values()
    }


@pytest.fixture
def visited(cities, home, monkeypatch) -> Iterator:
    """Opens a city's pages as someone with a role: everything that is sent to the browser, by view."""
    monkeypatch.setenv("MONITORING_HOME", str(home))
    monkeypatch.setenv("MONITORING_KEEP_DAILY", "0")
    monkeypatch.setattr(login, "auth_section", lambda: AUTH)
    monkeypatch.setattr("indicators.ui.session.utc_now", lambda: NOW)

    def visit(path: Path, role: Role, views: Views) -> list[str]:
        forget_everything()
        shutil.copy(path, home / "data" / "monitoring.duckdb")
        app = came(AppTest.from_file(str(DASHBOARD), default_timeout=30), email=f"{role}@stadt.de").run()
        pages = [sent(opened(app, page, **parameters)) for page, parameters in views]
        forget_everything()
        return pages

    return visit


def sent(app: AppTest) -> str:
    """All that goes to the browser, but for the tickets of downloads, which are drawn by lot."""
    nodes = (node for part in (app.main, app.sidebar) for node in part if hasattr(node, "proto"))
    return re.sub(r'deferred_file_id: "\w+"', "", "\n".join(str(node.proto) for node in nodes))


def differing(views: Views, first: list[str], second: list[str]) -> Views:
    return [view for view, one, other in zip(views, first, second, strict=True) if one != other]


@pytest.mark.slow
@pytest.mark.parametrize("role", [role for role, _ in READERS])
def test_every_page_is_the_same_to_the_byte(cities, visited, role):
    views = [*VIEWS, *PUBLISHED]
    assert differing(views, *(visited(path, role, views) for path in cities)) == []


@pytest.mark.slow
def test_the_office_sees_the_difference(cities, visited):
    """Else pages that never differ would prove nothing. What is released has no small numbers, whoever looks at it."""
    views = [*VIEWS, *PUBLISHED]
    seen = differing(views, *(visited(path, Role.OFFICE, views) for path in cities))
    assert all(view in seen for view in VIEWS if "auslaendisch" in view[1].get("gruppe", ""))
    assert not any(view in seen for view in PUBLISHED)
