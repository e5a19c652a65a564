"""A state and its cities, each with a store of its own, in one ring."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import pytest

from indicators.attainment import METHODS
from indicators.catalogue import Catalogue, load_texts, texts_of
from indicators.datasets.reading import Reading
from indicators.datasets.slices import valid_deliveries
from indicators.ledger import commits
from indicators.ledger.commits import Upload
from indicators.model import Breakdown
from indicators.ring import By, Level, Ring, give, publish, shared
from indicators.ring.contributing import contribute
from indicators.ring.place import Presence
from indicators.store import Store
from tests.conftest import SMALL_CITY, Row, observed

COURSES = """
field: C
title: Kurse
guiding_goals: [{code: C-1, title: Mehr Menschen besuchen Kurse.}]
base_figures:
  - {code: teilnehmende, title: Teilnehmende, unit: Personen, kind: flow, department: FB 51, dimensions: [herkunft],
     suppress_below: 5, due_days: 30}
indicators:
  - {code: C-01, title: Teilnehmende an Kursen, goal: C-1, kind: output, formula: teilnehmende, unit: Personen,
     decimals: 0, direction: up, breakdowns: [herkunft], definition: Alle Teilnehmenden., source: Eigene Zählung,
     baseline: {period: "2022", value: 10}, targets: [{period: "2032", value: 20}]}
"""
SMALL = texts_of(SMALL_CITY) | {"c_kurse.yaml": COURSES}
TOTAL = Breakdown()
BEGAN = datetime(2026, 1, 10, 9)


def counted(year: int, foreign: float, german: float) -> tuple[Row, ...]:
    """People in courses, with their total."""
    period = str(year)
    return (
        ("teilnehmende", "FB 51", period, "", foreign + german),
        ("teilnehmende", "FB 51", period, "herkunft=auslaendisch", foreign),
        ("teilnehmende", "FB 51", period, "herkunft=deutsch", german),
    )


@dataclass(frozen=True)
class Town:
    """A member: its place in the ring, and its own definitions."""

    ring: Ring
    catalogue: Catalogue
    texts: Mapping[str, str]

    @property
    def presence(self) -> Presence:
        return Presence(self.catalogue.city.name, self.catalogue.small_below)

    def deliver(self, *rows: Row, at: datetime = BEGAN) -> None:
        observations = tuple(observed(row) for row in rows)
        slices = tuple(dict.fromkeys(one.slice for one in observations))
        reading = Reading("figures", "FB 51", None, observations, slices)
        upload = Upload("handgemacht.xlsx", repr((rows, at)).encode(), "Test")
        commits.commit(self.ring.own, self.catalogue, upload, reading, valid_deliveries(self.ring.own, slices), at)

    def consent(self, *codes: str, level: Level = Level.STATUS, at: datetime = BEGAN) -> None:
        give(self.ring, self.presence, codes, level, By("Kim", at, "Beschluss"))

    def contribute(self, *codes: str, at: datetime = BEGAN) -> None:
        contribute(
            self.ring, self.presence, self.catalogue, shared(self.ring), codes, at, By("Kim", at, "Stand des Jahres")
        )

    def take_part(self, *rows: Row, at: datetime = BEGAN) -> None:
        """Delivers, consents and contributes the courses."""
        self.deliver(*rows, at=at)
        self.consent("C-01", at=at)
        self.contribute("C-01", at=at)

    def redefined(self, **replaced: str) -> "Town":
        """The same city with other definitions: words of the file of courses, and what stands in their place."""
        return replace(self, **defined(self.catalogue.city.name, replaced.items()))


def defined(name: str, replaced) -> dict[str, object]:
    texts = dict(SMALL) | {"city.yaml": SMALL["city.yaml"].replace("Musterstadt", name)}
    for file, text in texts.items():
        for old, new in replaced:
            text = text.replace(old, new)
        texts[file] = text
    return {"texts": texts, "catalogue": load_texts(texts, METHODS)}


@pytest.fixture
def town(store: Store) -> Iterator[Callable[..., Town]]:
    """A member of the ring that `store` holds, with these words of its definitions replaced."""
    own: list[Store] = []

    def make(member: str, *replaced: tuple[str, str], leads: bool = False) -> Town:
        own.append(Store(now=datetime(2020, 1, 1)))
        return Town(Ring(store, own[-1], member, leads), **defined(member.capitalize(), replaced))

    yield make
    for one in own:
        one.close()


@pytest.fixture
def land(town: Callable[..., Town]) -> Town:
    """The state, which has published its definitions."""
    return publish_shared(town("land", leads=True))


def publish_shared(made: Town) -> Town:
    publish(made.ring, made.presence, made.catalogue, made.texts, By("Lea", BEGAN, "Erlass"))
    return made
