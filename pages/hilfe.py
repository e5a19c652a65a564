"""The Handbuch, the glossary, what is new: read and searched."""

import streamlit as st

from indicators.ui import helping
from indicators.ui.navigation import through_dashboard

through_dashboard()

st.title("Hilfe")
texts = helping.texts()
words = helping.words()
if words:
    helping.hits(texts, words)
else:
    helping.read(texts)
