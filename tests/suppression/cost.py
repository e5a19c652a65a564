"""What hiding costs against the cheapest way there is: python -m tests.suppression.cost [TABLES]

Small tables (sex by age with totals, 20 cells) are protected by the product and by trying every set of cells that is
cheaper than the product's, cheapest first, until one withstands the attacker. Costs are the product's own: a crossing
counts 1, a member of one dimension 2, the total 4, a little more for large numbers.
"""

import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from indicators.model import Breakdown
from indicators.periods import Period
from indicators.suppression import Hidden, HiddenValue
from indicators.suppression.equations import Relations
from indicators.suppression.history import Definitions
from tests.suppression.attacker import disclosures
from tests.suppression.one_state import hidden_values, versions_of
from tests.suppression.tables import city, crossed, frame

FIGURE, PERIOD = "beratene", Period.of_year(2025)


@dataclass(frozen=True)
class Comparison:
    """Costs and numbers of hidden cells in one table; `small` are those that are too small themselves."""

    small: int
    cells: int
    best_cells: int
    cost: float
    best_cost: float


class Table:
    """One crossed table as the product sees it, open for trying other sets of hidden cells."""

    def __init__(self, values: pd.DataFrame) -> None:
        self.values = values
        relations = Relations(Definitions([city()]), versions_of(values))
        network = relations.network
        self.codes = [relations.cells.keys[cell][1] for cell in range(len(values))]
        for cell in range(len(values)):
            network.equations_of(cell)
        self.costs = np.array([network.cost(cell) for cell in range(len(values))])
        self.small = np.array([cell in network.sensitive for cell in range(len(values))])
        self.equations = [sorted(equation) for equation in network.equations]

    def hidden(self, chosen: np.ndarray) -> Hidden:
        """As if the product had chosen these cells."""
        return Hidden(
            tuple(
                HiddenValue(FIGURE, Breakdown.parse(code), PERIOD, 0.0, bool(small))
                for code, small, one in zip(self.codes, self.small, chosen, strict=True)
                if one
            )
        )

    def own(self) -> np.ndarray:
        """What the product hides."""
        codes = {value.breakdown.code for value in hidden_values(self.values, city()).values}
        return np.array([code in codes for code in self.codes])

    def cheaper(self, limit: float) -> Iterator[np.ndarray]:
        """All sets below the limit that leave no hidden cell alone in an equation, cheapest first."""
        free = [cell for cell in range(len(self.codes)) if not self.small[cell] and self.costs[cell] < np.inf]
        picks = (np.arange(2 ** len(free))[:, None] >> np.arange(len(free))) & 1
        chosen = np.tile(self.small, (len(picks), 1))
        chosen[:, free] = picks.astype(bool)
        cost = chosen @ np.where(np.isinf(self.costs), 0.0, self.costs)
        possible = cost < limit - 1e-9
        for equation in self.equations:
            possible &= chosen[:, equation].sum(axis=1) != 1
        for place in np.flatnonzero(possible)[np.argsort(cost[possible], kind="stable")]:
            yield chosen[place]

    def cost(self, chosen: np.ndarray) -> float:
        return float(self.costs[chosen].sum())


def compare(seed: int) -> Comparison | None:
    """None for a table without small numbers."""
    table = Table(frame(crossed(random.Random(seed), FIGURE, str(PERIOD))))
    if not table.small.any():
        return None
    own = best = table.own()
    for chosen in table.cheaper(table.cost(own)):
        if not any(disclosures(table.values, table.hidden(chosen), city())):
            best = chosen
            break
    return Comparison(int(table.small.sum()), int(own.sum()), int(best.sum()), table.cost(own), table.cost(best))


def main(tables: int) -> None:
    """Prints sums over all tables and the worst one."""
    began = time.perf_counter()
    found = [one for seed in range(tables) if (one := compare(seed))]
    cost, best = sum(one.cost for one in found), sum(one.best_cost for one in found)
    worst = max(found, key=lambda one: one.cost / one.best_cost)
    print(f"{len(found)} tables of 20 cells, {sum(one.small for one in found)} numbers too small themselves")
    print(f"hidden cells: product {sum(o.cells for o in found)}, optimum {sum(o.best_cells for o in found)}")
    print(f"cost: product {cost:.1f}, optimum {best:.1f}, ratio {cost / best:.3f}")
    print(f"as cheap as the optimum: {sum(one.cost <= one.best_cost + 1e-9 for one in found)} of {len(found)}")
    print(f"worst table: {worst.cost:.1f} instead of {worst.best_cost:.1f} ({worst.cost / worst.best_cost:.2f} times)")
    print(f"{time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
