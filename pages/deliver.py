"""Bring figures in: fetch a template, upload it filled, check, confirm."""

import streamlit as st

from indicators.ui import filters, intake, session
from indicators.ui.navigation import through_dashboard

through_dashboard()
filters.moment(session.store())

st.title("Daten liefern")
st.header("1. Vorlage holen")
st.write("Jede Stelle bekommt ihre eigene Vorlage. Die Werte des letzten Zeitraums stehen grau daneben.")
intake.templates()

st.header("2. Ausgefüllte Vorlage oder eigene Tabelle hochladen")
st.write("Mehrere Dateien auf einmal sind möglich. Gespeichert wird erst, wenn Sie die Vorschau bestätigen.")
staged = intake.uploads()

st.header("3. Prüfen und übernehmen")
if staged:
    for upload in staged:
        with st.container(border=True):
            intake.review(upload)
else:
    st.write("Nach dem Hochladen steht hier, was geprüft wurde und was gespeichert würde.")
intake.receipts()
