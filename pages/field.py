"""One action field: its goals with their indicators, latest value, change, status and course."""

import streamlit as st

from indicators import boards
from indicators.ui import as_of, filters, render, session, show
from indicators.ui.navigation import through_dashboard

through_dashboard()
snapshot = session.current(as_of.moment())
left, right = st.columns([3, 1])
with left:
    field = filters.field(snapshot.catalogue)
with right:
    wanted = filters.status()

st.title(render.plain(f"{field.code} – {field.title}"))
if field.lead:
    st.caption(render.plain(f"Federführung: {field.lead}"))
for goal in boards.tree(snapshot, field, wanted):
    render.template("goal", goal=goal)
    if goal.rows:
        render.template("indicators", rows=goal.rows)
show.legend(boards.rounding_legend(snapshot, snapshot.catalogue.indicators_of(field.code)))
show.downloads([boards.field_figure(snapshot, field)])
