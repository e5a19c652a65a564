"""The catalogue of measures: what the city does for its goals, how each measure stands, and how it came there."""

import streamlit as st

from indicators.datasets import CONSULTATIONS, INTERVIEWS, MEASURES
from indicators.ui import as_of, interviews, kept, measure_form, measure_list, measure_page, measure_way
from indicators.ui.delivering import receipts
from indicators.ui.navigation import through_dashboard

through_dashboard()
known = kept.current(as_of.moment())
found = kept.measures(known)

st.title("Maßnahmen")
receipts.show()
one = measure_list.picked(found)
if one is not None:
    measure_page.overview(known, one)
    if as_of.moment() is None:
        measure_form.change(one)
        measure_way.consultation(one, kept.consultations(known))
else:
    measure_list.overview(known, found)
    measure_way.due(known, found)
    if as_of.moment() is None:
        measure_form.new()
    interviews.overview(known, found)
    if as_of.moment() is None:
        measure_list.files(MEASURES, CONSULTATIONS, INTERVIEWS)
