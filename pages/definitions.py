"""Fact sheets of all indicators, searchable."""

import streamlit as st

from indicators.ui import as_of, facts, filters, render, session
from indicators.ui.navigation import through_dashboard

through_dashboard()
snapshot = session.current(as_of.moment())

st.title("Katalog")
st.write("Was jede Kennzahl bedeutet, wie sie gerechnet wird und wer die Grundzahlen meldet.")
word = filters.search()
found = facts.matching(snapshot, word)
st.caption(f"{len(found)} von {len(snapshot.catalogue.indicators)} Kennzahlen")
for indicator in found:
    with st.expander(f"**{render.plain(indicator.code)}** {render.plain(indicator.title)}"):
        facts.definition(snapshot, indicator)
