"""Timing two ways of the same work in one run, and the table that compares them."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from statistics import median

from indicators.store import Store

Work = Callable[[], object]
Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Ratio:
    """Our way against another in one run. `most` or `least` bounds the ratio; without either it only informs."""

    name: str
    ours: str
    other: str
    value: float
    most: float | None = None
    least: float | None = None

    @property
    def ok(self) -> bool:
        return (self.most is None or self.value <= self.most) and (self.least is None or self.value >= self.least)

    def ungated(self) -> "Ratio":
        return replace(self, most=None, least=None)

    @property
    def target(self) -> str:
        if self.most is not None:
            return f"<= {self.most:g}"
        return f">= {self.least:g}" if self.least is not None else "-"

    @property
    def verdict(self) -> str:
        gated = self.most is not None or self.least is not None
        return ("ok" if self.ok else "NOT OK") if gated else ""


def slower(name: str, ours: float, other: float, most: float | None = None) -> Ratio:
    """How many times the other's milliseconds ours takes."""
    return Ratio(name, f"{ours:.1f} ms", f"{other:.1f} ms", ours / other, most=most)


def faster(name: str, ours: float, other: float, least: float | None = None) -> Ratio:
    """How many times our milliseconds the other takes."""
    return Ratio(name, f"{ours:.1f} ms", f"{other:.1f} ms", other / ours, least=least)


def alternately(works: Sequence[Work], rounds: int, clock: Clock = time.perf_counter) -> list[list[float]]:
    """Milliseconds of each work in each round. They take turns, so that a busy machine slows all of them alike."""
    taken: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for work, times in zip(works, taken, strict=True):
            start = clock()
            work()
            times.append(1000 * (clock() - start))
    return taken


def best(times: Sequence[float]) -> float:
    """For work that only reads: what is above the least is the rest of the machine."""
    return min(times)


def middle(times: Sequence[float]) -> float:
    """For work that waits for the disk."""
    return median(times)


def printed(ratios: Sequence[Ratio]) -> str:
    heads = ("what", "ours", "other", "ratio", "target", "")
    rows = [heads, *((r.name, r.ours, r.other, f"{r.value:.1f} x", r.target, r.verdict) for r in ratios)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(heads))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])


def forgetful(store: Store) -> Store:
    """Asked anew in each round: what a store remembers of the round before is not what is measured."""
    assert store.cursor
    return store
