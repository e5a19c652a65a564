"""The ledger of deliveries: commit, withdraw, restore. Rows are only ever added."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import duckdb

from indicators.catalogue import Catalogue
from indicators.datasets import DATA_SETS, remarks
from indicators.datasets.reading import Reading
from indicators.datasets.slices import valid_deliveries
from indicators.errors import MonitoringError
from indicators.ledger.incoming import cover, next_numbers
from indicators.ledger.versions import register
from indicators.model import EventKind, Finding, Slice
from indicators.store import Store
from indicators.store.outages import outlasting_restarts

REFUSED = (
    "Der Inhalt genau dieser Datei wurde hier auf Dauer gelöscht. Sie wird nicht noch einmal übernommen. "
    "Bitte liefern Sie die Zahlen in einer Datei ohne das, weswegen gelöscht wurde."
)


class DeliveryError(MonitoringError):
    """A delivery that cannot be committed, withdrawn or restored as asked."""


@dataclass(frozen=True)
class Upload:
    """A file as it came in. `content` are the original bytes."""

    name: str
    content: bytes
    by: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Receipt:
    """What a person is told after a commit: keep the number."""

    number: int
    at: datetime
    sha256: str
    rows: int


@outlasting_restarts
def record_upload(store: Store, upload: Upload, at: datetime, outcome: str) -> None:
    """Keeps the bytes of an attempt, whatever became of it; each content once."""
    with store.transaction() as cursor:
        _keep_file(cursor, upload)
        cursor.execute(
            "insert into upload select coalesce(max(id), 0) + 1, $sha, $name, $who, $at, $outcome from upload",
            {"sha": upload.sha256, "name": upload.name, "who": upload.by, "at": at, "outcome": outcome},
        )


@outlasting_restarts
def commit(
    store: Store,
    catalogue: Catalogue,
    upload: Upload,
    reading: Reading,
    basis: Mapping[Slice, int],
    at: datetime,
    reasons: Mapping[Finding, str] | None = None,
) -> Receipt:
    """Stores a delivery in one transaction: file, delivery, event, findings, and the rows as
    their data set keeps them.

    `basis` are the deliveries that the confirmed preview was compared with: raises DeliveryError
    where another one has come in since, or where an error or an unexplained warning is left.

    >>> commit(store, catalogue, upload, reading, {}, datetime(2026, 3, 1)).number
    1
    >>> commit(store, catalogue, upload, reading, {}, datetime(2026, 3, 2))
    Traceback (most recent call last):
    indicators.ledger.commits.DeliveryError: Inzwischen ist eine andere Lieferung zu denselben Zahlen eingegangen. ...
    """
    if reading.blocked:
        raise DeliveryError("Die Lieferung enthält Fehler und kann so nicht übernommen werden.")
    data_set = DATA_SETS[reading.data_set]
    definitions = register(store, catalogue, at)
    with store.transaction() as cursor:
        _refuse_erased(cursor, upload)
        _refuse_overtaken(store, reading, basis)
        _keep_file(cursor, upload)
        free = next_numbers(cursor, store.beside)
        number = free["delivery"]
        _enter(cursor, number, definitions, upload, reading, at)
        _record_event(cursor, free["event"], number, EventKind.COMMIT, at, upload.by, "")
        _accept_findings(cursor, number, reading.findings, reasons or {})
        data_set.keep(cursor, cover(cursor, free, reading.covers), reading.rows)
        remarks.keep(cursor, number, reading, upload.by, at)
    return Receipt(number, at, upload.sha256, len(reading.rows))


def _refuse_overtaken(store: Store, reading: Reading, basis: Mapping[Slice, int]) -> None:
    if valid_deliveries(store, reading.covers) != dict(basis):
        raise DeliveryError(
            "Inzwischen ist eine andere Lieferung zu denselben Zahlen eingegangen. Es wurde nichts übernommen. "
            "Bitte prüfen Sie die Vorschau noch einmal."
        )


def withdraw(store: Store, number: int, at: datetime, by: str, reason: str) -> None:
    """Takes a delivery back; the earlier ones of its slices are valid again. Needs a reason."""
    _change_state(store, number, EventKind.WITHDRAW, at, by, reason)


def restore(store: Store, number: int, at: datetime, by: str, reason: str) -> None:
    """Makes a withdrawn delivery valid again, at its old place in the order. Needs a reason."""
    _change_state(store, number, EventKind.RESTORE, at, by, reason)


@outlasting_restarts
def _change_state(store: Store, number: int, kind: EventKind, at: datetime, by: str, reason: str) -> None:
    if not reason.strip():
        raise DeliveryError("Bitte nennen Sie den Grund. Er wird gespeichert und später angezeigt.")
    with store.transaction() as cursor:
        [(last,)] = cursor.execute(
            "select arg_max(kind, id) from event where delivery = $number", {"number": number}
        ).fetchall()
        if last is None:
            raise DeliveryError(f"Eine Lieferung mit der Nummer {number} gibt es nicht.")
        withdraws = kind is EventKind.WITHDRAW
        if (last == EventKind.WITHDRAW) == withdraws:
            state = "schon zurückgezogen" if withdraws else "gültig und muss nicht wiederhergestellt werden"
            raise DeliveryError(f"Die Lieferung {number} ist {state}.")
        _record_event(cursor, next_numbers(cursor, store.beside)["event"], number, kind, at, by, reason.strip())


def _refuse_erased(cursor: duckdb.DuckDBPyConnection, upload: Upload) -> None:
    """A delivery whose file may not be kept could not be followed back to its cells."""
    erased = "select 1 from erasure where kind = 'personal' and sha256 = $sha"
    if cursor.execute(erased, {"sha": upload.sha256}).fetchall():
        raise DeliveryError(REFUSED)


def _keep_file(cursor: duckdb.DuckDBPyConnection, upload: Upload) -> None:
    """Each content once; never again one that a person had erased."""
    cursor.execute(
        "insert into file select $sha, $content where $sha not in (select sha256 from file) "
        "and $sha not in (select sha256 from erasure where kind = 'personal')",
        {"sha": upload.sha256, "content": upload.content},
    )


def _enter(
    cursor: duckdb.DuckDBPyConnection, number: int, definitions: int, upload: Upload, reading: Reading, at: datetime
) -> None:
    cursor.execute(
        "insert into delivery values ($id, $set, $reporter, $period, $sha, $name, $who, $at, $catalogue, $rows)",
        {
            "id": number,
            "set": reading.data_set,
            "reporter": reading.reporter,
            "period": reading.period.key if reading.period else None,
            "sha": upload.sha256,
            "name": upload.name,
            "who": upload.by,
            "at": at,
            "catalogue": definitions,
            "rows": len(reading.rows),
        },
    )


def _record_event(
    cursor: duckdb.DuckDBPyConnection, event: int, number: int, kind: EventKind, at: datetime, by: str, reason: str
) -> None:
    cursor.execute(
        "insert into event values ($id, $delivery, $kind, $at, $who, $reason)",
        {
            "id": event,
            "delivery": number,
            "kind": kind,
            "at": at,
            "who": by,
            "reason": reason,
        },
    )


def _accept_findings(
    cursor: duckdb.DuckDBPyConnection, number: int, findings: Iterable[Finding], reasons: Mapping[Finding, str]
) -> None:
    for finding in findings:
        cursor.execute(
            "insert into accepted_finding values ($delivery, $rule, $severity, $sheet, $cell, $found, $message, $why)",
            {
                "delivery": number,
                "rule": finding.rule,
                "severity": finding.severity.value,
                "sheet": finding.place.sheet,
                "cell": finding.place.cell,
                "found": finding.found,
                "message": finding.message,
                "why": reasons.get(finding, "").strip(),
            },
        )
