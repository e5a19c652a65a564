"""One small report, made once: a city with a hidden number, a break, a gap, an empty field, texts and remarks."""

import re
import shutil
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from indicators.catalogue import Catalogue, load
from indicators.deliveries.staging import confirm, stage
from indicators.knowledge import snapshot
from indicators.reports import texts
from indicators.reports.formats import FORMATS
from indicators.reports.making import make
from indicators.reports.report import Kind, Report
from indicators.reports.texts import Passage
from indicators.reports.wishes import Wish
from indicators.store import Store
from tests.conftest import SMALL_CITY
from tests.pages.test_secrecy import yearly

DAY = date(2026, 2, 1)
NOW = datetime(2026, 2, 1, 9)
DELIVERED = datetime(2026, 1, 20)

MORE_OF_B01 = """relevance: Frühe Bildung öffnet Wege., delimitation: Kinder nach Staatsangehörigkeit.,
     method_notes: Stichtag ist der 1. März., breaks: [{period: 2021, note: Neue Zählung}],
     further_rules: [{title: Abstand zu deutschen Kindern, method: gap, baseline: {period: 2021, value: -5.0},
     gap: {dimension: herkunft, of: auslaendisch, against: deutsch}, targets: [{period: 2030, value: 0.0}]}],
     definition: Anteil der betreuten Kinder."""

FIELD_C = """field: C
title: Arbeit
lead: FB 50
guiding_goals: [{code: C-1, title: Alle finden Arbeit.}]
indicators:
  - {code: C-01, title: Kurse, goal: C-1, kind: output, formula: kursplaetze, unit: Personen, decimals: 0,
     direction: up, frequency: quarterly, definition: Plätze & <Kurse>., source: Träger, method: direction}
"""


@pytest.fixture(scope="session")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    folder = tmp_path_factory.mktemp("reported") / "definitions"
    shutil.copytree(SMALL_CITY, folder)
    file = folder / "b_bildung.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("definition: Anteil der betreuten Kinder.", MORE_OF_B01), encoding="utf-8")
    (folder / "c_arbeit.yaml").write_text(FIELD_C, encoding="utf-8")
    return load(folder)


@pytest.fixture(scope="session")
def city(
    catalogue: Catalogue, small_city: Catalogue, filled_database: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[float], Path]:
    """A database in which so many foreign children are in day care in 2025."""

    def built(foreign: float) -> Path:
        path = tmp_path_factory.mktemp("reported") / "data" / "monitoring.duckdb"
        path.parent.mkdir()
        shutil.copy(filled_database, path)
        store = Store(path)
        staged = stage(store, small_city, yearly(small_city, foreign), DELIVERED)
        reasons = dict.fromkeys(staged.to_explain, "Eine Kita hat geschlossen, 12 Kinder sind weg.")
        confirm(store, small_city, staged, DELIVERED, reasons)
        store.close()
        return path

    return built


def reported(path: Path, catalogue: Catalogue, wish: Wish | None = None) -> Report:
    """The report of a city, with what the office wrote for it."""
    store = Store(path)
    known = snapshot.take(store, catalogue, NOW, suppressed=True)
    for place, passage, markdown in (
        (texts.REPORT, Passage.FOREWORD, "Guten Tag.\n\n- **eins**\n- *zwei*"),
        (texts.of_field("B"), Passage.CONTEXT, "Das Feld <b>Bildung</b>."),
        (texts.of_indicator("B-01"), Passage.JUDGEMENT, "Ein Fortschritt."),
        (texts.REPORT, Passage.NEXT_STEPS, "1. Erstens\n2. Zweitens"),
    ):
        texts.write(store, known, place, passage, markdown, "Kim", NOW)
    made = make(store, known, wish or Wish(Kind.FULL), DAY)
    store.close()
    return made


@pytest.fixture(scope="session")
def report(city: Callable[[float], Path], catalogue: Catalogue) -> Report:
    return reported(city(3.0), catalogue)


@pytest.fixture(scope="session")
def files(report: Report, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The report in every format, as files."""
    folder = tmp_path_factory.mktemp("formats")
    found = {}
    for name, form in FORMATS.items():
        found[name] = folder / f"bericht{form.suffix}"
        found[name].write_bytes(form.render(report))
    return found


NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def numbers(text: str) -> set[str]:
    return set(NUMBER.findall(text))
