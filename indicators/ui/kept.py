"""What is shown, made once and kept: snapshots of the chosen moment, and what is made of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from indicators import boards, german
from indicators.access import Action, may, permitted, sees_true_values
from indicators.boards import since_meeting
from indicators.boards.agreements import reached as reached_then
from indicators.boards.dossier import Section, Whose, sections
from indicators.boards.since_meeting import Since
from indicators.catalogue import Catalogue, Indicator
from indicators.datasets import INDICES
from indicators.figures import Figure
from indicators.figures.theme import CHART_HEIGHT
from indicators.knowledge import meetings
from indicators.knowledge.agreements import Goal
from indicators.knowledge.agreements import goals as known_goals
from indicators.knowledge.consultations import Consultation
from indicators.knowledge.consultations import consultations as known_consultations
from indicators.knowledge.funding import Agreement, without_plan
from indicators.knowledge.funding import agreements as known_funding
from indicators.knowledge.interviews import Interview
from indicators.knowledge.interviews import interviews as known_interviews
from indicators.knowledge.measures import Measure
from indicators.knowledge.measures import measures as known_measures
from indicators.knowledge.meeting_records import Meeting
from indicators.knowledge.meeting_records import meetings as kept_meetings
from indicators.knowledge.offers import Offer
from indicators.knowledge.offers import offers as known_offers
from indicators.knowledge.proofs import Proof, without_finances
from indicators.knowledge.proofs import proofs as known_proofs
from indicators.knowledge.releases import Release
from indicators.knowledge.releases import released as released_now
from indicators.knowledge.snapshot import Key, Snapshot, beside
from indicators.ledger import archive, duties
from indicators.model import Breakdown, EventKind
from indicators.papers.deck_tables import Tables, tables
from indicators.store.database import utc_now
from indicators.ui import caches, session

Stored = tuple[int, tuple[int, int]]
State = tuple[Key, str]
"""A snapshot's key, and the definitions in force."""


def current(moment: datetime | None) -> Snapshot:
    """The snapshot of the moment, None meaning now, with or without small numbers as the user may see them."""
    return _taken(moment, suppressed=not sees_true_values(session.user()))


def shared(moment: datetime | None) -> Snapshot:
    """The same as everyone but the office sees it, whoever asks: what a report is made of."""
    return _taken(moment, suppressed=True)


def releases() -> Mapping[str, Release]:
    """What is released to readers, by indicator; one that its own definitions do not know cannot be shown."""
    found = released_now(session.store())
    return {code: one for code, one in found.items() if code in definitions_at(one.moment).indicators}


def released(release: Release) -> Snapshot:
    """What readers see of a release, whoever looks at it: never a small number."""
    return _taken(release.moment, suppressed=True)


def definitions_at(moment: datetime) -> Catalogue:
    """The definitions in force at the moment."""
    return session.installation().definitions_at(moment)


def _taken(moment: datetime | None, suppressed: bool) -> Snapshot:
    definitions, looked_from = session.installation().state(moment, session.now())
    in_force = session.catalogue().version
    stored = session.store().data_version, beside(session.store())
    return _snapshot(stored, in_force, definitions, looked_from, suppressed)


@caches.of_city(max_entries=64)
def _snapshot(
    stored: tuple[int, tuple[int, int]], in_force: str, definitions: str, moment: datetime, suppressed: bool
) -> Snapshot:
    """Made once per state of the store, definitions in force and those of the moment, moment and kind of viewer.

    `stored` are the last event, decision on a target and remark.
    """
    return session.installation().take(definitions, moment, suppressed=suppressed)


def before_last_delivery(known: Snapshot) -> Snapshot:
    """The snapshot of the moment just before the last event that `known` includes."""
    at = archive.moment_of(session.store(), known.version)
    return current(at - timedelta(microseconds=1)) if at else known


def last_delivery(known: Snapshot) -> str:
    """What happened last, in one sentence."""
    events = archive.history(session.store())
    event = events[events["event"] <= known.version].iloc[0]
    return (
        f"Lieferung {event.delivery} ({known.catalogue.reporter_name(event.reporter)}) wurde am "
        f"{german.moment(event.happened_at)} {EventKind(event.kind).word}."
    )


def overdue(known: Snapshot) -> list[duties.Duty]:
    """Duties that are late at the snapshot's moment, the oldest due day first."""
    late = (duties.State.MISSING, duties.State.PARTIAL, duties.State.WITHDRAWN)
    found = duties.duties(session.store(), known.catalogue, known.moment)
    return sorted((duty for duty in found if duty.state in late), key=lambda duty: duty.due)


def all_meetings() -> tuple[Meeting, ...]:
    """All meetings, the latest first."""
    return kept_meetings(session.store())


def since(known: Snapshot, moment: datetime) -> Since:
    """What has changed since an earlier moment, built once for each state of data and definitions."""
    return _since(_state(known), moment, may(session.user(), Action.HISTORY), known)


@caches.of_city(max_entries=64)
def _since(state: State, moment: datetime, with_duties: bool, _known: Snapshot) -> Since:
    late = overdue(_known) if with_duties else []
    return since_meeting.since(_taken(moment, _known.suppressed), _known, late)


def trend(
    known: Snapshot,
    indicator: Indicator,
    shown: Sequence[Breakdown],
    areas: Sequence[Breakdown],
    outlook: bool = False,
    height: float = CHART_HEIGHT,
) -> Figure:
    """The indicator's chart, built once for each state of data and definitions."""
    return _trend(_state(known), indicator.code, tuple(shown), tuple(areas), outlook, height, known)


@caches.of_city(max_entries=512)
def _trend(
    state: State,
    code: str,
    shown: tuple[Breakdown, ...],
    areas: tuple[Breakdown, ...],
    outlook: bool,
    height: float,
    _known: Snapshot,
) -> Figure:
    return boards.trend_figure(_known, _known.catalogue.indicator(code), shown, areas, outlook, height)


def dossier(known: Snapshot, indicator: Indicator) -> list[Section]:
    """Arithmetic, outlook, past statuses and origin, built once for each state of data and definitions."""
    return _dossier(_state(known), indicator.code, _whose_files(), known)


@caches.of_city(max_entries=256)
def _dossier(state: State, code: str, files_of: Whose, _known: Snapshot) -> list[Section]:
    store, definitions = session.store(), session.installation().definitions
    until = min(_known.moment, utc_now())
    history = meetings.past_statuses(store, _known.catalogue, code, until, definitions, _known.hidden)
    defined = definitions(_known.catalogue.version)
    return sections(store, _known, _known.catalogue.indicator(code), history, defined=defined, files_of=files_of)


def measures(known: Snapshot) -> tuple[Measure, ...]:
    """All measures as known at the snapshot's moment; small numbers of people by what counts as small today."""
    return measures_at(known, known.moment)


def measures_at(known: Snapshot, moment: datetime) -> tuple[Measure, ...]:
    """As they were at an earlier moment, for whoever looks at the snapshot."""
    return _measures(_state(known), moment, known.suppressed)


@caches.of_city(max_entries=32)
def _measures(state: State, moment: datetime, suppressed: bool) -> tuple[Measure, ...]:
    small = session.catalogue().small_below if suppressed else None
    return known_measures(session.store(), moment, small)


def goals(known: Snapshot) -> tuple[Goal, ...]:
    """The goals of all target agreements as known at the snapshot's moment."""
    return goals_at(known, known.moment)


def goals_at(known: Snapshot, moment: datetime) -> tuple[Goal, ...]:
    """As they were at an earlier moment, for whoever looks at the snapshot."""
    return _goals(_state(known), moment, known.suppressed)


@caches.of_city(max_entries=32)
def _goals(state: State, moment: datetime, suppressed: bool) -> tuple[Goal, ...]:
    small = session.catalogue().small_below if suppressed else None
    return known_goals(session.store(), moment, small)


def reached(known: Snapshot, found: Sequence[Goal]) -> dict[str, str]:
    """By name what the indicator of each reviewed goal had reached, as known on the day of its review."""
    return reached_then(found, known, lambda moment: _taken(moment, suppressed=known.suppressed))


def consultations(known: Snapshot) -> tuple[Consultation, ...]:
    """The consultations of measures as known at the snapshot's moment; what is not public for those who may know it."""
    knows_all = may(session.user(), Action.NON_PUBLIC)
    return _consultations(session.store().data_version, known.moment, knows_all)


@caches.of_city(max_entries=32)
def _consultations(stored: int, moment: datetime, all_of_them: bool) -> tuple[Consultation, ...]:
    """`stored` is the state of the data now: what is not public today is not shown of the past either."""
    return known_consultations(session.store(), moment, all_of_them=all_of_them)


def interviews(known: Snapshot) -> tuple[Interview, ...]:
    """The first interviews as known at the snapshot's moment."""
    return _interviews(session.store().data_version, known.moment)


@caches.of_city(max_entries=32)
def _interviews(stored: int, moment: datetime) -> tuple[Interview, ...]:
    return known_interviews(session.store(), moment)


def funding(known: Snapshot) -> tuple[Agreement, ...]:
    """The funding agreements that the person may see, as known at the snapshot's moment: a provider its own."""
    found = _funding(session.store().data_version, known.moment)
    user = session.user()
    mine = [one for one in found if may(user, Action.FUNDING, one.reporter)]
    return tuple(one if may(user, Action.FINANCES, one.reporter) else without_plan(one) for one in mine)


@caches.of_city(max_entries=16)
def _funding(stored: int, moment: datetime) -> tuple[Agreement, ...]:
    return known_funding(session.store(), moment)


def proofs(known: Snapshot) -> tuple[Proof, ...]:
    """The proofs of use that the person may see, as far as they may."""
    user = session.user()
    found = _proofs(_state(known), known.moment, known.suppressed)
    mine = [one for one in found if may(user, Action.FUNDING, one.reporter)]
    return tuple(one if may(user, Action.FINANCES, one.reporter) else without_finances(one) for one in mine)


@caches.of_city(max_entries=16)
def _proofs(state: State, moment: datetime, suppressed: bool) -> tuple[Proof, ...]:
    small = session.catalogue().small_below if suppressed else None
    return known_proofs(session.store(), moment, small)


def offers(known: Snapshot) -> tuple[Offer, ...]:
    """The offers that the person may see: a provider its own."""
    found = _offers(session.store().data_version, known.moment)
    return tuple(one for one in found if may(session.user(), Action.FUNDING, one.reporter))


@caches.of_city(max_entries=16)
def _offers(stored: int, moment: datetime) -> tuple[Offer, ...]:
    return known_offers(session.store(), moment)


def index_names() -> list[str]:
    """The values of indices that there are, by name and year."""
    return sorted(name for name, said in INDICES.states(session.store()).items() if said[-1].content is not None)


def deck_tables(meeting: Meeting, known: Snapshot) -> Tables:
    """The tables of the steering cycle on a meeting's slides, the same for whoever looks."""
    return _deck_tables(session.store().data_version, session.catalogue().version, meeting, known.key, known)


@caches.of_city(max_entries=16)
def _deck_tables(stored: int, in_force: str, meeting: Meeting, key: Key, _known: Snapshot) -> Tables:
    """`stored` is the state of the data now: what is not public today is not shown of the past either."""
    return tables(session.store(), meeting, _known)


def _whose_files() -> Whose:
    """The reporters whose deliveries the viewer may know one by one."""
    person = session.user()
    own = permitted(person, Action.HISTORY, sorted(person.reporters))
    return None if may(person, Action.HISTORY) else frozenset(own)


def state_of(known: Snapshot) -> str:
    """What names the state in which something was worked out of a snapshot."""
    return str(_state(known))


def _state(known: Snapshot) -> State:
    """What is kept of a snapshot is kept for this: the definitions in force now decide what may be seen of it."""
    return known.key, session.catalogue().version
