"""A small file beside the log that says how much the log must hold.

DuckDB takes a log that ends early for one that a crash cut off, and one that is gone for one that was never there:
changes that were acknowledged would be missing in silence. While there is a log, this file tells how many rows the
append-only tables held after the last change; a database that holds fewer at its opening has lost some.
"""

import contextlib
import os
from pathlib import Path

import duckdb

CHANGES = """
select (select count(*) from event) + (select count(*) from upload) + (select count(*) from catalogue_version)
    + (select count(*) from user_role) + (select count(*) from ended_login) + (select count(*) from audit)
    + (select count(*) from release)
"""


def log_of(database: Path) -> Path:
    return database.with_name(database.name + ".wal")


def witness_of(database: Path) -> Path:
    return database.with_name(database.name + ".stand")


def log_size(database: Path) -> int:
    """Bytes that are committed but not yet in the file itself."""
    try:
        return log_of(database).stat().st_size
    except FileNotFoundError:
        return 0


def note(database: Path, connection: duckdb.DuckDBPyConnection) -> None:
    """To be called after each commit. Not synced: a power failure may leave an older number, never a later one."""
    unfinished = witness_of(database).with_suffix(f".stand-{os.getpid()}")
    unfinished.write_text(str(changes(connection)), encoding="ascii")
    unfinished.replace(witness_of(database))


def forget(database: Path) -> None:
    """To be called when everything is in the file itself."""
    if not log_size(database):
        witness_of(database).unlink(missing_ok=True)


def missing_changes(database: Path, connection: duckdb.DuckDBPyConnection) -> int:
    """How many rows of acknowledged changes the opened database does not hold; 0 where all is well."""
    with contextlib.suppress(FileNotFoundError, ValueError):
        return max(0, int(witness_of(database).read_text(encoding="ascii")) - changes(connection))
    return 0


def changes(connection: duckdb.DuckDBPyConnection) -> int:
    [(number,)] = connection.execute(CHANGES).fetchall()
    return int(number)
