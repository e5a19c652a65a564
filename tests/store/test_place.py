"""The settings say where the store is; the embedded file is what holds without a word."""

import sys

import pytest

from indicators.settings import Settings, SettingsError
from indicators.store import Lake, Store, StoreError, place_of

SHARED = "ducklake:postgres:dbname=monitoring host=db.stadt.de password=a:b"


def test_without_a_word_it_is_the_file(tmp_path):
    settings = Settings(home=tmp_path)
    assert not settings.shared
    assert place_of(settings) == settings.database == tmp_path / "data" / "monitoring.duckdb"


def test_the_environment_names_a_lake_and_its_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("MONITORING_STORE", SHARED)
    monkeypatch.setenv("MONITORING_STORE_FOLDER", str(tmp_path))
    assert place_of(Settings()) == Lake("dbname=monitoring host=db.stadt.de password=a:b", tmp_path)


@pytest.mark.parametrize(
    "store", ["postgres:dbname=m", "ducklake:m.duckdb", "ducklake:postgres:", "ducklake:postgres:host=h"]
)
def test_another_kind_of_store_is_refused_with_an_example(tmp_path, store):
    with pytest.raises(SettingsError, match=r"nicht passt: „…“.*ducklake:postgres:dbname=monitoring host="):
        Settings(store=store, store_folder=tmp_path)  # which may hold a password, and so is not repeated


@pytest.mark.parametrize("folder", [None, "daten", "s3://eimer/daten"])
def test_a_lake_needs_a_folder_that_is_the_same_on_every_machine(folder):
    with pytest.raises(SettingsError, match="store_folder"):
        Settings(store=SHARED, store_folder=folder)


def test_where_the_packages_are_missing_it_says_which(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "indicators.store.shared.engine", None)
    with pytest.raises(StoreError, match=r"docs/parts/shared\.txt"):
        Store(Lake("dbname=m", tmp_path))
    Store(tmp_path / "monitoring.duckdb").close()


def test_where_an_extension_is_missing_too(tmp_path, monkeypatch):
    opening = pytest.importorskip("indicators.store.shared.opening")
    with pytest.raises(StoreError, match=r"docs/parts/shared\.txt"):
        opening.extension("nobody_knows")
