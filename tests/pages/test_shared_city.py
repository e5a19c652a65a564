"""A city that moves to a store that several machines share, works there, and moves back: every value of every table."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from streamlit.testing.v1 import AppTest

from indicators.__main__ import main
from indicators.ledger import commits, erasure
from indicators.ledger.commits import Upload
from indicators.store import Lake, Store, StoreError, audit
from indicators.store.backups.backup import backup
from indicators.store.durability import noted_erasures, numbers
from indicators.store.state import state
from indicators.ui import session
from tests import postgres
from tests.pages.test_pages import opened, texts
from tests.postgres import Cluster
from tests.store.test_moving import contents
from tests.store.test_shared import away_for

pytestmark = pytest.mark.skipif(not postgres.PROGRAMS, reason=postgres.MISSING)
AT = datetime(2026, 3, 1)


@dataclass
class Moved:
    """`elsewhere` is the lake as another machine has it open; `wanted` is what was in the file."""

    former: Path
    lake: Lake
    elsewhere: Store
    wanted: dict[str, list[tuple]]

    @property
    def named(self) -> str:
        return f"ducklake:postgres:{self.lake.catalogue}"


@pytest.fixture(scope="module")
def moved(cluster: Cluster, filled_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Moved]:
    """With something of every kind: withdrawn, erased, noted outside of the store."""
    former = tmp_path_factory.mktemp("city") / "data" / "monitoring.duckdb"
    former.parent.mkdir()
    shutil.copy(filled_database, former)
    before = Store(former)
    commits.withdraw(before, 3, AT, "Amt", "falsch: „ä€ß“")
    commits.record_upload(before, Upload("x.xlsx", bytes(range(256)) * 40, "Amt"), AT, "rejected")
    erasure.erase(before, before.value("select sha256 from delivery where id = 2"), AT, "Amt", "Namen")
    wanted = contents(before)
    before.close()
    numbers._note(former, 40, 50)  # a delivery of that number is lost, but stands in a letter
    lake = cluster.lake()
    city = Moved(former, lake, Store(lake), wanted)
    said = brought(str(former), city.named, lake)
    assert f'store = "{city.named}" und store_folder = "{lake.folder}"' in said
    yield city
    city.elsewhere.close()


def brought(source: str, target: str, lake: Lake) -> str:
    ran = CliRunner().invoke(main, ["move", source, target, "--folder", str(lake.folder), "--by", "IT"])
    assert ran.exit_code == 0, ran.output
    assert "sind angekommen und geprüft" in ran.output
    return ran.output


@pytest.fixture
def here(moved: Moved, app: AppTest, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The app on the same lake."""
    monkeypatch.setenv("MONITORING_STORE", moved.named)
    monkeypatch.setenv("MONITORING_STORE_FOLDER", str(moved.lake.folder))
    return app


def test_every_value_arrives_and_what_was_noted_outside(moved: Moved):
    assert sum(map(len, moved.wanted.values())) > 90
    assert contents(moved.elsewhere) == moved.wanted
    assert audit.changes(moved.elsewhere)["action"].iloc[0] == "move"
    assert numbers.given(moved.elsewhere.beside) == (40, 50)
    assert noted_erasures.noted(moved.elsewhere.beside) == noted_erasures.noted(moved.former) != frozenset()


def test_what_another_machine_saves_shows_at_the_next_click_and_a_server_that_is_away_is_told(
    moved: Moved, here: AppTest, cluster: Cluster
):
    assert "32,5" in texts(opened(here, "indicator", kennzahl="B-01"))
    commits.withdraw(moved.elsewhere, 6, AT, "Amt", "falsch")
    assert "32,5" not in texts(opened(here, "indicator", kennzahl="B-01"))
    commits.restore(moved.elsewhere, 6, AT, "Amt", "doch richtig")
    assert "32,5" in texts(opened(here, "indicator", kennzahl="B-01"))

    with away_for(cluster, 1.5):  # a restart of seconds is not seen
        assert "32,5" in texts(opened(here, "indicator", kennzahl="B-01"))

    cluster.stop()
    try:
        away = texts(opened(here, "overview"))
        assert "Die Datenbank ist nicht verfügbar" in away
        assert "gerade nicht erreichbar" in away
        assert not here.exception
        assert session.ailment() == "Die Datenbank ist nicht verfügbar."
    finally:
        cluster.start()
    assert "32,5" in texts(opened(here, "indicator", kennzahl="B-01"))
    assert session.ailment() == ""


def test_an_administrator_sees_where_it_is_and_how_it_is_backed_up(moved: Moved):
    found = state(moved.elsewhere)
    assert found.places == {"Datenbankserver": str(moved.lake), "Datenordner": str(moved.lake.folder)}
    assert found.size > 1 << 20 and found.deliveries == 6
    with pytest.raises(StoreError, match="pg_dump"):
        backup(moved.elsewhere, moved.lake.folder / "x.duckdb", "IT", AT)


@pytest.mark.at_length
def test_it_goes_back_as_it_is_by_then(moved: Moved, tmp_path: Path):
    back = tmp_path / "back" / "monitoring.duckdb"
    assert f'database = "{back}"' in brought(moved.named, str(back), moved.lake)
    again = Store(back)
    assert contents(again) == contents(moved.elsewhere)
    assert numbers.given(again.beside) == numbers.given(moved.elsewhere.beside) >= (40, 50)
    assert list(audit.changes(again)["action"]).count("move") == 2
    again.close()
