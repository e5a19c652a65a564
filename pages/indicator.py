"""One indicator: its course, what is wanted of it, how its status comes about, and where its numbers come from."""

import streamlit as st

from indicators.ui import (
    agreeing,
    as_of,
    commenting,
    facts,
    html,
    indicator_page,
    kept,
    map_view,
    measure_page,
    publishing,
    show,
)
from indicators.ui.navigation import through_dashboard

through_dashboard()
snapshot = kept.current(as_of.moment())

indicator, view, shown = indicator_page.controls(snapshot)
st.title(html.plain(indicator.title))
show.finding_sentence(facts.sentence(snapshot, indicator))
trend = kept.trend(snapshot, indicator, *shown, height=indicator_page.HEIGHT)
sections = kept.dossier(snapshot, indicator)
chart, beside = show.places(view)
with chart:
    show.show(trend, view=view, heading=False, more=[trend, *(figure for part in sections for figure in part.figures)])
with beside:
    indicator_page.bars(snapshot, indicator)

indicator_page.areas(snapshot, indicator)
map_view.panel(snapshot, indicator)
measure_page.context(snapshot, indicator)
for part in sections:
    show.section(part, view=view)
st.header("Definition und Herkunft")
left, right = st.columns([3, 2], gap="large")
with left:
    facts.beside(snapshot, indicator, internal=True)
with right:
    facts.citation(snapshot, indicator)
    publishing.panel(snapshot, indicator)
agreeing.panel(snapshot, indicator)
commenting.panel(snapshot, indicator)
