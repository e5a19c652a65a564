"""Select boxes whose change is a decision at once."""

import streamlit as st

from indicators.ui import filters, html


def suggested(label, options, current, suggestion, name, chosen, key) -> None:  # type: ignore[no-untyped-def]
    """A choice whose suggestion stands there already, and counts once it is confirmed."""
    waiting = current is None and suggestion is not None
    left, right = st.columns([5, 2], vertical_alignment="bottom") if waiting else (st.container(), st.container())
    with left:
        mark = " – Vorschlag, bitte bestätigen" if waiting else ""
        choice(html.plain(f"{label}{mark}"), options, suggestion if waiting else current, name, chosen, key)
    if waiting:
        right.button("Bestätigen", key=f"{key}-yes", on_click=chosen, args=(suggestion,), width="stretch")


def choice(label, options, current, name, chosen, key) -> None:  # type: ignore[no-untyped-def]
    """A select box whose change is a decision at once."""

    def changed() -> None:
        chosen(st.session_state[key])

    filters.forget_unoffered(key, options)
    st.selectbox(
        label,
        options,
        index=options.index(current) if current in options else None,
        format_func=name,
        placeholder="Bitte wählen",
        on_change=changed,
        key=key,
    )
