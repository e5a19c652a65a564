"""What a start writes into the database file: as little as can be, and never half of it."""

import shutil

import pytest

from indicators.store import Store, schema
from indicators.store.durability import copying


def opened(database):
    store = Store(database)
    shown = store.rows("select view_name from duckdb_views() where not internal order by all")
    store.close()
    return shown


def test_a_start_that_finds_its_views_writes_nothing(tmp_path):
    database = tmp_path / "monitoring.duckdb"
    shown = opened(database)
    before = database.read_bytes()
    assert opened(database) == shown
    assert database.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["monitoring.duckdb"]


def test_views_are_made_anew_when_their_sql_is_new(tmp_path, monkeypatch):
    database = tmp_path / "monitoring.duckdb"
    opened(database)
    changed = shutil.copytree(schema.VIEWS, tmp_path / "views")
    (changed / "99_new.sql").write_text("create or replace view one_more as select 1 as one", encoding="utf-8")
    monkeypatch.setattr(schema, "VIEWS", changed)
    assert ("one_more",) in opened(database)
    (changed / "99_new.sql").write_text("create or replace view one_more as select 2 as one", encoding="utf-8")
    store = Store(database)
    assert store.value("select one from one_more") == 2
    store.close()


def test_a_beginning_that_was_cut_short_is_begun_again(tmp_path):
    database = tmp_path / "monitoring.duckdb"
    for left in ("monitoring.duckdb.part", "monitoring.duckdb.part.wal"):
        (tmp_path / left).write_bytes(b"half" * 1000)
    assert opened(database)
    assert [file.name for file in tmp_path.iterdir()] == ["monitoring.duckdb"]


def test_a_database_has_its_name_only_once_it_is_whole(tmp_path, monkeypatch):
    """A kill after DuckDB's first write used to leave a file that no start could open."""
    database = tmp_path / "monitoring.duckdb"

    def cut_short(unfinished, target):
        assert unfinished.stat().st_size > 8192
        assert not target.exists()
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(copying, "settle", cut_short)
        with pytest.raises(KeyboardInterrupt):
            Store(database)
    assert not database.exists()
    assert opened(database)
