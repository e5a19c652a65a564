"""One goal: how it stands, what was agreed, its indicator and measures, the review, and every text that it had."""

from datetime import datetime

import streamlit as st

from indicators import german
from indicators.access import Action, may
from indicators.boards import agreements as board
from indicators.knowledge.agreements import Goal
from indicators.knowledge.snapshot import Snapshot
from indicators.moments import local_day
from indicators.ui import agreement_list, html, kept, measure_list, measure_page, session, show


def overview(known: Snapshot, one: Goal) -> None:
    """State first, then what was agreed, the review and the history."""
    catalogue, day = known.catalogue, measure_list.today(known)
    st.header(html.plain(one.title))
    state, due = one.stands(day), one.review_due
    agreed = one.day("agreed_on")
    html.template(
        "agreement_status",
        sign=board.SIGNS[state],
        state=state,
        agreed=german.day(agreed) if agreed else "",
        due=german.day(due) if due else "",
    )
    with st.container(key="measure-facts"):
        html.template("facts", facts=board.agreed_facts(one, catalogue))
    measure_page.moves(known, one.codes("indicator"), "Die Kennzahl des Ziels")
    measures = [found for found in kept.measures(known) if found.name in one.measures]
    if measures:
        st.subheader("Maßnahmen des Ziels")
        measure_list.table(measures, catalogue, day)
    values = kept.reached(known, [one])
    if review := board.review_facts(one, catalogue, values.get(one.name, "")):
        st.subheader("Zwischengespräche und Überprüfung")
        html.template("facts", facts=review)
        show.legend(board.secret_note([one], catalogue))
    _linked(known, one)
    st.subheader("Verlauf")
    history = board.history_figure(one, known.since, who=may(session.user(), Action.HISTORY, one.reporter))
    show.table(history)
    show.downloads([board.list_figure([one], catalogue, day, values, known.since), history])


def since(known: Snapshot, moment: datetime) -> None:
    """The goals that stand otherwise than at an earlier moment."""
    then = board.states(kept.goals_at(known, moment), local_day(moment))
    found = board.moved_figure(then, kept.goals(known), known.catalogue, measure_list.today(known), known.since)
    if found is None:
        return
    rows = len(found.frame)
    with st.expander(f"{found.title} ({rows})", expanded=rows <= measure_page.OPEN):
        show.table(found)
        show.downloads([found])


def _linked(known: Snapshot, one: Goal) -> None:
    """The same goal in the year before and after."""
    names = {one.text("carried_from"), *one.carried_to}
    found = [other for other in kept.goals(known) if other.name in names]
    if found:
        st.subheader("Dasselbe Ziel in anderen Jahren")
        agreement_list.table(found, known.catalogue, measure_list.today(known))
