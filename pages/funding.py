"""Funding: agreements with providers, what runs out when, what is paid, and what became of it."""

import streamlit as st

from indicators.datasets import FUNDING, INDICES, OFFERS
from indicators.ui import (
    as_of,
    filters,
    funding_form,
    funding_list,
    funding_offers,
    funding_page,
    funding_proofs,
    kept,
    measure_list,
    offer_map,
    saved,
)
from indicators.ui.delivering import receipts
from indicators.ui.navigation import through_dashboard

through_dashboard()
VIEWS = {
    "liste": ("Liste", funding_list.listed),
    "fristen": ("Was wann ausläuft", funding_list.ending),
    "summen": ("Summen", funding_list.sums),
    "nachweise": ("Nachweise", funding_proofs.due),
    "zahlen": ("Fälle und Kosten", funding_proofs.figures),
    "angebote": ("Angebote", funding_offers.matrix),
    "angebotskarte": ("Angebote auf der Karte", offer_map.panel),
    "wegfall": ("Wenn ein Förderer wegfällt", funding_offers.leaving),
}
known = kept.current(as_of.moment())
found = kept.funding(known)

st.title("Förderung")
receipts.show()
one = funding_list.picked(found)
if one is not None:
    funding_page.overview(known, one, found)
    funding_offers.of_agreement(known, one)
    funding_proofs.of_agreement(known, one)
    if as_of.moment() is None:
        funding_form.change(one)
else:
    if found or kept.offers(known):
        chosen = funding_list.chosen(known, found)
        view = filters.choice("Darstellung", list(VIEWS), "foerderansicht", lambda code: VIEWS[code][0])
        VIEWS[view][1](known, chosen)
        saved.manage(funding_list.PAGE)
    else:
        st.write("Noch ist keine Vereinbarung eingetragen.")
    if as_of.moment() is None:
        funding_form.new()
        measure_list.files(FUNDING, INDICES, OFFERS)
