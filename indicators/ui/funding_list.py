"""The funding agreements: filters, search, what runs out, sums, and the way to one of them."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from indicators import german
from indicators.boards import fields
from indicators.boards import funding as board
from indicators.boards.funding import Choice
from indicators.catalogue import Catalogue
from indicators.datasets import FUNDING
from indicators.knowledge.funding import ENDING, STATES, Agreement
from indicators.knowledge.snapshot import Snapshot
from indicators.periods import Period
from indicators.ui import filters, html, measure_list, saved, show

PAGE, ONE = "funding", "vereinbarung"
SHOWN = 60


def picked(found: Sequence[Agreement]) -> Agreement | None:
    """The agreement that is chosen or that the address names; None for the list of all."""
    if not found:
        return None
    by_name = {one.name: one for one in found}
    titles = {measure_list.ALL: f"alle {len(found)} als Liste"} | {
        name: board.called(one) for name, one in by_name.items()
    }
    return by_name.get(filters.choice("Vereinbarung", list(titles), ONE, titles.__getitem__))


def chosen(known: Snapshot, found: Sequence[Agreement]) -> list[Agreement]:
    """What the filters ask for, with how much of it runs out."""
    catalogue, day = known.catalogue, measure_list.today(known)
    saved.links(PAGE)
    wanted = board.chosen(found, _wanted(found, catalogue, day), catalogue, day)
    soon = sum(one.stands(day) == ENDING for one in wanted)
    of = german.counted(len(found), "Vereinbarung", "Vereinbarungen")
    st.caption(f"{len(wanted)} von {of}, davon {german.counted(soon, 'läuft', 'laufen')} bald aus")
    return wanted


def listed(known: Snapshot, found: Sequence[Agreement]) -> None:
    catalogue, day = known.catalogue, measure_list.today(known)
    period = year(found, day)
    table(found[:SHOWN], catalogue, period, day)
    if rest := found[SHOWN:]:
        with st.expander(german.counted(len(rest), "weitere Vereinbarung", "weitere Vereinbarungen")):
            table(rest, catalogue, period, day)
    whole = board.list_figure(found, catalogue, period, day, known.since)
    show.legend(whole.note)
    show.downloads([whole])


def ending(known: Snapshot, found: Sequence[Agreement]) -> None:
    """What runs out when, and what must be negotiated by when."""
    _shown(board.ending_figure(found, known.catalogue, measure_list.today(known), known.since))


def sums(known: Snapshot, found: Sequence[Agreement]) -> None:
    """What is paid, by group and by funder."""
    day = measure_list.today(known)
    period = year(found, day)
    by = filters.choice("Nach", list(board.BY), "foerderung-nach", board.BY.__getitem__)
    _shown(board.sums_figure(found, by, known.catalogue, period, day, known.since))


def _shown(figure: board.Figure) -> None:
    st.subheader(figure.title)
    if figure.frame.empty:
        st.write("Dazu gibt es nichts.")
        return
    show.table(figure)
    show.legend(figure.note)
    show.downloads([figure])


def year(found: Sequence[Agreement], day: date) -> Period:
    """The year whose money is shown, this one first."""
    first = min((one.start.year for one in found), default=day.year)
    years = [str(number) for number in (day.year, *range(day.year - 1, first - 1, -1), day.year + 1)]
    return Period.parse(filters.choice("Jahr", list(dict.fromkeys(years)), "foerderjahr", str))


def table(found: Sequence[Agreement], catalogue: Catalogue, period: Period, day: date) -> None:
    if found:
        html.template("funding", rows=[_row(one, catalogue, period, day) for one in found], year=period.label)


def _row(one: Agreement, catalogue: Catalogue, period: Period, day: date) -> dict[str, object]:
    state, end, negotiate = one.stands(day), one.end(day), one.negotiate_by(day)
    asked = bool(negotiate) and not one.renewed_by and state != board.OVER
    money, whole = _money(one, period, day)
    return {
        "address": html.link(PAGE, **{ONE: one.name}),
        "number": one.text("number"),
        "subject": one.subject,
        "reporter": catalogue.reporter_name(one.reporter),
        "topic": one.text("topic"),
        "districts": fields.said(FUNDING.field("districts"), one, catalogue),
        "term": f"{german.day(one.start)} bis {german.day(end) if end else 'auf Dauer'}",
        "negotiate": f"neu verhandeln bis {german.day(negotiate)}" if asked and negotiate else "",
        "late": bool(asked and negotiate and negotiate < day),
        "sign": board.SIGNS[state],
        "state": state,
        "money": money,
        "whole": whole,
    }


def _money(one: Agreement, period: Period, day: date) -> tuple[str, str]:
    """The city's part, and beside it the whole where others give too."""
    if not one.runs_in(period, day):
        return "", ""
    paid, whole = one.subsidy(period, day), one.total(period, day)
    if paid.counted is None or whole is None:
        return "", ""
    said = f"{german.with_unit(paid.counted, 2, 'Euro')}{'' if paid.granted is not None else ' (gerechnet)'}"
    return said, f"mit allen Förderern {german.with_unit(whole, 2, 'Euro')}" if whole > paid.counted else ""


def _wanted(found: Sequence[Agreement], catalogue: Catalogue, day: date) -> Choice:
    """What the filters ask for; each offers what there is."""
    reporters = {code: catalogue.reporter_name(code) for code in sorted({one.reporter for one in found})}
    topics = {name: name for name in sorted({board.topic(one) for one in found})}
    used = {code for one in found for code in one.codes("districts")}
    districts = {code: fields.title_of(catalogue, FUNDING.field("districts"), code) for code in sorted(used)}
    states = {word: board.titled(word) for word in STATES if any(one.stands(day) == word for one in found)}
    word = filters.search("Zum Beispiel: Beratung, Nordstadt, Land")
    places = st.columns(4)
    with places[0]:
        reporter = measure_list.of("Träger", "traeger", reporters)
    with places[1]:
        topic = measure_list.of("Thema", "thema", topics)
    with places[2]:
        district = measure_list.of("Gebiet", "foerdergebiet", districts)
    with places[3]:
        state = measure_list.of("Stand", "vertragsstand", states)
    return Choice(reporter, topic, district, state, word)
