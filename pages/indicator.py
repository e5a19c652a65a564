"""One indicator: its course, what is wanted of it, how its status comes about, and where its numbers come from."""

import streamlit as st

from indicators.ui import as_of, facts, filters, html, kept, publishing, show
from indicators.ui.navigation import through_dashboard

through_dashboard()
snapshot = kept.current(as_of.moment())

pick, look = st.columns([3, 1], vertical_alignment="bottom")
with pick:
    indicator = filters.indicator(snapshot)
with look:
    view = filters.view()
left, right = st.columns([3, 1], vertical_alignment="bottom")
with left:
    breakdowns = filters.breakdowns(snapshot, indicator)
    areas = filters.areas(snapshot, indicator)
with right:
    outlook = filters.outlook(snapshot, indicator)

st.title(html.plain(indicator.title))
show.finding_sentence(facts.sentence(snapshot, indicator))
trend = kept.trend(snapshot, indicator, breakdowns, areas, outlook)
sections = kept.dossier(snapshot, indicator)
chart, beside = show.places(view)
with chart:
    show.show(trend, view=view, heading=False, more=[trend, *(figure for part in sections for figure in part.figures)])
    facts.citation(snapshot, indicator)
with beside:
    facts.beside(snapshot, indicator, internal=True)
    publishing.panel(snapshot, indicator)

for part in sections:
    show.section(part, view=view)
