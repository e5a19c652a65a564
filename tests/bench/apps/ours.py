"""Eight charts as the product's pages show them."""

import streamlit as st

from indicators.ui import kept, show
from tests.bench.apps.choice import longest

st.set_page_config(layout="wide")
known = kept.current(None)
for indicator in longest(known):
    show.show(kept.trend(known, indicator, [indicator.headline], []))
