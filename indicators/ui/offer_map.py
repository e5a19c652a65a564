"""Offers and cases on the map, for 1,000 people of each district."""

from collections.abc import Sequence

import streamlit as st

from indicators.boards import offer_maps as board
from indicators.boards import proofs
from indicators.knowledge.funding import Agreement
from indicators.knowledge.offers import on_day
from indicators.knowledge.snapshot import Snapshot
from indicators.ui import filters, funding_offers, html, kept, kept_maps, map_view, measure_list

WHAT = {"angebote": "Angebote", "faelle": "Fälle der Beratung"}


def panel(known: Snapshot, found: Sequence[Agreement]) -> None:
    """What is asked for of which people on which day, and its map."""
    bases = {one.indicator.code: one for one in board.people(known, kept_maps.boundaries(known.moment))}
    if not bases:
        st.write(board.NO_PEOPLE)
        return
    today, every = measure_list.today(known), kept.offers(known)
    what = filters.choice("Was", list(WHAT), "karte-was", WHAT.__getitem__)
    titles = {code: one.indicator.title for code, one in bases.items()}
    of = bases[filters.choice("Bezogen auf", list(titles), "karte-bezug", titles.__getitem__)]
    day, days = funding_offers.day_of(every, today), funding_offers.days_of(every, today)
    if what == "angebote":
        wanted = funding_offers.asked(on_day(every, day), known, day, by_district=False)
        figure, topics = board.offers_map(every, of, days, day, wanted), board.topic_maps(every, of, day, wanted)
    else:
        served = proofs.served(found, kept.proofs(known), today)
        figure, topics = board.cases_map(served, of, days, day), []
    if figure is None:
        st.write(board.NOT_THEN)
    else:
        map_view.one(figure)
    if topics:
        st.subheader("Ein Thema je Karte")
        html.template("small_maps", maps=topics)
        st.caption(html.plain(board.TOPICS_NOTE))
