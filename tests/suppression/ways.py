"""Hiding and rounding on the same cities: python -m tests.suppression.ways [CITIES]

What each takes from readers, and which interval the small counts keep over all states and views. Rounding is tried
for every base figure, to multiples of 3, 5 and 10.
"""

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import mean, median

from indicators.model import Breakdown, Measurement
from indicators.suppression import Hidden, gives_away
from indicators.suppression.hidden import decided
from indicators.suppression.rounding import shown_count
from tests.suppression.onlooker import Onlooker, View, number_of, views
from tests.suppression.stories import Story, story, told_to_product

SMALL = 5


@dataclass
class Cost:
    """Of the last state of a city: indicator values that are lost, and by how much those shown are off."""

    values: int = 0
    lost: int = 0
    counts: list[tuple[float, float]] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)
    widths: list[float] = field(default_factory=list)


def shown_values(city: Story, view: View, hidden: Hidden) -> Iterator[tuple[bool, float, float | None]]:
    """Each indicator value of a state: whether it is a count, the true one, the one that is shown (None if hidden)."""
    onlooker = Onlooker(city, hidden)
    for indicator in view.catalogue.indicators.values():
        for breakdown, period in onlooker.points(view, indicator):
            lines = {n: onlooker.counted(view, indicator, n, breakdown, period) for n in indicator.expression.names}
            numbers = {name: number_of(line) for name, line in lines.items() if line is not None}
            true = indicator.expression.evaluate(numbers)
            if len(numbers) < len(lines) or true is None:
                continue
            is_count = not indicator.expression.divides
            if hidden.rounding:
                rounded = {name: shown_count(number, hidden.rounding[name]) for name, number in numbers.items()}
                yield is_count, true, indicator.expression.evaluate(rounded)
            else:
                point = Measurement(period, true)
                away = gives_away(indicator, Breakdown.parse(breakdown), point, hidden, view.catalogue)
                yield is_count, true, None if away else true


def measure(city: Story, hidden: Hidden, cost: Cost) -> None:
    *_, last = views(city)
    for is_count, true, shown in shown_values(city, last, hidden):
        cost.values += 1
        if shown is None:
            cost.lost += 1
        elif is_count:
            cost.counts.append((true, abs(shown - true)))
        else:
            cost.rates.append(abs(shown - true))
    if hidden.rounding:
        cost.widths += [high - low for _, _, low, high in Onlooker(city, hidden).intervals(SMALL)]


def main(cities: int) -> None:
    began = time.perf_counter()
    costs = {way: Cost() for way in ("hidden", "round 3", "round 5", "round 10")}
    for seed in range(cities):
        city = story(seed)
        codes = {code for one in city.catalogues for code in one.base_figures}
        measure(city, decided(*told_to_product(city)), costs["hidden"])
        for base in (3, 5, 10):
            measure(city, Hidden((), dict.fromkeys(codes, base)), costs[f"round {base}"])
    for way, cost in costs.items():
        large = [off / true for true, off in cost.counts if true >= 20]
        off = mean(off for _, off in cost.counts)
        print(
            f"{way}: {cost.values} values of the last state, {cost.lost} lost ({100 * cost.lost / cost.values:.1f} %);"
        )
        print(f"   counts off by {off:.2f} persons, those from 20 on by {100 * mean(large):.1f} %,")
        print(f"   half of the rates by {median(cost.rates):.1f} percentage points or more")
        if cost.widths:
            known = [sum(width <= most for width in cost.widths) for most in (0, 1)]
            print(
                f"   {len(cost.widths)} counts below {SMALL} in all states: {known[0]} known exactly, {known[1]} to one"
            )
            print(f"   of two numbers; intervals of {mean(cost.widths):.1f} on average")
    print(f"{cities} cities, {time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
