"""Nothing is lost without a word: which cells with a number, a sign or a date stand in no table that was read.

The check looks at the sheet and at what came out, not at how: whatever the reason was for dropping a cell, it is
told. Years and numbers that serve as heads, labels, keys or column numbers are read in that sense.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from indicators.tables.crosstab.grid import Grid, Kind, Seen
from indicators.tables.crosstab.table import Area, Role, Table
from indicators.workbooks.numbers import clean
from indicators.workbooks.workbook import Sheet

STUB = (Role.LABELS, Role.PERIODS, Role.CODES, Role.UNIT)  # UNIT: a column or a row of units

SURE_NUMBERS = 4  # „Nord | 1 | 2“ below a head may be a district with small numbers


def told(grid: Grid, tables: Sequence[Table]) -> tuple[Table, ...]:
    """The tables, each with an area for every cell near it that was not read."""
    near: dict[int, list[Area]] = {}
    for area in _ranges(unread(grid, tables)):
        index = min(range(len(tables)), key=lambda one: _distance(tables[one], area.top, area.left), default=-1)
        if index >= 0:
            near.setdefault(index, []).append(area)
    return tuple(
        replace(table, areas=(*table.areas, *near[index])) if index in near else table
        for index, table in enumerate(tables)
    )


def _ranges(positions: list[tuple[int, int]]) -> list[Area]:
    """Cells below each other as one range."""
    found: list[Area] = []
    for row, column in sorted(positions, key=lambda at: (at[1], at[0])):
        if found and (found[-1].left, found[-1].bottom) == (column, row - 1):
            found[-1] = replace(found[-1], bottom=row)
        else:
            found.append(Area(Role.UNREAD, row, column, row, column))
    return sorted(found, key=lambda area: (area.top, area.left))


def unread(grid: Grid, tables: Sequence[Table]) -> list[tuple[int, int]]:
    """Positions of cells with a number, a sign or a date that no table holds or uses, from top to bottom."""
    used = {(cell.row, cell.column) for table in tables for cell in table.cells}
    areas = [area for table in tables for area in table.areas]
    serving = _positions((area for area in areas if area.role in (*STUB, Role.SECTION)), grid)
    serving |= _positions((area for area in areas if area.role is Role.NUMBERING and _rises(grid, area.top)), grid)
    headed = _positions((area for area in areas if area.role in (Role.HEADER, Role.NUMBERING)), grid)
    above = {row for area in areas if area.role is Role.TITLE for row in _rows(area)}
    below = {row for area in areas if area.role is Role.NOTES for row in _rows(area)}
    lost = []
    for at in sorted(at for at, seen in grid.cells.items() if at not in used and _counts(seen)):
        seen = grid.cells[at]
        if at in serving or (at in headed and not _is_count_as_head(grid, seen)):
            continue
        if at[0] in above and _is_alone(grid, seen):
            continue
        if at[0] in below and (_is_footnote(grid, seen) or (grid.rows[at[0]][0] is seen and _is_alone(grid, seen))):
            continue
        lost.append(at)
    return lost


def numbers_on(sheet: Sheet) -> Iterator[tuple[int, int]]:
    """The same for a sheet of which no table is known: every number on it."""
    for at, cell in sheet.cells.items():
        if isinstance(cell.value, float | int) and not isinstance(cell.value, bool):
            yield at


def _rows(area: Area) -> range:
    return range(area.top, area.bottom + 1)


def _rises(grid: Grid, row: int) -> bool:
    """Whether the numbers of a row count columns: each greater than the last, and enough of them beside a name."""
    numbers = [seen.whole for seen in grid.rows.get(row, ()) if seen.kind is Kind.NUMBER]
    if len(numbers) < SURE_NUMBERS and grid.rows[row][0].is_text:
        return False
    return None not in numbers and all(first < second for first, second in pairwise(numbers))  # type: ignore[operator]


def _positions(areas: Iterable[Area], grid: Grid) -> set[tuple[int, int]]:
    rows = grid.rows
    return {
        (row, seen.column)
        for area in areas
        for row in _rows(area)
        for seen in rows.get(row, ())
        if area.left <= seen.column <= area.right
    }


def _counts(seen: Seen) -> bool:
    """A number, a sign, a broken formula, a day that a program stored as one; a lone dash is a sign only there."""
    return seen.is_value or isinstance(seen.cell.value, date)


def _is_count_as_head(grid: Grid, seen: Seen) -> bool:
    """A plain number in a head row that begins with a name: „AWO | 12 | 14“ was a row of values."""
    if seen.kind is not Kind.NUMBER or seen.period is not None or seen.whole in (1000, 100_000, 1_000_000):
        return False
    row = grid.rows[seen.row]
    first = row[0]
    named = first.column < seen.column and first.is_text and grid.extent(first).bottom == first.row
    return named and first.column == grid.left and not clean(first.text).casefold().startswith(("nr", "lfd", "spalte"))


def _is_alone(grid: Grid, seen: Seen) -> bool:
    """A year or a day in a line above or below a table, with no other number beside it."""
    return seen.period is not None and sum(map(_counts, grid.rows[seen.row])) == 1


def _is_footnote(grid: Grid, seen: Seen) -> bool:
    """A small number in front of a text, as footnotes have it, or a sign in front of its explanation."""
    row = grid.rows[seen.row]
    small = seen.kind is Kind.SIGN or (seen.whole is not None and 0 <= seen.whole < 100)
    return small and row[0] is seen and any(other.is_text for other in row[1:])


def _distance(table: Table, row: int, column: int) -> int:
    """Rows and columns to the table's nearest area."""
    return min(
        max(area.top - row, 0, row - area.bottom) + max(area.left - column, 0, column - area.right)
        for area in table.areas
    )
