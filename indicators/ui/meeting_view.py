"""The meeting view: how one comes from a slide to the next, and how two windows stay together."""

from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from indicators import german
from indicators.access import Action, may
from indicators.boards import commented, slide_board
from indicators.exports import INVENTED
from indicators.knowledge.meeting_records import Meeting
from indicators.knowledge.slides import Slide, SlideKind
from indicators.moments import local_day
from indicators.papers import deck as decks
from indicators.papers.deck import Deck, heading
from indicators.ui import (
    address,
    dead_links,
    frame,
    html,
    kept,
    kept_maps,
    live_text,
    meeting_slide,
    minute_taking,
    process,
    session,
)
from indicators.ui.ending import PageEnds

MEETING, SLIDE, LOOK = "sitzung", "folie", "ansicht"
FULL, NOTES, PRINT = "folien", "notizen", "druck"
AT, SEEN, SHOWN_LOOK = "slide-at", "slide-seen", "meeting-look"
EVERY = 1.0
"""Seconds between two looks at what the other window shows."""


@dataclass
class Positions:
    """Which slide each person's windows show of a meeting; the number grows with every step."""

    at: dict[tuple[str, int], tuple[int, str]] = field(default_factory=dict)


@process.owned
def positions() -> Positions:
    return Positions()


def chosen() -> Meeting:
    """The meeting that the address names; the latest that has begun by default."""
    frame.slides()
    found = {str(one.number): one for one in kept.all_meetings()}
    wanted = address.followed(MEETING) or st.session_state.get("meeting-shown") or _default(list(found.values()))
    if wanted not in found:
        if not found:
            st.title("Noch keine Sitzung")
            st.write("Unter **Sitzungen** trägt die Stabsstelle sie ein.")
            raise PageEnds
        near = {code: one.name for code, one in list(found.items())[:3]}
        dead_links.stop("Sitzung nicht gefunden", f"Die Adresse nennt die Sitzung „{wanted}“.", MEETING, near)
    st.session_state["meeting-shown"] = wanted
    address.note(MEETING, wanted)
    return found[wanted]


def _default(found: list[Meeting]) -> str:
    today = local_day(session.now())
    begun = [one for one in found if one.held_on <= today]
    return str((begun or found[-1:])[0].number) if found else ""


def deck(meeting: Meeting) -> Deck:
    """All slides of a meeting, with the knowledge that it looks at."""
    known = kept.current(meeting.moment)
    held, cycle = kept.all_meetings(), kept.deck_tables(meeting, known)
    return decks.deck(session.store(), held, meeting, known, kept.since, cycle, kept_maps.slide_map(meeting))


def look() -> str:
    """Slides, notes, or all slides for paper."""
    wanted = address.followed(LOOK)
    if wanted in (FULL, NOTES, PRINT):
        st.session_state[SHOWN_LOOK] = wanted
    picked = str(st.session_state.get(SHOWN_LOOK, FULL))
    if picked == NOTES and not may(session.user(), Action.MEETINGS):
        picked = FULL
    address.note(LOOK, picked)
    return picked


def current(found: Deck) -> Slide:
    """The slide that the address names, or that was turned to last in this window or the person's other one."""
    if (wanted := address.followed(SLIDE, st.session_state.get(AT))) is not None:
        if wanted not in found.keys:
            near = {slide.key: heading(found, slide) for slide in found.slides[:3]}
            dead_links.stop("Folie nicht gefunden", f"Die Adresse nennt die Folie „{wanted}“.", SLIDE, near)
        _turn_to(found, wanted)
    at = st.session_state.get(AT)
    at = at if at in found.keys else found.keys[0]
    st.session_state[AT] = at
    address.note(SLIDE, at)
    return found.slides[found.keys.index(at)]


def _turn_to(found: Deck, key: str) -> None:
    st.session_state[AT] = key
    where = (session.user().name, found.meeting.number)
    number = positions().at.get(where, (0, ""))[0] + 1
    positions().at[where] = (number, key)
    st.session_state[SEEN] = number


def step(found: Deck, moves: str) -> None:
    """A step for each letter, from where this window stands: R on, L back, H and E to either end."""
    keys, last = found.keys, len(found.keys) - 1
    here = keys.index(st.session_state[AT]) if st.session_state.get(AT) in keys else 0
    for move in moves:
        here = {"R": min(here + 1, last), "L": max(here - 1, 0), "H": 0, "E": last}.get(move, here)
    if moves:
        _turn_to(found, keys[here])


def follow(found: Deck) -> None:
    """Looks every second whether the same person has turned the slide in another window."""
    where = (session.user().name, found.meeting.number)
    st.session_state.setdefault(SEEN, positions().at.get(where, (0, ""))[0])

    @st.fragment(run_every=EVERY)
    def look_around() -> None:
        number, key = positions().at.get(where, (0, ""))
        if number != st.session_state[SEEN] and key in found.keys:
            st.session_state[SEEN], st.session_state[AT] = number, key
            st.rerun()

    look_around()


def bar(found: Deck, slide: Slide) -> None:
    """The way through the slides, by press and by key: arrows, the keys of clickers, Home, End and Esc."""
    place, last = found.keys.index(slide.key), len(found.keys)
    with st.container(key="slide-bar", horizontal=True, vertical_alignment="center"):
        st.button("Zurück", key="slide-back", on_click=step, args=(found, "L"), disabled=not place)
        html.template("slide_place", place=place + 1, last=last)
        done = place + 1 == last
        st.button("Weiter", key="slide-on", on_click=step, args=(found, "R"), disabled=done, type="primary")
        live_text.full_screen()
        if may(session.user(), Action.MEETINGS):
            other, label = (FULL, "Folie") if st.session_state.get(SHOWN_LOOK) == NOTES else (NOTES, "Notizen")
            st.button(label, key="slide-look", on_click=_look_at, args=(other,))
        if st.button("Unterlagen", key="slide-files", type="tertiary"):
            st.switch_page("pages/meetings.py", query_params={MEETING: str(found.meeting.number)})
        if st.button("Beenden", key="slide-end", shortcut="Esc", type="tertiary"):
            st.switch_page("pages/meetings.py")
    with st.container(key="slide-keys"):
        live_text.slide_keys(lambda moves: step(found, moves))


def _look_at(which: str) -> None:
    st.session_state[SHOWN_LOOK] = which


def slide(found: Deck, shown: Slide) -> None:
    """One slide, with the field for the minutes at its foot."""
    with st.container(key="slide"):
        with st.container(key="slide-body"):
            meeting_slide.body(found, shown)
        left, right = st.columns([3, 2], gap="medium")
        with left:
            html.template("slide_decision", **_beside(found, shown))
        with right:
            minute_taking.field(found.meeting, shown.key, found.minutes.get(shown.key, ""))
        _foot(found)


def notes(found: Deck, shown: Slide) -> None:
    """For whoever takes the minutes: what is to be said, the decision to be worded, a large field."""
    with st.container(key="notes"):
        st.title(html.plain(heading(found, shown)))
        if shown.remark:
            st.write(html.plain(shown.remark))
        for one in found.known.comments.get(shown.code, ()) if shown.kind is SlideKind.INDICATOR else ():
            at = f"{one.period.label}: " if one.period else ""
            st.caption(html.plain(f"Bemerkung {at}{commented.said(found.known, one)}"))
        minute_taking.field(found.meeting, shown.key, found.minutes.get(shown.key, ""))
        minute_taking.decisions(found.meeting, shown.key, found.decisions_of(shown), key="notes")


def printed(found: Deck) -> None:
    """All slides one below the other, each on a page of its own, with what the minutes say."""
    with st.container(key="slide-bar", horizontal=True, vertical_alignment="center"):
        live_text.print_button()
        if st.button("Zurück zu den Folien", key="slide-print-end", shortcut="Esc"):
            st.session_state[SHOWN_LOOK] = FULL
            st.rerun()
    for number, shown in enumerate(found.slides):
        with st.container(key=f"page-{number}"):
            meeting_slide.body(found, shown)
            written = found.minutes.get(shown.key, "")
            said = _said(found, shown)
            html.template("slide_decision", remark=shown.remark, decisions=said, more=0, minutes=written)
            _foot(found)


def _said(found: Deck, shown: Slide) -> list[dict[str, str]]:
    return [
        {
            "wording": one.wording,
            "who": one.addressee,
            "due": german.day(one.due) if one.due else "",
            "state": one.followed(local_day(session.now())),
        }
        for one in found.decisions_of(shown)
    ]


def _beside(found: Deck, shown: Slide) -> dict[str, Any]:
    """Remark and first decision in the room beside the minutes; whole they stand in the notes and on paper."""
    said, line = _said(found, shown), slide_board.LINE
    more = max(0, len(said) - 1)
    remark = slide_board.shortened(shown.remark, line * (5 if not said else 1 if more else 2))
    wording = line * (2 if remark else 3)
    first = [
        {**one, "wording": slide_board.shortened(one["wording"], wording), "who": slide_board.shortened(one["who"], 25)}
        for one in said[:1]
    ]
    return {"remark": remark, "decisions": first, "more": more}


def _foot(found: Deck) -> None:
    """City, body and state of the data; that figures are a sample's is said on every slide."""
    city = found.known.catalogue.city
    said = [city.name, found.meeting.name, f"Stand {german.moment(min(found.meeting.moment, session.now()))}"]
    html.template(
        "slide_foot",
        said=" · ".join([*said, *(["Beispiel"] if city.sample else []), *([INVENTED.word] if city.invented else [])]),
    )
