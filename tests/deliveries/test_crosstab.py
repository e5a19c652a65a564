"""Every layout quirk of departments' tables, by a small workbook of our own with its expected cells."""

import csv
import json
from pathlib import Path

import pytest

from indicators.tables.crosstab import Role, TableCell, tabulate
from indicators.tables.tabulating import period_text
from indicators.workbooks.workbook import read_workbook

QUIRKS = Path(__file__).parents[1] / "workbooks" / "quirks"
WORKBOOKS = sorted(QUIRKS.glob("*.xlsx"))


def expected(path: Path) -> dict[str, tuple]:
    with path.with_suffix(".csv").open(encoding="utf-8", newline="") as stream:
        return {row["cell"]: _expectation(row) for row in csv.DictReader(stream)}


def _expectation(row: dict[str, str]) -> tuple:
    value = float(row["value"]) if row["value"] else None
    return value, row["sign"], row["period"], row["unit"], tuple(json.loads(row["labels"])), bool(row["doubt"])


def said(cell: TableCell) -> tuple:
    sign = cell.sign.value if cell.sign else ""
    return cell.value, sign, period_text(cell.period), cell.unit, cell.labels, bool(cell.doubts)


def test_every_quirk_has_a_workbook():
    assert {int(path.name[:2]) for path in WORKBOOKS} == set(range(1, 38))


@pytest.mark.parametrize("path", WORKBOOKS, ids=[path.stem for path in WORKBOOKS])
def test_quirk(path):
    sheet = read_workbook(path.read_bytes(), path.name).sheets[0]
    cells = [cell for table in tabulate(sheet) for cell in table.cells]
    found = {cell.address: said(cell) for cell in cells}
    assert len(found) == len(cells), "no cell twice"
    assert found == expected(path)


def table_of(stem: str):
    return tabulate(read_workbook((QUIRKS / f"{stem}.xlsx").read_bytes(), stem).sheets[0])


def test_areas_say_what_every_part_of_the_sheet_is_for():
    (table,) = table_of("11_column_numbers_with_gaps")
    roles = {(area.role, area.reference) for area in table.areas}
    assert (Role.HEADER, "A1:F1") in roles
    assert (Role.NUMBERING, "A2:F2") in roles
    assert (Role.CODES, "A4:A5") in roles
    assert (Role.LABELS, "B4:B5") in roles
    assert (Role.PERIODS, "C4:C5") in roles
    assert (Role.DATA, "D4:F5") in roles


def test_notes_and_titles_are_areas_too():
    first, second = table_of("26_two_tables_one_below_the_other")
    assert any(area.role is Role.TITLE and area.top == 1 for area in first.areas)
    assert {area.top for area in first.areas if area.role is Role.NOTES} >= {7, 8}
    assert second.title[-1] == "Tabelle 2: Anteile"


def test_footnotes_and_codes_are_kept_beside_the_labels():
    (table,) = table_of("05_footnote_markers")
    cell = next(cell for cell in table.cells if cell.address == "E2")
    assert set(cell.footnotes) == {"1", "1,2"}
    (keyed,) = table_of("31_keys_beside_and_inside_names")
    assert [cell.codes for cell in keyed.cells if cell.column == 4] == [("101",), ("241x",), ("360/ 354",), ("462",)]
