"""What the stub says of each data row: sections, parent rows, labels, period, unit, codes."""

from dataclasses import dataclass, field

from indicators.periods import Period
from indicators.tables.crosstab import times, wording
from indicators.tables.crosstab.bodies import Body
from indicators.tables.crosstab.columns import ColumnKind, Columns
from indicators.tables.crosstab.doubts import Code, Doubt
from indicators.tables.crosstab.grid import Grid, Kind, Seen
from indicators.tables.crosstab.heads import Head
from indicators.tables.crosstab.row_kinds import is_note
from indicators.tables.crosstab.spelled import Part
from indicators.tables.crosstab.spellings import numbered


@dataclass
class RowHead:
    labels: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    period: Period | None = None
    part: Part | None = None
    flags: str = ""
    unit: str = ""
    doubts: list[Doubt] = field(default_factory=list)
    is_bare: bool = False  # the stub says nothing of this row


_STUB = (ColumnKind.LABEL, ColumnKind.PERIOD, ColumnKind.CODE)
NO_LABEL = Doubt(Code.LABEL_MISSING, "", "Die Zeile hat keine Beschriftung.")


@dataclass
class _Section:
    look: tuple[bool, int, int]
    row: int
    labels: list[str]
    period: Period | None
    part: Part | None
    doubts: list[Doubt]


def row_heads(grid: Grid, body: Body, head: Head, columns: Columns, bounds: tuple[int, int]) -> dict[int, RowHead]:
    """Per data row, in order. `bounds` are the first and last row in which merged labels may stand."""
    return _Reading(grid, body, columns, bounds).read(sorted({*head.sections, *body.between, *body.rows}))


def data_rows(grid: Grid, body: Body, columns: Columns) -> list[int]:
    """Rows for which a data column has a value (a merged value speaks for several); others had numbers in codes."""
    data = columns.data
    return [
        row
        for row in sorted({*body.rows, *body.between})
        if row in body.words
        or any((seen := grid.spoken(row, column)) and seen.is_value and seen.column in data for column in data)
    ]


class _Reading:
    def __init__(self, grid: Grid, body: Body, columns: Columns, bounds: tuple[int, int]):
        self.grid, self.columns, self.bounds = grid, columns, bounds
        self.rows = set(data_rows(grid, body, columns))
        self.labels = columns.of(ColumnKind.LABEL)
        self.periods = columns.of(ColumnKind.PERIOD)
        self.sections: list[_Section] = []
        self.parents: list[tuple[int, str]] = []
        self.last: dict[int, Seen] = {}
        self.years: dict[int, Period] = {}  # by column: the last year that stood there, for the quarters below it
        self.sparse = {column: self._blanks(column) > 0.3 for column in (*self.labels, *self.periods)}
        self.constant = self._constant_periods() | set(columns.deliveries)
        named = (seen for row in self.rows for column in self.labels if (seen := grid.cells.get((row, column))))
        alone = len([kind for kind in columns.kinds.values() if kind in _STUB]) == 1
        self.looks = {(seen.cell.style.bold, seen.cell.style.indent, seen.column) for seen in named if alone}

    def read(self, rows: list[int]) -> dict[int, RowHead]:
        heads = {}
        for row in rows:
            if row in self.rows:
                heads[row] = self._row(row)
            else:
                self._section(row)
        return heads

    def _blanks(self, column: int) -> float:
        filled = sum(self._spoken(row, column) is not None for row in self.rows)
        return 1 - filled / max(1, len(self.rows))

    def _constant_periods(self) -> set[int]:
        """Period columns that say the same in every row, beside another one: the year of delivery."""
        said = {column: self._periods_in(column) for column in self.periods}
        said = {column: periods for column, periods in said.items() if periods != {None}}
        if len(said) < 2 or len(said) < len(self.periods):
            return set()
        return (
            {column for column, periods in said.items() if len(periods) == 1}
            if any(len(periods) > 1 for periods in said.values())
            else set()
        )

    def _periods_in(self, column: int) -> set[Period | None]:
        return {seen.period for row in self.rows if (seen := self._spoken(row, column))}

    def _spoken(self, row: int, column: int) -> Seen | None:
        seen = self.grid.spoken(row, column)
        inside = seen is not None and self.bounds[0] <= seen.row <= self.bounds[1]
        return seen if inside else None

    def _is_wide(self, seen: Seen) -> bool:
        return self.grid.extent(seen).right > seen.column

    def _section(self, row: int) -> None:
        cells = [seen for seen in self.grid.rows[row] if seen.column <= max(self.columns.kinds, default=seen.column)]
        texts = [seen for seen in cells if seen.is_text or seen.kind is Kind.PERIOD or seen.is_year]
        if not texts or is_note(texts[0]):
            return
        stub = {seen.column for seen in cells if self.columns.kinds.get(seen.column) in _STUB}
        if len(stub) > 1 and len(stub) == len(cells) and not any(self._is_wide(seen) for seen in cells):
            self._row(row)  # a row of which the table has no values; others may belong to it
            return
        if self._is_above_total(row, texts[0]):
            return
        first = texts[0]
        style = first.cell.style
        look = (style.bold, style.indent, first.column)
        period = next((seen.period for seen in texts if seen.period), None)
        part = next((seen.part for seen in texts if seen.part), None)
        labels = [seen.text for seen in texts if seen.time.is_silent and not wording.is_helper(seen.text)]
        doubts: list[Doubt] = [seen.time.hesitation for seen in texts if seen.time.hesitation]
        if look in self.looks and {row - 1, row + 1} <= self.rows and not self._is_wide(first):
            said = f"„{first.text[:60]}“ kann eine Zwischenüberschrift sein oder eine Zeile ohne Werte."
            doubts.append(Doubt(Code.SECTION_OR_ROW, first.text, said))
        section = _Section(look, row, labels, period, part, doubts)
        if not section.labels and period is None and part is None:
            return
        known = next((index for index, other in enumerate(self.sections) if other.look == look), None)
        if known is not None:
            del self.sections[known:]
        elif self.sections and row - self.sections[-1].row > 2:
            self.sections.clear()
        self.sections.append(section)
        self.parents.clear()
        self.last.clear()

    def _is_above_total(self, row: int, seen: Seen) -> bool:
        """A label without values right above the total, below rows of its look: it had nothing to count."""
        if not {row - 1, row + 1} <= self.rows or self._is_wide(seen):
            return False
        below, above = self.grid.cells.get((row + 1, seen.column)), self.grid.cells.get((row - 1, seen.column))
        if below is None or above is None or not wording.is_total(below.text):
            return False
        return not wording.is_total(above.text) and above.cell.style.bold == seen.cell.style.bold

    def _row(self, row: int) -> RowHead:
        head = RowHead()
        for section in self.sections:
            head.labels += section.labels
            head.doubts += section.doubts
            head.period = section.period or head.period
            head.part = section.part or head.part
        filled = {column: self._spoken(row, column) for column in (*self.labels, *self.periods)}
        head.is_bare = not any(filled.values())
        for column in self.labels:
            self._label(head, row, column, filled)
        for column in self.periods:
            self._period(head, column, filled[column])
        for column in self.columns.of(ColumnKind.CODE):
            if seen := self._spoken(row, column):
                head.codes.append(seen.text)
        for column in self.columns.of(ColumnKind.UNIT):
            seen = self._spoken(row, column)
            head.unit = seen.text if seen else head.unit
        if sum(seen is not None and self._is_wide(seen) for seen in filled.values()) > 1:
            head.doubts.append(Doubt(Code.LOOKS_LIKE_HEAD, "", "Die Zeile sieht wie ein Tabellenkopf aus."))
        if head.is_bare:
            head.doubts.append(NO_LABEL)
        return head

    def _label(self, head: RowHead, row: int, column: int, filled: dict[int, Seen | None]) -> None:
        seen = filled[column]
        if seen is None:
            inner = any(other for right, other in filled.items() if right > column)
            nameless = not head.is_bare and not any(filled[other] for other in self.labels)
            seen = self.last.get(column) if inner or (self.sparse[column] and nameless) else None
            if seen is None:
                if nameless:
                    head.doubts.append(NO_LABEL)
                return
            if not (self.sparse[column] and inner):
                said = f"Die Beschriftung „{seen.text[:60]}“ ist aus der Zeile darüber übernommen."
                head.doubts.append(Doubt(Code.LABEL_INHERITED, seen.text, said))
        self.last[column] = seen
        if column == self.labels[-1]:
            head.labels += self._above(seen, row)
        head.labels.append(seen.text)
        head.marks += seen.marks
        head.flags += seen.time.flags
        head.doubts += [seen.time.hesitation] if seen.time.hesitation else []
        if seen.period is not None and not self.periods:
            head.period = seen.period

    def _above(self, seen: Seen, row: int) -> list[str]:
        """Labels of the rows that an indented row belongs to."""
        depth = _indent(seen)
        while self.parents and self.parents[-1][0] >= depth:
            self.parents.pop()
        above = [text for _, text in self.parents]
        self.parents.append((depth, seen.text))
        return above

    def _period(self, head: RowHead, column: int, seen: Seen | None) -> None:
        if column in self.constant:
            return
        if seen is None:
            seen = self.last.get(column)
            if seen is None:
                return
            if not self.sparse[column]:
                said = f"Der Zeitraum {seen.text} ist aus einer Zeile darüber übernommen."
                head.doubts.append(Doubt(Code.PERIOD_INHERITED, seen.text, said))
        self.last[column] = seen
        head.marks += seen.marks
        head.flags += seen.time.flags
        part = seen.part or numbered(seen.text, self.columns.heads.get(column, ""))
        if seen.time.hesitation is not None:
            head.doubts.append(seen.time.hesitation)
        if part is not None:
            head.part = part
            head.period = head.period or self.years.get(column)
        elif seen.period is None:
            head.labels.append(seen.text)
        else:
            self.years[column] = seen.period
            head.period = times.joined(head.period, seen.period) if head.period else seen.period


def _indent(seen: Seen) -> int:
    raw = str(seen.cell.value).replace("\xa0", " ")
    return len(raw) - len(raw.lstrip()) + 2 * seen.cell.style.indent
