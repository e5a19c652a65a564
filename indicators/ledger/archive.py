"""Reading the ledger: which delivery is valid, what it holds, and the files that came in."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from indicators.errors import MonitoringError
from indicators.ledger.erasure import erased
from indicators.model import Slice
from indicators.moments import FOREVER
from indicators.periods import Period
from indicators.store import Store

SHORTEST_DIGEST = 16


class NotInArchiveError(MonitoringError):
    """A file or delivery that the archive does not hold."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A committed delivery, without what became of it later."""

    number: int
    reporter: str
    file_name: str
    sha256: str
    by: str
    at: datetime
    rows: int


@dataclass(frozen=True, slots=True)
class Attempt:
    """A file that somebody uploaded, and what became of it in words."""

    file_name: str
    at: datetime
    outcome: str


@dataclass(frozen=True, slots=True)
class Same:
    """A delivery of the same bytes that was not withdrawn, and those of its slices for which it is valid still."""

    number: int
    at: datetime
    by: str
    valid: frozenset[Slice]
    overtaken: bool


def same_bytes(store: Store, sha256: str) -> Same | None:
    """The latest delivery of exactly these bytes that anything still rests on; `overtaken` where not all of it does."""
    rows = store.rows("select * from same_bytes($now, $sha) order by delivery desc", {"sha": sha256, "now": FOREVER})
    for number in dict.fromkeys(row[0] for row in rows):
        same = [row for row in rows if row[0] == number]
        valid = frozenset(Slice(row[4], row[5], Period.from_key(row[6]), row[3]) for row in same if row[7])
        if valid:
            return Same(number, same[0][1], same[0][2], valid, overtaken=len(valid) < len(same))
    return None


def delivered_before(store: Store, sha256: str) -> tuple[int, datetime, str] | None:
    """Number, time and person of the delivery that brought exactly these bytes, if all of it is valid."""
    same = same_bytes(store, sha256)
    return (same.number, same.at, same.by) if same and not same.overtaken else None


def present(store: Store, at: datetime) -> datetime:
    """The moment that knows all that was stored until now, also by a clock that ran ahead."""
    latest = store.value("select max(happened_at) from event")
    return max(at, latest) if latest is not None else at


def moment_of(store: Store, number: int) -> datetime | None:
    """When a numbered state of the data came about; None for no such number."""
    found: datetime | None = store.value("select happened_at from event where id = $number", {"number": number})
    return found


def last_until(store: Store, at: datetime) -> tuple[int, datetime] | None:
    """Number and moment of the last event until then: the state of the data."""
    rows = store.rows(
        "select id, happened_at from event where happened_at <= $at order by happened_at desc, id desc limit 1",
        {"at": at},
    )
    return (int(rows[0][0]), rows[0][1]) if rows else None


def history(store: Store) -> pd.DataFrame:
    """One row per event, newest first; the columns of the view event_log."""
    return store.query("select * from event_log order by event desc")


def deliveries(store: Store, moment: datetime = FOREVER) -> pd.DataFrame:
    """One row per delivery committed until the moment, newest first, with `withdrawn` as it was then."""
    return store.query("select * from delivery_state($moment) order by id desc", {"moment": moment})


def accepted_findings(store: Store, number: int) -> pd.DataFrame:
    """The findings that a delivery was committed with, and the reasons given."""
    return store.query("select * exclude (delivery) from accepted_finding where delivery = $number", {"number": number})


def reasons_given(store: Store, numbers: Collection[int]) -> list[tuple[int, str, str]]:
    """(delivery, sheet, reason) of everything that was explained when these deliveries were committed, in order."""
    return [
        (int(number), str(sheet), str(reason))
        for number, sheet, reason in store.rows(
            "select distinct delivery, sheet, reason from accepted_finding "
            "where list_contains($numbers, delivery) and reason <> '' order by delivery desc, sheet, reason",
            {"numbers": sorted(numbers)},
        )
    ]


def original(store: Store, number: int) -> tuple[str, bytes]:
    """Name and original bytes of a delivery's workbook."""
    rows = store.rows(
        "select file_name, content from delivery join file using (sha256) where id = $number", {"number": number}
    )
    if not rows:
        told = erased(store, delivery(store, number).sha256)
        raise NotInArchiveError(told.said if told else f"Zur Lieferung {number} liegt keine Datei im Archiv.")
    return rows[0][0], bytes(rows[0][1])


def attempted(store: Store, digest: str, by: str) -> tuple[str, bytes] | None:
    """Name and bytes of the person's last attempt with a file whose SHA-256 begins like this; None where none does."""
    rows = store.rows(
        "select file_name, content from upload join file using (sha256) "
        "where starts_with(sha256, $digest) and uploaded_by = $by order by id desc limit 1",
        {"digest": digest, "by": by},
    )
    return (rows[0][0], bytes(rows[0][1])) if rows and len(digest) >= SHORTEST_DIGEST else None


def attempts(store: Store, by: str, most: int) -> tuple[Attempt, ...]:
    """The person's last files, the latest first, each with its last outcome."""
    rows = store.rows(
        "select arg_max(file_name, id), max(uploaded_at), arg_max(outcome, id) from upload where uploaded_by = $by "
        "group by sha256 order by max(id) desc limit $most",
        {"by": by, "most": most},
    )
    return tuple(Attempt(*row) for row in rows)


def delivery(store: Store, number: int) -> Delivery:
    """Raises NotInArchiveError for a number that was never given."""
    rows = store.rows(
        "select id, reporter, file_name, sha256, committed_by, committed_at, rows from delivery where id = $number",
        {"number": number},
    )
    if not rows:
        raise NotInArchiveError(f"Eine Lieferung mit der Nummer {number} gibt es nicht.")
    return Delivery(*rows[0])
