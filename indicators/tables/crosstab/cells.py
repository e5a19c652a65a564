"""From a draft to its cells: each with value or sign, period, unit, labels and doubts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from indicators.periods import Period, PeriodKind
from indicators.tables.crosstab import checks, period_forms, spellings, times, wording
from indicators.tables.crosstab.areas import areas
from indicators.tables.crosstab.column_heads import ColumnHead
from indicators.tables.crosstab.columns import ColumnKind
from indicators.tables.crosstab.doubts import Code, Doubt
from indicators.tables.crosstab.draft import Draft
from indicators.tables.crosstab.grid import Seen
from indicators.tables.crosstab.rows import RowHead
from indicators.tables.crosstab.spelled import Part
from indicators.tables.crosstab.table import Table, TableCell
from indicators.tables.crosstab.unseen import Unseen
from indicators.workbooks.workbook import Cell, column_letters

INHERITED = Doubt(Code.HEAD_INHERITED, "", "Der Tabellenkopf ist von der Tabelle darüber übernommen.")
Said = TypeVar("Said")

MERGED = Doubt(Code.MERGED_VALUE, "", "Der Wert steht in einer über mehrere Zeilen verbundenen Zelle.")
NO_PERIOD = Doubt(Code.PERIOD_MISSING, "", "Die Tabelle nennt keinen Zeitraum.")
COMPARES = Doubt(Code.COMPARES, "", "Der Kopf vergleicht zwei Zeitpunkte; ein eigener Zeitraum ist nicht angegeben.")


def finished(draft: Draft) -> Table:
    grid = draft.grid
    draft.stub_heads, draft.stub_day = tuple(_stub_heads(draft)), _stub_day(draft)
    draft.title_unit = next((unit for line in draft.title if (unit := wording.unit_within(line))), "")
    doubts = _table_doubts(draft)
    usual = _usual_columns(draft)
    around = _around(draft)
    read = [
        _cell(draft, seen, head, draft.heads[seen.column], around)
        for row, head in draft.rows.items()
        if not _is_stray(draft, row, head)
        for column in usual
        if (seen := grid.cells.get((row, column))) is not None and (seen.is_value or seen.number.problem)
    ]
    cells = checks.numbered(checks.miscounted(checks.doubled(read)))
    percentages = frozenset(at for at, seen in grid.cells.items() if seen.number.percent)
    cells = checks.fractions(cells, draft.title, percentages)
    return Table(
        grid.sheet.name,
        tuple(wording.label(line)[0] for line in draft.title),
        tuple(areas(draft, usual)),
        tuple(cells),
        tuple(tuple(draft.heads[column].labels) for column in usual),
        draft.stub_heads,
        tuple(doubts),
    )


@dataclass(frozen=True, slots=True)
class Around:
    """What the lines around a table say of its period, and what of its sheet is hidden, read once for all cells.

    `partly`: some columns name periods themselves. `elsewhere` holds where nothing above the table does. `remarks` are
    the text columns behind the values.
    """

    above: Period | None
    doubt: Doubt | None
    partly: bool
    elsewhere: tuple[Period | None, Doubt | None]
    unseen: Unseen
    remarks: tuple[int, ...] = ()


def _around(draft: Draft) -> Around:
    stated = times.stated(draft.title, draft.grid.sheet.name)
    partly = any(head.period is not None or head.part is not None for head in draft.heads.values())
    silent = stated.period is None and stated.doubt is None
    elsewhere = _elsewhere(draft) if silent else (None, stated.doubt)
    remarks = tuple(column for column in draft.columns.of(ColumnKind.STRAY) if column > draft.columns.data[-1])
    return Around(stated.period, stated.doubt, partly, elsewhere, Unseen.of(draft.grid.sheet), remarks)


def _elsewhere(draft: Draft) -> tuple[Period | None, Doubt | None]:
    """What the notes below the table or the sheet's name say."""
    below, named = times.of_lines(_notes(draft)), times.of_name(draft.grid.sheet.name)
    if below is not None:
        if named is not None and named.year == below.year:
            return below, None
        text = f"Der Zeitraum {below.label} steht nur unter der Tabelle."
        return below, Doubt(Code.PERIOD_BELOW_ONLY, "", text)
    if named is not None:
        return named, Doubt(Code.PERIOD_OF_SHEET, "", f"Der Zeitraum {named.label} steht nur im Namen des Blattes.")
    return None, NO_PERIOD


def _usual_columns(draft: Draft) -> list[int]:
    """Data columns that the head knows."""
    return [column for column in draft.columns.data if not draft.heads[column].is_empty]


def _table_doubts(draft: Draft) -> list[Doubt]:
    doubts = [
        Doubt(
            Code.COLUMN_NOT_READ,
            column_letters(column),
            f"Spalte {column_letters(column)} hat keinen Kopf und wurde nicht gelesen.",
        )
        for column in draft.columns.data
        if draft.heads[column].is_empty
    ]
    if draft.inherited:
        doubts.append(INHERITED)
    return doubts


def _is_stray(draft: Draft, row: int, head: RowHead) -> bool:
    """A row that the stub says nothing of, apart from the others: sums for control, not data."""
    if not head.is_bare or not (draft.columns.of(ColumnKind.LABEL) or draft.columns.of(ColumnKind.PERIOD)):
        return False
    return row - 1 not in draft.rows or row + 1 not in draft.rows


def _cell(draft: Draft, seen: Seen, row: RowHead, column: ColumnHead, around: Around) -> TableCell:
    """Of a value, a word in its place, or a day among values: that is asked too."""
    cell, number = seen.cell, seen.number
    doubts = [*row.doubts, *column.doubts] if row.doubts or column.doubts else []
    if draft.inherited:
        doubts.append(INHERITED)
    if number.doubt:
        doubts.append(Doubt(Code.NUMBER, seen.text, number.doubt))
    if number.problem:
        doubts.append(Doubt(Code.NO_NUMBER, seen.text, number.problem))
    period, period_doubt = _period(draft, row, column, around)
    if period_doubt:
        doubts.append(period_doubt)
    doubts += around.unseen.doubts(cell)
    remark = _remark(draft, cell.row, around.remarks) if around.remarks else ""
    beside = _merged_rows(draft, cell) if draft.grid.merges else ()
    if beside:
        doubts.append(MERGED)
    flags = number.flags + row.flags + column.flags + (_flags(remark) if remark else "")
    return TableCell(
        cell.row,
        cell.column,
        number.value,
        number.sign,
        period,
        row.unit or column.unit or ("Prozent" if number.percent else draft.title_unit),
        (*_labels(draft, row, beside), *column.labels),
        tuple(row.codes),
        _once((*row.marks, *column.marks, *number.footnotes)) if row.marks or column.marks or number.footnotes else (),
        "".join(_once(tuple(flags))) if flags else "",
        _once(tuple(doubts)) if doubts else (),
        remark,
    )


def _merged_rows(draft: Draft, cell: Cell) -> Sequence[int]:
    """The further rows that a merged cell reaches down to."""
    merge = draft.grid.merge(cell.row, cell.column)
    return range(cell.row + 1, merge.bottom + 1) if merge else ()


def _labels(draft: Draft, row: RowHead, beside: Sequence[int]) -> Sequence[str]:
    """What the stub says of a row, and of the rows that a merged cell stands in as well."""
    if not beside:
        return row.labels
    further = (text for other in beside if other in draft.rows for text in draft.rows[other].labels)
    return (*row.labels, *(text for text in dict.fromkeys(further) if text not in row.labels))


def _once(found: tuple[Said, ...]) -> tuple[Said, ...]:
    """Each once; most cells have none, and a table can have 200,000 cells."""
    return tuple(dict.fromkeys(found)) if len(found) > 1 else found


def _flags(remark: str) -> str:
    """„vorläufig“ in a column of remarks is a flag."""
    return spellings.flagged(f"… {remark}")[1]


def _remark(draft: Draft, row: int, columns: tuple[int, ...]) -> str:
    """What stands in the text columns behind the values of a row."""
    return " · ".join(seen.text for column in columns if (seen := draft.grid.spoken(row, column)) and seen.row == row)


def _period(draft: Draft, row: RowHead, column: ColumnHead, around: Around) -> tuple[Period | None, Doubt | None]:
    """The head's period, else the row's, else what the lines around the table state; a quarter gets its year so."""
    day = column.day or draft.stub_day
    part = column.part or row.part
    if column.period is not None:
        return _parted(row.part, column.period) if row.part else (_dated(_within_year(column.period, row), day), None)
    if row.period is not None:
        return _parted(part, row.period) if part else (_dated(_as_month(draft, row.period), day), None)
    if column.is_change:
        return None, COMPARES
    if around.above is None:
        year, doubt = around.elsewhere
        return _parted(part, year, doubt) if part and year else (year, doubt)
    if part is not None:
        return _parted(part, around.above, around.doubt)
    doubt = around.doubt
    if around.partly:
        text = f"Diese Spalte nennt keinen Zeitraum; {around.above.label} steht über der Tabelle."
        doubt = Doubt(Code.PERIOD_ABOVE_ONLY, "", text)
    return _dated(around.above, day), doubt


def _parted(part: Part | None, year: Period, doubt: Doubt | None = None) -> tuple[Period | None, Doubt | None]:
    """A quarter, month or half-year of a year that stands elsewhere."""
    if part is None:
        return year, doubt
    period = part.within(year)
    return (period, doubt) if period else (None, period_forms.unusual(f"{part.label} {year.label}"))


def _notes(draft: Draft) -> list[str]:
    """Lines below the table, without footnotes and without an imprint and the lines that go on from it."""
    lines: list[str] = []
    imprint = 0
    for row in draft.grid.rows:
        if draft.body.bottom < row <= draft.notes_end:
            said = [str(seen.cell.value) for seen in draft.grid.rows[row] if isinstance(seen.cell.value, str)]
            goes_on = row == imprint + 1 and all(line[:1].isspace() for line in said)
            if goes_on or any(map(times.is_imprint, said)):
                imprint = row
            else:
                lines += [line for line in said if not times.is_footnote(line)]
    return lines


def _within_year(period: Period, row: RowHead) -> Period:
    """A month or quarter as row label below a year as head."""
    if period.kind is PeriodKind.YEAR:
        for text in row.labels:
            if part := times.of_text(f"{text} {period.year}"):
                return part
    return period


def _dated(period: Period, day: times.Day | None) -> Period:
    if day is None or period.kind is not PeriodKind.YEAR:
        return period
    return day.of(period.year) or period


def _stub_day(draft: Draft) -> times.Day | None:
    for column in draft.columns.of(ColumnKind.PERIOD):
        for row in draft.head.rows:
            seen = draft.grid.spoken(row, column)
            if seen and (day := times.day_within(seen.text)):
                return day
    return None


def _as_month(draft: Draft, period: Period) -> Period:
    """Days below „Berichtsmonat“ are months."""
    if period.kind is PeriodKind.DATE and any("monat" in text.casefold() for text in draft.stub_heads):
        return Period.month(period.year, period.end.month)
    return period


def _stub_heads(draft: Draft) -> list[str]:
    stub = [column for column in draft.columns.kinds if column <= draft.columns.stub_end]
    found: list[str] = []
    for row in draft.head.rows:
        for column in stub:
            seen = draft.grid.spoken(row, column)
            if seen is not None and not seen.is_value and seen.text not in found:
                found.append(seen.text)
    return found
