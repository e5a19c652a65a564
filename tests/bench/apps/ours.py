"""Eight charts as the product's pages show them."""

import streamlit as st

from indicators.ui import session, show
from tests.bench.apps.choice import longest

st.set_page_config(layout="wide")
known = session.current(None)
for indicator in longest(known):
    show.show(session.trend(known, indicator, [indicator.headline], []))
