"""Current values and attainment over many observations: SQL against a bare scan, and against pandas with equal results.

Both sides begin ready: statements are planned once (`prepare`; 18 ms for attainment, 0.3 for the scan), and pandas has
all tables in memory before the clock starts, reading them from the file is not counted.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd

from indicators.attainment import METHODS
from indicators.ring.rules import rule_rows
from indicators.store import Store
from indicators.targets import Direction, Point, TargetRule
from tests.bench.city import MOMENT, MONTHLY, Size, filled
from tests.bench.measuring import Ratio, alternately, best, faster, slower

BASELINE, MILESTONE, TARGET = 2016, 2024, 2030
TABLES = ("observation", "coverage", "event")
STATEMENTS = {
    "scan": "select sum(value) from observation",
    "known": "select sum(value) from known",
    "every method": "from attainment('known', 'every_method')",
    "paths": "from attainment('known', 'paths')",
}


def measure(size: Size = MONTHLY, rounds: int = 40) -> list[Ratio]:
    with TemporaryDirectory() as folder:
        store = filled(Path(folder) / "bench.duckdb", size)
        prepare(store, size)
        paths = rule_frame(size)
        tables = {name: store.query(f"from {name}") for name in TABLES}
        assert_equal(in_sql(store, "paths").df(), in_pandas(tables, paths))
        works = [_work(store, name) for name in STATEMENTS]
        by_cpu = [best(times) for times in alternately(works, rounds, time.process_time)]
        by_wall = [best(times) for times in alternately(works, rounds)]
        in_memory = best(alternately([lambda: in_pandas(tables, paths)], max(3, rounds // 4))[0])
        rows = store.value("select count(*) from observation")
        store.close()
    return compared(f"{rows:,} observations, {size.series:,} series", by_cpu, by_wall, in_memory)


def compared(label: str, by_cpu: Sequence[float], by_wall: Sequence[float], in_memory: float) -> list[Ratio]:
    """Work is compared by CPU time of all threads, because milliseconds of two threads depend on the neighbours."""
    known, judged = f"as of a moment / bare scan, {label}", "attainment as of a moment, every method / bare scan"
    return [
        slower(f"{known} (CPU)", by_cpu[1], by_cpu[0], most=2),
        slower(known, by_wall[1], by_wall[0]),
        slower(f"{judged} (CPU)", by_cpu[2], by_cpu[0], most=8),
        slower(judged, by_wall[2], by_wall[0]),
        faster("current values and attainment (linear_path) / pandas, equal results", by_wall[3], in_memory, least=6),
    ]


def prepare(store: Store, size: Size) -> None:
    """Plans the statements; rules for all series: the methods in turn, and paths for the comparison with pandas."""
    store.cursor.execute(f"create view known as from valid_observation(timestamp '{MOMENT}')")
    for name, rule in (("every_method", mixed), ("paths", path)):
        store.cursor.register("given", rule_rows((series, rule(series)) for series in range(1, size.series + 1)))
        store.cursor.execute(f"create table {name} as from given")
        store.cursor.unregister("given")
    store.cursor.execute("checkpoint")
    for number, statement in enumerate(STATEMENTS.values()):
        store.cursor.execute(f"prepare statement_{number} as {statement}")


def mixed(series: int) -> TargetRule:
    names = sorted(METHODS)
    targets = Point.of(MILESTONE, 50), Point.of(TARGET, 60)
    return TargetRule(names[series % len(names)], Direction.UP, Point.of(BASELINE, 20), targets, low=3, high=90)


def path(series: int) -> TargetRule:
    start = start_of(series)
    targets = Point.of(MILESTONE, start + 15), Point.of(TARGET, start + 25)
    return TargetRule("linear_path", Direction.UP, Point.of(BASELINE, start), targets)


def start_of(series: int) -> float:
    return 20.0 + series % 50


def in_sql(store: Store, name: str):  # type: ignore[no-untyped-def]
    return store.cursor.execute(f"execute statement_{list(STATEMENTS).index(name)}")


def _work(store: Store, name: str) -> Callable[[], object]:
    return lambda: in_sql(store, name).to_arrow_table()


def rule_frame(size: Size) -> pd.DataFrame:
    """The paths' numbers by series, as pandas would hold them."""
    numbers = np.arange(1, size.series + 1)
    start = 20.0 + numbers % 50
    return pd.DataFrame({"series": numbers, "start": start, "milestone": start + 15, "target": start + 25})


@dataclass(frozen=True, slots=True)
class Knots:
    """Ends of baseline, milestone and target on the time axis."""

    baseline: float = BASELINE + 1.0
    milestone: float = MILESTONE + 1.0
    target: float = TARGET + 1.0


def in_pandas(tables: dict[str, pd.DataFrame], rules: pd.DataFrame) -> pd.DataFrame:
    """The same steps: what was valid, the latest value of each series, the path's value then, the status."""
    events = tables["event"]
    states = events[events["happened_at"] <= MOMENT].sort_values("id").drop_duplicates("delivery", keep="last")
    standing = states.loc[states["kind"] != "withdraw", "delivery"]
    coverage = tables["coverage"]
    valid = coverage[coverage["delivery"].isin(standing)].groupby("slice")["id"].max()
    observation = tables["observation"][["coverage", "series", "period", "value"]]
    known = observation[observation["coverage"].isin(valid)]
    latest = known.loc[known.groupby("series", sort=False)["period"].idxmax()]
    before = latest.assign(period=latest["period"] - 100_000)[["series", "period"]]
    before = before.merge(known, on=["series", "period"])[["series", "value"]]
    judged = latest.merge(rules, on="series").merge(before, on="series", how="left", suffixes=("", "_before"))
    return _judged(judged, Knots())


def _judged(rows: pd.DataFrame, knots: Knots) -> pd.DataFrame:
    month_ends = rows["period"] // 1000 % 100
    time = rows["period"] // 100_000 + month_ends / 12
    first = rows["start"] + (rows["milestone"] - rows["start"]) * (time - knots.baseline) / (
        knots.milestone - knots.baseline
    )
    second = rows["milestone"] + (rows["target"] - rows["milestone"]) * (time - knots.milestone) / (
        knots.target - knots.milestone
    )
    expected = np.where(time < knots.milestone, first, second)
    value, slack = rows["value"], 0.05 * (rows["target"] - rows["start"])
    deviation = value - expected
    near = 1e-9 * np.maximum(value.abs(), rows["target"])
    status = np.select(
        [
            value.isna(),
            value >= rows["target"] - near,
            deviation >= -slack - near,
            value < rows["start"] - near,
            deviation >= -3 * slack - near,
        ],
        ["not_judged", "reached", "on_track", "wrong_direction", "slightly_behind"],
        "clearly_behind",
    )
    return pd.DataFrame(
        {
            "series": rows["series"],
            "period": rows["period"],
            "value": value,
            "expected": np.where(value.isna(), np.nan, expected),
            "deviation": deviation,
            "attainment": (value - rows["start"]) / (rows["target"] - rows["start"]),
            "status": status,
            "previous_year": rows["value_before"].where(value.notna()),
        }
    )


def assert_equal(found: pd.DataFrame, wanted: pd.DataFrame) -> None:
    """Raises AssertionError where SQL and pandas differ in any series."""
    left, right = (frame[wanted.columns].sort_values("series", ignore_index=True) for frame in (found, wanted))
    pd.testing.assert_frame_equal(left, right, check_dtype=False, rtol=1e-9, atol=1e-9)
