"""A DuckDB file, or a database in memory. One process owns the file, so its own lock is all that writers need."""

import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from datetime import datetime
from pathlib import Path

import duckdb

from indicators.store.answers import Answers
from indicators.store.durability import checkpoints, inspection, numbers, rewriting, store_errors, witness
from indicators.store.durability.disk_space import Room
from indicators.store.durability.store_errors import StoreError
from indicators.store.embedded.opening import Opener
from indicators.store.engine import Found, Replacement

log = logging.getLogger(__name__)

LONG_LOG = 4 << 20
"""Bytes of log above which a commit moves it into the file. DuckDB would do so inside of the commit, and a full disk
then fails a commit that is saved."""


class EmbeddedFile:
    """It goes on where DuckDB gives up: readable on a full disk, opened anew where DuckDB has closed itself."""

    reopens_to_write = True
    patience = 0.0

    def __init__(self, path: Path | None, memory_limit: str, least_room: int) -> None:
        self.beside = path
        self.room = Room(path.parent if path else None, least_room)
        self._opener = Opener(path, memory_limit, self.room)
        self._commits = 0  # nobody else writes to the file
        self._answers = Answers(lambda: self._commits)

    def open(self, now: datetime) -> duckdb.DuckDBPyConnection:
        connection = self._opener.open(now)
        with suppress(duckdb.Error):  # who reads what cannot be read is told so
            numbers.note(self.beside, connection)
        return connection

    def not_open(self) -> StoreError:
        return self._opener.not_open()

    def ready(self, cursor: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
        return cursor

    def answered(self, question: str, ask: Callable[[], Found]) -> Found:
        return self._answers.answered(question, ask)

    def turn(self) -> AbstractContextManager[None]:
        return nullcontext()

    def commit(self, cursor: duckdb.DuckDBPyConnection) -> None:
        try:
            cursor.execute("commit")
        finally:  # where nobody knows whether it was saved, nobody goes on with what was known before
            self._commits += 1

    def settle(self, cursor: duckdb.DuckDBPyConnection) -> None:
        """Notes how far the log reaches, or moves it into the file where it has grown long."""
        if self.beside is None:
            return
        numbers.note(self.beside, cursor)
        if witness.log_size(self.beside) < LONG_LOG or not checkpoints.move_log(cursor, self.beside):
            witness.note(self.beside, cursor)

    def unreadable(self, error: duckdb.Error) -> StoreError | None:
        return store_errors.damaged(self.beside) if self.beside and store_errors.is_damaged(error) else None

    def unsaved(self, error: Exception) -> StoreError:
        full = store_errors.is_full(error)
        if full:
            self.room.is_full()
        if self.beside and store_errors.is_damaged(error):
            return store_errors.damaged(self.beside)
        return StoreError(self.room.refusal if full else store_errors.NOT_SAVED)

    def needs_opening(self, error: Exception) -> bool:
        cut_short = self.beside is not None and checkpoints.kept_of(self.beside).exists()
        return store_errors.is_full(error) or cut_short or store_errors.is_unusable(error)

    def is_dead(self, error: duckdb.Error) -> bool:
        return store_errors.is_unusable(error)

    def verify(self, cursor: duckdb.DuckDBPyConnection) -> None:
        inspection.contents(cursor)

    def size(self, cursor: duckdb.DuckDBPyConnection) -> int:
        return self.beside.stat().st_size if self.beside else 0

    @contextmanager
    def written_anew(self, reading: AbstractContextManager[duckdb.DuckDBPyConnection]) -> Iterator[Replacement | None]:
        if self.beside is None:
            yield None
            return
        path = self.beside
        with reading as cursor:
            fresh = rewriting.written_anew(cursor, path)

        def replace() -> None:
            try:
                rewriting.take_place(fresh, path)
            except OSError as error:
                raise StoreError(f"Die Datenbankdatei ließ sich nicht ersetzen: {error.strerror}.") from error

        try:
            yield replace
        finally:
            fresh.unlink(missing_ok=True)

    def merged(self, cursor: duckdb.DuckDBPyConnection) -> tuple[int, int]:
        return 1, 1

    def finish(self, connection: duckdb.DuckDBPyConnection) -> None:
        """In an orderly end no log is left."""
        if self.beside is not None:
            with suppress(duckdb.Error, OSError):  # then the next start moves it
                checkpoints.move_log(connection, self.beside)
