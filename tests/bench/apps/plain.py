"""The same titles, lines, targets, notes and downloads, with an Altair chart made of the same frame at every run."""

import altair as alt
import pandas as pd
import streamlit as st

from indicators.figures import Figure
from indicators.ui import html, kept, show
from tests.bench.apps.choice import longest


def chart(figure: Figure) -> alt.LayerChart:
    """Lines and points by group with tooltips, the last value as a label: what one writes first."""
    columns = [column for column in figure.numeric if column in figure.frame]
    wide = figure.frame[columns].apply(pd.to_numeric, errors="coerce")
    wide["Jahr"] = [period.time for period in figure.periods]
    wide["Zeitraum"] = [period.label for period in figure.periods]
    long = wide.melt(["Jahr", "Zeitraum"], var_name="Linie", value_name="Wert").dropna()
    base = alt.Chart(long).encode(
        x=alt.X("Jahr:Q", scale=alt.Scale(zero=False, nice=False), axis=alt.Axis(format="d"), title=None),
        y=alt.Y("Wert:Q", scale=alt.Scale(zero=False), title=None),
        color=alt.Color("Linie:N", legend=None),
    )
    tooltip = [alt.Tooltip("Linie:N"), alt.Tooltip("Zeitraum:N"), alt.Tooltip("Wert:Q", format=".1f")]
    lines = base.mark_line(strokeWidth=2.5).encode(strokeDash=alt.StrokeDash("Linie:N", legend=None))
    points = base.mark_point(filled=True, size=58).encode(tooltip=tooltip, shape=alt.Shape("Linie:N", legend=None))
    last = long.loc[long.groupby("Linie")["Jahr"].idxmax()]
    names = (
        alt.Chart(last)
        .mark_text(align="left", dx=6, fontSize=13)
        .encode(x="Jahr:Q", y="Wert:Q", text="Linie:N", color=alt.Color("Linie:N", legend=None))
    )
    return alt.layer(lines, points, names).properties(height=380, description=figure.alt)


st.set_page_config(layout="wide")
known = kept.current(None)
for indicator in longest(known):
    figure = kept.trend(known, indicator, [indicator.headline], [])
    st.subheader(figure.title)
    if figure.subtitle:
        st.caption(html.plain(figure.subtitle))
    st.altair_chart(chart(figure), width="stretch")
    for line in (figure.note, figure.source):
        if line:
            st.caption(html.plain(line))
    show.downloads([figure])
