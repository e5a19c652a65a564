"""What people take along from a meeting: minutes as Word, slides as PowerPoint and PDF."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from indicators.access import Action, may
from indicators.knowledge.meeting_records import Meeting
from indicators.moments import local_day
from indicators.papers import deck as decks
from indicators.papers.deck import Deck
from indicators.papers.formats import FILES
from indicators.papers.handout import Handout, handout
from indicators.reports.making import word_template
from indicators.ui import caches, filters, frame, html, kept, kept_maps, session
from indicators.ui.downloads import download

MEETING = "sitzung"


def pick(found: Sequence[Meeting]) -> None:
    """The files of one of the meetings; of the latest that has begun by default."""
    if not may(session.user(), Action.EXPORT):
        return
    today = local_day(session.now())
    begun = [one for one in found if one.held_on <= today]
    by_code = {str(one.number): one for one in [*begun, *(one for one in reversed(found) if one not in begun)]}
    with frame.screen_only("files"):
        code = filters.choice("Unterlagen zur Sitzung", list(by_code), MEETING, lambda one: by_code[one].name)
        offer(by_code[code])
        st.caption(
            "Das Protokoll hält fest, was gezeigt, gesagt und beschlossen wurde. Die Folien sind auch für alle, die "
            "kein Konto haben; das Protokoll steht nicht darin. Kleine Zahlen sind gesperrt."
        )


def offer(meeting: Meeting) -> None:
    """A button a file, made when it is pressed. The name holds a digest of all that it is made of, so that no cache can
    hand out another."""
    known = kept.shared(meeting.moment)
    held, cycle = kept.all_meetings(), kept.deck_tables(meeting, known)
    found = decks.deck(session.store(), held, meeting, known, kept.since, cycle, kept_maps.slide_map(meeting))
    now, own = session.now(), word_template(session.settings().report_folder)
    digest, in_force, city = _digest(found, now, own), session.catalogue().version, found.known.catalogue.city.name
    with st.container(horizontal=True):
        for name, form in FILES.items():
            download(
                form.label,
                lambda form=form: form.render(_made(digest, in_force, found, now, own)),  # type: ignore[misc]
                action=Action.EXPORT,
                file_name=form.file_name(meeting, city, digest),
                mime=form.mime,
                key=f"meeting-{name}-{digest}",
            )


def _digest(found: Deck, now: datetime, own: bytes) -> str:
    said = (found.meeting, found.known.key, found.compared, found.slides, found.waiting, found.decided)
    maps = [kept_maps.map_of(one, one.periods[0]) for one in found.maps.values()]
    tables = [figure.fingerprint for figure in (*found.tables.values(), *maps)]
    typed = (tables, sorted(found.minutes.items()), local_day(now), min(found.meeting.moment, now).replace(second=0))
    return hashlib.sha256(repr((said, typed)).encode() + own).hexdigest()[:12]


@caches.of_city(max_entries=16)
def _made(digest: str, in_force: str, _found: Deck, _now: datetime, _own: bytes) -> Handout:
    return handout(_found, _now, _own)


def link(meeting: Meeting) -> str:
    """The address at which the meeting's files are offered."""
    return html.link("meetings", sitzung=str(meeting.number))
