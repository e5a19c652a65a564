"""Target agreements: what each unit has agreed on for a year, what became of it, and the way into the next year."""

import streamlit as st

from indicators.datasets import AGREEMENTS
from indicators.ui import agreement_form, agreement_list, agreement_page, as_of, kept, measure_list, talk_file
from indicators.ui.delivering import receipts
from indicators.ui.navigation import through_dashboard

through_dashboard()
known = kept.current(as_of.moment())
found = kept.goals(known)

st.title("Zielvereinbarungen")
receipts.show()
one = agreement_list.picked(known, found)
if one is not None:
    agreement_page.overview(known, one)
    if as_of.moment() is None:
        agreement_form.carry_over(one, found)
        agreement_form.change(known, one)
else:
    agreement_list.overview(known, found)
    if as_of.moment() is None:
        agreement_form.new(known)
        talk_file.offer(found)
        measure_list.files(AGREEMENTS)
