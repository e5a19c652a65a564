"""What a kind of store does in its own way; `database.Store` does what all have in common."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Protocol, TypeVar

import duckdb

from indicators.store.durability.disk_space import Room
from indicators.store.durability.store_errors import StoreError

Found = TypeVar("Found")


class Replacement(Protocol):
    """A database written anew beside the one in use; called while nobody has that open, it takes its place."""

    def __call__(self) -> None: ...


class Engine(Protocol):
    """Opens one database, again and again, and says what a failure means. Knows no threads: those are the store's."""

    @property
    def room(self) -> Room:
        """Whether there is room to write."""

    @property
    def beside(self) -> Path | None:
        """The file that small notes outside of the database are named after; None where nothing can be noted."""

    @property
    def patience(self) -> float:
        """Seconds for which a server that is away is asked again before anybody is told; 0 where there is none."""

    @property
    def reopens_to_write(self) -> bool:
        """Whether a database that was found full is open for reading only, until it is opened anew."""

    def open(self, now: datetime) -> duckdb.DuckDBPyConnection:
        """A connection that is ready for use, migrated and locked down. Raises StoreError."""

    def not_open(self) -> StoreError:
        """What to tell where there is no connection."""

    def ready(self, cursor: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
        """A fresh cursor, made to find tables and views."""

    def answered(self, question: str, ask: Callable[[], Found]) -> Found:
        """The answer of `ask`, or the one that it gave to the same question if nothing was saved anywhere since."""

    def turn(self) -> AbstractContextManager[None]:
        """While inside, no other process writes. Raises StoreError."""

    def commit(self, cursor: duckdb.DuckDBPyConnection) -> None:
        """Returns where all is saved; raises duckdb.Error where nothing is, StoreError where nobody knows."""

    def settle(self, cursor: duckdb.DuckDBPyConnection) -> None:
        """After a commit, within the turn: what is noted, or tidied. Raises duckdb.Error and OSError."""

    def unreadable(self, error: duckdb.Error) -> StoreError | None:
        """What to tell where reading failed; None where the statement itself was wrong, or opening anew helps."""

    def unsaved(self, error: Exception) -> StoreError:
        """What to tell where a change failed; remembers where there is no room."""

    def needs_opening(self, error: Exception) -> bool:
        """Whether nothing more can be written after this failure until the database is opened anew."""

    def is_dead(self, error: duckdb.Error) -> bool:
        """Whether nothing more can be read either."""

    def verify(self, cursor: duckdb.DuckDBPyConnection) -> None:
        """Looks whether everything is there. Raises duckdb.Error and StoreError."""

    def size(self, cursor: duckdb.DuckDBPyConnection) -> int:
        """Bytes that it takes."""

    def written_anew(
        self, reading: AbstractContextManager[duckdb.DuckDBPyConnection]
    ) -> AbstractContextManager[Replacement | None]:
        """Writes all that is there anew, without what was erased; None where that is done already."""

    def merged(self, cursor: duckdb.DuckDBPyConnection) -> tuple[int, int]:
        """Makes few data files of many; how many there were, and are."""

    def finish(self, connection: duckdb.DuckDBPyConnection) -> None:
        """The orderly end, before the connection is closed."""
