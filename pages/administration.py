"""Backups, the state of the database, roles, erasures, and everything that was ever changed."""

import streamlit as st

from indicators.ui import administration, erasing, roles
from indicators.ui.navigation import through_dashboard

through_dashboard()

st.title("Verwaltung")

st.header("Sicherungen")
administration.backups()

st.header("Zustand der Datenbank")
administration.state()

st.header("Rollen")
st.write("Wer darf was? Jede Änderung bleibt unten verzeichnet.")
roles.panel()

st.header("Datenschutz")
erasing.panel()

st.header("Änderungen")
st.write("Wer hat wann was geändert? Einträge lassen sich hier weder ändern noch entfernen.")
administration.audit()
