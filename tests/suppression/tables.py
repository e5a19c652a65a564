"""Tables for the tests: written by hand, or drawn at random as a small city would deliver them."""

import random
from collections.abc import Iterable
from functools import cache
from itertools import product
from pathlib import Path

import pandas as pd

from indicators.catalogue import Catalogue, load
from indicators.periods import Period
from tests.suppression.one_state import Contributions

CITY = Path(__file__).parent / "city"
SEXES = ("weiblich", "maennlich", "divers")
AGES = ("unter_18", "bis_27", "bis_65", "ab_65")
QUARTERS = tuple(Period.quarter(2025, number) for number in (1, 2, 3, 4))

Row = tuple[str, str, str, float | str]
"""Base figure, breakdown code, period, number or sign."""


@cache
def city() -> Catalogue:
    return load(CITY)


def frame(rows: Iterable[Row]) -> pd.DataFrame:
    """What `one_state.base_values` gives."""
    written = [
        (figure, breakdown, Period.parse(period).key, *((None, cell) if isinstance(cell, str) else (float(cell), None)))
        for figure, breakdown, period, cell in rows
    ]
    return pd.DataFrame(written, columns=["base_figure", "breakdown", "period", "number", "sign"])


def random_city(seed: int) -> pd.DataFrame:
    """One to seven base figures with many small numbers; parts add up, shares are mostly below one."""
    chance = random.Random(seed)
    people = crossed(chance, "beratene", "2025")
    rows = list(people)
    counts = {breakdown: number for _, breakdown, _, number in people}
    if chance.random() < 0.6:
        rows += part_of(chance, "vermittelte", "2025", counts)
    if chance.random() < 0.5:
        rows += [("bewohner", b, "2025", counts[b] + extra) for b, extra in by_sex(chance, 0.3, 60)]
    if chance.random() < 0.6:
        rows += flows(chance)
    if chance.random() < 0.6:
        rows += origins(chance)
    if chance.random() < 0.6:
        rows += levels(chance)
    if chance.random() < 0.4:
        rows += schools(chance)
    if chance.random() < 0.5:
        rows += visitors(chance)
    return frame(rows)


REPORTERS = ("AWO", "DRK", "FB 50")
REGISTRY = "FB 33"
TOGETHER = (
    ("beratene", "vermittelte", "bewohner"),
    ("kurse", "abschluesse"),
    ("gemeldete",),
    ("lernende",),
    ("besucher",),
    ("schueler", "gymnasium", "gesamtschule"),
)
DENOMINATORS = {"beratene", "bewohner", "schueler"}


def shared_city(seed: int) -> tuple[pd.DataFrame, Contributions]:
    """Several reporters deliver the same base figures, each of its own people, or one alone; some denominators come
    from the registry, which knows all people together. With who delivered what."""
    chance = random.Random(seed)
    delivers = {code: names for codes in TOGETHER for names in [drawn(chance)] for code in codes}
    registered = {code for code in sorted(DENOMINATORS) if chance.random() < 0.3}
    parts: dict[tuple[str, str, int], dict[str, float]] = {}
    for number, reporter in enumerate(REPORTERS):
        own = random_city(seed * 10 + number)
        for figure, breakdown, period, count in zip(*(own[name] for name in own.columns[:4]), strict=True):
            if reporter in delivers[figure] or figure in registered:
                found = parts.setdefault((figure, breakdown, int(period)), {})
                name = REGISTRY if figure in registered else reporter
                found[name] = found.get(name, 0.0) + count
    whole = {key[2]: found.keys() for key, found in parts.items() if key[:2] == ("besucher", "")}
    for key in [key for key in parts if key[0] == "besucher"]:
        if parts[key].keys() != whole[key[2]]:
            del parts[key]  # age groups that only some deliver are no lengths on the line of everybody's ages
    names = {
        figure: {name for key, found in parts.items() if key[0] == figure for name in found} for figure in delivers
    }
    sole = {figure: found.pop() for figure, found in names.items() if len(found) == 1}
    rows = [(*key, sum(found.values()), None) for key, found in parts.items()]
    values = pd.DataFrame(rows, columns=["base_figure", "breakdown", "period", "number", "sign"])
    return values, Contributions(sole, {key: found for key, found in parts.items() if key[0] not in sole})


def drawn(chance: random.Random) -> list[str]:
    return chance.sample(REPORTERS, chance.choice((1, 2, 2, 3)))


def small(chance: random.Random, often: float = 0.35, largest: int = 80) -> int:
    """A count, often a very small one."""
    return chance.randint(0, 6) if chance.random() < often else chance.randint(0, largest)


def crossed(chance: random.Random, figure: str, period: str) -> list[Row]:
    """Sex by age with all totals."""
    cells = {(sex, age): small(chance) for sex, age in product(SEXES, AGES)}
    rows: list[Row] = [(figure, f"alter={age};geschlecht={sex}", period, n) for (sex, age), n in cells.items()]
    rows += [(figure, f"geschlecht={sex}", period, sum(cells[sex, age] for age in AGES)) for sex in SEXES]
    rows += [(figure, f"alter={age}", period, sum(cells[sex, age] for sex in SEXES)) for age in AGES]
    return [*rows, (figure, "", period, sum(cells.values()))]


def by_sex(chance: random.Random, often: float = 0.35, largest: int = 80) -> list[tuple[str, int]]:
    cells = [(f"geschlecht={sex}", small(chance, often, largest)) for sex in SEXES]
    return [*cells, ("", sum(number for _, number in cells))]


def part_of(chance: random.Random, figure: str, period: str, whole: dict[str, float | str]) -> list[Row]:
    """Members of each sex, sometimes nearly all of them."""
    cells = []
    for sex in SEXES:
        most = int(whole[f"geschlecht={sex}"])
        cells.append(
            (
                f"geschlecht={sex}",
                max(0, most - chance.randint(0, 4)) if chance.random() < 0.3 else chance.randint(0, most),
            )
        )
    return [(figure, b, period, n) for b, n in [*cells, ("", sum(n for _, n in cells))]]


def flows(chance: random.Random) -> list[Row]:
    """Courses by quarter, and certificates counted since January."""
    rows: list[Row] = []
    since_january: dict[str, int] = {}
    for quarter in QUARTERS:
        rows += [("kurse", b, str(quarter), n) for b, n in by_sex(chance, 0.4, 40)]
        for breakdown, number in by_sex(chance, 0.4, 30):
            since_january[breakdown] = since_january.get(breakdown, 0) + number
        rows += [("abschluesse", b, str(quarter), n) for b, n in since_january.items()]
    return rows


def origins(chance: random.Random) -> list[Row]:
    german, foreign = small(chance, 0.3, 200), small(chance, 0.3, 60)
    union = chance.randint(max(0, foreign - 12), foreign) if chance.random() < 0.4 else chance.randint(0, foreign)
    cells = {"deutsch": german, "auslaendisch": foreign, "darunter_eu": union}
    rows: list[Row] = [("gemeldete", f"herkunft={code}", "2025", n) for code, n in cells.items()]
    return [*rows, ("gemeldete", "", "2025", german + foreign), ("gemeldete", "gebiet=land", "2025", 90000)]


def levels(chance: random.Random) -> list[Row]:
    """Three levels and some who have none of them."""
    cells = [(code, small(chance, 0.4, 40)) for code in ("a2", "b1", "b2")]
    total = sum(n for _, n in cells) + chance.choice((0, 2, 30))
    return [*(("lernende", f"niveau={code}", "2025", n) for code, n in cells), ("lernende", "", "2025", total)]


def schools(chance: random.Random) -> list[Row]:
    """Two types of school, and few or no pupils anywhere else."""
    grammar, common = dict(by_sex(chance, 0.4, 50)), dict(by_sex(chance, 0.4, 50))
    others = {code: chance.choice((0, 0, 1, 20)) for code in grammar if code}
    others[""] = sum(others.values())
    return [
        row
        for code in grammar
        for row in (
            ("gymnasium", code, "2025", grammar[code]),
            ("gesamtschule", code, "2025", common[code]),
            ("schueler", code, "2025", grammar[code] + common[code] + others[code]),
        )
    ]


def visitors(chance: random.Random) -> list[Row]:
    """Age groups of two dimensions that overlap: by sections from 0 to 15, 18, 21, 27, 65 and above."""
    to_15, to_18, to_21, to_27, to_65, above = (small(chance, 0.4, 40) for _ in range(6))
    ages = {"unter_18": to_15 + to_18, "bis_27": to_21 + to_27, "bis_65": to_65, "ab_65": above}
    young = {"unter_15": to_15, "ab_15_unter_21": to_18 + to_21, "unter_21": to_15 + to_18 + to_21}
    shown = chance.sample(sorted(young), chance.randint(1, 3))
    rows: list[Row] = [("besucher", f"alter={code}", "2025", number) for code, number in ages.items()]
    rows += [("besucher", f"jung={code}", "2025", young[code]) for code in shown]
    return [*rows, ("besucher", "", "2025", sum(ages.values()))]


def spoiled(values: pd.DataFrame, seed: int) -> pd.DataFrame:
    """As departments deliver them: rows missing, parts that do not add up, signs, halves."""
    chance = random.Random(seed)
    kept = values[[chance.random() > 0.08 for _ in range(len(values))]].reset_index(drop=True)
    numbers: list[float | None] = kept["number"].tolist()
    signs: list[str | None] = [None] * len(numbers)
    for place, number in enumerate(numbers):
        drawn = chance.random()
        if drawn < 0.02:
            numbers[place], signs[place] = None, chance.choice(("*", ".", "...", "/"))
        elif drawn < 0.05 and number is not None:
            numbers[place] = max(0.0, number + chance.choice((-3, -1, 1, 2)))
        elif drawn < 0.06 and number is not None:
            numbers[place] = number + 0.5
    return kept.assign(number=numbers, sign=signs)
