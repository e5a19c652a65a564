"""A paper for committees, in the form of a city: of what a meeting decided, of a frozen report, or of a measure."""

import streamlit as st

from indicators.ui import frame, paper_view
from indicators.ui.ending import PageEnds
from indicators.ui.navigation import through_dashboard

through_dashboard()

st.title("Vorlage")
source = paper_view.chosen()
if source is None:
    st.write("Eine Vorlage entsteht aus dem Beschluss einer Sitzung, einem eingefrorenen Bericht oder einer Maßnahme.")
    st.write("Noch gibt es nichts davon.")
    raise PageEnds

draft = paper_view.draft_of(source)
form = paper_view.form(draft)
paper_view.offer(source, draft, form)
with frame.screen_only("paper"):
    st.header("Angaben")
    paper_view.asked(source, draft, form)
