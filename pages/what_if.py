"""Move target, year or baseline of an indicator and see its status change; nothing is stored."""

import streamlit as st

from indicators import figures
from indicators.dossier import Section
from indicators.ui import as_of, filters, session, show, trial
from indicators.ui.ending import PageEnds
from indicators.ui.navigation import through_dashboard

through_dashboard()
snapshot = session.current(as_of.moment())

st.title("Was wäre wenn")
st.write(
    "Verschieben Sie Ziel, Zieljahr oder Ausgangswert und sehen Sie, wie sich der Status ändert. "
    "Nichts davon wird gespeichert."
)
indicator = filters.indicator(snapshot, first=trial.movable(snapshot))
judgement = trial.judgement(snapshot, indicator)
if judgement is None:
    st.write("Zu dieser Kennzahl gibt es noch keine Werte oder kein Ziel, das sich verschieben ließe.")
    raise PageEnds

rule = trial.rule(judgement)
assessment = trial.assessed(judgement, rule)
before, after = st.columns(2)
with before:
    st.subheader("Heute gilt")
    show.status(judgement.assessment.status)
    show.finding_sentence(trial.sentence(snapshot, judgement, judgement.assessment))
with after:
    st.subheader("Mit Ihren Angaben")
    show.status(assessment.status)
    show.finding_sentence(trial.sentence(snapshot, judgement, assessment))

show.show(trial.figure(snapshot, judgement, rule, assessment), heading=False)
show.section(Section("So kommt der Status zustande", figures.arithmetic(assessment, indicator)))
