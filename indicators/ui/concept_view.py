"""The concept on the screen: what has changed since an earlier state of it, and its tree as of the chosen day."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import streamlit as st

from indicators import german
from indicators.boards import concept as board
from indicators.boards.concept_change import ConceptChange, changes, changes_figure, measure_changes
from indicators.knowledge.snapshot import Snapshot
from indicators.ledger import versions
from indicators.moments import end_of_day, local_day
from indicators.ui import filters, html, kept, measure_list, session, show

OPEN = 8
"""Up to so many changed measures are shown at once."""
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
    concept, measures = differences(known, end_of_day(picked))
    title = f"Änderungen am Konzept vom {german.day(picked)} bis zum {german.day(day)}"
    told = changes_figure(concept, known.catalogue, title, known.since)
    done = changes_figure(measures, known.catalogue, f"{title}: Maßnahmen", known.since, key="konzept-massnahmen")
    if concept:
        show.table(told)
    else:
        st.write("Ziele, Handlungsansätze und Zuordnung der Kennzahlen sind seither gleich geblieben.")
    if measures:
        with st.expander(f"Maßnahmen ({len(measures)})", expanded=len(measures) <= OPEN):
            show.table(done)
    show.downloads([one for one in (told, done) if len(one.frame)], label="Änderungen herunterladen")


def differences(known: Snapshot, moment: datetime) -> tuple[Sequence[ConceptChange], Sequence[ConceptChange]]:
    """Of the concept, and of the measures, between an earlier moment and what is shown."""
    before = kept.definitions_at(moment).on(local_day(moment))
    measures = measure_changes((before, kept.measures_at(known, moment)), (known.catalogue, kept.measures(known)))
    return changes(before, known.catalogue), measures


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
