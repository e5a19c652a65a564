"""One meeting with slides of every kind, remarks, minutes and decisions, in a city where a slide's number is hidden."""

import shutil
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from indicators.boards.since_meeting import since
from indicators.catalogue import Catalogue, load
from indicators.deliveries.staging import confirm, stage
from indicators.knowledge import snapshot
from indicators.knowledge.bodies import bodies
from indicators.knowledge.decisions import Decision, DecisionState, keep_decision
from indicators.knowledge.meeting_records import Meeting, keep_meeting, meetings
from indicators.knowledge.minutes import write_minutes
from indicators.knowledge.slides import Slide, SlideKind, keep_plan
from indicators.papers import deck as decks
from indicators.papers.deck import Deck
from indicators.papers.formats import FILES
from indicators.papers.handout import Handout, handout
from indicators.store import Store
from tests.conftest import SMALL_CITY
from tests.pages.test_secrecy import yearly

NOW = datetime(2026, 2, 10, 9)
DELIVERED = datetime(2026, 1, 20)
REMARK = "Der Ausbau geht voran; die Fachkräfte fehlen <weiterhin>."
TYPED = "Frau Muster fragt nach.\n\nEinstimmig & ohne Aussprache."

FIELD_D = """field: D
title: Herkunft
guiding_goals: [{code: D-1, title: Ausländische Kinder gehen in die Kita.}]
indicators:
  - {code: D-01, title: Ausländische Kinder in der Kita, goal: D-1, kind: outcome,
     formula: 100 * kita_kinder / kinder, unit: Prozent, direction: up, headline: {herkunft: auslaendisch},
     definition: Anteil., source: Eigene Zählung, baseline: {period: "2020", value: 14.0},
     targets: [{period: "2030", value: 40.0}]}
"""


@pytest.fixture(scope="session")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    folder = tmp_path_factory.mktemp("met") / "definitions"
    shutil.copytree(SMALL_CITY, folder)
    (folder / "d_herkunft.yaml").write_text(FIELD_D, encoding="utf-8")
    return load(folder)


def held(store: Store) -> None:
    """Two meetings: what the first agreed is open, due, or was done since; the second is on the slides."""
    group = bodies(store)[0]
    keep_meeting(store, Meeting(0, group, date(2024, 5, 8)), "Kim", NOW)
    keep_meeting(store, Meeting(0, group, date(2026, 2, 4), "1. Sitzung 2026", ("Kita", "Sprache")), "Kim", NOW)
    composed = [
        Slide(SlideKind.INDICATOR, "D-01"),
        Slide(SlideKind.INDICATOR, "B-01", REMARK),
        Slide(SlideKind.INDICATOR, "B-02"),
        Slide(SlideKind.FIELD, "B"),
        Slide(SlideKind.GOAL, "B-1.1"),
    ]
    keep_plan(store, 2, composed, "Kim", NOW)
    for wording, due, state in (
        ("Plan für weitere Plätze", date(2025, 6, 30), DecisionState.AGREED),
        ("Träger befragen", date(2027, 6, 30), DecisionState.AGREED),
        ("Satzung ändern", None, DecisionState.DONE),
        ("Abgelehntes", None, DecisionState.REJECTED),
    ):
        keep_decision(store, Decision(0, 1, "kennzahl-B-01", wording, "FB 51", due, state), "Kim", NOW)
    own = Decision(0, 2, "kennzahl-B-01", "Zwei Gruppen mehr", "FB 51", date(2026, 6, 30), DecisionState.AGREED)
    keep_decision(store, own, "Kim", NOW)
    keep_decision(store, Decision(0, 2, "feld-B", "Ein Bericht über das Feld"), "Kim", NOW)
    for slide, text in (("titel", "Begrüßung"), ("kennzahl-B-01", TYPED), ("kennzahl-Z-99", "Von einer alten Folie")):
        write_minutes(store, 2, slide, text, "Kim", NOW)


@pytest.fixture(scope="session")
def met(
    catalogue: Catalogue, filled_database: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[float], Deck]:
    """The second meeting of a city in which so many foreign children are in day care in 2025."""

    def built(foreign: float) -> Deck:
        path = tmp_path_factory.mktemp("met") / "monitoring.duckdb"
        shutil.copy(filled_database, path)
        store = Store(path)
        staged = stage(store, catalogue, yearly(catalogue, foreign), DELIVERED)
        confirm(store, catalogue, staged, DELIVERED, dict.fromkeys(staged.to_explain, "geprüft"))
        held(store)
        found = meetings(store)
        [meeting] = [one for one in found if one.number == 2]

        def known(moment: datetime) -> snapshot.Snapshot:
            return snapshot.take(store, catalogue, moment, suppressed=True)

        made = decks.deck(store, found, meeting, known(meeting.moment), lambda now, before: since(known(before), now))
        store.close()
        return made

    return built


@pytest.fixture(scope="session")
def deck(met: Callable[[float], Deck]) -> Deck:
    return met(3.0)


@pytest.fixture(scope="session")
def made(deck: Deck) -> Handout:
    return handout(deck, NOW)


@pytest.fixture(scope="session")
def files(made: Handout, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The meeting in every format, as files."""
    folder = tmp_path_factory.mktemp("meeting")
    found = {}
    for name, form in FILES.items():
        found[name] = folder / form.file_name(made.meeting, made.city)
        found[name].write_bytes(form.render(made))
    return found
