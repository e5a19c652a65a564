"""Offers as known at a moment, and what of them there was on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from indicators.datasets import OFFERS
from indicators.datasets.offers import listed
from indicators.knowledge.holding import Holding
from indicators.store import Store


@dataclass(frozen=True)
class Offer(Holding):
    @property
    def title(self) -> str:
        return self.text("title")

    @property
    def topic(self) -> str:
        return self.text("topic")

    @property
    def languages(self) -> tuple[str, ...]:
        return listed(self.text("languages"))

    @property
    def target_groups(self) -> tuple[str, ...]:
        return listed(self.text("target_groups"))

    def there(self, day: date) -> bool:
        start, end = self.day("start"), self.day("end")
        return (start is None or start <= day) and (end is None or end >= day)


def offers(store: Store, moment: datetime) -> tuple[Offer, ...]:
    """All that are known at the moment, those that are closed too, by provider and name."""
    found = [
        Offer(name, last.key.reporter, dict(last.content), last.delivery, last.at, last.by)
        for name, said in OFFERS.states(store, moment).items()
        if (last := said[-1]).content is not None
    ]
    return tuple(sorted(found, key=lambda one: (one.reporter, OFFERS.order(one.name))))


def on_day(found: Iterable[Offer], day: date) -> list[Offer]:
    return [one for one in found if one.there(day)]
