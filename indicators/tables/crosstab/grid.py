"""A sheet seen as a grid of typed cells, with merges resolved to the cell that speaks for them."""

import re
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cached_property
from typing import NamedTuple

from indicators.periods import Period
from indicators.tables.crosstab import spellings, times, wording
from indicators.tables.crosstab.spelled import SILENT, Part, Spelled
from indicators.workbooks.numbers import Convention, Number, clean, read_number
from indicators.workbooks.workbook import Cell, Merge, Sheet


class Kind(Enum):
    """What a cell can be taken for before its place is known."""

    NUMBER = auto()
    SIGN = auto()
    PERIOD = auto()  # a period that is no plain number
    TEXT = auto()
    BROKEN = auto()  # an error or a formula without result


_NUMBER, _SIGN = Kind.NUMBER, Kind.SIGN  # a member asked of its class costs as much as all else about a plain number
_VALUES = (Kind.NUMBER, Kind.SIGN, Kind.BROKEN)


class Seen(NamedTuple):
    """One cell of the grid. `label` is its normalised text, None for a number: that is rarely asked what it is called.

    `is_year` says that its number can be a year.
    """

    cell: Cell
    kind: Kind
    number: Number
    label: str | None
    marks: tuple[str, ...] = ()
    time: Spelled = SILENT

    @property
    def text(self) -> str:
        return _plain(self.cell.value) if self.label is None else self.label

    @property
    def period(self) -> Period | None:
        return self.time.period

    @property
    def part(self) -> Part | None:
        return self.time.part

    @property
    def row(self) -> int:
        return self.cell.row

    @property
    def column(self) -> int:
        return self.cell.column

    @property
    def is_value(self) -> bool:
        return self.kind in _VALUES

    @property
    def is_year(self) -> bool:
        return self.kind is _NUMBER and self.time.period is not None

    @property
    def is_text(self) -> bool:
        return self.kind is Kind.TEXT

    @property
    def whole(self) -> int | None:
        """The number as an integer, if it is one."""
        value = self.number.value
        return int(value) if value is not None and value.is_integer() else None


def see(cell: Cell, convention: Convention) -> Seen | None:
    """None for blank texts."""
    if isinstance(cell.value, str):
        return _see_text(cell, cell.value, convention)
    number = read_number(cell, convention)
    if cell.error or cell.uncalculated:
        return Seen(cell, Kind.BROKEN, number, cell.error)
    time = times.of_cell(cell)
    if number.problem:
        kind = Kind.PERIOD if time.period else Kind.TEXT
        return Seen(cell, kind, number, str(time.period) if time.period else None, (), time)
    return Seen(cell, _SIGN if number.value is None else _NUMBER, number, None, (), time)


def _see_text(cell: Cell, value: str, convention: Convention) -> Seen | None:
    if not clean(value) or re.fullmatch(r"\s*(?:-{4,}|_{2,}|={2,})[-_=\s]*", value):
        return None
    number = read_number(cell, convention)
    time = times.of_cell(cell)
    text, marks = wording.label(value, cell.superscripts)
    if not text:
        text = clean(value)
    if time.period is not None and number.value is None:
        return Seen(cell, Kind.PERIOD, number, text, marks, time)
    if number.value is not None:
        return Seen(cell, Kind.NUMBER, number, text, marks, time)
    if number.sign is not None:
        return Seen(cell, Kind.SIGN, number, text, marks)
    if time.is_silent:
        text, flags = spellings.labelled(text)
        time = Spelled(flags=flags) if flags else time
    return Seen(cell, Kind.TEXT, number, text, marks, time)


def _plain(value: object) -> str:
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


@dataclass
class Grid:
    """The cells that carry something, by (row, column), within a band of columns."""

    sheet: Sheet
    cells: dict[tuple[int, int], Seen]
    left: int
    right: int
    merges: list[Merge] = field(default_factory=list)

    @classmethod
    def of(cls, sheet: Sheet, convention: Convention = Convention.CLASSIC) -> "Grid":
        cells = {}
        hidden_under = _under_merges(sheet)
        for at, cell in sheet.cells.items():
            if at not in hidden_under and (seen := see(cell, convention)):
                cells[at] = seen
        columns = [column for _, column in cells]
        left, right = min(columns, default=1), max(columns, default=1)
        return cls(sheet, cells, left, right, list(sheet.merges))

    def band(self, left: int, right: int) -> "Grid":
        """The same grid, of some columns only."""
        if left <= self.left and right >= self.right:
            return self
        cells = {at: seen for at, seen in self.cells.items() if left <= at[1] <= right}
        merges = [merge for merge in self.merges if merge.left <= right and merge.right >= left]
        return Grid(self.sheet, cells, left, right, merges)

    @cached_property
    def rows(self) -> dict[int, list[Seen]]:
        """The filled rows, each from left to right."""
        rows: dict[int, list[Seen]] = {}
        for at in sorted(self.cells):
            rows.setdefault(at[0], []).append(self.cells[at])
        return rows

    @cached_property
    def _merge_at(self) -> dict[tuple[int, int], Merge]:
        """Every cell of the merges in the filled part of the sheet; whole-column merges are clipped."""
        last = max(self.rows, default=0)
        return {
            (row, column): merge
            for merge in self.merges
            for row in range(merge.top, min(merge.bottom, last) + 1)
            for column in range(max(merge.left, self.left), min(merge.right, self.right) + 1)
        }

    def merge(self, row: int, column: int) -> Merge | None:
        return self._merge_at.get((row, column)) if self.merges else None

    def spoken(self, row: int, column: int) -> Seen | None:
        """The cell that speaks for a position: itself, or the first cell of its merge."""
        if merge := self.merge(row, column):
            return self.cells.get((merge.top, merge.left))
        return self.cells.get((row, column))

    def extent(self, seen: Seen) -> Merge:
        """The rectangle that a cell covers."""
        return self.merge(seen.row, seen.column) or Merge(seen.row, seen.column, seen.row, seen.column)


def _under_merges(sheet: Sheet) -> set[tuple[int, int]]:
    """Positions below a merge's first cell: what stands there nobody sees."""
    if not sheet.merges:
        return set()
    last_row, last_column = sheet.last_row, sheet.last_column
    hidden: set[tuple[int, int]] = set()
    for merge in sheet.merges:
        rows = range(merge.top, min(merge.bottom, last_row) + 1)
        columns = range(merge.left, min(merge.right, last_column) + 1)
        if len(rows) * len(columns) > 200_000:
            continue
        hidden.update((row, column) for row in rows for column in columns)
        hidden.discard((merge.top, merge.left))
    return hidden


def bands(grid: Grid) -> list[Grid]:
    """Tables side by side: parts of the sheet between columns that are blank all the way down.

    A part without labels of its own stays with the part on its left, unless it is bare numbers further away.
    """
    used = sorted({column for _, column in grid.cells})
    parts: list[list[int]] = []
    for column in used:
        if parts and column - parts[-1][1] <= 1:
            parts[-1][1] = column
        else:
            parts.append([column, column])
    joined: list[list[int]] = []
    for left, right in parts:
        own = not joined or _has_stub(grid, left, right) or _repeats_stub(grid, joined[-1][0], left)
        bare = not own and left - joined[-1][1] > 2 and _is_bare(grid, left, right)
        if joined and (not (own or bare) or _bridged(grid, joined[-1][0], left)):
            joined[-1][1] = right
        else:
            joined.append([left, right])
    return [grid.band(left, right) for left, right in joined]


def _has_stub(grid: Grid, left: int, right: int) -> bool:
    """Whether texts or periods in the first columns stand beside at least two rows of values."""
    found = 0
    for cells in grid.rows.values():
        inside = [seen for seen in cells if left <= seen.column <= right]
        if len(inside) > 1 and not inside[0].is_value and inside[-1].is_value and inside[0].column <= left + 1:
            found += 1
    return found >= 2


def _is_bare(grid: Grid, left: int, right: int) -> bool:
    """Numbers only, without anything that could head them."""
    cells = (seen for seen in grid.cells.values() if left <= seen.column <= right)
    return all(seen.is_value and not seen.is_year for seen in cells)


def _repeats_stub(grid: Grid, left: int, right: int) -> bool:
    """Whether a row begins in the part from `right` on as it began in the part from `left` on: the same stub head."""
    for cells in grid.rows.values():
        before = [seen for seen in cells if left <= seen.column < right]
        after = [seen for seen in cells if seen.column >= right]
        if min(len(before), len(after)) < 2 or not before[0].is_text or before[0].text != after[0].text:
            continue
        if before[0].column - left == after[0].column - right:
            return True
    return False


def _bridged(grid: Grid, left: int, right: int) -> bool:
    """Whether a merged head reaches across the gap before `right` (titles start at the very left)."""
    return any(
        merge.left > left and merge.left < right <= merge.right and (merge.top, merge.left) in grid.cells
        for merge in grid.merges
    )
