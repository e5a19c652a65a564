"""Which city this is for: the one place that answers, for the run of a page, a request, a file, and a thread behind.

An installation of one city has no names for it: it is ONE, everywhere. Among many (`indicators.cities`) a request says
which by its host, a session keeps the city that it began in, and a thread of ours is told. Whoever asks without any of
these is refused: a guess would show one city to another.
"""

import sys
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from types import ModuleType
from typing import Any, ParamSpec, TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from indicators.cities import Cities, all_cities
from indicators.errors import MonitoringError
from indicators.settings import Settings

Given = ParamSpec("Given")
Found = TypeVar("Found")

ONE = ""
"""The key of the only city."""
REMEMBERED = 20_000
"""Sessions whose city is known; one that is forgotten begins anew when its browser comes back."""
_KEPT = f"{__name__}.kept"


class NoCityError(MonitoringError):
    """Asked for without saying for which city, or for one that is not there."""

    def __init__(self) -> None:
        super().__init__("Unter dieser Adresse ist keine Stadt eingerichtet.")


def cities() -> Cities | None:
    """All of them; None where there is one city only. Read once: whoever adds one starts the application again."""
    kept = _kept()
    if kept.cities is None:
        with kept.lock:
            if kept.cities is None:
                kept.cities = (all_cities(),)
    found: Cities | None = kept.cities[0]
    return found


def key() -> str:
    """The city's. Raises NoCityError where nobody has said which."""
    if cities() is None:
        return ONE
    return _kept().city.get() or _of_session()


def settings() -> Settings:
    """Those of the city. Raises NoCityError, and SettingsError where they do not fit."""
    many = cities()
    return many.named(key()).settings or Settings() if many else Settings()


def asked_for(hosts: Iterable[str]) -> str | None:
    """The key of the city that these headers „Host“ name; ONE where there is one only, None for no such."""
    many = cities()
    if many is None:
        return ONE
    found = many.at(hosts)
    return found.key if found else None


@contextmanager
def within(wanted: str) -> Iterator[None]:
    """While inside, on this thread and those that take its context along, everything is for this city."""
    token = _kept().city.set(wanted)
    try:
        yield
    finally:
        _kept().city.reset(token)


def bound(work: Callable[Given, Found]) -> Callable[Given, Found]:
    """The same for the city of now, whatever thread it is called on."""
    own = key()

    @wraps(work)
    def here(*given: Given.args, **named: Given.kwargs) -> Found:
        with within(own):
            return work(*given, **named)

    return here


def of_session(session_id: str) -> str | None:
    """The city that a session began in; None where it is not known."""
    found: str | None = ONE if cities() is None else _kept().sessions.get(session_id)
    return found


def forget() -> None:
    """The cities are read anew; no session is known any more."""
    sys.modules.pop(_KEPT, None)


def _of_session() -> str:
    """On the thread of a page, which serves one session for as long as it lives."""
    context = get_script_run_ctx(suppress_warning=True)
    if context is None:
        raise NoCityError
    asked, began_in = asked_for(_hosts()), of_session(context.session_id)
    found = asked or began_in  # the browser may have left meanwhile
    if not found or began_in not in (None, found):
        raise NoCityError
    _remember(context.session_id, found)
    _kept().city.set(found)
    return found


def _hosts() -> list[str]:
    """As the browser of this session said when it came."""
    return st.context.headers.get_all("Host")


def _remember(session_id: str, found: str) -> None:
    kept = _kept()
    with kept.lock:
        kept.sessions[session_id] = found
        while len(kept.sessions) > REMEMBERED:
            kept.sessions.popitem(last=False)


def _kept() -> Any:
    """In a module without a file, as in `process`: Streamlit reloads modules whose files have changed."""
    if (found := sys.modules.get(_KEPT)) is not None:
        return found
    fresh: Any = ModuleType(_KEPT)
    fresh.cities, fresh.city, fresh.sessions = None, ContextVar("city", default=""), OrderedDict()
    fresh.lock = threading.RLock()
    return sys.modules.setdefault(_KEPT, fresh)
