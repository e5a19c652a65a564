"""A sheet, where its parts are, and the right cells; and what a transformation makes of the three."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from indicators.tables.crosstab import Role, Table
from indicators.workbooks.workbook import Cell, Merge, Sheet, column_letters

At = tuple[int, int]


@dataclass(frozen=True)
class Expected:
    """One cell of the truth. `more` are the golden file's other words on it (accepted readings)."""

    value: float | None
    sign: str
    period: str
    labels: tuple[str, ...]
    more: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Parts:
    """Where the parts of the first sheet stand, by the areas that were read from it."""

    title: list[int]
    head: list[int]  # with units, without column numbers
    units: list[int]
    numbering: list[int]
    data: list[int]
    stub: list[int]  # columns
    periods: list[int]
    codes: list[int]
    values: list[int]  # data columns
    bottom: int

    @classmethod
    def of(cls, tables: Iterable[Table], sheet: Sheet) -> "Parts":
        tables = list(tables)
        rows: dict[Role, set[int]] = {role: set() for role in Role}
        columns: dict[Role, set[int]] = {role: set() for role in Role}
        for area in (area for table in tables for area in table.areas):
            rows[area.role] |= set(range(area.top, area.bottom + 1))
            columns[area.role] |= set(range(area.left, area.right + 1))
        cells = [cell for table in tables for cell in table.cells]
        units = {
            area.top for table in tables for area in table.areas
            if area.role is Role.UNIT and area.bottom < min(cell.row for cell in table.cells)
        }  # fmt: skip
        return cls(
            sorted(rows[Role.TITLE]),
            sorted(rows[Role.HEADER] | units),
            sorted(units),
            sorted(rows[Role.NUMBERING]),
            sorted({cell.row for cell in cells}),
            sorted(columns[Role.LABELS]),
            sorted(columns[Role.PERIODS]),
            sorted(columns[Role.CODES]),
            sorted({cell.column for cell in cells}),
            sheet.last_row,
        )


@dataclass(frozen=True)
class Case:
    """`headers` and `extra` are the golden file's lists of labels that may not, or may, stand at a column."""

    name: str
    sheet: Sheet
    parts: Parts
    tables: int
    expected: dict[At, Expected]
    headers: tuple[str, ...] = ()
    extra: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def moved(self, sheet: Sheet, where: Callable[[At], list[At]]) -> "Case":
        """The truth at other addresses; none for a cell that is gone, several for one that was copied."""
        extra: dict[int, tuple[str, ...]] = {}
        expected: dict[At, Expected] = {}
        for at, cell in self.expected.items():
            for new in where(at):
                expected[new] = cell
                extra[new[1]] = self.extra.get(at[1], ())
        return replace(self, sheet=sheet, expected=expected, extra=extra)

    def said(self, sheet: Sheet, say: Callable[[str], str]) -> "Case":
        """The truth with other labels."""
        expected = {at: replace(cell, labels=tuple(map(say, cell.labels)), more=_said(cell.more, say))
                    for at, cell in self.expected.items()}  # fmt: skip
        extra = {column: tuple(map(say, labels)) for column, labels in self.extra.items()}
        return replace(self, sheet=sheet, expected=expected, headers=tuple(map(say, self.headers)), extra=extra)

    def valued(self, sheet: Sheet, values: dict[At, tuple[float | None, str]]) -> "Case":
        """The truth with other values."""
        expected = dict(self.expected)
        for at, (value, sign) in values.items():
            more = {key: said for key, said in expected[at].more.items() if key not in ("accept", "bracket")}
            expected[at] = replace(expected[at], value=value, sign=sign, more=more)
        return replace(self, sheet=sheet, expected=expected)

    def truth(self) -> dict[str, Any]:
        """As the golden files are written."""
        cells = [
            {"sheet": self.sheet.name, "cell": address(at), "value": cell.value, "sign": cell.sign or None,
             "period": cell.period, "unit": None, "labels": list(cell.labels), **cell.more}
            for at, cell in self.expected.items()
        ]  # fmt: skip
        extra = {column_letters(column): list(labels) for column, labels in self.extra.items() if labels}
        return {"cells": cells, "header_labels": list(self.headers), "extra_ok": extra}


def _said(more: dict[str, Any], say: Callable[[str], str]) -> dict[str, Any]:
    if "label_accept" not in more:
        return more
    accepted = {say(label): [say(other) for other in others] for label, others in more["label_accept"].items()}
    return {**more, "label_accept": accepted}


def address(at: At) -> str:
    return f"{column_letters(at[1])}{at[0]}"


def with_cells(sheet: Sheet, change: Callable[[Cell], Cell | None]) -> Sheet:
    """Every cell changed, or taken out."""
    cells = {at: new for at, cell in sheet.cells.items() if (new := change(cell)) is not None}
    return replace(sheet, cells=cells)


def shifted(sheet: Sheet, row: Callable[[int], int], column: Callable[[int], int]) -> Sheet:
    """Rows and columns pushed apart; merges and hidden parts go along."""
    cells = {}
    for (down, right), cell in sheet.cells.items():
        at = row(down), column(right)
        cells[at] = replace(cell, row=at[0], column=at[1])
    return replace(
        sheet,
        cells=cells,
        merges=tuple(Merge(row(m.top), column(m.left), row(m.bottom), column(m.right)) for m in sheet.merges),
        hidden_rows=frozenset(map(row, sheet.hidden_rows)),
        hidden_columns=frozenset(map(column, sheet.hidden_columns)),
    )


def apart(case: Case, before_rows: Iterable[int] = (), before_columns: Iterable[int] = ()) -> Case:
    """Blank rows and columns put in before the given ones (named twice for two)."""
    rows, columns = sorted(before_rows), sorted(before_columns)

    def down(row: int) -> int:
        return row + sum(other <= row for other in rows)

    def right(column: int) -> int:
        return column + sum(other <= column for other in columns)

    return case.moved(shifted(case.sheet, down, right), lambda at: [(down(at[0]), right(at[1]))])


def without(case: Case, rows: Iterable[int] = (), columns: Iterable[int] = ()) -> Case:
    """Rows and columns deleted, as Excel does: what follows moves up, and merges shrink."""
    no_rows, no_columns = set(rows), set(columns)

    def up(row: int) -> int:
        return row - sum(other < row for other in no_rows)

    def left(column: int) -> int:
        return column - sum(other < column for other in no_columns)

    kept = replace(case.sheet, cells=_without_covered(case.sheet, no_rows, no_columns), merges=())
    merges = []
    for merge in case.sheet.merges:
        left_rows = [row for row in range(merge.top, min(merge.bottom, case.parts.bottom) + 1) if row not in no_rows]
        left_columns = [column for column in range(merge.left, merge.right + 1) if column not in no_columns]
        if len(left_rows) * len(left_columns) > 1:
            merges.append(Merge(up(left_rows[0]), left(left_columns[0]), up(left_rows[-1]), left(left_columns[-1])))
    return case.moved(
        replace(shifted(kept, up, left), merges=tuple(merges)),
        lambda at: [] if at[0] in no_rows or at[1] in no_columns else [(up(at[0]), left(at[1]))],
    )


def _without_covered(sheet: Sheet, no_rows: set[int], no_columns: set[int]) -> dict[At, Cell]:
    """A merge whose first row or column goes keeps its text."""
    cells = {at: cell for at, cell in sheet.cells.items() if at[0] not in no_rows and at[1] not in no_columns}
    for merge in sheet.merges:
        speaker = sheet.cells.get((merge.top, merge.left))
        rows = [row for row in range(merge.top, min(merge.bottom, sheet.last_row) + 1) if row not in no_rows]
        columns = [column for column in range(merge.left, merge.right + 1) if column not in no_columns]
        if speaker is not None and rows and columns:
            cells[rows[0], columns[0]] = replace(speaker, row=rows[0], column=columns[0])
    return cells
