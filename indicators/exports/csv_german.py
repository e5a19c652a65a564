"""CSV as German Excel opens it with a double click: semicolon, decimal comma, byte order mark."""

import csv
import io
from collections.abc import Sequence

from indicators import german
from indicators.exports.texts import harmless
from indicators.figures import Cell, Figure
from indicators.model import Sign

LABEL = "CSV-Tabelle (deutsch, für Excel)"
SUFFIX = ".csv"
MIME = "text/csv; charset=utf-8"
TYPED = str.maketrans({"–": "-", "…": "..."})


def render(figures: Sequence[Figure]) -> bytes:
    """The table alone, so that it can be read in again; several tables with their titles, a blank line between."""
    text = io.StringIO(newline="")
    write = csv.writer(text, delimiter=";", lineterminator="\r\n").writerow
    for place, figure in enumerate(figures):
        if place:
            write([])
        if len(figures) > 1:
            write([harmless(figure.title)])
        write([harmless(_heading(figure, column)) for column in figure.columns])
        for number, row in enumerate(figure.cells()):
            cells = zip(figure.columns, row, strict=True)
            write([_cell(cell, figure.decimals_of(number, column)) for column, cell in cells])
    return text.getvalue().encode("utf-8-sig")


def _heading(figure: Figure, column: str) -> str:
    symbol = figure.units.get(column, "")
    return f"{column} ({symbol})" if symbol and symbol not in column else column


def _cell(cell: Cell, decimals: int) -> str:
    """Signs as they are printed, with „-“ for „–“ and „...“ for „…“, which are not found on a keyboard."""
    if cell is None:
        return ""
    if isinstance(cell, Sign):
        return german.sign(cell).translate(TYPED)
    if isinstance(cell, str):
        return harmless(cell)
    return german.number(cell, decimals).replace(".", "")
