"""The ledger of deliveries: commit, withdraw, restore. Rows are only ever added."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import duckdb
import pyarrow as pa

from indicators.catalogue import Catalogue
from indicators.deliveries.archive import valid_deliveries
from indicators.deliveries.reading import Reading
from indicators.deliveries.versions import register
from indicators.model import Finding, MonitoringError, Observation, Slice
from indicators.store import Store


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


def record_upload(store: Store, upload: Upload, at: datetime, outcome: str) -> None:
    """Keeps the bytes of an attempt, whatever became of it; each content once."""
    with store.transaction() as cursor:
        _keep_file(cursor, upload)
        cursor.execute(
            "insert into upload select coalesce(max(id), 0) + 1, $sha, $name, $who, $at, $outcome from upload",
            {"sha": upload.sha256, "name": upload.name, "who": upload.by, "at": at, "outcome": outcome},
        )


def commit(
    store: Store,
    catalogue: Catalogue,
    upload: Upload,
    reading: Reading,
    basis: Mapping[Slice, int],
    at: datetime,
    reasons: Mapping[Finding, str] | None = None,
) -> Receipt:
    """Stores a delivery in one transaction: file, delivery, event, findings, observations.

    `basis` are the deliveries that the confirmed preview was compared with: raises DeliveryError
    where another one has come in since, or where an error or an unexplained warning is left.
    """
    if reading.blocked:
        raise DeliveryError("Die Lieferung enthält Fehler und kann so nicht übernommen werden.")
    definitions = register(store, catalogue, at)
    with store.transaction() as cursor:
        if valid_deliveries(store, reading.covers) != dict(basis):
            raise DeliveryError(
                "Inzwischen ist eine andere Lieferung zu denselben Zahlen eingegangen. Es wurde nichts übernommen. "
                "Bitte prüfen Sie die Vorschau noch einmal."
            )
        _keep_file(cursor, upload)
        number = _next(cursor, "delivery")
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
                "rows": len(reading.observations),
            },
        )
        _record_event(cursor, number, "commit", at, upload.by, "")
        _accept_findings(cursor, number, reading.findings, reasons or {})
        insert_observations(cursor, number, reading.covers, reading.observations)
    return Receipt(number, at, upload.sha256, len(reading.observations))


def withdraw(store: Store, number: int, at: datetime, by: str, reason: str) -> None:
    """Takes a delivery back; the earlier ones of its slices are valid again. Needs a reason."""
    _change_state(store, number, "withdraw", at, by, reason)


def restore(store: Store, number: int, at: datetime, by: str, reason: str) -> None:
    """Makes a withdrawn delivery valid again, at its old place in the order. Needs a reason."""
    _change_state(store, number, "restore", at, by, reason)


def _change_state(store: Store, number: int, kind: str, at: datetime, by: str, reason: str) -> None:
    if not reason.strip():
        raise DeliveryError("Bitte nennen Sie den Grund. Er wird gespeichert und später angezeigt.")
    with store.transaction() as cursor:
        row = cursor.execute(
            "select arg_max(kind, id) from event where delivery = $number", {"number": number}
        ).fetchone()
        if row is None or row[0] is None:
            raise DeliveryError(f"Eine Lieferung mit der Nummer {number} gibt es nicht.")
        if (row[0] == "withdraw") == (kind == "withdraw"):
            state = "schon zurückgezogen" if kind == "withdraw" else "gültig und muss nicht wiederhergestellt werden"
            raise DeliveryError(f"Die Lieferung {number} ist {state}.")
        _record_event(cursor, number, kind, at, by, reason.strip())


def insert_observations(
    cursor: duckdb.DuckDBPyConnection, number: int, covers: Sequence[Slice], observations: Sequence[Observation]
) -> None:
    """Writes the covered slices and the observations, sorted by series, through Arrow."""
    slice_ids = _register(cursor, "slice", [(s.base_figure, s.reporter, s.period.key) for s in covers])
    series_ids = _register(cursor, "series", [(o.base_figure, o.reporter, o.breakdown.code) for o in observations])
    coverage = pa.table(
        {
            "delivery": pa.array([number] * len(slice_ids), pa.int32()),
            "slice": pa.array(list(slice_ids.values()), pa.int32()),
        }
    )
    rows = sorted(
        (series_ids[o.base_figure, o.reporter, o.breakdown.code], o.period.key, position)
        for position, o in enumerate(observations)
    )
    ordered = [observations[position] for _, _, position in rows]
    incoming = pa.table(
        {
            "delivery": pa.array([number] * len(rows), pa.int32()),
            "slice": pa.array([slice_ids[o.base_figure, o.reporter, o.period.key] for o in ordered], pa.int32()),
            "series": pa.array([series for series, _, _ in rows], pa.int32()),
            "period": pa.array([period for _, period, _ in rows], pa.int32()),
            "value": pa.array([o.value for o in ordered], pa.float64()),
            "sign": pa.array([None if o.sign is None else o.sign.value for o in ordered], pa.string()),
            "flags": pa.array([o.flags for o in ordered], pa.string()),
            "sheet": pa.array([o.place.sheet for o in ordered], pa.string()),
            "cell": pa.array([o.place.cell for o in ordered], pa.string()),
        }
    )
    for target, table in (("coverage", coverage), ("observation", incoming)):
        cursor.register("incoming", table)
        cursor.execute(f"insert into {target} select * from incoming")  # noqa: S608 - one of two names above
        cursor.unregister("incoming")


def _register(
    cursor: duckdb.DuckDBPyConnection, table: str, keys: Iterable[tuple[str, str, object]]
) -> dict[tuple[str, str, object], int]:
    """The ids of the keys in a dictionary table (slice or series), in the keys' order; new ones are added."""
    third = "period" if table == "slice" else "breakdown"
    wanted = list(dict.fromkeys(keys))
    names = sorted({key[0] for key in wanted})
    known = {
        (base_figure, reporter, last): number
        for number, base_figure, reporter, last in cursor.execute(
            f"select id, base_figure, reporter, {third} from {table} where list_contains($names, base_figure)",  # noqa: S608
            {"names": names},
        ).fetchall()
    }
    new = [key for key in wanted if key not in known]
    first = _next(cursor, table)
    known |= {key: first + offset for offset, key in enumerate(new)}
    if new:
        last_type = pa.int32() if table == "slice" else pa.string()
        columns = [pa.array([key[part] for key in new], last_type if part == 2 else pa.string()) for part in range(3)]
        ids = pa.array([known[key] for key in new], pa.int32())
        cursor.register("incoming", pa.table([ids, *columns], names=["id", "base_figure", "reporter", third]))
        cursor.execute(f"insert into {table} select * from incoming")  # noqa: S608
        cursor.unregister("incoming")
    return {key: known[key] for key in wanted}


def _keep_file(cursor: duckdb.DuckDBPyConnection, upload: Upload) -> None:
    cursor.execute(
        "insert into file select $sha, $content where $sha not in (select sha256 from file)",
        {"sha": upload.sha256, "content": upload.content},
    )


def _record_event(
    cursor: duckdb.DuckDBPyConnection, number: int, kind: str, at: datetime, by: str, reason: str
) -> None:
    cursor.execute(
        "insert into event values ($id, $delivery, $kind, $at, $who, $reason)",
        {
            "id": _next(cursor, "event"),
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


def _next(cursor: duckdb.DuckDBPyConnection, table: str, column: str = "id") -> int:
    row = cursor.execute(f"select coalesce(max({column}), 0) + 1 from {table}").fetchone()  # noqa: S608
    assert row is not None
    return int(row[0])
