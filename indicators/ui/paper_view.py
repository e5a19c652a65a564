"""The page on which the office makes a paper for committees: of a meeting's decision, or of a frozen report."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import streamlit as st

from indicators import german
from indicators.access import Action, demand
from indicators.boards import slide_board
from indicators.errors import MonitoringError
from indicators.knowledge import paper_drafts
from indicators.knowledge.bodies import BodyKind, bodies
from indicators.knowledge.decisions import Decision, decisions
from indicators.knowledge.measures import Measure
from indicators.knowledge.meeting_records import Meeting
from indicators.knowledge.paper_drafts import Draft, Part, Station
from indicators.knowledge.snapshot import Snapshot
from indicators.moments import local_day
from indicators.papers import deck as decks
from indicators.papers import measure_paper, paper, paper_word
from indicators.papers.deck import Deck
from indicators.papers.forms import NEUTRAL, Form, forms
from indicators.papers.paper import Paper
from indicators.papers.word_writer import MIME
from indicators.reports import frozen
from indicators.reports.making import word_template
from indicators.reports.report import Report
from indicators.ui import filters, html, kept, kept_maps, session
from indicators.ui.downloads import download

ORIGIN = "zu"
DECISION, REPORT, MEASURE = "beschluss", "bericht", "massnahme"
LONGEST_NAME = 90
MORE_STATIONS = 2
"""Empty lines for further committees; each time a paper is saved there are as many again."""


@dataclass(frozen=True)
class Source:
    """What a paper is made of: a decision with its meeting, a report, or a measure. `titles` are the indicators that
    its reasons can show."""

    origin: str
    begun: Callable[[str], Draft]
    made: Callable[[Draft, Form], Paper]
    titles: Mapping[str, str]


def of_decision(number: int) -> str:
    """How an address names a decision as the source of a paper."""
    return f"{DECISION}:{number}"


def of_report(number: int) -> str:
    return f"{REPORT}:{number}"


def of_measure(name: str) -> str:
    return f"{MEASURE}:{name}"


def chosen() -> Source | None:
    """The decision, report or measure that the address names; the latest decision by default; None for nothing."""
    held = {one.number: one for one in kept.all_meetings()}
    decided = {of_decision(one.number): one for one in reversed(decisions(session.store())) if one.meeting in held}
    reports = {of_report(one.number): one for one in frozen.everything(session.store())}
    titles = {code: f"{held[one.meeting].name}: {one.wording}" for code, one in decided.items()}
    titles |= {code: f"Bericht Nr. {one.number}: {one.title}" for code, one in reports.items()}
    known = kept.shared(None)
    measures = {of_measure(one.name): one for one in kept.measures(known)}
    titles |= {code: f"Maßnahme {one.name}: {one.title}" for code, one in measures.items()}
    if not titles:
        return None
    origin = filters.choice(
        "Beschluss, Bericht oder Maßnahme",
        list(titles),
        ORIGIN,
        lambda code: slide_board.shortened(titles[code], LONGEST_NAME),
    )
    if origin in decided:
        return _decision(origin, decided[origin], held[decided[origin].meeting])
    if origin in measures:
        return _measure(origin, measures[origin], known)
    return _report(origin, frozen.report(session.store(), reports[origin].number))


def _decision(origin: str, decision: Decision, meeting: Meeting) -> Source:
    known, maps = kept.shared(meeting.moment), kept_maps.slide_map(meeting)
    found: Deck = decks.deck(session.store(), kept.all_meetings(), meeting, known, kept.since, mapped=maps)
    today = local_day(session.now())
    return Source(
        origin,
        lambda form: paper.proposed_by_decision(found, decision, origin, form),
        lambda draft, form: paper.of_decision(found, decision, draft, form, today),
        {code: f"{code} {one.title}" for code, one in found.known.catalogue.indicators.items()},
    )


def _report(origin: str, report: Report) -> Source:
    today = local_day(session.now())
    entries = [entry for chapter in report.chapters for entry in chapter.entries]
    return Source(
        origin,
        lambda form: paper.proposed_by_report(report, origin, form),
        lambda draft, form: paper.of_report(report, draft, form, today),
        {entry.code: f"{entry.code} {entry.title}" for entry in entries},
    )


def _measure(origin: str, one: Measure, known: Snapshot) -> Source:
    today, found = local_day(session.now()), kept.consultations(known)
    return Source(
        origin,
        lambda form: measure_paper.proposed(known, one, found, origin, form, today),
        lambda draft, form: measure_paper.of_measure_paper(known, one, draft, form, today),
        {code: f"{code} {indicator.title}" for code, indicator in known.catalogue.indicators.items()},
    )


def draft_of(source: Source) -> Draft:
    """What was typed last, or what a fresh paper begins with: in the form used last, through the same committees."""
    store = session.store()
    if found := paper_drafts.latest(store, source.origin):
        return found if found.form in forms() else replace(found, form=NEUTRAL)
    last = paper_drafts.last_of_all(store)
    form = last.form if last and last.form in forms() else NEUTRAL
    begun = source.begun(form)
    return replace(begun, stations=begun.stations or _usual_stations(form))


def _usual_stations(form: str) -> tuple[Station, ...]:
    """The committees of the last paper in this form, their days open; else the committees that the city has entered."""
    before = paper_drafts.last_of_all(session.store(), form)
    if before and before.stations:
        return tuple(replace(one, day=None) for one in before.stations)
    return tuple(Station(one.name) for one in bodies(session.store()) if one.kind is BodyKind.COMMITTEE)


def form(draft: Draft) -> Form:
    """Which city's form; what is picked is remembered at once, for this paper and as the first choice of the next."""
    codes = list(forms())
    picked = st.selectbox(
        "Formular",
        codes,
        codes.index(draft.form),
        key=f"paper-form-{draft.origin}-{draft.form}",
        format_func=lambda code: forms()[code].title,
    )
    if picked != draft.form:
        try:
            demand(session.user(), Action.MEETINGS)
            _keep(replace(draft, form=picked))
        except MonitoringError as error:
            st.error(html.plain(str(error)), icon=":material/error:")
        else:
            st.rerun()
    titles = german.enumeration([block.title for block in forms()[picked].blocks])
    st.caption(html.plain(f"Blöcke: {titles}. Was hier niemand wissen kann, steht in der Datei gelb zum Ergänzen."))
    return forms()[picked]


def asked(source: Source, draft: Draft, chosen_form: Form) -> None:
    """The fields of the paper, filled with what is known."""
    version = hashlib.sha256(repr(draft).encode()).hexdigest()[:8]  # fresh fields after each change
    key = f"paper-{version}"
    with st.form(key):
        left, right = st.columns([4, 1])
        subject = left.text_input(
            "Betreff", draft.subject, max_chars=paper_drafts.LONGEST_SUBJECT, key=f"{key}-subject"
        )
        number = right.text_input("Nummer", draft.number, max_chars=paper_drafts.LONGEST_NUMBER, key=f"{key}-number")
        st.markdown("**Beratungsfolge**")
        stations = _stations(draft.stations, chosen_form, key)
        proposal = st.text_area("Beschlussvorschlag", draft.proposal, key=f"{key}-proposal", height=110)
        effects = st.text_area(
            "Finanzielle Auswirkungen", draft.effects, key=f"{key}-effects", height=80,
            placeholder="Leer heißt: in der Datei steht „bitte ergänzen“.",
        )  # fmt: skip
        shown = st.multiselect(
            "Kennzahlen mit Diagramm und Tabelle in der Begründung",
            list(source.titles),
            [code for code in draft.shown if code in source.titles],
            format_func=source.titles.__getitem__,
            key=f"{key}-shown",
            max_selections=paper_drafts.MOST_SHOWN,
            placeholder="Wählen oder einen Teil des Namens eingeben",
        )
        if st.form_submit_button("Vorlage speichern", icon=":material/save:"):
            try:
                demand(session.user(), Action.MEETINGS)
                typed = replace(draft, form=chosen_form.code, subject=subject, number=number, proposal=proposal)
                _keep(replace(typed, effects=effects, shown=tuple(shown), stations=tuple(stations())))
            except MonitoringError as error:
                st.error(html.plain(str(error)), icon=":material/error:")
            else:
                st.rerun()


def _stations(kept_ones: Sequence[Station], chosen_form: Form, key: str) -> Callable[[], list[Station]]:
    """A line a committee, and empty ones for more; what comes back reads them when it is called. A line without a name
    is left out. Raises MonitoringError for a day that is none."""
    lines = []
    blank = [Station("")] * MORE_STATIONS
    for place, one in enumerate((*kept_ones, *blank)):
        name, day, public, part = st.columns([4, 2, 2, 2])
        here = f"{key}-station-{place}"
        label = f"{place + 1}. Gremium"
        lines.append(
            (
                name.text_input(label, one.committee, max_chars=paper_drafts.LONGEST_COMMITTEE, key=f"{here}-name"),
                day.text_input(
                    "Datum", german.day(one.day) if one.day else "", key=f"{here}-day", placeholder="14.11.2026"
                ),
                public.selectbox(
                    "Öffentlichkeit", [OPEN, CLOSED], int(not one.public), key=f"{here}-public"
                ),
                part.selectbox(
                    "Zuständigkeit", PARTS, PARTS.index(one.part), key=f"{here}-part",
                    format_func=chosen_form.parts.__getitem__,
                ),
            )
        )  # fmt: skip

    def read() -> list[Station]:
        return [
            Station(" ".join(name.split()), german.parse_day(day) if day.strip() else None, public == OPEN, part)
            for name, day, public, part in lines
            if name.strip()
        ]

    return read


PARTS = list(Part)
OPEN, CLOSED = "öffentlich", "nichtöffentlich"


def _keep(draft: Draft) -> None:
    demand(session.user(), Action.MEETINGS)
    paper_drafts.keep(session.store(), draft, session.user().name, session.now())


def offer(source: Source, draft: Draft, chosen_form: Form) -> None:
    """The paper as a file, as it was saved last."""
    own = word_template(session.settings().report_folder)
    made = replace(source.made(replace(draft, form=chosen_form.code), chosen_form), word_template=own)
    content = paper_word.render(made)
    digest = hashlib.sha256(content).hexdigest()[:12]
    st.caption(html.plain(f"{made.source} {made.state.rstrip('.')}. Kleine Zahlen sind gesperrt."))
    download(
        "Vorlage herunterladen (Word)",
        lambda: content,
        action=Action.EXPORT,
        file_name=paper_word.file_name(made, digest),
        mime=MIME,
        key=f"paper-file-{digest}",
    )
