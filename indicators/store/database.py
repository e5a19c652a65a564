"""The embedded database: one connection a process, one cursor a thread, one writer at a time.

It goes on where DuckDB gives up: when the disk is full it stays readable and says so, opens the file anew where
DuckDB has closed itself, and writes again once there is room.
"""

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar
from weakref import WeakSet

import duckdb
import pandas as pd
import pyarrow as pa

from indicators.store import copying, inspection, schema, trouble, witness
from indicators.store.room import ROOM, Room
from indicators.store.trouble import StoreError

log = logging.getLogger(__name__)

LOCKDOWN = (
    "set enable_external_access = false",
    "set allow_community_extensions = false",
    "set autoload_known_extensions = false",
    "set python_enable_replacements = false",
    "set lock_configuration = true",
)
LONG_LOG = 4 << 20
"""Bytes of log above which a commit moves it into the file. DuckDB would do so inside of the commit, and a full disk
then fails a commit that is saved."""
PATIENCE = 60.0
"""Seconds that opening the file anew waits for those who still read."""

Found = TypeVar("Found")


class Store:
    """One database file. Reads go through `query`, writes through `transaction`.

    DuckDB lets one process own the file. A connection shared by threads returns other threads' values,
    so every read takes its own cursor; writers queue behind one lock.
    """

    def __init__(
        self,
        path: Path | str = ":memory:",
        *,
        memory_limit: str = "2GB",
        now: datetime | None = None,
        room: int = ROOM,
    ) -> None:
        self.path = path if path == ":memory:" else Path(path).absolute()
        self.memory_limit = memory_limit
        self._room = Room(self.path.parent if isinstance(self.path, Path) else None, room)
        self._writing = threading.RLock()
        self._idle = threading.Condition()
        self._readers = 0
        self._opening: int | None = None  # the thread that opens the file anew, while it does
        self._local = threading.local()
        self._cursors: WeakSet[duckdb.DuckDBPyConnection] = WeakSet()
        self._generation = 0
        self._views_made = False
        self.closed = False
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._open(now or utc_now())

    @property
    def cursor(self) -> duckdb.DuckDBPyConnection:
        """This thread's cursor. For everything but maintenance take `query`, which outlives a full disk."""
        if getattr(self._local, "generation", None) != self._generation:
            if self._connection is None:
                raise self._not_open()
            self._local.cursor = self._connection.cursor()
            self._local.generation = self._generation
            self._cursors.add(self._local.cursor)
        cursor: duckdb.DuckDBPyConnection = self._local.cursor
        return cursor

    def query(self, sql: str, parameters: Mapping[str, Any] | None = None, **tables: pa.Table) -> pd.DataFrame:
        """The rows of a statement; `tables` are Arrow tables that it may name."""
        return self._asked(sql, parameters, tables, duckdb.DuckDBPyConnection.df)

    def rows(self, sql: str, parameters: Mapping[str, Any] | None = None, **tables: pa.Table) -> list[tuple[Any, ...]]:
        """The rows of a small statement as tuples."""
        return self._asked(sql, parameters, tables, duckdb.DuckDBPyConnection.fetchall)

    def _asked(
        self,
        sql: str,
        parameters: Mapping[str, Any] | None,
        tables: Mapping[str, pa.Table],
        fetch: Callable[[duckdb.DuckDBPyConnection], Found],
    ) -> Found:
        def read(cursor: duckdb.DuckDBPyConnection) -> Found:
            for name, table in tables.items():
                cursor.register(name, table)
            try:
                return fetch(cursor.execute(sql, parameters or {}))
            finally:
                for name in tables:
                    cursor.unregister(name)

        return self._read(read)

    def value(self, sql: str, parameters: Mapping[str, Any] | None = None) -> Any:
        """The first column of the first row, None where there is no row."""
        found = self.rows(sql, parameters)
        return found[0][0] if found else None

    @contextmanager
    def transaction(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor whose writes are all there after the block, or none of them. Raises StoreError when not saved."""
        with self._writing:
            cursor = self._writer()
            try:
                cursor.execute("begin")
                yield cursor
                cursor.execute("commit")
            except duckdb.Error as error:
                _roll_back(cursor)
                cursor.close()
                log.exception("not saved")
                raise self._not_saved(error) from error
            except BaseException:
                _roll_back(cursor)
                cursor.close()
                raise
            cursor.close()
            self._settle()

    @contextmanager
    def reading(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor of its own for long work beside everything else, such as a backup."""
        with self._in_use():
            if self._connection is None:
                raise self._not_open()
            with self._connection.cursor() as cursor:
                self._cursors.add(cursor)
                yield cursor

    @contextmanager
    def still(self) -> Iterator[None]:
        """While inside, no other thread commits."""
        with self._writing:
            yield

    @property
    def data_version(self) -> int:
        """The number of the last event: what caches are keyed by. 0 for an empty store."""
        return int(self.value("select coalesce(max(id), 0) from event"))

    @property
    def writable(self) -> bool:
        """False while the disk is full: everything can be read, nothing is saved. Looks again every few seconds."""
        if not self._room.full and self._room.suffices():
            return True
        return self._room.due and self._recovered()

    def verify(self) -> None:
        """Reads every block of every table. Raises StoreError with the way back where one is damaged."""
        self._read(inspection.contents)

    def close(self) -> None:
        """Waits for those who still read or write."""
        self.closed = True
        with self._writing:
            with self._idle:
                self._idle.wait_for(lambda: self._readers == 0, PATIENCE)
            self._shut()

    def _read(self, act: Callable[[duckdb.DuckDBPyConnection], Found]) -> Found:
        """Runs a read; opens the file anew and tries once more where DuckDB has closed itself."""
        generation = self._generation
        try:
            with self._in_use():
                return act(self.cursor)
        except duckdb.Error as error:
            if trouble.is_damaged(error) and isinstance(self.path, Path):
                raise trouble.damaged(self.path) from error
            if not trouble.is_unusable(error):
                raise
            log.exception("the database is opened anew")
        self._reopen(generation)
        with self._in_use():
            return act(self.cursor)

    @contextmanager
    def _in_use(self) -> Iterator[None]:
        """While inside, nobody opens the file anew: DuckDB would keep the broken instance for as long as it is used."""
        with self._idle:
            self._idle.wait_for(lambda: self._opening in (None, threading.get_ident()))
            self._readers += 1
        try:
            yield
        finally:
            with self._idle:
                self._readers -= 1
                self._idle.notify_all()

    def _writer(self) -> duckdb.DuckDBPyConnection:
        if (self._room.full or not self._room.suffices()) and not self._recovered():
            raise StoreError(trouble.FULL)
        if self._connection is None:
            self._reopen(self._generation)
        assert self._connection is not None
        cursor = self._connection.cursor()
        self._cursors.add(cursor)
        return cursor

    def _not_saved(self, error: Exception) -> StoreError:
        """What to tell after a failed write; the file is opened anew where DuckDB does not go on by itself."""
        full = trouble.is_full(error)
        if full:
            self._room.is_full()
        if full or trouble.is_unusable(error):
            try:
                self._reopen(self._generation)
            except StoreError:
                log.exception("the database could not be opened anew")
        if trouble.is_damaged(error) and isinstance(self.path, Path):
            return trouble.damaged(self.path)
        return StoreError(trouble.FULL if full else trouble.NOT_SAVED)

    def _settle(self) -> None:
        """After a commit: notes how far the log reaches, or moves it into the file where it has grown long."""
        if not isinstance(self.path, Path) or self._connection is None:
            return
        try:
            with self._connection.cursor() as cursor:
                if witness.log_size(self.path) < LONG_LOG:
                    witness.note(self.path, cursor)
                else:
                    cursor.execute("checkpoint")
                    witness.forget(self.path)
        except duckdb.TransactionException:
            log.debug("somebody is reading: the log is kept until the next change")
        except (duckdb.Error, OSError) as error:
            # What was committed is safe in the log: this is no reason to say that it was not saved.
            log.exception("the log stays as it is")
            self._not_saved(error)

    def _recovered(self) -> bool:
        """True where there is room again, and the file is open for writing."""
        with self._writing:
            if not (self._room.suffices() and self._room.can_be_taken()):
                self._room.is_full()
                return False
            if self._room.full:
                self._room.found_again()
                self._reopen(self._generation)
                log.info("there is room again: the database is writable")
            return True

    def _reopen(self, generation: int) -> None:
        """Closes everything and opens the file anew, unless another thread has done so since `generation`."""
        with self._writing:
            if generation != self._generation:
                return
            with self._idle:
                self._opening = threading.get_ident()
                self._idle.wait_for(lambda: self._readers == 0, PATIENCE)
            try:
                self._shut()
                self._open(utc_now())
            finally:
                with self._idle:
                    self._opening = None
                    self._idle.notify_all()

    def _shut(self) -> None:
        for cursor in list(self._cursors):
            cursor.close()
        self._cursors = WeakSet()
        if self._connection is not None:
            self._connection.close()
            if isinstance(self.path, Path):
                witness.forget(self.path)
        self._connection = None
        self._generation += 1

    def _open(self, now: datetime) -> None:
        new = not isinstance(self.path, Path) or not self.path.exists()
        if isinstance(self.path, Path):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            trouble.refuse_to_begin_anew(self.path)
        try:
            connection = self._connect()
            try:
                self._prepare(connection, now, new)
            except BaseException:
                connection.close()
                raise
        except duckdb.Error as error:
            if not trouble.is_full(error) or new or self._room.full:
                raise self._cannot_open(error) from error
            self._room.is_full()
            self._open(now)
        else:
            self._connection = connection

    def _connect(self) -> duckdb.DuckDBPyConnection:
        try:
            return duckdb.connect(str(self.path))
        except duckdb.Error as error:
            if not trouble.is_full(error) or not isinstance(self.path, Path) or not self.path.exists():
                raise
            log.exception("the disk is full: the database is only read")
            self._room.is_full()
            return duckdb.connect(str(self.path), read_only=True)

    def _prepare(self, connection: duckdb.DuckDBPyConnection, now: datetime, new: bool) -> None:
        connection.execute("set memory_limit = $limit", {"limit": self.memory_limit})
        connection.execute("set TimeZone = 'UTC'")
        if isinstance(self.path, Path):
            connection.execute("set wal_autocheckpoint = '1TB'")  # ours follow each commit, outside of it
            folder = trouble.backups_folder(self.path)
            connection.execute("set allowed_directories = $folders", {"folders": [str(folder)]})
            waiting = schema.pending(connection)
            if waiting and schema.applied(connection):
                name = self.path.name.removesuffix(".duckdb")
                copying.write_copy(connection, folder / f"{name}-vor-{waiting[0].stem}-{now:%Y%m%dT%H%M%S}.duckdb")
            elif waiting and not new and trouble.backups_of(self.path):
                raise trouble.damaged(self.path)  # an empty database where there was a full one
            if not new and not self._room.suffices():
                self._room.is_full()
        if schema.pending(connection) or not (self._views_made or self._room.full):
            schema.migrate(connection, now)
            schema.create_views(connection)
            self._check_witness(connection)
            connection.execute("checkpoint")
            self._views_made = True  # on a full disk those of the last start serve until there is room
        for statement in LOCKDOWN:
            connection.execute(statement)

    def _check_witness(self, connection: duckdb.DuckDBPyConnection) -> None:
        if isinstance(self.path, Path) and (lost := witness.missing_changes(self.path, connection)):
            log.error("%s rows of acknowledged changes are missing", lost)
            raise trouble.damaged(self.path)

    def _cannot_open(self, error: duckdb.Error) -> StoreError:
        if "could not set lock" in str(error).lower():
            return trouble.InUseError()
        log.exception("cannot open the database")
        if trouble.is_full(error):
            return StoreError(trouble.FULL)
        return trouble.damaged(Path(self.path))

    def _not_open(self) -> StoreError:
        return StoreError(trouble.FULL) if self._room.full else trouble.damaged(Path(self.path))


def utc_now() -> datetime:
    """The present moment, naive in UTC as the database keeps it. Only entry points call this; logic is given one."""
    return datetime.now(UTC).replace(tzinfo=None)


def _roll_back(cursor: duckdb.DuckDBPyConnection) -> None:
    try:
        cursor.execute("rollback")
    except duckdb.Error:
        log.warning("nothing to roll back")
