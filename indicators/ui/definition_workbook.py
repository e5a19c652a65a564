"""The catalogue as a workbook on the page: out, and in through findings, preview and reason like any other change."""

import hashlib
from datetime import datetime

import streamlit as st

from indicators.access import Action
from indicators.boards.catalogue_workbook import Brought, bring, hand_out, made_from
from indicators.catalogue import CatalogueError
from indicators.ledger import versions
from indicators.ledger.versions import Act, Decision
from indicators.moments import local_day
from indicators.ui import caches, definition_preview, downloads, html, reasons, session
from indicators.workbooks.workbook import WorkbookRejected, read_workbook

ROUND = "workbook-round"


def panel() -> None:
    """The download, the upload, and what it would change."""
    city, store = session.installation(), session.store()
    st.write(
        "Alles, was auf dieser Seite zu ändern ist, als Excel-Mappe: ein Blatt je Art, eine Zeile je Eintrag. Was Sie "
        "in ihr ändern, kommt mit Prüfhinweisen und Vorschau zurück. Was andere inzwischen geändert haben, bleibt."
    )
    number, catalogue, texts, day = versions.last_number(store), city.catalogue(), city.texts(), session.now()
    downloads.download(
        f"Katalog als Mappe (Fassung {number})",
        lambda: hand_out(catalogue, texts, number, local_day(day)),
        action=Action.DEFINE,
        file_name=f"katalog-fassung-{number}.xlsx",
        mime=downloads.XLSX,
    )
    key = f"workbook-{st.session_state.setdefault(ROUND, 0)}"
    uploaded = st.file_uploader("Geänderte Mappe (Excel oder LibreOffice)", key=key)
    if uploaded is None:
        return
    try:
        brought, base = _brought(uploaded.name, uploaded.getvalue())
    except WorkbookRejected as error:
        html.template("findings", findings=[error.finding])
        return
    _told(brought, base)
    if brought.usable:
        _preview(brought, uploaded.name)


def _brought(name: str, content: bytes) -> tuple[Brought, int | None]:
    """The workbook against what is in force, and the number of the version it was made from."""
    last = versions.last_hash(session.store())
    return _read(f"{hashlib.sha256(content).hexdigest()} {last}", name, content)


@caches.of_city(max_entries=8, show_spinner="Die Mappe wird gelesen …")
def _read(content_and_version: str, name: str, _content: bytes) -> tuple[Brought, int | None]:
    city, book = session.installation(), read_workbook(_content, name)
    base, number = versions.version_by_hash(city.store, made_from(book)), None
    texts, now = city.texts(), city.catalogue()
    if base is not None:
        number = base.number
    brought = bring(book, texts, now, city.definitions(base.hash) if base else None)
    if brought.usable:
        try:
            city.propose(brought.texts)
        except CatalogueError as error:
            brought.blame(error.faults)
    return brought, number


def _told(brought: Brought, base: int | None) -> None:
    now = versions.last_number(session.store())
    if base is None:
        st.info("Die Mappe sagt nicht, aus welcher Fassung sie stammt: verglichen wird mit der, die gilt.")
    elif brought.since:
        st.warning(f"Die Mappe stammt aus Fassung {base}, in Kraft ist Fassung {now}. Seither geändert wurde:")
        definition_preview.differences(brought.since)
    if brought.findings:
        html.template("findings", findings=brought.findings)
    if not brought.usable:
        st.error("Es wurde nichts geändert. Bitte die Fehler in der Mappe beheben und sie noch einmal hochladen.")


def _preview(brought: Brought, name: str) -> None:
    city, basis = session.installation(), definition_preview.basis("workbook-basis")
    if brought.texts == city.texts():
        st.write("Die Mappe ändert nichts.")
        return
    definition_preview.show(definition_preview.effects_of(definition_preview.proposed(brought.texts)))

    def keep(who: str, at: datetime, reason: str) -> None:
        city.change(brought.texts, basis, Decision(Act.IMPORT, who, at, reason))
        st.session_state[ROUND] += 1

    note = "Gilt sofort und wird mit Ihrem Namen und dem Grund als neue Fassung aufbewahrt."
    reasons.form("define-workbook", "Mappe übernehmen", note, keep, action=Action.DEFINE, primary=True)
