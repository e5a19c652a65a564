"""Opening a lake: extensions, PostgreSQL, the folder, migrations, views of this process, lockdown."""

import importlib.util
import logging
import re
from datetime import datetime
from pathlib import Path

import duckdb

from indicators.store import schema
from indicators.store.durability.store_errors import StoreError
from indicators.store.lockdown import lock_down
from indicators.store.shared import lake_errors, turns
from indicators.store.shared.lake import NO_PACKAGES, Lake

log = logging.getLogger(__name__)

EXTENSIONS = ("postgres_scanner", "ducklake")
NAME = "lake"
TABLES_ONLY = f"set search_path = '{NAME}.main'"
TABLES_AND_VIEWS = f"set search_path = 'memory.main,{NAME}.main'"
"""Views and macros are each process's own, as they belong to its code: two versions of the application that run beside
each other while one is being replaced do not overwrite each other's."""

KNOWN = "select 1 from information_schema.tables where table_name = 'ducklake_metadata'"
CHECKS = re.compile(r"\s+check \(\w+ in \([^()]*\)\)")
MARK = (
    "In diesem Ordner liegen die Daten des Integrationsmonitorings. Bitte nichts ändern und nichts löschen: Wohin jede "
    "Datei gehört, steht in der Datenbank auf dem Datenbankserver.\n"
)


def opened(lake: Lake, memory_limit: str, now: datetime) -> duckdb.DuckDBPyConnection:
    """A database in memory with the lake attached, migrated and locked down. Raises StoreError."""
    connection = duckdb.connect(":memory:")
    try:
        _prepare(connection, memory_limit)
        _attach(connection, lake, now)
        schema.create_views(connection)
        lock_down(connection)
    except duckdb.Error as error:
        connection.close()
        log.exception("cannot open the lake")
        raise lake_errors.cannot_open(error, lake.folder) from error
    except BaseException:
        connection.close()
        raise
    return connection


def without_checks(sql: str) -> str:
    """A migration as DuckLake takes it, which knows no check. Who writes gives these values from an enum."""
    return CHECKS.sub("", sql)


def extension(name: str) -> Path:
    """The file of an extension, from its Python package: nothing is fetched. Raises StoreError."""
    found = importlib.util.find_spec(f"duckdb_extension_{name}")
    for place in found.submodule_search_locations or () if found else ():
        file = Path(place) / "extensions" / f"v{duckdb.__version__}" / f"{name}.duckdb_extension"
        if file.exists():
            return file
    raise StoreError(NO_PACKAGES)


def _prepare(connection: duckdb.DuckDBPyConnection, memory_limit: str) -> None:
    for name in EXTENSIONS:
        connection.execute(f"load {_quoted(str(extension(name)))}")
    connection.execute("set memory_limit = $limit", {"limit": memory_limit})
    connection.execute("set TimeZone = 'UTC'")


def _attach(connection: duckdb.DuckDBPyConnection, lake: Lake, now: datetime) -> None:
    """Within a turn: of several machines that start at once, one makes what is missing."""
    with turns.taken(lake) as turn:
        if not turn.ask(KNOWN):
            _mark(lake)
        elif not lake.marker.exists():
            raise lake_errors.no_folder(lake.folder)
        source, folder = _quoted(f"ducklake:postgres:{lake.connection}"), _quoted(f"{lake.folder}/")
        connection.execute(f"attach {source} as {NAME} (data_path {folder})")
        connection.execute(TABLES_ONLY)
        schema.migrate(connection, now, without_checks)
    connection.execute(TABLES_AND_VIEWS)
    connection.execute("set allowed_directories = $folders", {"folders": [str(lake.folder)]})


def _mark(lake: Lake) -> None:
    try:
        lake.folder.mkdir(parents=True, exist_ok=True)
        lake.marker.write_text(MARK, encoding="utf-8")
    except OSError as error:
        raise StoreError(f"Der Datenordner {lake.folder} lässt sich nicht anlegen: {error.strerror}.") from error


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
