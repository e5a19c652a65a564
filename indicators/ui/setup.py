"""The first day: an installation without any definitions asks for name and fields instead of showing an error."""

import streamlit as st

from indicators.access import Action, demand, may
from indicators.catalogue import CatalogueError, load_texts
from indicators.catalogue.first import STRUCTURES, first_texts
from indicators.errors import MonitoringError
from indicators.ledger import versions
from indicators.ledger.versions import Act, Decision
from indicators.ui import html, session


def needed() -> bool:
    """Whether there are no definitions at all, neither in the store nor in the folder."""
    folder = session.settings().definitions
    try:
        return not any(folder.glob("*.y*ml")) and not versions.last_number(session.store())
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
    structure = st.radio("Womit beginnen?", list(STRUCTURES), key="setup-structure", horizontal=True)
    with st.form("setup"):
        name = st.text_input("Name der Stadt", max_chars=120)
        area = st.text_input("Gemeindeschlüssel (freiwillig)", max_chars=12, placeholder="Zum Beispiel: 05316000")
        fields = st.text_area(
            "Handlungsfelder, eines je Zeile", "\n".join(STRUCTURES[structure]), key=f"setup-{structure}", height=220
        )
        if st.form_submit_button("Stadt einrichten", type="primary"):
            try:
                _set_up(name, area, [line.strip() for line in fields.splitlines() if line.strip()])
            except MonitoringError as error:
                st.error(html.plain(str(error)), icon=":material/error:")
            else:
                st.rerun()


def _set_up(name: str, area: str, fields: list[str]) -> None:
    demand(session.user(), Action.DEFINE)
    if not name.strip() or not fields:
        raise MonitoringError("Bitte nennen Sie den Namen der Stadt und mindestens ein Handlungsfeld.")
    texts = first_texts(name, area, fields)
    try:
        version = load_texts(texts).version
    except CatalogueError as error:
        raise MonitoringError(" ".join(fault.message for fault in error.faults)) from error
    decision = Decision(Act.EDIT, session.user().name, session.now(), "Stadt eingerichtet")
    versions.change(session.store(), version, texts, 0, decision)
