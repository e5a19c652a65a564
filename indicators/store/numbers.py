"""A small file beside the database that keeps the highest numbers ever given to deliveries and states of the data.

A number stands in minutes and letters. After a backup was put back the database knows only the numbers of then, and
would give those that came after it once more, to other deliveries.
"""

import contextlib
import logging
import os
from pathlib import Path

import duckdb

log = logging.getLogger(__name__)

HIGHEST = """
select (select coalesce(max(id), 0) from delivery), (select coalesce(max(id), 0) from event)
"""


def numbers_of(database: Path) -> Path:
    return database.with_name(database.name + ".nummern")


def given(database: Path | str) -> tuple[int, int]:
    """The highest numbers of a delivery and of an event that were ever given here; zeros where none are known."""
    if not isinstance(database, Path):
        return 0, 0
    with contextlib.suppress(OSError, ValueError):
        delivery, event = numbers_of(database).read_text(encoding="ascii").split()
        return int(delivery), int(event)
    return 0, 0


def note(database: Path | str, connection: duckdb.DuckDBPyConnection) -> None:
    """To be called after each event and at each start. What cannot be noted stops nothing."""
    if not isinstance(database, Path):
        return
    [(delivery, event)] = connection.execute(HIGHEST).fetchall()
    before = given(database)
    highest = max(delivery, before[0]), max(event, before[1])
    if highest == before:
        return
    unfinished = numbers_of(database).with_suffix(f".nummern-{os.getpid()}")
    try:
        unfinished.write_text(f"{highest[0]} {highest[1]}", encoding="ascii")
        unfinished.replace(numbers_of(database))
    except OSError:
        log.warning("the highest numbers could not be noted", exc_info=True)
