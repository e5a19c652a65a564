"""A state's ring: 400 cities × 60 indicators × 20 breakdowns × 40 quarters: `python -m tests.bench --only ring`.

Each city's contributions lie where they came in, city after city. Gated by the wall, best of three: a person waits for
it. On a machine that does other things as well, look at the processor's time beside it.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from indicators.model import Breakdown
from indicators.ring import Ring
from indicators.ring.comparing import cities, groups, standings, statuses
from indicators.store import Store
from tests.bench.measuring import Ratio, forgetful

SQL = Path(__file__).with_name("ring.sql")
MOMENT, ROUNDS = datetime(2026, 6, 1), 3


@dataclass(frozen=True)
class Size:
    cities: int = 400
    indicators: int = 60
    breakdowns: int = 20
    quarters: int = 40

    @property
    def values(self) -> int:
        return self.cities * self.indicators * self.breakdowns * self.quarters


LIMITS: Mapping[str, float] = {
    "overview of one city": 0.5,
    "all cities compared, one indicator": 2.0,
    "the same as of a moment": 2.0,
    "groups of an indicator": 2.0,
    "statuses of all cities": 2.0,
}
"""Seconds."""


def measure(size: Size | None = None) -> list[Ratio]:
    """One line a view, gated by its limit."""
    wanted = size or Size()
    with TemporaryDirectory() as folder:
        store = forgetful(filled(Store(Path(folder) / "ring.duckdb"), wanted))
        found = seconds(Ring(store, store, "city-1"), wanted)
        store.close()
    return [
        Ratio(f"{wanted.values:,} values in a ring: {name} (s)", f"{spent:.2f} (CPU {cpu:.2f})", f"{LIMITS[name]:g}",
              spent / LIMITS[name], most=1)
        for name, (spent, cpu) in found.items()
    ]  # fmt: skip


def filled(store: Store, size: Size) -> Store:
    """City after city, as they would come in."""
    with store.transaction() as cursor:
        for statement in SQL.read_text(encoding="utf-8").split(";"):
            named = {"cities": size.cities, "indicators": size.indicators, "breakdowns": size.breakdowns,
                     "quarters": size.quarters}  # fmt: skip
            if statement.strip():
                cursor.execute(statement, {name: value for name, value in named.items() if f"${name}" in statement})
    return store


def seconds(ring: Ring, size: Size) -> dict[str, tuple[float, float]]:
    """The best of some rounds for each view: by the wall, and of the processor."""
    headlines = {f"K-{number}": Breakdown() for number in range(size.indicators)}
    views: dict[str, Callable[[], object]] = {
        "overview of one city": lambda: standings(ring, headlines),
        "all cities compared, one indicator": lambda: cities(ring, "K-2", Breakdown.of(gruppe="g2")),
        "the same as of a moment": lambda: cities(ring, "K-2", Breakdown(), MOMENT),
        "groups of an indicator": lambda: groups(ring, "K-2"),
        "statuses of all cities": lambda: statuses(ring),
    }
    return {name: min(_spent(view) for _ in range(ROUNDS)) for name, view in views.items()}


def _spent(view: Callable[[], object]) -> tuple[float, float]:
    start, cpu = time.perf_counter(), time.process_time()
    assert view()
    return time.perf_counter() - start, time.process_time() - cpu
