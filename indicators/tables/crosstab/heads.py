"""The head of a body: which rows it takes and what it says of each data column."""

import re
from dataclasses import dataclass, field

from indicators.periods import Period, PeriodKind
from indicators.tables.crosstab import times, wording
from indicators.tables.crosstab.bodies import Body, RowKind, is_note, row_kind
from indicators.tables.crosstab.columns import ColumnKind, Columns
from indicators.tables.crosstab.doubts import Code, Doubt
from indicators.tables.crosstab.grid import Grid, Seen
from indicators.tables.crosstab.head_reach import is_unit_cell, speaks, stacks
from indicators.tables.crosstab.spellings import Part


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


def column_heads(grid: Grid, head: Head, columns: Columns) -> dict[int, ColumnHead]:
    """Head texts per data column; a text also speaks for the blank cells on its right where it heads a group."""
    found = stacks(grid, head.rows, columns)
    timed = _timed_rows(head.rows, found)
    _centre_years(grid, timed, columns, found)
    _set_apart(grid, columns, found)
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
            if seen.row not in unit_rows and (said_in or (len(stack) == 1 and wording.is_counted(seen.text))):
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
    if head.period is None and head.part is None:
        head.period = _named_in(head.labels)
    if head.part is not None and head.period is not None:
        head.period, head.part = head.part.within(head.period) or head.period, None
    return head


def _named_in(labels: list[str]) -> Period | None:
    """„Bevölkerung am 31.12.2014“ merged over the columns, „Fälle im 3. Quartal 2026“: the phrase stays a label."""
    named = {spelled.period for label in labels if (spelled := times.within(label)).period and not spelled.hesitation}
    exact = {period for period in named if period is not None and period.kind is not PeriodKind.YEAR}
    return exact.pop() if len(exact) == 1 and len({period.year for period in named if period}) == 1 else None


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


_OF_THEM = re.compile(r"(?:davon|darunter|dar\.|dav\.|hiervon|und zwar)\b", re.IGNORECASE)


def _set_apart(grid: Grid, columns: Columns, found: dict[int, tuple[list[Seen], list[Doubt]]]) -> None:
    """„darunter …“ beside several neighbours says of whom only with the neighbour's own head: where heads are alike."""
    said = {column: tuple(seen.text for seen in stack) for column, (stack, _) in found.items()}
    alike = [column for column in said if list(said.values()).count(said[column]) > 1]
    for column in alike:
        stack, doubts = found[column]
        speaker = next((seen for seen in stack if _OF_THEM.match(seen.text)), None)
        before = [left for left in columns.data if speaker is not None and left < grid.extent(speaker).left]
        if speaker is None or not before or any(_OF_THEM.match(text) for text in said[before[-1]]):
            continue
        at = stack.index(speaker)
        neighbours = [seen for seen in found[before[-1]][0] if seen.row == speaker.row and seen.is_text]
        found[column] = [*stack[:at], *(seen for seen in neighbours if seen not in stack), *stack[at:]], doubts


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
