"""Reading a sheet again with ranges that a person has marked: what is said by hand wins over what is found."""

import re
from collections.abc import Sequence
from dataclasses import replace

from indicators.periods import Period
from indicators.tables.crosstab import times
from indicators.tables.crosstab.bodies import Body
from indicators.tables.crosstab.cells import NO_PERIOD, finished
from indicators.tables.crosstab.column_heads import column_heads
from indicators.tables.crosstab.columns import ColumnKind, Columns, classify
from indicators.tables.crosstab.dates import settled
from indicators.tables.crosstab.draft import Draft
from indicators.tables.crosstab.grid import Grid
from indicators.tables.crosstab.heads import Head, find_head, lowest_heads
from indicators.tables.crosstab.rows import row_heads
from indicators.tables.crosstab.table import Area, Role, Table, TableCell
from indicators.tables.crosstab.tables import tabulate
from indicators.workbooks.numbers import Convention
from indicators.workbooks.workbook import Sheet, position

_STUB = {
    Role.LABELS: ColumnKind.LABEL, Role.PERIODS: ColumnKind.PERIOD, Role.CODES: ColumnKind.CODE,
    Role.UNIT: ColumnKind.UNIT,
}  # fmt: skip
_NOT_READ = (Role.NOTES, Role.TITLE, Role.NUMBERING)
_CORNER = r"\$?([A-Za-z]{1,3})\$?([1-9]\d*)"
_RANGE = re.compile(rf"\s*{_CORNER}\s*(?:(?::|-|–|bis)\s*{_CORNER})?\s*")


def parse_area(text: str, role: Role) -> Area | None:
    """„B5:F20“, „b5 bis f20“, „F20:B5“ or one cell; None for anything else."""
    found = _RANGE.fullmatch(text)
    if not found:
        return None
    first = position(f"{found[1]}{found[2]}".upper())
    last = position(f"{found[3]}{found[4]}".upper()) if found[3] else first
    if first is None or last is None:
        return None
    (top, bottom), (left, right) = sorted((first[0], last[0])), sorted((first[1], last[1]))
    return Area(role, top, left, bottom, right)


def tabulate_corrected(
    sheet: Sheet, corrections: Sequence[Area], convention: Convention = Convention.CLASSIC
) -> tuple[Table, ...]:
    """Like `tabulate`. Notes, titles and column numbers marked by hand are not read as head or data; marked values
    make a table of their own; marked heads and label columns take the place of those found."""
    if not corrections:
        return tabulate(sheet, convention)
    left_out = [area for area in corrections if area.role in _NOT_READ]
    cells = {at: cell for at, cell in sheet.cells.items() if not any(area.holds(*at) for area in left_out)}
    rest = replace(sheet, cells=cells)
    by_hand = [area for area in corrections if area.role is Role.DATA]
    tables = [table for area in by_hand if (table := _rebuilt(rest, area, corrections))]
    for table in tabulate(rest, convention):
        box = _box(table)
        if any(_meet(box, area) for area in by_hand):
            continue
        marked = any(area.role not in _NOT_READ and _concerns(area, box) for area in corrections)
        tables.append((_rebuilt(rest, box, corrections) if marked else None) or table)
    titles = [area for area in left_out if area.role is Role.TITLE]
    tables = [_titled(table, sheet, titles) for table in tables]
    return tuple(sorted(tables, key=lambda table: (_box(table).top, _box(table).left)))


def _box(table: Table) -> Area:
    return Area.around([area for area in table.areas if area.role is Role.DATA])


def _meet(one: Area, other: Area) -> bool:
    return one.top <= other.bottom and other.top <= one.bottom and one.left <= other.right and other.left <= one.right


def _concerns(area: Area, box: Area) -> bool:
    """A head above the values, or a label column beside them."""
    above = area.bottom < box.top and area.left <= box.right and box.left <= area.right
    beside = area.left <= box.right and area.top <= box.bottom and box.top <= area.bottom
    return above or beside


def _rebuilt(sheet: Sheet, box: Area, corrections: Sequence[Area]) -> Table | None:
    """None where the marked range holds no number under a head."""
    roles = [area for area in corrections if area.role not in (*_NOT_READ, Role.DATA) and _concerns(area, box)]
    grid = _within(settled(Grid.of(sheet)), box, roles)
    rows = [row for row in grid.rows if box.top <= row <= box.bottom and _holds_value(grid, row, box)]
    if not rows:
        return None
    heads = [row for area in roles if area.role is Role.HEADER for row in range(area.top, area.bottom + 1)]
    heads = sorted({row for row in heads if row in grid.rows})
    above = min((row for row in heads), default=0) - 1 if heads else 0
    between = [row for row in grid.rows if box.top <= row <= box.bottom and row not in rows]
    body = Body(rows, max(0, above), between)
    columns = _columns(grid, body, box, roles)
    head = Head(heads, []) if heads else find_head(grid, body, columns)
    spoken = column_heads(grid, head, columns)
    if all(one.is_empty for one in spoken.values()):
        return None
    bounds = (max(body.above + 1, head.below), max(grid.rows))
    top = head.top or body.top
    title = [
        str(seen.cell.value)
        for row, cells in Grid.of(sheet).rows.items()
        if row < top
        for seen in cells
        if seen.is_text or seen.period
    ]
    draft = Draft(grid, body, columns, head, spoken, row_heads(grid, body, head, columns, bounds), title, box.bottom)
    return finished(draft)


def _within(grid: Grid, box: Area, roles: Sequence[Area]) -> Grid:
    """The columns of the values and what stands on their left."""
    marked = [area.left for area in roles if area.role in _STUB]
    return grid.band(min(marked, default=grid.left), max((box.right, *(area.right for area in roles))))


def _holds_value(grid: Grid, row: int, box: Area) -> bool:
    return any(seen.is_value and box.left <= seen.column <= box.right for seen in grid.rows[row])


def _columns(grid: Grid, body: Body, box: Area, roles: Sequence[Area]) -> Columns:
    found = classify(grid, body, lowest_heads(grid, body)).kinds
    by_hand = {
        column: _STUB[area.role]
        for area in roles
        if area.role in _STUB and area.bottom >= box.top
        for column in range(area.left, area.right + 1)
    }
    kinds: dict[int, ColumnKind] = {}
    for column in sorted({column for _, column in grid.cells}):
        if column in by_hand:
            kinds[column] = by_hand[column]
        elif box.left <= column <= box.right:
            kinds[column] = ColumnKind.DATA
        elif column < box.left and not by_hand and column in found:
            kinds[column] = ColumnKind.LABEL if found[column] is ColumnKind.DATA else found[column]
    return Columns(kinds)


def _titled(table: Table, sheet: Sheet, titles: Sequence[Area]) -> Table:
    """With the titles marked by hand, and the period that they state for cells without one."""
    if not titles:
        return table
    lines = [str(cell.value) for at, cell in sorted(sheet.cells.items()) if any(area.holds(*at) for area in titles)]
    stated = times.of_lines(lines)
    cells = tuple(_dated(cell, stated) for cell in table.cells) if stated else table.cells
    return replace(table, title=(*table.title, *lines), cells=cells, areas=(*titles, *table.areas))


def _dated(cell: TableCell, period: Period) -> TableCell:
    if cell.period is not None:
        return cell
    return cell._replace(period=period, doubts=tuple(doubt for doubt in cell.doubts if doubt != NO_PERIOD))
