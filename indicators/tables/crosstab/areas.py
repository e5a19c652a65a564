"""Where the parts of a table stand, for the coloured grid."""

from indicators.tables.crosstab.columns import ColumnKind
from indicators.tables.crosstab.draft import Draft
from indicators.tables.crosstab.row_kinds import RowKind, row_kind
from indicators.tables.crosstab.table import Area, Role


def areas(draft: Draft, data: list[int]) -> list[Area]:
    """Titles first; `data` are the columns that were read."""
    grid, body, head = draft.grid, draft.body, draft.head
    left, right = grid.left, max((*draft.columns.kinds, *data), default=grid.right)
    top = head.top or body.top
    found = [Area(Role.TITLE, row, left, row, right) for row in grid.rows if body.above < row < top]
    for row in head.rows:
        role = Role.UNIT if row_kind(grid.rows[row]) is RowKind.UNITS else Role.HEADER
        found.append(Area(role, row, left, row, right))
    found += [Area(Role.NUMBERING, row, left, row, right) for row in head.numbering]
    roles = {ColumnKind.LABEL: Role.LABELS, ColumnKind.PERIOD: Role.PERIODS, ColumnKind.CODE: Role.CODES}
    roles |= {ColumnKind.UNIT: Role.UNIT}
    for column, kind in draft.columns.kinds.items():
        if kind in roles:
            found.append(Area(roles[kind], body.top, column, body.bottom, column))
    found += [Area(Role.SECTION, row, left, row, right) for row in (*head.sections, *body.between) if row in grid.rows]
    found += [Area(Role.DATA, body.top, first, body.bottom, last) for first, last in _runs(data)]
    found += [Area(Role.NOTES, row, left, row, right) for row in grid.rows if body.bottom < row <= draft.notes_end]
    return found


def _runs(numbers: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs
