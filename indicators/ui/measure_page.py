"""One measure: all that is known of it, how it came to stand where it does, and what it is meant to move."""

from collections.abc import Iterable
from datetime import datetime

import streamlit as st

from indicators import german
from indicators.access import Action, may
from indicators.boards import measure_context
from indicators.boards import measures as board
from indicators.catalogue import Indicator
from indicators.knowledge.measures import Measure
from indicators.knowledge.snapshot import Snapshot
from indicators.moments import local_day
from indicators.names import named
from indicators.ui import html, interviews, kept, measure_list, measure_way, session, show

OPEN = 8
"""From so many on the list of a meeting is folded."""


def overview(known: Snapshot, one: Measure) -> None:
    """Status first, then state, facts and history."""
    catalogue, day = known.catalogue, measure_list.today(known)
    st.header(html.plain(one.title))
    html.template(
        "measure_status",
        sign=board.SIGNS.get(one.status, ""),
        status=one.status,
        since=german.day(one.stands_since),
        overdue=one.overdue(day),
    )
    facts = board.facts(one, catalogue)
    with st.container(key="measure-facts"):
        html.template("facts", facts=facts)
    show.legend(board.secret_note([one], catalogue))
    st.caption(
        html.plain(f"Zuletzt geändert am {german.day(local_day(one.at))} mit Lieferung {one.delivery}{_by(one)}.")
    )
    measure_way.overview(known, one)
    interviews.at_measure(known, one)
    moves(known, one.codes("indicators"), "Diese Kennzahlen soll sie bewegen")
    st.subheader("Verlauf")
    history = board.history_figure(one, catalogue, known.since, who=may(session.user(), Action.HISTORY))
    show.table(history)
    show.downloads([board.list_figure([one], catalogue, day, known.since), history])


def context(known: Snapshot, indicator: Indicator) -> None:
    """The measures that mean to move an indicator, folded; context, no claim."""
    found = measure_context.moving(kept.measures(known), indicator.code, known.catalogue)
    if not found:
        return
    with st.expander(f"Maßnahmen, die diese Kennzahl bewegen sollen ({len(found)})"):
        measure_list.table(found, known.catalogue, measure_list.today(known))
        st.caption(board.NO_CLAIM)


def since(known: Snapshot, moment: datetime) -> None:
    """The measures whose status is another than at an earlier moment."""
    found = measure_context.moved(kept.measures_at(known, moment), kept.measures(known))
    if not found:
        return
    figure = measure_context.moved_figure(found, known.catalogue, known.since)
    with st.expander(f"{figure.title} ({len(found)})", expanded=len(found) <= OPEN):
        show.table(figure)
        show.downloads([figure])


def _by(one: Measure) -> str:
    return f" von {named(one.by, one.at)}" if may(session.user(), Action.HISTORY, one.reporter) else ""


def moves(known: Snapshot, named: Iterable[str], heading: str) -> None:
    """The indicators that are meant to move, each with its status; context, no claim."""
    codes = [known.catalogue.current_indicator(code) for code in named]
    if not codes:
        return
    st.subheader(heading)
    defined = known.catalogue.indicators
    rows = [
        {
            "address": html.link("indicator", kennzahl=code),
            "title": f"{code} {defined[code].title}",
            "status": known.status(code),
        }
        for code in codes
        if code in defined
    ]
    html.template("measure_moves", rows=rows, gone=[code for code in codes if code not in defined])
    st.caption(board.NO_CLAIM)
