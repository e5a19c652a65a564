"""The concept on the screen: what has changed since an earlier state of it, and its tree as of the chosen day."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import streamlit as st

from indicators import german
from indicators.boards import concept as board
from indicators.boards.concept_change import CONCEPT, MEASURES, State, changes, changes_figure, figures
from indicators.figures import Figure
from indicators.knowledge.snapshot import Snapshot
from indicators.ledger import versions
from indicators.moments import end_of_day, local_day
from indicators.ui import filters, html, kept, measure_list, session, show

OPEN = 8
"""Up to so many changes are shown at once where others stand beside them."""
RHYTHM = 2
"""Years between two reports to the council, where nothing else is asked for."""


def changed(known: Snapshot) -> None:
    """What is said otherwise than in an earlier state, which is picked."""
    st.header("Was sich geändert hat")
    day = measure_list.today(known)
    options = {one.isoformat(): one for one in _states_before(known, day)}
    if not options:
        st.write("Das Konzept ist bisher nicht geändert worden.")
        return
    first = _to_begin_with(list(options.values()), day).isoformat()
    ordered = [first, *(code for code in options if code != first)]
    picked = options[filters.choice("Verglichen mit", ordered, "konzept", lambda code: _titled(options[code]))]
    found = {one.key: one for one in differences(known, picked)}
    if CONCEPT in found:
        show.table(found[CONCEPT])
    else:
        st.write("Ziele, Handlungsansätze und Zuordnung der Kennzahlen sind seither gleich geblieben.")
    if MEASURES in found:
        rows = len(found[MEASURES].frame)
        with st.expander(f"Maßnahmen ({rows})", expanded=rows <= OPEN):
            show.table(found[MEASURES])
    if found:
        show.downloads(list(found.values()), label="Änderungen herunterladen")


def since(known: Snapshot, moment: datetime) -> None:
    """What goals, approaches and the place of indicators were otherwise at an earlier moment; nothing where nothing."""
    before = kept.definitions_at(moment).on(local_day(moment))
    found = changes(before, known.catalogue)
    if not found:
        return
    figure = changes_figure(found, known.catalogue, "konzept-seit", "Änderungen am Konzept", known.since)
    with st.expander(f"{figure.title} ({len(found)})", expanded=len(found) <= OPEN):
        show.table(figure)
        show.downloads([figure])


def differences(known: Snapshot, day: date) -> list[Figure]:
    """Of the concept, and of the measures, between the end of a day and what is shown."""
    moment = end_of_day(day)
    before = State(day, kept.definitions_at(moment).on(day), kept.measures_at(known, moment))
    return figures(before, State(measure_list.today(known), known.catalogue, kept.measures(known)), known.since)


def tree(known: Snapshot) -> None:
    """All fields with goals and approaches, their texts, indicators and measures."""
    measures = kept.measures(known)
    for field in known.catalogue.fields:
        st.header(html.plain(f"{field.code} {field.title}"))
        html.template("concept", field=field, goals=board.nested(board.lines(field, known.catalogue, measures)))
    show.downloads([board.figure(known.catalogue, measures, known.since)], label="Konzept herunterladen")


def _states_before(known: Snapshot, today: date) -> list[date]:
    """The last day before each change: of the definitions, and of what begins or ends within them; the latest first."""
    since = [local_day(one.since) for one in versions.versions(session.store())][:-1]
    days = {*since, *session.catalogue().concept.changes, *known.catalogue.concept.changes}
    return sorted((day - timedelta(days=1) for day in days if day <= today), reverse=True)


def _to_begin_with(days: Sequence[date], today: date) -> date:
    """What was there a report ago, else the earliest."""
    asked = today.toordinal() - 365 * RHYTHM
    return next((day for day in days if day.toordinal() <= asked), days[-1])


def _titled(day: date) -> str:
    return f"Stand vom {german.day(day)}, vor der Änderung am {german.day(day + timedelta(days=1))}"
