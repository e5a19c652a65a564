"""A lake: tables over several machines. PostgreSQL keeps what is valid, a shared folder keeps the rows.

A connection that was cut makes itself anew at the next statement, so nothing is ever opened again for that.
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from uuid import uuid4

import duckdb

from indicators.store.answers import Answers
from indicators.store.durability import numbers, store_errors
from indicators.store.durability.disk_space import Room
from indicators.store.durability.store_errors import AwayError, StoreError
from indicators.store.engine import Found, Replacement
from indicators.store.shared import compaction, lake_errors, turns
from indicators.store.shared.lake import Lake
from indicators.store.shared.last_commit import LastCommit
from indicators.store.shared.opening import NAME, TABLES_AND_VIEWS, opened
from indicators.store.shared.turns import Turn, asked

log = logging.getLogger(__name__)

SIGN = f"call ducklake_set_commit_message('{NAME}', 'integrationsmonitoring', '', extra_info => $sign)"
SIGNED = "select 1 from ducklake_snapshot_changes where commit_extra_info = '{}'"
PATIENCE = 15.0
"""Seconds that a server has to come back, before we say that we do not know whether a commit has reached it."""
MARGIN = 5.0
FILES = """
with place as (
    select distinct one.table_id, whole.path || one.path as path
    from ducklake_table as one join ducklake_schema as whole using (schema_id)
)
select place.path || file.path from ducklake_data_file as file join place using (table_id)
where file.end_snapshot is null
union all
select place.path || file.path from ducklake_delete_file as file join place using (table_id)
where file.end_snapshot is null
"""
SIZE = "select coalesce(sum(file_size_bytes), 0) + pg_database_size(current_database()) from ducklake_data_file"


class SharedFolder(Room):
    """Room in the shared folder; a folder that is not the lake's has none."""

    def __init__(self, lake: Lake, least: int) -> None:
        super().__init__(lake.folder, least)
        self.lake = lake

    def suffices(self) -> bool:
        return self.lake.marker.exists() and super().suffices()

    @property
    def reason(self) -> str:
        return super().reason if self.lake.marker.exists() else "Der gemeinsame Datenordner ist nicht da"

    @property
    def refusal(self) -> str:
        if self.lake.marker.exists():
            return super().refusal
        return f"Nicht gespeichert: Es wurde nichts verändert. {lake_errors.no_folder(self.lake.folder)}"


class SharedLake:
    """Opens one lake. What a commit that was cut off has come to is asked of PostgreSQL, by a sign that it carries."""

    reopens_to_write = False
    patience = 5.0

    def __init__(self, lake: Lake, memory_limit: str, least_room: int) -> None:
        self.lake = lake
        self.beside = lake.folder / "lake"
        self.room = SharedFolder(lake, least_room)
        self._memory_limit = memory_limit
        self._last_commit = LastCommit(lake)
        self._answers = Answers(lambda: self._last_commit.number)
        self._turn: Turn | None = None

    def open(self, now: datetime) -> duckdb.DuckDBPyConnection:
        return opened(self.lake, self._memory_limit, now)

    def not_open(self) -> StoreError:
        return StoreError(lake_errors.AWAY)

    def ready(self, cursor: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
        return cursor.execute(TABLES_AND_VIEWS)

    def answered(self, question: str, ask: Callable[[], Found]) -> Found:
        return self._answers.answered(question, ask)

    @contextmanager
    def turn(self) -> Iterator[None]:
        with turns.taken(self.lake) as self._turn:
            yield
        self._turn = None

    def commit(self, cursor: duckdb.DuckDBPyConnection) -> None:
        sign = uuid4().hex
        cursor.execute(SIGN, {"sign": sign})
        assert self._turn is not None
        self._turn.demand()
        try:
            cursor.execute("commit")
        except duckdb.Error as error:
            if not lake_errors.is_gone(error):
                raise
            log.exception("the connection was cut in a commit")
            if self._has_arrived(sign):
                return
            if not self._turn.has_ended():  # whoever committed may still be at it, so it is not made again
                raise StoreError(lake_errors.NOT_SAVED_AWAY) from error
            raise

    def settle(self, cursor: duckdb.DuckDBPyConnection) -> None:
        numbers.note(self.beside, cursor)

    def unreadable(self, error: duckdb.Error) -> StoreError | None:
        if lake_errors.is_gone(error):
            return AwayError(lake_errors.AWAY)
        if not lake_errors.NO_FILE.search(str(error)):
            return None
        told = lake_errors.no_folder(self.lake.folder)
        # Files that were written anew meanwhile: asked again, what holds now is found.
        return AwayError(str(told)) if self.lake.marker.exists() else told

    def unsaved(self, error: Exception) -> StoreError:
        if lake_errors.is_gone(error):
            return AwayError(lake_errors.NOT_SAVED_AWAY)
        full = store_errors.is_full(error)
        if full:
            self.room.is_full()
        return StoreError(self.room.refusal if full else store_errors.NOT_SAVED)

    def needs_opening(self, error: Exception) -> bool:
        return isinstance(error, duckdb.Error) and self.is_dead(error)

    def is_dead(self, error: duckdb.Error) -> bool:
        return type(error).__name__ in ("FatalException", "InternalException")

    def verify(self, cursor: duckdb.DuckDBPyConnection) -> None:
        """Whether each file that PostgreSQL names lies in the folder; reading them all would take minutes."""
        named = {str(path) for (path,) in asked(self.lake, FILES)}
        there = {str(file.relative_to(self.lake.folder)) for file in self.lake.folder.rglob("*.parquet")}
        if lost := len(named - there):
            log.error("%s data files are missing, such as %s", lost, min(named - there))
            raise lake_errors.files_lost(lost, self.lake.folder)

    def size(self, cursor: duckdb.DuckDBPyConnection) -> int:
        [(found,)] = asked(self.lake, SIZE)
        return int(str(found))

    @contextmanager
    def written_anew(self, reading: AbstractContextManager[duckdb.DuckDBPyConnection]) -> Iterator[Replacement | None]:
        with reading as cursor, turns.taken(self.lake) as turn:
            compaction.without_erased(self.lake, cursor, turn, PATIENCE + MARGIN)
        yield None

    def merged(self, cursor: duckdb.DuckDBPyConnection) -> tuple[int, int]:
        with turns.taken(self.lake) as turn:
            return compaction.merged(self.lake, cursor, turn, PATIENCE + MARGIN)

    def finish(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Nothing waits: what was committed is in PostgreSQL and in the folder."""
        self._last_commit.close()

    def _has_arrived(self, sign: str) -> bool:
        """Whether the commit that carries the sign is in the database. Raises StoreError where nobody can be asked."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                return bool(asked(self.lake, SIGNED.format(sign)))
            except StoreError as error:
                if time.monotonic() > until:
                    raise StoreError(lake_errors.UNCLEAR) from error
                time.sleep(0.5)
