"""What stands on a slide at the wall."""

import streamlit as st

from indicators import german
from indicators.boards import dossier, slide_board
from indicators.boards.map_slide import MapSlide
from indicators.catalogue import Indicator
from indicators.figures import Figure
from indicators.knowledge.slides import CYCLE, Slide, SlideKind
from indicators.knowledge.snapshot import Snapshot
from indicators.papers.deck import WALL_MAP, Deck, heading
from indicators.papers.handout import WALL_HEIGHT, WALL_WIDTH
from indicators.ui import html, kept, kept_maps, show

ON_THE_WALL = {"width": WALL_WIDTH, "usermeta": {"embedOptions": {"renderer": "svg"}}}
"""Enlarged by style sheet slides.css, letters and all: so the width is given, and lines stay sharp."""
MOST_ROWS = 5
"""Rows of two lines that a table has room for."""


def body(found: Deck, shown: Slide) -> None:
    st.title(html.plain(heading(found, shown)))
    if shown.kind is SlideKind.TITLE:
        html.template("slide_title", meeting=found.meeting, state=german.moment(found.meeting.moment))
    elif shown.kind is SlideKind.OPEN_DECISIONS:
        html.template("slide_decisions", rows=found.waiting, today=found.meeting.held_on)
    elif shown.kind is SlideKind.DECISIONS:
        html.template("slide_decisions", rows=found.decided, today=found.meeting.held_on)
    elif shown.kind in CYCLE:
        figure = found.tables[shown.kind]
        html.template(
            "slide_table",
            label=CYCLE[shown.kind],
            heads=figure.columns,
            rows=figure.rows,
            most=MOST_ROWS,
            note=figure.note,
        )
    else:
        _finding(found, shown)


def _finding(found: Deck, shown: Slide) -> None:
    if shown.kind is SlideKind.MAP:
        _map(found.map_of(shown))
        return
    content = slide_board.content(found.known, shown, found.changed)
    if shown.kind is not SlideKind.INDICATOR:
        html.template("slide_lines", content=content)
        return
    indicator = found.known.catalogue.indicator(shown.code)
    left, right = st.columns([64, 36], gap="small")
    with left:
        _chart(found.known, indicator)
    with right:
        html.template("slide_facts", content=content, sentence=dossier.finding(found.known, indicator, origin=False))


def _map(drawn: MapSlide) -> None:
    left, right = st.columns([64, 36], gap="small")
    with left:
        _drawn(kept_maps.map_of(drawn.maps, drawn.period, WALL_MAP))
    with right:
        html.template("slide_map", lines=drawn.lines)


def _chart(known: Snapshot, indicator: Indicator) -> None:
    _drawn(kept.trend(known, indicator, [indicator.headline], [], height=WALL_HEIGHT))


def _drawn(figure: Figure) -> None:
    with st.container(key=f"wall-{figure.key}"):
        if figure.spec is None:
            st.write(html.plain(figure.note))
            return
        st.vega_lite_chart(spec=figure.spec | ON_THE_WALL, theme=None, width="content")
    show.in_words(figure)
