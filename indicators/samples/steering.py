"""What a sample's office does beside deliveries: composes a meeting, writes down what was decided, also on targets,
freezes a report."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from indicators.boards.district_maps import atlas
from indicators.boards.since_meeting import since
from indicators.boards.slide_board import proposal
from indicators.catalogue import Catalogue
from indicators.knowledge import snapshot
from indicators.knowledge.agreed import AgreedTarget, in_force
from indicators.knowledge.agreed_targets import keep_target, targets_at
from indicators.knowledge.bodies import bodies
from indicators.knowledge.boundaries import boundaries
from indicators.knowledge.comments import About, Comment, write
from indicators.knowledge.decisions import Decision, DecisionState, keep_decision
from indicators.knowledge.meeting_records import meetings
from indicators.knowledge.minutes import write_minutes
from indicators.knowledge.slides import Slide, SlideKind, keep_plan
from indicators.moments import local_day
from indicators.periods import Period
from indicators.reports import frozen
from indicators.reports.making import make
from indicators.reports.report import Kind
from indicators.reports.wishes import Wish
from indicators.store import Store
from indicators.targets import Point


def compose(
    store: Store, catalogue: Catalogue, at: datetime, by: str, *, day: date, due: date, addressee: str, wording: str
) -> None:
    """The meeting of that day: slides of what changed since the one before and of how measures and agreements stand,
    and one decision, on the first of them."""
    held = sorted(meetings(store), key=lambda one: one.held_on)
    [meeting] = [one for one in held if one.held_on == day]
    earlier = [one for one in held if one.held_on < day and one.body == meeting.body]
    now = snapshot.take(store, catalogue, at, suppressed=True)
    before = snapshot.take(store, catalogue, earlier[-1].moment, suppressed=True) if earlier else now
    slides = proposal(since(before, now)) or (Slide(SlideKind.FIELD, catalogue.fields[0].code),)
    slides = (replace(slides[0], remark="Die Zahlen wurden mit der meldenden Stelle besprochen."), *slides[1:])
    cycle = (SlideKind.MEASURES, SlideKind.AGREEMENTS, SlideKind.INTERVIEWS)
    keep_plan(store, meeting.number, (*slides, *_map(store, now, slides), *map(Slide, cycle)), by, at)
    decision = Decision(0, meeting.number, slides[0].key, wording, addressee, due, DecisionState.AGREED)
    keep_decision(store, decision, by, at)
    write_minutes(store, meeting.number, slides[0].key, f"Einstimmig: {wording}", by, at)


def _map(store: Store, known: snapshot.Snapshot, slides: Sequence[Slide]) -> list[Slide]:
    """Of the first indicator on the slides that is reported by district and has boundaries."""
    bounds, codes = boundaries(store, known.moment), [one.code for one in slides if one.kind is SlideKind.INDICATOR]
    for code in codes:
        found = atlas(known, known.catalogue.indicator(code), bounds)
        if found and found.periods:
            return [Slide(SlideKind.MAP, code)]
    return []


def agree(
    store: Store,
    catalogue: Catalogue,
    at: datetime,
    by: str,
    *,
    code: str,
    target: Point,
    on: date,
    paper: str,
    remark: str,
) -> None:
    """Another target for an indicator, decided by the steering group, on the way that was agreed before."""
    known = in_force(catalogue, targets_at(store, at))
    now = known.indicator(code).rule_definitions[0]
    wanted = now.model_copy(update={"title": "", "targets": (target,)})
    group = bodies(store)[0]
    keep_target(store, known, AgreedTarget(0, code, "", wanted, on, group.number, group.name, paper, remark), by, at)


def comment(
    store: Store,
    catalogue: Catalogue,
    at: datetime,
    by: str,
    *,
    code: str,
    about: About,
    period: Period | None,
    text: str,
) -> None:
    """A remark on an indicator, or on the headline's value of a period."""
    headline = snapshot.take(store, catalogue, at, suppressed=False).headline(code)
    point = headline.at(period) if period else None
    place = (headline.breakdown, period, point.delivery if point else None) if period else ()
    write(store, catalogue, Comment(0, about, code, text, *place), by, at)


def freeze(store: Store, catalogue: Catalogue, at: datetime, by: str, *, kind: str) -> None:
    """A report as known then, kept under its number."""
    known = snapshot.take(store, catalogue, at, suppressed=True)
    report = make(store, known, Wish(Kind(kind)), local_day(at))
    frozen.freeze(store, report, at, (known.version, catalogue.version), by, at)
