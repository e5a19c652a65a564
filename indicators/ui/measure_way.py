"""A measure's way on the screen: how far it has come, its consultations, and what committees decide next."""

from collections.abc import Sequence

import streamlit as st

from indicators.access import Action, may
from indicators.boards import measure_way as board
from indicators.datasets import CONSULTATIONS
from indicators.knowledge.consultations import Consultation, of_measure
from indicators.knowledge.consultations import due as waiting
from indicators.knowledge.measures import Measure
from indicators.knowledge.meeting_records import Meeting
from indicators.knowledge.snapshot import Snapshot
from indicators.ui import html, kept, measure_list, paper_view, session, show, standing_form
from indicators.ui.delivering import receipts
from indicators.ui.folds import fold
from indicators.ui.standing_form import Form

NEW = "neue Beratung"
IDENTITY = CONSULTATIONS.named_by


def overview(known: Snapshot, one: Measure) -> None:
    """The steps with their days, what is next, and all consultations in order."""
    found, day = kept.consultations(known), measure_list.today(known)
    st.subheader("Weg")
    following = board.next_step(one, found, day)
    html.template("measure_way", steps=board.steps(one), following=following)
    if may(session.user(), Action.MEETINGS):
        st.page_link(
            "pages/paper.py",
            label="Vorlage zu dieser Maßnahme",
            icon=":material/description:",
            query_params={paper_view.ORIGIN: paper_view.of_measure(one.name)},
        )
    if not of_measure(found, one.name):
        return
    st.subheader("Beratungen")
    figure = board.stations_figure(found, one.name, known.since)
    show.table(figure)
    show.legend(figure.note)
    show.downloads([figure])


def consultation(one: Measure, found: Sequence[Consultation]) -> None:
    """The form for one more consultation of a measure, or for what came of one; for the office."""
    user = session.user()
    if not (may(user, Action.DELIVER) and may(user, Action.NON_PUBLIC)):
        return
    own = {past.name: past for past in of_measure(found, one.name)}
    standing_form.begin_on_arrival(CONSULTATIONS)

    def fill() -> None:
        titles = {NEW: NEW} | {name: f"Station {past.text('station')}: {past.committee}" for name, past in own.items()}
        name = st.selectbox("Beratung", list(titles), format_func=titles.__getitem__, key=f"consultation-{one.name}")
        asked = [field for field in CONSULTATIONS.fields if field.code not in IDENTITY]
        form = _fresh(one, found) if name == NEW else _begun(name)
        form.submit = "Beratung speichern"
        standing_form.ask(form, asked, reporter=False)

    fold("Beratung eintragen", f"consultation-{one.name}", fill, ":material/gavel:")


def _fresh(one: Measure, found: Sequence[Consultation]) -> Form:
    typed: dict[str, str | float] = {"measure": one.name, "station": board.next_station(found, one.name)}
    key = f"{one.name}-new-{len(st.session_state.get(receipts.KEPT, ()))}"
    form = Form(CONSULTATIONS, key, one.reporter, None, {"public": "ja"}, typed=typed)
    form.taken = "Inzwischen hat jemand eine Beratung eingetragen. Bitte die Seite neu laden."
    return form


def _begun(name: str) -> Form:
    state = standing_form.begun(CONSULTATIONS, name)
    values = dict(state.content or ())
    key = f"{name}-{state.delivery}"
    return Form(CONSULTATIONS, key, state.key.reporter, state.delivery, values, typed=dict(values))


def due(known: Snapshot, found: Sequence[Measure]) -> None:
    """What committees have to deal with next, of all measures."""
    day = measure_list.today(known)
    table = board.due_figure(
        waiting(kept.consultations(known), day), {one.name: one.title for one in found}, day, known.since
    )
    if not len(table.frame):
        return
    st.header(table.title)
    show.table(table)
    show.legend(table.note)
    show.downloads([table])


def on_the_table(known: Snapshot, meeting: Meeting) -> None:
    """What a meeting has to deal with; nothing where it has nothing of this kind."""
    titles = {one.name: one.title for one in kept.measures(known)}
    day = measure_list.today(known)
    own = board.on_the_table(waiting(kept.consultations(known), day), meeting.body.name, meeting.held_on)
    if not own:
        return
    table = board.due_figure(own, titles, day, known.since, meeting.body.name)
    st.header("Maßnahmen, die diese Sitzung beraten muss")
    show.table(table)
    show.legend(table.note)
    show.downloads([table])
