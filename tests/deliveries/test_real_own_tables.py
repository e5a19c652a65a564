"""Releases 2022 and 2023 of a statistical office's own tables, one after the other through the whole pipeline.

The truths are the office's own tidy files. © Landesamt für Statistik Niedersachsen, Integrationsmonitoring.
"""

import csv
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from indicators.catalogue import load
from indicators.datasets import FIGURES
from indicators.datasets.preview import Change
from indicators.deliveries.staging import Staged, confirm, stage, stage_tables
from indicators.ledger.commits import Upload
from indicators.model import Severity
from indicators.tables.decisions import Asks, Choices, table_key
from indicators.tables.meanings import DECORATION, LEAVE_OUT, THOUSANDS, Meaning, key_of
from indicators.tables.own_tables import tables_of
from indicators.workbooks.workbook import read_workbook

REAL = Path(__file__).parents[2] / "../shared/real-tables"
pytestmark = pytest.mark.skipif(not REAL.exists(), reason="../shared/real-tables fehlt: keine echten Tabellen")

SPRING, SUMMER = datetime(2024, 3, 1), datetime(2024, 6, 1)


@pytest.fixture(scope="module")
def land():
    return load(Path(__file__).parents[1] / "land")


def workbook(release: int, table: str) -> Upload:
    path = REAL / str(release) / f"{release}_{table}.xlsx"
    return Upload(path.name, path.read_bytes(), "Test")


def office(release: int, table: str) -> list[dict[str, str]]:
    with (REAL / "expected" / f"{release}_{table}.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def assigned(store, land, upload, meanings, others=None, **choices) -> Staged:
    """By hand, once: the given meanings; `others` for every further label that is asked for."""
    own = tables_of(read_workbook(upload.content, upload.name))
    known = {key_of(label): meaning for label, meaning in meanings.items()}
    for _ in range(2):
        decisions = {table_key(table): Choices(meanings=known, **choices) for table in own.tables}
        staged = stage_tables(store, land, upload, own, SPRING, "LSN", decisions)
        known |= {q.about: others for q in staged.tables.questions if q.asks is Asks.LABEL and others}
    return staged


def accepted(store, land, staged, now):
    confirm(store, land, staged, now, dict.fromkeys(staged.to_explain, "wie vom Landesamt veröffentlicht"))


def moved(staged: Staged) -> dict[str, int]:
    return {change.value: staged.preview.count(change) for change in Change}


def kept(store, covers) -> dict[tuple[str, str], float | None]:
    found = FIGURES.valid(store, covers)
    return {(str(key.period), key.breakdown.code): one.content.value for key, one in found.items()}


KREISE = {"K03101": "k101", "K03241": "k241", "K03402": "k402", "K03403": "k403", "K03404": "k404"}


def naturalised(release: int) -> dict[tuple[str, str], float]:
    rows = [row for row in office(release, "2-3-1") if row["GeoCode"] in KREISE]
    return {(row["Year"], f"kreis={KREISE[row['GeoCode']]}"): float(row["Value"]) for row in rows}


def test_naturalisations_bring_one_year_and_renamed_districts_are_asked_and_go_on(store, land):
    """2-3-1: no revision. „Hannover Region“ and „Emden Stadt“ of 2022 are „Region Hannover“ and „Emden, Stadt“."""
    by_hand = {
        "Hannover Region": Meaning.member("kreis", "k241"),
        "Emden Stadt": Meaning.member("kreis", "k402"),
    }
    first = assigned(store, land, workbook(2022, "2-3-1"), by_hand, LEAVE_OUT)
    assert not first.blocked
    truth = naturalised(2022)
    accepted(store, land, first, SPRING)
    assert {key: value for key, value in kept(store, first.reading.covers).items() if key[1]} == truth

    second = stage(store, land, workbook(2023, "2-3-1"), SUMMER)
    grown = naturalised(2023)
    revised = [key for key in truth if truth[key] != grown[key]]
    assert revised == []
    questions = {question.about: question.suggestion for question in second.tables.questions}
    assert questions == {}
    assert moved(second) == {"new": len(grown) - len(truth) + 1, "changed": 0, "vanished": 0, "unchanged": 17 * 6}
    assert "renamed-label" in [found.rule for found in second.findings]
    accepted(store, land, second, SUMMER)
    assert {key: value for key, value in kept(store, second.reading.covers).items() if key[1]} == grown


def day_care(release: int) -> dict[tuple[str, str], float]:
    found = {}
    for row in office(release, "3-1-1"):
        category = row["Kategorie"]
        parts = ["alter=u3" if category.endswith("bis unter 3 Jahre") else "alter=u6"]
        parts += [f"migration={m}" for m in ("mit", "ohne") if f"Kinder {m} M" in category]
        parts += ["vergleich=deutschland"] if row["Gebietseinheit"] == "Deutschland" else []
        if row["Value"].replace(".", "", 1).isdigit():
            found[row["Year"], ";".join(parts)] = float(row["Value"])
    return found


def test_day_care_rates_bring_new_years_and_exactly_the_revised_value(store, land):
    """3-1-1: Germany's rate of 2018 without a history of migration was 41 and is 60."""
    first = assigned(store, land, workbook(2022, "3-1-1"), {})
    assert not first.blocked
    accepted(store, land, first, SPRING)
    second = stage(store, land, workbook(2023, "3-1-1"), SUMMER)
    assert not second.blocked
    before = kept(store, first.reading.covers)
    accepted(store, land, second, SUMMER)
    after = kept(store, second.reading.covers)
    changed = {(key.period.year, key.breakdown.code): (row.before.value, row.after.value)
               for row in second.preview.rows if row.change is Change.CHANGED for key in [row.key]}  # fmt: skip
    assert changed == {(2018, "alter=u3;migration=ohne;vergleich=deutschland"): (41.0, 60.0)}
    assert moved(second) == {"new": 20, "changed": 1, "vanished": 0, "unchanged": 147}
    truth = day_care(2023)
    differing = {key for key, value in truth.items() if abs(after[key] - value) > 0.0005}
    # the office mended two values of 2020 in its tidy file; the workbook still says 42 and 101
    assert differing == {("2020", "alter=u3;migration=ohne"), ("2020", "alter=u6;migration=ohne")}
    # the tidy file of 2022 holds eight values of 2021 that its workbook leaves blank
    truth = day_care(2022)
    assert {period for period, _ in truth.keys() - before.keys()} == {"2021"}
    assert before == pytest.approx({key: truth[key] for key in before}, abs=0.0005)
    assert {period for period, _ in after.keys() - before.keys()} == {"2021", "2022"}


JOBLESS = {
    "mit": Meaning.member("erfahrung", "eigene"),
    "ohne": Meaning.member("erfahrung", "keine"),
    "eigene/r Migrationserfahrung": DECORATION,
}


def jobless(release: int) -> dict[tuple[str, str], float]:
    members = {"männlich": "geschlecht=maennlich", "weiblich": "geschlecht=weiblich", "Rechtskreis SGB II³⁾":
               "rechtskreis=sgb2", "Rechtskreis SGB III³⁾": "rechtskreis=sgb3", "mit Migrationshintergrund":
               "migration=mit", "ohne Migrationshintergrund": "migration=ohne"}  # fmt: skip
    found = {}
    for row in office(release, "5-3-4"):
        said = [members.get(row[name], "") for name in ("Geschlecht", "Rechtskreis", "Migrationsstatus")]
        own = {"mit": "erfahrung=eigene", "ohne": "erfahrung=keine"}.get(row["Migrationserfahrung"][:4].strip(), "")
        if row["Units"] == "Anzahl":
            found[row["Year"], ";".join(sorted(part for part in (*said, own) if part))] = float(row["Value"])
    return found


def test_counts_of_a_table_that_mixes_them_with_percentages(store, land):
    """5-3-4: the workbooks revise nothing; the office's tidy file of 2022 differs from its own workbook."""
    percent = {key_of("Prozent"): LEAVE_OUT}
    first = assigned(store, land, workbook(2022, "5-3-4"), JOBLESS, units=percent)
    assert not first.blocked
    accepted(store, land, first, SPRING)
    second = stage(store, land, workbook(2023, "5-3-4"), SUMMER)
    assert [found.rule for found in second.findings if found.severity is not Severity.HINT] == []
    assert moved(second) == {"new": 30, "changed": 0, "vanished": 0, "unchanged": 270}
    accepted(store, land, second, SUMMER)
    befragte = [piece for piece in second.reading.covers if piece.subject == "befragte"]
    truth = jobless(2023)
    assert len(truth) == 200
    found = kept(store, befragte)
    assert {key: value for key, value in found.items() if key in truth} == pytest.approx(truth, rel=1e-9)


def test_percentages_revised_in_the_workbook_and_counts_whose_unit_changed_without_a_word(store, land):
    """6-3-1: the counts' head says „Anzahl (in 1 000)“ in 2022 and „Anzahl“ in 2023, the numbers stay thousands."""
    upload = workbook(2022, "6-3-1")
    own = tables_of(read_workbook(upload.content, upload.name))
    rest = next(label for cell in own.tables[0].cells for label in cell.labels if label.startswith("eigenes Vermögen"))
    meanings = {key_of(rest): LEAVE_OUT}
    counts, shares = (table_key(table) for table in own.tables)
    decisions = {
        counts: Choices(base_figure="bevoelkerung", meanings=meanings, units={key_of("Anzahl (in 1 000)"): THOUSANDS}),
        shares: Choices(base_figure="anteil", meanings=meanings),
    }
    first = stage_tables(store, land, upload, own, SPRING, "LSN", decisions)
    assert not first.blocked
    accepted(store, land, first, SPRING)
    people = [piece for piece in first.reading.covers if piece.subject == "bevoelkerung"]
    assert kept(store, people)["2021", "migration=ohne"] == 6_021_000.0

    second = stage(store, land, workbook(2023, "6-3-1"), SUMMER)
    (asked,) = {found.message for found in second.findings if found.severity is Severity.ERROR}
    assert asked.startswith("Die Einheit „Anzahl“ hatte diese Tabelle bisher nicht.")
    revised = {
        (round(row.before.value, 9), round(row.after.value, 9))
        for row in second.preview.rows
        if row.change is Change.CHANGED and row.key.base_figure == "anteil"
    }
    before, after = (_shares(release) for release in (2022, 2023))
    assert revised == {(before[key], after[key]) for key in before.keys() & after.keys() if before[key] != after[key]}
    assert len(revised) == 10


def _shares(release: int) -> dict[tuple[int, str, int], float]:
    """The lower table of the sheet, cell by cell: (year, row group, column) → percent, without the last column."""
    sheet = load_workbook(REAL / str(release) / f"{release}_6-3-1.xlsx", data_only=True).worksheets[0]
    found, group, below = {}, "", False
    for row in sheet.iter_rows(values_only=True):
        below = below or any(str(value).startswith("Prozent") for value in row if value)
        group = next((value for value in row if isinstance(value, str) and "Migrationshintergrund" in value), group)
        year = next((value for value in row[:3] if isinstance(value, int) and 2000 < value < 2030), None)
        if below and year:
            found |= {(year, group, at): round(value, 9) for at, value in enumerate(row[3:9]) if value is not None}
    return found
