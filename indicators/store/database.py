"""The embedded database: one connection a process, one cursor a thread, one writer at a time.

It goes on where DuckDB gives up: when the disk is full it stays readable and says so, opens the file anew where
DuckDB has closed itself, and writes again once there is room.
"""

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar
from weakref import WeakSet

import duckdb
import pandas as pd
import pyarrow as pa

from indicators.store.durability import checkpoints, inspection, numbers, rewriting, store_errors, witness
from indicators.store.durability.disk_space import ROOM, Room
from indicators.store.durability.store_errors import StoreError
from indicators.store.open_reads import Readers
from indicators.store.opening import Opener

log = logging.getLogger(__name__)

LONG_LOG = 4 << 20
"""Bytes of log above which a commit moves it into the file. DuckDB would do so inside of the commit, and a full disk
then fails a commit that is saved."""

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
        self._readers = Readers()
        self._local = threading.local()
        self._cursors: WeakSet[duckdb.DuckDBPyConnection] = WeakSet()
        self._generation = 0
        self._opener = Opener(self.path if isinstance(self.path, Path) else None, memory_limit, self._room)
        self.closed = False
        self.at_end: list[Callable[[], None]] = []  # called when the store is closed
        self._connection: duckdb.DuckDBPyConnection | None = self._opener.open(now or utc_now())
        numbers.note(self.path, self._connection)

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
        with self._readers.inside():
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

    @property
    def refusal(self) -> str:
        """What to tell while nothing can be saved: the disk is full, or the folder may not be written."""
        return store_errors.READ_ONLY if self._room.read_only else store_errors.FULL

    def verify(self) -> None:
        """Reads every block of every table. Raises StoreError with the way back where one is damaged."""
        self._read(inspection.contents)

    def rewrite(self) -> None:
        """Writes the file anew: what was erased from its tables is in none of its bytes afterwards. Raises StoreError.

        Reading goes on beside the copy and waits for the moment of the change; writing waits until all is done.
        """
        if not isinstance(self.path, Path):
            return
        with self._writing:
            try:
                with self.reading() as cursor:
                    fresh = rewriting.written_anew(cursor, self.path)
            except (duckdb.Error, OSError) as error:
                raise self._not_saved(error) from error
            try:
                self._replace(fresh, self.path)
            finally:
                fresh.unlink(missing_ok=True)

    def _replace(self, fresh: Path, path: Path) -> None:
        with self._readers.nobody(self._interrupt) as gone:
            if not gone:
                raise StoreError(store_errors.STILL_READ)
            self._shut()
            try:
                rewriting.take_place(fresh, path)
            except OSError as error:
                raise StoreError(f"Die Datenbankdatei ließ sich nicht ersetzen: {error.strerror}.") from error
            finally:
                self._connection = self._opener.open(utc_now())

    def close(self) -> None:
        """Waits for those who still read or write; who comes later is told that there is no database."""
        self.closed = True
        for act in self.at_end:
            act()
        with self._writing, self._readers.nobody(self._interrupt) as gone:
            if gone:
                self._shut(orderly=True)
            else:  # closing a cursor under the thread that uses it would end the process: all is left to its end
                self._connection = None
                self._generation += 1

    def _read(self, act: Callable[[duckdb.DuckDBPyConnection], Found]) -> Found:
        """Runs a read; opens the file anew and tries once more where DuckDB has closed itself."""
        generation = self._generation
        if self._connection is None:
            self._reopen(generation)
        try:
            with self._readers.inside():
                return act(self.cursor)
        except duckdb.Error as error:
            if store_errors.is_damaged(error) and isinstance(self.path, Path):
                raise store_errors.damaged(self.path) from error
            if not store_errors.is_unusable(error):
                raise
            log.exception("the database is opened anew")
        self._reopen(generation)
        with self._readers.inside():
            return act(self.cursor)

    def _writer(self) -> duckdb.DuckDBPyConnection:
        if (self._room.full or not self._room.suffices()) and not self._recovered():
            raise StoreError(self.refusal)
        if self._connection is None:
            self._reopen(self._generation)
        if self._connection is None:
            raise self._not_open()
        cursor = self._connection.cursor()
        self._cursors.add(cursor)
        return cursor

    def _not_saved(self, error: Exception) -> StoreError:
        """What to tell after a failed write; the file is opened anew where DuckDB does not go on by itself."""
        full = store_errors.is_full(error)
        if full:
            self._room.is_full()
        cut_short = isinstance(self.path, Path) and checkpoints.kept_of(self.path).exists()
        if full or cut_short or store_errors.is_unusable(error):
            try:
                self._reopen(self._generation)
            except StoreError:
                log.exception("the database could not be opened anew")
        if store_errors.is_damaged(error) and isinstance(self.path, Path):
            return store_errors.damaged(self.path)
        return StoreError(self.refusal if full else store_errors.NOT_SAVED)

    def _settle(self) -> None:
        """After a commit: notes how far the log reaches, or moves it into the file where it has grown long."""
        if not isinstance(self.path, Path) or self._connection is None:
            return
        try:
            with self._connection.cursor() as cursor:
                numbers.note(self.path, cursor)
                if witness.log_size(self.path) < LONG_LOG or not checkpoints.move_log(cursor, self.path):
                    witness.note(self.path, cursor)
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

    def _not_open(self) -> StoreError:
        return StoreError(store_errors.CLOSED) if self.closed else self._opener.not_open()

    def _reopen(self, generation: int) -> None:
        """Closes everything and opens the file anew, unless another thread has done so since `generation`.

        Raises StoreError where that is not possible; whoever reads or writes next tries again.
        """
        with self._writing:
            if generation != self._generation or self.closed:
                return
            with self._readers.nobody(self._interrupt) as gone:
                if not gone:  # DuckDB would hand out the old instance again
                    raise StoreError(store_errors.STILL_READ)
                self._shut()
                self._connection = self._opener.open(utc_now())

    def _shut(self, *, orderly: bool = False) -> None:
        """Closes every cursor and the connection, where nobody uses them; in an orderly end no log is left."""
        for cursor in list(self._cursors):
            cursor.close()
        self._cursors = WeakSet()
        if self._connection is not None:
            if orderly and isinstance(self.path, Path):
                with suppress(duckdb.Error, OSError):  # then the next start moves it
                    checkpoints.move_log(self._connection, self.path)
            self._connection.close()
        self._connection = None
        self._generation += 1

    def _interrupt(self) -> None:
        for cursor in list(self._cursors):
            cursor.interrupt()


def utc_now() -> datetime:
    """The present moment, naive in UTC as the database keeps it. Only entry points call this; logic is given one."""
    return datetime.now(UTC).replace(tzinfo=None)


def _roll_back(cursor: duckdb.DuckDBPyConnection) -> None:
    try:
        cursor.execute("rollback")
    except duckdb.Error:
        log.warning("nothing to roll back")
