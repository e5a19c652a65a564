"""The list of pages, and the way into them."""

import logging
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from indicators.settings import PROJECT
from indicators.ui import session, shell

log = logging.getLogger(__name__)

ICON = Path(__file__).parent / "icon.png"


@dataclass(frozen=True)
class Entry:
    """One page: its file in pages/, what the navigation calls it, and its icon."""

    file: str
    title: str
    icon: str
    default: bool = False


PAGES = (
    Entry("overview", "Übersicht", ":material/dashboard:", default=True),
    Entry("field", "Handlungsfeld", ":material/account_tree:"),
    Entry("indicator", "Kennzahl", ":material/show_chart:"),
    Entry("what_if", "Was wäre wenn", ":material/tune:"),
    Entry("deliver", "Daten liefern", ":material/upload_file:"),
    Entry("deliveries", "Lieferungen", ":material/inventory_2:"),
    Entry("definitions", "Katalog", ":material/menu_book:"),
)


def run() -> None:
    """Shows the page that the address names, within the frame that all pages share."""
    st.session_state["through_dashboard"] = True
    # An icon given to st.Page makes the browser ask a foreign host for it: the links below bring their own.
    pages = [
        st.Page(PROJECT / "pages" / f"{entry.file}.py", title=entry.title, default=entry.default) for entry in PAGES
    ]
    page = st.navigation(pages, position="hidden")
    st.set_page_config(
        page_title=f"{page.title} – Integrationsmonitoring",
        page_icon=str(ICON),
        layout="wide",
        initial_sidebar_state="auto",
    )
    shell.style()
    with st.sidebar.container(key="navigation"):
        for entry, target in zip(PAGES, pages, strict=True):
            stand = {"stand": st.session_state["stand"]} if "stand" in st.session_state else None
            st.page_link(target, label=entry.title, icon=entry.icon, query_params=stand, width="stretch")
    if not session.ready():
        return
    shell.banner(session.catalogue())
    try:
        page.run()
    except Exception:
        log.exception("page %s failed", page.title)
        shell.apologise()


def through_dashboard() -> None:
    """To be called first by every page: a cold deep link runs a page alone, without navigation or checks.

    Then the whole frame is run here, and the page itself stops.
    """
    if not st.session_state.get("through_dashboard"):
        run()
        st.rerun()
