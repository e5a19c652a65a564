"""Move target, year or baseline of an indicator and see its status change; nothing is stored."""

import streamlit as st

from indicators import figures
from indicators.boards.dossier import Section
from indicators.ui import as_of, filters, html, kept, show, what_if
from indicators.ui.ending import PageEnds
from indicators.ui.navigation import through_dashboard

through_dashboard()
snapshot = kept.current(as_of.moment())

st.title("Was wäre wenn")
st.write(
    "Verschieben Sie Ziel, Zieljahr oder Ausgangswert und sehen Sie, wie sich der Status ändert. "
    "Nichts davon wird gespeichert."
)
indicator = filters.indicator(snapshot, first=what_if.movable(snapshot))
judgement = what_if.judgement(snapshot, indicator)
if judgement is None:
    st.write("Zu dieser Kennzahl gibt es noch keine Werte oder kein Ziel, das sich verschieben ließe.")
    raise PageEnds

rule = what_if.rule(judgement)
html.print_only(f"{indicator.code} {indicator.title}")
assessment = what_if.assessed(judgement, rule)
before, after = st.columns(2)
with before:
    st.header("Heute gilt")
    show.status(judgement.assessment.status)
    show.finding_sentence(what_if.sentence(snapshot, judgement, judgement.assessment))
with after:
    st.header("Mit Ihren Angaben")
    show.status(assessment.status)
    show.finding_sentence(what_if.sentence(snapshot, judgement, assessment))

show.show(what_if.figure(snapshot, judgement, rule, assessment), heading=False)
show.section(Section("So kommt der Status zustande", figures.arithmetic(assessment, indicator)))
