"""A file that another version of DuckDB opens: a newer one after a copy, an older one not at all."""

import shutil
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from indicators.store import Store, StoreError, schema
from indicators.store.backups.backup import restore
from indicators.store.embedded import engine_change

AT = datetime(2026, 11, 30, 9)
NEWER, OLDER = "99.0.1", "0.9.9"
COPY = "monitoring-vor-duckdb-99.0-20261130T090000.duckdb"


@pytest.fixture
def database(filled_database: Path, tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    return Path(shutil.copy(filled_database, tmp_path / "data" / "monitoring.duckdb"))


def opened(database: Path, monkeypatch: pytest.MonkeyPatch, version: str = duckdb.__version__) -> list[tuple]:
    """What is there, as a process with this version of DuckDB would see it."""
    with monkeypatch.context() as patched:
        patched.setattr(duckdb, "__version__", version)
        store = Store(database, now=AT)
        found = store.rows("select id, sha256 from delivery order by id")
        store.close()
    return found


def copies(database: Path) -> list[str]:
    return sorted(file.name for file in (database.parent / "backups").glob("*"))


def test_a_newer_one_writes_only_after_a_copy_once(database, monkeypatch):
    before = database.read_bytes()
    found = opened(database, monkeypatch, NEWER)
    assert copies(database) == [COPY]
    assert (database.parent / "backups" / COPY).read_bytes() == before
    assert opened(database, monkeypatch, NEWER) == opened(database, monkeypatch, "99.0.2") == found
    assert copies(database) == [COPY]


def test_an_older_one_is_refused_and_told_the_way_back(database, monkeypatch):
    found = opened(database, monkeypatch, NEWER)
    before = database.read_bytes()
    with pytest.raises(StoreError, match=rf"neuere DuckDB.*({duckdb.__version__}).*restore-backup .*{COPY}"):
        opened(database, monkeypatch)
    assert database.read_bytes() == before
    restore(database.parent / "backups" / COPY, database, "IT", AT)
    assert opened(database, monkeypatch) == found


def test_what_was_not_yet_moved_into_the_file_is_copied_too(database, monkeypatch):
    with duckdb.connect(str(database)) as connection:
        connection.execute("pragma disable_checkpoint_on_shutdown")
        connection.execute("insert into ended_login values ('noch im Protokoll', now())")
    assert opened(database, monkeypatch, NEWER)
    copy = shutil.copy(database.parent / "backups" / COPY, database.parent / "zurück.duckdb")
    shutil.copy(database.parent / "backups" / f"{COPY}.wal", f"{copy}.wal")
    with duckdb.connect(str(copy)) as connection:
        assert connection.execute("select login from ended_login").fetchall() == [("noch im Protokoll",)]


def test_the_same_one_and_a_patch_of_it_copy_nothing(database, monkeypatch):
    major, minor = engine_change.present()
    for version in (duckdb.__version__, f"{major}.{minor}.99", f"{major}.{minor}.0"):
        assert opened(database, monkeypatch, version)
    assert copies(database) == []


def test_a_file_of_an_engine_that_duckdb_itself_refuses_is_not_called_damaged(database, monkeypatch):
    """The version of the format stands behind the magic bytes: DuckDB looks there before anything else."""
    own = duckdb.connect

    def refusing(*given, **named):
        raise duckdb.IOException("The database file was created with an newer version of DuckDB.")

    monkeypatch.setattr(duckdb, "connect", refusing)
    with pytest.raises(StoreError, match="neuere DuckDB"):
        Store(database, now=AT)
    monkeypatch.setattr(duckdb, "connect", own)


def test_a_file_from_before_this_was_noted_counts_as_its_maker_s(database, monkeypatch):
    with duckdb.connect(str(database)) as connection:
        connection.execute("create or replace view views_made_of as select 'x' as made_of")
        assert schema.engine_of(connection) == ""
    assert opened(database, monkeypatch)
    assert copies(database) == []
    assert opened(database, monkeypatch, NEWER)
    assert copies(database) == [COPY]
