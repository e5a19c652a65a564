"""Looks, place and heads: what changes how a table is drawn, not what it says."""

import re
from collections.abc import Callable
from dataclasses import replace

from indicators.tables.crosstab import times, wording
from indicators.workbooks.numberformat import is_date, shown
from indicators.workbooks.workbook import Cell, Merge, Sheet
from tests.deliveries.metamorphic.case import Case, apart, with_cells, without


def no_looks(case: Case) -> Case:
    """No bold, fill or border; formats and indents, which carry meaning, stay."""
    return _styled(case, lambda cell: replace(cell.style, bold=False, fill="", borders=""))


def no_bold(case: Case) -> Case:
    return _styled(case, lambda cell: replace(cell.style, bold=False))


def all_bold(case: Case) -> Case:
    return _styled(case, lambda cell: replace(cell.style, bold=True))


def plain_formats(case: Case) -> Case:
    """General, where the format shows nothing but the number itself."""

    def plain(cell: Cell) -> Cell:
        value, code = cell.value, cell.style.number_format
        if isinstance(value, bool) or not isinstance(value, float | int) or is_date(code):
            return cell
        seen = shown(float(value), code)
        same = seen.text is None and seen.value == value and not (seen.brackets or seen.percent or seen.loses_minus)
        return replace(cell, style=replace(cell.style, number_format="General")) if same else cell

    return replace(case, sheet=with_cells(case.sheet, plain))


def _styled(case: Case, style: Callable[[Cell], object]) -> Case:
    return replace(case, sheet=with_cells(case.sheet, lambda cell: replace(cell, style=style(cell))))  # type: ignore[arg-type]


def moved_away(case: Case) -> Case:
    return apart(case, [1] * 5, [1] * 3)


def renamed_sheet(case: Case) -> Case:
    return replace(case, sheet=replace(case.sheet, name="Tabelle1"))


def gap_below_title(case: Case) -> Case | None:
    top = _top(case)
    return apart(case, [top, top]) if top > 1 else None


def no_gap_below_title(case: Case) -> Case | None:
    filled = {row for row, _ in case.sheet.cells}
    blank = [row for row in range(1, _top(case)) if row not in filled]
    return without(case, blank) if blank else None


def gap_below_head(case: Case) -> Case:
    return apart(case, [case.parts.data[0]])


def gap_in_head(case: Case) -> Case | None:
    return apart(case, [case.parts.head[1]]) if len(case.parts.head) > 1 else None


def gaps_between_blocks(case: Case) -> Case:
    return apart(case, case.parts.data[5::5])


def spacer_after_stub(case: Case) -> Case:
    return apart(case, (), [case.parts.values[0]])


def spacers_between_groups(case: Case) -> Case | None:
    """A narrow blank column before each head of several columns."""
    head = case.parts.head
    groups = sorted({m.left for m in case.sheet.merges if m.top in head and m.left in case.parts.values[1:]
                     and m.right > m.left and (m.top, m.left) in case.sheet.cells})  # fmt: skip
    crossed = {left for left in groups for m in case.sheet.merges if m.left < left <= m.right}
    return apart(case, (), groups) if groups and not crossed else None


def no_merges(case: Case) -> Case | None:
    """As if nobody had merged heads: the text stays in the first cell."""
    kept = tuple(m for m in case.sheet.merges if m.top >= max((*case.parts.head, *case.parts.numbering, 0)))
    return replace(case, sheet=replace(case.sheet, merges=kept)) if len(kept) < len(case.sheet.merges) else None


def titles_merged(case: Case) -> Case | None:
    """Lone texts above the head centred over the table's width."""
    sheet, last = case.sheet, max(case.parts.values)
    new = []
    for row in case.parts.title:
        filled = [column for down, column in sheet.cells if down == row]
        free = not any(m.top <= row <= m.bottom for m in sheet.merges)
        if len(filled) == 1 and free and filled[0] < case.parts.values[0]:
            new.append(Merge(row, filled[0], row, last))
    return replace(case, sheet=replace(sheet, merges=(*sheet.merges, *new))) if new else None


def single_heads_merged_down(case: Case) -> Case | None:
    """A head over one column, with nothing below it, merged down to the data; stub heads as well."""
    sheet, head = case.sheet, [row for row in case.parts.head if row not in case.parts.units]
    if not head or head != list(range(head[0], head[-1] + 1)):
        return None
    new = []
    for column in range(1, max(case.parts.values) + 1):
        filled = [row for row in head if (row, column) in sheet.cells]
        covered = any(m.left <= column <= m.right and m.top <= head[-1] and m.bottom >= head[0] for m in sheet.merges)
        if len(filled) == 1 and filled[0] < head[-1] and not covered:
            new.append(Merge(filled[0], column, head[-1], column))
    return replace(case, sheet=replace(sheet, merges=(*sheet.merges, *new))) if new else None


def _heads_said(say: Callable[[str], str]) -> Callable[[Case], Case]:
    def transformed(case: Case) -> Case:
        rows = set(case.parts.head) - set(case.parts.units)

        def change(cell: Cell) -> Cell:
            if cell.row not in rows or not isinstance(cell.value, str) or cell.superscripts:
                return cell
            return replace(cell, value=say(cell.value))

        return replace(case, sheet=with_cells(case.sheet, change))

    return transformed


def _hyphenated(text: str) -> str:
    return re.sub(r"(?<![\wäöüß])([A-ZÄÖÜ][a-zäöüß]{5})([a-zäöüß]{5,})", r"\1-\n\2", text)


heads_upper = _heads_said(str.upper)
heads_lower = _heads_said(str.lower)
heads_spaced = _heads_said(lambda text: f"  {text.replace(' ', chr(160) + ' ')} ")
heads_broken = _heads_said(lambda text: text.replace(" ", "\n"))
heads_hyphenated = _heads_said(_hyphenated)
heads_with_soft_hyphens = _heads_said(lambda text: re.sub(r"([a-zäöüß]{4})(?=[a-zäöüß]{4})", "\\1\u00ad", text))


def no_numbering(case: Case) -> Case | None:
    return without(case, case.parts.numbering) if case.parts.numbering else None


def _numbered(say: Callable[[int], object], all_columns: bool) -> Callable[[Case], Case | None]:
    def transformed(case: Case) -> Case | None:
        row = case.parts.data[0]
        below = [other for other, _ in case.sheet.cells if max(case.parts.head, default=0) < other < row]
        if case.parts.numbering or case.tables > 1 or below:
            return None
        new = apart(case, [row])
        used = sorted({*case.parts.values, *case.parts.stub, *case.parts.periods}) if all_columns else case.parts.values
        cells = {(row, column): Cell(row, column, say(number)) for number, column in enumerate(used, 1)}  # type: ignore[arg-type]
        merges = tuple(
            replace(m, bottom=min(m.bottom, row - 1)) if m.top < row <= m.bottom else m for m in new.sheet.merges
        )
        return replace(new, sheet=replace(new.sheet, cells=new.sheet.cells | cells, merges=merges))

    return transformed


column_numbers = _numbered(float, all_columns=True)
column_numbers_as_text = _numbered(str, all_columns=True)
column_numbers_over_values = _numbered(float, all_columns=False)


def no_units(case: Case) -> Case | None:
    """Unit rows taken out: unit is not part of the score, everything else must stay."""
    only_units = [row for row in case.parts.units if _is_only_units(case.sheet, row)]
    return without(case, only_units) if only_units and len(case.parts.head) > len(only_units) else None


def _is_only_units(sheet: Sheet, row: int) -> bool:
    texts = [cell.value for at, cell in sheet.cells.items() if at[0] == row]
    return all(wording.is_unit(text) if isinstance(text, str) else text == 1000 for text in texts)


def unit_row(case: Case) -> Case | None:
    """A row „Anzahl“ over every value column, where the head has none."""
    if case.parts.units or case.tables > 1 or not case.parts.head:
        return None
    row = max(case.parts.head) + 1
    new = apart(case, [row])
    cells = {(row, column): Cell(row, column, "Anzahl") for column in case.parts.values}
    return replace(new, sheet=replace(new.sheet, cells=new.sheet.cells | cells))


def no_stub_heads(case: Case) -> Case | None:
    """Nothing above the labels, unless a reference date stands there."""
    rows = set(case.parts.head) if case.tables == 1 else set()
    stub = {*case.parts.stub, *case.parts.periods, *case.parts.codes}
    gone = [at for at in case.sheet.cells if at[0] in rows and at[1] in stub]
    if any(times.day_within(str(case.sheet.cells[at].value)) for at in gone):
        return None
    merges = tuple(m for m in case.sheet.merges if (m.top, m.left) not in gone)
    sheet = with_cells(case.sheet, lambda cell: None if (cell.row, cell.column) in gone else cell)
    return replace(case, sheet=replace(sheet, merges=merges)) if gone else None


def _top(case: Case) -> int:
    return min((*case.parts.head, *case.parts.numbering, case.parts.data[0]))
