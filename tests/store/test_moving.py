"""From a file to a lake and back: every value of every table, history, files and audit."""

import shutil
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from indicators.__main__ import main
from indicators.ledger import commits, erasure
from indicators.ledger.commits import Upload
from indicators.store import Lake, Store, StoreError, audit, moving
from indicators.store.durability import noted_erasures, numbers
from indicators.store.moving import TABLES, move
from tests import postgres

AT = datetime(2026, 11, 30, 12)
pytestmark = pytest.mark.skipif(not postgres.PROGRAMS, reason=postgres.MISSING)


@pytest.fixture
def database(filled_database: Path, tmp_path: Path) -> Path:
    """With something in it of every kind that a table can hold: withdrawn, erased, noted outside."""
    path = tmp_path / "data" / "monitoring.duckdb"
    path.parent.mkdir()
    shutil.copy(filled_database, path)
    store = Store(path)
    commits.withdraw(store, 3, AT, "Amt", "falsch: „ä€ß“")
    commits.record_upload(store, Upload("x.xlsx", bytes(range(256)) * 40, "Amt"), AT, "rejected")
    [gone] = store.rows("select sha256 from delivery where id = 2")
    erasure.erase(store, gone[0], AT, "Amt", "Namen")
    store.close()
    return path


def contents(store: Store) -> dict[str, list[tuple]]:
    """All that is there, but for the records of moves."""
    tables = [name for (name,) in store.rows(TABLES)]
    found = {table: sorted(store.rows(f"select * from {table}"), key=repr) for table in tables}
    found["audit"] = [row for row in found["audit"] if row[3] != "move"]
    return found


def brought(*words: str) -> str:
    ran = CliRunner().invoke(main, ["move", *words, "--by", "IT"])
    assert ran.exit_code == 0, ran.output
    assert "sind angekommen und geprüft" in ran.output
    return ran.output


def test_there_and_back_is_the_same(database, lake: Lake, tmp_path):
    numbers._note(database, 40, 50)  # a delivery of that number is lost, but stands in a letter
    before = Store(database)
    wanted = contents(before)
    before.close()
    assert sum(map(len, wanted.values())) > 90
    assert {"withdraw"} <= {row[2] for row in wanted["event"]}
    shared, back = f"ducklake:postgres:{lake.catalogue}", tmp_path / "back" / "monitoring.duckdb"
    assert f'store = "{shared}" und store_folder = "{lake.folder}"' in brought(
        str(database), shared, "--folder", str(lake.folder)
    )
    there = Store(lake)
    assert contents(there) == wanted
    there.close()
    assert f'database = "{back}"' in brought(shared, str(back), "--folder", str(lake.folder))
    again = Store(back)
    assert contents(again) == wanted
    assert list(audit.everything(again)["action"])[:2] == ["move", "move"]
    for one in (there, again):
        assert numbers.given(one.beside) == (40, 50)
        assert noted_erasures.noted(one.beside) == noted_erasures.noted(database) != frozenset()
    again.close()


def test_a_target_that_holds_something_is_left_as_it_is(database, tmp_path):
    target = Store(tmp_path / "other" / "monitoring.duckdb")
    with target.transaction() as cursor:
        cursor.execute("insert into ended_login values ('a', $at)", {"at": AT})
    before = contents(target)
    with pytest.raises(StoreError, match="ended_login"):
        move(Store(database), target, "IT", AT)
    assert contents(target) == before


def test_a_value_that_does_not_arrive_undoes_it_all(database, tmp_path, monkeypatch):
    monkeypatch.setattr(moving, "INSERT", moving.INSERT + " limit 3")
    target = Store(tmp_path / "other" / "monitoring.duckdb")
    with pytest.raises(StoreError, match="kam nicht gleich an"):
        move(Store(database), target, "IT", AT)
    assert target.value("select count(*) from delivery") == 0


def test_the_command_needs_the_folder(database):
    ran = CliRunner().invoke(main, ["move", str(database), "ducklake:postgres:dbname=x"])
    assert "store_folder" in str(ran.exception)
