"""One writer at a time over all machines: a lock in the same PostgreSQL, held for the commit.

DuckLake guards nothing: two writers who each look for the highest number and add one both commit, and the number is
there twice. The lock belongs to a connection of its own, so the database lets go of it when a process dies. It is
psycopg's: DuckDB's own connections to PostgreSQL end the process where one is cut in the middle of a statement that
waits (decision 0950).
"""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg.errors import LockNotAvailable

from indicators.store.durability.store_errors import AwayError, StoreError
from indicators.store.shared import lake_errors
from indicators.store.shared.lake import Lake

KEY = 0x1A7E_2A71
PATIENCE = 60
"""Seconds that a writer waits for the others."""
SETTINGS = f"set lock_timeout = '{PATIENCE}s'; set statement_timeout = 0; set idle_session_timeout = 0"
TAKE = f"select pg_advisory_lock({KEY})"
SERVER = "select pg_postmaster_start_time()"
HELD = "select count(*) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid() and granted"


class Turn:
    """The turn of this process, from the lock to its end; with it goes what PostgreSQL itself is asked."""

    def __init__(self, lake: Lake, server: psycopg.Connection) -> None:
        self._lake = lake
        self._server = server
        self._since = self.ask(SERVER)

    def demand(self) -> None:
        """Raises StoreError where the lock is lost: the connection was cut and another writer may be on."""
        try:
            held = self.ask(HELD)
        except psycopg.Error as error:
            raise AwayError(lake_errors.TURN_LOST) from error
        if held != [(1,)]:
            raise AwayError(lake_errors.TURN_LOST)

    def has_ended(self) -> bool:
        """Whether the server that gave it is not there any more, and with it whatever was asked of it by then."""
        return asked(self._lake, SERVER) != self._since

    def ask(self, sql: str) -> list[tuple[object, ...]]:
        return self._server.execute(sql.encode()).fetchall()

    def do(self, sql: str) -> None:
        self._server.execute(sql.encode())


@contextmanager
def taken(lake: Lake) -> Iterator[Turn]:
    """Waits for the turn. Raises StoreError."""
    try:
        server = psycopg.connect(lake.connection, autocommit=True)
    except psycopg.Error as error:
        raise AwayError(lake_errors.NOT_SAVED_AWAY) from error
    try:
        try:
            server.execute(SETTINGS.encode())
            server.execute(TAKE.encode())
            turn = Turn(lake, server)
        except LockNotAvailable as error:
            raise StoreError(lake_errors.BUSY) from error
        except psycopg.Error as error:
            raise AwayError(lake_errors.NOT_SAVED_AWAY) from error
        yield turn
    finally:
        server.close()


def asked(lake: Lake, sql: str) -> list[tuple[object, ...]]:
    """What PostgreSQL itself says. Raises StoreError where it is away."""
    try:
        with psycopg.connect(lake.connection, autocommit=True) as server:
            return server.execute(sql.encode()).fetchall()
    except psycopg.Error as error:
        raise AwayError(lake_errors.AWAY) from error
