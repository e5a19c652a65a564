"""Bring figures in: fetch a template, upload it filled, check, confirm."""

from functools import partial

import streamlit as st

from indicators.datasets import LISTS
from indicators.ui import show
from indicators.ui.delivering import by_hand, intake, own_duties, receipts, requests, template_offer, uploads
from indicators.ui.folds import fold
from indicators.ui.navigation import through_dashboard

through_dashboard()

st.title("Daten liefern")
own_duties.show()
st.header("1. Vorlage holen")
st.write("Jede Stelle bekommt ihre eigene Vorlage. Die Werte des letzten Zeitraums stehen grau daneben.")
template_offer.offer()
requests.offer()
for listed in filter(template_offer.hands_out, LISTS):
    fold(f"Vorlage für {listed.title}", f"template-{listed.code}", partial(template_offer.explained, listed))

st.header("2. Ausgefüllte Vorlage oder eigene Tabelle hochladen")
st.write(
    "Mehrere Dateien auf einmal sind möglich. Gespeichert wird erst, wenn Sie die Vorschau bestätigen. "
    "Auch Dateien der amtlichen Statistik mit Zahlen anderer Städte werden gelesen (CSV oder Excel)."
)
waiting = uploads.choose()
by_hand.offer()

st.header("3. Prüfen und übernehmen")
show.kept_files(uploads.brought_back(), uploads.lost())
receipts.show()
if waiting:
    intake.review(waiting)
else:
    st.write("Nach dem Hochladen steht hier, was geprüft wurde und was gespeichert würde.")
