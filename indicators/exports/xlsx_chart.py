"""The native chart of a sheet: editable in Excel, with alternative text, drawn from the table above it."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import xlsxwriter

from indicators.figures import Cell, Figure
from indicators.figures.theme import COMPARED_COLOUR, FAINT, INK, TARGET, Look, look
from indicators.model import Sign

MARKERS = {
    "circle": "circle",
    "square": "square",
    "triangle-up": "triangle",
    "diamond": "diamond",
    "triangle-down": "x",
    "cross": "plus",
}
DASHES = {
    (1, 0): "solid",
    (6, 3): "dash",
    (2, 2): "square_dot",
    (10, 3, 2, 3): "long_dash_dot",
    (12, 4): "long_dash",
    (3, 3): "round_dot",
    (4, 2): "dash",
    (1, 2): "round_dot",
    (8, 3): "long_dash",
    (6, 2, 1, 2): "dash_dot",
    (2, 4): "square_dot",
    (12, 3, 3, 3): "long_dash_dot",
    (3, 1, 1, 1, 1, 1): "long_dash_dot_dot",
    (8, 2, 2, 2, 2, 2): "long_dash_dot_dot",
}
HEAD_ROW = 3
PLOTTED = "Diagrammdaten"
EXPLAINED = "Zahlen des Diagramms. Felder mit Zeichen sind leer; nach einem Bruch beginnt eine neue Spalte."
WIDTH, LEAST_HEIGHT, ROW = 860, 400, 34


@dataclass(frozen=True)
class Stroke:
    """One series of a chart: the table's column that it shows, its column on the sheet that it is plotted from,
    and the rows of the table (from, to) that it covers."""

    place: int
    plotted: int
    begin: int
    end: int


@dataclass(frozen=True)
class Table:
    """A figure's table in the workbook: its sheet, the sheet that its chart takes the numbers from, its cells,
    its columns' titles as they are written. On both sheets the heads stand in HEAD_ROW."""

    sheet: str
    values: str
    figure: Figure
    rows: tuple[tuple[Cell, ...], ...]
    columns: tuple[str, ...]

    @property
    def numeric(self) -> list[int]:
        """The places of the columns that hold numbers or signs."""
        return [place for place, column in enumerate(self.figure.columns) if column in self.figure.decimals]

    @property
    def needs_plain_sheet(self) -> bool:
        """Excel draws a text as zero, and joins the values on both sides of a break."""
        signs = any(isinstance(row[place], Sign) for row in self.rows for place in self.numeric)
        return self.figure.spec is not None and (signs or bool(self.figure.breaks))

    @property
    def strokes(self) -> list[Stroke]:
        if self.values == self.sheet:
            return [Stroke(place, place, 0, len(self.rows)) for place in self.numeric]
        found: list[Stroke] = []
        for place in self.numeric:
            whole = self.figure.looks.get(self.figure.columns[place]) == TARGET
            bounds = [0, *(() if whole else self.figure.breaks), len(self.rows)]
            found += [Stroke(place, len(found) + 1 + part, *ends) for part, ends in enumerate(pairwise(bounds))]
        return found

    def cells(self, place: int, sheet: str) -> list[str | int]:
        """A column's range as xlsxwriter takes it."""
        return [sheet, HEAD_ROW + 1, place, HEAD_ROW + len(self.rows), place]


def insert_chart(book: xlsxwriter.Workbook, sheet: Any, table: Table, row: int) -> None:
    """Lines over periods, bars otherwise, with its upper left corner in that row."""
    figure, strokes = table.figure, table.strokes
    chart = book.add_chart(_kind(bool(figure.periods), len(table.numeric)))
    for stroke in strokes:
        own = figure.looks.get(figure.columns[stroke.place], look(table.numeric.index(stroke.place)))
        chart.add_series(
            {
                "name": [table.sheet, HEAD_ROW, stroke.place],
                "categories": table.cells(0, table.sheet),
                "values": table.cells(stroke.plotted, table.values),
                **(_line(own) if figure.periods else _bar(own)),
            }
        )
    _dressed(chart, table)
    named_once = [number for number, stroke in enumerate(strokes) if stroke.begin > 0]
    chart.set_legend(_legend(len(table.numeric) == 1, named_once))
    chart.show_blanks_as("gap")
    sheet.insert_chart(row, 0, chart, {"description": figure.alt, "object_position": 2})


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


def _dressed(chart: Any, table: Table) -> None:
    figure = table.figure
    title = f"{figure.title}\n{figure.subtitle}" if figure.subtitle else figure.title
    chart.set_title({"name": title, "name_font": {"size": 13, "color": INK}, "overlay": False})
    labels = {"num_font": {"color": INK, "size": 10}, "line": {"color": INK}}
    if figure.periods:
        every = max(1, -(-len(table.rows) // 10))
        chart.set_x_axis({**labels, "interval_unit": every, "interval_tick": every, "label_position": "low"})
        gridlines = {"visible": True, "line": {"color": FAINT}}
        chart.set_y_axis({**labels, "line": {"none": True}, "major_gridlines": gridlines, **_range(figure)})
    else:
        chart.set_y_axis({**labels, "reverse": True})
        chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    chart.set_size({"width": WIDTH, "height": LEAST_HEIGHT if figure.periods else ROW * len(table.rows) + 140})


def _range(figure: Figure) -> dict[str, Any]:
    """The same ends of the value axis as on the screen, and numbers that suit its length."""
    low, high = (figure.spec or {})["encoding"]["y"]["scale"]["domain"]
    symbol = next(iter(figure.units.values()), "")
    return {"min": low, "max": high, "num_format": number_format(0 if high - low >= 4 else 1, symbol)}


def number_format(decimals: int, symbol: str, *, limited: bool = False, signed: bool = False) -> str:
    """Excel's form of a German number: the program puts point and comma by the reader's locale."""
    number = "#,##0" + ("." + "0" * decimals if decimals else "")
    number = f'"("{number}")"' if limited else f'+{number};-{number};"±"{number}' if signed else number
    quoted = symbol.replace('"', "")
    return f'{number}"\u00a0{quoted}"' if quoted else number


def add_plain_sheet(book: xlsxwriter.Workbook, table: Table) -> None:
    """What the chart is drawn from where the table itself would mislead it: cells with signs are empty here,
    and each line has a column of its own for every definition."""
    sheet = book.add_worksheet(table.values)
    sheet.set_column(0, len(table.strokes), 24)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, EXPLAINED)
    sheet.write_string(HEAD_ROW, 0, table.columns[0])
    for line, row in enumerate(table.rows, start=HEAD_ROW + 1):
        if isinstance(row[0], str):
            sheet.write_string(line, 0, row[0])
    for stroke in table.strokes:
        sheet.write_string(HEAD_ROW, stroke.plotted, table.columns[stroke.place])
        for row_number in range(stroke.begin, stroke.end):
            cell = table.rows[row_number][stroke.place]
            if isinstance(cell, float | int):
                sheet.write_number(HEAD_ROW + 1 + row_number, stroke.plotted, cell)
