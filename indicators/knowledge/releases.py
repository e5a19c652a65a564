"""What is released to readers: an indicator with the knowledge of one moment. Rows are only added, the latest counts.

A reader sees nothing else. What was released stays as it was, whatever is delivered or defined later, until the
office releases a newer state or ends the release.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import duckdb

from indicators.errors import MonitoringError
from indicators.store import Store
from indicators.store.outages import outlasting_restarts

APPEND = "insert into release select coalesce(max(id), 0) + 1, $indicator, $moment, $at, $who, $reason from release"


class ReleaseError(MonitoringError):
    """A release that cannot be given like this."""


@dataclass(frozen=True)
class Release:
    """`moment` (naive, UTC): what was known then is what readers see. `at` and `by`: when it was given, and by whom."""

    indicator: str
    moment: datetime
    at: datetime
    by: str
    reason: str


def release(store: Store, indicator: str, moment: datetime, by: str, at: datetime, reason: str) -> None:
    """Shows readers the indicator as it was known at the moment. Raises ReleaseError without a reason."""
    if moment > at:
        raise ReleaseError("Freigegeben werden kann nur, was schon bekannt ist.")
    _append(store, indicator, moment, by, at, reason)


def end(store: Store, indicator: str, by: str, at: datetime, reason: str) -> None:
    """Takes the indicator from the readers. Raises ReleaseError without a reason, or where it is not released."""
    if indicator not in released(store):
        raise ReleaseError("Diese Kennzahl ist nicht freigegeben.")
    _append(store, indicator, None, by, at, reason)


def released(store: Store) -> Mapping[str, Release]:
    """What is released now, by indicator."""
    rows = store.rows("select indicator, moment, happened_at, who, reason from current_release order by indicator")
    return {row[0]: Release(*row) for row in rows}


def note(
    cursor: duckdb.DuckDBPyConnection, indicator: str, moment: datetime | None, by: str, at: datetime, reason: str
) -> None:
    """Within a transaction: the release of an indicator, or with no moment its end."""
    cursor.execute(APPEND, {"indicator": indicator, "moment": moment, "at": at, "who": by, "reason": given(reason)})


def given(reason: str) -> str:
    """The reason as it is stored. Raises ReleaseError where there is none."""
    if not reason.strip():
        raise ReleaseError("Bitte einen Grund angeben, zum Beispiel den Beschluss.")
    return reason.strip()


@outlasting_restarts
def _append(store: Store, indicator: str, moment: datetime | None, by: str, at: datetime, reason: str) -> None:
    with store.transaction() as cursor:
        note(cursor, indicator, moment, by, at, reason)
