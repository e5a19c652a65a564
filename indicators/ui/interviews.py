"""First interviews on the screen: the list with its form for the office, and those in which a measure was spoken of."""

import streamlit as st

from indicators.boards import interviews as board
from indicators.datasets import INTERVIEWS
from indicators.knowledge.interviews import Interview, of_measure
from indicators.knowledge.measures import Measure
from indicators.knowledge.snapshot import Snapshot
from indicators.ui import as_of, kept, measure_list, session, show, standing_form


def overview(known: Snapshot, measures: tuple[Measure, ...]) -> None:
    """All talks; nothing where there was none yet and nobody may enter one."""
    found, day = kept.interviews(known), measure_list.today(known)
    if found:
        figure = board.figure(found, measures, known.catalogue, day, known.since)
        st.header(figure.title)
        show.table(figure)
        show.legend(figure.note)
        show.downloads([figure])
    if as_of.moment() is None:
        _enter(found, measures)


def at_measure(known: Snapshot, one: Measure) -> None:
    """The talks in which it was spoken of."""
    own = of_measure(kept.interviews(known), one.name)
    if own:
        figure = board.figure(own, (), known.catalogue, measure_list.today(known), known.since)
        st.subheader(figure.title)
        show.table(figure)
        show.downloads([figure])


def _enter(found: tuple[Interview, ...], measures: tuple[Measure, ...]) -> None:
    offered = {"measures": {one.name: one.title for one in measures}}
    titles = {one.name: board.called(one, session.catalogue()) for one in found}
    standing_form.either(INTERVIEWS, "Erstgespräch", titles, offered)
