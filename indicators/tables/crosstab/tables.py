"""From a sheet to its tables: bands, bodies, heads, rows, and then every cell with what is said of it."""

from indicators.tables.crosstab import checks, times, unread
from indicators.tables.crosstab.bodies import Body, bodies
from indicators.tables.crosstab.cells import finished
from indicators.tables.crosstab.column_heads import column_heads
from indicators.tables.crosstab.columns import ColumnKind, Columns, classify
from indicators.tables.crosstab.dates import settled
from indicators.tables.crosstab.doubts import Code, Doubt
from indicators.tables.crosstab.draft import Draft
from indicators.tables.crosstab.grid import Grid, Kind, Seen, bands
from indicators.tables.crosstab.heads import find_head, lowest_heads
from indicators.tables.crosstab.rows import row_heads
from indicators.tables.crosstab.table import Role, Table
from indicators.workbooks.numbers import Convention
from indicators.workbooks.workbook import Sheet

COLUMN_APART = Doubt(
    Code.COLUMN_APART, "", "Links von der Spalte steht Text: Vielleicht gehört sie zu einer anderen Tabelle."
)
FIRST_COLUMN_NUMBERS = (1, 2, 3)  # of the data columns, where the stub's are counted too


def tabulate(sheet: Sheet, convention: Convention = Convention.CLASSIC) -> tuple[Table, ...]:
    """The tables of a sheet from top to bottom, side by side from left to right; none for a sheet without one."""
    grid = settled(Grid.of(sheet, convention))
    found: list[Table] = []
    for band in bands(grid):
        beside = [
            seen.text
            for seen in grid.cells.values()
            if seen.column < band.left and isinstance(seen.cell.value, str) and not _is_within(found, seen)
        ]
        found += _tables(band, beside)
    ordered = sorted(checks.lonely(found), key=lambda table: (table.areas[0].top, table.areas[0].left))
    return unread.told(grid, ordered)


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
    return [finished(draft) for draft in drafts]


def _draft(grid: Grid, body: Body, before: Draft | None, lines_left: list[str]) -> Draft | None:
    """None for numbers that are no table: no data column with a head."""
    columns = classify(grid, body, lowest_heads(grid, body))
    if not columns.data:
        return None
    head = find_head(grid, body, columns, _numbering_in(grid, body, columns))
    heads = column_heads(grid, head, columns)
    for column in columns.data:
        if any(columns.data[0] < stray < column for stray in columns.of(ColumnKind.STRAY)):
            heads[column].doubts.append(COLUMN_APART)
    inherited = False
    if all(one.is_empty for one in heads.values()):
        if before is None or not set(columns.data) <= set(before.columns.data):
            return None
        heads, columns, inherited = before.heads, before.columns, True
    bounds = (body.above + 1, max((seen.row for seen in grid.cells.values()), default=body.bottom))
    top = head.top or body.top
    rows = row_heads(grid, body, head, columns, (max(bounds[0], head.below), bounds[1]))
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
    named = [seen for column in columns.of(ColumnKind.PERIOD) if (seen := grid.cells.get((row, column)))]
    if len(body.rows) < 2 or not named or any(not seen.is_text or seen.part for seen in named):
        return 0
    numbers = [seen.whole for column in columns.data if (seen := grid.cells.get((row, column)))]
    if numbers not in ([*range(first, first + len(numbers))] for first in FIRST_COLUMN_NUMBERS):
        return 0
    body.rows.pop(0)
    return row
