"""Slices in the database: which delivery is valid for each of them."""

from collections.abc import Iterable
from datetime import datetime

import pyarrow as pa

from indicators.model import Slice
from indicators.moments import FOREVER
from indicators.periods import Period
from indicators.store import Store


def valid_deliveries(store: Store, slices: Iterable[Slice], moment: datetime = FOREVER) -> dict[Slice, int]:
    """The delivery that is valid for each of the slices; slices without one are left out."""
    rows = store.rows(
        "select data_set, subject, reporter, period, delivery from valid_delivery($moment, 'wanted')",
        {"moment": moment},
        wanted=slice_table(slices),
    )
    return {
        Slice(subject, reporter, Period.from_key(period), data_set): delivery
        for data_set, subject, reporter, period, delivery in rows
    }


def slice_table(slices: Iterable[Slice]) -> pa.Table:
    """The slices as the macros of views/04_deliveries.sql want them."""
    rows = list(slices)
    return pa.table(
        {
            "data_set": pa.array([s.data_set for s in rows], pa.string()),
            "subject": pa.array([s.subject for s in rows], pa.string()),
            "reporter": pa.array([s.reporter for s in rows], pa.string()),
            "period": pa.array([s.period.key for s in rows], pa.int32()),
        }
    )
