"""What a delivery would change, row by row: what replaces or removes something first, all of it to be seen."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from indicators import german
from indicators.catalogue import Catalogue
from indicators.datasets import DATA_SETS, AnyDataSet
from indicators.datasets.preview import Change, Preview, PreviewRow
from indicators.datasets.reading import Remarked
from indicators.ui import html

SHOWN_ROWS = 100
NOT_THERE = {Change.NEW: "noch nichts", Change.VANISHED: "entfällt"}
"""What stands where there is no value; the sign „–“ says that something was counted and nothing found."""


def show(preview: Preview, catalogue: Catalogue) -> None:
    """Long lists fold; nothing is left out."""
    data_set = DATA_SETS[preview.data_set]
    order = (Change.CHANGED, Change.VANISHED, Change.NEW)
    moving = sorted((row for row in preview.rows if row.change in order), key=lambda row: order.index(row.change))
    if not moving:
        st.write("Nichts ändert sich.")
    _table(moving[:SHOWN_ROWS], data_set, catalogue)
    unchanged = [row for row in preview.rows if row.change is Change.UNCHANGED]
    for which, rows in (("weitere", moving[SHOWN_ROWS:]), ("unveränderte", unchanged)):
        if rows:
            with st.expander(
                german.counted(len(rows), f"{which}r {data_set.one}", f"{which} {data_set.many}"),
            ):
                _table(rows, data_set, catalogue)


def remarks(found: Sequence[Remarked], catalogue: Catalogue) -> None:
    """What stands in words beside the values, with who will read it."""
    if not found:
        return
    st.markdown("**Bemerkungen.** Wer die Kennzahl sieht, liest sie mit. Bitte keine Namen von Personen.")
    rows = [
        (catalogue.figure_name(one.slice.subject), catalogue.name_of(one.breakdown), one.text, str(one.place))
        for one in found
    ]
    html.template(
        "grid", title="Bemerkungen", caption=False, heads=("Grundzahl", "Gliederung", "Text", "Ort"), rows=rows
    )


def _table(rows: Sequence[PreviewRow], data_set: AnyDataSet, catalogue: Catalogue) -> None:
    if rows:
        shown = [_row(row, data_set, catalogue) for row in rows]
        html.template("preview", rows=shown, subject_head=data_set.heads[0], row_head=data_set.heads[1])


def _row(row: PreviewRow, data_set: AnyDataSet, catalogue: Catalogue) -> dict[str, str]:
    def said(content: Any) -> str:
        """In words what a sign means, or that there is none."""
        return NOT_THERE.get(row.change, "") if content is None else data_set.meaning(content)

    before, after = data_set.texts(catalogue, row)
    piece = row.key.slice
    return {
        "change": row.change.value,
        "word": row.change.word,
        "subject": data_set.subject_name(catalogue, piece.subject),
        "name": data_set.row_name(catalogue, row.key),
        "period": piece.period.label,
        "before": before,
        "said_before": said(row.before),
        "after": after,
        "said_after": said(row.after),
        "place": _place(row, data_set),
    }


def _place(row: PreviewRow, data_set: AnyDataSet) -> str:
    if row.after is None:
        return ""
    remark = data_set.remark(row.after)
    return f"{row.place.sheet}, {row.place.cell}" + (f" ({remark})" if remark else "")
