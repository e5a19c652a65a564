"""Opening the database file: settings, migrations, views, lockdown, and what is refused."""

import logging
from datetime import datetime
from pathlib import Path

import duckdb

from indicators.store import schema
from indicators.store.durability import checkpoints, copying, store_errors, witness
from indicators.store.durability.disk_space import Room
from indicators.store.durability.store_errors import StoreError
from indicators.store.embedded import engine_change
from indicators.store.lockdown import lock_down

log = logging.getLogger(__name__)


class Opener:
    """Opens one file, again and again. `path` is None for a database in memory."""

    def __init__(self, path: Path | None, memory_limit: str, room: Room) -> None:
        self.path = path
        self.memory_limit = memory_limit
        self.room = room
        self._views_made = False

    def open(self, now: datetime) -> duckdb.DuckDBPyConnection:
        """The connection, migrated and locked down; on a full disk for reading only. Raises StoreError."""
        try:
            if self.path is not None:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                checkpoints.put_back(self.path)
                store_errors.refuse_to_begin_anew(self.path)
            new = self.path is None or not self.path.exists()
            if self.path is not None and not new and not self._views_made:
                engine_change.copied_before(self.path, now)
            connection = self._connect()
            try:
                self._prepare(connection, now, new)
            except BaseException:
                connection.close()
                raise
        except duckdb.Error as error:
            if not store_errors.is_full(error) or new or self.room.full:
                raise self._cannot_open(error) from error
            self.room.is_full()
            return self.open(now)
        except OSError as error:
            raise StoreError(f"Die Datenbank {self.path} lässt sich nicht öffnen: {error.strerror}.") from error
        return connection

    def not_open(self) -> StoreError:
        """What to tell where there is no connection."""
        return StoreError(self.room.refusal) if self.room.full or self.path is None else store_errors.damaged(self.path)

    def _connect(self) -> duckdb.DuckDBPyConnection:
        try:
            if self.path is not None and not self.path.exists():
                _begin(self.path)
            return duckdb.connect(str(self.path or ":memory:"))
        except duckdb.Error as error:
            if not store_errors.is_full(error) or self.path is None or not self.path.exists():
                raise
            log.exception("the disk is full: the database is only read")
            self.room.is_full()
            return duckdb.connect(str(self.path), read_only=True)

    def _prepare(self, connection: duckdb.DuckDBPyConnection, now: datetime, new: bool) -> None:
        connection.execute("set wal_autocheckpoint = '1TB'")  # ours follow a commit, and have a way back,
        connection.execute("pragma disable_checkpoint_on_shutdown")  # which DuckDB's own have not
        connection.execute("set memory_limit = $limit", {"limit": self.memory_limit})
        connection.execute("set TimeZone = 'UTC'")
        if self.path is not None:
            engine_change.refuse_older(connection, self.path)
            self._keep_safe(connection, self.path, now, new)
        if schema.pending(connection) or not (self._views_made or self.room.full):
            schema.migrate(connection, now)
            schema.create_views(connection)
            if self.path is not None:
                if lost := witness.missing_changes(self.path, connection):
                    log.error("%s rows of acknowledged changes are missing", lost)
                    raise store_errors.damaged(self.path)
                checkpoints.move_log(connection, self.path)
            self._views_made = True  # on a full disk those of the last start serve until there is room
        lock_down(connection)

    def _keep_safe(self, connection: duckdb.DuckDBPyConnection, path: Path, now: datetime, new: bool) -> None:
        """Where backups may be written, and one before a migration; an empty database is no full one."""
        folder = store_errors.backups_folder(path)
        connection.execute("set allowed_directories = $folders", {"folders": [str(folder)]})
        waiting = schema.pending(connection)
        if waiting and schema.applied(connection):
            name = path.name.removesuffix(".duckdb")
            copying.write_copy(connection, folder / f"{name}-vor-{waiting[0].stem}-{now:%Y%m%dT%H%M%S}.duckdb")
        elif waiting and not new and store_errors.backups_of(path):
            raise store_errors.damaged(path)  # an empty database where there was a full one
        if not new and not self.room.suffices():
            self.room.is_full()

    def _cannot_open(self, error: duckdb.Error) -> StoreError:
        if "could not set lock" in str(error).lower():
            return store_errors.InUseError()
        if self.path is not None and engine_change.is_too_old(error):
            return engine_change.too_old(self.path)
        log.exception("cannot open the database")
        if store_errors.is_full(error) or self.path is None:
            return StoreError(self.room.refusal)
        return store_errors.damaged(self.path)


def _begin(path: Path) -> None:
    """An empty database, under its name only once it is whole: a kill in its first moments leaves no half one."""
    unfinished = copying.unfinished_of(path)
    copying.remove(unfinished)
    duckdb.connect(str(unfinished)).close()
    copying.settle(unfinished, path)
