"""A delivery's slices and observations on their way into the store: from thousands of objects to Arrow columns.

Numbers of slices and series are looked up by a join in the database, because fetching the dictionaries took longer
than everything else (docs/decisions/0602).
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from indicators.model import Observation, Slice
from indicators.store.durability.numbers import given

Columns = dict[str, pa.Array]

KNOWN = {
    "slice": "select position, id from incoming left join slice using (base_figure, reporter, period)",
    "series": "select position, id from incoming left join series using (base_figure, reporter, breakdown)",
}
NUMBERED = ("delivery", "event", "slice", "series", "coverage")
NEXT = "select " + ", ".join(f"(select coalesce(max(id), 0) + 1 from {table})" for table in NUMBERED)  # noqa: S608
ADD = {
    "slice": "insert into slice from incoming",
    "series": "insert into series from incoming",
    "coverage": "insert into coverage from incoming",
    "observation": "insert into observation from incoming",
}


def next_numbers(cursor: duckdb.DuckDBPyConnection, database: Path | str = ":memory:") -> dict[str, int]:
    """The first free number of each numbered table, asked once: five questions take three times as long.

    A delivery or an event gets none that was ever given here, also not after a backup was put back.
    """
    [numbers] = cursor.execute(NEXT).fetchall()
    free = dict(zip(NUMBERED, numbers, strict=True))
    delivery, event = given(database)
    return free | {"delivery": max(free["delivery"], delivery + 1), "event": max(free["event"], event + 1)}


def insert_observations(
    cursor: duckdb.DuckDBPyConnection,
    free: Mapping[str, int],
    covers: Sequence[Slice],
    observations: Sequence[Observation],
) -> None:
    """Writes the slices covered by delivery `free["delivery"]` and the observations, sorted by series.

    Raises KeyError where an observation lies in a slice that the delivery does not cover.
    """
    coverage = _cover(cursor, free, tuple(dict.fromkeys(covers)))
    if not observations:
        return
    keys: Columns = {
        "base_figure": pa.array([o.base_figure for o in observations], pa.string()),
        "reporter": pa.array([o.reporter for o in observations], pa.string()),
        "breakdown": pa.array(_breakdown_codes(observations), pa.string()),
    }
    series = _numbers(cursor, "series", keys, free["series"])
    periods = _period_keys(observations)
    covered = [coverage[o.base_figure, o.reporter, key] for o, key in zip(observations, periods, strict=True)]
    rows = pa.table(
        {
            "coverage": pa.array(covered, pa.int32()),
            "series": pa.array(series, pa.int32()),
            "period": pa.array(periods, pa.int32()),
            "value": pa.array([o.value for o in observations], pa.float64()),
            "sign": pa.array([None if o.sign is None else o.sign.value for o in observations], pa.string()),
            "flags": pa.array([o.flags for o in observations], pa.string()),
            "sheet": pa.array([o.place.sheet for o in observations], pa.string()),
            "cell": pa.array([o.place.cell for o in observations], pa.string()),
        }
    )
    _add(cursor, "observation", rows.take(pa.array(np.lexsort((np.array(periods), series)))))


def _cover(
    cursor: duckdb.DuckDBPyConnection, free: Mapping[str, int], covers: Sequence[Slice]
) -> dict[tuple[str, str, int], int]:
    """Records what the delivery covers; the coverage's number by base figure, reporter and key of the period."""
    names = [(piece.base_figure, piece.reporter, piece.period.key) for piece in covers]
    keys: Columns = {
        "base_figure": pa.array([name[0] for name in names], pa.string()),
        "reporter": pa.array([name[1] for name in names], pa.string()),
        "period": pa.array([name[2] for name in names], pa.int32()),
    }
    slices = _numbers(cursor, "slice", keys, free["slice"])
    numbers = free["coverage"] + np.arange(len(names), dtype=np.int32)
    deliveries = np.full(len(names), free["delivery"], np.int32)
    _add(cursor, "coverage", pa.table({"id": numbers, "delivery": deliveries, "slice": slices}))
    return dict(zip(names, numbers.tolist(), strict=True))


def _numbers(cursor: duckdb.DuckDBPyConnection, dictionary: str, keys: Columns, first: int) -> np.ndarray:
    """The numbers of the keys in slice or series, in the keys' order; new keys get those from `first` on."""
    size = len(keys["base_figure"])
    cursor.register("incoming", pa.table({"position": np.arange(size), **keys}))
    found = cursor.execute(KNOWN[dictionary]).fetchnumpy()
    cursor.unregister("incoming")
    numbers = np.zeros(size, np.int32)
    numbers[found["position"]] = np.ma.filled(found["id"], 0)
    if unknown := np.flatnonzero(numbers == 0).tolist():
        names = list(zip(*(keys[column].take(pa.array(unknown)).to_pylist() for column in keys), strict=True))
        new = {name: first + offset for offset, name in enumerate(dict.fromkeys(names))}
        numbers[unknown] = [new[name] for name in names]
        columns = {
            column: pa.array(part, keys[column].type) for column, part in zip(keys, zip(*new, strict=True), strict=True)
        }
        _add(cursor, dictionary, pa.table({"id": pa.array(new.values(), pa.int32()), **columns}))
    return numbers


def _add(cursor: duckdb.DuckDBPyConnection, table: str, rows: pa.Table) -> None:
    cursor.register("incoming", rows)
    cursor.execute(ADD[table])
    cursor.unregister("incoming")


def _breakdown_codes(observations: Sequence[Observation]) -> list[str]:
    """A code is made once for each combination: thousands of rows share a few hundred."""
    codes: dict[tuple[tuple[str, str], ...], str] = {}
    return [
        codes.get(o.breakdown.members) or codes.setdefault(o.breakdown.members, o.breakdown.code) for o in observations
    ]


def _period_keys(observations: Sequence[Observation]) -> list[int]:
    """A key takes the calendar and is made once for each period; a period's own hash is slow too."""
    keys: dict[int, int] = {}
    return [
        keys.get(part := o.period.kind + 10 * o.period.part + 100_000 * o.period.year)
        or keys.setdefault(part, o.period.key)
        for o in observations
    ]
