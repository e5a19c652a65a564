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
from indicators.ui.folds import fold
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
fold(
    "Wie sie geschützt sind: Regel der Stadt und Ausnahmen",
    "protection",
    definition_protection.panel,
    ":material/visibility_off:",
)

st.header("Fertige Kennzahlen")
fold("Aus der Bibliothek übernehmen", "library", definition_library.panel, ":material/library_add:")

st.header("Als Excel-Mappe")
fold(
    "Katalog herunterladen und geändert zurückbringen",
    "catalogue-workbook",
    definition_workbook.panel,
    ":material/table_view:",
)

st.header("Karten")
fold("Grenzen der Gebiete hochladen, ansehen, zurückziehen", "boundaries", boundary_upload.panel, ":material/map:")

st.header("Fassungen")
definition_history.panel()
