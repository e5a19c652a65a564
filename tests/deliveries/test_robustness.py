"""The golden sheets drawn differently: the reader must not live on one office's habits.

Each change leaves the truth as it is (rows and columns moved along): merges taken away, blank columns and rows
put in, numbers turned into German texts, column numbers left out, stray numbers beside the table.
"""

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from indicators.deliveries.crosstab import Role, Table, tabulate
from indicators.deliveries.tabulating import period_text
from indicators.deliveries.workbook import Cell, Merge, Sheet, Style, column_letters, position, read_workbook

GOLDEN = Path(__file__).parents[2] / "../shared/golden"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not GOLDEN.exists(), reason="../shared/golden fehlt: keine Wahrheiten zum Vergleich"),
]
Move = Callable[[int], int]
Drawn = tuple[Sheet, Move, Move]


def same(number: int) -> int:
    return number


def moved(sheet: Sheet, rows: Move = same, columns: Move = same) -> Drawn:
    cells = {(rows(row), columns(column)): replace(cell, row=rows(row), column=columns(column))
             for (row, column), cell in sheet.cells.items()}  # fmt: skip
    merges = tuple(Merge(rows(m.top), columns(m.left), rows(m.bottom), columns(m.right)) for m in sheet.merges)
    return replace(sheet, cells=cells, merges=merges), rows, columns


def areas(tables: tuple[Table, ...], role: Role) -> list:
    return [area for table in tables for area in table.areas if area.role is role]


def without_merges(sheet: Sheet, tables: tuple[Table, ...]) -> Drawn:
    across = tuple(
        merge for merge in sheet.merges if any(a.holds(merge.top, merge.left) for a in areas(tables, Role.LABELS))
    )
    return replace(sheet, merges=across), same, same


def without_column_numbers(sheet: Sheet, tables: tuple[Table, ...]) -> Drawn:
    rows = {area.top for area in areas(tables, Role.NUMBERING)}
    return replace(sheet, cells={at: cell for at, cell in sheet.cells.items() if at[0] not in rows}), same, same


def without_looks(sheet: Sheet, tables: tuple[Table, ...]) -> Drawn:
    plain = {at: replace(cell, style=Style(cell.style.number_format)) for at, cell in sheet.cells.items()}
    return replace(sheet, cells=plain), same, same


def with_german_texts(sheet: Sheet, tables: tuple[Table, ...]) -> Drawn:
    def text(cell: Cell) -> Cell:
        plain = isinstance(cell.value, float) and cell.style.number_format in ("General", "0", "0.0", "0.00")
        return replace(cell, value=f"{cell.value:.6f}".rstrip("0").rstrip(".").replace(".", ",")) if plain else cell

    return replace(sheet, cells={at: text(cell) for at, cell in sheet.cells.items()}), same, same


def shifted(sheet: Sheet, tables: tuple[Table, ...]) -> Drawn:
    return moved(sheet, lambda row: row + 7, lambda column: column + 5)


def blank_column_before_the_data(sheet: Sheet, tables: tuple[Table, ...]) -> Drawn:
    first = min(area.left for area in areas(tables, Role.DATA))
    return moved(sheet, columns=lambda column: column + (column >= first))


def blank_row_every_five(sheet: Sheet, tables: tuple[Table, ...]) -> Drawn:
    gaps = {row for area in areas(tables, Role.DATA) for row in range(area.top + 5, area.bottom, 5)}
    return moved(sheet, rows=lambda row: row + sum(gap <= row for gap in gaps))


def stray_numbers_beside(sheet: Sheet, tables: tuple[Table, ...]) -> Drawn:
    column = sheet.last_column + 3
    top = min(area.top for area in areas(tables, Role.DATA))
    stray = {(row, column): Cell(row, column, 1234.0 + row) for row in range(top, top + 4)}
    return replace(sheet, cells=sheet.cells | stray), same, same


DRAWINGS = [
    without_merges,
    without_column_numbers,
    without_looks,
    with_german_texts,
    shifted,
    blank_column_before_the_data,
    blank_row_every_five,
    stray_numbers_beside,
]


@cache
def sheets() -> list[tuple[dict, Sheet, tuple[Table, ...]]]:
    found = []
    for path in sorted((GOLDEN / "truth").glob("*.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        sheet = _book(truth["file"]).sheet(truth["sheet"])
        assert sheet is not None
        found.append((truth, sheet, tabulate(sheet)))
    return found


@cache
def _book(file: str):
    return read_workbook((GOLDEN / file).read_bytes(), file)


def _row(cell) -> dict[str, str]:
    return {
        "cell": cell.address,
        "value": "" if cell.value is None else repr(cell.value),
        "sign": cell.sign.value if cell.sign else "",
        "period": period_text(cell.period),
        "unit": cell.unit,
        "labels": json.dumps(cell.labels),
    }


def scored(truth: dict, drawn: Drawn) -> tuple[int, int, int, int]:
    """Cells, right cells, false positives, and wrong cells without a doubt."""
    sys.path.insert(0, str(GOLDEN))
    import score as scorer

    sheet, rows, columns = drawn
    cells = [cell for table in tabulate(sheet) for cell in table.cells]

    def at(address: str) -> str:
        row, column = position(address)
        return f"{column_letters(columns(column))}{rows(row)}"

    there = truth | {
        "cells": [cell | {"cell": at(cell["cell"])} for cell in truth["cells"]],
        "extra_ok": {at(f"{key}1").rstrip("0123456789"): value for key, value in truth.get("extra_ok", {}).items()},
    }
    result, errors = scorer.score_sheet(there, [_row(cell) for cell in cells])
    doubted = {cell.address for cell in cells if cell.doubts}
    silent = [error for error in errors if error[0] not in doubted and error[1] != "missing"]
    return result["cells"], result["right"], result["false_pos"], len(silent)


@pytest.mark.parametrize("draw", DRAWINGS, ids=lambda draw: draw.__name__)
def test_the_same_tables_drawn_differently(draw):
    totals = [scored(truth, draw(sheet, tables)) for truth, sheet, tables in sheets()]
    cells, right, false_positives, silent = map(sum, zip(*totals, strict=True))
    assert right >= 0.99 * cells
    assert false_positives == 0
    assert silent == 0
