"""Random cities over time: reporters that come, go and take over, two to four catalogues with new codes and merged
districts, withdrawals, differences in formulas.

A story is told twice: as the product's tables over time, and as the plain list of what happened for the attacker.
"""

import random
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache

from indicators.catalogue import Catalogue
from indicators.periods import Period
from indicators.suppression.history import Definitions, Version
from indicators.suppression.timeline import Content, State, Stretch, known_tables
from tests.suppression.catalogues import FILES, catalogue, indicator

BEGIN = datetime(2026, 1, 1)
PROVIDERS = ("AWO", "DRK", "Caritas")
HEIR = "Verbund"
REPORTERS = (*PROVIDERS, HEIR, "FB 50")
QUARTERS = tuple(Period.quarter(2025, number) for number in (1, 2, 3, 4))
YEAR = Period.of_year(2025)
SEXES = ("w", "m", "d")
GROUPS = {"u6": (0, 6), "u18": (0, 18), "drei": (3, 6), "plus": (65, None), "bis65": (18, 65)}
WORDS = {
    "u6": "unter 6 J.",
    "u18": "U18",
    "drei": "3- bis unter 6-Jährige",
    "plus": "65 plus",
    "bis65": "18 bis unter 65 J.",
}
DISTRICTS = ("nord", "sued", "west")
AGES = FILES["dimensions.yaml"] + (
    "  - code: wer\n    title: Wer kam\n    members:\n"
    + "".join(
        f'      - {{code: {code}, title: "{WORDS[code]}", ages: [{a}, {"null" if b is None else b}]}}\n'
        for code, (a, b) in GROUPS.items()
    )
)
DIFFERENCES = (
    "kinder - {}",
    "100 * (kinder - {}) / kinder",
    "100 - 100 * {} / kinder",
    "100 * {} / (kinder - {})",
    "100 * {} / kinder",
)

Slice = tuple[str, str, int]
"""Base figure, reporter, key of the period."""


@dataclass(frozen=True)
class Event:
    """A delivery's commit (with what it says by slice and breakdown), withdrawal or restoration."""

    kind: str
    delivery: int
    says: Mapping[Slice, Mapping[str, float]] = field(default_factory=dict)


@dataclass(frozen=True)
class Story:
    """What happened, in order: events and catalogues that came into force."""

    steps: tuple[Event | Catalogue, ...]

    @property
    def catalogues(self) -> list[Catalogue]:
        return [step for step in self.steps if isinstance(step, Catalogue)]

    def moment(self, place: int) -> datetime:
        return BEGIN + timedelta(days=place)


def told_to_product(story: Story) -> tuple[Definitions, list[Version]]:
    """The same in the product's words, as `views.every_view` reads it from a store."""
    events = [step for step in story.steps if isinstance(step, Event)]
    coverages: dict[int, Content] = {}
    covered: dict[Slice, list[tuple[int, int]]] = {}
    for event in events:
        for place, says in event.says.items():
            number = len(coverages) + 1
            coverages[number] = [(breakdown, count, None) for breakdown, count in says.items()]
            covered.setdefault(place, []).append((event.delivery, number))
    stretches = [s for place, those in covered.items() for s in _stretches(events, place, those)]
    states, number, current = [], 0, story.catalogues[0]
    for step in story.steps:
        number, current = (number, step) if isinstance(step, Catalogue) else (number + 1, current)
        if number:
            states.append(State(number, current))
    during = {one.version: 0 for one in story.catalogues}
    for place, state in enumerate(states):
        during[state.catalogue.version] |= 1 << place
    order = list(dict.fromkeys(one.version for one in reversed(story.catalogues)))[::-1]
    by_version = {one.version: one for one in story.catalogues}
    definitions = Definitions([by_version[version] for version in order], [during[version] for version in order])
    return definitions, list(known_tables(stretches, coverages, states))


def _stretches(events: list[Event], place: Slice, those: list[tuple[int, int]]) -> Iterator[Stretch]:
    standing: set[int] = set()
    since, valid = 0, 0
    for number, event in enumerate([*events, None], start=1):
        if event is not None:
            (standing.discard if event.kind == "withdraw" else standing.add)(event.delivery)
        now = max((coverage for delivery, coverage in those if delivery in standing), default=0) if event else -1
        if now != valid:
            if valid:
                yield Stretch(*place, valid, since, None if event is None else number)
            since, valid = number, now


def story(seed: int) -> Story:
    chance = random.Random(f"story {seed}")
    plan = _Plan(chance, random.Random(f"second registry {seed}"))
    steps: list[Event | Catalogue] = [plan.catalogue()]
    deliveries = plan.deliveries()
    changes = sorted(chance.sample(range(1, len(deliveries) + 1), min(len(deliveries), chance.randint(1, 3))))
    committed: list[Event] = []
    for number, says in enumerate(deliveries, start=1):
        event = Event("commit", number, plan.renamed(says))
        steps.append(event)
        committed.append(event)
        if chance.random() < 0.12:
            gone = chance.choice(committed)
            if not any(isinstance(s, Event) and s.kind == "withdraw" and s.delivery == gone.delivery for s in steps):
                steps.append(Event("withdraw", gone.delivery))
                if chance.random() < 0.3:
                    steps.append(Event("restore", gone.delivery))
        if number in changes:
            plan.change()
            steps.append(plan.catalogue())
    return Story(tuple(steps))


def home(code: str) -> str:
    """What a base figure was called first: faelle for faelle_2."""
    return code.partition("_")[0]


@cache
def _made(figures: tuple[str, ...], indicators: tuple[str, ...], reporters: str, dimensions: str) -> Catalogue:
    return catalogue(figures, indicators, reporters=reporters, dimensions=dimensions)


class _Plan:
    """What the city counts, and how its catalogue changes.

    Base figures, reporters and districts are spoken of as in the beginning; `codes`, `heirs` and `merged` say what
    they are called now.
    """

    def __init__(self, chance: random.Random, second: random.Random) -> None:
        self.chance = chance
        self.reporters = {code: chance.sample(PROVIDERS, chance.choice((1, 2, 3, 3))) for code in ("faelle", "termine")}
        self.named = {code: list(names) for code, names in self.reporters.items()}
        self.kita = chance.choice(("FB 50", "AWO"))
        self.below = {code: chance.choice((3, 5)) for code in ("faelle", "termine", "kita", "besucher")}
        self.below["kinder"] = chance.choice((0, 0, 5))
        self.codes = {code: code for code in ("faelle", "termine", "kinder", "kita", "wohnen")}
        self.formerly: dict[str, list[str]] = {code: [] for code in self.codes}
        self.heirs: dict[str, tuple[str, Period]] = {}
        self.ends: dict[str, Period] = {}
        self.merged = False
        self.complete = chance.random() < 0.5
        self.shift = 0
        self.housing = chance.choice(("FB 50", "AWO"))
        self.below["wohnen"] = chance.choice((3, 5))
        self.sexes = {code: chance.random() < 0.6 for code in ("faelle", "termine", "kinder")}
        self.indicators = self._drawn()
        self.second = second
        other = "AWO" if self.housing != "AWO" else "DRK"
        self.registries = [self.housing, other] if second.random() < 0.3 else [self.housing]

    def _drawn(self) -> tuple[str, ...]:
        chance = self.chance
        pool = [
            "faelle, cumulative: single_period",
            "faelle, cumulative: since_january",
            "faelle, frequency: yearly",
            "termine",
            "termine, frequency: yearly",
            "100 * termine / faelle, cumulative: single_period",
            "besucher",
            "wohnen",
            *chance.sample(DIFFERENCES, 2),
        ]
        return tuple(chance.sample(pool, chance.randint(4, len(pool))))

    def change(self) -> None:
        chance = self.chance
        for codes in self.formerly.values():
            if chance.random() < 0.1:
                codes.clear()  # the office tidies up
        if chance.random() < 0.15:
            self.indicators = self._drawn()
            return
        kinds = ("threshold", "reporters", "code", "code", "heir", "heir", "end", "districts", "numbers")
        for kind in chance.sample(kinds, chance.choice((1, 2, 3))):
            self._change(kind)

    def _change(self, kind: str) -> None:
        chance = self.chance
        match kind:
            case "threshold":
                code = chance.choice(("faelle", "termine", "kita", "besucher", "wohnen"))
                self.below[code] = chance.choice((3, 5, 8))
            case "reporters":
                code = chance.choice(("faelle", "termine"))
                self.named[code] = chance.sample(PROVIDERS, chance.randint(1, 3))
            case "code":
                self._rename(chance.choice(sorted(self.codes)))
            case "heir":
                self._take_over(chance.choice((HEIR, *PROVIDERS)), chance.sample(PROVIDERS, chance.choice((1, 1, 2))))
            case "end":
                self.ends[chance.choice(PROVIDERS)] = chance.choice(QUARTERS[:3])
            case "districts":
                self.merged = True
            case "numbers":
                self.shift += 20

    def _rename(self, code: str) -> None:
        """Where no indicator shows that it is the same, the catalogue says so."""
        old = self.codes[code]
        back = old != code and self.chance.random() < 0.3
        self.codes[code] = code if back else f"{code}_{len(self.formerly[code]) + (2 if old == code else 3)}"
        said = self.chance.random() < 0.7 or not any(self._names(text, code) for text in self.indicators)
        self.formerly[code] = [one for one in (*self.formerly[code], old) if one != self.codes[code]] if said else []

    def _names(self, text: str, code: str) -> bool:
        return code in self._written(text)

    def _take_over(self, heir: str, before: list[str]) -> None:
        since = self.chance.choice(QUARTERS)
        for reporter in before:
            if reporter not in self._line(heir):
                self.heirs.setdefault(reporter, (heir, since))
        for names in self.named.values():
            if heir not in names and not set(names).isdisjoint(before):
                names.append(heir)
            for reporter in before:
                if reporter in names and len(names) > 1 and self.chance.random() < 0.3:
                    names.remove(reporter)

    def _line(self, reporter: str) -> Iterator[str]:
        """A reporter, who takes over from it, and so on."""
        yield reporter
        if reporter in self.heirs:
            yield from self._line(self.heirs[reporter][0])

    def renamed(self, says: Mapping[Slice, Mapping[str, float]]) -> Mapping[Slice, Mapping[str, float]]:
        """A delivery as it comes in now: under the codes of now, mostly by who has taken over."""
        return {
            (self.codes.get(code, code), self._sender(who, period), period): self._districts(counts)
            for (code, who, period), counts in says.items()
        }

    def _sender(self, reporter: str, period: int) -> str:
        heir, since = self.heirs.get(reporter, ("", YEAR))
        return heir if heir and since.end <= Period.from_key(period).end and self.chance.random() < 0.8 else reporter

    def _districts(self, counts: Mapping[str, float]) -> Mapping[str, float]:
        places = [place for place in ("gebiet=nord", "gebiet=sued") if place in counts]
        if not self.merged or not places:
            return counts
        found = {code: number for code, number in counts.items() if code not in places}
        return {**found, "gebiet=mitte": sum(counts[place] for place in places)} if len(places) == 2 else found

    def catalogue(self) -> Catalogue:
        figures = []
        for code, kind, frequency, reporters in (
            ("faelle", "cumulative", "quarterly", self.named["faelle"]),
            ("termine", "flow", "quarterly", self.named["termine"]),
            ("kinder", "stock", "yearly", ["FB 50"]),
            ("kita", "stock", "yearly", [self.kita]),
            ("besucher", "stock", "yearly", ["FB 50"]),
            ("wohnen", "stock", "yearly", self.registries),
        ):
            now, below = self.codes.get(code, code), self.below[code]
            figures.append(
                f"code: {now}, title: {now}, unit: Personen, kind: {kind}, frequency: {frequency}, "
                f"reporters: [{', '.join(reporters)}], dimensions: [{self._dimension(code)}]"
                + (f", suppress_below: {below}" if below else "")
                + (f", formerly: [{', '.join(self.formerly[code])}]" if self.formerly.get(code) else "")
            )
        written = [
            indicator(
                f"C-{number + self.shift:02}",
                self._written(text),
                unit="Prozent" if "100" in text else "Personen",
                more=f", breakdowns: [{self._dimension(text)}]"
                + (f", formerly: [C-{number + self.shift - 20:02}]" if self.shift else ""),
            )
            for number, text in enumerate(sorted(self.indicators))
        ]
        return _made(tuple(figures), tuple(written), self._reporters(), self._dimensions())

    def _dimension(self, text: str) -> str:
        return {"besucher": "wer", "wohnen": "gebiet"}.get(text, "geschlecht")

    def _written(self, text: str) -> str:
        """A formula with the codes of now."""
        text = text.replace("{}", "kita")
        return re.sub(r"\w+", lambda found: self.codes.get(found[0], found[0]), text)

    def _reporters(self) -> str:
        lines = []
        for code in REPORTERS:
            before = [(old, since) for old, (heir, since) in self.heirs.items() if heir == code]
            times = f", follows: [{', '.join(old for old, _ in before)}]" if before else ""
            times += f", valid_from: {min(since.start for _, since in before)}" if before else ""
            times += f", valid_to: {self.ends[code].end}" if code in self.ends and not before else ""
            lines.append(f"  - {{code: {code}, name: {code}{times}}}\n")
        return "reporters:\n" + "".join(lines)

    def _dimensions(self) -> str:
        members = [f"{{code: {code}, title: {code}}}" for code in DISTRICTS]
        if self.merged:
            members.append('{code: mitte, title: mitte, follows: [nord, sued], valid_from: "2025"}')
        return (
            f"{AGES}  - code: gebiet\n    title: Stadtteil\n    complete: {str(self.complete).lower()}\n"
            f"    members: [{', '.join(members)}]\n"
        )

    def deliveries(self) -> list[dict[Slice, dict[str, float]]]:
        """In the order in which they came: by quarter, the year's at the end, late ones and corrections among them."""
        chance = self.chance
        found: list[tuple[float, dict[Slice, dict[str, float]]]] = []
        for code in ("faelle", "termine"):
            for name in self.reporters[code]:
                begins = chance.choice((0, 0, 0, 1, 2))
                since: dict[str, float] = {}
                for place, quarter in enumerate(QUARTERS):
                    counts = self._counts(code, 30)
                    since = {group: since.get(group, 0) + number for group, number in counts.items()}
                    if place < begins:
                        continue
                    says = {(code, name, quarter.key): dict(since if code == "faelle" else counts)}
                    late = 2.5 if chance.random() < 0.15 else 0
                    found.append((place + chance.random() + late, says))
                    if chance.random() < 0.12:
                        found.append((place + 2 + chance.random() + late, self._corrected(says)))
        kinder = self._counts("kinder", 60, 12)
        kita = self._part_of(kinder)
        for code, name, counts in (("kinder", "FB 50", kinder), ("kita", self.kita, kita)):
            says = {(code, name, YEAR.key): counts}
            found.append((4 + chance.random(), says))
            if chance.random() < 0.3:
                found.append((5 + chance.random(), self._corrected(says)))
        if chance.random() < 0.6:
            found.append((4 + chance.random(), {("besucher", "FB 50", YEAR.key): self._visitors()}))
        if chance.random() < 0.8:
            says = {("wohnen", self.housing, YEAR.key): self._housed()}
            found.append((1 + 3 * chance.random(), says))
            if chance.random() < 0.7:
                found.append((3 + 3 * chance.random(), self._corrected(says) if chance.random() < 0.5 else dict(says)))
        found += self._of_the_second_registry()
        return [says for _, says in sorted(found, key=lambda one: one[0])]

    def _of_the_second_registry(self) -> Iterator[tuple[float, dict[Slice, dict[str, float]]]]:
        """It counts the districts of its own time: before the merger, after it, or twice."""
        for name in self.registries[1:]:
            for begin in self.second.sample((1, 4), self.second.choice((1, 2))):
                with self._drawing(self.second):
                    yield begin + 3 * self.second.random(), {("wohnen", name, YEAR.key): self._housed()}

    @contextmanager
    def _drawing(self, other: random.Random) -> Iterator[None]:
        """Draws by another lot, so that the rest of a city stays what it was."""
        own, self.chance = self.chance, other
        yield
        self.chance = own

    def _small(self, largest: int) -> int:
        return self.chance.randint(0, 6) if self.chance.random() < 0.35 else self.chance.randint(0, largest)

    def _counts(self, code: str, largest: int, more: int = 0) -> dict[str, float]:
        if not self.sexes[code]:
            return {"": float(self._small(2 * largest) + more)}
        cells = {f"geschlecht={sex}": float(self._small(largest) + more) for sex in SEXES}
        return {"": sum(cells.values()), **cells}

    def _part_of(self, whole: dict[str, float]) -> dict[str, float]:
        cells = {
            group: max(0.0, number - self.chance.randint(0, 4))
            if self.chance.random() < 0.4
            else float(self.chance.randint(0, int(number)))
            for group, number in whole.items()
            if group or len(whole) == 1
        }
        return cells if "" in cells else {"": sum(cells.values()), **cells}

    def _corrected(self, says: dict[Slice, dict[str, float]]) -> dict[Slice, dict[str, float]]:
        """One number more, or three, somewhere, and in the total."""
        ((place, counts),) = says.items()
        more, group = self.chance.choice((1, 3)), self.chance.choice(sorted(counts))
        return (
            {place: {code: number + (more if code in ("", group) else 0) for code, number in counts.items()}}
            if (group or len(counts) == 1)
            else {place: dict(counts)}
        )

    def _housed(self) -> dict[str, float]:
        cells = {f"gebiet={place}": float(self._small(40)) for place in DISTRICTS}
        total = sum(cells.values()) + (0 if self.complete else self._small(30))
        if self.chance.random() < 0.15:
            del cells["gebiet=sued"]
        return {"": total, **cells}

    def _visitors(self) -> dict[str, float]:
        to3, to6, to18, to65, above = (float(self._small(40)) for _ in range(5))
        groups = {"u6": to3 + to6, "u18": to3 + to6 + to18, "drei": to6, "plus": above, "bis65": to65}
        shown = self.chance.sample(sorted(groups), self.chance.randint(2, 5))
        return {"": to3 + to6 + to18 + to65 + above, **{f"wer={code}": groups[code] for code in shown}}
