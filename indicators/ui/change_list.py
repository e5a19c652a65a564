"""What a delivery would change, value by value: what replaces or removes a number first, all of it to be seen."""

from collections.abc import Sequence

import streamlit as st

from indicators import german
from indicators.catalogue import Catalogue
from indicators.deliveries.preview import Change, Preview, PreviewRow
from indicators.model import Flag, Measurement
from indicators.ui import html

SHOWN_ROWS = 100
NOT_THERE = {Change.NEW: "noch nichts", Change.VANISHED: "entfällt"}
"""What stands where there is no value; the sign „–“ says that something was counted and nothing found."""


def show(preview: Preview, catalogue: Catalogue) -> None:
    """Long lists fold; nothing is left out."""
    order = (Change.CHANGED, Change.VANISHED, Change.NEW)
    moving = sorted((row for row in preview.rows if row.change in order), key=lambda row: order.index(row.change))
    if not moving:
        st.write("Nichts ändert sich.")
    _table(moving[:SHOWN_ROWS], catalogue)
    for title, rows in (
        ("weitere Werte", moving[SHOWN_ROWS:]),
        ("unveränderte Werte", [row for row in preview.rows if row.change is Change.UNCHANGED]),
    ):
        if rows:
            one = title.replace("Werte", "Wert").replace("unveränderte", "unveränderter").replace("weitere", "weiterer")
            with st.expander(german.counted(len(rows), one, title)):
                _table(rows, catalogue)


def _table(rows: Sequence[PreviewRow], catalogue: Catalogue) -> None:
    if rows:
        html.template("preview", rows=[_row(row, catalogue) for row in rows])


def _row(row: PreviewRow, catalogue: Catalogue) -> dict[str, str]:
    decimals = catalogue.decimals_of(row.key.base_figure)
    before, said_before = _cell(row.before, row.change, decimals)
    after, said_after = _cell(row.after, row.change, decimals)
    return {
        "change": row.change.value,
        "word": row.change.word,
        "figure": catalogue.figure_name(row.key.base_figure),
        "breakdown": catalogue.name_of(row.key.breakdown),
        "period": row.key.period.label,
        "before": before,
        "said_before": said_before,
        "after": after,
        "said_after": said_after,
        "place": _place(row),
    }


def _cell(point: Measurement | None, change: Change, decimals: int) -> tuple[str, str]:
    """The value as it is printed, and in words what a sign means or that there is none."""
    if point is None:
        return "", NOT_THERE.get(change, "")
    return german.measured(point, decimals), point.sign.meaning if point.sign else ""


def _place(row: PreviewRow) -> str:
    if row.after is None:
        return ""
    summed = " (Summe der Teile)" if Flag.SUMMED in row.after.flags else ""
    return f"{row.place.sheet}, {row.place.cell}{summed}"
