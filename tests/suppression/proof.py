"""The proof, by a command that anybody can run: python -m tests.suppression.proof [CITIES] [FIRST]

That many random cities of the old kind, as reader and as reporters, and that many of the new kind: cities over time.
"""

import sys
import time
from collections.abc import Iterable, Iterator

from indicators.suppression.hidden import decided
from tests.suppression.onlooker import Onlooker
from tests.suppression.stories import PROVIDERS, story, told_to_product

REPORTERS = (*PROVIDERS, "FB 50")


def attack_stories(seeds: Iterable[int]) -> Iterator[tuple[int, bool, list[str]]]:
    """Of each city its number, whether the office is told that something is not safe, and what else was disclosed."""
    for seed in seeds:
        city = story(seed)
        hidden = decided(*told_to_product(city))
        onlooker = Onlooker(city, hidden)
        insiders = ("",) if hidden.unsafe else ("", *REPORTERS)
        yield seed, bool(hidden.unsafe), [text for insider in insiders for text in onlooker.learned(insider)]


def main(cities: int, first: int) -> None:
    began = time.perf_counter()
    told = disclosed = 0
    for seed, unsafe, found in attack_stories(range(first, first + cities)):
        told += unsafe
        disclosed += len(found)
        for text in found:
            print(f"city {seed}{' (told)' if unsafe else ''}: {text}", flush=True)
    print(f"{cities} cities over time, {disclosed} disclosures; in {told} the office was told of numbers not safe")
    print(f"{time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000, int(sys.argv[2]) if len(sys.argv) > 2 else 0)
