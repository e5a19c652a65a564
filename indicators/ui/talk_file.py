"""The form for a unit's talk, to be fetched as Word."""

from collections.abc import Sequence

import streamlit as st

from indicators.access import Action, permitted
from indicators.knowledge.agreements import Goal
from indicators.moments import local_day
from indicators.papers import talk_word
from indicators.papers.talk import talk
from indicators.reports.making import word_template
from indicators.ui import filters, kept, session
from indicators.ui.downloads import download


def offer(found: Sequence[Goal]) -> None:
    """For those who take part: the office, and the unit for itself."""
    catalogue = session.catalogue()
    names = {
        code: catalogue.reporter_name(code) for code in permitted(session.user(), Action.TEMPLATE, catalogue.reporters)
    }
    if not names:
        return
    day = local_day(session.now())
    years = [day.year, day.year + 1, day.year - 1]
    with_goals = [code for code in names if any(one.reporter == code for one in found)]
    ordered = [*with_goals, *(code for code in names if code not in with_goals)]
    with st.expander("Gesprächsbogen (Word)", icon=":material/description:"):
        left, middle, right = st.columns([3, 2, 2], vertical_alignment="bottom")
        filters.forget_unoffered("talk-reporter", ordered)
        reporter = left.selectbox("Stelle des Gesprächs", ordered, format_func=names.__getitem__, key="talk-reporter")
        year = middle.selectbox("Vereinbarung für", years, key="talk-year", format_func=str)
        known = kept.shared(None)
        goals = kept.goals(known)
        made = talk(
            known,
            goals,
            kept.reached(known, [one for one in goals if one.reporter == reporter]),
            kept.measures(known),
            reporter,
            year,
            day,
            word_template(session.settings().report_folder),
        )
        with right:
            download(
                "Bogen herunterladen",
                lambda: talk_word.render(made),
                action=Action.TEMPLATE,
                reporter=reporter,
                file_name=talk_word.file_name(made),
                mime=talk_word.MIME,
                wide=True,
                key="talk-file",
            )
        st.caption("Mit den Zielen des Vorjahres, Maßnahmen und Kennzahlen; kleine Zahlen sind gesperrt.")
