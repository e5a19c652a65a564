"""What is folded is made when somebody unfolds it: a page opens without the forms that most visits never use."""

from collections.abc import Callable

import streamlit as st
from streamlit.elements.lib.mutable_expander_container import ExpanderContainer

from indicators.ui import address


def fold(label: str, key: str, fill: Callable[[], object], icon: str | None = None) -> None:
    """A fold that `fill` writes into: from its first unfolding on, for as long as the person stays on the page, so that
    nothing typed is lost by folding it again."""
    key = f"fold-{key}"
    made = f"{key}-made"
    if address.arrived():
        st.session_state.pop(made, None)
    place = st.expander(label, key=key, icon=icon, on_change="rerun")
    if unfolded(place):
        st.session_state[made] = True
    if st.session_state.get(made):
        with place:
            fill()


def unfolded(place: ExpanderContainer) -> bool:
    return bool(place.open)
