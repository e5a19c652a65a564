"""The goals of all agreements as a list: filters, what is due, rates, and the way to one of them."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from indicators import german
from indicators.boards import agreements as board
from indicators.boards.agreements import Choice
from indicators.catalogue import Catalogue
from indicators.knowledge.agreements import DUE, Goal
from indicators.knowledge.snapshot import Snapshot
from indicators.ui import filters, html, kept, measure_list, show

ONE = "vereinbartes-ziel"


def picked(known: Snapshot, found: Sequence[Goal]) -> Goal | None:
    """The goal that is chosen or that the address names; None for the list of all."""
    if not found:
        return None
    by_name = {one.name: one for one in found}
    titles = {measure_list.ALL: f"alle {len(found)} als Liste"}
    titles |= {name: board.called(one, known.catalogue) for name, one in by_name.items()}
    return by_name.get(filters.choice("Ziel", list(titles), ONE, titles.__getitem__))


def overview(known: Snapshot, found: Sequence[Goal]) -> None:
    """What is chosen, what is due of it, the rates, and the files."""
    if not found:
        st.write("Noch ist kein Ziel eingetragen.")
        return
    catalogue, day = known.catalogue, measure_list.today(known)
    chosen = board.chosen(found, _wanted(found, catalogue, day), day)
    due = [one for one in chosen if one.stands(day) == DUE]
    st.caption(f"{len(chosen)} von {german.counted(len(found), 'Ziel', 'Zielen')}, davon {len(due)} zu überprüfen")
    table(chosen, catalogue, day)
    whole = board.list_figure(chosen, catalogue, day, kept.reached(known, chosen), known.since)
    show.legend(whole.note)
    if chosen:
        show.downloads([whole])
        st.header("Wie viele Ziele erreicht wurden")
        by = filters.choice("Nach", list(board.BY), "quoten-nach", board.BY.__getitem__)
        rates = board.rates_figure(chosen, by, catalogue, known.since)
        if rates.spec is not None:
            show.show(rates)
            show.table(rates)
        else:
            st.write("Noch ist nichts vereinbart.")


def table(found: Sequence[Goal], catalogue: Catalogue, day: date) -> None:
    if found:
        html.template("agreements", rows=[_row(one, catalogue, day) for one in found])


def _row(one: Goal, catalogue: Catalogue, day: date) -> dict[str, object]:
    state, talk, coming = one.stands(day), one.talk_due(day), one.next_talk(day)
    due, review = one.day("due"), one.review_due
    return {
        "address": html.link("agreements", **{ONE: one.name}),
        "number": one.text("number"),
        "title": one.title,
        "year": one.year,
        "reporter": catalogue.reporter_name(one.reporter),
        "sign": board.SIGNS[state],
        "state": state,
        "late": state == DUE,
        "consequence": one.text("consequence"),
        "due": german.day(due) if due else "",
        "review": german.day(review) if review else "",
        "talk": f"Zwischengespräch vom {german.day(talk)} offen" if talk else "",
        "coming": f"Zwischengespräch am {german.day(coming)}" if coming else "",
    }


def _wanted(found: Sequence[Goal], catalogue: Catalogue, day: date) -> Choice:
    years = sorted({one.year for one in found}, reverse=True)
    reporters = {code: catalogue.reporter_name(code) for code in sorted({one.reporter for one in found})}
    states = {word: board.titled(word) for word in board.STATES if any(one.stands(day) == word for one in found)}
    places = st.columns(3)
    with places[0]:
        reporter = measure_list.of("Stelle", "stelle", reporters)
    with places[1]:
        year = measure_list.of("Jahr", "jahr", {year: year for year in years})
    with places[2]:
        state = measure_list.of("Stand", "zielstand", states)
    return Choice(reporter, year, state)
