"""The head of a body: which rows it takes and what it says of each data column."""

from dataclasses import dataclass, field

from indicators.periods import PeriodKind
from indicators.tables.crosstab import wording
from indicators.tables.crosstab.bodies import Body
from indicators.tables.crosstab.columns import ColumnKind, Columns
from indicators.tables.crosstab.grid import Grid, Seen
from indicators.tables.crosstab.head_reach import is_unit_cell, speaks
from indicators.tables.crosstab.row_kinds import RowKind, is_note, row_kind


@dataclass
class Head:
    """The head's rows from top to bottom, and filled rows between it and the data that are sections."""

    rows: list[int]
    numbering: list[int]
    sections: list[int] = field(default_factory=list)

    @property
    def top(self) -> int:
        return min((*self.rows, *self.numbering), default=0)

    @property
    def below(self) -> int:
        return max((*self.rows, *self.numbering), default=0) + 1


def lowest_heads(grid: Grid, body: Body) -> dict[int, str]:
    """The text nearest above each column: enough to tell a year column from counts."""
    found: dict[int, str] = {}
    for row in grid.rows:
        if body.above < row < body.top and row_kind(grid.rows[row]) is not RowKind.NUMBERING:
            for seen in grid.rows[row]:
                if not seen.is_value or seen.is_year:
                    found[seen.column] = seen.text
    return found


def find_head(grid: Grid, body: Body, columns: Columns, numbering: int = 0) -> Head:
    """Walks up from the data until a title, a gap or other data. `numbering` is a row known to hold column numbers."""
    stub_end, data = columns.stub_end, set(columns.data)
    stub_top = _stub_top(grid, body, stub_end)
    head = Head([], [])
    skipped: list[int] = []
    below = body.top
    for row in sorted((row for row in grid.rows if body.above < row < body.top), reverse=True):
        cells = grid.rows[row]
        gap = _gap(grid, row, below)
        over = [seen for seen in cells if _is_over(grid, seen, stub_end, data)]
        kind = RowKind.TEXT if row in body.pieces else row_kind(cells)
        kind = RowKind.NUMBERING if row == numbering or row in body.numbering else kind
        outside = gap >= 2 or _is_title(grid, row, over, gap, stub_top, kind) or _is_apart(grid, over, columns)
        outside = outside or _is_banner(grid, cells, columns) or (gap > 0 and _is_hint(grid, cells, head.rows, columns))
        if head.rows and outside:
            break
        if kind is RowKind.NUMBERING and over:
            head.sections = _sections(grid, [*skipped, *head.rows])
            head.numbering.append(row)
            head.rows, skipped = [], []
        elif over and (kind is not RowKind.DATA or all(seen.is_text or seen.period for seen in over)):
            head.rows.append(row)
        elif kind is RowKind.DATA and any(seen.is_value for seen in over):
            break
        else:
            skipped.append(row)
            if len(skipped) > 6:
                break
        below = row
    head.rows.sort()
    _part_sections(grid, body, head)
    return head


def _part_sections(grid: Grid, body: Body, head: Head) -> None:
    """A lone text right above the data that looks like the sections further down is the first of them."""
    looks = {_look(grid, row) for row in body.between if row not in body.words} - {None}
    looks |= {_widened(look) for look in looks if look is not None}
    last_head = max((*head.rows, *head.numbering), default=0)
    for row in sorted((row for row in grid.rows if body.above < row < body.top), reverse=True):
        if row < last_head or _look(grid, row) not in looks or is_note(grid.rows[row][0]):
            return
        head.sections = sorted({*head.sections, row})
        if row in head.rows:
            head.rows.remove(row)
            last_head = max((*head.rows, *head.numbering), default=0)


def _widened(look: tuple[int, int, bool]) -> tuple[int, int, bool]:
    """The same without its merge: the first section is often the one that nobody merged."""
    return look[0], look[0], look[2]


def _look(grid: Grid, row: int) -> tuple[int, int, bool] | None:
    """Where a row's only text stands and how wide it is; None for rows with more."""
    cells = grid.rows[row]
    if len({seen.text for seen in cells}) != 1 or (cells[0].is_value and not cells[0].is_year):
        return None
    extent = grid.extent(cells[0])
    return extent.left, extent.right, cells[0].cell.style.bold


def _gap(grid: Grid, row: int, below: int) -> int:
    """Blank rows between two filled ones, less those that merges of the upper one cover."""
    reach = max(grid.extent(seen).bottom for seen in grid.rows[row])
    return max(0, below - max(row, reach) - 1)


def _is_over(grid: Grid, seen: Seen, stub_end: int, data: set[int]) -> bool:
    extent = grid.extent(seen)
    return speaks(grid, seen, stub_end) and any(extent.left <= column <= extent.right for column in data)


def _stub_top(grid: Grid, body: Body, stub_end: int) -> int | None:
    """Where merged stub heads begin: nothing above them is the head, unless it is clearly a head row."""
    tops = [
        merge.top
        for merge in grid.merges
        if merge.right <= stub_end and body.above < merge.top < merge.bottom and body.top - 6 <= merge.bottom < body.top
    ]
    return min(tops, default=None)


def _is_title(grid: Grid, row: int, over: list[Seen], gap: int, stub_top: int | None, kind: RowKind) -> bool:
    """A lone text above the head that belongs to no group of columns."""
    if len(over) != 1 or kind is RowKind.UNITS or over[0].period is not None:
        return False
    extent = grid.extent(over[0])
    alone = extent.right == extent.left
    if stub_top is not None and row < stub_top:
        return alone or gap > 0 or len(grid.rows[row]) > len(over)
    return alone and gap > 0 and len(grid.rows[row]) == 1


def _is_banner(grid: Grid, cells: list[Seen], columns: Columns) -> bool:
    """One text merged over stub and data alike: a title, above which nothing is head."""
    if len(cells) != 1 or is_unit_cell(cells[0]):
        return False
    extent = grid.extent(cells[0])
    return extent.left <= min(columns.kinds) <= columns.stub_end < columns.data[-1] <= extent.right


def _is_hint(grid: Grid, cells: list[Seen], rows: list[int], columns: Columns) -> bool:
    """A line of title with hints beside it, above a gap: the head row below names stub and data columns by itself."""
    beside = [seen for seen in cells if columns.kinds.get(seen.column) is ColumnKind.DATA]
    if len(beside) != 1 or len(columns.data) < 2 or beside[0] is cells[0] or not cells[0].is_text:
        return False
    if grid.merge(beside[0].row, beside[0].column) is not None or str(beside[0].cell.value).rstrip().endswith("-"):
        return False
    known = [column for column in columns.kinds if columns.kinds[column] is not ColumnKind.STRAY]
    return any(all(_is_named(grid.cells.get((row, column))) for column in known) for row in rows)


def _is_named(seen: Seen | None) -> bool:
    return seen is not None and seen.is_text and not wording.is_helper(seen.text)


def _is_apart(grid: Grid, over: list[Seen], columns: Columns) -> bool:
    """A lone day above the head, over one column further right: when the sheet was printed."""
    if len(over) != 1 or over[0].period is None or over[0].period.kind is not PeriodKind.DATE:
        return False
    return over[0].column > columns.data[0] and grid.extent(over[0]).right == over[0].column


def _sections(grid: Grid, rows: list[int]) -> list[int]:
    """Filled rows below the column numbers: sections, unless they are notes."""
    return sorted(row for row in rows if not is_note(grid.rows[row][0]))
