"""What is released to everyone who may read: each indicator as it was known at its release."""

import streamlit as st

from indicators.ui import facts, filters, html, kept, map_view, publishing, reporting, show
from indicators.ui.ending import PageEnds
from indicators.ui.navigation import through_dashboard

through_dashboard()
released = kept.releases()

st.title("Freigegebene Kennzahlen")
reporting.published()
if not released:
    st.write("Zurzeit ist keine Kennzahl freigegeben. Die Stabsstelle gibt sie auf der Seite „Kennzahl“ frei.")
    raise PageEnds

left, right = st.columns([3, 1], vertical_alignment="bottom")
with left:
    snapshot, indicator, release = publishing.pick(released)
with right:
    view = filters.view()
breakdowns = filters.breakdowns(snapshot, indicator)

st.header(html.plain(indicator.title))
show.finding_sentence(facts.sentence(snapshot, indicator))
trend = kept.trend(snapshot, indicator, breakdowns, [])
chart, beside = show.places(view)
with chart:
    show.show(trend, view=view, heading=False)
    st.caption(publishing.said(release))
with beside:
    facts.beside(snapshot, indicator, internal=False)
map_view.panel(snapshot, indicator, internal=False)
