"""Putting figures, findings and status on the screen."""

from collections.abc import Iterable, Sequence

import streamlit as st

from indicators.access import Action, may
from indicators.attainment import Status
from indicators.catalogue import Catalogue
from indicators.deliveries.schedule import Duty
from indicators.dossier import Section
from indicators.exports import FORMATS, ExportFormat, export_name
from indicators.figures import Figure
from indicators.model import Finding
from indicators.ui import render, session

SHOWN_DUTIES = 8


def show(figure: Figure, *, view: str = "diagramm", heading: bool = True) -> None:
    """A figure as chart or table with subtitle, note, source and downloads."""
    if heading:
        st.subheader(figure.title)
    if figure.subtitle:
        st.caption(render.plain(figure.subtitle))
    if figure.spec is not None and view == "diagramm":
        st.vega_lite_chart(spec=figure.spec, theme=None, width="stretch")
    else:
        table(figure)
    for line in (figure.note, figure.source):
        if line:
            st.caption(render.plain(line))
    downloads([figure])


def section(part: Section) -> None:
    """A part of an indicator's dossier: heading, status, table; its source and downloads stand above."""
    st.header(render.plain(part.heading))
    if part.status:
        status(part.status)
    table(part.figure)
    if part.figure.note:
        st.caption(render.plain(part.figure.note))


def table(figure: Figure) -> None:
    """The figure's numbers as a table that screen readers can walk through."""
    render.template("figure", columns=figure.columns, rows=figure.texts().to_numpy().tolist(), numeric=figure.numeric)


def downloads(figures: Sequence[Figure], label: str = "Herunterladen") -> None:
    """One button a format; the file is made when the button is clicked."""
    if not may(session.user(), Action.EXPORT):
        return
    key = "-".join(figure.key for figure in figures)
    with st.popover(label, icon=":material/download:"):
        for export_format in FORMATS.values():
            if export_format.suits(figures):
                _download(figures, export_format, key)


def _download(figures: Sequence[Figure], export_format: ExportFormat, key: str) -> None:
    st.download_button(
        export_format.label,
        lambda: export_format.render(figures),
        # The name holds a digest of all that is shown, so that no cache can hand out another version.
        file_name=export_name(figures[0], b"".join(figure.fingerprint for figure in figures), export_format.suffix),
        mime=export_format.mime,
        key=f"download-{key}-{export_format.suffix}",
        on_click="ignore",
        width="stretch",
    )


def status(found: Status) -> None:
    """Symbol, word and colour; the colour alone says nothing."""
    render.template("status", status=found)


def finding_sentence(text: str) -> None:
    """The one sentence that says what the chart shows."""
    render.template("sentence", text=text)


def findings(found: Iterable[Finding]) -> None:
    """Findings as a table: errors first, with sheet, cell, found value, what is wrong and what to do."""
    order = {"error": 0, "warning": 1, "hint": 2}
    rows = sorted(found, key=lambda finding: order[finding.severity])
    if rows:
        render.template("findings", findings=rows)


def overdue(duties: Sequence[Duty], catalogue: Catalogue) -> None:
    """What is late, the longest overdue first; a long list folds."""
    render.template("overdue", duties=duties[:SHOWN_DUTIES], catalogue=catalogue)
    if rest := duties[SHOWN_DUTIES:]:
        with st.expander(f"{len(rest)} weitere fehlende Lieferungen"):
            render.template("overdue", duties=rest, catalogue=catalogue)
