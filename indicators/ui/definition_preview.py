"""What a change of the definitions would do, before it is made: the same on every way to change them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

import streamlit as st

from indicators.boards.definition_change import Difference, Effects, effects
from indicators.catalogue import Catalogue, CatalogueError, Fault
from indicators.catalogue.editing import EditError
from indicators.ledger import versions
from indicators.ui import caches, html, kept, session

TRIED = "-probe"
"""Ends the version of definitions that are only tried, so that nothing made of them passes for what holds."""


def proposed(texts: Mapping[str, str]) -> Catalogue:
    """What these files would define, read once while its preview stands there. Raises CatalogueError."""
    files = f"{versions.last_hash(session.store())} {sorted(texts.items())}"
    return _proposed(files, dict(texts))


@caches.of_city(max_entries=8)
def _proposed(files: str, _texts: dict[str, str]) -> Catalogue:
    return session.installation().propose(_texts)


def effects_of(after: Catalogue) -> Effects:
    """What would change today, seen as the office sees it."""
    known = kept.current(None)
    stored = session.store().data_version
    return _effects(stored, known.catalogue.version, after.version, after)


@caches.of_city(max_entries=8, show_spinner="Die Folgen werden ausgerechnet …")
def _effects(stored: int, in_force: str, tried: str, _after: Catalogue) -> Effects:
    city, known = session.installation(), kept.current(None)
    would_be = city.taken(replace(_after, version=f"{_after.version}{TRIED}"), known.moment)
    return effects(city.store, known, would_be)


class Draft(Protocol):
    """A form that is filled in, with what is wrong by its fields."""

    wrong: Any


def tried(
    draft: Draft,
    change: Callable[[], dict[str, str]],
    at_fields: Callable[[Sequence[Fault]], tuple[Any, list[str]]],
    above: str,
) -> dict[str, str] | None:
    """The changed files, below what they would change; None where faults are told instead, those of fields at these.

    `above` says where to look when all of them stand at fields.
    """
    try:
        texts = change()
        after = proposed(texts)
    except EditError as error:
        st.error(html.plain(str(error)), icon=":material/error:")
        return None
    except CatalogueError as error:
        wrong, others = at_fields(error.faults)
        if wrong != draft.wrong:
            draft.wrong = wrong
            st.rerun()
        said = html.plain(" ".join(others or [above]))
        st.error(f"So lässt sich der Katalog nicht verwenden. {said}", icon=":material/error:")
        return None
    if draft.wrong:
        draft.wrong = {}
        st.rerun()
    st.subheader("Was sich ändert")
    show(effects_of(after))
    return texts


def show(found: Effects) -> None:
    """Differences, statuses, values, and what is to be minded."""
    differences(found.differences)
    if found.statuses:
        st.markdown("**Status, die sich ändern**")
        html.template("status_changes", rows=found.statuses)
    else:
        st.write("Kein Status ändert sich.")
    if found.values:
        st.markdown("**Letzte Werte, die sich ändern**")
        html.template("value_changes", rows=found.values)
    if found.hidden:
        st.markdown("**Gesperrte Zahlen je Grundzahl, in allen Ständen**")
        html.template("hidden_changes", rows=found.hidden)
    for sentence in found.cautions:
        st.warning(html.plain(sentence), icon=":material/warning:")


def basis(key: str) -> int:
    """The number of the version that this preview was last shown on: the run of a press may already know a newer one,
    and then the change is refused, and told."""
    now = versions.last_number(session.store())
    before: int = st.session_state.get(key, now)
    st.session_state[key] = now
    return before


def differences(found: Sequence[Difference]) -> None:
    """Old and new side by side."""
    if found:
        html.template("differences", rows=found)
    else:
        st.write("Nichts, was auf dem Bildschirm oder in Vorlagen erscheint, ist anders.")
