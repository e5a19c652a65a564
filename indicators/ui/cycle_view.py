"""How measures, target agreements and first interviews stand, in a sentence each, and what committees decide next."""

import streamlit as st

from indicators.boards import interviews as talks
from indicators.boards import progress
from indicators.knowledge.snapshot import Snapshot
from indicators.ui import html, kept, measure_list, measure_way


def panel(known: Snapshot) -> None:
    """Nothing where the city keeps none of them."""
    day, measures = measure_list.today(known), kept.measures(known)
    said = [
        ("measures", progress.of_measures(measures, day)),
        ("agreements", progress.of_goals(kept.goals(known), day)),
        ("measures", talks.summed(kept.interviews(known), day)),
    ]
    if found := [(page, text) for page, text in said if text]:
        st.header("Maßnahmen und Vereinbarungen")
        html.template("cycle", said=found)
    measure_way.due(known, measures)
