"""Where the data rows are: rows sorted by what they hold, and runs of them between heads."""

from dataclasses import dataclass, field, replace
from itertools import pairwise

from indicators.tables.crosstab import wording
from indicators.tables.crosstab.grid import Grid, Kind, Seen
from indicators.tables.crosstab.row_kinds import CODE_WORD, LARGEST_CLASS, RowKind, is_note, row_kind, unit_like


@dataclass
class Body:
    """A run of data rows under one head. `between` are the other filled rows from the first to the last."""

    rows: list[int]
    above: int  # the last row that belongs to something else
    between: list[int] = field(default_factory=list)
    pieces: set[int] = field(default_factory=set)  # rows of numbers above that are part of the head
    numbering: set[int] = field(default_factory=set)  # rows of column numbers above that only their neighbours explain
    words: set[int] = field(default_factory=set)  # data rows that say in words that there is no number

    @property
    def top(self) -> int:
        return self.rows[0]

    @property
    def bottom(self) -> int:
        return self.rows[-1]


def bodies(grid: Grid) -> list[Body]:
    """Runs of data rows; a head between two of them parts them."""
    kinds = {row: row_kind(cells) for row, cells in grid.rows.items()}
    alone = dict(kinds)  # before their neighbours are asked
    _settle(grid, kinds)
    found: list[Body] = []
    pending: list[int] = []
    last = 0
    for row in grid.rows:
        if kinds[row] is not RowKind.DATA:
            pending.append(row)
            continue
        if found and not _parted(grid, kinds, pending, found[-1], row):
            found[-1].between += pending
            found[-1].rows.append(row)
        else:
            found.append(Body([row], last))
        pending, last = [], row
    for body in found:
        above = [row for row in grid.rows if body.above < row < body.top]
        body.numbering = {row for row in above if kinds[row] is RowKind.NUMBERING}
        body.words = {row for row in body.rows if alone[row] is RowKind.TEXT}
        body.pieces = {row for row in above if (alone[row], kinds[row]) == (RowKind.DATA, RowKind.TEXT)}
    return [part for body in _without_pieces(grid, found) for part in _tailed(grid, body)]


def _tailed(grid: Grid, body: Body) -> list[Body]:
    """Numbers below a table, apart from it and in fewer columns, are no rows of it: a version, a telephone number."""
    usual = sorted(len(grid.rows[row]) for row in body.rows)[len(body.rows) // 2]
    tail = len(body.rows)
    while usual >= 3 and tail > 1 and len(grid.rows[body.rows[tail - 1]]) <= 2:
        tail -= 1
    while tail < len(body.rows) and body.rows[tail] - 1 in grid.rows:
        tail += 1
    if tail == len(body.rows):
        return [body]
    rows, apart = body.rows[:tail], body.rows[tail:]
    between = [row for row in body.between if row < rows[-1]]
    return [replace(body, rows=rows, between=between), Body(apart, rows[-1])]


def _without_pieces(grid: Grid, found: list[Body]) -> list[Body]:
    """Print lists spell „15 bis unter 20“ over rows: a row of small numbers without label, right above more head."""
    kept: list[Body] = []
    for body in reversed(found):
        _strip_pieces(grid, body)
        if kept and len(body.rows) <= 2 and _is_piece(grid, body.rows, body.bottom, kept[-1].top):
            kept[-1].pieces |= {*body.rows, *body.pieces}
            kept[-1].above = body.above
        else:
            kept.append(body)
    return kept[::-1]


def _strip_pieces(grid: Grid, body: Body) -> None:
    """Takes rows of a spelled head off the top of a body."""
    while len(body.rows) > 2 and _is_piece(grid, body.rows[:1], body.rows[0], body.rows[1]):
        body.pieces.add(body.rows.pop(0))
        body.between = [row for row in body.between if row > body.rows[0]]


def _is_piece(grid: Grid, rows: list[int], bottom: int, following: int) -> bool:
    """Small whole numbers without a label, and right below them texts over the same columns."""
    texts = [row for row in grid.rows if bottom < row < following]
    if not texts or texts[0] != bottom + 1 or texts[-1] - bottom > len(texts):
        return False
    values = [seen for row in rows for seen in grid.rows[row] if seen.is_value]
    stub = grid.rows[following][0].column
    return (
        len(values) >= 2 * len(rows)
        and all(seen.whole is not None and 0 <= seen.whole <= LARGEST_CLASS for seen in values)
        and all(seen.column > stub for seen in values)
        and all((texts[0], seen.column) in grid.cells for seen in values)
    )


def _settle(grid: Grid, kinds: dict[int, RowKind]) -> None:
    """Rows that only their neighbours explain: small numbers, years and thousands are heads above the data only."""
    rows = list(grid.rows)
    above: list[int] = []
    heads: list[int] = []  # of years, further up
    for index, row in enumerate(rows):
        before = kinds[rows[index - 1]] if index else RowKind.TEXT
        after = kinds[rows[index + 1]] if index + 1 < len(rows) else RowKind.TEXT
        kind = kinds[row]
        if (
            (kind is RowKind.NUMBERING and not _follows_head(grid, rows, index, before, after))
            or (kind is RowKind.PERIODS and _years_are_data(grid, kinds, above, heads, row))
            or (kind in (RowKind.UNITS, RowKind.TEXT) and _thousands_are_data(grid, row, before))
        ):
            kinds[row] = RowKind.DATA
        elif kind is RowKind.DATA and before is not RowKind.DATA and _is_series(grid, rows, index):
            kinds[row] = RowKind.NUMBERING if _has_own_heads(grid, rows, index) else RowKind.TEXT
        elif kind is RowKind.DATA and before is not RowKind.DATA and _is_classes(grid, rows, index):
            kinds[row] = RowKind.TEXT
        elif kind is RowKind.TEXT and _is_words(grid, kinds, rows, index):
            kinds[row] = RowKind.DATA
        above.append(row)
        heads += [row] if kinds[row] is RowKind.PERIODS else []


def _thousands_are_data(grid: Grid, row: int, before: RowKind) -> bool:
    """1000 beside a label, below other data."""
    cells = grid.rows[row]
    return before is RowKind.DATA and cells[0].is_text and any(seen.kind is Kind.NUMBER for seen in cells[1:])


def _is_series(grid: Grid, rows: list[int], index: int) -> bool:
    """A head of classes or ages, „5 | 6 | 7 | 8“: each number one more than the last, and no row below goes on so."""

    def steps(row: int) -> list[float]:
        values = [seen.number.value for seen in grid.rows[row] if seen.kind is Kind.NUMBER]
        return [second - first for first, second in pairwise(value for value in values if value is not None)]

    own = steps(rows[index])
    data = [row for row in rows[index + 1 : index + 5] if row_kind(grid.rows[row]) is RowKind.DATA]
    following = [steps(row) for row in data[:2]]
    return len(own) >= 3 and set(own) == {1} and bool(following) and all(set(other) != {1} for other in following)


def _has_own_heads(grid: Grid, rows: list[int], index: int) -> bool:
    """Whether each number stands below a text of its own: then it counts columns („21 | 22 | 23 | 24“)."""
    numbers = [seen for seen in grid.rows[rows[index]] if seen.kind is Kind.NUMBER]
    above = [grid.cells.get((rows[index] - 1, seen.column)) for seen in numbers]
    texts = [seen.text for seen in above if seen is not None and seen.is_text]
    return len(set(texts)) == len(numbers) and grid.rows[rows[index]][0].kind is Kind.NUMBER


def _is_classes(grid: Grid, rows: list[int], index: int) -> bool:
    """„2 | 3 | 4 und mehr“ below one merged head that covers just these columns: classes, not values."""
    cells = grid.rows[rows[index]]
    numbers = [seen.whole for seen in cells if seen.kind is Kind.NUMBER]
    if not index or any(number is None or not 0 <= number <= LARGEST_CLASS for number in numbers):
        return False
    rising = all(first < second for first, second in pairwise(number for number in numbers if number is not None))
    over = [grid.spoken(rows[index] - 1, seen.column) for seen in cells]
    if (
        not rising
        or len(cells) < 2
        or cells[0].kind is not Kind.NUMBER
        or over[0] is None
        or not over[0].is_text
        or any(seen != over[0] for seen in over)
    ):
        return False
    extent = grid.extent(over[0])
    return (extent.left, extent.right) == (cells[0].column, cells[-1].column)


def _is_words(grid: Grid, kinds: dict[int, RowKind], rows: list[int], index: int) -> bool:
    """A row that says „liegt nicht vor“ in every column, among rows of values: what it does not say is asked."""
    row, cells = rows[index], grid.rows[rows[index]]
    words = cells[1:]
    if not words or not cells[0].is_text or any(grid.extent(seen).right > seen.column for seen in cells):
        return False
    beside = [other for other in rows[max(0, index - 1) : index + 2] if abs(other - row) == 1]
    data = [other for other in beside if kinds[other] is RowKind.DATA]
    alike = [other for other in data if {seen.column for seen in words} & _value_columns(grid, other)]
    if not alike or any(grid.rows[other][0].column != cells[0].column for other in alike):
        return False
    if any(grid.rows[other][0].is_value and not grid.rows[other][0].is_year for other in alike):
        return False
    if all(wording.is_no_answer(seen.text) for seen in words):
        return True
    return len(words) > 1 and len({seen.text for seen in words}) == 1 and row - 1 in data and row + 1 in data


def _value_columns(grid: Grid, row: int) -> set[int]:
    return {seen.column for seen in grid.rows[row] if seen.is_value}


def _follows_head(grid: Grid, rows: list[int], index: int, before: RowKind, after: RowKind) -> bool:
    """Column numbers stand below a head; „Mitte | 1 | 2 | 3“ below a section or other data is data.

    Beside a label they count as numbering only if there are four of them or the next row is of another size.
    """
    if before is RowKind.DATA and after is RowKind.DATA:
        return False
    row = rows[index]
    numbers = [seen for seen in grid.rows[row] if seen.kind is Kind.NUMBER]
    if all(seen.kind is Kind.NUMBER or CODE_WORD.match(seen.text) for seen in grid.rows[row]):
        return True
    if not index or len(grid.rows[rows[index - 1]]) < 2 or before is RowKind.DATA:
        return False
    following = rows[index + 1 : index + 2]
    values = [grid.cells.get((other, seen.column)) for other in following for seen in numbers]
    sizes = [seen.number.value for seen in values if seen is not None and seen.number.value is not None]
    return len(numbers) >= 4 or (bool(sizes) and all(size >= 4 * len(numbers) for size in sizes))


def _repeats(grid: Grid, heads: list[int], row: int) -> bool:
    """Whether a head of years further up begins with the same text: the next table of its kind."""
    first = grid.rows[row][0]
    begins = (grid.rows[other][0] for other in heads)
    return first.is_text and any(head.text == first.text and head.column == first.column for head in begins)


def _years_are_data(grid: Grid, kinds: dict[int, RowKind], above: list[int], heads: list[int], row: int) -> bool:
    """Counts between 1950 and 2060 beside a label, among data or below a full head: a coincidence, not a head."""
    cells = grid.rows[row]
    years = [seen for seen in cells if seen.is_year]
    usual = (other for other in reversed(above) if kinds[other] is not RowKind.NUMBERING)
    nearest = next((other for other in usual if not _only_units(grid, other)), 0)
    if not years or not nearest or any(grid.extent(seen).right > seen.column for seen in cells):
        return False
    over = [grid.cells.get((nearest, seen.column)) for seen in years]
    if kinds[nearest] is RowKind.DATA:
        alike = nearest == row - 1 and _places(grid, nearest) == _places(grid, row)
        told = all(seen is None or seen.is_value or wording.is_no_answer(seen.text) for seen in over)
        among = told and cells[0].is_text and nearest == row - 1
        return (alike or among) and not _repeats(grid, heads, row)
    if not cells[0].is_text and not _goes_on(grid, row):
        return False
    label_above = grid.cells.get((nearest, cells[0].column))
    texts = all(seen is not None and seen.is_text for seen in over)
    on_top = not any((seen := grid.cells.get((nearest - 1, one.column))) and seen.is_text for one in years)
    headed = texts or (on_top and all(seen is not None and seen.is_year for seen in over))
    return headed and label_above is not None and label_above.is_text


def _only_units(grid: Grid, row: int) -> bool:
    return all(unit_like(seen) for seen in grid.rows[row])


def _places(grid: Grid, row: int) -> list[int]:
    return [seen.column for seen in grid.rows.get(row, [])]


def _goes_on(grid: Grid, row: int) -> bool:
    """Whether the next row has the same columns and begins with a period as well: a column of years, no row of them."""
    below = grid.rows.get(row + 1, [])
    return bool(below) and below[0].period is not None and _places(grid, row) == _places(grid, row + 1)


def _parted(grid: Grid, kinds: dict[int, RowKind], pending: list[int], body: Body, row: int) -> bool:
    """Whether what stands between two data rows is a new head (and not a section or nothing)."""
    if not pending:
        return row - body.bottom > 15
    if any(kinds[other] in (RowKind.NUMBERING, RowKind.UNITS) for other in pending):
        return True
    if any(is_note(grid.rows[other][0]) for other in pending) and row - body.bottom > 2:
        return True
    if any(_heads_columns(grid, grid.rows[other], row) for other in pending):
        return True
    return row - pending[-1] > 15 or pending[0] - body.bottom > 15


def _heads_columns(grid: Grid, cells: list[Seen], row: int) -> bool:
    """Whether a row between data has the look of a head: texts over several columns, one of them over values."""
    if len(cells) >= 3 and not all(seen.text == cells[0].text for seen in cells):
        return True
    if len(cells) != 2:
        return False
    if all(grid.extent(seen).right > seen.column for seen in cells):
        return True
    below = grid.cells.get((row, cells[1].column))
    first = grid.cells.get((row, cells[0].column))
    beside_stub = first is None or not first.is_value or first.is_year
    return below is not None and below.is_value and beside_stub and not cells[0].is_value
