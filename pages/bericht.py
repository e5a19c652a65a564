"""The report: choose what it holds, take it along in any format, write its texts, freeze and release it."""

import streamlit as st

from indicators.access import Action, may
from indicators.ui import as_of, frame, kept, reporting, session
from indicators.ui.navigation import through_dashboard

through_dashboard()
known = kept.shared(as_of.moment())

st.title("Bericht")
reporting.offer(known, reporting.wish(known))

if may(session.user(), Action.WRITE_REPORT):
    with frame.screen_only("texts"):
        st.header("Texte")
        reporting.writing(known)

st.header("Eingefrorene Berichte")
reporting.archive(known)
