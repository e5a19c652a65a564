"""An indicator's map on its page: the map of a period beside its table, and the same classes over the years."""

import streamlit as st

from indicators.boards.district_maps import Atlas
from indicators.catalogue import Indicator
from indicators.figures import Figure
from indicators.knowledge.snapshot import Snapshot
from indicators.periods import Period
from indicators.ui import filters, html, kept_maps, show


def panel(snapshot: Snapshot, indicator: Indicator, *, internal: bool = True) -> None:
    """Nothing for an indicator that has no breakdown by district; why there is no map, for those who can change it."""
    found = kept_maps.atlas_of(snapshot, indicator)
    if found is None or (found.missing and not internal):
        return
    st.header("Karte")
    if found.missing:
        st.write(html.plain(found.missing))
        return
    labels = {str(period): period.label for period in found.periods}
    period = Period.parse(filters.choice("Zeitraum der Karte", list(labels), "karte", labels.__getitem__))
    one(kept_maps.map_of(found, period))
    _years(found, period)


def one(figure: Figure) -> None:
    """The map, and beside it what it shows as a table, which a keyboard and a screen reader walk through."""
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.subheader(html.plain(figure.title))
        st.caption(html.plain(figure.subtitle))
        with st.container(key=f"map-{figure.key}"):
            st.vega_lite_chart(spec=figure.spec, theme=None, width="stretch")
        for line in (figure.note, figure.source):
            st.caption(html.plain(line))
        show.downloads([figure])
    with right:
        st.write(html.plain(figure.alt))
        show.table(figure)


def _years(found: Atlas, period: Period) -> None:
    beside = kept_maps.small_maps(found, period)
    if beside is None:
        return
    figure, small = beside
    st.subheader("Die Karte in allen Jahren")
    html.template("small_maps", maps=small)
    with st.expander("Alle Jahre als Tabelle"):
        show.table(figure)
    show.downloads([figure], label="Alle Jahre herunterladen")
