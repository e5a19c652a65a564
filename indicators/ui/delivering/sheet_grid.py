"""A sheet as it looks, with what was found in it: regions by colour and letter, doubts, errors, hidden parts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from indicators.foreign_text import legible
from indicators.tables.crosstab import Area, Role, Table
from indicators.tables.crosstab.corrected import parse_area
from indicators.tables.crosstab.doubts import Doubt
from indicators.ui import html
from indicators.workbooks.workbook import Cell, Sheet, column_letters

ROWS, COLUMNS = 60, 20
LETTERS = {
    Role.TITLE: "T", Role.HEADER: "K", Role.UNIT: "E", Role.NUMBERING: "N", Role.LABELS: "B", Role.PERIODS: "Z",
    Role.CODES: "S", Role.SECTION: "Ü", Role.DATA: "W", Role.NOTES: "A", Role.UNREAD: "✕",
}  # fmt: skip


MARKED = [role for role in Role if role is not Role.UNREAD]  # what a person can say of a range


@dataclass(frozen=True, slots=True)
class Legend:
    value: str
    letter: str
    word: str


def grid(sheet: Sheet, tables: Sequence[Table], key: str) -> None:
    """The first columns of a stretch of rows; longer sheets can be leafed through."""
    starts = list(range(1, max(sheet.last_row, 1) + 1, ROWS))
    first = 1
    if len(starts) > 1:
        first = st.selectbox(
            "Gezeigte Zeilen",
            starts,
            format_func=lambda start: f"{start} bis {min(start + ROWS - 1, sheet.last_row)}",
            key=f"{key}-rows",
        )
    right = min(sheet.last_column, COLUMNS)
    roles = _roles(tables)
    doubts = {(cell.row, cell.column): cell.doubts for table in tables for cell in table.cells if cell.doubts}
    rows = [
        {
            "number": row,
            "hidden": row in sheet.hidden_rows,
            "cells": _row(sheet, row, right, roles, doubts),
        }
        for row in range(first, min(first + ROWS - 1, sheet.last_row) + 1)
    ]
    columns = [
        {"letters": column_letters(number), "hidden": number in sheet.hidden_columns} for number in range(1, right + 1)
    ]
    present = [role for role in Role if role in set(roles.values())]
    legend = [Legend(role.value, LETTERS[role], role.word) for role in present]
    html.template("sheet_grid", sheet=sheet.name, roles=legend, columns=columns, rows=rows)
    if sheet.last_column > right:
        st.caption(f"Gezeigt werden die Spalten bis {column_letters(right)} von {column_letters(sheet.last_column)}.")
    if sheet.hidden_rows or sheet.hidden_columns:
        st.caption("Zeilen und Spalten mit * sind ausgeblendet; ihre Werte werden erst nach Ihrem Ja übernommen.")


def _roles(tables: Sequence[Table]) -> dict[tuple[int, int], Role]:
    """The role of each position; what is told later is nearer to the values and wins, notes never do."""
    found: dict[tuple[int, int], Role] = {}
    for table in tables:
        for area in sorted(table.areas, key=lambda area: (area.role is not Role.NOTES, area.role is Role.UNREAD)):
            for row in range(area.top, min(area.bottom, area.top + 5000) + 1):
                found |= {(row, column): area.role for column in range(area.left, min(area.right, COLUMNS) + 1)}
    return found


def _row(
    sheet: Sheet,
    row: int,
    right: int,
    roles: dict[tuple[int, int], Role],
    doubts: dict[tuple[int, int], tuple[Doubt, ...]],
) -> list[dict[str, str | int]]:
    """The cells of a row; merged ones and lone lines of text take the width that they have in Excel."""
    cells: list[dict[str, str | int]] = []
    column = 1
    while column <= right:
        width = min(_width(sheet, row, column, roles.get((row, column))), right - column + 1)
        cells.append({**_shown(sheet, row, column, roles, doubts), "width": width})
        column += width
    return cells


def _width(sheet: Sheet, row: int, column: int, role: Role | None) -> int:
    if (row, column) not in sheet.cells:
        return 1
    merged = next((merge for merge in sheet.merges if (merge.top, merge.left) == (row, column)), None)
    if merged is not None:
        return merged.right - column + 1
    alone = not any((row, other) in sheet.cells for other in range(column + 1, column + COLUMNS))
    return COLUMNS if alone and role in (Role.TITLE, Role.NOTES, Role.SECTION) else 1


def _shown(
    sheet: Sheet,
    row: int,
    column: int,
    roles: dict[tuple[int, int], Role],
    doubts: dict[tuple[int, int], tuple[Doubt, ...]],
) -> dict[str, str]:
    cell, role = sheet.cells.get((row, column)), roles.get((row, column))
    broken = cell is not None and (bool(cell.error) or cell.uncalculated)
    doubted = doubts.get((row, column), ())
    marks = [role.value if role else "", "doubt" if doubted else "", "broken" if broken else ""]
    letter = "!" if broken else "?" if doubted else LETTERS[role] if role and cell else ""
    title = " ".join(doubt.text for doubt in doubted) or (f"{column_letters(column)}{row}: {role.word}" if role else "")
    return {
        "text": _text(cell) if cell else "",
        "letter": letter,
        "classes": " ".join(mark for mark in marks if mark),
        "title": legible(title),
    }


def _text(cell: Cell) -> str:
    value = cell.value
    if cell.error or cell.uncalculated:
        return cell.error or "nicht berechnet"
    if isinstance(value, bool):
        return "WAHR" if value else "FALSCH"
    if isinstance(value, float | int):
        return f"{value:.10g}".replace(".", ",")
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    return legible(str(value), 160)


def corrections(sheet: Sheet, marked: tuple[Area, ...], key: str) -> tuple[Area, ...]:
    """Ranges that the person marks; returns them with what was added or taken away in this run."""
    st.write(
        "Stimmt die Einteilung nicht, tragen Sie einen Bereich ein und sagen, was darin steht. "
        "„Anmerkungen“ werden nicht gelesen."
    )
    left, middle, right = st.columns([2, 3, 2], vertical_alignment="bottom")
    text = left.text_input("Bereich", placeholder="B5:F20", key=f"{key}-range", max_chars=30)
    role = middle.selectbox("Was darin steht", MARKED, format_func=lambda one: one.word, key=f"{key}-role")
    if right.button("Bereich festlegen", key=f"{key}-mark", width="stretch"):
        area = parse_area(text, role or Role.NOTES)
        if area is None:
            st.error("Das ist kein Bereich. So geht es: B5:F20 oder eine einzelne Zelle wie B5.")
        elif area.top > sheet.last_row or area.left > sheet.last_column:
            st.error(f"Im Bereich {area.reference} steht auf diesem Blatt nichts.")
        elif area not in marked:
            return (*marked, area)
    for number, area in enumerate(marked):
        said, button = st.columns([5, 2], vertical_alignment="center")
        said.write(f"{area.reference}: {area.role.word}")
        if button.button("Entfernen", key=f"{key}-unmark-{number}", width="stretch"):
            return tuple(other for other in marked if other != area)
    return marked
