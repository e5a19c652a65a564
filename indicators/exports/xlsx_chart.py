"""The native chart of a sheet: editable in Excel, with alternative text, drawn from the table above it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import xlsxwriter

from indicators.exports.office import DASHES, number_format
from indicators.figures import Cell, Figure
from indicators.figures.chart import Chart, chart
from indicators.figures.theme import COMPARED_COLOUR, FAINT, INK, TARGET, Look
from indicators.model import Sign

MARKERS = {
    "circle": "circle",
    "square": "square",
    "triangle-up": "triangle",
    "diamond": "diamond",
    "triangle-down": "x",
    "cross": "plus",
}
HEAD_ROW = 3
PLOTTED = "Diagrammdaten"
EXPLAINED = "Zahlen des Diagramms. Felder mit Zeichen sind leer; nach einem Bruch beginnt eine neue Spalte."
WIDTH, LEAST_HEIGHT, ROW = 860, 400, 34


@dataclass(frozen=True)
class Table:
    """A figure's table in the workbook: its sheet, the sheet that its chart takes the numbers from, its cells,
    its columns' titles as they are written. On both sheets the heads stand in HEAD_ROW."""

    sheet: str
    values: str
    figure: Figure
    rows: tuple[tuple[Cell, ...], ...]
    columns: tuple[str, ...]

    @cached_property
    def chart(self) -> Chart:
        """What is drawn of it."""
        return chart(self.figure)

    @property
    def needs_plain_sheet(self) -> bool:
        """Excel draws a text as zero, and joins the values on both sides of a break."""
        places = [self.figure.columns.index(column) for column in self.figure.numeric]
        signs = any(isinstance(row[place], Sign) for row in self.rows for place in places)
        return self.figure.is_drawn and not self.figure.pictured and (signs or bool(self.figure.breaks))

    def plotted(self, number: int) -> int:
        """The column from which a stroke is drawn: one of its own beside the table, else the table's."""
        own = self.values != self.sheet
        return number + 1 if own else self.figure.columns.index(self.chart.strokes[number].column)

    def cells(self, place: int, sheet: str) -> list[str | int]:
        """A column's range as xlsxwriter takes it."""
        return [sheet, HEAD_ROW + 1, place, HEAD_ROW + len(self.rows), place]


def insert_chart(book: xlsxwriter.Workbook, sheet: Any, table: Table, row: int) -> None:
    """Lines over periods, bars otherwise, with its upper left corner in that row."""
    figure, drawn = table.figure, table.chart
    shown = book.add_chart(_kind(drawn.over_time, len(figure.numeric)))
    for number, stroke in enumerate(drawn.strokes):
        shown.add_series(
            {
                "name": [table.sheet, HEAD_ROW, figure.columns.index(stroke.column)],
                "categories": table.cells(0, table.sheet),
                "values": table.cells(table.plotted(number), table.values),
                **(_line(stroke.look) if drawn.over_time else _bar(stroke.look)),
            }
        )
    _dressed(shown, table)
    shown.set_legend(_legend(len(figure.numeric) == 1, drawn.unnamed))
    shown.show_blanks_as("gap")
    sheet.insert_chart(row, 0, shown, {"description": figure.alt, "object_position": 2})


def _legend(alone: bool, hidden: list[int]) -> dict[str, Any]:
    """None for one line; a line that is broken into several strokes is named once."""
    shown = {"position": "bottom", "font": {"color": INK, "size": 10}}
    return {"none": True} if alone else {**shown, "delete_series": hidden}


def _kind(over_time: bool, columns: int) -> dict[str, str]:
    if over_time:
        return {"type": "line"}
    return {"type": "bar", "subtype": "stacked"} if columns > 1 else {"type": "bar"}


def _line(own: Look) -> dict[str, Any]:
    main = own.colour not in (COMPARED_COLOUR, TARGET.colour)
    line = {"color": own.colour, "width": 2.25 if main else 1.25, "dash_type": DASHES[own.dash]}
    if not own.shape:
        return {"line": line, "marker": {"type": "none"}}
    filled = {"fill": {"color": own.colour}, "border": {"color": own.colour}}
    return {"line": line, "marker": {"type": MARKERS[own.shape], "size": 6 if main else 3, **filled}}


def _bar(own: Look) -> dict[str, Any]:
    """With the number on each part; zeros stay unwritten, their parts have no width."""
    font = {"color": "#FFFFFF", "bold": True}
    labels = {"value": True, "num_format": "#,##0.##;-#,##0.##;;", "position": "inside_base", "font": font}
    return {"fill": {"color": own.colour}, "border": {"color": "#FFFFFF"}, "data_labels": labels, "gap": 60}


def _dressed(shown: Any, table: Table) -> None:
    figure, drawn = table.figure, table.chart
    title = f"{figure.title}\n{figure.subtitle}" if figure.subtitle else figure.title
    shown.set_title({"name": title, "name_font": {"size": 13, "color": INK}, "overlay": False})
    labels = {"num_font": {"color": INK, "size": 10}, "line": {"color": INK}}
    if drawn.over_time:
        steps = {"interval_unit": drawn.every, "interval_tick": drawn.every}
        shown.set_x_axis({**labels, **steps, "label_position": "low"})
        gridlines = {"visible": True, "line": {"color": FAINT}}
        shown.set_y_axis({**labels, "line": {"none": True}, "major_gridlines": gridlines, **_range(drawn)})
    else:
        shown.set_y_axis({**labels, "reverse": True})
        shown.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    shown.set_size({"width": WIDTH, "height": LEAST_HEIGHT if drawn.over_time else ROW * len(table.rows) + 140})


def _range(drawn: Chart) -> dict[str, Any]:
    """The same ends of the value axis as on the screen, and numbers that suit its length."""
    ends = {"min": drawn.ends[0], "max": drawn.ends[1]} if drawn.ends else {}
    return {**ends, "num_format": number_format(drawn.tick_decimals, drawn.symbol)}


def add_plain_sheet(book: xlsxwriter.Workbook, table: Table) -> None:
    """What the chart is drawn from where the table itself would mislead it: cells with signs are empty here,
    and each line has a column of its own for every definition."""
    sheet = book.add_worksheet(table.values)
    strokes = table.chart.strokes
    sheet.set_column(0, len(strokes), 24)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, EXPLAINED)
    sheet.write_string(HEAD_ROW, 0, table.columns[0])
    for line, row in enumerate(table.rows, start=HEAD_ROW + 1):
        if isinstance(row[0], str):
            sheet.write_string(line, 0, row[0])
    for number, stroke in enumerate(strokes):
        sheet.write_string(HEAD_ROW, table.plotted(number), table.columns[table.figure.columns.index(stroke.column)])
        for line, value in enumerate(stroke.values, start=HEAD_ROW + 1):
            if value is not None:
                sheet.write_number(line, table.plotted(number), value)
