"""The slides of a meeting that are tables of the steering cycle: what committees have to decide, how measures and
agreements stand, what first interviews found. On a wall and in files, so never with what is not public or with small
numbers, whoever shows them."""

from collections.abc import Mapping, Sequence
from datetime import date

from indicators import german
from indicators.boards import agreements as agreed_board
from indicators.boards import interviews as talks
from indicators.boards import measure_way, progress
from indicators.catalogue import Catalogue
from indicators.datasets import MEASURES
from indicators.figures.figure import Cell, Figure, framed
from indicators.knowledge.agreements import DUE, Goal, goals
from indicators.knowledge.consultations import Due, consultations, due
from indicators.knowledge.interviews import interviews
from indicators.knowledge.measures import measures
from indicators.knowledge.meeting_records import Meeting
from indicators.knowledge.slides import SlideKind
from indicators.knowledge.snapshot import Snapshot
from indicators.store import Store

Tables = Mapping[SlideKind, Figure]
"""By kind of slide; one that there is nothing for is not among them."""


def tables(store: Store, meeting: Meeting, known: Snapshot) -> Tables:
    """As known at the meeting's moment and looked at on its day."""
    day, found = meeting.held_on, {}
    waiting = due(consultations(store, known.moment, all_of_them=False), day)
    own = measure_way.on_the_table(waiting, meeting.body.name, day)
    if shown := own or waiting:
        found[SlideKind.CONSULTATIONS] = _consultations(shown, _titles(store, known, shown), meeting if own else None)
    agreed = [one for one in goals(store, known.moment, known.catalogue.small_below) if one.text("agreed_on")]
    if agreed:
        found[SlideKind.AGREEMENTS] = _agreements(agreed, known.catalogue, day)
    if planned := measures(store, known.moment, known.catalogue.small_below):
        found[SlideKind.MEASURES] = progress.status_slide(planned, known.catalogue.fields, day)
    if spoken := interviews(store, known.moment):
        found[SlideKind.INTERVIEWS] = talks.slide(spoken, known.catalogue, day)
    return found


def on_the_table(found: Tables, meeting: Meeting) -> bool:
    """Whether the body itself has something to deal with, so that the slide comes without being composed."""
    figure = found.get(SlideKind.CONSULTATIONS)
    return figure is not None and figure.key == _key(meeting)


def _key(meeting: Meeting | None) -> str:
    return "beratungen-sitzung" if meeting else "beratungen-folie"


def _titles(store: Store, known: Snapshot, found: Sequence[Due]) -> dict[str, str]:
    named = {one.station.measure for one in found} - {""}
    states = MEASURES.states(store, known.moment, named)
    return {name: str(dict(said[-1].content or ()).get("title", "")) for name, said in states.items()}


def _consultations(found: Sequence[Due], titles: Mapping[str, str], meeting: Meeting | None) -> Figure:
    """Of one meeting its own; else of all bodies, with their names."""
    often = sum(bool(one.times) for one in found)
    said = german.counted(len(found), "Beratung", "Beratungen")
    title = f"{f'Was {meeting.body.name} entscheiden muss' if meeting else 'Was die Gremien entscheiden'}: {said}"
    title += f", {often} schon zurückgestellt" if often else ""
    columns: dict[str, list[Cell]] = {
        "Maßnahme": [measure_way.titled(one.station.measure, titles) for one in found],
        "Termin": [german.day(one.day) if one.day else measure_way.NO_DAY for one in found],
        **({} if meeting else {"Gremium": [one.station.committee for one in found]}),
        "Aufgabe": [one.station.text("role") or measure_way.CLOSED for one in found],
        "Zurückgestellt": [_often(one) for one in found],
        "Haushalt": [one.station.text("budget") for one in found],
    }
    note = measure_way.CLOSED_NOTE if any(one.station.closed for one in found) else ""
    return Figure(_key(meeting), title, framed(columns), note=note)


def _often(one: Due) -> str:
    if not one.times:
        return ""
    return f"{one.times}-mal{f', zuerst am {german.day(one.since)}' if one.since else ''}"


def _agreements(found: Sequence[Goal], catalogue: Catalogue, day: date) -> Figure:
    """What is due first; the values that goals have reached are not told on a slide."""
    whole = agreed_board.report_figure(found, catalogue, day, {})
    waiting = sum(one.stands(day) == DUE for one in found)
    title = f"Zielvereinbarungen: {waiting} von {len(whole.frame)} zu überprüfen"
    drawn = ["Ziel", "Termin", "Stand", *(["Folge"] if any(whole.frame["Folge"]) else [])]
    return Figure("zielvereinbarungen-folie", title, whole.frame[drawn])
