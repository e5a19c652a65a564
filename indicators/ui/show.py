"""Putting figures, findings and status on the screen."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from indicators import german
from indicators.access import Action, may
from indicators.attainment import Status
from indicators.boards.dossier import Section
from indicators.catalogue import Catalogue
from indicators.exports import FORMATS, INVENTED, ExportFormat, Mark, export_name, marked
from indicators.figures import Figure
from indicators.ledger.duties import Duty
from indicators.model import Finding
from indicators.ui import html, session
from indicators.ui.downloads import download

SHOWN_DUTIES = 8
SHOWN_UNPROTECTED = 5


def show(
    figure: Figure,
    *,
    view: str = "diagramm",
    heading: bool = True,
    more: Sequence[Figure] = (),
    again: tuple[Callable[[], Sequence[Figure]], str] | None = None,
) -> None:
    """A figure as chart or table with subtitle, note, source and downloads; `more` can be downloaded together.

    `again` makes what is downloaded anew when it is fetched, and names the state: for what may be withdrawn meanwhile.
    """
    if heading:
        st.subheader(html.plain(figure.title))
    if figure.subtitle:
        st.caption(html.plain(figure.subtitle))
    if figure.spec is not None and view == "diagramm":
        _chart(figure)
    elif not figure.frame.empty:
        table(figure)
    for line in (figure.note, figure.source):
        if line:
            st.caption(html.plain(line))
    if not figure.frame.empty:
        with st.container(horizontal=True):
            downloads_of(figure, *again) if again else downloads([figure])
            if more:
                downloads(more, label="Alles zu dieser Kennzahl")


def places(view: str) -> Sequence[DeltaGenerator]:
    """Where a figure goes and what belongs to it: side by side, or one below the other where a table needs room."""
    return st.columns([5, 2], gap="large") if view == "diagramm" else (st.container(), st.container())


def _chart(figure: Figure) -> None:
    """The chart with a key, which style.css shows where the chart is too narrow for the names of its lines."""
    with st.container(key=f"chart-{figure.key}"):
        st.vega_lite_chart(spec=figure.spec, theme=None, width="stretch")
        html.template("key", looks=figure.looks)
    in_words(figure)


def in_words(figure: Figure) -> None:
    """What the chart shows as words and table, one key after it: for whoever does not see it, or not its lines."""
    html.template("in_words", figure=figure, **_rows(figure))


def section(part: Section, *, view: str = "diagramm") -> None:
    """A part of an indicator's dossier: heading, status, chart, table; its source and downloads stand above."""
    st.header(html.plain(part.heading))
    if part.status:
        status(part.status)
    if part.chart:
        show(part.chart, view=view, heading=False)
    if not part.figure.frame.empty:
        table(part.figure)
    if part.figure.note:
        st.caption(html.plain(part.figure.note))


def table(figure: Figure) -> None:
    """The figure's numbers as a table that screen readers can walk through."""
    html.template("figure", **_rows(figure))


def _rows(figure: Figure) -> dict[str, object]:
    """What templates/figure.html shows."""
    return {
        "caption": figure.title,
        "columns": figure.columns,
        "rows": figure.rows,
        "numeric": figure.numeric,
        "stacks": len(figure.columns) > 2,
    }


def downloads(figures: Sequence[Figure], label: str = "Herunterladen", action: Action = Action.EXPORT) -> None:
    """One button a format, for those who may; the file is made when the button is clicked."""
    if may(session.user(), action):
        found = marked(figures, _mark())
        # The name holds a digest of all that is shown, so that no cache can hand out another version.
        _buttons(found, lambda: found, b"".join(figure.fingerprint for figure in found), label, action)


def downloads_of(
    shown: Figure,
    every: Callable[[], Sequence[Figure]],
    state: str,
    label: str = "Herunterladen",
    action: Action = Action.EXPORT,
) -> None:
    """The same for what is more than the screen shows, and worked out when it is fetched: `every` figure of the state
    that is named. `shown` is the first of them, or a part of it."""
    if may(session.user(), action):
        mark = _mark()
        _buttons([shown], lambda: marked(every(), mark), state.encode(), label, action)


def _buttons(
    shown: Sequence[Figure], made: Callable[[], Sequence[Figure]], state: bytes, label: str, action: Action
) -> None:
    key = "-".join(figure.key for figure in shown)
    with st.popover(label, icon=":material/download:"):
        for form in FORMATS.values():
            if form.suits(shown):
                download(
                    form.label,
                    partial(_rendered, form, made),
                    action=action,
                    file_name=export_name(shown[0], state, form.suffix),
                    mime=form.mime,
                    key=f"download-{key}-{form.suffix}",
                    icon=None,
                    wide=True,
                )


def _rendered(form: ExportFormat, made: Callable[[], Sequence[Figure]]) -> bytes:
    return form.render(made())


def _mark() -> Mark | None:
    return INVENTED if session.catalogue().city.invented else None


def status(found: Status) -> None:
    """Symbol, word and colour; the colour alone says nothing."""
    html.template("status", status=found)


def finding_sentence(text: str) -> None:
    """The one sentence that says what the chart shows."""
    html.template("sentence", text=text)


def findings(found: Iterable[Finding]) -> None:
    """Findings as a table: errors first, with sheet, cell, found value, what is wrong and what to do."""
    order = {"error": 0, "warning": 1, "hint": 2}
    rows = sorted(found, key=lambda finding: order[finding.severity])
    if rows:
        html.template("findings", findings=rows)


def unprotected(values: Sequence[str]) -> None:
    """Tells the office where hiding was not enough; nothing where there is no such value."""
    if not values:
        return
    more = len(values) - SHOWN_UNPROTECTED
    listed = "\n".join(f"- {html.plain(value)}" for value in values[:SHOWN_UNPROTECTED])
    st.warning(
        "**Gesperrt, aber nicht sicher.** Diese kleinen Zahlen sind gesperrt und lassen sich trotzdem eingrenzen, "
        "weil jemand genug andere Zahlen kennt:\n\n"
        f"{listed}\n\n"
        + (f"Und {more} weitere. " if more > 0 else "")
        + "Fassen Sie im Katalog die Gruppen zusammen, nehmen Sie die Gliederung heraus oder lassen Sie die Grundzahl "
        "runden (protect: round).",
        icon=":material/lock_open:",
    )


def legend(text: str) -> None:
    """What must be said beside the numbers above; nothing where there is nothing to say."""
    if text:
        st.caption(html.plain(text))


def contradictions(values: Sequence[str]) -> None:
    """Tells the office what two reporters' numbers say of each other; nothing where they agree."""
    if not values:
        return
    more = len(values) - SHOWN_UNPROTECTED
    listed = "\n".join(f"- {html.plain(value)}" for value in values[:SHOWN_UNPROTECTED])
    st.warning(
        "**Zahlen verschiedener Stellen passen nicht zusammen.** Der Anteil liegt über 100 %:\n\n"
        f"{listed}\n\n"
        + (f"Und {more} weitere. " if more > 0 else "")
        + "Fragen Sie bei beiden Stellen nach. Beim Liefern erfährt keine davon, damit niemand die Zahl der anderen "
        "durch Ausprobieren findet.",
        icon=":material/compare_arrows:",
    )


def overdue(duties: Sequence[Duty], catalogue: Catalogue) -> None:
    """What is late, the longest overdue first; a long list folds."""
    html.template("overdue", duties=duties[:SHOWN_DUTIES], catalogue=catalogue)
    if rest := duties[SHOWN_DUTIES:]:
        with st.expander(german.counted(len(rest), "weitere fehlende Lieferung", "weitere fehlende Lieferungen")):
            html.template("overdue", duties=rest, catalogue=catalogue)


def kept_files(brought_back: int, lost: int) -> None:
    """Tells whoever comes back to unfinished deliveries which files are still there, and which did not come through.

    The last sentence shows only while the browser itself has refused a file (style.css): the server never sees that.
    """
    if brought_back:
        there = "Die Datei von vorhin ist noch da" if brought_back == 1 else "Die Dateien von vorhin sind noch da"
        st.info(
            f"**{there}; gespeichert ist davon noch nichts.** Bitte prüfen Sie die Vorschau und bestätigen Sie noch "
            "einmal. Zuordnungen eigener Tabellen sind auch noch da; Gründe, die unten fehlen, bitte neu eintragen.",
            icon=":material/history:",
        )
    if lost:
        gone = "1 Datei ist" if lost == 1 else f"{lost} Dateien sind"
        st.warning(
            f"**{gone} nicht mehr da.** Die Verbindung zum Server war unterbrochen; gespeichert ist davon nichts. "
            "Bitte wählen Sie oben noch einmal aus, was Sie liefern wollen.",
            icon=":material/link_off:",
        )
    html.template("refused")
