"""What a finished table says against itself."""

from collections import Counter
from dataclasses import replace

from indicators.deliveries.crosstab import wording
from indicators.deliveries.crosstab.doubts import Code, Doubt
from indicators.deliveries.crosstab.shape import Table, TableCell

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
    return replace(cell, doubts=(*cell.doubts, doubt))
