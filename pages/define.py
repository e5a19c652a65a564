"""Changing the definitions in forms, what a changed folder offers, every version there was, and the way back."""

import streamlit as st

from indicators.ui import (
    boundary_upload,
    definition_form,
    definition_history,
    definition_library,
    definition_offer,
    definition_protection,
    definition_workbook,
)
from indicators.ui.navigation import through_dashboard

through_dashboard()

st.title("Katalog ändern")
st.write(
    "Was hier geändert wird, gilt sofort und für alle. Jede Fassung bleibt mit Namen und Grund aufbewahrt; frühere "
    "Stände und Sitzungen behalten den Katalog von damals."
)
definition_offer.panel()

definition_form.panel()

st.header("Kleine Zahlen")
with st.expander("Wie sie geschützt sind: Regel der Stadt und Ausnahmen", icon=":material/visibility_off:"):
    definition_protection.panel()

st.header("Fertige Kennzahlen")
with st.expander("Aus der Bibliothek übernehmen", icon=":material/library_add:"):
    definition_library.panel()

st.header("Als Excel-Mappe")
with st.expander("Katalog herunterladen und geändert zurückbringen", icon=":material/table_view:"):
    definition_workbook.panel()

st.header("Karten")
with st.expander("Grenzen der Gebiete hochladen, ansehen, zurückziehen", icon=":material/map:"):
    boundary_upload.panel()

st.header("Fassungen")
definition_history.panel()
