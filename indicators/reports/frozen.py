"""Frozen reports: numbered, kept whole, the same for ever; and which of them readers see. Rows are only added."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import duckdb

from indicators.errors import MonitoringError
from indicators.figures import Figure, framed
from indicators.knowledge import releases
from indicators.knowledge.releases import ReleaseError
from indicators.reports import packed
from indicators.reports.report import Report
from indicators.store import Store
from indicators.store.outages import outlasting_restarts

NEW = "insert into report values ($number, $title, $moment, $data_version, $catalogue, $content, $sha256, $at, $who)"
RELEASE = (
    "insert into report_release select coalesce(max(id), 0) + 1, $number, $released, $at, $who, $reason "
    "from report_release"
)


@dataclass(frozen=True)
class Frozen:
    """What is known of a frozen report without unpacking it."""

    number: int
    title: str
    moment: datetime
    data_version: int
    catalogue: str
    sha256: str
    at: datetime
    by: str


@outlasting_restarts
def freeze(store: Store, report: Report, moment: datetime, state: tuple[int, str], by: str, at: datetime) -> int:
    """Keeps the report under the next number. `moment` is as of when its figures are known, `state` are the numbers of
    the data's and the catalogue's version."""
    data_version, catalogue = state
    with store.transaction() as cursor:
        row = cursor.execute("select coalesce(max(number), 0) + 1 from report").fetchone()
        number = int(row[0]) if row else 1
        content = packed.pack(replace(report, number=number))
        cursor.execute(
            NEW,
            {
                "number": number,
                "title": f"{report.title}: {report.subtitle}",
                "moment": moment,
                "data_version": data_version,
                "catalogue": catalogue,
                "content": content,
                "sha256": hashlib.sha256(content).hexdigest(),
                "at": at,
                "who": by,
            },
        )
    return number


def everything(store: Store) -> Sequence[Frozen]:
    """Newest first."""
    rows = store.rows(
        "select number, title, moment, data_version, catalogue, sha256, happened_at, who from report "
        "order by number desc"
    )
    return [Frozen(*row) for row in rows]


def report(store: Store, number: int) -> Report:
    """Raises MonitoringError for a number that was never given, or a content that is no longer what it was."""
    rows = store.rows("select content, sha256 from report where number = $number", {"number": number})
    if not rows:
        raise MonitoringError(f"Einen Bericht mit der Nummer {number} gibt es nicht.")
    content = bytes(rows[0][0])
    if hashlib.sha256(content).hexdigest() != rows[0][1]:
        raise MonitoringError(f"Der Bericht Nr. {number} ist beschädigt. Bitte eine Sicherung zurückholen.")
    return packed.unpack(content)


def released(store: Store) -> Mapping[int, str]:
    """The numbers of the reports that readers may have, and why."""
    rows = store.rows(
        "select number, reason from report_release where released "
        "and id in (select max(id) from report_release group by number) order by number desc"
    )
    return {int(number): str(reason) for number, reason in rows}


@outlasting_restarts
def release(store: Store, number: int, by: str, at: datetime, reason: str) -> None:
    """Shows readers the report and, as it was known then, each of its indicators. Raises ReleaseError without a
    reason."""
    found = _known(store, number)
    codes = report(store, number).codes
    with store.transaction() as cursor:
        _note(cursor, number, True, by, at, reason)
        for code in codes:
            releases.note(cursor, code, found.moment, by, at, reason)


@outlasting_restarts
def end_release(store: Store, number: int, by: str, at: datetime, reason: str) -> None:
    """Takes the report from readers, and those indicators that were last released with it."""
    found = _known(store, number)
    if number not in released(store):
        raise ReleaseError("Dieser Bericht ist nicht freigegeben.")
    current = releases.released(store)
    codes = [code for code in report(store, number).codes if code in current and current[code].moment == found.moment]
    with store.transaction() as cursor:
        _note(cursor, number, False, by, at, reason)
        for code in codes:
            releases.note(cursor, code, None, by, at, reason)


def revised(before: Report, now: Report) -> Figure:
    """Every number of a frozen report that stands otherwise in the same report made now; what is new is no revision."""
    later = _numbers(now)
    rows = [
        (key, text, later.get(key, "nicht mehr enthalten"))
        for key, text in _numbers(before).items()
        if later.get(key) != text
    ]
    return Figure(
        f"bericht-{before.number}-revisionen",
        f"Was seit dem Bericht Nr. {before.number} berichtigt wurde",
        framed(
            {
                "Tabelle": [key[0] for key, _, _ in rows],
                "Zeile": [key[1] for key, _, _ in rows],
                "Spalte": [key[2] for key, _, _ in rows],
                "Im Bericht": [text for _, text, _ in rows],
                "Jetzt": [text for _, _, text in rows],
            }
        ),
        note="" if rows else "Keine Zahl dieses Berichts wurde seither berichtigt.",
    )


def _numbers(report: Report) -> dict[tuple[str, str, str], str]:
    """What each indicator's course shows, by title, period and line; lists of last values change all the time."""
    found = {}
    for chapter in report.chapters:
        for entry in chapter.entries:
            if entry.shown is None:
                continue
            figure = entry.shown.figure
            texts = figure.texts()
            for row, label in enumerate(texts.iloc[:, 0]):
                for column in figure.numeric:
                    if text := str(texts[column].iloc[row]):
                        found[f"{entry.code} {entry.title}", str(label), column] = text
    return found


def _known(store: Store, number: int) -> Frozen:
    found = [one for one in everything(store) if one.number == number]
    if not found:
        raise MonitoringError(f"Einen Bericht mit der Nummer {number} gibt es nicht.")
    return found[0]


def _note(cursor: duckdb.DuckDBPyConnection, number: int, shown: bool, by: str, at: datetime, reason: str) -> None:
    cursor.execute(
        RELEASE, {"number": number, "released": shown, "at": at, "who": by, "reason": releases.given(reason)}
    )
