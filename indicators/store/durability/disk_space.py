"""Whether there is room on the disk: looked at before every change, remembered after one that failed."""

import os
import threading
import time
from pathlib import Path

from indicators.store.durability import store_errors

ROOM = 32 << 20
"""Free bytes below which nothing is written any more: twice the largest upload with what DuckDB makes of it."""
LOOK_AGAIN = 5.0
"""Seconds between two looks whether there is room again."""
LEAST_PROBE = 1 << 20


class Room:
    """The room beside one database file. `full` is True from a failed write until `found_again`."""

    def __init__(self, folder: Path | None, least: int) -> None:
        self.folder = folder
        self.least = least
        self._full_since: float | None = None

    @property
    def full(self) -> bool:
        return self._full_since is not None

    @property
    def read_only(self) -> bool:
        """Whether nothing may be written there at all: room is not what is missing then."""
        if self.folder is None or not self.folder.is_dir():
            return False
        return bool(os.statvfs(self.folder).f_flag & os.ST_RDONLY) or not os.access(self.folder, os.W_OK)

    @property
    def refusal(self) -> str:
        """What to tell while nothing can be saved: the disk is full, or the folder may not be written."""
        return store_errors.READ_ONLY if self.read_only else store_errors.FULL

    @property
    def reason(self) -> str:
        """The same for strangers, who learn no folder."""
        return "Der Datenordner ist schreibgeschützt" if self.read_only else "Der Speicherplatz ist erschöpft"

    @property
    def due(self) -> bool:
        """True where the last look was long enough ago."""
        return self._full_since is None or time.monotonic() - self._full_since >= LOOK_AGAIN

    def is_full(self) -> None:
        self._full_since = time.monotonic()

    def found_again(self) -> None:
        self._full_since = None

    def suffices(self) -> bool:
        """By the numbers of the file system; a quota does not show in them."""
        if self.folder is None:
            return True
        numbers = os.statvfs(self.folder)
        return numbers.f_bavail * numbers.f_frsize >= self.least

    def can_be_taken(self) -> bool:
        """By taking it and giving it back."""
        if self.folder is None:
            return True
        place = self.folder / f".platz-{os.getpid()}-{threading.get_ident()}"
        try:
            with place.open("wb") as file:
                os.posix_fallocate(file.fileno(), 0, max(self.least, LEAST_PROBE))
            return True
        except OSError:
            return False
        finally:
            place.unlink(missing_ok=True)
