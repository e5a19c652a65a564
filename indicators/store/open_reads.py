"""Who reads, and the moment when nobody does: DuckDB's objects must not be closed under a thread that uses them."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

log = logging.getLogger(__name__)

PATIENCE = 60.0
"""Seconds that closing waits for those who still read; then their statements are broken off."""
LAST_PATIENCE = 10.0


class Readers:
    """Counts those who read. Whoever comes while the file is being closed or opened waits until that is done."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._inside = 0
        self._alone: int | None = None  # the thread that wants nobody to read

    @contextmanager
    def inside(self) -> Iterator[None]:
        """While inside, nothing is closed or opened anew."""
        with self._changed:
            self._changed.wait_for(lambda: self._alone in (None, threading.get_ident()))
            self._inside += 1
        try:
            yield
        finally:
            with self._changed:
                self._inside -= 1
                self._changed.notify_all()

    @contextmanager
    def nobody(self, interrupt: Callable[[], None]) -> Iterator[bool]:
        """While inside, nobody else reads; False where somebody could not be moved to stop. One thread at a time."""
        with self._changed:
            self._alone = threading.get_ident()
            gone = self._changed.wait_for(lambda: self._inside == 0, PATIENCE)
            if not gone:
                log.error("somebody has been reading for %s seconds: the statement is broken off", PATIENCE)
                interrupt()
                gone = self._changed.wait_for(lambda: self._inside == 0, LAST_PATIENCE)
        try:
            yield gone
        finally:
            with self._changed:
                self._alone = None
                self._changed.notify_all()
