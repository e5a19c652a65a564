"""What a finished table says against itself."""

from collections import Counter
from dataclasses import replace

from indicators.deliveries.crosstab import wording
from indicators.deliveries.crosstab.shape import Table, TableCell


def doubled(cells: list[TableCell]) -> list[TableCell]:
    """Two cells of which the table says exactly the same cannot both be right."""
    identity = Counter((cell.labels, cell.codes, cell.period, cell.unit) for cell in cells)
    return [
        _doubted(cell, "Eine andere Zelle trägt dieselbe Beschriftung und denselben Zeitraum.")
        if identity[cell.labels, cell.codes, cell.period, cell.unit] > 1
        else cell
        for cell in cells
    ]


def miscounted(cells: list[TableCell]) -> list[TableCell]:
    """„Anzahl“ over a column of mostly broken numbers: the unit is wrong, or the numbers are."""
    counts: dict[int, list[float]] = {}
    for cell in cells:
        if cell.value is not None and wording.key(cell.unit) in ("anzahl", "personen"):
            counts.setdefault(cell.column, []).append(cell.value)
    wrong = {column for column, values in counts.items() if sum(v != int(v) for v in values) > 0.5 * len(values)}
    return [
        _doubted(cell, f"Die Einheit ist „{cell.unit}“, die Werte sind keine ganzen Zahlen.")
        if cell.column in wrong
        else cell
        for cell in cells
    ]


def numbered(cells: list[TableCell]) -> list[TableCell]:
    """A first row 1, 2, 3 over larger numbers: column numbers, if nothing says that they are none."""
    top = min((cell.row for cell in cells), default=0)
    first = [cell.value for cell in cells if cell.row == top]
    below = sorted(cell.value for cell in cells if cell.row != top and cell.value is not None)
    counts = len(first) >= 3 and first in ([*range(1, len(first) + 1)], [*range(2, len(first) + 2)])
    if not counts or not below or below[len(below) // 2] < 4 * len(first):
        return cells
    return [_doubted(cell, "Die Zeile kann Spaltennummern enthalten.") if cell.row == top else cell for cell in cells]


def lonely(tables: list[Table]) -> list[Table]:
    """A single number beside other tables: often a telephone number or a sum for control that has found a head."""
    if len(tables) < 2:
        return tables
    text = "Ein einzelner Wert neben anderen Tabellen: Vielleicht ist er keine Angabe einer Tabelle."
    return [
        replace(table, cells=(_doubted(table.cells[0], text),)) if len(table.cells) == 1 else table for table in tables
    ]


def _doubted(cell: TableCell, text: str) -> TableCell:
    return replace(cell, doubts=(*cell.doubts, text))
