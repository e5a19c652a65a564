"""The meetings of all bodies: what was, what comes, and how the office keeps and corrects them."""

import streamlit as st

from indicators.access import Action, may
from indicators.ui import decision_list, frame, kept, measure_way, meeting_list, session
from indicators.ui.navigation import through_dashboard

through_dashboard()

st.title("Sitzungen")
st.write("Wer sich wann mit den Zahlen befasst. Jede Sitzung sieht den Stand der Daten, der an ihr bekannt ist.")
found = kept.all_meetings()
meeting_list.overview(found)

known = kept.current(None)
measure_way.due(known, kept.measures(known))

st.header("Beschlüsse")
decision_list.overview(found)

if may(session.user(), Action.MEETINGS):
    with frame.screen_only("meetings"):
        st.header("Sitzung eintragen")
        meeting_list.new()
        if found:
            st.header("Sitzung berichtigen")
            meeting_list.correct(found)
    st.header("Gremien")
    meeting_list.bodies()
