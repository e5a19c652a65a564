"""Ready definitions to be looked through and taken over with one press, here or when a city is set up."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import streamlit as st

from indicators import german
from indicators.access import Action
from indicators.boards import definition_terms as terms
from indicators.boards import ready_definitions
from indicators.boards.ready_definitions import Row
from indicators.catalogue import Catalogue, CatalogueError
from indicators.catalogue.editing import EditError
from indicators.catalogue.first import OFFICE
from indicators.ledger.versions import Act, Decision
from indicators.library import Library, Wanted, library, take
from indicators.ui import definition_preview, html, reasons, session

ALL = "alle Themen"


def panel() -> None:
    """Search, all that is known of each, and what is to be taken."""
    shelf, catalogue = library(), session.catalogue()
    st.write(
        f"{len(shelf.entries)} Kennzahlen, genau beschrieben, mit Bezugsgruppe, Zeitbezug, Faktor und Quelle. Was sie "
        "an Grundzahlen, Einheiten und Merkmalen brauchen, kommt mit. Ziele setzen Sie danach selbst."
    )
    which, word = st.columns([1, 2])
    area = which.selectbox("Thema", [ALL, *shelf.areas], key="library-area")
    typed = word.text_input("Suchen", key="library-word", placeholder="Wort, Kürzel oder Statistik")
    everything = {row.code: row for row in ready_definitions.rows(shelf, shelf.entries, catalogue)}
    found = [everything[entry.code] for entry in shelf.found(typed, None if area == ALL else area)]
    st.caption(f"{len(found)} von {len(everything)}; ein Klick auf den Titel zeigt alles.")
    html.template("library", rows=found)
    offer(shelf, catalogue, everything, [row.code for row in found], "library", "Aus der Bibliothek übernommen")


def offer(
    shelf: Library, catalogue: Catalogue, everything: Mapping[str, Row], found: Sequence[str], name: str, reason: str
) -> None:
    """What of a library is to be taken over, what that would change, and the press that does it."""
    if wanted := _wanted(catalogue, everything, found, name):
        _preview(wanted, shelf, name, reason)


def _wanted(catalogue: Catalogue, everything: Mapping[str, Row], found: Sequence[str], name: str) -> list[Wanted]:
    """What is picked, for which goal, who reports it, and another code where its own is another's."""
    rounds = st.session_state.setdefault(f"{name}-round", 0)
    key = f"{name}-pick-{rounds}"
    picked: list[str] = st.session_state.get(key, [])
    free = [code for code in everything if not everything[code].held and (code in found or code in picked)]
    chosen = choose("Übernehmen", free, everything, key)
    if not chosen:
        return []
    goals, reporters = dict(terms.goals(catalogue)), {code: one.name for code, one in catalogue.reporters.items()}
    which, who = st.columns(2)
    goal = which.selectbox(
        "Für das Ziel", list(goals), format_func=lambda code: f"{code} {goals[code]}", key=f"{name}-goal"
    )
    at = list(reporters).index(OFFICE) if OFFICE in reporters else 0
    reporter = who.selectbox(
        "Neue Grundzahlen meldet", list(reporters), at, format_func=reporters.__getitem__, key=f"{name}-reporter"
    )
    others = {code: _other_code(catalogue, everything[code], key) for code in chosen}
    return [Wanted(code, goal or "", reporter or "", others[code]) for code in chosen]


def choose(label: str, options: Sequence[str], everything: Mapping[str, Row], key: str) -> list[str]:
    """Some of the entries, found by typing a part of their title, area or code."""
    return st.multiselect(
        label, options, key=key, format_func=lambda code: everything[code].named, placeholder="Kennzahlen wählen"
    )


def _other_code(catalogue: Catalogue, row: Row, key: str) -> str:
    owner = catalogue.indicators.get(catalogue.current_indicator(row.code))
    if owner is None:
        return ""
    about = f"Das Kürzel {row.code} hat schon „{owner.title}“."
    return st.text_input(f"Anderes Kürzel für {row.code}", key=f"{key}-{row.code}", max_chars=20, help=about)


def _preview(wanted: Sequence[Wanted], shelf: Library, name: str, reason: str) -> None:
    """What it would change, and the press that does it."""
    city, basis = session.installation(), definition_preview.basis(f"{name}-basis")
    try:
        taken = take(city.texts(), session.catalogue(), shelf, wanted)
        after = definition_preview.proposed(taken.texts)
    except EditError as error:
        st.error(html.plain(str(error)), icon=":material/error:")
        return
    except CatalogueError as error:
        st.error(html.plain(" ".join(fault.message for fault in error.faults)), icon=":material/error:")
        return
    for note in taken.notes:
        st.info(html.plain(note), icon=":material/info:")

    def keep(who: str, at: datetime, why: str) -> None:
        city.change(taken.texts, basis, Decision(Act.EDIT, who, at, why))
        st.session_state[f"{name}-round"] += 1

    label = german.counted(len(wanted), "Kennzahl übernehmen", "Kennzahlen übernehmen")
    note = "Gilt sofort, als neue Fassung mit Ihrem Namen und dem Grund. Was sich ändert, steht darunter."
    codes = german.enumeration([one.new_code for one in wanted])
    reasons.form(
        f"{name}-take", label, note, keep, action=Action.DEFINE, primary=True,
        reason=f"{reason}: {codes}"[:500],
    )  # fmt: skip
    with st.expander("Was sich ändert"):
        definition_preview.show(definition_preview.effects_of(after))
