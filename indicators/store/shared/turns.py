"""One writer at a time over all machines: a lock in the same PostgreSQL, held for the commit.

DuckLake guards nothing: two writers who each look for the highest number and add one both commit, and the number is
there twice. The lock belongs to a transaction on PostgreSQL, so the database lets go of it when a process dies.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import duckdb

from indicators.store.durability.store_errors import StoreError
from indicators.store.shared import lake_errors

SERVER = "turn"
"""The name that PostgreSQL itself is attached by, beside the lake."""
KEY = 0x1A7E6_2A71
PATIENCE = 60
"""Seconds that a writer waits for the others."""

SETTINGS = (
    f"set local lock_timeout = '{PATIENCE}s'",
    "set local statement_timeout = 0",
    "set local idle_in_transaction_session_timeout = 0",  # a long change must not lose its turn
)
TAKE = f"select pg_advisory_xact_lock({KEY})"
HELD = "select count(*) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid() and granted"
ASK = f"select * from postgres_query('{SERVER}', $sql)"  # noqa: S608


class Turn:
    """The turn of this process, from the lock to its end."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection) -> None:
        self._cursor = cursor

    def demand(self) -> None:
        """Raises StoreError where the lock is lost: the connection was cut and another writer may be on."""
        try:
            [(held,)] = self._cursor.execute(ASK, {"sql": HELD}).fetchall()
        except duckdb.Error as error:
            raise StoreError(lake_errors.TURN_LOST) from error
        if not held:
            raise StoreError(lake_errors.TURN_LOST)


@contextmanager
def taken(cursor: duckdb.DuckDBPyConnection) -> Iterator[Turn]:
    """Waits for the turn. `cursor` is one of its own, for as long as this lasts. Raises StoreError."""
    try:
        cursor.execute("begin")
        for setting in SETTINGS:
            cursor.execute(f"call postgres_execute('{SERVER}', $sql)", {"sql": setting})
        cursor.execute(ASK, {"sql": TAKE}).fetchall()
    except duckdb.Error as error:
        cursor.close()
        waited = lake_errors.WAITED.search(str(error))
        raise StoreError(lake_errors.BUSY if waited else lake_errors.NOT_SAVED_AWAY) from error
    try:
        yield Turn(cursor)
    finally:
        with suppress(duckdb.Error):  # a connection that is gone holds no lock
            cursor.execute("rollback")
        cursor.close()
