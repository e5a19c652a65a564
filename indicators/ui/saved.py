"""Saved selections of a page: each a link to the page with its choices; saving, renaming and deleting them.

The page itself keeps its choices in the address, as it always does: a saved selection is that address with a name.
"""

from dataclasses import replace

import streamlit as st

from indicators.access import Action, demand, may
from indicators.errors import MonitoringError
from indicators.knowledge.selections import LONGEST_NAME, Selection, keep, remove, selections
from indicators.ui import address, as_of, html, session
from indicators.ui.folds import fold

DONE = "selection-done"


def links(page: str) -> None:
    """The way to each, above the choices of the page; nothing where there is none."""
    found = selections(session.store(), page, session.user().name)
    if not found:
        return
    with st.container(horizontal=True, key="saved-selections"):
        for one in found:
            st.page_link(
                f"pages/{page}.py",
                label=html.plain(f"{one.name} (für alle)" if one.shared else one.name),
                icon=":material/bookmark:",
                query_params={as_of.MOMENT: str(st.session_state.get(as_of.MOMENT, as_of.NOW))} | dict(one.choices),
            )


def manage(page: str) -> None:
    """Keeping what is chosen now, all that the address names but the moment, and changing what was kept."""

    def fill() -> None:
        if said := st.session_state.pop(DONE, ""):
            st.success(html.plain(said))
        choices = {name: value for name, value in address.noted().items() if name != as_of.MOMENT}
        _save(page, choices)
        own = [one for one in selections(session.store(), page, session.user().name) if _mine(one)]
        if own:
            _change(own)

    fold("Auswahl speichern", f"{page}-selections", fill, ":material/bookmark_add:")


def _mine(one: Selection) -> bool:
    return may(session.user(), Action.DELIVER) if one.shared else one.owner == session.user().name


def _save(page: str, choices: dict[str, str]) -> None:
    user = session.user()
    with st.form(f"{page}-selection", border=False, clear_on_submit=True):
        name = st.text_input("Name der Auswahl", max_chars=LONGEST_NAME, placeholder="Zum Beispiel: Überfällige Kurse")
        shared = may(user, Action.DELIVER) and st.checkbox("für alle, die diese Seite öffnen dürfen")
        if not st.form_submit_button("Auswahl speichern", icon=":material/bookmark_add:"):
            return
    try:
        if shared:
            demand(user, Action.DELIVER)
        keep(session.store(), Selection(0, page, name, choices, user.name, shared), user.name, session.now())
    except MonitoringError as error:
        st.error(html.plain(str(error)), icon=":material/error:")
        return
    _done(f"Gespeichert: „{' '.join(name.split())}“.")


def _change(own: list[Selection]) -> None:
    user, by_number = session.user(), {one.number: one for one in own}
    number = st.selectbox(
        "Gespeicherte Auswahl ändern", list(by_number), format_func=lambda at: by_number[at].name, key="selection-which"
    )
    one = by_number[number]
    name = st.text_input("Neuer Name", one.name, max_chars=LONGEST_NAME, key=f"selection-name-{number}-{one.name}")
    with st.container(horizontal=True):
        renamed = st.button("Umbenennen", key="selection-rename")
        removed = st.button("Auswahl löschen", key="selection-remove")
    if not (renamed or removed):
        return
    try:
        if one.shared:
            demand(user, Action.DELIVER)
        if removed:
            remove(session.store(), one, user.name, session.now())
        else:
            keep(session.store(), replace(one, name=name), user.name, session.now())
    except MonitoringError as error:
        st.error(html.plain(str(error)), icon=":material/error:")
        return
    _done(f"Gelöscht: „{one.name}“." if removed else f"Umbenannt in „{' '.join(name.split())}“.")


def _done(said: str) -> None:
    st.session_state[DONE] = said
    st.rerun()
