"""The attack by each reporter of a thousand random cities: python -m tests.suppression.within [CITIES]

Every reporter knows its own part of every number; nobody may learn what the others contributed.
"""

import sys
import time

from indicators.suppression import hidden_values
from tests.suppression.attacker import disclosures
from tests.suppression.tables import REGISTRY, REPORTERS, city, shared_city


def attack_from_within(seeds: range) -> tuple[list[str], int]:
    """What was disclosed without the office being told, and in how many cities it was told."""
    found, told = [], 0
    for seed in seeds:
        values, contributed = shared_city(seed)
        hidden = hidden_values(values, city(), contributed)
        insiders = ("",) if hidden.unsafe else ("", *REPORTERS, REGISTRY)
        told += bool(hidden.unsafe)
        found += [f"city {seed}: {text}" for text in disclosures(values, hidden, city(), contributed, insiders)]
    return found, told


def main(cities: int) -> None:
    began = time.perf_counter()
    found, told = attack_from_within(range(cities))
    print(*found, sep="\n")
    print(f"{cities} cities, {len(found)} disclosures; in {told} the office was told that a number is not safe")
    print(f"{time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
