"""One action field: its goals with their indicators, latest value, change, status and course."""

import streamlit as st

from indicators import boards
from indicators.boards.measures import titled
from indicators.ui import as_of, facts, filters, html, kept, show
from indicators.ui.navigation import through_dashboard

through_dashboard()
snapshot = kept.current(as_of.moment())
left, right = st.columns([3, 1])
with left:
    field = filters.field(snapshot.catalogue)
with right:
    wanted = filters.status()

st.title(html.plain(f"{field.code} – {field.title}"))
if field.lead:
    st.caption(html.plain(f"Federführung: {field.lead}"))
if field.text:
    html.template("concept_text", text=field.text)
for goal in boards.tree(snapshot, field, wanted, kept.measures(snapshot)):
    html.template("goal", goal=goal, titled=titled)
    if goal.rows:
        html.template("indicators", rows=goal.rows)
show.legend(boards.rounding_legend(snapshot, snapshot.catalogue.indicators_of(field.code)))
show.downloads([boards.field_figure(snapshot, field)])
facts.to_report("felder", field.code, "Bericht über dieses Handlungsfeld")
