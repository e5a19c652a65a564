"""Who did something, as pages name it: by name while that matters, by function once it is long ago (decision 0928).

The record keeps the name. How long it is shown is settled once for each view (`holding`), where the page begins;
outside of one, on the command line, the name itself is told.
"""

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime

NOBODY_KNOWN = "nicht mehr genannt"


@dataclass(frozen=True)
class Rule:
    """What was done before `since` is told without the name. `functions` are words for people, by name in small
    letters; whoever is not in there has none that we know of. `no_people` are names of programs and offices."""

    since: datetime
    functions: Mapping[str, str] = field(default_factory=dict)
    no_people: frozenset[str] = frozenset()


_RULE: ContextVar[Rule | None] = ContextVar("names_of_people", default=None)


def hold(rule: Rule | None) -> None:
    """For this view, and for the files that it offers."""
    _RULE.set(rule)


def named(who: str, at: datetime | None) -> str:
    """The name of whoever did something at a moment, or the function where that is too long ago.

    >>> hold(Rule(datetime(2024, 11, 30), {"kim@stadt.de": "Stabsstelle Integration"}))
    >>> named("kim@stadt.de", datetime(2024, 11, 29)), named("kim@stadt.de", datetime(2025, 1, 1))
    ('Stabsstelle Integration', 'kim@stadt.de')
    >>> named("Ada", datetime(2024, 1, 1))
    'nicht mehr genannt'
    >>> hold(None)
    """
    rule = _RULE.get()
    if rule is None or at is None or at >= rule.since or not who or who in rule.no_people:
        return who
    return rule.functions.get(who.strip().casefold(), NOBODY_KNOWN)
