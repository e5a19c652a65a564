"""The proof, by a command that anybody can run: python -m tests.suppression.proof [CITIES] [FIRST]

That many random cities of the old kind, as reader and as reporters, and that many of the new kind: cities over time.
"""

import sys
import time
from collections.abc import Iterable, Iterator

from indicators.suppression import hidden_values
from indicators.suppression.hidden import decided
from tests.suppression.attacker import disclosures
from tests.suppression.onlooker import Onlooker
from tests.suppression.stories import PROVIDERS, story, told_to_product
from tests.suppression.tables import city, random_city
from tests.suppression.within import attack_from_within

REPORTERS = (*PROVIDERS, "FB 50")


def attack_stories(seeds: Iterable[int]) -> Iterator[tuple[int, bool, list[str]]]:
    """Of each city its number, whether the office is told that something is not safe, and what else was disclosed."""
    for seed in seeds:
        told = story(seed)
        hidden = decided(*told_to_product(told))
        onlooker = Onlooker(told, hidden)
        insiders = ("",) if hidden.unsafe else ("", *REPORTERS)
        yield seed, bool(hidden.unsafe), [text for insider in insiders for text in onlooker.learned(insider)]


def attack_tables(seeds: Iterable[int]) -> Iterator[str]:
    """What a reader learns in random cities of the old kind: one state, one catalogue."""
    for seed in seeds:
        values = random_city(seed)
        hidden = hidden_values(values, city())
        yield from (f"table {seed}: {text}" for text in disclosures(values, hidden, city()))


def main(cities: int, first: int) -> None:
    began = time.perf_counter()
    seeds = range(first, first + cities)
    learned = list(attack_tables(seeds))
    print(*learned, f"{cities} cities of one state, {len(learned)} disclosures to readers", sep="\n", flush=True)
    learned, unsafe = attack_from_within(seeds)
    print(
        *learned, f"{cities} cities, {len(learned)} disclosures to reporters; in {unsafe} the office was told", sep="\n"
    )
    told = disclosed = 0
    for seed, unsafe, found in attack_stories(seeds):
        told += unsafe
        disclosed += len(found)
        for text in found:
            print(f"city {seed}{' (told)' if unsafe else ''}: {text}", flush=True)
    print(f"{cities} cities over time, {disclosed} disclosures; in {told} the office was told of numbers not safe")
    print(f"{time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000, int(sys.argv[2]) if len(sys.argv) > 2 else 0)
