"""A database from before there were data sets: its slices are those of figures, under the same numbers."""

import shutil
from pathlib import Path

from indicators.store import Store, schema

OLD = Path(__file__).with_name("old_deliveries.sql").read_text(encoding="utf-8")
STANDING = "create or replace view covered as select slice.base_figure, coverage.id from coverage join slice using (id)"


def older(folder: Path, monkeypatch) -> Path:
    """A database with 200 deliveries as it was after the migrations before this one, with a view on its slices."""
    migrations = shutil.copytree(schema.MIGRATIONS, folder / "migrations")
    for later in [file for file in migrations.glob("*.sql") if file.stem >= "0002"]:
        later.rename(later.with_suffix(".later"))
    (migrations / "0001_with_content.sql").write_text(OLD, encoding="utf-8")
    views = folder / "views"
    views.mkdir()
    database = folder / "monitoring.duckdb"
    with monkeypatch.context() as patched:
        patched.setattr(schema, "MIGRATIONS", migrations)
        patched.setattr(schema, "VIEWS", views)
        Store(database).close()
        for later in [file for file in migrations.glob("*.later") if file.stem < "0012"]:
            later.rename(later.with_suffix(".sql"))
        (views / "01.sql").write_text(STANDING, encoding="utf-8")
        Store(database).close()
    return database


def test_slices_keep_their_numbers_and_become_those_of_figures(tmp_path, monkeypatch):
    database = older(tmp_path, monkeypatch)
    store = Store(database)
    rows = store.rows("select id, data_set, subject, reporter, period from slice order by id")
    assert rows == [(number, "figures", "kinder", "FB 51", number) for number in range(1, 401)]
    assert store.value("select count(*) from valid_observation(timestamp '2027-01-01')") == 200 * 50
    store.close()


def test_a_second_start_finds_nothing_to_do(tmp_path, monkeypatch):
    database = older(tmp_path, monkeypatch)
    Store(database).close()
    before = database.read_bytes()
    Store(database).close()
    assert database.read_bytes() == before
