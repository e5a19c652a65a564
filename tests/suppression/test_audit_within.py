"""The same attack by a reporter, who knows its own part of every sum."""

import pytest

from tests.suppression.attacker import disclosures
from tests.suppression.one_state import hidden_values
from tests.suppression.tables import REPORTERS, city, shared_city
from tests.suppression.within import attack_from_within

QUICK, MANY = 4, 24


def test_no_reporter_learns_the_others_numbers_from_its_own():
    assert attack_from_within(range(QUICK)) == ([], 0)


@pytest.mark.slow
def test_no_reporter_learns_the_others_numbers_in_many_random_cities():
    """A thousand take a quarter of an hour: `python -m tests.suppression.proof 1000 0 within`.

    There are cities where nothing helps: a registry that knows of five boys needs no table to limit their parts.
    """
    found, told = attack_from_within(range(QUICK, MANY))
    assert found == []
    assert told <= 1


@pytest.mark.slow
def test_the_attack_from_within_finds_what_was_hidden_from_readers_only():
    found = 0
    for seed in range(20):
        values, contributed = shared_city(seed)
        found += any(disclosures(values, hidden_values(values, city()), city(), contributed, REPORTERS))
    assert found >= 15
