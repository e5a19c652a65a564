"""Providers × districts attacked: whatever small number of people one has, all others see the same.

    python -m tests.datasets.provider_attack [SETUPS] [FIRST]

Each set-up is drawn: providers with agreements in one or several districts, of one or several years, with a handful of
cases or hundreds, first contacts and other counts that nearly add up, corrected proofs. The attacker has everything
that is made of them for those who must not see small numbers, the maps of cases and offers too, and every other world:
each small number, and each small rest between two, takes every other small value. One letter that differs is a
disclosure.
"""

import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache, lru_cache

import pytest

from indicators.boards import offer_maps
from indicators.boards import proofs as board
from indicators.boards.offer_maps import People
from indicators.catalogue import Catalogue, load
from indicators.datasets import FUNDING, PROOFS
from indicators.datasets.listed.entries import EntryKey, State
from indicators.datasets.listed.fields import districts
from indicators.datasets.listed.standing import Standing
from indicators.datasets.reading import Reading
from indicators.datasets.slices import valid_deliveries
from indicators.figures import Figure
from indicators.knowledge import snapshot
from indicators.knowledge.funding import agreements
from indicators.knowledge.offers import Offer
from indicators.knowledge.proofs import COUNTED, proofs, without_finances
from indicators.ledger import commits
from indicators.ledger.commits import Upload
from indicators.maps.boundaries import Boundaries, Span
from indicators.model import Place
from indicators.moments import FOREVER
from indicators.periods import Period
from indicators.settings import SAMPLE_DEFINITIONS
from indicators.store import Store
from tests.conftest import observed

SMALL = 5
BEGIN, TODAY = datetime(2025, 2, 1), date(2026, 5, 1)
YEARS = (2024, 2025)
YEAR_ENDS = [date(year, 12, 31) for year in YEARS]
RESIDENTS = "auslaendische_bevoelkerung"
OFFERED = {"title": "Treff", "topic": "Begegnung", "start": "2023-01-01"}
OTHERS = ("Kurse", "Familien", "Ehrenamtliche")
Counts = Mapping[str, int]
Counted = tuple[str, int]
"""An entry and which of the proofs that were handed in for it."""


@dataclass(frozen=True)
class Setup:
    """`contents` are the words of each agreement, `people` the counts of each proof in the order they were said."""

    agreements: Mapping[str, tuple[str, dict[str, str | float]]]
    people: Mapping[str, tuple[Counts, ...]]

    def states(self) -> dict[str, dict[str, tuple[State, ...]]]:
        funded = {
            name: (_state("funding", reporter, name, 1, content),)
            for name, (reporter, content) in self.agreements.items()
        }
        proven = {
            name: tuple(
                _state("proofs", self._reporter(name), name, at, _content(name, one)) for at, one in enumerate(said, 1)
            )
            for name, said in self.people.items()
        }
        return {FUNDING.code: funded, PROOFS.code: proven}

    def _reporter(self, proof: str) -> str:
        return self.agreements[_agreement(proof)][0]

    def with_count(self, at: Counted, counts: Counts) -> "Setup":
        said = list(self.people[at[0]])
        said[at[1]] = counts
        return replace(self, people={**self.people, at[0]: tuple(said)})


def _agreement(proof: str) -> str:
    return proof.rpartition(" · Jahr ")[0]


def _content(name: str, people: Counts) -> dict[str, str | float]:
    counts = "; ".join(f"{one}: {number}" for one, number in people.items() if one not in COUNTED)
    own = {code: float(people[code]) for code in COUNTED if code in people}
    return {"agreement": _agreement(name), "period": name[-4:], **own, **({"counts": counts} if counts else {})}


def _state(code: str, reporter: str, name: str, at: int, content: Mapping[str, str | float]) -> State:
    key = EntryKey(code, reporter, Period.of_year(2025), name, name)
    return State(key, at, BEGIN + timedelta(days=at), "Kim", tuple(content.items()), Place())


@cache
def city() -> Catalogue:
    return load(SAMPLE_DEFINITIONS["musterstadt"])


@cache
def lived() -> People:
    """How many people live in each district, within squares side by side: what the maps divide by."""
    places = [member.code for one in districts(city()) for member in one.members]
    rows = [(RESIDENTS, "STA", str(year), f"stadtteil={code}", 200.0 + 37 * at)
            for year in YEARS for at, code in enumerate(places)]  # fmt: skip
    told = tuple(map(observed, rows))
    slices = tuple(dict.fromkeys(one.slice for one in told))
    store, reading = Store(now=datetime(2020, 1, 1)), Reading("figures", "STA", None, told, slices)
    upload = Upload("einwohner.xlsx", b"einwohner", "Test")
    commits.commit(store, city(), upload, reading, valid_deliveries(store, slices), BEGIN)
    known = snapshot.take(store, city(), BEGIN, suppressed=True)
    squares = {code: [[[(at, 0), (at + 1, 0), (at + 1, 1), (at, 1), (at, 0)]]] for at, code in enumerate(places)}
    bounds = Boundaries(1, "stadtteil", Span(date(2015, 1, 1)), squares, "erfunden", "", "", "", BEGIN, "Kim")
    return next(one for one in offer_maps.people(known, (bounds,)) if one.indicator.code == "S-04")


def maps(found: Sequence[board.Served]) -> Iterator[str]:
    """Cases for 1,000 people of each year, and what is offered for 10,000 by the same agreements."""
    for end in YEAR_ENDS:
        yield _said(offer_maps.cases_map(found, lived(), YEAR_ENDS, end))
    agreed = {one.agreement.name: (one.agreement.reporter, one.agreement.text("districts")) for one in found}
    yield from _offered(tuple(agreed.items()))


@lru_cache(maxsize=8)
def _offered(agreed: tuple[tuple[str, tuple[str, str]], ...]) -> tuple[str, ...]:
    """The same in all worlds of a set-up: it is made of no count of people."""
    offers = [Offer(name, reporter, {**OFFERED, "districts": places}, 1, BEGIN, "Kim")
              for name, (reporter, places) in agreed]  # fmt: skip
    return tuple(_said(offer_maps.offers_map(offers, lived(), YEAR_ENDS, end)) for end in YEAR_ENDS)


def _said(figure: Figure | None) -> str:
    return "" if figure is None else str((figure.rows, figure.alt, figure.note, figure.spec))


def drawn(seed: int) -> Setup:
    draw = random.Random(seed)
    providers = [code for code, one in city().reporters.items() if one.kind.value == "provider"]
    places = [member.code for one in districts(city()) for member in one.members]
    found, people = {}, {}
    for number in range(draw.randint(1, 6)):
        reporter = draw.choice(providers)
        name = f"{reporter} · Nr. {number}"
        own = draw.sample(places, draw.choice((1, 1, 2)))
        found[name] = reporter, {
            "number": str(number), "subject": f"Beratung {number}", "topic": draw.choice(("Beratung", "Sprache")),
            "districts": ", ".join(own), "start": "2024-01-01",
            "staff": draw.choice(("Beratung: 0,5", "Leitung: 1,25", "")),
            "tariff_part": 40_000.0, "base_year": "2024", "granted": "2024: 60.000; 2025: 61.000",
        }  # fmt: skip
        for year in draw.choice(((2024,), (2025,), (2024, 2025))):
            people[f"{name} · Jahr {year}"] = tuple(_drawn_people(draw) for _ in range(draw.choice((1, 1, 2))))
    return Setup(found, people)


def _drawn_people(draw: random.Random) -> dict[str, int]:
    """A handful, or so many that a part or the rest of them may be a handful."""
    whole = draw.choice((draw.randint(0, 12), draw.randint(5, 60), draw.randint(60, 400)))
    first = min(
        whole, draw.choice((draw.randint(0, 6), whole - draw.randint(0, 6) if whole > 6 else whole, whole // 2))
    )
    found = {"cases": whole, "first_contacts": first}
    for name in OTHERS[: draw.randint(0, 2)]:
        found[name] = draw.choice((draw.randint(0, 6), draw.randint(0, whole + 3)))
    return {name: number for name, number in found.items() if draw.random() > 0.1}


def worlds(setup: Setup) -> Iterator[Setup]:
    """Every other small value of each small number, and of each small rest between two counts of a proof."""
    for name, said in setup.people.items():
        for at, people in enumerate(said):
            for code, number in people.items():
                for other in range(1, SMALL):
                    if 0 < number < SMALL and other != number:
                        yield setup.with_count((name, at), {**people, code: other})
                rests = [whole - number for whole in people.values() if 0 < whole - number < SMALL]
                for rest in rests:
                    for other in range(1, SMALL):
                        if other != rest and number + rest - other >= SMALL:
                            yield setup.with_count((name, at), {**people, code: number + rest - other})


def shown(setup: Setup, small_below: int | None = SMALL) -> list[str]:
    """All that is made of it for the steering group, and for a provider of another's; None for the office."""
    states = setup.states()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Standing, "states", lambda own, store, moment=FOREVER, only=None: states.get(own.code, {}))
        known = proofs(None, FOREVER, small_below)  # type: ignore[arg-type]
        found = agreements(None, FOREVER)  # type: ignore[arg-type]
    served = board.served(found, known, TODAY)
    figures = [
        board.counselling_figure(served, by, year, city(), None)
        for by in board.FIGURES_BY
        for year in ("", "2024", "2025")
    ]
    for one in served:
        figures += [board.reached_figure(one.agreement, one.proof, None, None), board.history_figure(one.proof, None)]
    told = [str(figure.rows) for figure in figures]
    told += maps(served)
    return told + [str((board.words(without_finances(one), city()), one.values, one.counts)) for one in known]


def attack(seed: int) -> int:
    """How many worlds were held against the set-up. Raises AssertionError at a disclosure."""
    setup = drawn(seed)
    before, others = shown(setup), list(worlds(setup))
    for other in others:
        differs = [(one, two) for one, two in zip(before, shown(other), strict=True) if one != two]
        assert not differs, f"set-up {seed}: {differs[0]}"
    return len(others)


def main(setups: int, first: int) -> None:
    held = 0
    for number, seed in enumerate(range(first, first + setups), start=1):
        held += attack(seed)
        if number % 50 == 0 or number == setups:
            print(f"{number} set-ups, {held} other worlds, 0 disclosures", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000, int(sys.argv[2]) if len(sys.argv) > 2 else 0)
