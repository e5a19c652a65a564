"""Changes that need a reason: one form for all of them."""

from collections.abc import Callable
from datetime import datetime

import streamlit as st

from indicators.access import Action, demand
from indicators.errors import MonitoringError
from indicators.ui import html, session

Act = Callable[[str, datetime, str], None]
"""Does it: who, when, and why."""


def form(
    key: str,
    label: str,
    note: str,
    act: Act,
    *,
    action: Action,
    reporter: str | None = None,
    icon: str | None = None,
    example: str | None = None,
    border: bool = True,
    reason: str = "",
    primary: bool = False,
) -> None:
    """Asks for the reason (`reason` is what it begins with), demands the right when the button is pressed, and runs the
    page anew once it is done."""
    with st.form(key, clear_on_submit=True, border=border):
        typed = st.text_input("Grund", reason, max_chars=500, placeholder=example)
        st.caption(html.plain(note))
        if st.form_submit_button(label, icon=icon, type="primary" if primary else "secondary"):
            try:
                demand(session.user(), action, reporter)
                act(session.user().name, session.now(), typed)
            except MonitoringError as error:
                st.error(html.plain(str(error)), icon=":material/error:")
            else:
                st.rerun()
