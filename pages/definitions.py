"""Fact sheets of all indicators, searchable."""

import streamlit as st

from indicators.ui import as_of, facts, filters, html, kept
from indicators.ui.navigation import through_dashboard

through_dashboard()
snapshot = kept.current(as_of.moment())

st.title("Katalog")
st.write("Was jede Kennzahl bedeutet, wie sie gerechnet wird und wer die Grundzahlen meldet.")
word = filters.search()
found = facts.matching(snapshot, word)
st.caption(f"{len(found)} von {len(snapshot.catalogue.indicators)} Kennzahlen")
for indicator in found:
    with st.expander(f"**{html.plain(indicator.code)}** {html.plain(indicator.title)}"):
        facts.definition(snapshot, indicator)
