"""Boundaries of districts: what counts, a new file through findings and preview, and the way back."""

import hashlib
from datetime import datetime

import streamlit as st

from indicators import german
from indicators.access import Action, demand
from indicators.catalogue.schema import Dimension
from indicators.datasets.listed.fields import districts
from indicators.errors import MonitoringError
from indicators.figures.map_preview import preview
from indicators.knowledge import boundaries as kept
from indicators.maps.boundaries import Boundaries, Span
from indicators.maps.matching import Matched, beside, likeliest, match
from indicators.maps.reading import BoundaryFile, read_boundaries
from indicators.model import Finding, Severity
from indicators.ui import caches, downloads, html, reasons, session, show
from indicators.workbooks.workbook import WorkbookRejected

ROUND, TAKEN = "boundary-round", "boundary-taken"
FIRST = "01.01.2000"
NO_DIMENSION = (
    "Im Katalog gibt es kein Merkmal, das nach Gebieten gliedert. Legen Sie oben eines an, mit der Art „Gebiet“ und "
    "einer Ausprägung je Stadtteil oder Stadtbezirk."
)


def panel() -> None:
    """The boundaries that count, and the way to bring new ones."""
    by = {one.code: one for one in districts(session.catalogue())}
    st.write(
        "Mit den Grenzen Ihrer Stadtteile oder Stadtbezirke zeigt jede Kennzahl, die danach gegliedert ist, eine "
        "Karte. Die Datei kommt aus dem Geoinformationssystem der Stadt: GeoJSON, TopoJSON oder ein Shapefile als "
        "ZIP-Datei, höchstens 10 MB. Sie bleibt hier; kein Kartendienst und kein fremder Server wird gefragt."
    )
    if not by:
        st.info(NO_DIMENSION, icon=":material/info:")
        return
    if said := st.session_state.pop(TAKEN, None):
        st.success(html.plain(said), icon=":material/check:")
    found = kept.boundaries(session.store(), session.now())
    _list(found, by)
    _upload(found, by)


def _list(found: tuple[Boundaries, ...], by: dict[str, Dimension]) -> None:
    if not found:
        st.write("Noch sind keine Grenzen hinterlegt.")
        return
    html.template("boundaries", rows=found, titles={code: one.title for code, one in by.items()})
    numbers = [one.number for one in reversed(found)]
    titles = {one.number: f"Nr. {one.number}: {one.file_name}, {one.span.words}" for one in found}
    number = st.selectbox("Grenzen", numbers, format_func=lambda one: titles.get(one, str(one)), key="boundary-number")
    chosen = next(one for one in found if one.number == number)
    downloads.download(
        "Ursprüngliche Datei herunterladen",
        lambda: kept.original(session.store(), number)[1],
        action=Action.DEFINE,
        file_name=f"{chosen.sha256[:12]}-{chosen.file_name}",
        mime="application/octet-stream",
    )

    def withdraw(who: str, at: datetime, reason: str) -> None:
        demand(session.user(), Action.DEFINE)
        kept.withdraw(session.store(), number, who, at, reason)

    note = (
        "Karten entstehen dann wieder mit den Grenzen, die vorher galten. Eingefrorene Berichte bleiben, wie sie sind."
    )
    reasons.form("withdraw-boundary", "Diese Grenzen zurückziehen", note, withdraw, action=Action.DEFINE)


def _upload(found: tuple[Boundaries, ...], by: dict[str, Dimension]) -> None:
    st.subheader("Neue Grenzen")
    key = st.session_state.setdefault(ROUND, 0)
    code = st.selectbox("Merkmal", list(by), format_func=lambda one: by[one].title, key="boundary-dimension")
    uploaded = st.file_uploader(
        "Datei mit den Grenzen (GeoJSON, TopoJSON oder Shapefile als ZIP)", key=f"boundary-{key}"
    )
    if uploaded is None:
        return
    content = uploaded.getvalue()
    try:
        file = _read(hashlib.sha256(content).hexdigest(), uploaded.name, content)
    except WorkbookRejected as error:
        html.template("boundary_findings", findings=[error.finding])
        return
    field, span, source = _asked(file, by[code], key)
    if span is None:
        return
    matched = match(file, by[code], field, span)
    html.template("boundary_findings", findings=sorted([*matched.findings, *beside(found, code, span)], key=_weight))
    if not matched.usable:
        st.error("So lässt sich keine Karte zeichnen. Es wurde nichts gespeichert.", icon=":material/error:")
        return
    _preview(by[code], matched, source)
    if st.button("Grenzen übernehmen", type="primary", icon=":material/map:", key="boundary-keep"):
        try:
            demand(session.user(), Action.DEFINE)
            kept.keep(session.store(), code, span, matched.shapes, source, file.projection, (file.name, content),
                      session.user().name, session.now())  # fmt: skip
        except MonitoringError as error:
            st.error(html.plain(str(error)), icon=":material/error:")
        else:
            st.session_state[TAKEN] = f"Übernommen: {len(matched.shapes)} Gebiete aus „{file.name}“, {span.words}."
            st.session_state[ROUND] += 1
            st.rerun()


@caches.of_city(max_entries=8, show_spinner="Die Datei wird gelesen …")
def _read(sha256: str, name: str, _content: bytes) -> BoundaryFile:
    return read_boundaries(_content, name)


def _asked(file: BoundaryFile, dimension: Dimension, key: int) -> tuple[str, Span | None, str]:
    """The column that names the districts, from when to when it holds, and whose the boundaries are."""
    left, begins, ends = st.columns([2, 1, 1], vertical_alignment="bottom")
    best = likeliest(file, dimension)
    fields = [best, *(one for one in file.fields if one != best)] if best else list(file.fields)
    with left:
        field = st.selectbox(
            "Spalte mit Schlüssel oder Name des Gebiets", fields, key=f"boundary-field-{key}-{dimension.code}"
        )
    with begins:
        first = st.text_input("Gilt ab (erster Tag)", FIRST, key=f"boundary-begin-{key}", max_chars=10)
    with ends:
        last = st.text_input("Gilt bis (leer: weiterhin)", key=f"boundary-end-{key}", max_chars=10)
    source = st.text_input(
        "Quelle und Lizenz *",
        key=f"boundary-source-{key}",
        max_chars=kept.LONGEST_SOURCE,
        placeholder="Zum Beispiel: Stadt Köln, CC BY 4.0",
        help="Steht unter jeder Karte, auch im Bericht.",
    )
    try:
        return field or "", Span(german.parse_day(first), german.parse_day(last) if last.strip() else None), source
    except MonitoringError as error:
        st.error(html.plain(str(error)), icon=":material/error:")
        return field or "", None, source


def _weight(finding: Finding) -> int:
    """What needs a look comes first."""
    return list(Severity).index(finding.severity)


def _preview(dimension: Dimension, matched: Matched, source: str) -> None:
    figure = preview(dimension, matched.shapes, source)
    st.subheader("Vorschau")
    st.caption("Gespeichert ist noch nichts.")
    left, right = st.columns([3, 2], gap="large")
    with left, st.container(key="boundary-preview"):
        st.vega_lite_chart(spec=figure.spec, theme=None, width="stretch")
    with right:
        st.write(html.plain(figure.alt))
        show.table(figure)
