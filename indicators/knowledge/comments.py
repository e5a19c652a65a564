"""Remarks of people: on a value, on the course at a point, on a revision, on an indicator. Rows are only added.

What was written after a moment was not known at it. A remark that is withdrawn is gone from then on; one that should
never have been written, because it names people or small numbers, is gone from every state.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from indicators.catalogue import Catalogue, Indicator
from indicators.errors import MonitoringError
from indicators.foreign_text import remark_problem
from indicators.model import Breakdown
from indicators.periods import Period
from indicators.store import Store
from indicators.store.outages import outlasting_restarts

KNOWN = "select * from comment order by id"
AT = "select * from comment_version($moment) order by id"
APPEND = (
    "insert into comment select coalesce(max(id), 0) + 1, $number, $about, $indicator, $breakdown, $period, $delivery, "
    "$wording, $withdrawn, $at, $who, $reason, $base_figure, $reporter from comment"
)
NOW, EVERYWHERE = "now", "everywhere"
TOTAL = Breakdown()


class CommentError(MonitoringError):
    """A remark that cannot be kept like this."""


class About(StrEnum):
    """What a remark is on; all but the last have a point in a series."""

    COURSE = "course"
    VALUE = "value"
    REVISION = "revision"
    INDICATOR = "indicator"

    @property
    def word(self) -> str:
        return {
            "course": "zum Verlauf",
            "value": "zum Wert",
            "revision": "zur Berichtigung",
            "indicator": "zur Kennzahl",
        }[self]

    @property
    def question(self) -> str:
        """What the form calls it."""
        return {
            "course": "zum Verlauf: Warum steigt oder fällt er hier?",
            "value": "zum Wert: Was muss man über ihn wissen?",
            "revision": "zur Berichtigung: Warum wurde der Wert geändert?",
            "indicator": "zur Kennzahl als Ganzes",
        }[self]


@dataclass(frozen=True)
class Comment:
    """`period` is None and `breakdown` empty for one on the whole indicator; `delivery` is what the value came with.

    One that came with the delivery itself is on a value of `reporter` and `base_figure`, and `indicator` is empty until
    it is put beside one.
    """

    number: int
    about: About
    indicator: str
    text: str
    breakdown: Breakdown = TOTAL
    period: Period | None = None
    delivery: int | None = None
    at: datetime = datetime.min
    by: str = ""
    base_figure: str = ""
    reporter: str = ""


def comments(store: Store, moment: datetime) -> tuple[Comment, ...]:
    """All remarks as they stood at the moment, in the order in which they were written."""
    found: dict[int, Comment] = {}
    for row in store.rows(AT, {"moment": moment}):
        number, withdrawn, at = row[1], row[8], row[9]
        if withdrawn == EVERYWHERE or (withdrawn and at <= moment):
            found.pop(number, None)
        elif not withdrawn and at <= moment:
            found[number] = _comment(row)
    return tuple(found.values())


@outlasting_restarts
def write(store: Store, catalogue: Catalogue, comment: Comment, by: str, at: datetime) -> int:
    """Adds a remark. Raises CommentError for what must not be written, and for the same text twice."""
    indicator = catalogue.indicators.get(comment.indicator)
    if indicator is None:
        raise CommentError("Diese Kennzahl gibt es im Katalog nicht mehr.")
    text = " ".join(comment.text.split())
    if problem := problem_of(catalogue, indicator, text):
        raise CommentError(problem)
    fresh = replace(comment, text=text)
    with store.transaction() as cursor:
        kept = _standing(cursor.execute(KNOWN).fetchall())
        if any(_same(one, fresh) for one in kept):
            raise CommentError("Diese Bemerkung steht schon da.")
        number = int(cursor.execute("select coalesce(max(number), 0) + 1 from comment").fetchall()[0][0])
        cursor.execute(APPEND, _values(replace(fresh, number=number)) | {"at": at, "who": by})
    return number


@outlasting_restarts
def withdraw(store: Store, number: int, by: str, at: datetime, reason: str, *, everywhere: bool = False) -> None:
    """Takes a remark away from now on, or from every state. Raises CommentError without a reason."""
    if not reason.strip():
        raise CommentError("Bitte einen Grund nennen.")
    with store.transaction() as cursor:
        rows = cursor.execute(KNOWN).fetchall()
        found = next((one for one in _standing(rows) if one.number == number), None)
        if found is None:
            raise CommentError("Diese Bemerkung ist schon zurückgenommen.")
        gone = {"withdrawn": EVERYWHERE if everywhere else NOW, "reason": reason.strip()}
        cursor.execute(APPEND, _values(found) | {"at": at, "who": by} | gone)


def problem_of(catalogue: Catalogue, indicator: Indicator, text: str) -> str:
    """Why a text cannot be a remark on the indicator; empty where nothing stands against it."""
    return remark_problem(text, protected=is_protected(catalogue, indicator))


def is_protected(catalogue: Catalogue, indicator: Indicator) -> bool:
    """Whether one of its base figures is protected."""
    return any(catalogue.base_figure(name).is_protected for name in indicator.expression.names)


def _same(one: Comment, other: Comment) -> bool:
    return (one.about, one.indicator, one.breakdown, one.period, one.text) == (
        other.about, other.indicator, other.breakdown, other.period, other.text,
    )  # fmt: skip


def _standing(rows: Iterable[tuple[Any, ...]]) -> tuple[Comment, ...]:
    """Those that nobody has withdrawn."""
    every = list(rows)
    gone = {row[1] for row in every if row[8]}
    return tuple(_comment(row) for row in every if row[1] not in gone)


def _values(comment: Comment) -> dict[str, object]:
    return {
        "number": comment.number,
        "about": comment.about.value,
        "indicator": comment.indicator,
        "breakdown": comment.breakdown.code,
        "period": comment.period.key if comment.period else None,
        "delivery": comment.delivery,
        "wording": comment.text,
        "withdrawn": "",
        "reason": "",
        "base_figure": comment.base_figure,
        "reporter": comment.reporter,
    }


def _comment(row: tuple[Any, ...]) -> Comment:
    _, number, about, indicator, breakdown, period, delivery, wording, _, at, who, _, base_figure, reporter = row
    place = Breakdown.parse(breakdown), Period.from_key(period) if period is not None else None
    return Comment(number, About(about), indicator, wording, *place, delivery, at, who, base_figure, reporter)
