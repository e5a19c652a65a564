"""Offers on the screen: the matrix with its gaps, parallels, who bundles what, what opens when a funder leaves."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from indicators.access import Action, may
from indicators.boards import offers as board
from indicators.datasets import OFFERS
from indicators.figures.figure import Figure
from indicators.knowledge.funding import Agreement
from indicators.knowledge.offers import Offer, on_day
from indicators.knowledge.snapshot import Snapshot
from indicators.ui import as_of, filters, kept, measure_list, session, show, standing_form


def matrix(known: Snapshot, found: Sequence[Agreement]) -> None:
    """What there is where, and what stands beside what."""
    catalogue, day = known.catalogue, measure_list.today(known)
    every = kept.offers(known)
    then = day_of(every, day)
    there = on_day(every, then)
    if there:
        by = filters.choice("Spalten", list(board.BY), "spalten", board.BY.__getitem__)
        wanted = asked(there, known, day)
        chosen = board.chosen(there, wanted)
        topics = sorted({one.topic for one in there if wanted.topic in ("", one.topic)}, key=str.casefold)
        shown = board.matrix_figure(chosen, by, catalogue, then, known.since, topics, wanted)
        figures = [
            shown,
            board.parallels_figure(chosen, catalogue, known.since),
            board.bundles_figure(chosen, catalogue, known.since),
        ]
        for figure in figures:
            _shown(figure)
        with st.expander("Alle Angebote als Liste"):
            _shown(board.list_figure(chosen, catalogue, day, known.since))
    else:
        st.write("Für diesen Tag ist kein Angebot eingetragen.")
    if as_of.moment() is None:
        _forms(every)


def leaving(known: Snapshot, found: Sequence[Agreement]) -> None:
    """What opens when one of the funders leaves."""
    day = measure_list.today(known)
    names = board.funder_names(found, board.Period.of_year(day.year), day)
    if not names:
        st.write("Für dieses Jahr ist kein Förderer mit einem Betrag bekannt.")
        return
    funder = filters.choice("Förderer", names, "foerderer", str)
    there = on_day(kept.offers(known), day)
    _shown(board.leaving_figure(funder, found, there, known.catalogue, day, known.since))


def of_agreement(known: Snapshot, one: Agreement) -> None:
    """The offers that it pays for."""
    own = [offer for offer in kept.offers(known) if offer.text("agreement") == one.name]
    if own:
        _shown(board.list_figure(own, known.catalogue, measure_list.today(known), known.since))


def _shown(figure: Figure) -> None:
    st.subheader(figure.title)
    show.legend(figure.subtitle)
    if figure.frame.empty:
        st.write("Nichts.")
        return
    show.table(figure)
    show.legend(figure.note)
    show.downloads([figure])


def days_of(every: Sequence[Offer], today: date) -> list[date]:
    """Today and the last days of earlier years: offers keep the past that they had."""
    first = min((start.year for one in every if (start := one.day("start"))), default=today.year)
    return [today, *(date(year, 12, 31) for year in range(today.year - 1, first - 1, -1))]


def day_of(every: Sequence[Offer], today: date) -> date:
    """One of them, as it is picked."""
    years = ["heute", *(str(day.year) for day in days_of(every, today)[1:])]
    picked = filters.choice("Stand", years, "angebotsstand", lambda code: code if code == "heute" else f"Ende {code}")
    return today if picked == "heute" else date(int(picked), 12, 31)


def asked(found: Sequence[Offer], known: Snapshot, day: date, *, by_district: bool = True) -> board.Choice:
    """Which offers are looked at; a map shows all districts, so there none is asked for."""
    places = iter(st.columns(3 + by_district))
    topics = {name: name for name in sorted({one.topic for one in found})}
    languages = {name: name for name in board.named(found, "languages")}
    groups = {name: name for name in board.named(found, "target_groups")}
    with next(places):
        topic = measure_list.of("Thema des Angebots", "angebotsthema", topics)
    district = ""
    if by_district:
        with next(places):
            districts = board.columns_of(found, "districts", known.catalogue, day)
            district = measure_list.of("Gebiet des Angebots", "angebotsgebiet", districts)
    with next(places):
        language = measure_list.of("Sprache", "sprache", languages)
    with next(places):
        group = measure_list.of("Zielgruppe", "zielgruppe", groups)
    return board.Choice(topic, district, language, group)


def _forms(every: Sequence[Offer]) -> None:
    """All of an offer for the office; place, languages, times and end for its provider."""
    if may(session.user(), Action.DELIVER):
        standing_form.either(OFFERS, "Angebot", {one.name: one.name for one in every}, {})
        return
    own = {one.name: one for one in every if may(session.user(), Action.DELIVER, one.reporter)}
    if own:
        name = st.selectbox("Eigenes Angebot", list(own), key="own-offer")
        reported = [field for field in OFFERS.fields if field.reported]
        standing_form.change(OFFERS, own[name], "Angaben ändern", reported, {})
