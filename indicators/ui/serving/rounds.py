"""The quiet round through many cities: what a day asks of each, visited or not, and closing those that nobody visits.

An installation of one city has none: whoever opens a page there sees to it.
"""

import logging
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from indicators import german
from indicators.cities import Cities
from indicators.moments import local_day
from indicators.store.database import utc_now
from indicators.ui import caches, here, process, session

log = logging.getLogger(__name__)

OPEN_AT_ONCE = 40
"""Cities that stay open though nobody is there: the next visit to one costs what it costs where there is no other."""
IDLE = 600.0
"""Seconds without a window or a request after which a city above that may be closed."""
EVERY = 30.0
PAUSE = 1.0
"""Seconds between two rounds, and between two cities of one: visitors go first."""
AGAIN = 600.0
"""Seconds after which what failed is tried again."""


class Rounds:
    """Who is where, and what is known of those that are closed."""

    def __init__(self, cities: Cities, open_at_once: int = OPEN_AT_ONCE, idle: float = IDLE) -> None:
        self._cities = cities
        self._open_at_once, self._idle = open_at_once, idle
        self._windows: Counter[str] = Counter()
        self._seen: dict[str, float] = {}
        self._seen_to: dict[str, date] = {}
        self._failed: dict[str, float] = {}
        self._ailments: dict[str, str] = {}
        self._lock = threading.Lock()

    @contextmanager
    def visit(self, city: str, *, window: bool) -> Iterator[None]:
        """While inside, someone is in the city; a window stays open for hours."""
        with self._lock:
            self._seen[city] = time.monotonic()
            self._windows[city] += window
        try:
            yield
        finally:
            with self._lock:
                self._seen[city] = time.monotonic()
                self._windows[city] -= window

    def go(self, now: datetime, pause: float = 0.0) -> None:
        """One round through all of them. What goes wrong in one is told and stays there."""
        today = local_day(now)
        for city in self._cities.usable:
            if self._seen_to.get(city.key) == today or not self._may_try(city.key):
                continue
            try:
                self._look_after(city.key, today)
            except Exception:  # of one city; the others have nothing to do with that
                log.exception("%s: the quiet round failed", city.key)
                self._ailments[city.key] = "Die Runde ist nicht gelungen. Näheres steht im Protokoll."
                self._failed[city.key] = time.monotonic()
            self.close_idle()
            time.sleep(pause)
        self.close_idle()

    def close_idle(self) -> None:
        """Closes cities that nobody has visited for a while, the longest unvisited first, until few enough are open."""
        now = time.monotonic()
        opened = sorted(process.at_hand(), key=lambda key: self._seen.get(key, 0.0))
        for key in opened[: max(0, len(opened) - self._open_at_once)]:
            with self._lock:
                visited = self._windows[key] > 0 or now - self._seen.get(key, 0.0) < self._idle
            if not visited:
                close(key)

    def told(self) -> str:
        """How all of them are, for whoever watches the machine: how many, but not which. Empty where all is well."""
        ailments = {city.key: city.problem for city in self._cities.by_key.values() if city.problem} | self._ailments
        for key in process.at_hand():
            with here.within(key):
                ailments[key] = session.ailment()
        ill = sum(map(bool, ailments.values()))
        if not ill:
            return ""
        said = f"{german.counted(ill, 'Stadt ist', 'Städte sind')} nicht in Ordnung, von {len(self._cities.by_key)}."
        return f"{said} Welche, zeigt „python -m indicators cities --check“ auf dem Server."

    def _may_try(self, key: str) -> bool:
        failed = self._failed.get(key)
        return failed is None or time.monotonic() - failed > AGAIN

    def _look_after(self, key: str, today: date) -> None:
        was_closed = key not in process.at_hand()
        with here.within(key):
            problem = session.look_after()
            self._ailments[key] = problem or session.ailment()
        if problem:
            self._failed[key] = time.monotonic()
            log.error("%s: %s", key, problem)
        else:
            self._seen_to[key] = today
        if was_closed and not self._windows[key] and key not in self._seen:
            close(key)


def close(city: str) -> None:
    """Its database, and what was worked out of it."""
    process.leave(city)
    caches.leave(city)
    log.info("%s: closed until somebody comes", city)


@process.owned_by_all
def rounds() -> Rounds:
    """Those of this process. Only where there are many cities."""
    many = here.cities()
    assert many is not None
    return Rounds(many)


def begin() -> None:
    """From now on, for as long as the process lives."""
    threading.Thread(target=_for_ever, name="quiet round", daemon=True).start()


def _for_ever() -> None:
    while True:
        time.sleep(EVERY)
        try:
            rounds().go(utc_now(), PAUSE)
        except Exception:  # a thread's exception would be seen by nobody, and end all rounds
            log.exception("the quiet round failed")
