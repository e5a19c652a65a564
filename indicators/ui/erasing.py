"""What an administrator erases for good: the content of a file, and where else its bytes still are."""

from datetime import datetime
from functools import partial
from pathlib import Path

import streamlit as st

from indicators import german
from indicators.access import Action, demand
from indicators.errors import MonitoringError
from indicators.ledger import erasure
from indicators.ledger.erasure import StoredFile
from indicators.store.backups.backup import Copies, copies_with
from indicators.store.shared.lake_errors import STILL_THERE
from indicators.ui import html, reasons, session

FOR_GOOD = (
    "Der Inhalt der Datei verschwindet auf Dauer aus der Datenbank und lässt sich nur aus einer älteren Sicherung "
    "zurückholen. Übernommene Werte, Name der Datei, Tag, Person und Prüfsumme bleiben verzeichnet. "
    "Der Grund bleibt für immer stehen: bitte keine Namen hineinschreiben."
)
NOT_CLEARED = (
    "Gelöschte Inhalte stehen noch in den Blöcken der Datenbankdatei, weil sie nicht neu geschrieben werden konnte. "
    "Das wird jeden Tag wieder versucht."
)


def panel() -> None:
    """How long what was not taken over stays; one file to be erased; what was erased."""
    days = session.settings().erase_after_days
    st.write(_rule(days))
    if files := erasure.stored(session.store()):
        _one(files)
    else:
        st.write("Es liegt keine Datei in der Datenbank.")
    _done()


def _rule(days: int) -> str:
    if not days:
        return "Nicht übernommene Dateien bleiben hier ohne Frist liegen (Einstellung erase_after_days = 0)."
    return (
        f"Dateien, die nicht übernommen wurden, verlieren ihren Inhalt {german.counted(days, 'Tag', 'Tage')} nach dem "
        "letzten Hochladen von selbst. Enthält eine Datei Angaben über Personen, löschen Sie ihren Inhalt hier sofort."
    )


def _one(files: list[StoredFile]) -> None:
    """The choice stays on the same file, also when another one has come in."""
    titles = {one.sha256: _title(one) for one in files}
    chosen = st.selectbox(
        "Datei", list(titles), format_func=lambda sha256: titles.get(sha256, sha256), index=None, key="erase-file",
        placeholder="Datei wählen, auch durch Tippen",
    )  # fmt: skip
    if chosen not in titles:
        return
    st.caption(html.plain(f"Prüfsumme (SHA-256): {chosen}"))
    if st.button("In welchen Sicherungen liegt sie?", icon=":material/search:"):
        try:
            demand(session.user(), Action.ERASE)
            _tell_copies(copies_with(session.settings().database.absolute(), chosen))
        except MonitoringError as error:
            st.error(html.plain(str(error)), icon=":material/error:")
    reasons.form(
        "erase",
        "Inhalt auf Dauer löschen",
        FOR_GOOD,
        partial(_erase, chosen),
        action=Action.ERASE,
        icon=":material/delete_forever:",
        example="Spalte mit Namen von Teilnehmenden",
    )


def _erase(sha256: str, who: str, at: datetime, reason: str) -> None:
    erasure.erase(session.store(), sha256, at, who, reason)
    st.session_state["erased-now"] = copies_with(session.settings().database.absolute(), sha256)


def _done() -> None:
    """What was erased, the last first, with the copies that still hold what was erased just now."""
    found = erasure.erasures(session.store())
    if copies := st.session_state.get("erased-now"):
        st.success("Der Inhalt der Datei ist gelöscht.", icon=":material/check:")
        _tell_copies(copies)
    if any(not one.cleared for one in found):
        st.warning(STILL_THERE if session.store().shared else NOT_CLEARED, icon=":material/hourglass_empty:")
    if found:
        html.template("erasures", rows=found)


def _tell_copies(copies: Copies) -> None:
    if copies.holding:
        st.write("Diese Sicherungen enthalten die Datei noch:")
        _names(copies.holding)
    else:
        st.write("Keine lesbare Sicherung auf diesem Server enthält die Datei.")
    if copies.unreadable:
        st.write("Diese Sicherungen lassen sich nicht lesen; ob sie die Datei enthalten, ist nicht bekannt:")
        _names(copies.unreadable)
    st.caption(
        "Kopien an anderen Orten (Bandsicherung, anderer Server, heruntergeladene Sicherungen) kennt die Anwendung "
        "nicht. Wird eine ältere Sicherung zurückgeholt, löscht die Anwendung den Inhalt gleich noch einmal."
    )


def _names(files: tuple[Path, ...]) -> None:
    html.to_copy("\n".join(str(file) for file in files), "Namen der Dateien")


def _title(one: StoredFile) -> str:
    numbers = ", ".join(str(number) for number in one.deliveries)
    became = f"Lieferung {numbers}" if numbers else "nicht übernommen"
    return f"{one.name}, {german.moment(one.at)} ({became})"
