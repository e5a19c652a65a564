"""The list of meetings as it is shown and exported, and what the rhythm of a body asks for."""

from collections.abc import Sequence
from datetime import date

from indicators import boards, german
from indicators.attainment import Status
from indicators.boards.change import Change, Kind
from indicators.boards.since_meeting import Since
from indicators.figures import Cell, Figure, framed
from indicators.knowledge import meeting_records
from indicators.knowledge.bodies import Body
from indicators.knowledge.decisions import Decision, DecisionState
from indicators.knowledge.meeting_records import Meeting
from indicators.knowledge.snapshot import Snapshot
from indicators.model import Measurement, Sign


def before(found: Sequence[Meeting], meeting: Meeting) -> Meeting | None:
    """The meeting that this one is compared with: the last of the same body, else the last of any."""
    own = meeting_records.before(found, meeting.moment, meeting.body)
    return own or meeting_records.before(found, meeting.moment)


def not_planned(bodies: Sequence[Body], found: Sequence[Meeting], today: date) -> list[str]:
    """For each body that has met and has no meeting ahead: when its rhythm would bring the next."""
    sentences = []
    for body in bodies:
        days = [one.held_on for one in found if one.body.number == body.number]
        last = max(days, default=None)
        due = body.next_expected(last) if last else None
        if last is None or due is None or last >= today:
            continue
        state = "ist überfällig seit" if due < today else "steht an bis"
        sentences.append(
            f"{body.name} ({body.rhythm}): zuletzt am {german.day(last)}; die nächste Sitzung {state} "
            f"{german.day(due)} und ist noch nicht eingetragen."
        )
    return sentences


def meetings_figure(found: Sequence[Meeting]) -> Figure:
    """All meetings as a table."""
    return Figure(
        key="sitzungen",
        title="Sitzungen",
        frame=framed(
            {
                "Tag": [german.day(one.held_on) for one in found],
                "Gremium": [one.body.name for one in found],
                "Titel": [one.title for one in found],
                "Tagesordnung": ["; ".join(one.agenda) for one in found],
                "Stand der Daten": [german.moment(one.moment) for one in found],
            }
        ),
    )


def decisions_figure(found: Sequence[Decision], held: Sequence[Meeting], today: date) -> Figure:
    """All decisions, what waits first: of which meeting, who does it by when, and what became of it."""
    names = {one.number: one.name for one in held}
    return Figure(
        key="beschluesse",
        title="Beschlüsse",
        frame=framed(
            {
                "Beschluss": [one.wording for one in found],
                "Zuständig": [one.addressee for one in found],
                "Bis": [german.day(one.due) if one.due else "" for one in found],
                "Stand": [one.followed(today) for one in found],
                "Anmerkung": [one.note for one in found],
                "Sitzung": [names.get(one.meeting, "gestrichene Sitzung") for one in found],
            }
        ),
    )


def in_order(found: Sequence[Decision], today: date) -> list[Decision]:
    """What is due comes first, then what is open, by their days; what is settled last."""

    def order(one: Decision) -> tuple[int, date]:
        waiting = 0 if one.is_due(today) else 2 if one.state in (DecisionState.DONE, DecisionState.REJECTED) else 1
        return waiting, one.due or date.max

    return sorted(found, key=order)


def since_figure(found: Since, snapshot: Snapshot, title: str) -> Figure:
    """What has changed, one row an indicator and respect; values as numbers with their unit in a column of its own."""
    rows = found.changes
    decimals = [row.indicator.decimals for row in rows]
    return Figure(
        key="seit-der-letzten-sitzung",
        title=title,
        frame=framed(
            {
                "Was": [row.kind.word for row in rows],
                "Kennzahl": [f"{row.indicator.code} {row.indicator.title}" for row in rows],
                BEFORE: [_number(row.before, row.indicator.decimals) for row in rows],
                "Zeitraum vorher": [row.period_before for row in rows],
                AFTER: [_number(row.after, row.indicator.decimals) for row in rows],
                "Zeitraum jetzt": [row.period_after for row in rows],
                "Einheit": [snapshot.catalogue.unit_of(row.indicator).title for row in rows],
                "Status vorher": [row.status_before.said for row in rows],
                "Status jetzt": [row.status_after.said for row in rows],
                "Anmerkung": [_remark(row) for row in rows],
            }
        ),
        decimals={BEFORE: max(decimals, default=0), AFTER: max(decimals, default=0)},
        own_decimals={(row, column): places for row, places in enumerate(decimals) for column in (BEFORE, AFTER)},
        unit_columns={BEFORE: "Einheit", AFTER: "Einheit"},
        limited=frozenset(
            (number, column)
            for number, row in enumerate(rows)
            for column, point in ((BEFORE, row.before), (AFTER, row.after))
            if point and point.value is not None and point.sign is Sign.LIMITED
        ),
        moment=snapshot.since,
        metadata=boards.about(snapshot),
    )


def _remark(row: Change) -> str:
    """A target is no number of the indicator: it is told in words."""
    if row.kind is not Kind.TARGET:
        return row.remark
    return "; ".join(text for text in (f"{row.shown_before} → {row.shown_after}", row.remark) if text)


def goals_figure(found: Since, snapshot: Snapshot) -> Figure:
    """Each goal with the worst and the best status of its indicators, now and before."""
    return Figure(
        key="stand-der-ziele",
        title="Stand der Ziele",
        frame=framed(
            {
                "Handlungsfeld": [goal.field for goal in found.goals],
                "Ziel": [f"{goal.code} {goal.title}" for goal in found.goals],
                "Kennzahlen": [float(goal.indicators) for goal in found.goals],
                "schlechtester Status": [goal.worst.said for goal in found.goals],
                "bester Status": [goal.best.said for goal in found.goals],
                "schlechtester vorher": [_before(goal.worst_before) for goal in found.goals],
                "bester vorher": [_before(goal.best_before) for goal in found.goals],
            }
        ),
        decimals={"Kennzahlen": 0},
        moment=snapshot.since,
        metadata=boards.about(snapshot),
    )


def _before(status: Status | None) -> str:
    return status.said if status else "neues Ziel"


BEFORE, AFTER = "vorher", "jetzt"


def _number(point: Measurement | None, decimals: int) -> Cell:
    if point is None or point.value is None:
        return point.content if point else None
    return german.rounded(point.value, decimals)
