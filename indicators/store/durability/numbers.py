"""A small file outside of the data folder with the highest numbers ever given to deliveries and states of the data.

A number stands in minutes and letters. After a backup was put back the database knows only the numbers of then, and
would give those that came after it once more, to other deliveries. The file is not beside the database, so that it
outlives that as well when the whole folder is put back; only where nothing else may be written it is.
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
    """Named after folder and file, as several installations may lie side by side."""
    folder = database.parent
    return _outside(database) if os.access(folder.parent, os.W_OK) else folder / f"{database.name}.nummern"


def _outside(database: Path) -> Path:
    folder = database.parent
    return folder.parent / f".{folder.name}-{database.name}.nummern"


def given(database: Path | None) -> tuple[int, int]:
    """The highest numbers of a delivery and of an event that were ever given here; zeros where none are known."""
    if database is None:
        return 0, 0
    highest = 0, 0
    for file in (_outside(database), database.with_name(f"{database.name}.nummern")):
        with contextlib.suppress(OSError, ValueError):
            delivery, event = map(int, file.read_text(encoding="ascii").split())
            highest = max(highest[0], delivery), max(highest[1], event)
    return highest


def forget(database: Path) -> None:
    """For a database that begins anew and whose numbers nobody has in their letters: a sample that is being built."""
    for file in (_outside(database), database.with_name(f"{database.name}.nummern")):
        file.unlink(missing_ok=True)


def note(database: Path | None, connection: duckdb.DuckDBPyConnection) -> None:
    """To be called after each event and at each start. What cannot be noted stops nothing."""
    if database is None:
        return
    [(delivery, event)] = connection.execute(HIGHEST).fetchall()
    _note(database, delivery, event)


def take_over(database: Path | None, former: Path | None) -> None:
    """What was given in the store that everything came from is given here."""
    if database is not None:
        _note(database, *given(former))


def _note(database: Path, delivery: int, event: int) -> None:
    before = given(database)
    highest = max(delivery, before[0]), max(event, before[1])
    if highest == before:
        return
    target = numbers_of(database)
    unfinished = target.with_suffix(f".nummern-{os.getpid()}")
    try:
        unfinished.write_text(f"{highest[0]} {highest[1]}", encoding="ascii")
        unfinished.replace(target)
    except OSError:
        log.warning("the highest numbers could not be noted", exc_info=True)
