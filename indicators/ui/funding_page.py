"""One agreement: how it stands, what was agreed, what it costs each year, its versions, and those around it."""

import streamlit as st

from indicators.access import Action, may
from indicators.boards import funding as board
from indicators.knowledge.funding import Agreement
from indicators.knowledge.snapshot import Snapshot
from indicators.periods import Period
from indicators.ui import funding_list, html, measure_list, session, show


def overview(known: Snapshot, one: Agreement, found: tuple[Agreement, ...]) -> None:
    catalogue, day = known.catalogue, measure_list.today(known)
    st.header(html.plain(one.subject))
    with st.container(key="measure-facts"):
        html.template("facts", facts=board.facts(one, catalogue, day))
    years = board.years_figure(one, day, known.since)
    st.subheader(years.title)
    show.table(years)
    show.legend(years.note)
    around = [other for other in found if other.name in (one.text("renews"), *one.renewed_by)]
    if around:
        st.subheader("Davor und danach")
        funding_list.table(around, catalogue, Period.of_year(day.year), day)
    history = board.history_figure(one, known.since, who=may(session.user(), Action.HISTORY, one.reporter))
    st.subheader("Fassungen")
    show.table(history)
    whole = board.list_figure([one], catalogue, Period.of_year(day.year), day, known.since)
    show.downloads([whole, years, history])
