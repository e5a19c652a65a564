"""What stands over each data column: labels, period, unit, marks and doubts."""

import re
from dataclasses import dataclass, field

from indicators.periods import Period, PeriodKind
from indicators.tables.crosstab import times, wording
from indicators.tables.crosstab.columns import Columns
from indicators.tables.crosstab.doubts import Code, Doubt
from indicators.tables.crosstab.grid import Grid, Seen
from indicators.tables.crosstab.head_reach import is_unit_cell, stacks
from indicators.tables.crosstab.heads import Head
from indicators.tables.crosstab.row_kinds import RowKind, row_kind
from indicators.tables.crosstab.spelled import Part


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
