"""The attack: two linear programmes for each number that must not be known. No interval as narrow as the threshold."""

import random
from datetime import datetime

import pytest

from indicators.catalogue import load
from indicators.samples import braunschweig
from indicators.settings import SAMPLE_DEFINITIONS
from indicators.store import Store
from indicators.suppression import Hidden
from tests.suppression.attacker import disclosures
from tests.suppression.one_state import base_values, hidden_values
from tests.suppression.proof import attack_tables
from tests.suppression.tables import city, crossed, frame, random_city, spoiled

QUICK, MANY = 8, 120


def test_nothing_is_disclosed_in_random_cities():
    assert list(attack_tables(range(QUICK))) == []


@pytest.mark.slow
def test_nothing_is_disclosed_in_many_random_cities():
    """A thousand, and a thousand of another kind: `python -m tests.suppression.proof`."""
    assert list(attack_tables(range(QUICK, MANY))) == []


@pytest.mark.parametrize("seeds", [range(QUICK), pytest.param(range(QUICK, 80), marks=pytest.mark.slow)])
def test_nothing_is_disclosed_in_spoiled_deliveries(seeds):
    found = []
    for seed in seeds:
        values = spoiled(random_city(seed), seed)
        hidden = hidden_values(values, city())
        assert not hidden.unsafe
        found += [f"spoiled {seed}: {text}" for text in disclosures(values, hidden, city())]
    assert found == []


def test_the_attack_finds_what_primary_suppression_alone_gives_away():
    """Else a test that finds nothing would prove nothing."""
    found = 0
    for seed in range(20):
        values = random_city(seed)
        hidden = hidden_values(values, city())
        primary = Hidden(tuple(value for value in hidden.values if value.small))
        found += any(disclosures(values, primary, city()))
    assert found >= 15


@pytest.mark.parametrize("seed", range(8))
def test_a_second_cell_shown_again_is_often_a_disclosure(seed):
    """Of the cells hidden for others' sake some can be spared one at a time, but most cannot."""
    values = frame(crossed(random.Random(seed), "beratene", "2025"))
    hidden = hidden_values(values, city())
    others = [value for value in hidden.values if not value.small]
    spared = [
        any(disclosures(values, Hidden(tuple(v for v in hidden.values if v is not other)), city())) for other in others
    ]
    assert sum(spared) * 2 >= len(others)


@pytest.mark.slow
def test_nothing_is_disclosed_in_the_sample_installation(sample_database):
    steps = braunschweig.plan()
    store, catalogue = Store(sample_database), load(SAMPLE_DEFINITIONS["braunschweig"])
    for moment in (steps[len(steps) // 2].at, datetime(2100, 1, 1)):
        values = base_values(store, catalogue, moment)
        hidden = hidden_values(values, catalogue)
        assert hidden.values
        assert list(disclosures(values, hidden, catalogue)) == []
    store.close()
