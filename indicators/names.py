"""Who did something, as pages name it: by name while that matters, by function once it is long ago (decision 0928).

The record keeps the name. How long it is shown is settled once for each view (`hold`), where the page begins;
outside of one, on the command line, the name itself is told.
"""

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

NOBODY_KNOWN = "nicht mehr genannt"


@dataclass(frozen=True)
class Rule:
    """What was done before `since` is told without the name. `functions` gives words for people, by name in small
    letters, and is asked once it is needed; whoever is not in there has none that we know of. `no_people` are names of
    programs and offices."""

    since: datetime
    functions: Callable[[], Mapping[str, str]] = dict
    no_people: frozenset[str] = frozenset()

    @cached_property
    def told(self) -> Mapping[str, str]:
        return self.functions()


_RULE: ContextVar[Rule | None] = ContextVar("names_of_people", default=None)


def hold(rule: Rule | None) -> None:
    """For this view, and for the files that it offers."""
    _RULE.set(rule)


def named(who: str, at: datetime | None) -> str:
    """The name of whoever did something at a moment, or the function where that is too long ago.

    >>> hold(Rule(datetime(2024, 11, 30), lambda: {"kim@stadt.de": "Stabsstelle Integration"}))
    >>> named("kim@stadt.de", datetime(2024, 11, 29)), named("kim@stadt.de", datetime(2025, 1, 1))
    ('Stabsstelle Integration', 'kim@stadt.de')
    >>> named("Ada", datetime(2024, 1, 1))
    'nicht mehr genannt'
    >>> hold(None)
    """
    rule = _RULE.get()
    if rule is None or at is None or at >= rule.since or not who or who in rule.no_people:
        return who
    return rule.told.get(who.strip().casefold(), NOBODY_KNOWN)
