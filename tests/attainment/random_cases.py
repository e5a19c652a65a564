"""Random series and rules from a seed: every method, with gaps, signs, breaks, milestones and odd targets."""

import random
from collections.abc import Iterator

from indicators.model import Sign
from indicators.periods import Period
from indicators.targets import Direction, Point, TargetRule

METHODS = (
    "linear_path", "linear_path", "maintain", "band", "threshold", "gap", "direction", "dns_trend", "dns_trend",
    "eurostat_cagr",
)  # fmt: skip
SIGNS = (None, Sign.SECRET, Sign.UNKNOWN, Sign.LATER, Sign.UNRELIABLE, Sign.NOTHING)

Values = list[tuple[Period, float | Sign | None]]


def cases(number: int, seed: int) -> Iterator[tuple[Values, TargetRule]]:
    dice = random.Random(seed)
    for _ in range(number):
        values = random_values(dice)
        yield values, random_rule(dice, [period for period, _ in values])


def random_values(dice: random.Random) -> Values:
    begin = dice.choice((Period.of_year(2012), Period.quarter(2017, dice.randint(1, 4)), Period.school_year(2012)))
    length = dice.choice((0, 1, 2, 4, 6, 8, 10, 24)) if dice.random() < 0.3 else dice.randint(5, 24)
    level, drift = dice.choice((0, 5, 40, 80, 3000)), dice.uniform(-2, 2)
    values: Values = []
    for step in range(length):
        if dice.random() < 0.04:
            continue
        # Few distinct values, so that equal ones, met targets and bounds hit exactly all occur.
        number = round(level + drift * step + dice.choice((0, 0, 1, -1, 0.5)), 1)
        values.append((begin.shifted(step), dice.choice(SIGNS) if dice.random() < 0.04 else number))
    dice.shuffle(values)
    return values


def random_rule(dice: random.Random, periods: list[Period]) -> TargetRule:
    direction = dice.choices(tuple(Direction), (45, 40, 5, 5, 5))[0]
    level = dice.choice((0, 5, 40, 80, 3000))
    start = round(level + dice.uniform(-5, 5), 1) if dice.random() < 0.95 else 0.0
    baseline = Point.of(dice.choice((2012, 2015, 2018, "2019-Q2", 2023)), start) if dice.random() < 0.9 else None
    low = round(level + dice.uniform(-9, 3), 1) if dice.random() < 0.4 else None
    high = round((low if low is not None else level) + dice.uniform(-1, 12), 1) if dice.random() < 0.4 else None
    return TargetRule(
        method=dice.choice(METHODS),
        direction=direction,
        baseline=baseline,
        targets=random_targets(dice, level),
        tolerance=dice.choice((None, None, None, 0.0, 0.5, 2.0, -1.0)) if dice.random() < 0.6 else None,
        low=low,
        high=high,
        breaks=tuple(dice.sample(periods, k=1)) if periods and dice.random() < 0.15 else (),
        chained=dice.random() < 0.2,
        percentage=dice.random() < 0.1,
        accept_percentage=dice.random() < 0.3,
        yearly=dice.random() < 0.15,
        gap=dice.choice(("difference", "ratio")) if dice.random() < 0.1 else None,
    )


def random_targets(dice: random.Random, level: float) -> tuple[Point, ...]:
    years = sorted(
        dice.sample((2016, 2020, 2022, 2024, 2025, 2026, 2028, 2030, 2035), k=dice.choice((0, 1, 1, 1, 2, 3)))
    )
    values = [round(level + dice.choice((-12, -3, 0, 1, 4, 9)) + dice.choice((0, 0.5)), 1) for _ in years]
    return tuple(Point.of(year, value) for year, value in zip(years, values, strict=True))
