"""The measures as a list: filters, search, sums, groups, and the way to one of them."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from indicators import german
from indicators.access import Action, may, permitted
from indicators.boards import fields, measure_time
from indicators.boards import measures as board
from indicators.boards.measures import Choice
from indicators.catalogue import Catalogue
from indicators.datasets import MEASURES
from indicators.datasets.listed.standing import Standing
from indicators.datasets.measures import STATUSES
from indicators.knowledge.measures import Measure
from indicators.knowledge.snapshot import Snapshot
from indicators.moments import local_day
from indicators.ui import filters, html, saved, session, show
from indicators.ui.delivering import template_offer
from indicators.ui.folds import fold

PAGE, ONE = "measures", "massnahme"
ALL = "alle"
SHOWN = 60


def today(known: Snapshot) -> date:
    """The day that is looked from."""
    return local_day(min(known.moment, session.now()))


def picked(found: Sequence[Measure]) -> Measure | None:
    """The measure that is chosen or that the address names; None for the list of all."""
    if not found:
        return None
    by_name = {one.name: one for one in found}
    titles = {ALL: f"alle {len(found)} als Liste"} | {name: one.called for name, one in by_name.items()}
    return by_name.get(filters.choice("Maßnahme", list(titles), ONE, titles.__getitem__))


def overview(known: Snapshot, found: Sequence[Measure]) -> None:
    """What is chosen, with its sums, and the files of it."""
    if not found:
        st.write("Noch ist keine Maßnahme eingetragen.")
        return
    catalogue, day = known.catalogue, today(known)
    saved.links(PAGE)
    chosen = board.chosen(found, _wanted(found, catalogue, day), catalogue, day)
    late = sum(bool(one.overdue(day)) for one in chosen)
    st.caption(f"{len(chosen)} von {german.counted(len(found), 'Maßnahme', 'Maßnahmen')}, davon {late} überfällig")
    view = filters.choice("Darstellung", list(VIEWS), "darstellung", VIEWS.__getitem__)
    if chosen:
        VIEW[view](known, chosen)
    saved.manage(PAGE)


def _listed(known: Snapshot, chosen: Sequence[Measure]) -> None:
    catalogue, day = known.catalogue, today(known)
    table(chosen[:SHOWN], catalogue, day)
    if rest := chosen[SHOWN:]:
        with st.expander(german.counted(len(rest), "weitere Maßnahme", "weitere Maßnahmen")):
            table(rest, catalogue, day)
    whole = board.list_figure(chosen, catalogue, day, known.since)
    sums = board.sums_figure(chosen, known.since)
    show.legend(whole.note)
    show.downloads([whole, sums])
    _sums(known, chosen)


def _in_time(known: Snapshot, chosen: Sequence[Measure]) -> None:
    """The terms on one axis, in words beside it."""
    catalogue, day = known.catalogue, today(known)
    by = filters.choice("Zeitleiste nach", list(measure_time.BY), "zeitleiste", measure_time.BY.__getitem__)
    line = measure_time.time_line(chosen, by, catalogue, day)
    every = 1 + len(line.years) // 8  # so that their numbers do not meet
    html.template("measure_time", line=line, signs=board.SIGNS, every=every, today=f"Stand {german.day(day)}")
    show.downloads([measure_time.figure(line, by, catalogue, known.since)])


def _by_change(known: Snapshot, chosen: Sequence[Measure]) -> None:
    """What was changed last, the newest first."""
    who = may(session.user(), Action.HISTORY)
    changes = measure_time.changes_figure(chosen, known.catalogue, known.since, who=who)
    show.table(changes)
    show.downloads([changes])


VIEWS = {"liste": "Liste", "zeitleiste": "Zeitleiste", "aenderungen": "Letzte Änderungen"}
VIEW = {"liste": _listed, "zeitleiste": _in_time, "aenderungen": _by_change}


def table(found: Sequence[Measure], catalogue: Catalogue, day: date) -> None:
    if found:
        html.template("measures", rows=[_row(one, catalogue, day) for one in found])


def _row(one: Measure, catalogue: Catalogue, day: date) -> dict[str, object]:
    end = one.day("end")
    return {
        "address": html.link("measures", **{ONE: one.name}),
        "number": one.text("number"),
        "title": one.title,
        "concept": one.text("concept"),
        "fields": [fields.title_of(catalogue, MEASURES.field("field"), code) for code in one.codes("field")],
        "reporter": catalogue.reporter_name(one.reporter),
        "sign": board.SIGNS.get(one.status, ""),
        "status": one.status,
        "since": german.day(one.stands_since),
        "end": german.day(end) if end else "dauerhaft" if one.text("permanent") == "ja" else "",
        "overdue": one.overdue(day),
        "changed": german.day(local_day(one.at)),
    }


def _wanted(found: Sequence[Measure], catalogue: Catalogue, day: date) -> Choice:
    """What the filters ask for; each offers what there is."""
    concepts = sorted({one.text("concept") or board.NOWHERE for one in found})
    named = {code: {used for one in found for used in one.codes(code)} for code in ("field", "goal")}
    fields = {one.code: f"{one.code} – {one.title}" for one in catalogue.fields if one.code in named["field"]}
    goals = {
        code: f"{code} {title}"
        for code, title in catalogue.goals.items()
        if any(board.within(used, code) for used in named["goal"])
    }
    reporters = {code: catalogue.reporter_name(code) for code in sorted({one.reporter for one in found})}
    statuses = {word: board.titled(word) for word in STATUSES if any(one.status == word for one in found)}
    word = filters.search("Zum Beispiel: Sprachkurs, Mütter, Förderung")
    first, second = st.columns(3), st.columns(3, vertical_alignment="bottom")
    with first[0]:
        concept = of("Konzept", "konzept", {name: name for name in concepts})
    with first[1]:
        field = of("Handlungsfeld", "hf", fields)
    with first[2]:
        goal = of("Ziel", "ziel", goals)
    with second[0]:
        reporter = of("Zuständig", "stelle", reporters)
    with second[1]:
        status = of("Status", "umsetzung", statuses)
    with second[2]:
        late = of("Fristen", "frist", {"ueberfaellig": "nur überfällige"})
    return Choice(concept, field, goal, reporter, status, bool(late), word)


def of(label: str, parameter: str, titles: dict[str, str]) -> str:
    """One of the codes, empty for all."""
    options = {ALL: "alle"} | titles
    found = filters.choice(label, list(options), parameter, options.__getitem__)
    return "" if found == ALL else found


def _sums(known: Snapshot, chosen: Sequence[Measure]) -> None:
    st.header("Kosten und Stellen")
    sums = board.sums_figure(chosen, known.since)
    show.table(sums)
    show.legend(sums.note)
    st.header("Zusammengefasst")
    by = filters.choice("Nach", list(board.GROUPS), "nach", board.GROUPS.__getitem__)
    grouped = board.grouped_figure(chosen, by, known.catalogue, today(known), known.since)
    show.table(grouped)
    show.legend(grouped.note)
    show.downloads([grouped])


def files(*data_sets: Standing) -> None:
    """The lists to be filled in Excel, and the way back."""
    user = session.user()
    if not permitted(user, Action.TEMPLATE, session.catalogue().reporters):
        return

    def fill() -> None:
        for data_set in filter(template_offer.hands_out, data_sets):
            if len(data_sets) > 1:
                st.markdown(f"**{data_set.title}**")
            template_offer.of_list(data_set)
        if may(user, Action.DELIVER) or permitted(user, Action.DELIVER, session.catalogue().reporters):
            st.page_link("pages/deliver.py", label="Ausgefüllt hochladen", icon=":material/upload_file:")

    fold("Liste in Excel bearbeiten", f"{data_sets[0].code}-files", fill)
