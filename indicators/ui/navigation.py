"""The list of pages, and the way into them."""

import logging
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.navigation.page import StreamlitPage

from indicators import german
from indicators.access import Action, User, allowed_pages, may
from indicators.moments import local_day
from indicators.settings import PROJECT
from indicators.store.durability.store_errors import AwayError
from indicators.ui import address, as_of, frame, session, setup
from indicators.ui.ending import PageEnds
from indicators.ui.sections import CHAPTERS, SECTIONS, section_of

log = logging.getLogger(__name__)

HELP = "hilfe"
ICON = Path(__file__).parent / "icon.png"


@dataclass(frozen=True)
class Entry:
    """One page: its file in pages/, what the navigation calls it, and its icon."""

    file: str
    title: str
    icon: str
    dated: bool = True
    """Whether the page shows the chosen state of the data."""
    bare: bool = False
    """Without banner, and with the sidebar out of sight: for the wall."""


PAGES = (
    Entry("overview", "Übersicht", ":material/dashboard:"),
    Entry("field", "Handlungsfeld", ":material/account_tree:"),
    Entry("indicator", "Kennzahl", ":material/show_chart:"),
    Entry("concept", "Konzept", ":material/schema:"),
    Entry("measures", "Maßnahmen", ":material/task_alt:"),
    Entry("agreements", "Zielvereinbarungen", ":material/handshake:"),
    Entry("funding", "Förderung", ":material/payments:"),
    Entry("meetings", "Sitzungen", ":material/groups:", dated=False),
    Entry("compose", "Sitzung vorbereiten", ":material/playlist_add:", dated=False),
    Entry("meeting", "Sitzung zeigen", ":material/slideshow:", dated=False, bare=True),
    Entry("paper", "Vorlage", ":material/description:", dated=False),
    Entry("what_if", "Was wäre wenn", ":material/tune:"),
    Entry("comparison", "Städtevergleich", ":material/location_city:"),
    Entry("deliver", "Daten liefern", ":material/upload_file:", dated=False),
    Entry("deliveries", "Lieferungen", ":material/inventory_2:"),
    Entry("reminders", "Termine", ":material/notifications:", dated=False),
    Entry("definitions", "Katalog", ":material/list_alt:"),
    Entry("define", "Katalog ändern", ":material/edit_note:", dated=False),
    Entry("bericht", "Bericht", ":material/menu_book:"),
    Entry("published", "Freigegeben", ":material/public:", dated=False),
    Entry("administration", "Verwaltung", ":material/settings:", dated=False),
    Entry("hilfe", "Hilfe", ":material/help:", dated=False),
)


WITHIN: ContextVar[bool] = ContextVar("within_dashboard", default=False)
"""Of this very run: what stands in the session would outlast a run that a click has cut off."""


def run() -> None:
    """Shows the page that the address names, within the frame that all pages share, to whoever may see it."""
    token = WITHIN.set(True)
    try:
        try:
            _frame()
        except AwayError as error:
            failed(error)
        frame.foot()
    finally:
        WITHIN.reset(token)


def failed(error: Exception) -> bool:
    """What is shown instead of Streamlit's own words, also where a click or a part of a page has failed by itself.

    What the page had begun to set up it sets up anew at its next run, as if the person had just come.
    """
    st.session_state.pop("page", None)
    if isinstance(error, AwayError):
        frame.unavailable(str(error))
    else:
        frame.apologise()
    return True


def _asked() -> tuple[StreamlitPage, list[StreamlitPage]]:
    """The page that the address names, and all there are."""
    # An icon given to st.Page makes the browser ask a foreign host for it: the links below bring their own.
    pages = [st.Page(PROJECT / "pages" / f"{entry.file}.py", title=entry.title) for entry in PAGES]
    # The default page loses its name in the address, and links to it by name would meet „Page not found“: so the
    # bare address leads on to the first page.
    home = st.Page(lambda: None, title=PAGES[0].title, default=True)
    page = st.navigation([home, *pages], position="hidden")
    if page is home:
        st.switch_page(pages[0], query_params=st.query_params.to_dict())
    st.set_page_config(
        page_title=f"{page.title} – Integrationsmonitoring",
        page_icon=str(ICON),
        layout="wide",
        initial_sidebar_state="auto",
    )
    return page, pages


def _inside() -> bool:
    """Whether the person is let in and there is a city to show; else the screen says what is missing."""
    if not session.admitted():
        return False
    if setup.needed():
        setup.panel()
        return False
    return session.ready()


def _frame() -> None:
    page, pages = _asked()
    frame.style()
    if not _inside():
        return
    session.hold_names()
    user = session.user()
    allowed = allowed_pages(user)
    if not allowed:
        frame.no_access(user.name, session.leave)
        return
    entry = PAGES[pages.index(page)]
    places = st.sidebar.container(key="navigation")
    if session.logs_in():
        with st.sidebar.container(key="user"):
            frame.who(session.user(), session.leave)
    if entry.file not in allowed:
        if page is pages[0]:  # where the bare address leads; whoever may not open it begins with their own first page
            st.switch_page(next(own for entry, own in zip(PAGES, pages, strict=True) if entry.file in allowed))
        _links(places, pages, allowed)
        frame.forbidden()
        return
    if not entry.bare:
        _say_what_holds(user)
    address.begin(arrived=st.session_state.get("page") != entry.file)
    st.session_state["page"] = entry.file
    _run(page, entry, lambda: _links(places, pages, allowed))


def _say_what_holds(user: User) -> None:
    """What holds on every page: an example, a store that takes nothing, definitions with faults."""
    frame.banner(session.catalogue(), session.store().writable, session.store().refusal)
    if faults := session.catalogue_faults():
        frame.faulty(faults, office=may(user, Action.RELEASE))
    if may(user, Action.DEFINE) and session.installation().offer():
        frame.offered()


def _run(page: StreamlitPage, entry: Entry, links: Callable[[], None]) -> None:
    """The page as of the chosen state. The links carry that state on, and so come after the choice."""
    try:
        try:
            as_of.choose() if entry.dated else as_of.elsewhere()
            if not entry.bare:
                _print_head(entry)
                _help(entry)
        finally:
            links()
        page.run()
    except PageEnds as ended:
        if entry.bare:  # a wall with nothing on it is a page like any other
            _say_what_holds(session.user())
        ended.rest()
    except AwayError:
        raise  # said once, for the page and all around it
    except Exception as error:
        log.exception("page %s failed", page.title)
        failed(error)
    finally:
        address.write()


def _help(entry: Entry) -> None:
    """The way to the chapter of this page, for those who may open it."""
    if entry.file != HELP and HELP in allowed_pages(session.user()):
        frame.help_link(entry.title, CHAPTERS.get(entry.file, ""))


def _print_head(entry: Entry) -> None:
    """Readers see each release with its own state, which the page itself says."""
    state = "" if entry.file == "published" else as_of.said(dated=entry.dated)
    frame.print_head(session.catalogue().city.name, state, german.day(local_day(session.now())))


def _links(places: DeltaGenerator, pages: list[StreamlitPage], allowed: frozenset[str]) -> None:
    """Only what may be opened."""
    chosen = {as_of.MOMENT: st.session_state[as_of.MOMENT]} if as_of.MOMENT in st.session_state else None
    listed = allowed if session.settings().ring else allowed - {"comparison"}
    shown = [(entry, target) for entry, target in zip(PAGES, pages, strict=True) if entry.file in listed]
    for number, section in enumerate(SECTIONS):
        if of_it := [(entry, target) for entry, target in shown if section_of(entry.file) == section]:
            with places.container(key=f"navigation-{number}"):
                frame.navigation_head(section)
                for entry, target in of_it:
                    st.page_link(target, label=entry.title, icon=entry.icon, query_params=chosen, width="stretch")


def through_dashboard() -> None:
    """To be called first by every page: a cold deep link runs a page alone, without navigation or checks of rights.

    Then the whole frame is run here, and the page itself stops. The mark WITHIN lasts for one run only: whoever loses
    a role or whose login ends is stopped at the next click.
    """
    if WITHIN.get():
        return
    run()
    if st.session_state.get("framed"):
        st.stop()  # a second rerun would swallow the click that led here
    st.session_state["framed"] = True
    st.rerun()
