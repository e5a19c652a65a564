"""What the server process owns: made once, and out of reach of everyone who visits.

Streamlit's caches are no place for it. One message of a stranger empties them for everybody; the store would be opened
a second time, and refuse. What lies here ends with the process or with `end`.
"""

import sys
import threading
from collections.abc import Callable
from functools import wraps
from types import ModuleType
from typing import Any, TypeVar

Made = TypeVar("Made")

_KEPT = f"{__name__}.kept"


def owned(make: Callable[[], Made]) -> Callable[[], Made]:
    """Calls `make` once in the process, whoever asks and however many at a time. Where it fails nothing is kept."""
    name = f"{make.__module__}.{make.__qualname__}"

    @wraps(make)
    def get() -> Made:
        kept = _kept()
        _forget_what_is_closed(kept)
        things = kept.things
        if name not in things:
            with kept.lock:
                things = kept.things
                if name not in things:
                    things[name] = make()
        found: Made = things[name]
        return found

    return get


def end() -> None:
    """Closes what can be closed and forgets everything: the next who asks begins anew."""
    kept = _kept()
    with kept.lock:
        things, kept.things = list(kept.things.values()), {}
    for thing in things:
        if hasattr(thing, "close"):
            thing.close()


def _kept() -> Any:
    """The things and their lock, in a module without a file: Streamlit reloads modules whose files have changed."""
    fresh = ModuleType(_KEPT)
    fresh.things, fresh.lock = {}, threading.RLock()  # type: ignore[attr-defined]
    return sys.modules.setdefault(_KEPT, fresh)


def _forget_what_is_closed(kept: Any) -> None:
    """A store that somebody has closed takes along what was made with it."""
    if any(getattr(thing, "closed", False) for thing in list(kept.things.values())):
        with kept.lock:
            if any(getattr(thing, "closed", False) for thing in kept.things.values()):
                kept.things = {}
