"""How the office puts a meeting's slides together: proposal, order, remarks, and what is to be decided."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from indicators import german
from indicators.access import Action, demand
from indicators.boards import slide_board
from indicators.errors import MonitoringError
from indicators.knowledge.meeting_records import Meeting, keep_meeting
from indicators.knowledge.slides import LONGEST_REMARK, Slide, SlideKind, keep_plan
from indicators.moments import local_day
from indicators.papers.deck import Deck
from indicators.ui import as_of, filters, html, kept, kept_maps, meeting_files, meeting_view, minute_taking, session

NO_MAP = "Zum Stand dieser Sitzung gibt es davon keine Karte; die Folie wird nicht gezeigt."
SETTLING = "Stand festgehalten für die Sitzung"


def chosen() -> Meeting | None:
    """The meeting to prepare: the next one by default."""
    found = kept.all_meetings()
    if not found:
        return None
    today = local_day(session.now())
    coming = [one for one in reversed(found) if one.held_on >= today]
    ordered = [*coming, *(one for one in found if one not in coming)]
    by_code = {str(one.number): one for one in ordered}
    code = filters.choice("Sitzung", list(by_code), meeting_view.MEETING, lambda one: by_code[one].name)
    return by_code[code]


def state(deck: Deck) -> None:
    """Which knowledge the meeting looks at, and the ways to its slides."""
    moment, meeting = german.moment(deck.meeting.moment), deck.meeting
    said = f"Die Sitzung sieht den Stand vom {moment}" + (", festgehalten." if meeting.settled else ".")
    if deck.compared:
        said += f" Verglichen wird mit dem Stand vom {german.moment(deck.compared)}."
    st.write(html.plain(said))
    show = {meeting_view.MEETING: str(meeting.number), as_of.MOMENT: as_of.NOW}
    with st.container(horizontal=True):
        st.page_link("pages/meeting.py", label="Folien zeigen", icon=":material/slideshow:", query_params=show)
        wide = show | {meeting_view.LOOK: meeting_view.PRINT}
        st.page_link("pages/meeting.py", label="Alle Folien drucken", icon=":material/print:", query_params=wide)
        if not meeting.settled and st.button("Stand jetzt festhalten", icon=":material/lock_clock:"):
            settled = replace(meeting, settled=session.now(), compared=deck.compared)
            _do(lambda: keep_meeting(session.store(), settled, session.user().name, session.now(), SETTLING))
    meeting_files.offer(meeting)


def propose(deck: Deck) -> None:
    """Slides made of what has changed; those that are there stay, with their remarks."""
    proposed = slide_board.proposal(deck.changed) if deck.changed else ()
    fresh = [slide for slide in proposed if slide.key not in {one.key for one in deck.composed}]
    if not fresh:
        st.caption("Aus den Änderungen seit der letzten Sitzung ist nichts weiter vorzuschlagen.")
        return
    titles = [slide_board.title_of(deck.known.catalogue, slide) for slide in fresh]
    st.write(html.plain(f"Vorschlag aus den Änderungen seit der letzten Sitzung: {german.enumeration(titles)}."))
    if st.button("Vorschlag übernehmen", icon=":material/playlist_add:", type="primary"):
        _keep(deck, [*deck.composed, *fresh])


def slides(deck: Deck) -> None:
    """Each slide with its remark and decisions, and the buttons that move it or take it out."""
    if not deck.composed:
        st.write("Noch ist keine Folie gewählt. Titel und Beschlüsse kommen von selbst dazu.")
    for place, slide in enumerate(deck.composed):
        title = slide_board.title_of(deck.known.catalogue, slide) or f"{slide.code} (nicht mehr im Katalog)"
        with st.expander(f"{place + 1}. {html.plain(title)}"):
            _slide(deck, place, slide)


def _slide(deck: Deck, place: int, slide: Slide) -> None:
    key, others = f"compose-{deck.meeting.number}-{slide.key}", list(deck.composed)
    if slide.kind is SlideKind.MAP and slide.code not in deck.maps:
        missing = kept_maps.mapped(deck.meeting).get(slide.code, "")
        st.caption(html.plain(f"{NO_MAP} {missing}".strip()))
    with st.form(f"{key}-remark", border=False):
        remark = st.text_area("Anmerkung", slide.remark, max_chars=LONGEST_REMARK, key=f"{key}-text")
        if st.form_submit_button("Anmerkung speichern"):
            others[place] = replace(slide, remark=remark.strip())
            _keep(deck, others)
    with st.container(horizontal=True):
        up = st.button("Nach oben", key=f"{key}-up", icon=":material/arrow_upward:", disabled=not place)
        last = place + 1 == len(others)
        down = st.button("Nach unten", key=f"{key}-down", icon=":material/arrow_downward:", disabled=last)
        out = st.button("Herausnehmen", key=f"{key}-out", icon=":material/close:")
    if up or down:
        other = place + (1 if down else -1)
        others[place], others[other] = others[other], others[place]
        _keep(deck, others)
    if out:
        _keep(deck, others[:place] + others[place + 1 :])
    minute_taking.decisions(deck.meeting, slide.key, deck.decisions_of(slide), key=key)


def add(deck: Deck) -> None:
    """Any indicator, map, field, goal or table of the steering cycle that is not there yet."""
    taken = {slide.key for slide in deck.composed}
    maps = [code for code, missing in kept_maps.mapped(deck.meeting).items() if not missing]
    found = {key: slide for key, slide in slide_board.choices(deck.known.catalogue, maps).items() if key not in taken}
    words = {
        SlideKind.INDICATOR: "Kennzahl",
        SlideKind.MAP: "Kennzahl",
        SlideKind.FIELD: "Handlungsfeld",
        SlideKind.GOAL: "Ziel",
    }
    titles = {
        key: f"{words.get(slide.kind, 'Tabelle')} {slide_board.title_of(deck.known.catalogue, slide)}"
        for key, slide in found.items()
    }
    with st.form("compose-add", clear_on_submit=True):
        picked = st.multiselect(
            "Kennzahlen, Karten, Handlungsfelder und Ziele",
            list(titles),
            format_func=titles.__getitem__,
            placeholder="Wählen oder einen Teil des Namens eingeben",
        )
        if st.form_submit_button("Hinzufügen", icon=":material/add:") and picked:
            _keep(deck, [*deck.composed, *(found[key] for key in picked)])


def _keep(deck: Deck, wanted: Sequence[Slide]) -> None:
    _do(lambda: keep_plan(session.store(), deck.meeting.number, wanted, session.user().name, session.now()))


def _do(act: Callable[[], object]) -> None:
    try:
        demand(session.user(), Action.MEETINGS)
        act()
    except MonitoringError as error:
        st.error(html.plain(str(error)), icon=":material/error:")
    else:
        st.rerun()
