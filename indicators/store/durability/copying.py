"""Copies of the open database: written by DuckDB while the app runs, checked by another process, named when whole."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb

from indicators.store.durability import inspection
from indicators.store.durability.store_errors import StoreError
from indicators.store.durability.witness import log_of

UNFINISHED = ".part"
INSPECTION_SECONDS = 600


def write_copy(cursor: duckdb.DuckDBPyConnection, target: Path) -> bool:
    """Writes the database as of one moment to `target`, which gets its name when another process has read it all.

    False, with nothing written, where something was committed meanwhile: the copy is of one moment all the same, but
    nobody can tell of which, and so not whether it is whole. The folder must be one that the database may write to.
    Raises StoreError where the copy is not equal.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = unfinished_of(target)
    remove(unfinished)
    try:
        expected = inspection.contents(cursor)
        _copy(cursor, unfinished)
        if inspection.contents(cursor) != expected:
            return False
        if inspect(unfinished)["tables"] != expected:
            raise StoreError(f"Die Sicherung {target.name} ist nicht gelungen: sie gleicht der Datenbank nicht.")
        settle(unfinished, target)
    except duckdb.Error as error:
        raise StoreError(f"Die Sicherung {target.name} ist nicht gelungen. Ist genug Speicherplatz frei?") from error
    finally:
        remove(unfinished)
    return True


def inspect(file: Path) -> dict[str, Any]:
    """What `inspection` prints of a file. Raises StoreError where it is no whole database of ours."""
    found: dict[str, Any] = _asked(file)
    return found


def files_in(file: Path) -> frozenset[str]:
    """The SHA-256 of the uploaded files whose bytes a database file holds. Raises StoreError as `inspect` does."""
    return frozenset(_asked(file, "files"))


def _asked(file: Path, *what: str) -> Any:
    ran = subprocess.run(
        [sys.executable, "-I", str(Path(inspection.__file__)), str(file), *what],
        capture_output=True,
        text=True,
        timeout=INSPECTION_SECONDS,
        check=False,
    )
    if ran.returncode:
        raise StoreError(f"Die Datei {file} ist keine unbeschädigte Sicherung dieser Anwendung.")
    return json.loads(ran.stdout)


def unfinished_of(target: Path) -> Path:
    """What a file is called while it is being written."""
    return target.with_name(target.name + UNFINISHED)


def settle(unfinished: Path, target: Path) -> None:
    """Gives a written file its name such that it is there, whole, even when the power goes the next moment."""
    with unfinished.open("rb") as written:
        os.fsync(written.fileno())
    unfinished.replace(target)
    settle_folder(target.parent)


def settle_folder(folder: Path) -> None:
    """What was renamed or removed in it stays so, even when the power goes the next moment."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _copy(cursor: duckdb.DuckDBPyConnection, unfinished: Path) -> None:
    """One statement and its own transaction: inside of another DuckDB wants to change the locked configuration."""
    [(database,)] = cursor.execute("select current_database()").fetchall()
    place = str(unfinished).replace("'", "''")
    copy = f"copy_{os.getpid()}_{id(cursor)}"
    cursor.execute(f"attach '{place}' as {copy}")  # a path cannot be bound; the name is ours
    try:
        cursor.execute(f'copy from database "{database}" to {copy}')
        cursor.execute(f"checkpoint {copy}")
    finally:
        cursor.execute(f"detach {copy}")


def remove(unfinished: Path) -> None:
    """What an earlier try has left, with its log."""
    for file in (unfinished, log_of(unfinished)):
        file.unlink(missing_ok=True)
