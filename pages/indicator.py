"""One indicator: its course, what is wanted of it, how its status comes about, and where its numbers come from."""

import streamlit as st

from indicators.ui import facts, filters, session, show
from indicators.ui.navigation import through_dashboard

through_dashboard()
snapshot = session.current(filters.moment(session.store()))

pick, look = st.columns([3, 1], vertical_alignment="bottom")
with pick:
    indicator = filters.indicator(snapshot)
with look:
    view = filters.view()
left, right = st.columns(2)
with left:
    breakdowns = filters.breakdowns(snapshot, indicator)
with right:
    areas = filters.areas(snapshot, indicator)

st.title(indicator.title)
show.finding_sentence(facts.sentence(snapshot, indicator))
chart, beside = st.columns([5, 2], gap="large")
with chart:
    show.show(session.trend(snapshot, indicator, breakdowns, areas), view=view, heading=False)
    facts.citation(snapshot, indicator)
with beside:
    facts.beside(snapshot, indicator)

for number, judgement in enumerate(snapshot.judgements[indicator.code]):
    st.header(facts.rule_title(judgement))
    show.status(judgement.assessment.status)
    show.show(facts.arithmetic(judgement), heading=False, source=False, key=str(number))
facts.outlook(snapshot, indicator)
facts.meetings(snapshot, indicator)
facts.origin(snapshot, indicator)
