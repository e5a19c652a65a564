"""Every version of the definitions: who made it when and why, what it changed, and the way back to it."""

from datetime import datetime

import streamlit as st

from indicators import german
from indicators.access import Action
from indicators.boards.definition_change import Difference
from indicators.boards.definition_change import differences as between
from indicators.catalogue import CatalogueError
from indicators.ledger import versions
from indicators.ledger.versions import Version
from indicators.ui import caches, definition_preview, html, reasons, session

SHOWN = 25


def panel() -> None:
    """The latest versions, and one of them in full."""
    found = versions.versions(session.store())
    html.template("versions", rows=found[:SHOWN])
    if len(found) > SHOWN:
        st.caption(f"Gezeigt sind die letzten {SHOWN} von {len(found)}; in der Auswahl stehen alle.")
    if len(found) < 2:
        return
    numbers = {one.number: one for one in found}
    picked = st.selectbox(
        "Fassung ansehen", list(numbers), format_func=lambda number: _named(numbers[number]), key="define-version"
    )
    _changed(numbers[picked], found)
    if picked != found[0].number:
        _way_back(numbers[picked])


def _named(one: Version) -> str:
    return f"Nr. {one.number} vom {german.moment(one.since)}{f', {one.reason}' if one.reason else ''}"


def _changed(one: Version, found: list[Version]) -> None:
    before = next((other for other in found if other.number < one.number), None)
    if before is None:
        st.write("Das ist die erste Fassung.")
        return
    st.write(f"Das ist anders als in Nr. {before.number}:")
    try:
        definition_preview.differences(_differences(before.hash, one.hash))
    except CatalogueError:
        st.write("Eine der beiden Fassungen lässt sich nicht mehr lesen.")


@caches.of_city(max_entries=32)
def _differences(before: str, after: str) -> tuple[Difference, ...]:
    city = session.installation()
    return between(city.definitions(before), city.definitions(after))


def _way_back(one: Version) -> None:
    basis = definition_preview.basis("define-back-basis")
    with st.expander(f"Zurück zu Fassung {one.number}"):
        try:
            definition_preview.show(definition_preview.effects_of(session.installation().definitions(one.hash)))
        except CatalogueError:
            st.write("Diese Fassung lässt sich nicht mehr lesen und kann nicht wieder gelten.")
            return

        def back(who: str, at: datetime, reason: str) -> None:
            session.installation().go_back(one.number, basis, who, at, reason)

        note = f"Die Fassung {one.number} wird noch einmal die neueste. Die Fassungen dazwischen bleiben aufbewahrt."
        reasons.form("define-back", "Diese Fassung wieder einsetzen", note, back, action=Action.DEFINE, border=False)
