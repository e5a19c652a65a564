"""Which commit of a lake is the last: each one, of whichever machine, is a snapshot with a number of its own.

PostgreSQL is asked before every answer, which takes a tenth of a question itself, so an answer that is kept is never
older than the moment it is given.
"""

import threading

import psycopg

from indicators.store.durability.store_errors import AwayError
from indicators.store.shared import lake_errors
from indicators.store.shared.lake import Lake

LAST = b"select max(snapshot_id) from ducklake_snapshot"


class LastCommit:
    """Of one lake, for all threads, on a connection of its own."""

    def __init__(self, lake: Lake) -> None:
        self._lake = lake
        self._server: psycopg.Connection | None = None
        self._asking = threading.Lock()

    @property
    def number(self) -> int:
        """Raises AwayError."""
        with self._asking:
            try:
                self._server = self._server or psycopg.connect(self._lake.connection, autocommit=True)
                [(number,)] = self._server.execute(LAST).fetchall()
            except psycopg.Error as error:
                self._server = None
                raise AwayError(lake_errors.AWAY) from error
        return int(number)

    def close(self) -> None:
        with self._asking:
            if self._server:
                self._server.close()
            self._server = None
