"""How long deciding takes: python -m tests.suppression.benchmark [SHARE OF SMALL CELLS]

60 base figures by sex, age and origin (23 cells) over 20 quarters, rolled up to years, with growth and shares:
27,600 numbers. Beside the clock's time stands the processor's, since other programs may run.
"""

import random
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from indicators.catalogue import Catalogue, load
from indicators.periods import Period
from tests.suppression.one_state import hidden_values
from tests.suppression.tables import AGES, CITY, SEXES, Row, frame

FIGURES, QUARTERS, ROUNDS = 60, 20, 5
KINDS = ("stock", "flow", "cumulative")
BREAKDOWNS = "[[], [geschlecht], [alter], [herkunft], [geschlecht, alter]]"


def catalogue() -> Catalogue:
    """Every third figure is a stock and a share of the first one; flows and cumulative counts are shown by year."""
    figures, indicators = [], []
    for number in range(FIGURES):
        figures.append(
            f"  - {{code: f{number}, title: F{number}, unit: Personen, kind: {KINDS[number % 3]}, department: FB 50,\n"
            f"     frequency: quarterly, breakdowns: {BREAKDOWNS}, dimensions: [geschlecht, alter, herkunft],\n"
            "     suppress_below: 5}"
        )
        share = number and number % 3 == 0
        shown = f"100 * f{number} / f0, unit: Prozent" if share else f"f{number}, unit: Personen, frequency: yearly"
        indicators.append(
            f"  - {{code: K-{number}, title: K{number}, goal: C-1.1, kind: output, direction: up, formula: {shown},\n"
            "     definition: Zahl., source: Zählung, method: direction}"
        )
    head = "field: C\ntitle: Arbeit\nguiding_goals: [{code: C-1, title: Z, sub_goals: [{code: C-1.1, title: T}]}]\n"
    with tempfile.TemporaryDirectory() as folder:
        for file in CITY.glob("*.yaml"):
            (Path(folder) / file.name).write_bytes(file.read_bytes())
        body = head + "base_figures:\n" + "\n".join(figures) + "\nindicators:\n" + "\n".join(indicators) + "\n"
        (Path(folder) / "c_arbeit.yaml").write_text(body, encoding="utf-8")
        return load(Path(folder))


def rows(small: float) -> Iterator[Row]:
    """Crossings between 20 and 900, and between 1 and 4 in that share of them."""
    chance = random.Random(1)
    for number, quarter in product(range(FIGURES), range(QUARTERS)):
        period = Period.quarter(2020, 1).shifted(quarter)
        if period.part == 1 or KINDS[number % 3] != "cumulative":
            cells = dict.fromkeys(product(SEXES, AGES), 3000 if number == 0 else 0)
        for cell in cells:
            cells[cell] += chance.randint(1, 4) if chance.random() < small else chance.randint(20, 900)
        yield from table(f"f{number}", str(period), cells)


def table(code: str, period: str, cells: dict[tuple[str, str], int]) -> Iterator[Row]:
    total = sum(cells.values())
    foreign = total // 3
    for (sex, age), count in cells.items():
        yield code, f"alter={age};geschlecht={sex}", period, count
    for sex in SEXES:
        yield code, f"geschlecht={sex}", period, sum(cells[sex, age] for age in AGES)
    for age in AGES:
        yield code, f"alter={age}", period, sum(cells[sex, age] for sex in SEXES)
    yield code, "herkunft=deutsch", period, total - foreign
    yield code, "herkunft=auslaendisch", period, foreign
    yield code, "herkunft=darunter_eu", period, foreign // 2
    yield code, "", period, total


def main(small: float) -> None:
    values, city = frame(rows(small)), catalogue()
    clock, processor = [], []
    for _ in range(ROUNDS):
        began = time.perf_counter(), time.process_time()
        hidden = hidden_values(values, city)
        clock.append(1000 * (time.perf_counter() - began[0]))
        processor.append(1000 * (time.process_time() - began[1]))
    small_ones = sum(value.small for value in hidden.values)
    print(f"{len(values)} numbers, {small_ones} too small, {len(hidden.values)} hidden, {len(hidden.unsafe)} unsafe")
    print(f"best of {ROUNDS}: {min(clock):.0f} ms, {min(processor):.0f} ms of processor")


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 0.01)
