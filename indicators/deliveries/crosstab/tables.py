"""From a sheet to its tables: bands, bodies, heads, rows, and then every cell with what is said of it."""

from indicators.deliveries.crosstab import checks, times, wording
from indicators.deliveries.crosstab.areas import areas
from indicators.deliveries.crosstab.bodies import Body, RowKind, bodies, row_kind
from indicators.deliveries.crosstab.columns import ColumnKind, Columns, classify
from indicators.deliveries.crosstab.draft import Draft
from indicators.deliveries.crosstab.grid import Grid, Kind, Seen, bands
from indicators.deliveries.crosstab.heads import ColumnHead, Head, column_heads, find_head
from indicators.deliveries.crosstab.rows import RowHead, row_heads
from indicators.deliveries.crosstab.shape import Role, Table, TableCell
from indicators.deliveries.numbers import Convention
from indicators.deliveries.workbook import Sheet, column_letters
from indicators.periods import Period, PeriodKind


def tabulate(sheet: Sheet, convention: Convention = Convention.CLASSIC) -> tuple[Table, ...]:
    """The tables of a sheet from top to bottom, side by side from left to right; none for a sheet without one."""
    grid = Grid.of(sheet, convention)
    found: list[Table] = []
    for band in bands(grid):
        beside = [
            seen.text
            for seen in grid.cells.values()
            if seen.column < band.left and isinstance(seen.cell.value, str) and not _is_within(found, seen)
        ]
        found += _tables(band, beside)
    return tuple(sorted(checks.lonely(found), key=lambda table: (table.areas[0].top, table.areas[0].left)))


def _is_within(tables: list[Table], seen: Seen) -> bool:
    """Whether a cell belongs to the head or the body of a table."""
    return any(
        area.holds(seen.row, seen.column) and area.role is not Role.TITLE for table in tables for area in table.areas
    )


def _tables(grid: Grid, lines_left: list[str]) -> list[Table]:
    runs = bodies(grid)
    drafts: list[Draft] = []
    for body in runs:
        body.above = drafts[-1].body.bottom if drafts else 0
        draft = _draft(grid, body, drafts[-1] if drafts else None, lines_left)
        if draft is not None:
            drafts.append(draft)
    for index, draft in enumerate(drafts):
        following = drafts[index + 1] if index + 1 < len(drafts) else None
        draft.notes_end = (following.head.top or following.body.top) - 1 if following else max(grid.rows)
    return [_table(draft) for draft in drafts]


def _draft(grid: Grid, body: Body, before: Draft | None, lines_left: list[str]) -> Draft | None:
    """None for numbers that are no table: no data column with a head."""
    columns = classify(grid, body, _lowest_heads(grid, body))
    if not columns.data:
        return None
    head = find_head(grid, body, columns, _numbering_in(grid, body, columns))
    heads = column_heads(grid, head, columns)
    for column in columns.data:
        if any(columns.data[0] < stray < column for stray in columns.of(ColumnKind.STRAY)):
            heads[column].doubts.append(
                "Links von der Spalte steht Text: Vielleicht gehört sie zu einer anderen Tabelle."
            )
    inherited = False
    if all(one.is_empty for one in heads.values()):
        if before is None or not set(columns.data) <= set(before.columns.data):
            return None
        heads, columns, inherited = before.heads, before.columns, True
    bounds = (body.above + 1, max((seen.row for seen in grid.cells.values()), default=body.bottom))
    top = head.top or body.top
    rows = row_heads(grid, body, head, columns, (max(bounds[0], _below(head)), bounds[1]))
    title = [
        str(seen.cell.value)
        for row in grid.rows
        if body.above < row < top
        for seen in grid.rows[row]
        if seen.kind in (Kind.TEXT, Kind.PERIOD) or seen.is_year
    ]
    title = title or (before.title if before else [])
    if times.of_lines(title) is None:
        title = [*lines_left, *title]
    return Draft(grid, body, columns, head, heads, rows, title, body.bottom, inherited=inherited)


def _numbering_in(grid: Grid, body: Body, columns: Columns) -> int:
    """A first row that says „Jahr | 1“ where the others say „2019 | 344905“ is head; it leaves the body."""
    row = body.top
    named = [grid.cells.get((row, column)) for column in columns.of(ColumnKind.PERIOD)]
    if len(body.rows) < 2 or not any(seen is not None and seen.is_text for seen in named):
        return 0
    body.rows.pop(0)
    return row


def _below(head: Head) -> int:
    return max((*head.rows, *head.numbering), default=0) + 1


def _lowest_heads(grid: Grid, body: Body) -> dict[int, str]:
    """The text nearest above each column: enough to tell a year column from counts."""
    found: dict[int, str] = {}
    for row in grid.rows:
        if body.above < row < body.top and row_kind(grid.rows[row]) is not RowKind.NUMBERING:
            for seen in grid.rows[row]:
                if not seen.is_value or seen.is_year:
                    found[seen.column] = seen.text
    return found


def _table(draft: Draft) -> Table:
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
        doubts.append("Der Tabellenkopf ist von der Tabelle darüber übernommen.")
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
        doubts.append("Der Tabellenkopf ist von der Tabelle darüber übernommen.")
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
