"""Who has delivered what, when and why it changed; the way back for every delivery."""

import streamlit as st

from indicators.ui import as_of, kept
from indicators.ui.delivering import archive_view
from indicators.ui.navigation import through_dashboard

through_dashboard()
snapshot = kept.current(as_of.moment())

st.title("Lieferungen")
st.write("Wer hat für welchen Zeitraum geliefert, und was ist überfällig?")
archive_view.board(snapshot)

st.header("Eine Lieferung ansehen")
archive_view.one(snapshot)

st.header("Historie")
archive_view.history(snapshot)
