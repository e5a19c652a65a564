"""The first day: an installation without any definitions asks for name and fields instead of showing an error."""

import streamlit as st

from indicators import german
from indicators.access import Action, demand, may
from indicators.attainment import METHODS
from indicators.boards import ready_definitions
from indicators.catalogue import CatalogueError, load_texts
from indicators.catalogue.first import OFFICE, STRUCTURES, field_codes, first_texts
from indicators.errors import MonitoringError
from indicators.ledger import versions
from indicators.ledger.versions import Act, Decision
from indicators.library import Wanted, library, take
from indicators.ui import definition_library, html, session


def needed() -> bool:
    """Whether there are no definitions at all, neither in the store nor in the folder."""
    try:
        return session.installation().is_new
    except MonitoringError:
        return False  # `ready` says what is wrong with the database


def panel() -> None:
    """Instead of every page, until there is a city."""
    st.title("Stadt einrichten")
    if not may(session.user(), Action.DEFINE):
        st.write("Diese Anwendung ist noch nicht eingerichtet. Das macht die Stabsstelle Integration.")
        return
    st.write(
        "Hier ist noch nichts eingerichtet. Mit Name und Handlungsfeldern beginnt der Katalog; alles lässt sich später "
        "auf der Seite „Katalog ändern“ ergänzen und ändern."
    )
    structure = st.radio("Womit beginnen?", list(STRUCTURES), key="setup-structure")
    name = st.text_input("Name der Stadt", key="setup-name", max_chars=120)
    area = st.text_input(
        "Gemeindeschlüssel (freiwillig)", key="setup-area", max_chars=12, placeholder="Zum Beispiel: 05316000"
    )
    fields = _lines("Handlungsfelder, eines je Zeile", "\n".join(STRUCTURES[structure]), f"setup-{structure}", 180)
    with st.expander("Meldende Stellen (freiwillig)"):
        st.caption("Eine je Zeile, zum Beispiel „FB 51: Jugend und Familie“. Die Stabsstelle ist schon dabei.")
        reporters = _lines("Fachbereiche und Träger", "", "setup-reporters", 120)
    with st.expander("Stadtteile und Altersgruppen (freiwillig)"):
        st.caption(
            "Ein Stadtteil je Zeile; wo es ihn nicht immer gab, mit Tag: „Hafen bis 31.12.2023“, „Neustadt ab …“."
        )
        districts = _lines("Stadtteile oder Stadtbezirke", "", "setup-districts", 120)
        ages = st.text_input("Altersgrenzen", key="setup-ages", max_chars=60, placeholder="Zum Beispiel: 6, 18, 30, 65")
    wanted = _wanted(fields)
    if st.button("Stadt einrichten", type="primary"):
        try:
            demand(session.user(), Action.DEFINE)
            texts = first_texts(name, area, fields, reporters, districts, ages)
            _set_up(texts, name.strip() and fields, wanted)
        except MonitoringError as error:
            st.error(html.plain(str(error)), icon=":material/error:")
        else:
            st.rerun()


def _lines(label: str, begun: str, key: str, height: int) -> list[str]:
    """What stands in a field of several lines, each once."""
    typed = st.text_area(label, begun, key=key, height=height)
    return list(dict.fromkeys(line.strip() for line in typed.splitlines() if line.strip()))


def _wanted(fields: list[str]) -> list[Wanted]:
    """Ready definitions for each field; each may be taken for one of them."""
    if not fields:
        st.caption("Sobald Handlungsfelder da stehen, lassen sich fertige Kennzahlen dazu auswählen.")
        return []
    st.subheader("Fertige Kennzahlen (freiwillig)")
    st.caption(
        "Aus der Bibliothek, mit allem, was sie brauchen. Was genau gezählt wird, steht auf „Katalog ändern“; dort "
        "geht es später auch weiter."
    )
    shelf = library()
    everything = {row.code: row for row in ready_definitions.rows(shelf, shelf.entries, None)}
    codes = field_codes(fields)
    return [
        Wanted(picked, f"{code}-1", OFFICE)
        for code, title in codes.items()
        for picked in definition_library.choose(html.plain(title), list(everything), everything, f"setup-take-{code}")
    ]


def _set_up(texts: dict[str, str], complete: object, wanted: list[Wanted]) -> None:
    if not complete:
        raise MonitoringError("Bitte nennen Sie den Namen der Stadt und mindestens ein Handlungsfeld.")
    try:
        if wanted:
            texts = take(texts, load_texts(texts), library(), wanted).texts
        version = load_texts(texts, METHODS).version
    except CatalogueError as error:
        raise MonitoringError(" ".join(fault.message for fault in error.faults)) from error
    codes = german.enumeration([one.code for one in wanted])
    reason = f"Stadt eingerichtet, aus der Bibliothek: {codes}" if wanted else "Stadt eingerichtet"
    versions.change(session.store(), version, texts, 0, Decision(Act.EDIT, session.user().name, session.now(), reason))
