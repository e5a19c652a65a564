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
from indicators.ui.folds import fold


def offer(found: Sequence[Goal]) -> None:
    """For those who take part: the office, and the unit for itself."""
    ordered = _units(found)
    if not ordered:
        return
    day = local_day(session.now())
    years = [day.year, day.year + 1, day.year - 1]
    name = session.catalogue().reporter_name

    def fill() -> None:
        left, middle, right = st.columns([3, 2, 2], vertical_alignment="bottom")
        filters.forget_unoffered("talk-reporter", ordered)
        reporter = left.selectbox("Stelle des Gesprächs", ordered, format_func=name, key="talk-reporter")
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

    fold("Gesprächsbogen (Word)", "talk", fill, ":material/description:")


def _units(found: Sequence[Goal]) -> list[str]:
    """Whose talks the person may prepare; those that have goals come first."""
    own = permitted(session.user(), Action.TEMPLATE, session.catalogue().reporters)
    return sorted(own, key=lambda code: not any(one.reporter == code for one in found))
