"""Consultations of measures as known at a moment, and what of them is due. What is not public is never read out to
those who may not know it: no page, file or report can hold what does not come in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from indicators.datasets import CONSULTATIONS
from indicators.datasets.consultations import DECIDED, PUT_OFF
from indicators.datasets.listed.entries import State
from indicators.datasets.listed.fields import NO
from indicators.knowledge.holding import Held, Value
from indicators.moments import FOREVER
from indicators.store import Store

KEPT = ("measure", "station", "committee", "day", "public")
"""What everybody may know of a consultation behind closed doors: that there is one, where and when."""


@dataclass(frozen=True)
class Consultation(Held):
    """`closed`: what was said there is not in the values, because whoever looks may not know it."""

    closed: bool = False

    @property
    def on(self) -> date | None:
        return self.day("day")

    @property
    def measure(self) -> str:
        return self.text("measure")

    @property
    def committee(self) -> str:
        return self.text("committee")

    @property
    def outcome(self) -> str:
        return self.text("outcome")

    @property
    def public(self) -> bool:
        return self.text("public") != NO

    @property
    def decided(self) -> bool:
        return self.outcome in DECIDED

    @property
    def put_off(self) -> bool:
        return self.outcome == PUT_OFF

    @property
    def order(self) -> tuple[date, tuple[object, ...]]:
        """By their days; those that have none yet are the last."""
        return self.on or date.max, CONSULTATIONS.order(self.name)


@dataclass(frozen=True)
class Due:
    """A consultation that has no outcome yet. `day` is when it is to be, None while nobody knows; `times` says how
    often the committee has put it off before, `since` the day on which it did so first."""

    station: Consultation
    day: date | None
    times: int = 0
    since: date | None = None

    def late(self, today: date) -> bool:
        """Whether its day is over and nobody has said what came of it."""
        return self.day is not None and self.day < today


def consultations(store: Store, moment: datetime, *, all_of_them: bool) -> tuple[Consultation, ...]:
    """All that are known at the moment, in the order of their days. Without `all_of_them` what is not public is kept
    back: what counts as public now, decides also over what was known in the past."""
    now = CONSULTATIONS.states(store, moment)
    open_ones = None if all_of_them else _public(CONSULTATIONS.states(store, FOREVER))
    found = [_one(name, said[-1], open_ones) for name, said in now.items() if said[-1].content is not None]
    return tuple(sorted(found, key=lambda one: one.order))


def _public(states: Mapping[str, Sequence[State]]) -> frozenset[str]:
    """Those of which nothing that holds says that they are not public."""
    return frozenset(name for name, said in states.items() if _is_public(said[-1]))


def _is_public(state: State) -> bool:
    return state.content is not None and dict(state.content).get("public") != NO


def _one(name: str, state: State, open_ones: frozenset[str] | None) -> Consultation:
    values: dict[str, Value] = dict(state.content or ())
    closed = open_ones is not None and (name not in open_ones or not _is_public(state))
    if closed:
        values = {code: value for code, value in values.items() if code in KEPT} | {"public": NO}
    return Consultation(name, state.key.reporter, values, state.delivery, closed)


def of_measure(found: Iterable[Consultation], measure: str) -> list[Consultation]:
    return [one for one in found if one.measure == measure]


def due(found: Sequence[Consultation], today: date) -> list[Due]:
    """What committees have still to deal with, by day; what was put off with no later day of the same committee is due
    on the day it was put off to. Of what is closed only what lies ahead can be told."""
    chains: dict[tuple[str, str], list[Consultation]] = {}
    for one in sorted(found, key=lambda one: one.order):
        chains.setdefault((one.measure, plain(one.committee)), []).append(one)
    open_ones = [due for chain in chains.values() for due in _open(chain, today)]
    return sorted(open_ones, key=lambda one: (one.day or date.max, one.station.order))


def _open(chain: Sequence[Consultation], today: date) -> Iterable[Due]:
    """Of one measure in one committee, in order."""
    put_off: list[Consultation] = []
    for place, one in enumerate(chain):
        times, since = len(put_off), put_off[0].on if put_off else None
        if one.put_off:
            put_off.append(one)
            if place == len(chain) - 1:
                yield Due(one, one.day("put_off_to"), len(put_off), put_off[0].on)
        elif one.outcome:
            put_off = []
        elif not one.closed or (one.on or today) >= today:
            yield Due(one, one.on, times, since)


def plain(committee: str) -> str:
    """A committee is the same however its name is spelled in large and small letters."""
    return " ".join(committee.casefold().split())
