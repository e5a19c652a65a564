"""What a start writes into the database file: as little as can be."""

import shutil

from indicators.store import Store, schema


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
