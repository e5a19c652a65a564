"""The concept: what has changed in it, and its whole tree of goals and approaches with their texts."""

import streamlit as st

from indicators.ui import as_of, concept_view, kept
from indicators.ui.navigation import through_dashboard

through_dashboard()
snapshot = kept.current(as_of.moment())

st.title("Konzept")
st.write("Handlungsfelder, Leitziele, Teilziele und Handlungsansätze, wie sie am gewählten Stand gelten.")
concept_view.changed(snapshot)
concept_view.tree(snapshot)
