"""A paper for committees made of a measure: its sequence of consultations, what it costs, what it is to move."""

from collections.abc import Sequence
from datetime import date

from indicators import german
from indicators.boards import fields
from indicators.boards import measures as board
from indicators.boards.measure_way import steps
from indicators.datasets import MEASURES
from indicators.datasets.consultations import DECISION, NOTICE, PRELIMINARY
from indicators.knowledge.consultations import Consultation, due, of_measure
from indicators.knowledge.measures import Measure
from indicators.knowledge.paper_drafts import LONGEST_SUBJECT, MOST_SHOWN, MOST_STATIONS, Draft, Part, Station
from indicators.knowledge.snapshot import Snapshot
from indicators.papers.forms import Form
from indicators.papers.paper import Paper, Reason, numbered, of_indicator
from indicators.reports.compose import state_of

PARTS = {NOTICE: Part.NOTICE, PRELIMINARY: Part.PRELIMINARY, DECISION: Part.DECISION}
EFFECTS = ("cost_once", "cost_yearly", "budget_line", "grants", "grants_from", "posts", "staff")
DESCRIBED = ("description", "goal", "target_group", "partners", "provider", "feasible_result", "state", "next_steps")


def proposed(
    known: Snapshot, one: Measure, found: Sequence[Consultation], origin: str, form: str, today: date
) -> Draft:
    """What a fresh paper begins with. A consultation behind closed doors stands in the sequence with its committee and
    day, as papers have it; nothing of what was said there is taken over."""
    own = of_measure(found, one.name)
    catalogue = known.catalogue
    codes = dict.fromkeys(catalogue.current_indicator(code) for code in one.codes("indicators"))
    number = next((past.text("paper") for past in reversed(own) if past.public and past.text("paper")), "")
    return Draft(
        origin,
        form,
        f"Maßnahme {one.text('number')} {one.title}".replace("  ", " ")[:LONGEST_SUBJECT],
        number=number,
        stations=_stations(own, today)[:MOST_STATIONS],
        proposal=f"Der Maßnahme „{one.title}“ wird zugestimmt.",
        effects=_effects(one, own),
        shown=tuple(code for code in codes if code in catalogue.indicators)[:MOST_SHOWN],
    )


def _stations(own: Sequence[Consultation], today: date) -> tuple[Station, ...]:
    """All in order; one that was put off with its new day."""
    waiting = {one.station.name: one.day for one in due(own, today)}
    listed = [one for one in own if not one.put_off or one.name in waiting]
    return tuple(
        Station(one.committee, waiting.get(one.name, one.on), one.public, PARTS.get(one.text("role"), Part.PRELIMINARY))
        for one in listed
    )


def _effects(one: Measure, own: Sequence[Consultation]) -> str:
    """What the measure costs and where it is budgeted; empty where nobody has said so, to be filled in."""
    texts = {code: fields.said_with_unit(MEASURES.field(code), one) for code in EFFECTS}
    told = [f"{MEASURES.field(code).title}: {text}." for code, text in texts.items() if text]
    budget = dict.fromkeys(past.text("budget") for past in own if past.public and past.text("budget"))
    return "\n".join([*told, *(f"Wirkung auf den Haushalt: {word}." for word in budget)])


def of_measure_paper(known: Snapshot, one: Measure, draft: Draft, form: Form, day: date) -> Paper:
    """With figures as everyone but the office sees them: a snapshot with true values is a bug."""
    if not known.suppressed:
        raise ValueError("a paper is made of what the steering group sees")
    catalogue, city = known.catalogue, known.catalogue.city
    way = [f"{step.word} am {german.day(step.day)}" for step in steps(one) if step.day]
    reasons = [_described(one, known)]
    reasons += [of_indicator(known, code) for code in draft.shown if code in catalogue.indicators]
    return Paper(
        form=form,
        draft=draft,
        city=city.name,
        state=state_of(known),
        day=day,
        known=known.since or known.moment,
        source=f"Maßnahme „{one.name}“, zuständig: {catalogue.reporter_name(one.reporter)}."
        + (f" {german.enumeration(way)}." if way else ""),
        reasons=numbered(reasons, invented=city.invented),
        note=city.caution,
    )


def _described(one: Measure, known: Snapshot) -> Reason:
    texts = ((MEASURES.field(code), fields.said(MEASURES.field(code), one, known.catalogue)) for code in DESCRIBED)
    lines = [f"{one.title}.", *(f"{field.title}: {text}" for field, text in texts if text)]
    if one.codes("indicators"):
        lines.append(f"Die Kennzahlen unten soll die Maßnahme bewegen. {board.NO_CLAIM}")
    return Reason("Die Maßnahme", board.titled(one.status), "\n".join(lines))
