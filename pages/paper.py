"""A paper for committees, in the form of a city: of what a meeting decided, or of a frozen report."""

import streamlit as st

from indicators.ui import frame, paper_view
from indicators.ui.ending import PageEnds
from indicators.ui.navigation import through_dashboard

through_dashboard()

st.title("Vorlage")
source = paper_view.chosen()
if source is None:
    st.write("Eine Vorlage entsteht aus dem Beschluss einer Sitzung oder aus einem eingefrorenen Bericht.")
    st.write("Noch gibt es beides nicht.")
    raise PageEnds

draft = paper_view.draft_of(source)
form = paper_view.form(draft)
paper_view.offer(source, draft, form)
with frame.screen_only("paper"):
    st.header("Angaben")
    paper_view.asked(source, draft, form)
