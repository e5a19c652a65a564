"""Files that a page offers. The right is asked when the button is shown, and again when the bytes are made.

Between the two lies as long as somebody leaves a page open: a role may have been taken, a login may have run out or
been left, in this window or another one.
"""

from collections.abc import Callable
from contextvars import copy_context

import streamlit as st

from indicators.access import Action, demand_still, may
from indicators.ui import session

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODS = "application/vnd.oasis.opendocument.spreadsheet"


def download(
    label: str,
    make: Callable[[], bytes],
    *,
    action: Action,
    reporter: str | None = None,
    file_name: str,
    mime: str,
    icon: str | None = ":material/download:",
    key: str | None = None,
    quiet: bool = False,
    wide: bool = False,
) -> None:
    """A button for a file that is made when it is pressed; nothing for those who may not have it."""
    if not may(session.user(), action, reporter):
        return
    st.download_button(
        label,
        checked(make, action, reporter),
        file_name=file_name,
        mime=mime,
        key=key,
        on_click="ignore",
        type="tertiary" if quiet else "secondary",
        icon=icon,
        width="stretch" if wide else "content",
    )


def checked(make: Callable[[], bytes], action: Action, reporter: str | None = None) -> Callable[[], bytes]:
    """The same, for those who may still have it when it is called. Raises ForbiddenError.

    Streamlit calls it on a thread that knows of no session: so what the login said is taken along from here.
    """
    said, then, as_told = session.claims(), session.user(), copy_context()

    def made() -> bytes:
        demand_still(then, session.user(said), action, reporter)
        return make()

    return lambda: as_told.copy().run(made)
