"""CSV for programs: tidy, one line a value, decimal point, signs in a column of their own.

The column holds the stored signs (`model.Sign`), one for each meaning: „*“ is secret, „.“ is unknown. Whether a
department delivered a number as secret or it is hidden here shows nowhere.
"""

import csv
import io
from collections.abc import Iterator, Sequence

from indicators import german
from indicators.exports.texts import harmless
from indicators.figures import Cell, Figure
from indicators.model import Sign

LABEL = "CSV für Programme (eine Zeile je Wert)"
SUFFIX = ".tidy.csv"
MIME = "text/csv; charset=utf-8"
COLUMNS = ("figure", "period", "row", "column", "value", "sign", "unit", "text")


def render(figures: Sequence[Figure]) -> bytes:
    """`period` is the machine form (2026-Q3), `row` what stands in the table's first column; a cell holds a
    value, a sign, both (limited reliability) or a text. Cells to which nothing was to be delivered are left out."""
    text = io.StringIO(newline="")
    write = csv.writer(text, lineterminator="\r\n").writerow
    write(COLUMNS)
    for figure in figures:
        for line in _lines(figure):
            write(line)
    return text.getvalue().encode()


def _lines(figure: Figure) -> Iterator[list[str]]:
    for number, row in enumerate(figure.cells()):
        period = str(figure.periods[number]) if figure.periods else ""
        head = _text(row[0]) if row else ""
        for column, cell in list(zip(figure.columns, row, strict=True))[1:]:
            if cell is None or cell == "":
                continue
            value, sign, text = _parts(cell, figure.decimals_of(number, column))
            sign = Sign.LIMITED.value if (number, column) in figure.limited else sign
            unit = figure.unit_of(number, column) if value else ""
            yield [figure.key, period, head, harmless(column), value, sign, unit, text]


def _parts(cell: Cell, decimals: int) -> tuple[str, str, str]:
    if isinstance(cell, Sign):
        return "", str(cell.value), ""
    if isinstance(cell, str) or cell is None:
        return "", "", _text(cell)
    return f"{german.rounded(cell, decimals):.{decimals}f}", "", ""


def _text(cell: Cell) -> str:
    if isinstance(cell, Sign):
        return str(cell.value)
    return harmless(cell) if isinstance(cell, str) else "" if cell is None else str(cell)
