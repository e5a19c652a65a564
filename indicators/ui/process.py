"""What the server process owns: made once, and out of reach of everyone who visits.

Streamlit's caches are no place for it. One message of a stranger empties them for everybody; the store would be opened
a second time, and refuse. What lies here ends with the process or with `end`; what a city has, with `leave` too.
"""

import sys
import threading
from collections.abc import Callable
from functools import wraps
from types import ModuleType
from typing import Any, TypeVar

from indicators.ui import here

Made = TypeVar("Made")

_KEPT = f"{__name__}.kept"
_ALL = "\0"
"""Where that lies which is one thing for all cities; no folder has this name."""


def owned(make: Callable[[], Made]) -> Callable[[], Made]:
    """Calls `make` once for each city, whoever asks and however many at a time. Where it fails nothing is kept."""
    return _kept_by(here.key, make)


def owned_by_all(make: Callable[[], Made]) -> Callable[[], Made]:
    """The same, once for the process."""
    return _kept_by(lambda: _ALL, make)


def _kept_by(whose: Callable[[], str], make: Callable[[], Made]) -> Callable[[], Made]:
    name = f"{make.__module__}.{make.__qualname__}"

    @wraps(make)
    def get() -> Made:
        shelf = _shelf(whose())
        _forget_what_is_closed(shelf)
        things = shelf.things
        if name not in things:
            with shelf.lock:
                things = shelf.things
                if name not in things:
                    things[name] = make()
        found: Made = things[name]
        return found

    return get


class Shelf:
    """The things of one city, and the lock of whoever makes or removes some."""

    def __init__(self) -> None:
        self.things: dict[str, Any] = {}
        self.lock = threading.RLock()

    def empty(self) -> None:
        """Closes what can be closed and forgets everything: the next who asks begins anew."""
        with self.lock:
            things, self.things = list(self.things.values()), {}
            for thing in things:  # within: a file that is not yet closed cannot be opened again
                if hasattr(thing, "close"):
                    thing.close()


def at_hand() -> tuple[str, ...]:
    """The cities of which something is kept."""
    return tuple(key for key, shelf in list(_shelves().items()) if shelf.things and key != _ALL)


def leave(city: str) -> None:
    """Closes what a city has, and forgets it."""
    _shelf(city).empty()


def end() -> None:
    """As at the end of the process: nothing is left of any city."""
    for shelf in list(_shelves().values()):
        shelf.empty()
    here.forget()


def _shelf(whose: str) -> Shelf:
    shelves = _shelves()
    found: Shelf = shelves.get(whose) or shelves.setdefault(whose, Shelf())
    return found


def _shelves() -> dict[str, Any]:
    """In a module without a file: Streamlit reloads modules whose files have changed."""
    if (kept := sys.modules.get(_KEPT)) is None:
        fresh: Any = ModuleType(_KEPT)
        fresh.shelves = {}
        kept = sys.modules.setdefault(_KEPT, fresh)
    shelves: dict[str, Any] = kept.shelves
    return shelves


def _forget_what_is_closed(shelf: Any) -> None:
    """A store that somebody has closed takes along what was made with it."""
    if any(getattr(thing, "closed", False) for thing in list(shelf.things.values())):
        with shelf.lock:
            if any(getattr(thing, "closed", False) for thing in shelf.things.values()):
                shelf.things = {}
