"""What is due, late, expiring or to review: deliveries, talks and reviews of agreements, consultations, decisions,
measures, funding. One function a kind in SOURCES; a task keeps its key for as long as it is the same one."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property

from indicators import german
from indicators.boards.funding import called
from indicators.catalogue import Catalogue
from indicators.datasets.measures import DONE
from indicators.knowledge.agreements import goals
from indicators.knowledge.bodies import bodies
from indicators.knowledge.consultations import consultations
from indicators.knowledge.consultations import due as due_consultations
from indicators.knowledge.decisions import DecisionState, decisions
from indicators.knowledge.funding import Agreement, agreements, ending
from indicators.knowledge.measures import measures
from indicators.knowledge.meeting_records import meetings
from indicators.knowledge.proofs import CHECKED, HANDED_IN, Owed, owed, proofs
from indicators.ledger import duties
from indicators.ledger.duties import Duty, State
from indicators.moments import local_day
from indicators.periods import Period
from indicators.store import Store

AHEAD = 90
SOON = 14
"""So many days before its day something is shown, and asked for once more."""

OWED = (State.OPEN, State.MISSING, State.PARTIAL, State.WITHDRAWN)


class Kind(StrEnum):
    DELIVERY = "delivery"
    TALK = "talk"
    REVIEW = "review"
    CONSULTATION = "consultation"
    DECISION = "decision"
    MEASURE = "measure"
    MEETING = "meeting"
    FUNDING = "funding"
    PROOF = "proof"

    @property
    def word(self) -> str:
        return {
            "delivery": "Datenlieferung",
            "talk": "Zwischengespräch",
            "review": "Überprüfung einer Zielvereinbarung",
            "consultation": "Beratung",
            "decision": "Beschluss",
            "measure": "Maßnahme",
            "meeting": "Sitzung",
            "funding": "Förderung",
            "proof": "Verwendungsnachweis",
        }[self]


class Stage(StrEnum):
    """How near it is."""

    LATE = "late"
    SOON = "soon"
    COMING = "coming"

    @property
    def word(self) -> str:
        return {"late": "überfällig", "soon": "bald fällig", "coming": "später"}[self]


@dataclass(frozen=True)
class Task:
    """One thing to be done by a day. `reporter` is who does it, empty for the office; `page` is where."""

    key: str
    kind: Kind
    title: str
    due: date
    reporter: str
    page: str
    parameters: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    public: bool = True
    duty: Duty | None = None

    def stage(self, today: date) -> Stage:
        if self.due < today:
            return Stage.LATE
        return Stage.SOON if self.due <= today + timedelta(days=SOON) else Stage.COMING


@dataclass(frozen=True)
class Known:
    """What the sources ask: the store and the definitions at a moment."""

    store: Store
    catalogue: Catalogue
    moment: datetime

    @property
    def today(self) -> date:
        return local_day(self.moment)

    @cached_property
    def agreements(self) -> tuple[Agreement, ...]:
        """The funding agreements, for those of the sources that ask for them."""
        return agreements(self.store, self.moment)


def tasks(store: Store, catalogue: Catalogue, moment: datetime) -> tuple[Task, ...]:
    """Everything that is late or comes within AHEAD days, by day. For the office: of consultations it holds those too
    that are not public."""
    known = Known(store, catalogue, moment)
    last = known.today + timedelta(days=AHEAD)
    found = [task for source in SOURCES for task in source(known) if task.due <= last]
    return tuple(sorted(found, key=lambda task: (task.due, task.kind, task.key)))


def _deliveries(known: Known) -> Iterator[Task]:
    for duty in duties.duties(known.store, known.catalogue, known.moment):
        if duty.state in OWED:
            missing = len(duty.base_figures) - duty.delivered
            note = f"{german.counted(missing, 'Zahl fehlt', 'Zahlen fehlen')}" if duty.delivered else ""
            title = f"Zahlen für {duty.period.label}"
            key = f"delivery/{duty.reporter}/{duty.period}"
            yield Task(key, Kind.DELIVERY, title, duty.due, duty.reporter, "deliver", note=note, duty=duty)


def _agreements(known: Known) -> Iterator[Task]:
    today = known.today
    for goal in goals(known.store, known.moment, known.catalogue.small_below):
        where = {"vereinbartes-ziel": goal.name}
        if day := goal.talk_due(today) or goal.next_talk(today):
            title = f"Zwischengespräch zu „{goal.title}“ ({goal.year})"
            yield Task(f"talk/{goal.name}/{day}", Kind.TALK, title, day, goal.reporter, "agreements", where)
        if goal.review_due:
            title = f"Überprüfung von „{goal.title}“ ({goal.year})"
            key = f"review/{goal.name}/{goal.review_due}"
            yield Task(key, Kind.REVIEW, title, goal.review_due, goal.reporter, "agreements", where)


def _consultations(known: Known) -> Iterator[Task]:
    found = consultations(known.store, known.moment, all_of_them=True)
    for one in due_consultations(found, known.today):
        if one.day is not None:
            title = f"{one.station.committee}: {one.station.measure}"
            note = f"{german.counted(one.times, 'Mal', 'Mal')} zurückgestellt" if one.times else ""
            yield Task(
                f"consultation/{one.station.name}/{one.day}",
                Kind.CONSULTATION,
                title,
                one.day,
                "",
                "measures",
                {"massnahme": one.station.measure},
                note,
                public=one.station.public,
            )


def _decisions(known: Known) -> Iterator[Task]:
    for one in decisions(known.store):
        if one.state is DecisionState.AGREED and one.due:
            title = f"Beschluss umsetzen: {one.wording}"
            note = f"zuständig: {one.addressee}" if one.addressee else ""
            yield Task(f"decision/{one.number}/{one.due}", Kind.DECISION, title, one.due, "", "meetings", note=note)


def _measures(known: Known) -> Iterator[Task]:
    """Those whose last day comes or is over, and those of which nobody has said for a year how they stand."""
    for one in measures(known.store, known.moment, known.catalogue.small_below):
        end, where = one.day("end"), {"massnahme": one.name}
        if one.status in DONE:
            continue
        if end is not None:
            key, title = f"measure/{one.name}/{end}", f"Ende der Maßnahme {one.called}"
            yield Task(key, Kind.MEASURE, title, end, one.reporter, "measures", where)
        if one.stale(known.today):
            since = one.stands_since
            key, title = f"state/{one.name}/{since}", f"Sachstand der Maßnahme {one.called}"
            note = f"zuletzt am {german.day(since)}"
            day = since + timedelta(days=365)
            yield Task(key, Kind.MEASURE, title, day, one.reporter, "measures", where, note)


def _meetings(known: Known) -> Iterator[Task]:
    """Those that are fixed, and by when a body would have to meet again."""
    every = meetings(known.store)
    for one in every:
        if one.held_on >= known.today:
            yield Task(f"meeting/{one.number}/{one.held_on}", Kind.MEETING, one.name, one.held_on, "", "meetings")
    for body in bodies(known.store):
        held = [one.held_on for one in every if one.body.number == body.number]
        expected = body.next_expected(max(held)) if held else None
        if expected:
            title = f"Nächste Sitzung festlegen: {body.name} ({body.rhythm})"
            yield Task(f"rhythm/{body.number}/{expected}", Kind.MEETING, title, expected, "", "meetings")


def _funding(known: Known) -> Iterator[Task]:
    """What must be negotiated, or ends, and nobody has renewed."""
    for one in ending(known.agreements, known.today):
        if day := one.negotiate_by(known.today) or one.end(known.today):
            key, title = f"funding/{one.name}/{day}", f"Neu verhandeln: {called(one)}"
            end = one.end(known.today)
            note = f"endet am {german.day(end)}" if end else ""
            yield Task(key, Kind.FUNDING, title, day, "", "funding", {"vereinbarung": one.name}, note)


def _proofs(known: Known) -> Iterator[Task]:
    """What a provider still owes for an agreement and year: one task, due with the first of its parts."""
    every = owed(
        known.agreements,
        proofs(known.store, known.moment, known.catalogue.small_below),
        known.today,
    )
    open_ones = [one for one in every if one.due and one.state not in (HANDED_IN, CHECKED)]
    by_year: dict[tuple[str, Period], list[Owed]] = {}
    for one in open_ones:
        by_year.setdefault((one.agreement.name, one.period), []).append(one)
    for (name, period), parts in by_year.items():
        agreement, due = parts[0].agreement, min(one.due for one in parts if one.due)
        title = f"Verwendungsnachweis {period.label}: {called(agreement)}"
        note = f"es fehlt: {german.enumeration([one.part for one in parts])}"
        key, where = f"proof/{name}/{period}", {"vereinbarung": name}
        yield Task(key, Kind.PROOF, title, due, agreement.reporter, "funding", where, note)


SOURCES: tuple[Callable[[Known], Iterator[Task]], ...] = (
    _deliveries,
    _agreements,
    _consultations,
    _decisions,
    _measures,
    _meetings,
    _funding,
    _proofs,
)
