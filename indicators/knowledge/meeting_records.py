"""Meetings: day, body, title, agenda, and the moment whose knowledge they look at.

Rows are only added: a correction is a new version, and the audit shows them all.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import duckdb

from indicators import german
from indicators.errors import MonitoringError
from indicators.knowledge.bodies import Body, BodyKind
from indicators.moments import end_of_day, local_day
from indicators.store import Store
from indicators.store.outages import outlasting_restarts

APPEND = (
    "insert into meeting select coalesce(max(id), 0) + 1, $meeting, $body, $held_on, $title, $agenda, $moment, "
    "$compared, $cancelled, $taken_from, $at, $who, $reason from meeting"
)
TAKEN = "select taken_from, if(body = $body, held_on, null) from meeting"
LONGEST_TITLE, LONGEST_AGENDA = 200, 4000
STEERING_GROUP = 1
"""The body that every installation begins with; meetings of city.yaml are its."""
TAKEN_OVER = "aus city.yaml übernommen"


class MeetingError(MonitoringError):
    """A meeting that cannot be kept like this."""


@dataclass(frozen=True)
class Meeting:
    """`settled` is the moment (UTC) whose knowledge the meeting looks at, None for the end of its day; `compared` that
    of the meeting before as it was then, None until both are settled."""

    number: int
    body: Body
    held_on: date
    title: str = ""
    agenda: tuple[str, ...] = ()
    settled: datetime | None = None
    compared: datetime | None = None

    @property
    def moment(self) -> datetime:
        return self.settled or end_of_day(self.held_on)

    @property
    def name(self) -> str:
        """„Steuerungsgruppe am 20.05.2026“."""
        return f"{self.body.name} am {german.day(self.held_on)}"


def meetings(store: Store) -> tuple[Meeting, ...]:
    """All that were not struck out, the latest first."""
    rows = store.rows(
        "select * from current_meeting where not cancelled order by held_on desc, moment desc nulls first, meeting desc"
    )
    return tuple(_meeting(row) for row in rows)


def before(found: Iterable[Meeting], moment: datetime, body: Body | None = None) -> Meeting | None:
    """The last meeting (of the body) before the day of the moment that looked at an earlier knowledge.

    Today's meeting is none before, even when the state of the data that it looks at was settled this morning.
    """
    today = local_day(moment)
    earlier = [one for one in found if one.moment < moment and one.held_on < today]
    earlier = [one for one in earlier if body is None or one.body.number == body.number]
    return max(earlier, key=lambda one: one.moment, default=None)


@outlasting_restarts
def keep_meeting(store: Store, meeting: Meeting, by: str, at: datetime, reason: str = "") -> int:
    """Adds a meeting (number 0), or a newer version of one, which needs a reason. Raises MeetingError."""
    if meeting.number and not reason.strip():
        raise MeetingError("Bitte einen Grund für die Berichtigung nennen.")
    if len(meeting.title) > LONGEST_TITLE or len("\n".join(meeting.agenda)) > LONGEST_AGENDA:
        raise MeetingError("Titel oder Tagesordnung sind zu lang.")
    if not 1900 < meeting.held_on.year < 2200:
        raise MeetingError("Bitte den Tag der Sitzung so schreiben: 14.11.2026.")
    if meeting.settled and meeting.settled > at:
        raise MeetingError("Festhalten lässt sich nur ein Stand, der schon bekannt ist.")
    with store.transaction() as cursor:
        same = cursor.execute(
            "select meeting from current_meeting where body = $body and held_on = $day and meeting <> $own "
            "and not cancelled",
            {"body": meeting.body.number, "day": meeting.held_on, "own": meeting.number},
        ).fetchall()
        if same:
            raise MeetingError(f"Die Sitzung {meeting.name} gibt es schon.")
        number = meeting.number or _next_number(cursor)
        _append(cursor, meeting, number, by, at, reason)
    return number


@outlasting_restarts
def cancel_meeting(store: Store, meeting: Meeting, by: str, at: datetime, reason: str) -> None:
    """Strikes a meeting out; it stays in the audit. Raises MeetingError without a reason."""
    if not reason.strip():
        raise MeetingError("Bitte einen Grund nennen.")
    with store.transaction() as cursor:
        _append(cursor, meeting, meeting.number, by, at, reason, cancelled=True)


@outlasting_restarts
def take_over(store: Store, days: Sequence[date], at: datetime) -> int:
    """The days that city.yaml still names become meetings of the steering group, each once; how many were new.

    A day that was taken over before stays as the office has corrected it since.
    """
    if not days:
        return 0
    if _missing(days, store.rows(TAKEN, {"body": STEERING_GROUP})) == []:
        return 0
    with store.transaction() as cursor:  # another session may have been first
        fresh = _missing(days, cursor.execute(TAKEN, {"body": STEERING_GROUP}).fetchall())
        for day in fresh:
            meeting = Meeting(0, Body(STEERING_GROUP, "", BodyKind.STEERING, 0), day)
            _append(cursor, meeting, _next_number(cursor), "", at, TAKEN_OVER, taken_from=day)
    return len(fresh)


def _missing(days: Iterable[date], rows: Iterable[tuple[date | None, ...]]) -> list[date]:
    return sorted(set(days) - {day for row in rows for day in row if day is not None})


def _next_number(cursor: duckdb.DuckDBPyConnection) -> int:
    return int(cursor.execute("select coalesce(max(meeting), 0) + 1 from meeting").fetchall()[0][0])


def _append(
    cursor: duckdb.DuckDBPyConnection,
    meeting: Meeting,
    number: int,
    by: str,
    at: datetime,
    reason: str,
    *,
    cancelled: bool = False,
    taken_from: date | None = None,
) -> None:
    cursor.execute(
        APPEND,
        {
            "meeting": number,
            "body": meeting.body.number,
            "held_on": meeting.held_on,
            "title": " ".join(meeting.title.split()),
            "agenda": "\n".join(line.strip() for line in meeting.agenda if line.strip()),
            "moment": meeting.settled,
            "compared": meeting.compared,
            "cancelled": cancelled,
            "taken_from": taken_from,
            "at": at,
            "who": by,
            "reason": reason.strip(),
        },
    )


def _meeting(row: tuple[Any, ...]) -> Meeting:
    number, held_on, title, agenda, settled, compared, _, body, name, kind, months, ended = row
    found = Body(body, name, BodyKind(kind), months, ended)
    return Meeting(number, found, held_on, title, tuple(agenda.splitlines()), settled, compared)
