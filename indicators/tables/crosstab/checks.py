"""What a finished table says against itself."""

import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import replace

from indicators.tables.crosstab import wording
from indicators.tables.crosstab.doubts import Code, Doubt
from indicators.tables.crosstab.table import Table, TableCell
from indicators.workbooks.numbers import LARGEST_FRACTION, german, may_be_fractions, two_readings

DOUBLED = Doubt(Code.DOUBLED, "", "Eine andere Zelle trägt dieselbe Beschriftung und denselben Zeitraum.")
COLUMN_NUMBERS = Doubt(Code.COLUMN_NUMBERS, "", "Die Zeile kann Spaltennummern enthalten.")
LONELY = Doubt(
    Code.LONELY, "", "Ein einzelner Wert neben anderen Tabellen: Vielleicht ist er keine Angabe einer Tabelle."
)


def doubled(cells: list[TableCell]) -> list[TableCell]:
    """Two cells of which the table says exactly the same cannot both be right."""
    identity = Counter((cell.labels, cell.codes, cell.period, cell.unit) for cell in cells)
    return [
        _doubted(cell, DOUBLED) if identity[cell.labels, cell.codes, cell.period, cell.unit] > 1 else cell
        for cell in cells
    ]


def miscounted(cells: list[TableCell]) -> list[TableCell]:
    """„Anzahl“ over a column of mostly broken numbers: the unit is wrong, or the numbers are."""
    counts: dict[int, list[float]] = {}
    for cell in cells:
        if cell.value is not None and wording.key(cell.unit) in ("anzahl", "personen"):
            counts.setdefault(cell.column, []).append(cell.value)
    wrong = {column for column, values in counts.items() if sum(v != int(v) for v in values) > 0.5 * len(values)}
    return [_doubted(cell, _broken(cell.unit)) if cell.column in wrong else cell for cell in cells]


def numbered(cells: list[TableCell]) -> list[TableCell]:
    """A first row 1, 2, 3 over larger numbers: column numbers, if nothing says that they are none."""
    top = min((cell.row for cell in cells), default=0)
    first = [cell.value for cell in cells if cell.row == top]
    below = sorted(cell.value for cell in cells if cell.row != top and cell.value is not None)
    counts = len(first) >= 3 and first in ([*range(1, len(first) + 1)], [*range(2, len(first) + 2)])
    if not counts or not below or below[len(below) // 2] < 4 * len(first):
        return cells
    return [_doubted(cell, COLUMN_NUMBERS) if cell.row == top else cell for cell in cells]


_SHARE = re.compile(r"anteil|quote|prozent(?!punkt)|%(?!-?punkt)|v\. ?h\.", re.IGNORECASE)


def fractions(cells: list[TableCell], title: Iterable[str], percentages: frozenset[tuple[int, int]]) -> list[TableCell]:
    """0.407 beside cells shown as „45,2 %“, or a line of bare fractions under „Anteil“: a hundred times too small?

    `percentages` are the places of the cells that the sheet itself shows in percent.
    """
    about_shares = any(_SHARE.search(line) for line in title)
    places = {(cell.row, cell.column) for cell in cells if cell.value and abs(cell.value) <= LARGEST_FRACTION}
    lines = _lines_through(cells, places - percentages)
    doubted: dict[tuple[int, int], str] = {}
    for (is_column, _), line in lines.items():
        small = [cell for cell in line if cell.value and abs(cell.value) <= LARGEST_FRACTION]
        small = [cell for cell in small if (cell.row, cell.column) not in percentages]
        if not small or (len(line) == 1 and not is_column):
            continue
        said = bool(_SHARE.search(_common(line))) or (is_column and about_shares)
        shown = sum((cell.row, cell.column) in percentages for cell in line)
        if shown and shown >= len(line) - shown:  # one of two that lost its format is asked too
            sure = shown > 1 and shown > len(line) - shown
            lost = [cell for cell in small if sure or cell.value != int(cell.value or 0)]
            lost = lost if is_column or said or all(_is_alone(cell, lines, percentages) for cell in lost) else []
        elif not shown:
            shares = [cell for cell in line if _says_share(cell.unit, said)]
            lost = shares if may_be_fractions(cell.value or 0 for cell in shares) else []
        else:
            continue
        for cell in lost:
            doubted.setdefault((cell.row, cell.column), _common(line))
    return [
        _doubted(cell, _fraction(cell.value, doubted[cell.row, cell.column]))
        if cell.value and (cell.row, cell.column) in doubted
        else cell
        for cell in cells
    ]


def _lines_through(
    cells: list[TableCell], places: Collection[tuple[int, int]]
) -> dict[tuple[bool, int], list[TableCell]]:
    """The numbers of each column (True) and row (False) that hold one of these places."""
    if not places:
        return {}
    rows, columns = {row for row, _ in places}, {column for _, column in places}
    lines: dict[tuple[bool, int], list[TableCell]] = {}
    for cell in cells:
        if cell.value is not None:
            if cell.column in columns:
                lines.setdefault((True, cell.column), []).append(cell)
            if cell.row in rows:
                lines.setdefault((False, cell.row), []).append(cell)
    return lines


def _is_alone(
    cell: TableCell, lines: dict[tuple[bool, int], list[TableCell]], percentages: frozenset[tuple[int, int]]
) -> bool:
    """Whether no other cell of its column is a bare number: then the column is no column of counts beside shares."""
    return all(other is cell or (other.row, other.column) in percentages for other in lines[True, cell.column])


def _says_share(unit: str, said: bool) -> bool:
    """By the unit, else by what stands around; points of percentage and „je 1.000“ are no shares."""
    if unit:
        return bool(_SHARE.search(unit)) and wording.key(unit) not in ("prozentpunkte", "prozentpunkt")
    return said


def _common(line: list[TableCell]) -> str:
    """The labels that all cells of a row or column share."""
    rest = set.intersection(*(set(cell.labels) for cell in line))
    return " / ".join(label for label in line[0].labels if label in rest)


def _fraction(value: float, about: str) -> Doubt:
    return Doubt(Code.FRACTION, about, f"{german(value)} kann ein Bruchteil sein: {two_readings(value)}?")


def lonely(tables: list[Table]) -> list[Table]:
    """A single number beside other tables: often a telephone number or a sum for control that has found a head."""
    if len(tables) < 2:
        return tables
    return [
        replace(table, cells=(_doubted(table.cells[0], LONELY),)) if len(table.cells) == 1 else table
        for table in tables
    ]


def _broken(unit: str) -> Doubt:
    return Doubt(Code.BROKEN_COUNTS, unit, f"Die Einheit ist „{unit}“, die Werte sind keine ganzen Zahlen.")


def _doubted(cell: TableCell, doubt: Doubt) -> TableCell:
    return cell._replace(doubts=(*cell.doubts, doubt))
