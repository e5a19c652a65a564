"""Opening the embedded database: one connection a process, one cursor a thread, one writer at a time."""

import logging
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from indicators.model import MonitoringError

log = logging.getLogger(__name__)

HERE = Path(__file__).parent
MIGRATIONS = HERE / "migrations"
VIEWS = HERE / "views"

LOCKDOWN = (
    "set enable_external_access = false",
    "set allow_community_extensions = false",
    "set autoload_known_extensions = false",
    "set python_enable_replacements = false",
    "set lock_configuration = true",
)


class StoreError(MonitoringError):
    """The database cannot be opened or written; the text says what to do."""


class Store:
    """One database file. Reads go through `query`, writes through `transaction`.

    DuckDB lets one process own the file. A connection shared by threads returns other threads' values,
    so every read takes its own cursor; writers queue behind one lock.
    """

    def __init__(
        self, path: Path | str = ":memory:", *, memory_limit: str = "2GB", now: datetime | None = None
    ) -> None:
        self.path = path if path == ":memory:" else Path(path)
        self._writing = threading.RLock()
        self._local = threading.local()
        self._connection = self._open(memory_limit)
        migrate(self._connection, now or utc_now())
        create_views(self._connection)
        for statement in LOCKDOWN:
            self._connection.execute(statement)

    def _open(self, memory_limit: str) -> duckdb.DuckDBPyConnection:
        if isinstance(self.path, Path):
            self.path.parent.mkdir(parents=True, exist_ok=True)
        try:
            connection = duckdb.connect(str(self.path))
        except duckdb.IOException as error:
            if "lock" in str(error).lower():
                raise StoreError(
                    "Die Datenbank ist schon in einem anderen Programm geöffnet. "
                    "Beenden Sie dieses zuerst oder arbeiten Sie dort weiter."
                ) from error
            raise StoreError(f"Die Datenbank {self.path} lässt sich nicht öffnen: sie ist beschädigt.") from error
        connection.execute("set memory_limit = $limit", {"limit": memory_limit})
        connection.execute("set TimeZone = 'UTC'")
        return connection

    @property
    def cursor(self) -> duckdb.DuckDBPyConnection:
        """This thread's cursor."""
        if not hasattr(self._local, "cursor"):
            self._local.cursor = self._connection.cursor()
        return self._local.cursor

    def query(self, sql: str, parameters: Mapping[str, Any] | None = None, **tables: pa.Table) -> pd.DataFrame:
        """The rows of a statement; `tables` are Arrow tables that it may name."""
        cursor = self.cursor
        for name, table in tables.items():
            cursor.register(name, table)
        try:
            return cursor.execute(sql, parameters or {}).df()
        finally:
            for name in tables:
                cursor.unregister(name)

    def rows(self, sql: str, parameters: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """The rows of a small statement as tuples."""
        return self.cursor.execute(sql, parameters or {}).fetchall()

    def value(self, sql: str, parameters: Mapping[str, Any] | None = None) -> Any:
        """The first column of the first row, None where there is no row."""
        row = self.cursor.execute(sql, parameters or {}).fetchone()
        return row[0] if row else None

    @contextmanager
    def transaction(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor whose writes are all there after the block, or none of them. Raises StoreError when not saved."""
        with self._writing:
            cursor = self._connection.cursor()
            try:
                cursor.execute("begin")
                yield cursor
                cursor.execute("commit")
            except duckdb.Error as error:
                _roll_back(cursor)
                log.exception("not saved")
                raise StoreError(
                    "Nicht gespeichert: die Datenbank hat die Änderung abgelehnt. Es wurde nichts verändert. "
                    "Bitte versuchen Sie es noch einmal und sagen Sie der Administration Bescheid."
                ) from error
            except BaseException:
                _roll_back(cursor)
                raise
            finally:
                cursor.close()

    @property
    def data_version(self) -> int:
        """The number of the last event: what caches are keyed by. 0 for an empty store."""
        return int(self.value("select coalesce(max(id), 0) from event"))

    def close(self) -> None:
        self._connection.close()


def utc_now() -> datetime:
    """The present moment, naive in UTC as the database keeps it. Only entry points call this; logic is given one."""
    return datetime.now(UTC).replace(tzinfo=None)


def migrate(connection: duckdb.DuckDBPyConnection, now: datetime) -> list[str]:
    """Runs the numbered migrations that this database has not seen, each in a transaction with its record."""
    connection.execute("create table if not exists migration (name varchar not null, applied_at timestamp not null)")
    seen = {name for (name,) in connection.execute("select name from migration").fetchall()}
    pending = [file for file in sorted(MIGRATIONS.glob("*.sql")) if file.stem not in seen]
    for file in pending:
        connection.execute("begin")
        try:
            connection.execute(file.read_text(encoding="utf-8"))
            connection.execute("insert into migration values ($name, $now)", {"name": file.stem, "now": now})
            connection.execute("commit")
        except BaseException:
            _roll_back(connection)
            raise
    return [file.stem for file in pending]


def create_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Creates or replaces all views and table macros, in the order of their file names."""
    for file in sorted(VIEWS.glob("*.sql")):
        connection.execute(file.read_text(encoding="utf-8"))


def _roll_back(cursor: duckdb.DuckDBPyConnection) -> None:
    try:
        cursor.execute("rollback")
    except duckdb.Error:
        log.warning("nothing to roll back")
