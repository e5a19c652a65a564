"""Cities beside each other, by their consent; what the office's own city shows, and what the state shares."""

import streamlit as st

from indicators.access import Action, may
from indicators.ui import comparing, filters, kept_ring, session, taking_part
from indicators.ui.navigation import through_dashboard

through_dashboard()

st.title("Städtevergleich")
ring = kept_ring.ring()
user = session.user()

PARTS = {"vergleich": ("Vergleichen", comparing.panel), "status": ("Status aller Städte", comparing.overview)}
if may(user, Action.CONTRIBUTE):
    PARTS["mitmachen"] = ("Mitmachen", taking_part.panel)
if ring.leads and may(user, Action.PUBLISH_DEFINITIONS):
    PARTS["veroeffentlichen"] = ("Veröffentlichen", taking_part.publishing)

part = filters.choice("Ansicht", list(PARTS), "bereich", lambda code: PARTS[code][0])
PARTS[part][1](ring)
