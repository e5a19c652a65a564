"""What moving to another store refuses; that all arrives, and comes back, is in tests/pages/test_shared_city.py."""

import shutil
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from indicators.__main__ import main
from indicators.store import Store, StoreError, moving
from indicators.store.moving import TABLES, move

AT = datetime(2026, 11, 30, 12)


@pytest.fixture
def database(filled_database: Path, tmp_path: Path) -> Path:
    path = tmp_path / "data" / "monitoring.duckdb"
    path.parent.mkdir()
    shutil.copy(filled_database, path)
    return path


def contents(store: Store) -> dict[str, list[tuple]]:
    """All that is there, but for the records of moves."""
    tables = [name for (name,) in store.rows(TABLES)]
    found = {table: sorted(store.rows(f"select * from {table}"), key=repr) for table in tables}
    found["audit"] = [row for row in found["audit"] if row[3] != "move"]
    return found


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
