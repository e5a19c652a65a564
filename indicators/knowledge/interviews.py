"""First interviews as known at a moment: with whom the office has spoken, and what came of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from indicators.datasets import INTERVIEWS
from indicators.datasets.named_measures import SEPARATOR
from indicators.knowledge.holding import Holding
from indicators.store import Store

HELD, AHEAD, UNTOLD = "geführt", "geplant", "Ergebnis fehlt"


@dataclass(frozen=True)
class Interview(Holding):
    @property
    def on(self) -> date:
        return self.day("day") or date.max

    @property
    def measures(self) -> tuple[str, ...]:
        return tuple(filter(None, self.text("measures").split(SEPARATOR)))

    def stands(self, today: date) -> str:
        if self.text("found") or self.text("changes"):
            return HELD
        return AHEAD if self.on >= today else UNTOLD


def interviews(store: Store, moment: datetime) -> tuple[Interview, ...]:
    """All that are known at the moment, the latest first."""
    found = [
        Interview(name, last.key.reporter, dict(last.content), last.delivery, last.at, last.by)
        for name, said in INTERVIEWS.states(store, moment).items()
        if (last := said[-1]).content is not None
    ]
    return tuple(sorted(sorted(found, key=lambda one: one.reporter), key=lambda one: one.on, reverse=True))


def of_measure(found: Iterable[Interview], measure: str) -> list[Interview]:
    """Those in which it was spoken of."""
    return [one for one in found if measure in one.measures]
