"""Minutes and decisions of a slide: written by the office, read by everyone else who is at the meeting."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from indicators import german
from indicators.access import Action, demand, may
from indicators.errors import MonitoringError
from indicators.knowledge.decisions import Decision, DecisionState, keep_decision
from indicators.knowledge.meeting_records import Meeting
from indicators.knowledge.minutes import write_minutes
from indicators.ui import html, live_text, session

WRITTEN = "minutes-written"


def field(meeting: Meeting, slide: str, kept: str) -> None:
    """The minutes: a field that is saved while somebody types; for those who only look on, what stands there."""
    if not may(session.user(), Action.MEETINGS):
        html.template("slide_minutes", text=kept)
        return

    def write(where: str, text: str) -> None:
        st.session_state[WRITTEN] = (where, _written(meeting, where, text))

    where, told = st.session_state.get(WRITTEN, ("", ""))
    live_text.live_text(
        f"minutes-{meeting.number}",
        "Protokoll",
        kept,
        write,
        slide=slide,
        told=told if where == slide else "",
        placeholder="Was wurde besprochen?",
    )


def _written(meeting: Meeting, slide: str, text: str) -> str:
    """What is told beside the field."""
    try:
        demand(session.user(), Action.MEETINGS)
        write_minutes(session.store(), meeting.number, slide, text, session.user().name, session.now())
    except MonitoringError as error:
        return str(error)
    return "gespeichert"


def decisions(meeting: Meeting, slide: str, found: Sequence[Decision], *, key: str) -> None:
    """A form for each decision of the slide, and one more for the next, which is a fresh one after each."""
    for decision in found:
        _form(decision, f"{key}-decision-{decision.number}")
    _form(Decision(0, meeting.number, slide, ""), f"{key}-decision-new-{len(found)}")


def _form(decision: Decision, key: str) -> None:
    fresh = not decision.number
    with st.form(key):
        wording = st.text_input(
            "Was ist zu beschließen?" if fresh else "Beschluss",
            decision.wording,
            max_chars=400,
            key=f"{key}-wording",
            placeholder="Zum Beispiel: Der Fachbereich legt bis Juni einen Plan für weitere Kurse vor.",
        )
        left, middle, right = st.columns([2, 1, 1])
        addressee = left.text_input("Wer ist zuständig?", decision.addressee, max_chars=120, key=f"{key}-addressee")
        written = german.day(decision.due) if decision.due else ""
        due = middle.text_input("Bis wann?", written, key=f"{key}-due", placeholder="30.06.2027")
        states = list(DecisionState)
        state = right.selectbox(
            "Stand", states, states.index(decision.state), format_func=lambda one: one.word, key=f"{key}-state"
        )
        if st.form_submit_button("Beschluss hinzufügen" if fresh else "Beschluss speichern"):
            try:
                demand(session.user(), Action.MEETINGS)
                day = german.parse_day(due) if due.strip() else None
                wanted = replace(decision, wording=wording, addressee=addressee, due=day, state=state)
                keep_decision(session.store(), wanted, session.user().name, session.now())
            except MonitoringError as error:
                st.error(html.plain(str(error)), icon=":material/error:")
            else:
                st.rerun()
