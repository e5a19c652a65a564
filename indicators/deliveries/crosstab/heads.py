"""The head of a body: which rows it takes and what it says of each data column."""

from dataclasses import dataclass, field

from indicators.deliveries.crosstab import times, wording
from indicators.deliveries.crosstab.bodies import Body, RowKind, is_note, row_kind
from indicators.deliveries.crosstab.columns import Columns
from indicators.deliveries.crosstab.doubts import Code, Doubt
from indicators.deliveries.crosstab.grid import Grid, Seen
from indicators.deliveries.crosstab.reach import is_unit_cell, speaks, stacks
from indicators.deliveries.crosstab.spellings import Part
from indicators.periods import Period, PeriodKind


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


@dataclass
class ColumnHead:
    """What the head says of one data column, from top to bottom."""

    labels: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    unit: str = ""
    period: Period | None = None
    part: Part | None = None
    flags: str = ""
    day: times.Day | None = None
    is_change: bool = False
    doubts: list[Doubt] = field(default_factory=list)
    cells: list[Seen] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.labels or self.unit or self.period or self.part)


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
    looks = {_look(grid, row) for row in body.between} - {None}
    last_head = max((*head.rows, *head.numbering), default=0)
    for row in sorted((row for row in grid.rows if body.above < row < body.top), reverse=True):
        if row < last_head or _look(grid, row) not in looks or is_note(grid.rows[row][0]):
            return
        head.sections = sorted({*head.sections, row})
        if row in head.rows:
            head.rows.remove(row)
            last_head = max((*head.rows, *head.numbering), default=0)


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


def _is_apart(grid: Grid, over: list[Seen], columns: Columns) -> bool:
    """A lone day above the head, over one column further right: when the sheet was printed."""
    if len(over) != 1 or over[0].period is None or over[0].period.kind is not PeriodKind.DATE:
        return False
    return over[0].column > columns.data[0] and grid.extent(over[0]).right == over[0].column


def _sections(grid: Grid, rows: list[int]) -> list[int]:
    """Filled rows below the column numbers: sections, unless they are notes."""
    return sorted(row for row in rows if not is_note(grid.rows[row][0]))


def column_heads(grid: Grid, head: Head, columns: Columns) -> dict[int, ColumnHead]:
    """Head texts per data column; a text also speaks for the blank cells on its right where it heads a group."""
    found = stacks(grid, head.rows, columns)
    timed = _timed_rows(head.rows, found)
    _centre_years(grid, timed, columns, found)
    unit_rows = {row for row in head.rows if row_kind(grid.rows[row]) is RowKind.UNITS}
    heads = {column: _column_head(stack, doubts, unit_rows, timed) for column, (stack, doubts) in found.items()}
    if any(one.labels for one in heads.values()):
        for nameless in heads.values():
            if not nameless.labels and nameless.period is None:
                nameless.doubts.append(Doubt(Code.HEAD_MISSING, "", "Die Spalte hat keine eigene Überschrift."))
    return heads


def _column_head(stack: list[Seen], doubts: list[Doubt], unit_rows: set[int], timed: set[int]) -> ColumnHead:
    """A unit in a row of its own is no label; „Fläche“ above „in qkm“ is one phrase and keeps both."""
    head = ColumnHead(doubts=list(doubts), cells=stack)
    parts: list[Period] = []
    pieces: list[str] = []
    for seen in stack:
        head.marks += seen.marks
        head.flags += seen.time.flags
        if seen.time.hesitation is not None:
            head.doubts.append(seen.time.hesitation)
        if is_unit_cell(seen):
            said_in = seen.text.casefold().startswith("in ")
            head.unit = seen.text[3:] if said_in else seen.text
            if seen.row not in unit_rows and said_in:
                pieces.append(seen.text)
                head.labels.append(seen.text)
        elif wording.is_marker(seen.text):
            head.marks.append(seen.text.strip(" )"))
        elif seen.period is not None:
            parts.append(seen.period)
        elif seen.part is not None and seen.row in timed:
            head.part = seen.part
        else:
            pieces.append(str(seen.cell.value) if seen.is_text else seen.text)
            head.labels.append(seen.text)
    head.labels = _rejoined(head.labels, pieces)
    whole = " ".join(head.labels)
    head.is_change = times.is_change(whole) and not parts
    head.day = times.day_within(whole)
    head.unit = head.unit or wording.unit_within(whole)
    head.period = _combined(parts, head.labels)
    if head.part is not None and head.period is not None:
        head.period, head.part = head.part.within(head.period) or head.period, None
    return head


def _timed_rows(rows: list[int], found: dict[int, tuple[list[Seen], list[Doubt]]]) -> set[int]:
    """Head rows of quarters, months or half-years; „Mai“ alone among other heads is a name."""
    timed = set()
    for row in rows:
        over = {seen for stack, _ in found.values() for seen in stack if seen.row == row}
        named = [seen for seen in over if not (wording.is_total(seen.text) or is_unit_cell(seen))]
        parts = [seen for seen in named if seen.part is not None]
        if parts and len(parts) + sum(seen.period is not None for seen in named) >= 0.75 * len(named):
            timed.add(row)
    return timed


def _centre_years(
    grid: Grid, timed: set[int], columns: Columns, found: dict[int, tuple[list[Seen], list[Doubt]]]
) -> None:
    """A year that stands above the middle of its quarters speaks for the whole run of them: Q1 begins the next run."""
    for row in timed:
        runs = _runs_of_parts(row, columns, found)
        years = {
            seen.column: seen
            for seen in grid.rows.get(row - 1, [])
            if seen.period and grid.merge(seen.row, seen.column) is None
        }
        speakers = [[seen for column, seen in years.items() if run[0] <= column <= run[-1]] for run in runs]
        if not years or any(len(speaking) != 1 for speaking in speakers):
            continue
        for run, [year] in zip(runs, speakers, strict=True):
            for column in run:
                stack, _ = found[column]
                kept = [seen for seen in stack if seen.row != row - 1]
                found[column] = sorted({*kept, year}, key=lambda seen: seen.row), []


def _runs_of_parts(row: int, columns: Columns, found: dict[int, tuple[list[Seen], list[Doubt]]]) -> list[list[int]]:
    """Data columns under a row of parts, a new run wherever the year begins again; totals belong to the run before."""
    runs: list[list[int]] = []
    last = 13
    for column in columns.data:
        part = next((seen.part for seen in found[column][0] if seen.row == row), None)
        if part is not None and part.first <= last:
            runs.append([])
        if runs:
            runs[-1].append(column)
        last = part.first if part is not None else last
    return runs


def _rejoined(labels: list[str], pieces: list[str]) -> list[str]:
    """„abge-“, „schlos-“, „sene“ in three cells is one word."""
    joined: list[str] = []
    before = ""
    for text, raw in zip(labels, pieces, strict=True):
        if wording.goes_on(before, text):
            joined[-1] = joined[-1].removesuffix("-") + text
        else:
            joined.append(text)
        before = raw
    return [text for text in joined if not wording.is_helper(text)]


def _combined(parts: list[Period], labels: list[str]) -> Period | None:
    """A year above a month or a quarter is one period; of two others the lower one counts."""
    if not parts:
        return None
    period = parts[-1]
    if period.kind is PeriodKind.YEAR:
        for text in labels:
            if part := times.of_text(f"{text} {period.year}"):
                return part
    return period
