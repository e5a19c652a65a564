"""Writing the database file anew, so that what was removed from its tables is in none of its blocks.

DuckDB marks what is deleted and gives blocks free, but leaves the bytes where they are. A copy of what is there holds
nothing else; it is checked by another process and then takes the place of the file in one step, so that whenever
this is cut short either the old file is there, whole, or the new one.
"""

import os
import shutil
from pathlib import Path

import duckdb

from indicators.store.durability import checkpoints, copying
from indicators.store.durability.disk_space import ROOM
from indicators.store.durability.lock import locked
from indicators.store.durability.store_errors import StoreError, backups_folder
from indicators.store.durability.witness import log_of, log_size

NO_ROOM = (
    "Für das Neuschreiben der Datenbankdatei ist nicht genug Speicherplatz frei. Es wird einmal am Tag wieder versucht."
)


def written_anew(cursor: duckdb.DuckDBPyConnection, database: Path) -> Path:
    """A checked copy of what the database holds, beside its backups. To be called while nobody commits."""
    folder = backups_folder(database)
    folder.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(folder).free < database.stat().st_size + log_size(database) + ROOM:
        raise StoreError(NO_ROOM)
    if not checkpoints.move_log(cursor, database):
        raise StoreError(NO_ROOM)
    fresh = folder / f"unterwegs-{os.getpid()}-neu-{database.name}"
    fresh.unlink(missing_ok=True)
    if not copying.write_copy(cursor, fresh):
        raise StoreError("Die Datenbankdatei ließ sich nicht neu schreiben. Bitte versuchen Sie es noch einmal.")
    shutil.copymode(database, fresh)
    return fresh


def take_place(fresh: Path, database: Path) -> None:
    """Puts the copy where the file is. To be called while this process does not have it open; its log is empty."""
    beside = fresh
    if fresh.stat().st_dev != database.parent.stat().st_dev:
        beside = database.with_name(f"{database.name}.neu")
        shutil.copyfile(fresh, beside)
        shutil.copymode(database, beside)
        fresh.unlink()
    with locked(database):
        if log_size(database):
            raise StoreError("Die Datenbankdatei wurde nicht neu geschrieben: inzwischen kam etwas hinzu.")
        log_of(database).unlink(missing_ok=True)
        copying.settle(beside, database)
