"""Observations in the store: from thousands of objects to Arrow columns, and back as known at a moment."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa

from indicators.datasets.data_set import Coverage
from indicators.datasets.preview import Kept
from indicators.datasets.slices import slice_table
from indicators.model import Breakdown, Measurement, Observation, Place, Sign, Slice
from indicators.periods import Period
from indicators.store import Store, dictionaries


@dataclass(frozen=True, slots=True, order=True)
class FigureKey:
    """What is unique among the valid observations."""

    base_figure: str
    reporter: str
    breakdown: Breakdown
    period: Period

    @property
    def slice(self) -> Slice:
        return Slice(self.base_figure, self.reporter, self.period)


def keep(cursor: duckdb.DuckDBPyConnection, coverage: Coverage, observations: Sequence[Observation]) -> None:
    """Writes the observations, sorted by series. Raises KeyError where one lies in a slice that is not covered."""
    if not observations:
        return
    keys: dictionaries.Columns = {
        "base_figure": pa.array([o.base_figure for o in observations], pa.string()),
        "reporter": pa.array([o.reporter for o in observations], pa.string()),
        "breakdown": pa.array(_breakdown_codes(observations), pa.string()),
    }
    [(first,)] = cursor.execute("select coalesce(max(id), 0) + 1 from series").fetchall()
    series = dictionaries.numbers(cursor, "series", keys, first)
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
    dictionaries.add(cursor, "observation", rows.take(pa.array(np.lexsort((np.array(periods), series)))))


def valid(store: Store, slices: Iterable[Slice], moment: datetime) -> dict[FigureKey, Kept[Measurement]]:
    """Everything that is valid in the slices at the moment."""
    frame = store.query(
        "select * from valid_content($moment, 'wanted')", {"moment": moment}, wanted=slice_table(slices)
    )
    return {
        FigureKey(row.base_figure, row.reporter, Breakdown.parse(row.breakdown), Period.from_key(row.period)): Kept(
            Measurement(
                Period.from_key(row.period),
                None if pd.isna(row.value) else float(row.value),
                None if pd.isna(row.sign) else Sign(row.sign),
                row.flags,
                int(row.delivery),
            ),
            Place(row.sheet, row.cell),
            int(row.delivery),
        )
        for row in frame.itertuples()
    }


def who_delivered(store: Store, base_figures: Iterable[str]) -> list[tuple[str, str]]:
    """Base figure and reporter of all that was ever delivered of these, withdrawn or not."""
    asked = "select distinct base_figure, reporter from figure_slice where list_contains($codes, base_figure)"
    return [(str(code), str(reporter)) for code, reporter in store.rows(asked, {"codes": sorted(base_figures)})]


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
