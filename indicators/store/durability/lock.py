"""The lock that DuckDB itself takes on a database file, for those who replace the file."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indicators.store.durability.store_errors import InUseError


@contextmanager
def locked(database: Path) -> Iterator[None]:
    """While inside, no process opens the database. Raises InUseError where one has.

    Not for a process that has it open itself: POSIX would take that lock away when this one is given back.
    """
    if not database.exists():
        yield
        return
    with database.open("r+b") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise InUseError from error
        yield
