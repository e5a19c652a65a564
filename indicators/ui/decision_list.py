"""What all meetings have decided, and what has become of it."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from indicators.access import Action, demand, may
from indicators.boards import meeting_board
from indicators.errors import MonitoringError
from indicators.knowledge.decisions import Decision, DecisionState, decisions, keep_decision
from indicators.knowledge.meeting_records import Meeting
from indicators.moments import local_day
from indicators.ui import html, paper_view, session, show


def overview(held: Sequence[Meeting]) -> None:
    """All decisions, what is due first; the office writes down what became of one."""
    today = local_day(session.now())
    found = meeting_board.in_order(decisions(session.store()), today)
    if not found:
        st.write("Noch ist nichts beschlossen. Beschlüsse gehören zu den Folien einer Sitzung.")
        return
    figure = meeting_board.decisions_figure(found, held, today)
    show.table(figure)
    show.downloads([figure])
    if may(session.user(), Action.MEETINGS):
        _continue(found, held)


def _continue(found: Sequence[Decision], held: Sequence[Meeting]) -> None:
    by_number = {one.number: one for one in found}
    number = st.selectbox(
        "Beschluss fortschreiben",
        list(by_number),
        format_func=lambda code: by_number[code].wording,
        key="decision-pick",
    )
    decision, key = by_number[number], f"decision-{number}"
    if any(one.number == decision.meeting for one in held):
        st.page_link(
            "pages/paper.py",
            label="Vorlage zu diesem Beschluss",
            icon=":material/description:",
            query_params={paper_view.ORIGIN: paper_view.of_decision(number)},
        )
    with st.form(key):
        left, right = st.columns([1, 3])
        states = list(DecisionState)
        state = left.selectbox(
            "Stand", states, states.index(decision.state), format_func=lambda one: one.word, key=f"{key}-state"
        )
        note = right.text_input("Anmerkung", decision.note, max_chars=400, key=f"{key}-note")
        if st.form_submit_button("Stand speichern"):
            try:
                demand(session.user(), Action.MEETINGS)
                wanted = replace(decision, state=state, note=note)
                keep_decision(session.store(), wanted, session.user().name, session.now())
            except MonitoringError as error:
                st.error(html.plain(str(error)), icon=":material/error:")
            else:
                st.rerun()
