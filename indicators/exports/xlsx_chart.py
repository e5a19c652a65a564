"""The native chart of a sheet: editable in Excel, with alternative text, drawn from the table beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter

from indicators.figures import Cell, Figure
from indicators.figures.theme import GREY, INK, look
from indicators.model import Sign

MARKERS = {
    "circle": "circle",
    "square": "square",
    "triangle-up": "triangle",
    "diamond": "diamond",
    "triangle-down": "x",
}
DASHES = ("solid", "dash", "square_dot", "long_dash_dot", "long_dash")
PLOTTED = "Diagrammdaten"
EXPLAINED = "Zahlen des Diagramms. Felder mit Zeichen sind hier leer, damit sie nicht als 0 erscheinen."
WIDTH, LEAST_HEIGHT, ROW = 860, 400, 30


@dataclass(frozen=True)
class Plotted:
    """Where a figure's table stands: `sheet`, the row of its heads, the number of its rows, its columns as written."""

    sheet: str
    head: int
    rows: int
    figure: Figure
    columns: tuple[str, ...]

    def cells(self, place: int, sheet: str = "", shift: int = 0) -> list[str | int]:
        """A column's range as xlsxwriter takes it."""
        first = self.head + 1 - shift
        return [sheet or self.sheet, first, place, first + self.rows - 1, place]


def insert_chart(book: xlsxwriter.Workbook, sheet: Any, plotted: Plotted, rows: Sequence[tuple[Cell, ...]]) -> None:
    """Lines over periods, bars otherwise; to the right of the table.

    Excel draws a text as zero. So where a table holds signs, the chart takes its numbers from a
    sheet „Diagrammdaten“ on which those cells are empty, and an empty cell is a gap.
    """
    figure = plotted.figure
    over_time = bool(figure.periods)
    numeric = [place for place, column in enumerate(figure.columns) if column in figure.decimals]
    signed = any(isinstance(row[place], Sign) for row in rows for place in numeric)
    source = _plain_sheet(book, plotted, rows) if signed else plotted.sheet
    chart = book.add_chart(_kind(over_time, len(numeric)))
    for number, place in enumerate(numeric):
        chart.add_series(
            {
                "name": [plotted.sheet, plotted.head, place],
                "categories": plotted.cells(0),
                "values": plotted.cells(place, source),
                **(_line(plotted.columns[place], number) if over_time else _bar(number)),
            }
        )
    _dressed(chart, plotted, len(numeric))
    chart.show_blanks_as("gap")
    sheet.insert_chart(plotted.head, len(figure.columns) + 1, chart, {"description": figure.alt, "object_position": 2})


def _kind(over_time: bool, columns: int) -> dict[str, str]:
    if over_time:
        return {"type": "line"}
    return {"type": "bar", "subtype": "stacked"} if columns > 1 else {"type": "bar"}


def _line(column: str, number: int) -> dict[str, Any]:
    """The target's path is a thin dotted line without marks; lines differ by colour, dash and mark."""
    if column.endswith(("zielpfad", "Zielpfad", "zielwert", "Zielwert")):
        return {"line": {"color": INK, "width": 1.25, "dash_type": "round_dot"}, "marker": {"type": "none"}}
    own = look(number)
    dash = DASHES[number % len(DASHES)]
    marker = {
        "type": MARKERS[own.shape], "size": 6,
        "fill": {"color": own.colour}, "border": {"color": own.colour},
    }  # fmt: skip
    return {"line": {"color": own.colour, "width": 2.25, "dash_type": dash}, "marker": marker}


def _bar(number: int) -> dict[str, Any]:
    colour = look(number).colour
    return {"fill": {"color": colour}, "border": {"color": "#FFFFFF"}, "data_labels": {"value": True}, "gap": 60}


def _dressed(chart: Any, plotted: Plotted, columns: int) -> None:
    figure = plotted.figure
    over_time = bool(figure.periods)
    title = f"{figure.title}\n{figure.subtitle}" if figure.subtitle else figure.title
    chart.set_title({"name": title, "name_font": {"size": 13, "color": INK}, "overlay": False})
    labels = {"num_font": {"color": INK, "size": 10}, "line": {"color": INK}}
    scale = {**labels, "major_gridlines": {"visible": True, "line": {"color": "#E3E3E3"}}, **_range(figure)}
    if over_time:
        every = max(1, -(-plotted.rows // 10))
        chart.set_x_axis({**labels, "interval_unit": every, "interval_tick": every})
        chart.set_y_axis(scale)
    else:
        chart.set_y_axis({**labels, "reverse": True})
        chart.set_x_axis({**scale, "min": 0, "visible": True, "crossing": "max"} if columns == 1 else scale)
    chart.set_legend({"none": True} if columns == 1 else {"position": "bottom", "font": {"color": GREY, "size": 10}})
    chart.set_size({"width": WIDTH, "height": max(LEAST_HEIGHT, 0 if over_time else ROW * plotted.rows + 120)})


def _range(figure: Figure) -> dict[str, float]:
    """The same ends of the value axis as on the screen."""
    axis = "y" if figure.periods else "x"
    domain = (figure.spec or {})["encoding"][axis].get("scale", {}).get("domain", [])
    if len(domain) == 2 and all(isinstance(end, float | int) for end in domain):
        return {"min": domain[0], "max": domain[1]}
    return {}


def _plain_sheet(book: xlsxwriter.Workbook, plotted: Plotted, rows: Sequence[tuple[Cell, ...]]) -> str:
    """The same columns and rows with numbers only; returns the sheet's name."""
    taken = [sheet.get_name() for sheet in book.worksheets()]
    name = next(name for name in [PLOTTED, *(f"{PLOTTED} {n}" for n in range(2, len(taken) + 3))] if name not in taken)
    sheet = book.add_worksheet(name)
    sheet.set_column(0, len(plotted.columns), 16)
    sheet.write_string(0, 0, EXPLAINED)
    for place, column in enumerate(plotted.columns):
        sheet.write_string(plotted.head, place, column)
        for line, row in enumerate(rows):
            cell = row[place]
            if isinstance(cell, float | int):
                sheet.write_number(plotted.head + 1 + line, place, cell)
            elif place == 0 and isinstance(cell, str):
                sheet.write_string(plotted.head + 1 + line, place, cell)
    return name
