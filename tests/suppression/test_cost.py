"""Hiding costs little more than it must: against the cheapest set of cells, found by trying them all."""

import pytest

from tests.suppression.cost import compare


@pytest.mark.slow
def test_the_cost_stays_near_the_optimum():
    found = [one for seed in range(16) if (one := compare(seed))]
    assert all(one.cost >= one.best_cost - 1e-9 for one in found)
    assert sum(one.cost for one in found) <= 1.15 * sum(one.best_cost for one in found)
