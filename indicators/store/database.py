"""The database: what is asked of it, and what is written, by one writer at a time.

What holds for every kind of store is here and in `connections`; what a file of one machine and a store of several do in
their own way is in their engine (`embedded/`, `shared/`).
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from indicators.store.connections import Connections, Found, utc_now
from indicators.store.durability.disk_space import ROOM
from indicators.store.durability.store_errors import StoreError
from indicators.store.embedded.engine import EmbeddedFile
from indicators.store.engine import Engine
from indicators.store.shared.lake import NO_PACKAGES, Lake

__all__ = ["Store", "StoreError", "utc_now"]

log = logging.getLogger(__name__)


class Store:
    """One database: a file, one in memory, or a lake. Reads go through `query`, writes through `transaction`.

    A connection shared by threads returns other threads' values, so every read takes its own cursor; writers queue
    behind one lock, and behind those of other machines where there are some.
    """

    def __init__(
        self,
        path: Path | str | Lake = ":memory:",
        *,
        memory_limit: str = "2GB",
        now: datetime | None = None,
        room: int = ROOM,
    ) -> None:
        self.path = path if isinstance(path, Lake) or path == ":memory:" else Path(path).absolute()
        self.memory_limit = memory_limit
        self._engine = _engine(self.path, memory_limit, room)
        self._room = self._engine.room
        self.at_end: list[Callable[[], None]] = []  # called when the store is closed
        self._connections = Connections(self._engine, now or utc_now())
        self._writing = self._connections.writing
        self._remembers = True

    @property
    def closed(self) -> bool:
        return self._connections.closed

    @property
    def shared(self) -> bool:
        """Whether other processes write here too: what was asked a moment ago may have changed without us."""
        return isinstance(self.path, Lake)

    @property
    def beside(self) -> Path | None:
        """The file that small notes outside of the database are named after; None where nothing can be noted."""
        return self._engine.beside

    @property
    def cursor(self) -> duckdb.DuckDBPyConnection:
        """This thread's cursor. For everything but maintenance take `query`, which outlives a full disk.

        Whoever has it may write with it at any time, so from here on nothing that was answered is remembered.
        """
        self._remembers = False
        return self._connections.cursor

    def query(self, sql: str, parameters: Mapping[str, Any] | None = None, **tables: pa.Table) -> pd.DataFrame:
        """The rows of a statement; `tables` are Arrow tables that it may name. Asked again only where something may
        have been written since."""
        return self._asked(sql, parameters, tables, duckdb.DuckDBPyConnection.df)

    def rows(self, sql: str, parameters: Mapping[str, Any] | None = None, **tables: pa.Table) -> list[tuple[Any, ...]]:
        """The same for a small statement, as tuples."""
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

        ask = partial(self._connections.read, read)
        if tables or self.closed or not self._remembers:
            return ask()
        question = f"{fetch.__name__} {sql} {sorted((parameters or {}).items())!r}"
        return self.outlasting(partial(self._engine.answered, question, ask))

    def value(self, sql: str, parameters: Mapping[str, Any] | None = None) -> Any:
        """The first column of the first row, None where there is no row."""
        found = self.rows(sql, parameters)
        return found[0][0] if found else None

    def outlasting(self, act: Callable[[], Found]) -> Found:
        """Does it again where a server was away for a moment and nothing was saved; see `outages`."""
        return self._connections.outages.outlasted(act)

    @contextmanager
    def transaction(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor whose writes are all there after the block, or none of them. Raises StoreError when not saved."""
        with self._writing:
            cursor = self._writer()
            try:
                with self._engine.turn():
                    cursor.execute("begin")
                    yield cursor
                    self._engine.commit(cursor)
                    cursor.close()
                    self._settle()
            except duckdb.Error as error:
                _roll_back(cursor)
                cursor.close()
                log.exception("not saved")
                raise self._not_saved(error) from error
            except BaseException:
                _roll_back(cursor)
                cursor.close()
                raise

    def reading(self) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        """A cursor of its own for long work beside everything else, such as a backup."""
        return self._connections.reading()

    @contextmanager
    def still(self) -> Iterator[None]:
        """While inside, no other thread commits, and no other machine."""
        with self._writing, self._engine.turn():
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
        """What to tell while nothing can be saved."""
        return self._room.refusal

    @property
    def reason(self) -> str:
        """The same for strangers, in a few words that name no folder."""
        return self._room.reason

    @property
    def size(self) -> int:
        """Bytes that the database takes."""
        return self._connections.read(self._engine.size)

    def verify(self) -> None:
        """Looks whether everything is there and whole. Raises StoreError with the way back where it is not."""
        self._connections.read(self._engine.verify)

    def rewrite(self) -> None:
        """Writes everything anew: what was erased from tables is in none of its bytes afterwards. Raises StoreError.

        Reading goes on beside it and waits for the moment of the change; writing waits until all is done.
        """
        with self._writing:
            try:
                with self._engine.written_anew(self.reading()) as replacement:
                    if replacement:
                        self._connections.replace(replacement)
            except (duckdb.Error, OSError) as error:
                raise self._not_saved(error) from error

    def merge(self) -> tuple[int, int]:
        """Makes few data files of many, and leaves out what was erased; how many there were, and are.

        Reading goes on beside it; writing waits. Raises StoreError.
        """
        with self._writing, self.reading() as cursor:
            try:
                return self._engine.merged(cursor)
            except (duckdb.Error, OSError) as error:
                raise self._not_saved(error) from error

    def close(self) -> None:
        """Waits for those who still read or write; who comes later is told that there is no database."""
        self._connections.closed = True
        for act in self.at_end:
            act()
        self._connections.close()

    def _writer(self) -> duckdb.DuckDBPyConnection:
        if (self._room.full or not self._room.suffices()) and not self._recovered():
            raise StoreError(self.refusal)
        if not self._connections.open:
            self._connections.reopen(self._connections.generation)
        try:
            return self._connections.new_cursor()
        except duckdb.Error as error:
            raise self._not_saved(error) from error

    def _not_saved(self, error: Exception) -> StoreError:
        """What to tell after a failed write; the database is opened anew where DuckDB does not go on by itself."""
        told = self._engine.unsaved(error)
        if self._engine.needs_opening(error):
            try:
                self._connections.reopen(self._connections.generation)
            except StoreError:
                log.exception("the database could not be opened anew")
        return told

    def _settle(self) -> None:
        """After a commit, what the engine does to keep it; nothing of that makes it unsaved."""
        if not self._connections.open:
            return
        try:
            with self._connections.new_cursor() as cursor:
                self._engine.settle(cursor)
        except (duckdb.Error, OSError) as error:
            log.exception("what was committed is safe, but not tidied")
            self._not_saved(error)

    def _recovered(self) -> bool:
        """True where there is room again, and the file is open for writing."""
        with self._writing:
            if not (self._room.suffices() and self._room.can_be_taken()):
                self._room.is_full()
                return False
            if self._room.full:
                self._room.found_again()
                if self._engine.reopens_to_write:
                    self._connections.reopen(self._connections.generation)
                log.info("there is room again: the database is writable")
            return True


def _engine(path: Path | str | Lake, memory_limit: str, room: int) -> Engine:
    if isinstance(path, Lake):
        try:  # what it needs is installed only where it is used
            from indicators.store.shared.engine import SharedLake
        except ModuleNotFoundError as error:
            raise StoreError(NO_PACKAGES) from error
        return SharedLake(path, memory_limit, room)
    return EmbeddedFile(path if isinstance(path, Path) else None, memory_limit, room)


def _roll_back(cursor: duckdb.DuckDBPyConnection) -> None:
    try:
        cursor.execute("rollback")
    except duckdb.Error:
        log.warning("nothing to roll back")
