"""The list of meetings and bodies, and the forms with which the office keeps them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime

import streamlit as st

from indicators import german
from indicators.access import Action, demand, may
from indicators.boards import meeting_board
from indicators.errors import MonitoringError
from indicators.knowledge.bodies import RHYTHMS, Body, BodyKind, keep_body
from indicators.knowledge.bodies import bodies as kept_bodies
from indicators.knowledge.meeting_records import Meeting, cancel_meeting, keep_meeting
from indicators.moments import local_day
from indicators.ui import as_of, html, kept, meeting_files, session, show

EXAMPLE_DAY = "14.11.2026"
FIRST_VERSION = Body(0, "", BodyKind.EXPERT, 3)
SETTLED = {
    "day": "Ende des Sitzungstags",
    "now": "jetzt festhalten",
    "kept": "wie festgehalten",
}


def overview(found: Sequence[Meeting]) -> None:
    """What comes, what was, and which body has no next meeting yet though its rhythm asks for one."""
    today = local_day(session.now())
    coming = [one for one in reversed(found) if one.held_on >= today]
    past = [one for one in found if one.held_on < today]
    if found:
        meeting_files.pick(found)
    if coming:
        html.template("meetings", caption="Nächste Sitzungen", rows=[_row(one, today) for one in coming])
    if past:
        html.template("meetings", caption="Frühere Sitzungen", rows=[_row(one, today) for one in past])
    if not found:
        st.write("Noch ist keine Sitzung eingetragen.")
    for sentence in meeting_board.not_planned(kept_bodies(session.store()), found, today):
        st.caption(html.plain(sentence))
    if found:
        show.downloads([meeting_board.meetings_figure(found)])


def _row(meeting: Meeting, today: date) -> dict[str, object]:
    begun, office = meeting.held_on <= today, may(session.user(), Action.MEETINGS)
    state = f"festgehalten: {german.moment(meeting.settled)}" if meeting.settled else "Ende des Tages"
    return {
        "day": german.day(meeting.held_on),
        "seen": html.link("overview", stand=as_of.code_of(meeting)) if begun else "",
        "body": meeting.body.name,
        "title": meeting.title,
        "agenda": meeting.agenda,
        "state": state,
        "slides": html.link("meeting", sitzung=str(meeting.number), stand=as_of.NOW),
        "files": meeting_files.link(meeting),
        "compose": html.link("compose", sitzung=str(meeting.number)) if office else "",
    }


def new() -> None:
    """The form for one more meeting."""
    known = kept_bodies(session.store())
    key = f"new-{len(kept.all_meetings())}"  # a fresh form after each; one that is refused keeps what was typed
    with st.form(f"meeting-{key}"):
        meeting = _asked(key, Meeting(0, known[0], local_day(session.now())), known, fresh=True)
        _submit("Sitzung eintragen", lambda: _keep(meeting, ""))


def correct(found: Sequence[Meeting]) -> None:
    """The form that corrects a meeting, or strikes it out; both need a reason."""
    by_number = {one.number: one for one in found}
    number = st.selectbox("Sitzung", list(by_number), format_func=lambda code: by_number[code].name, key="meeting-pick")
    meeting, key = by_number[number], f"meeting-{number}"
    with st.form(key):
        wanted = _asked(key, meeting, kept_bodies(session.store()), fresh=False)
        reason = st.text_input("Grund", max_chars=500, key=f"{key}-reason", placeholder="Zum Beispiel: verlegt")
        keep, strike = st.columns(2)
        with keep:
            _submit("Berichtigung speichern", lambda: _keep(wanted, reason))
        with strike:
            _submit("Sitzung streichen", lambda: _strike(meeting, reason))


def bodies() -> None:
    """The bodies with their rhythm, and the form that adds or changes one."""
    known = kept_bodies(session.store())
    html.template("facts", facts=[(body.name, f"{body.kind.word}, {body.rhythm}") for body in known])
    titles = {0: "neues Gremium"} | {body.number: body.name for body in known}
    number = st.selectbox("Gremium", list(titles), format_func=titles.__getitem__, key="body-pick")
    body = next((one for one in known if one.number == number), FIRST_VERSION)
    with st.form(f"body-{number}-{len(known)}"):
        name = st.text_input("Name", body.name, max_chars=120, placeholder="Zum Beispiel: Fachgruppe Integration")
        left, right = st.columns(2)
        kinds = list(BodyKind)
        kind = left.selectbox("Art", kinds, kinds.index(body.kind), format_func=lambda found: found.word)
        months = sorted({*RHYTHMS, body.every_months})
        every = right.selectbox(
            "Turnus",
            months,
            months.index(body.every_months),
            format_func=lambda found: replace(body, every_months=found).rhythm,
        )
        ended = bool(number) and st.checkbox("tagt nicht mehr")
        wanted = Body(number, name, kind, every, ended)
        _submit("Gremium speichern", lambda: _keep_body(wanted))


def _asked(key: str, meeting: Meeting, known: Sequence[Body], *, fresh: bool) -> Callable[[], Meeting]:
    """The fields of a form; what comes back reads them when it is called, and raises MeetingError."""
    left, middle = st.columns([1, 2])
    today = "" if fresh else german.day(meeting.held_on)
    day = left.text_input("Tag", today, key=f"{key}-day", placeholder=EXAMPLE_DAY)
    options = list(known) if meeting.body in known else [meeting.body, *known]
    body = middle.selectbox(
        "Gremium", options, options.index(meeting.body), key=f"{key}-body", format_func=lambda found: found.name
    )
    title = st.text_input("Titel", meeting.title, key=f"{key}-title", max_chars=200, placeholder="2. Sitzung 2026")
    agenda = st.text_area(
        "Tagesordnung (ein Punkt je Zeile)", "\n".join(meeting.agenda), key=f"{key}-agenda", max_chars=4000
    )
    kept = ["kept"] if meeting.settled else []
    states = st.radio(
        "Stand der Daten, den die Sitzung sieht",
        [*kept, "day", "now"],
        key=f"{key}-state",
        format_func=lambda code: SETTLED[code] + (f": {german.moment(meeting.moment)}" if code == "kept" else ""),
        horizontal=True,
    )

    def read() -> Meeting:
        settled, compared = meeting.settled, meeting.compared
        if states == "day":
            settled = compared = None
        elif states == "now":
            settled, compared = session.now(), None
        agreed = tuple(agenda.splitlines())
        return replace(
            meeting,
            held_on=german.parse_day(day),
            body=body,
            title=title,
            agenda=agreed,
            settled=settled,
            compared=compared,
        )

    return read


def _submit(label: str, act: Callable[[], None]) -> None:
    """A button that does it, for those who may; what stands against it is told beside it."""
    if st.form_submit_button(label):
        try:
            demand(session.user(), Action.MEETINGS)
            act()
        except MonitoringError as error:
            st.error(html.plain(str(error)), icon=":material/error:")
        else:
            st.rerun()


def _keep(read: Callable[[], Meeting], reason: str) -> None:
    meeting = read()
    at: datetime = session.now()
    if meeting.settled and meeting.compared is None:
        earlier = meeting_board.before(kept.all_meetings(), meeting)
        meeting = replace(meeting, compared=earlier.moment if earlier else None)
    keep_meeting(session.store(), meeting, session.user().name, at, reason)


def _strike(meeting: Meeting, reason: str) -> None:
    cancel_meeting(session.store(), meeting, session.user().name, session.now(), reason)


def _keep_body(body: Body) -> None:
    keep_body(session.store(), body, session.user().name, session.now())
