"""The proof, by a command that anybody can run: python -m tests.suppression.proof [CITIES] [FIRST] [PART ...]

That many random cities of the old kind, as reader ("tables") and as reporters ("within"), and that many of the new:
cities over time ("stories"). A city is its number, so pieces can be run by themselves, in any order, one after the
other or on several machines: 500 0, then 500 500. How far it has come is said every fifty cities.
"""

import sys
import time
from collections.abc import Callable, Iterable, Iterator

from indicators.suppression.hidden import decided
from tests.suppression.attacker import disclosures
from tests.suppression.one_state import hidden_values
from tests.suppression.onlooker import Onlooker
from tests.suppression.stories import REPORTERS, story, told_to_product
from tests.suppression.tables import city, random_city
from tests.suppression.within import attack_each_from_within


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


Attack = Callable[[Iterable[int]], Iterator[tuple[bool, list[str]]]]

STEP = 50
PARTS: dict[str, Attack] = {
    "tables": lambda seeds: ((False, [text]) for text in attack_tables(seeds)),
    "within": attack_each_from_within,
    "stories": lambda seeds: (
        (told, [f"city {seed}{' (told)' if told else ''}: {text}" for text in found])
        for seed, told, found in attack_stories(seeds)
    ),
}


def seeds_of(part: str, first: int, cities: int) -> Iterator[range]:
    for start in range(first, first + cities, STEP):
        yield range(start, min(start + STEP, first + cities))
        print(f"{part}: cities {first} to {min(start + STEP, first + cities) - 1} are done", flush=True)


def main(cities: int, first: int, parts: Iterable[str] = PARTS) -> None:
    began = time.perf_counter()
    for part in parts:
        told = disclosed = 0
        for seeds in seeds_of(part, first, cities):
            for unsafe, found in PARTS[part](seeds):
                told += unsafe
                disclosed += len(found)
                print(*found, sep="\n", end="\n" if found else "", flush=True)
        print(f"{part}: {cities} cities from {first} on, {disclosed} disclosures; in {told} the office was told")
        print(f"{time.perf_counter() - began:.0f} s", flush=True)


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else 1000,
        int(sys.argv[2]) if len(sys.argv) > 2 else 0,
        sys.argv[3:] or PARTS,
    )
