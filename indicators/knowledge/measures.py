"""Measures as known at a moment: what holds of each, who said it, and how its status came about."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from indicators.datasets import MEASURES
from indicators.datasets.listed.entries import State
from indicators.datasets.measures import DONE
from indicators.knowledge.holding import Holding, Value, kept_back
from indicators.moments import local_day
from indicators.store import Store

PERSONS = frozenset(field.code for field in MEASURES.fields if field.persons)

STALE_AFTER = 365
"""Days after which nobody knows any more how a measure stands."""


@dataclass(frozen=True)
class Said:
    """A status or state of a measure that was new: since when, by whom, and in which delivery."""

    day: date
    status: str
    state: str
    reporter: str
    delivery: int
    by: str


@dataclass(frozen=True)
class Measure(Holding):
    """What holds of a measure.

    `history` is the oldest first: each delivery that brought another status, state or unit responsible. `changed` are
    the titles of the fields that the last delivery changed; what stood in them is not told. Empty for what is new.
    """

    history: tuple[Said, ...]
    changed: tuple[str, ...] = ()

    @property
    def called(self) -> str:
        """„Konzept 2016 · Nr. 12: Müttercafé“."""
        return self.name if self.title in self.name else f"{self.name}: {self.title}"

    @property
    def title(self) -> str:
        return self.text("title") or self.name

    @property
    def status(self) -> str:
        return self.text("status")

    @property
    def stands_since(self) -> date:
        """The day for which its state was last told."""
        return self.day("state_on") or self.history[-1].day

    def late(self, today: date) -> bool:
        """Whether its last day has passed and it is not done."""
        end = self.day("end")
        return self.status not in DONE and end is not None and end < today

    def stale(self, today: date) -> bool:
        """Whether its state was told too long ago."""
        return self.status not in DONE and (today - self.stands_since).days > STALE_AFTER

    def overdue(self, today: date) -> str:
        """Why somebody should ask after it; empty where nobody need."""
        if self.late(today):
            return "Ende überschritten"
        return "Sachstand veraltet" if self.stale(today) else ""


def measures(store: Store, moment: datetime, small_below: int | None) -> tuple[Measure, ...]:
    """All measures as known at the moment, by concept and number; numbers of people below `small_below` are kept back,
    None for the office."""
    found = MEASURES.states(store, moment)
    now = [_measure(subject, said, small_below) for subject, said in found.items() if said[-1].content is not None]
    return tuple(sorted(now, key=lambda one: MEASURES.order(one.name)))


def _measure(subject: str, said: Sequence[State], small_below: int | None) -> Measure:
    last = said[-1]
    values: dict[str, Value] = {
        code: kept_back(value, small_below) if code in PERSONS else value for code, value in last.content or ()
    }
    return Measure(
        subject, last.key.reporter, values, last.delivery, last.at, last.by, tuple(_history(said)), _changed(said)
    )


def _changed(said: Sequence[State]) -> tuple[str, ...]:
    earlier = [one for one in said[:-1] if one.content is not None]
    if not earlier:
        return ()
    before, last = earlier[-1], said[-1]
    old, new = dict(before.content or ()), dict(last.content or ())
    titles = [field.title for field in MEASURES.fields if old.get(field.code) != new.get(field.code)]
    return (*titles, "Zuständig") if before.key.reporter != last.key.reporter else tuple(titles)


def _history(said: Sequence[State]) -> Iterator[Said]:
    before: tuple[str, str, str] | None = None
    told = ""
    for one in said:
        if one.content is None:
            continue
        values = dict(one.content)
        now = (str(values.get("status", "")), str(values.get("state", "")), one.key.reporter)
        on = str(values.get("state_on", ""))
        if now != before:
            fresh = on if on != told else ""  # a day that stood there before was another state's
            day = date.fromisoformat(fresh) if fresh else local_day(one.at)
            yield Said(day, now[0], now[1], now[2], one.delivery, one.by)
        before, told = now, on
