"""The office prepares a meeting: which slides in which order, what is said and what is to be decided."""

import streamlit as st

from indicators.ui import composing, frame, measure_way, meeting_view
from indicators.ui.ending import PageEnds
from indicators.ui.navigation import through_dashboard

through_dashboard()

st.title("Sitzung vorbereiten")
meeting = composing.chosen()
if meeting is None:
    st.write("Tragen Sie zuerst unter **Sitzungen** eine Sitzung ein.")
    raise PageEnds

deck = meeting_view.deck(meeting)
composing.state(deck)
composing.propose(deck)
measure_way.on_the_table(deck.known, deck.meeting)
st.header("Folien")
composing.slides(deck)
with frame.screen_only("compose"):
    st.header("Folie hinzufügen")
    composing.add(deck)
