"""Remarks that departments write into templates: they come and go with the delivery of the value beside them.

Rows of the table `comment`, as those that are written on a page (knowledge/comments.py).
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

import duckdb

from indicators.catalogue import Catalogue
from indicators.datasets.reading import Reading, Remarked
from indicators.foreign_text import legible, remark_problem
from indicators.model import Breakdown, Finding, Place, Severity, Slice
from indicators.moments import FOREVER
from indicators.periods import Period
from indicators.store import Store

APPEND = (
    "insert into comment select coalesce(max(id), 0) + 1, coalesce(max(number), 0) + 1, 'value', '', $breakdown, "
    "$period, $delivery, $wording, '', $at, $who, '', $base_figure, $reporter from comment"
)
KNOWN = (
    "select base_figure, reporter, period, breakdown, arg_max(wording, id) from comment_version($moment) "
    "where base_figure <> '' group by all having bool_and(withdrawn = '') order by all"
)


def problems(catalogue: Catalogue, reading: Reading) -> Iterator[Finding]:
    """What must not be said: the form for remarks refuses the same. And what is said of no value at all."""
    told = {(row.slice, row.breakdown) for row in reading.rows}
    for one in reading.remarks:
        found = legible(one.text, 80)
        if problem := remark_problem(one.text, protected=is_guarded(catalogue, one.slice.subject)):
            remedy = "Bitte die Bemerkung ändern oder streichen und die Datei neu hochladen."
            yield Finding("remark-refused", Severity.ERROR, problem, remedy, one.place, found)
        elif (one.slice, one.breakdown) not in told:
            message = "Neben dieser Bemerkung steht kein Wert; sie wird nicht übernommen."
            remedy = (
                "Bitte den Wert eintragen, auch als Zeichen (zum Beispiel … für „folgt später“), oder sagen, warum."
            )
            yield Finding("remark-without-value", Severity.WARNING, message, remedy, one.place, found)


def is_guarded(catalogue: Catalogue, base_figure: str) -> bool:
    """Whether the value, or one that is shown with it in an indicator, is protected."""
    names = {base_figure, *(name for one in catalogue.indicators_from(base_figure) for name in one.expression.names)}
    return any(figure.is_protected for code, figure in catalogue.base_figures.items() if code in names)


def keep(cursor: duckdb.DuckDBPyConnection, delivery: int, reading: Reading, by: str, at: datetime) -> None:
    """Stores the remarks of a delivery; those beside no value are left out."""
    told = {(row.slice, row.breakdown) for row in reading.rows} if reading.remarks else set()
    for one in reading.remarks:
        if (one.slice, one.breakdown) in told:
            place = {"base_figure": one.slice.subject, "reporter": one.slice.reporter, "period": one.slice.period.key}
            said = {"breakdown": one.breakdown.code, "wording": one.text, "delivery": delivery, "who": by, "at": at}
            cursor.execute(APPEND, place | said)


def valid(store: Store, covers: Iterable[Slice], moment: datetime = FOREVER) -> tuple[Remarked, ...]:
    """The remarks that hold in the slices."""
    wanted = set(covers)
    found = []
    for figure, reporter, period, breakdown, wording in store.rows(KNOWN, {"moment": moment}):
        piece = Slice(figure, reporter, Period.from_key(period))
        if piece in wanted:
            found.append(Remarked(piece, Breakdown.parse(breakdown), wording, Place()))
    return tuple(found)


def carried(store: Store, reading: Reading, rows: Sequence[object]) -> tuple[Remarked, ...]:
    """The remarks beside values that a delivery carries on although its file does not hold them."""
    kept = {(row.slice, row.breakdown) for row in rows if hasattr(row, "breakdown")}  # type: ignore[attr-defined]
    return tuple(one for one in valid(store, reading.covers) if (one.slice, one.breakdown) in kept) if kept else ()
