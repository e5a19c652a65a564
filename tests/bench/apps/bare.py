"""The least that Streamlit shows: a heading and one chart, with default settings."""

import altair as alt
import pandas as pd
import streamlit as st

years = pd.DataFrame({"Jahr": range(2010, 2025), "Wert": [20 + number * 7 % 40 / 2 for number in range(15)]})
st.title("Ein Diagramm")
st.altair_chart(alt.Chart(years).mark_line(point=True).encode(x="Jahr:Q", y="Wert:Q"), width="stretch")
