"""Attainment over all series, as a ratio to a bare scan and to pandas.

    python -m tests.attainment.benchmark 1_000_000 10_000_000

Series hold 2,000 values at most and every method takes its share of them. pandas does only the first half of the
work, the values of the last six years by series, because the cases would be as long there as in SQL.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd

from indicators.attainment import METHODS
from indicators.ring.rules import rule_rows
from indicators.store.schema import VIEWS
from indicators.targets import Direction, Point, TargetRule

SQL = VIEWS / "10_attainment.sql"
SERIES, THREADS, ROUNDS = 5_000, 2, 5

FILL = """
create table series_values as
select
    number::int as series,
    ((1900 + step // 4) * 100000 + (331 + step % 4 * 300) * 10 + 3)::int as period,
    hash(number, step) % 10000 / 100 as value,
    case when hash(step, number) % 500 = 0 then '*' end as sign
from range($series) as numbers (number), range($periods) as steps (step)
order by series, period
"""


@dataclass(frozen=True, slots=True)
class Timing:
    """Best of several rounds, in milliseconds."""

    observations: int
    scan: float
    attainment: float
    pandas: float

    def __str__(self) -> str:
        return (
            f"{self.observations:>12,} observations: scan {self.scan:.0f} ms, attainment {self.attainment:.0f} ms "
            f"({self.attainment / self.scan:.1f} × scan), pandas {self.pandas:.0f} ms "
            f"({self.pandas / self.attainment:.1f} × attainment)"
        )


def measure(observations: int) -> Timing:
    with tempfile.TemporaryDirectory() as folder:
        connection = duckdb.connect(str(Path(folder) / "bench.duckdb"), config={"threads": THREADS})
        connection.execute(SQL.read_text(encoding="utf-8"))
        connection.execute(FILL, {"series": SERIES, "periods": observations // SERIES})
        connection.execute("update series_values set value = null where sign is not null")
        connection.register("given", rule_rows((series, rule(series)) for series in range(SERIES)))
        connection.execute("create table rules as from given")
        connection.execute("checkpoint")
        frame = connection.execute("from series_values").df()
        return Timing(
            observations,
            best(lambda: connection.execute("select sum(value) from series_values").fetchall()),
            best(lambda: connection.execute("from attainment('series_values', 'rules')").to_arrow_table()),
            best(lambda: in_pandas(frame)),
        )


def rule(series: int) -> TargetRule:
    names = sorted(METHODS)
    targets = Point.of(2028, 50), Point.of(2030, 60)
    return TargetRule(names[series % len(names)], Direction.UP, Point.of(2000, 20), targets, low=3, high=90)


def in_pandas(frame: pd.DataFrame) -> pd.DataFrame:
    """Values of the same day up to five years before the latest, one row a series."""
    latest = frame.groupby("series", sort=False)["period"].transform("max")
    behind = latest - frame["period"]
    recent = frame[(behind <= 500_017) & (behind % 100_000 == 0)]
    return recent.assign(years=behind // 100_000).pivot(index="series", columns="years", values="value")


def best(work: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - start))
    return min(times)


if __name__ == "__main__":
    for size in sys.argv[1:] or ["1_000_000"]:
        print(measure(int(size)))
