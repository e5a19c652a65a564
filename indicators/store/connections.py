"""One connection a process, one cursor a thread: opened anew where DuckDB gives up, closed when nobody uses them."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TypeVar
from weakref import WeakSet

import duckdb

from indicators.store.durability import store_errors
from indicators.store.durability.store_errors import StoreError
from indicators.store.engine import Engine, Replacement
from indicators.store.open_reads import Readers
from indicators.store.outages import Outages

log = logging.getLogger(__name__)

Found = TypeVar("Found")


class Connections:
    """What is open of one database. `writing` is held by whoever writes, opens or closes."""

    def __init__(self, engine: Engine, now: datetime) -> None:
        self.engine = engine
        self.outages = Outages(engine.patience)
        self.writing = threading.RLock()
        self.closed = False
        self.generation = 0
        self._readers = Readers()
        self._local = threading.local()
        self._cursors: WeakSet[duckdb.DuckDBPyConnection] = WeakSet()
        self._connection: duckdb.DuckDBPyConnection | None = self.outages.outlasted(lambda: engine.open(now))

    @property
    def open(self) -> bool:
        return self._connection is not None

    @property
    def cursor(self) -> duckdb.DuckDBPyConnection:
        """This thread's."""
        if getattr(self._local, "generation", None) != self.generation:
            self._local.cursor = self.new_cursor()
            self._local.generation = self.generation
        cursor: duckdb.DuckDBPyConnection = self._local.cursor
        return cursor

    def new_cursor(self) -> duckdb.DuckDBPyConnection:
        """One for whoever asks, who closes it."""
        if self._connection is None:
            raise StoreError(store_errors.CLOSED) if self.closed else self.engine.not_open()
        cursor = self.engine.ready(self._connection.cursor())
        self._cursors.add(cursor)
        return cursor

    @contextmanager
    def reading(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor of its own, and nothing is closed meanwhile."""
        with self._readers.inside(), self.new_cursor() as cursor:
            yield cursor

    def read(self, act: Callable[[duckdb.DuckDBPyConnection], Found]) -> Found:
        """Runs a read; opens the database anew and tries once more where DuckDB has closed itself.

        Where a server is away for a moment, what was cut off is asked again, on a fresh cursor.
        """
        return self.outages.outlasted(lambda: self._read(act))

    def _read(self, act: Callable[[duckdb.DuckDBPyConnection], Found]) -> Found:
        generation = self.generation
        if self._connection is None:
            self.reopen(generation)
        try:
            with self._readers.inside():
                return act(self.cursor)
        except duckdb.Error as error:
            if told := self.engine.unreadable(error):
                self._local.generation = None  # the next read has a fresh cursor
                raise told from error
            if not self.engine.is_dead(error):
                raise
            log.exception("the database is opened anew")
        self.reopen(generation)
        with self._readers.inside():
            return act(self.cursor)

    def reopen(self, generation: int) -> None:
        """Closes everything and opens the database anew, unless another thread has done so since `generation`.

        Raises StoreError where that is not possible; whoever reads or writes next tries again.
        """
        with self.writing:
            if generation == self.generation and not self.closed:
                self.replace(lambda: None)

    def replace(self, take_place: Replacement) -> None:
        """Closes everything, lets another database take its place, and opens that."""
        with self._readers.nobody(self._interrupt) as gone:
            if not gone:  # DuckDB would hand out the old instance again
                raise StoreError(store_errors.STILL_READ)
            self._shut()
            try:
                take_place()
            finally:
                self._connection = self.engine.open(utc_now())

    def close(self) -> None:
        """Waits for those who still read or write; who comes later is told that there is no database."""
        self.closed = True
        with self.writing, self._readers.nobody(self._interrupt) as gone:
            if gone:
                self._shut(orderly=True)
            else:  # closing a cursor under the thread that uses it would end the process: all is left to its end
                self._connection = None
                self.generation += 1

    def _shut(self, *, orderly: bool = False) -> None:
        """Closes every cursor and the connection, where nobody uses them."""
        for cursor in list(self._cursors):
            cursor.close()
        self._cursors = WeakSet()
        if self._connection is not None:
            if orderly:
                self.engine.finish(self._connection)
            self._connection.close()
        self._connection = None
        self.generation += 1

    def _interrupt(self) -> None:
        for cursor in list(self._cursors):
            cursor.interrupt()


def utc_now() -> datetime:
    """The present moment, naive in UTC as the database keeps it. Only entry points call this; logic is given one."""
    return datetime.now(UTC).replace(tzinfo=None)
