"""The page of one indicator: controls in one line, groups as bars beside the course, all areas as small courses."""

from collections.abc import Sequence

import streamlit as st

from indicators.boards import indicator_board
from indicators.catalogue import Indicator
from indicators.knowledge.snapshot import Snapshot
from indicators.model import Breakdown
from indicators.ui import filters, html
from indicators.ui.ending import PageEnds

HEIGHT = 310
"""Of the plot: with finding and controls above it, it ends above the fold of a window of 1280 × 720."""
Shown = tuple[Sequence[Breakdown], Sequence[Breakdown], bool]
"""Groups, comparison areas, and whether the outlook is drawn."""


def controls(snapshot: Snapshot) -> tuple[Indicator, str, Shown]:
    """All that is picked on the page, in one line; the groups are behind a button."""
    if not snapshot.catalogue.indicators:
        st.title("Kennzahl")
        st.info(filters.NO_INDICATOR, icon=":material/info:")
        raise PageEnds
    with st.container(key="controls"):
        back, pick, forth, groups, look = st.columns([1, 9, 1, 4, 5], gap="small", vertical_alignment="bottom")
        with pick:
            indicator = filters.indicator(snapshot, bare=True)
        before, after = indicator_board.neighbours(snapshot.catalogue, indicator)
        with back:
            _step("Vorige Kennzahl des Handlungsfelds", ":material/chevron_left:", before)
        with forth:
            _step("Nächste Kennzahl des Handlungsfelds", ":material/chevron_right:", after)
        with groups:
            place = st.popover("Gruppen", icon=":material/stacked_line_chart:", width="stretch")
        with look:
            view = filters.view(bare=True)
    breakdowns = filters.breakdowns(snapshot, indicator, place)
    areas = filters.areas(snapshot, indicator, place)
    return indicator, view, (breakdowns, areas, filters.outlook(snapshot, indicator, place))


def _step(label: str, icon: str, to: Indicator | None) -> None:
    """A button to a neighbour; at the end of the field it stays, and leads nowhere."""
    st.button(
        label,
        icon=icon,
        key=f"step-{icon}",
        help=f"{label}: {html.plain(to.code)}" if to else "Hier endet das Handlungsfeld.",
        disabled=to is None,
        on_click=filters.step_to if to else None,
        args=(to,) if to else None,
        width="stretch",
    )


def bars(snapshot: Snapshot, indicator: Indicator) -> None:
    """The groups of the latest period, largest first, one set for each dimension."""
    for found in indicator_board.sorted_bars(snapshot, indicator):
        html.template("bars", found=found)


def areas(snapshot: Snapshot, indicator: Indicator) -> None:
    """The courses of all areas and groups side by side on one scale."""
    found = indicator_board.small_multiples(snapshot, indicator)
    if found:
        st.header("Alle Gruppen und Gebiete im Verlauf")
    for panels in found:
        html.template("multiples", found=panels)
