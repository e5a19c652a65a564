"""Rows, columns and whole tables: copied, put in another order, left out, added."""

from collections.abc import Callable
from dataclasses import replace

from indicators.workbooks.workbook import Cell, Merge, Sheet
from tests.deliveries.metamorphic.case import At, Case, apart, shifted, with_cells, without


def copy_below(case: Case) -> Case:
    """The whole sheet once more, below itself."""
    step = case.parts.bottom + 3
    other = shifted(case.sheet, lambda row: row + step, lambda column: column)
    return _both(case, other, lambda at: [at, (at[0] + step, at[1])])


def copy_below_without_title(case: Case) -> Case | None:
    """Head and rows once more, right below the last row."""
    if case.tables > 1 or case.parts.bottom > case.parts.data[-1] or not case.parts.head:
        return None
    rows = range(min((*case.parts.head, *case.parts.numbering)), case.parts.bottom + 1)
    step = case.parts.bottom + 2 - rows[0]
    part = replace(
        case.sheet,
        cells={at: cell for at, cell in case.sheet.cells.items() if at[0] in rows},
        merges=tuple(m for m in case.sheet.merges if m.top in rows),
    )
    other = shifted(part, lambda row: row + step, lambda column: column)
    return _both(case, other, lambda at: [at, (at[0] + step, at[1])])


def copy_right(case: Case) -> Case:
    step = case.sheet.last_column + 2
    other = shifted(case.sheet, lambda row: row, lambda column: column + step)
    return _both(case, other, lambda at: [at, (at[0], at[1] + step)])


def _both(case: Case, other: Sheet, where: Callable[[At], list[At]]) -> Case:
    sheet = replace(
        case.sheet,
        cells=case.sheet.cells | other.cells,
        merges=(*case.sheet.merges, *other.merges),
        hidden_rows=case.sheet.hidden_rows | other.hidden_rows,
        hidden_columns=case.sheet.hidden_columns | other.hidden_columns,
    )
    return case.moved(sheet, where)


def reversed_rows(case: Case) -> Case | None:
    return _reordered(case, lambda rows: rows[::-1])


def total_first(case: Case) -> Case | None:
    return _reordered(case, lambda rows: [rows[-1], *rows[:-1]])


def _reordered(case: Case, order: Callable[[list[int]], list[int]]) -> Case | None:
    """Whole rows in another order, where no row depends on the one above it."""
    rows = case.parts.data
    if case.tables > 1 or not _stand_alone(case):
        return None
    target = dict(zip(order(rows), rows, strict=True))
    sheet = shifted(case.sheet, lambda row: target.get(row, row), lambda column: column)
    return case.moved(sheet, lambda at: [(target.get(at[0], at[0]), at[1])])


def _stand_alone(case: Case) -> bool:
    rows, stub = case.parts.data, [*case.parts.stub, *case.parts.periods]
    filled = all((row, column) in case.sheet.cells for row in rows for column in stub)
    merged = any(m.bottom > m.top and m.bottom >= rows[0] and m.top <= rows[-1] for m in case.sheet.merges)
    sections = len({row for row, _ in case.sheet.cells if rows[0] <= row <= rows[-1]}) > len(rows)
    return filled and not merged and not sections and not any(_depth(case, row) for row in rows)


def _depth(case: Case, row: int) -> int:
    cells = [case.sheet.cells[row, column] for column in case.parts.stub if (row, column) in case.sheet.cells]
    return sum(cell.style.indent + str(cell.value).startswith((" ", "\xa0")) for cell in cells)


def indents_as_blanks(case: Case) -> Case | None:
    found = 0

    def change(cell: Cell) -> Cell:
        nonlocal found
        if cell.column not in case.parts.stub or not cell.style.indent or not isinstance(cell.value, str):
            return cell
        found += 1
        return replace(cell, value=" " * 2 * cell.style.indent + cell.value, style=replace(cell.style, indent=0))

    sheet = with_cells(case.sheet, change)
    return replace(case, sheet=sheet) if found else None


def labels_once(case: Case) -> Case | None:
    """Rows sorted by label; a label that repeats stands in its first row only."""
    return _said_once(case, case.parts.stub)


def periods_once(case: Case) -> Case | None:
    """Rows sorted by period; a period that repeats stands in its first row only."""
    return _said_once(case, case.parts.periods)


def labels_merged(case: Case) -> Case | None:
    """Rows sorted by label; a label that repeats stands in a cell merged over its rows."""
    return _said_once(case, case.parts.stub, merged=True)


def periods_merged(case: Case) -> Case | None:
    return _said_once(case, case.parts.periods, merged=True)


def _said_once(case: Case, columns: list[int], merged: bool = False) -> Case | None:
    if len(case.parts.stub) != 1 or len(case.parts.periods) != 1:
        return None
    column = columns[0]
    new = _reordered(case, lambda rows: sorted(rows, key=lambda row: _value(case, row, column)))
    if new is None:
        return None
    blocks = [block for block in _blocks(new, column) if len(block) > 1]
    gone = {(row, column) for block in blocks for row in block[1:]}
    sheet = with_cells(new.sheet, lambda cell: None if (cell.row, cell.column) in gone else cell)
    merges = tuple(Merge(block[0], column, block[-1], column) for block in blocks) if merged else ()
    return replace(new, sheet=replace(sheet, merges=(*sheet.merges, *merges))) if blocks else None


def _value(case: Case, row: int, column: int) -> str:
    return str(case.sheet.cells[row, column].value)


def _blocks(case: Case, column: int) -> list[list[int]]:
    """Rows next to each other that say the same in the column."""
    found = list[list[int]]()
    for row in case.parts.data:
        near = found and found[-1][-1] == row - 1
        if near and _value(case, found[-1][-1], column) == _value(case, row, column):
            found[-1].append(row)
        else:
            found.append([row])
    return found


def remarks(case: Case) -> Case | None:
    """A last column of remarks beside some of the rows."""
    if case.tables > 1 or not case.parts.head:
        return None
    column = case.sheet.last_column + 1
    head = next((row for row in case.parts.head if row not in case.parts.units), case.parts.head[0])
    texts = dict.fromkeys(case.parts.data[::3], "geschätzt, siehe Bericht") | {head: "Bemerkung"}
    cells = {(row, column): Cell(row, column, text) for row, text in texts.items()}
    return replace(case, sheet=replace(case.sheet, cells=case.sheet.cells | cells))


def total_apart(case: Case) -> Case | None:
    """The last row set off by a blank one."""
    return apart(case, case.parts.data[-1:]) if case.tables == 1 and len(case.parts.data) > 2 else None


def every_third_row(case: Case) -> Case | None:
    if not _stand_alone(case) or len(case.parts.data) < 6:
        return None
    return without(case, [row for index, row in enumerate(case.parts.data) if index % 3])


def two_rows(case: Case) -> Case | None:
    return without(case, case.parts.data[2:]) if _stand_alone(case) and case.tables == 1 else None


def one_row(case: Case) -> Case | None:
    return without(case, case.parts.data[1:]) if _stand_alone(case) and case.tables == 1 else None


def first_value_columns(case: Case) -> Case | None:
    """Only the first three columns of values."""
    return (
        without(case, (), range(case.parts.values[3], case.sheet.last_column + 1))
        if len(case.parts.values) > 3
        else None
    )


def no_keys(case: Case) -> Case | None:
    titled = any((row, column) in case.sheet.cells for row in case.parts.title for column in case.parts.codes)
    return without(case, (), case.parts.codes) if case.parts.codes and case.parts.stub and not titled else None


def keys_in_front(case: Case) -> Case | None:
    """A column „Nr.“ of running numbers in front."""
    if case.tables > 1 or case.parts.codes or not (case.parts.stub or case.parts.periods):
        return None
    first = min(*case.parts.stub, *case.parts.periods, case.parts.values[0])
    new = apart(case, (), [first])
    cells = {(row, first): Cell(row, first, float(number)) for number, row in enumerate(case.parts.data, 1)}
    head = [row for row in case.parts.head if row not in case.parts.units]
    if head:
        cells[head[-1], first] = Cell(head[-1], first, "lfd. Nr.")
    return replace(new, sheet=replace(new.sheet, cells=new.sheet.cells | cells))


def stray_numbers_beside(case: Case) -> Case:
    """Four numbers without a head, apart from the table."""
    column = case.sheet.last_column + 3
    stray = {
        (row, column): Cell(row, column, 1234.0 + row) for row in range(case.parts.data[0], case.parts.data[0] + 4)
    }
    return replace(case, sheet=replace(case.sheet, cells=case.sheet.cells | stray))


def nothing_hidden(case: Case) -> Case | None:
    if not (case.sheet.hidden_rows or case.sheet.hidden_columns):
        return None
    return replace(case, sheet=replace(case.sheet, hidden_rows=frozenset(), hidden_columns=frozenset()))
