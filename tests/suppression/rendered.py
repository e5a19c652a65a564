"""The list is complete: what pages really show depends on nothing that is not on it.

    python -m tests.suppression.rendered [CITIES] [FIRST]

For a city over time an onlooker's programme finds another world: other hidden numbers, everything on the list the same.
Both are put in databases, what is hidden is kept as it is, and every page, download, preview and receipt is made of
both, for every role and in several states. A byte that differs is a number that some page shows beside the list.
"""

import random
import shutil
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
import streamlit as st
from scipy.optimize import linprog
from streamlit.testing.v1 import AppTest

from indicators.access import Assignment, Role, assign
from indicators.access.matrix import PAGES
from indicators.boards.since_meeting import Since, since
from indicators.catalogue import Catalogue
from indicators.deliveries.staging import stage
from indicators.exports import FORMATS
from indicators.knowledge import releases, snapshot
from indicators.knowledge.meeting_records import meetings
from indicators.ledger import versions
from indicators.ledger.commits import Upload
from indicators.model import Breakdown
from indicators.papers.deck import deck
from indicators.papers.formats import FILES as MEETING_FILES
from indicators.papers.handout import handout
from indicators.periods import Period
from indicators.reports.compose import Wish
from indicators.reports.formats import FORMATS as REPORTS
from indicators.reports.making import make
from indicators.reports.report import Kind
from indicators.store import Store
from indicators.suppression import Hidden, hidden_in_every_view
from indicators.templates.template import build_template, fill_template
from indicators.ui import login, session
from tests.pages.conftest import DASHBOARD
from tests.pages.test_pages import opened
from tests.pages.test_roles import AUTH, came
from tests.pages.test_secrecy import figures, sent
from tests.suppression.furnished import GOAL, MEASURE, UNIT, furnish
from tests.suppression.onlooker import EPSILON, Atom, Onlooker, Solver
from tests.suppression.stories import BEGIN, Event, Story, home, story
from tests.suppression.test_proof import kept

NOW = BEGIN + timedelta(days=300)
INSIDER = "AWO"
PEOPLE = ((Role.STEERING, ()), (Role.REPORTER, (INSIDER,)), (Role.READER, ()))
GROUPS = {"wer": "wer=u18", "geschlecht": "geschlecht=w", "gebiet": "gebiet=west"}
View = tuple[str, dict[str, str]]
"""A page with the parameters of its address."""
NOTHING = (
    "Folie nicht gefunden",
    "Maßnahme nicht gefunden",
    "Ziel nicht gefunden",
    "Bitte melden Sie sich neu an",
    "Dafür fehlt Ihnen das Recht",
    "Noch kein Zugang",
)
"""What a page says that shows no figure at all: two worlds would be the same there, and prove nothing."""
TEXTS = ("csv", "csv-machine", "svg")
PAPERS = ("html", "xlsx", "docx")


def another_world(city: Story, hidden: Hidden, seed: int) -> Story | None:
    """The same to everybody but the office, AWO included; None where nothing else is possible."""
    chance = np.random.default_rng(seed)
    onlooker = Onlooker(city, hidden)
    solver = Solver(onlooker.known, onlooker.knowing(INSIDER))
    atoms = list(solver.atoms)
    bounds = [
        (low, low if high == low else atom[4] + 9) for atom, (low, high) in zip(atoms, solver.bounds, strict=True)
    ]
    for _ in range(5):
        solved = linprog(chance.normal(size=len(atoms)), **{**solver.rest, "bounds": bounds})
        if solved.status != 0:
            continue
        numbers = dict(zip(atoms, np.round(solved.x), strict=True))
        sums = ((low, sum(f * numbers[atom] for atom, f in line.items()), high) for low, line, high in onlooker.known)
        if all(low - EPSILON <= number <= high + EPSILON for low, number, high in sums):
            changed = {atom: float(number) for atom, number in numbers.items() if number != atom[4]}
            if changed:
                return _with_numbers(city, changed)
    return None


def _with_numbers(city: Story, changed: Mapping[Atom, float]) -> Story:
    def says(event: Event) -> Event:
        found = {
            (code, who, period): {
                group: changed.get((home(code), who, group, period, number), number) for group, number in counts.items()
            }
            for (code, who, period), counts in event.says.items()
        }
        return replace(event, says=found)

    return Story(tuple(says(step) if isinstance(step, Event) else step for step in city.steps))


def views(catalogue: Catalogue, states: list[int]) -> Iterator[View]:
    """Every page, in the present and in earlier states."""
    yield from ((page, {}) for page in ("definitions", "deliveries", "meetings", "bericht"))
    yield from office(catalogue)
    for stand in ("", *(f"nr{state}" for state in states)):
        at = {"stand": stand} if stand else {}
        yield "overview", at
        yield "field", {"feld": "C", **at}
        for number, code in enumerate(catalogue.indicators):
            (dimension,) = catalogue.indicator(code).breakdowns
            group = "gesamt" if number % 2 else GROUPS[dimension]
            for look in ("diagramm", "tabelle") if not stand else ("tabelle",):
                yield "indicator", {"kennzahl": code, "ansicht": look, "gruppe": group, **at}
    yield "what_if", {"kennzahl": next(iter(catalogue.indicators))}


def office(catalogue: Catalogue) -> Iterator[View]:
    """What speaks of the figures in other places: measures, agreements, papers and every slide of the meeting."""
    yield from (("measures", one) for one in ({}, {"massnahme": MEASURE}))
    yield "agreements", {}
    for number in range(1, len(catalogue.indicators) + 1):
        yield "agreements", {"vereinbartes-ziel": f"{UNIT} · {GOAL} {number}"}
    yield from (("paper", {"zu": origin}) for origin in ("beschluss:1", "bericht:1", f"massnahme:{MEASURE}"))
    yield "meeting", {"sitzung": "2", "ansicht": "druck"}
    slides = ("titel", "beschluesse", "feld-C", "ziel-C-1.1", *(f"kennzahl-{code}" for code in catalogue.indicators))
    yield from (("meeting", {"sitzung": "2", "ansicht": "folien", "folie": slide}) for slide in slides)


def control(catalogue: Catalogue) -> Iterator[View]:
    """Where the office, who may see all, has to see the difference: else pages that are alike would prove nothing."""
    yield "measures", {"massnahme": MEASURE}
    for code in catalogue.indicators:
        (dimension,) = catalogue.indicator(code).breakdowns
        for group in ("gesamt", GROUPS[dimension]):
            yield "indicator", {"kennzahl": code, "ansicht": "tabelle", "gruppe": group}


class Installation:
    """One world after the other in the same place."""

    def __init__(self, folder: Path, catalogue: Catalogue, hidden: Hidden) -> None:
        self.folder, self.catalogue = folder, catalogue
        self.patch = pytest.MonkeyPatch()
        (folder / "data").mkdir(parents=True)
        shutil.copytree(catalogue.folder, folder / "definitions")
        self.patch.setenv("MONITORING_HOME", str(folder))
        self.patch.setenv("MONITORING_KEEP_DAILY", "0")
        self.patch.setattr(login, "auth_section", lambda: AUTH)
        self.patch.setattr("indicators.ui.session.utc_now", lambda: NOW)
        self.patch.setattr("indicators.knowledge.snapshot.hidden_in_every_view", lambda store, catalogue: hidden)

    def shows(self, city: Story, states: list[int], people: int) -> dict[str, str | bytes]:
        """Everything that somebody who is not of the office can get; `people` took part in the measure."""
        data = self.folder / "data"
        shutil.rmtree(data)
        data.mkdir()
        for numbers in self.folder.glob(".data-*"):  # else deliveries are numbered on from the other world's
            numbers.unlink()
        store, _ = kept(city, data / "monitoring.duckdb")
        for role, reporters in (*PEOPLE, (Role.OFFICE, ())):
            assign(store, f"{role}@stadt.de", Assignment(frozenset({role}), frozenset(reporters)), "IT", NOW)
        for code in self.catalogue.indicators:
            releases.release(store, code, NOW, "Stabsstelle", NOW, "Beschluss")
        furnish(store, self.catalogue, NOW - timedelta(hours=1), people)
        found = {**self._downloads(store, city, states), **self._papers(store), **self._uploads(store)}
        store.close()
        st.cache_resource.clear()
        published = (("published", {"kennzahl": code}) for code in self.catalogue.indicators)
        wanted = [*views(self.catalogue, states), *published]
        for role, _ in PEOPLE:
            found |= self._pages(role, [view for view in wanted if view[0] in PAGES[role]])
        found |= self._pages(Role.OFFICE, control(self.catalogue))
        return found

    def _pages(self, role: Role, wanted: Iterable[View]) -> dict[str, str | bytes]:
        app = came(AppTest.from_file(str(DASHBOARD), default_timeout=600), NOW, email=f"{role}@stadt.de").run()
        found: dict[str, str | bytes] = {}
        for page, parameters in wanted:
            for old in list(app.query_params):
                del app.query_params[old]
            shown = sent(opened(app, page, **parameters))
            assert not any(words in shown for words in NOTHING), (role, page, parameters)
            found[f"{role} {page} {parameters}"] = shown
        session.store().close()
        st.cache_resource.clear()
        return found

    def _downloads(self, store: Store, city: Story, states: list[int]) -> dict[str, str | bytes]:
        found: dict[str, str | bytes] = {}
        for state in (None, *states):
            moment = (
                NOW if state is None else store.value("select happened_at from event where id = $id", {"id": state})
            )
            used = versions.hash_at(store, moment) or self.catalogue.version
            then = self.catalogue if used == self.catalogue.version else versions.load_version(store, used)
            seen = snapshot.take(store, then, moment, suppressed=True)
            earlier = snapshot.take(store, then, moment - timedelta(days=5), suppressed=True)
            for (number, group), name in product(enumerate(figures(store, seen, since(earlier, seen))), TEXTS):
                if FORMATS[name].suits(group):
                    found[f"download {state} {number} {name}"] = FORMATS[name].render(group)
        return found

    def _papers(self, store: Store) -> dict[str, str | bytes]:
        """The report in words and numbers, and what leaves the meeting."""
        seen = snapshot.take(store, self.catalogue, NOW, suppressed=True)
        report = make(store, seen, Wish(Kind.FULL), NOW.date())
        found: dict[str, str | bytes] = {f"report {name}": REPORTS[name].render(report) for name in PAPERS}
        held = meetings(store)
        [meeting] = [one for one in held if one.number == 2]
        then = snapshot.take(store, self.catalogue, meeting.moment, suppressed=True)

        def changed(known: snapshot.Snapshot, moment: datetime) -> Since:
            return since(snapshot.take(store, self.catalogue, moment, suppressed=True), known)

        carried = handout(deck(store, held, meeting, then, changed), NOW)
        return found | {f"meeting {name}": MEETING_FILES[name].render(carried) for name in MEETING_FILES}

    def _uploads(self, store: Store) -> dict[str, str | bytes]:
        """What AWO is told of a new workbook and of one that corrects what it delivered."""
        found: dict[str, str | bytes] = {}
        for period in (Period.quarter(2025, 4), Period.quarter(2026, 1), Period.of_year(2025)):
            there = self.catalogue.valid_in(period)
            names = [figure.code for figure in there.base_figures_of(INSIDER) if figure.frequency.covers(period)]
            if names:
                blank = build_template(self.catalogue, INSIDER, period)
                content = fill_template(blank, {(name, Breakdown()): 17.0 for name in names})
                staged = stage(store, self.catalogue, Upload("awo.xlsx", content, "Test"), NOW, INSIDER)
                found[f"upload {period}"] = repr((staged.findings, staged.preview, staged.blocked, staged.outcome))
        return found


def compared(seed: int) -> tuple[int, list[str], bool] | None:
    """How much was compared in a city, what differs, and whether the office sees an indicator differ; None where only
    one world is possible."""
    city = story(seed)
    store, catalogue = kept(city)
    hidden = hidden_in_every_view(store, catalogue)
    store.close()
    other = another_world(city, hidden, seed) if hidden.values else None
    if other is None:
        return None
    events = sum(isinstance(step, Event) for step in city.steps)
    states = sorted(random.Random(seed).sample(range(1, events), 2))
    with TemporaryDirectory() as folder:
        place = Installation(Path(folder) / "stadt", catalogue, hidden)
        try:
            first, second = place.shows(city, states, 1), place.shows(other, states, 2)
        finally:
            place.patch.undo()
    assert first.keys() == second.keys()
    differ = [name for name in first if first[name] != second[name]]
    seen = [name for name in differ if name.startswith(Role.OFFICE)]
    assert any("measures" in name for name in seen), "even the office sees no difference"
    unlike = [name for name in differ if name not in seen]
    return len(first), unlike, any("indicator" in name for name in seen)


def main(cities: int, first: int) -> None:
    began, done, views_seen, different, seen = time.perf_counter(), 0, 0, 0, 0
    seed = first
    while done < cities:
        if result := compared(seed):
            count, unlike, office_sees = result
            done, views_seen, different = done + 1, views_seen + count, different + len(unlike)
            seen += office_sees
            for name in unlike:
                print(f"city {seed}: {name}", flush=True)
            print(f"{done} cities, {views_seen} views and files, {different} differ; "
                  f"the office sees a difference in {seen}", flush=True)  # fmt: skip
        seed += 1
    assert 2 * seen >= done, "pages that even the office sees alike prove nothing"
    print(f"{time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 60, int(sys.argv[2]) if len(sys.argv) > 2 else 0)
