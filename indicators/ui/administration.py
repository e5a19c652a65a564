"""What an administrator sees and does: backups, the state of the database, the audit."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import streamlit as st

from indicators import german
from indicators.access import Action, demand
from indicators.errors import MonitoringError
from indicators.figures import Figure
from indicators.figures.audit import audit as audit_figure
from indicators.figures.audit import word_of
from indicators.store import Store
from indicators.store import audit as recorded
from indicators.store.backups import backup as copies
from indicators.store.backups.daily_backup import by_hand_name, day_of
from indicators.store.durability.store_errors import backups_of
from indicators.store.state import state as state_of
from indicators.ui import html, session, show
from indicators.ui.downloads import download
from indicators.ui.paging import skipped

SHOWN_CHANGES = 25
GIGABYTE = 1024
LARGEST_DOWNLOAD = 500 << 20


def backups() -> None:
    """The backups that there are; make one now, look into one, fetch one."""
    if problem := session.daily_backups().problem:
        st.error(html.plain(problem), icon=":material/error:")
    found = sorted(backups_of(_database()), key=lambda file: file.stat().st_mtime_ns, reverse=True)
    if found:
        html.template("backups", rows=[_row(file) for file in found])
    else:
        st.write("Es gibt noch keine Sicherung.")
    _make()
    if found:
        _look(found)


def state() -> None:
    """What the database holds, where it lies, and whether it can be written."""
    found = state_of(session.store())
    facts = {
        **found.places,
        "Größe": _megabytes(found.size),
        "Freier Speicherplatz": _megabytes(found.free),
        "Speichern": "möglich" if found.writable else "zurzeit nicht möglich, der Speicherplatz ist erschöpft",
        "Datenstand": f"Nr. {found.version}",
        "Lieferungen": german.number(found.deliveries, 0),
        "Messwerte": german.number(found.observations, 0),
        "Fassung des Katalogs": f"Nr. {found.catalogue}",
        "DuckDB": found.engine,
    }
    html.template("facts", facts=list(facts.items()))


def audit() -> None:
    """The changes page by page, of one kind where that is asked for; all of them in the download."""
    demand(session.user(), Action.AUDIT)
    store, counts = session.store(), recorded.counts(session.store())
    kinds = {"": "Alle Änderungen"} | dict(sorted(((code, word_of(code)) for code in counts), key=lambda one: one[1]))
    kind = st.selectbox("Art der Änderung", list(kinds), format_func=kinds.__getitem__, key="audit-kind")
    total = counts.get(kind, sum(counts.values()))
    before = skipped(total, SHOWN_CHANGES, f"audit-page-{kind}", one="Änderung", many="Änderungen")
    shown = audit_figure(recorded.changes(store, kind, SHOWN_CHANGES, before), session.now())
    show.table(shown)
    state = f"{kind}-{sum(counts.values())}"
    show.downloads_of(shown, partial(_every, store, kind, session.now()), state, "Alle herunterladen", Action.AUDIT)


def _every(store: Store, kind: str, now: datetime) -> list[Figure]:
    return [audit_figure(recorded.changes(store, kind), now)]


def _make() -> None:
    if st.button("Jetzt sichern", icon=":material/save:"):
        try:
            demand(session.user(), Action.BACKUP)
            with st.spinner("Die Sicherung wird geschrieben und geprüft …"):
                target = by_hand_name(_database(), session.now())
                copies.backup(session.store(), target, session.user().name, session.now())
        except MonitoringError as error:
            st.error(html.plain(str(error)), icon=":material/error:")
        else:
            st.rerun()


def _look(found: list[Path]) -> None:
    """One backup: what bringing it back would change, and the file itself."""
    chosen = st.selectbox("Sicherung", found, format_func=lambda file: file.name)
    if st.button("Prüfen, was sie bringt", icon=":material/search:"):
        _check(chosen)
    if chosen.stat().st_size > LARGEST_DOWNLOAD:
        st.caption(html.plain(f"Zum Herunterladen zu groß; die Datei liegt auf dem Server: {chosen}"))
        return
    download(
        "Sicherung herunterladen",
        chosen.read_bytes,
        action=Action.BACKUP,
        file_name=chosen.name,
        mime="application/octet-stream",
    )


def _check(chosen: Path) -> None:
    try:
        demand(session.user(), Action.BACKUP)
        check = copies.running_check(chosen, session.store())
    except MonitoringError as error:
        st.error(html.plain(str(error)), icon=":material/error:")
        return
    st.write(html.plain(f"Die Sicherung ist unbeschädigt. {check.backup.last}. {check.consequence}"))
    if check.erasing:
        st.warning(html.plain(check.erasing), icon=":material/delete_forever:")
    st.write("So wird sie zurückgeholt, nachdem die Anwendung beendet ist:")
    html.to_copy(f"python -m indicators restore-backup {chosen}", "Befehl")


def _row(file: Path) -> dict[str, str]:
    name = file.name.removeprefix(f"{_database().stem}-")
    kind = "täglich" if day_of(_database(), file) else "vor einer Umstellung" if name.startswith("vor-") else "von Hand"
    return {
        "name": file.name,
        "kind": kind,
        "at": german.moment(datetime.fromtimestamp(file.stat().st_mtime, UTC)),
        "size": _megabytes(file.stat().st_size),
    }


def _megabytes(size: int) -> str:
    megabytes = size / 2**20
    large = megabytes >= GIGABYTE
    return f"{german.number(megabytes / GIGABYTE if large else megabytes, 1)} {'GB' if large else 'MB'}"


def _database() -> Path:
    return session.settings().database.absolute()
