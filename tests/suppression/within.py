"""The attack by each reporter of random cities: python -m tests.suppression.proof [CITIES] [FIRST] within

Every reporter knows its own part of every number; nobody may learn what the others contributed.
"""

from collections.abc import Iterable, Iterator

from tests.suppression.attacker import disclosures
from tests.suppression.one_state import hidden_values
from tests.suppression.tables import REGISTRY, REPORTERS, city, shared_city


def attack_each_from_within(seeds: Iterable[int]) -> Iterator[tuple[bool, list[str]]]:
    """Of each city whether the office is told that something is not safe, and what else was disclosed."""
    for seed in seeds:
        values, contributed = shared_city(seed)
        hidden = hidden_values(values, city(), contributed)
        insiders = ("",) if hidden.unsafe else ("", *REPORTERS, REGISTRY)
        found = disclosures(values, hidden, city(), contributed, insiders)
        yield bool(hidden.unsafe), [f"city {seed}: {text}" for text in found]


def attack_from_within(seeds: Iterable[int]) -> tuple[list[str], int]:
    """What was disclosed without the office being told, and in how many cities it was told."""
    found = list(attack_each_from_within(seeds))
    return [text for _, texts in found for text in texts], sum(told for told, _ in found)
