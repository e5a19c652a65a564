"""What is worked out once and shown often: in a cache of Streamlit's for each city.

Two cities may have the same definitions, the same number of deliveries and look at the same moment: no key tells them
apart but their own. And each has its own room: nobody's visitors push out what another city's need.
"""

from collections.abc import Callable
from functools import update_wrapper
from types import FunctionType
from typing import Any, Generic, ParamSpec, TypeVar, cast
from weakref import WeakSet

import streamlit as st

from indicators.ui import here

Given = ParamSpec("Given")
Found = TypeVar("Found")


class Cached(Generic[Given, Found]):
    """A function, and what it gave: for each city in a cache of its own."""

    def __init__(self, make: Callable[Given, Found], max_entries: int, show_spinner: bool | str) -> None:
        update_wrapper(self, make)
        self._make = make
        self._cache = st.cache_resource(max_entries=max_entries, show_spinner=show_spinner)
        self._by_city: dict[str, Any] = {}
        _CACHED.add(self)

    def __call__(self, *given: Given.args, **named: Given.kwargs) -> Found:
        found: Found = self._of(here.key())(*given, **named)
        return found

    def clear(self) -> None:
        """Forgets what it gave for this city."""
        self.leave(here.key())

    def leave(self, city: str) -> None:
        if (kept := self._by_city.pop(city, None)) is not None:
            kept.clear()

    def _of(self, city: str) -> Any:
        if (found := self._by_city.get(city)) is None:
            found = self._by_city.setdefault(city, self._cache(_named_for(city, self._make)))
        return found


_CACHED: "WeakSet[Cached[Any, Any]]" = WeakSet()


def of_city(
    *, max_entries: int, show_spinner: bool | str = False
) -> Callable[[Callable[Given, Found]], Cached[Given, Found]]:
    """Keeps what a function gives for as many arguments; those that begin with an underscore tell nothing apart."""
    return lambda make: Cached(make, max_entries, show_spinner)


def leave(city: str) -> None:
    """Forgets all that is kept for a city."""
    for cached in list(_CACHED):
        cached.leave(city)


def _named_for(city: str, make: Callable[Given, Found]) -> Callable[Given, Found]:
    """The same function by another name: Streamlit tells caches apart by that."""
    if city == here.ONE:
        return make
    own = cast(FunctionType, make)
    copy = FunctionType(own.__code__, own.__globals__, own.__name__, own.__defaults__, own.__closure__)
    copy.__kwdefaults__, copy.__module__ = own.__kwdefaults__, own.__module__
    copy.__qualname__ = f"{own.__qualname__} of {city}"
    return cast(Callable[Given, Found], copy)
