"""„Seit der letzten Sitzung“: what the overview opens with."""

from collections.abc import Sequence

import streamlit as st

from indicators import german
from indicators.access import Action, may
from indicators.boards import meeting_board
from indicators.boards.change import Kind
from indicators.boards.since_meeting import Since
from indicators.knowledge import meeting_records
from indicators.knowledge.bodies import BodyKind
from indicators.knowledge.meeting_records import Meeting
from indicators.knowledge.snapshot import Snapshot
from indicators.ui import agreement_page, as_of, concept_view, filters, html, kept, measure_page, session, show

OPEN = 5
"""Long groups of data are folded from this many rows on; what is better or worse never is."""
ALWAYS_OPEN = (Kind.REACHED, Kind.AT_RISK, Kind.BETTER, Kind.WORSE)


def panel(known: Snapshot) -> None:
    """What has changed since a meeting, the last of the steering group unless another one is picked."""
    earlier = _earlier(known)
    if not earlier:
        st.header("Seit der letzten Sitzung")
        st.write("Vor diesem Stand der Daten liegt keine Sitzung, mit der verglichen werden könnte.")
        if may(session.user(), Action.MEETINGS):
            here = {as_of.MOMENT: st.session_state.get(as_of.MOMENT, as_of.NOW)}
            st.page_link("pages/meetings.py", label="Sitzungen eintragen", icon=":material/groups:", query_params=here)
        return
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    with right:
        meeting = _picked(earlier)
    with left:
        st.header("Seit der letzten Sitzung" if meeting == earlier[0] else "Seit einer früheren Sitzung")
    found = kept.since(known, meeting.moment)
    st.caption(html.plain(_said(meeting, found)))
    groups = [(kind, found.of(kind)) for kind in Kind]
    opened = [kind.value for kind, rows in groups if kind in ALWAYS_OPEN or len(rows) <= OPEN]
    html.template("since", groups=groups, open=opened)
    if found.goals:
        html.template("goals", goals=found.goals, open=len(found.goals) <= OPEN)
    concept_view.since(known, meeting.moment)
    measure_page.since(known, meeting.moment)
    agreement_page.since(known, meeting.moment)
    title = f"Seit der Sitzung {meeting.name}"
    show.downloads(
        [meeting_board.since_figure(found, known, title), meeting_board.goals_figure(found, known)],
        label="Änderungen herunterladen",
    )


def _earlier(known: Snapshot) -> list[Meeting]:
    """All meetings that the moment can be compared with, the one to begin with first."""
    found = kept.all_meetings()
    past = [one for one in found if meeting_records.before([one], known.moment)]
    first = next((one for one in past if one.body.kind is BodyKind.STEERING), None)
    return [first, *(one for one in past if one != first)] if first else past


def _picked(earlier: Sequence[Meeting]) -> Meeting:
    by_code = {str(one.number): one for one in earlier}
    return by_code[filters.choice("Verglichen mit", list(by_code), "seit", lambda code: by_code[code].name)]


def _said(meeting: Meeting, found: Since) -> str:
    changed = len({change.indicator.code for change in found.changes if change.kind is not Kind.MISSING})
    return (
        f"Verglichen mit dem Stand vom {german.moment(meeting.moment)} ({meeting.body.name}): "
        f"{german.counted(changed, 'Kennzahl hat', 'Kennzahlen haben')} sich verändert."
    )
