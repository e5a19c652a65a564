"""From a draft to its cells: each with value or sign, period, unit, labels and doubts."""

from indicators.deliveries.crosstab import checks, times, wording
from indicators.deliveries.crosstab.areas import areas
from indicators.deliveries.crosstab.columns import ColumnKind
from indicators.deliveries.crosstab.draft import Draft
from indicators.deliveries.crosstab.grid import Seen
from indicators.deliveries.crosstab.heads import ColumnHead
from indicators.deliveries.crosstab.rows import RowHead
from indicators.deliveries.crosstab.shape import Table, TableCell
from indicators.deliveries.workbook import column_letters
from indicators.periods import Period, PeriodKind

INHERITED = "Der Tabellenkopf ist von der Tabelle darüber übernommen."


def finished(draft: Draft) -> Table:
    grid = draft.grid
    stated = times.stated(draft.title, grid.sheet.name)
    draft.stub_heads, draft.stub_day = tuple(_stub_heads(draft)), _stub_day(draft)
    draft.title_unit = next((unit for line in draft.title if (unit := wording.unit_within(line))), "")
    doubts = _table_doubts(draft)
    usual = _usual_columns(draft)
    read = [
        _cell(draft, seen, head, draft.heads[seen.column], stated)
        for row, head in draft.rows.items()
        if not _is_stray(draft, row, head)
        for column in usual
        if (seen := grid.cells.get((row, column))) is not None and (seen.is_value or seen.is_text)
    ]
    cells = checks.numbered(checks.miscounted(checks.doubled([cell for cell in read if cell is not None])))
    return Table(
        grid.sheet.name,
        tuple(wording.label(line)[0] for line in draft.title),
        tuple(areas(draft, usual)),
        tuple(cells),
        tuple(tuple(draft.heads[column].labels) for column in usual),
        draft.stub_heads,
        tuple(doubts),
    )


def _usual_columns(draft: Draft) -> list[int]:
    """Data columns that the head knows."""
    return [column for column in draft.columns.data if not draft.heads[column].is_empty]


def _table_doubts(draft: Draft) -> list[str]:
    doubts = [
        f"Spalte {column_letters(column)} hat keinen Kopf und wurde nicht gelesen."
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


def _cell(
    draft: Draft, seen: Seen, row: RowHead, column: ColumnHead, stated: tuple[Period | None, str]
) -> TableCell | None:
    if seen.is_text and not seen.number.problem:
        return None
    doubts = [*row.doubts, *column.doubts]
    if draft.inherited:
        doubts.append(INHERITED)
    if seen.number.doubt:
        doubts.append(seen.number.doubt)
    if seen.number.problem:
        doubts.append(seen.number.problem)
    period, period_doubt = _period(draft, row, column, stated)
    if period_doubt:
        doubts.append(period_doubt)
    unit = _unit(draft, seen, row, column)
    if draft.grid.is_hidden(0, seen.column):
        doubts.append("Die Spalte ist ausgeblendet.")
    labels = list(row.labels)
    bottom = draft.grid.extent(seen).bottom
    if bottom > seen.row:
        doubts.append("Der Wert steht in einer über mehrere Zeilen verbundenen Zelle.")
        for other in range(seen.row + 1, bottom + 1):
            labels += [text for text in (draft.rows[other].labels if other in draft.rows else ()) if text not in labels]
    return TableCell(
        seen.row,
        seen.column,
        seen.number.value,
        seen.number.sign,
        period,
        unit,
        (*labels, *column.labels),
        tuple(row.codes),
        tuple(dict.fromkeys((*row.marks, *column.marks, *seen.number.footnotes))),
        seen.number.flags,
        tuple(dict.fromkeys(doubts)),
    )


def _period(
    draft: Draft, row: RowHead, column: ColumnHead, stated: tuple[Period | None, str]
) -> tuple[Period | None, str]:
    """The head's period, else the row's, else what the lines above the table state."""
    day = column.day or draft.stub_day
    if column.period is not None:
        return _dated(_within_year(column.period, row), day), ""
    if row.period is not None:
        return _dated(_as_month(draft, row.period), day), ""
    if column.is_change:
        return None, "Der Kopf vergleicht zwei Zeitpunkte; ein eigener Zeitraum ist nicht angegeben."
    above, doubt = stated
    if above is not None:
        partly = any(other.period is not None for other in draft.heads.values())
        if partly:
            doubt = f"Diese Spalte nennt keinen Zeitraum; {above.label} steht über der Tabelle."
        return _dated(above, day), doubt
    below, named = times.of_lines(_notes(draft)), times.of_name(draft.grid.sheet.name)
    if below is not None:
        same = named is not None and named.year == below.year
        return below, "" if same else f"Der Zeitraum {below.label} steht nur unter der Tabelle."
    if named is not None:
        return named, f"Der Zeitraum {named.label} steht nur im Namen des Blattes."
    return None, "Die Tabelle nennt keinen Zeitraum."


def _notes(draft: Draft) -> list[str]:
    """Lines below the table, without footnotes."""
    lines = [
        str(seen.cell.value)
        for row in draft.grid.rows
        if draft.body.bottom < row <= draft.notes_end
        for seen in draft.grid.rows[row]
        if isinstance(seen.cell.value, str)
    ]
    return [line for line in lines if not times.is_footnote(line)]


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


def _unit(draft: Draft, seen: Seen, row: RowHead, column: ColumnHead) -> str:
    if row.unit or column.unit:
        return row.unit or column.unit
    if seen.number.percent:
        return "Prozent"
    return draft.title_unit


def _stub_heads(draft: Draft) -> list[str]:
    stub = [column for column in draft.columns.kinds if column <= draft.columns.stub_end]
    found: list[str] = []
    for row in draft.head.rows:
        for column in stub:
            seen = draft.grid.spoken(row, column)
            if seen is not None and not seen.is_value and seen.text not in found:
                found.append(seen.text)
    return found
