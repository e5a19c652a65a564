"""What a delivery covers on its way into the store, and the numbers that are given for it."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from indicators.model import Slice
from indicators.store import dictionaries
from indicators.store.durability.numbers import given

NUMBERED = ("delivery", "event", "slice", "coverage")
NEXT = "select " + ", ".join(f"(select coalesce(max(id), 0) + 1 from {table})" for table in NUMBERED)  # noqa: S608


def next_numbers(cursor: duckdb.DuckDBPyConnection, beside: Path | None = None) -> dict[str, int]:
    """The first free number of each numbered table, asked once: four questions take three times as long.

    A delivery or an event gets none that was ever given here, also not after a backup was put back.
    """
    [numbers] = cursor.execute(NEXT).fetchall()
    free = dict(zip(NUMBERED, numbers, strict=True))
    delivery, event = given(beside)
    return free | {"delivery": max(free["delivery"], delivery + 1), "event": max(free["event"], event + 1)}


def cover(
    cursor: duckdb.DuckDBPyConnection, free: Mapping[str, int], covers: Sequence[Slice]
) -> dict[tuple[str, str, int], int]:
    """Records what delivery `free["delivery"]` covers; the coverage's number by subject, reporter and period's key."""
    pieces = tuple(dict.fromkeys(covers))
    names = [(piece.subject, piece.reporter, piece.period.key) for piece in pieces]
    keys: dictionaries.Columns = {
        "data_set": pa.array([piece.data_set for piece in pieces], pa.string()),
        "subject": pa.array([name[0] for name in names], pa.string()),
        "reporter": pa.array([name[1] for name in names], pa.string()),
        "period": pa.array([name[2] for name in names], pa.int32()),
    }
    slices = dictionaries.numbers(cursor, "slice", keys, free["slice"])
    numbers = free["coverage"] + np.arange(len(names), dtype=np.int32)
    deliveries = np.full(len(names), free["delivery"], np.int32)
    dictionaries.add(cursor, "coverage", pa.table({"id": numbers, "delivery": deliveries, "slice": slices}))
    return dict(zip(names, numbers.tolist(), strict=True))
