"""Small tables drawn as rows of cells, for tests that vary one thing: rows in, tables out, as the reader sees them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from indicators.tables.crosstab import Table, TableCell, tabulate
from indicators.tables.crosstab.doubts import Code
from indicators.workbooks.cells import PLAIN, Cell, Merge, Sheet, Style
from indicators.workbooks.sheetxml import position

Value = str | float | int | date | None


def sheet(
    rows: Sequence[Sequence[Value]],
    merges: Iterable[str] = (),
    formats: Mapping[str, str] | None = None,
    name: str = "Tabelle1",
    hidden: Iterable[int] = (),
) -> Sheet:
    """`formats` by address; empty texts and None are blank cells."""
    shown = {position(at): Style(number_format) for at, number_format in (formats or {}).items()}
    cells = {
        (row, column): Cell(
            row, column, float(value) if isinstance(value, int) else value, shown.get((row, column), PLAIN)
        )
        for row, line in enumerate(rows, 1)
        for column, value in enumerate(line, 1)
        if value not in (None, "")
    }
    return Sheet(name, cells, "visible", tuple(map(merge, merges)), frozenset(hidden))


def merge(reference: str) -> Merge:
    first, last = (position(corner) for corner in reference.split(":"))
    assert first and last
    return Merge(*first, *last)


def tables(*args, **kwargs) -> tuple[Table, ...]:
    return tabulate(sheet(*args, **kwargs))


def read(*args, **kwargs) -> dict[str, TableCell]:
    """The cells of all tables, by address."""
    return {cell.address: cell for table in tables(*args, **kwargs) for cell in table.cells}


def periods(cells: Mapping[str, TableCell]) -> dict[str, str]:
    return {address: str(cell.period) for address, cell in cells.items()}


def codes(cell: TableCell) -> set[Code]:
    return {doubt.code for doubt in cell.doubts}


def unread(*args, **kwargs) -> set[str]:
    """What no table holds, as ranges."""
    return {area.reference for table in tables(*args, **kwargs) for area in table.unread}


def lost(drawn: Sheet, found: Iterable[Table]) -> list[str]:
    """Numbers of a sheet with tables of which nothing is said: no cell, no part of a table, not told as unread.

    A year in a line above or below, and a small number in front of a footnote, may stand there.
    """
    areas = [area for table in found for area in table.areas]
    cells = {(cell.row, cell.column) for table in found for cell in table.cells}
    covered = {
        (row, column)
        for one in drawn.merges
        for row in range(one.top, min(one.bottom, drawn.last_row) + 1)
        for column in range(one.left, min(one.right, drawn.last_column) + 1)
        if (row, column) != (one.top, one.left)
    }
    missing = []
    for at, cell in drawn.cells.items():
        if not isinstance(cell.value, float) or at in cells or at in covered:
            continue
        roles = {area.role.value for area in areas if area.holds(*at)}
        beside = any(area.role.value in ("title", "notes") and area.top <= at[0] <= area.bottom for area in areas)
        if not roles - {"data", "title", "notes"} and not (beside and (cell.value < 100 or 1950 <= cell.value <= 2060)):
            missing.append(cell.address)
    return missing
