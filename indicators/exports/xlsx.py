"""Excel workbook: one sheet a figure with its table and a native chart, and a sheet „Angaben“."""

import io
import re
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import xlsxwriter

from indicators import german
from indicators.exports import png
from indicators.exports.office import number_format
from indicators.exports.texts import fitting, printable
from indicators.exports.xlsx_chart import HEAD_ROW, PLOTTED, Table, add_plain_sheet, insert_chart
from indicators.figures import Cell, Figure
from indicators.model import Sign

LABEL = "Excel-Arbeitsmappe (XLSX)"
SUFFIX = ".xlsx"
MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

FACTS = "Angaben"
# A date is part of the file; without one from the figures it must still be the same at every run.
UNDATED = datetime(2000, 1, 1)
NARROWEST, WIDEST = 9, 46
NOTE_WIDTH = 110
LINE_HEIGHT = 15
A4 = 9
MOST_UPRIGHT, MOST_ON_A_PAGE = 8, 60

Formats = Mapping[str, Any]

PICTURE_SCALE = 72 / 96 / png.SCALE
"""Pictures say 72 dots an inch, Excel shows 96."""


def render(figures: Sequence[Figure]) -> bytes:
    """Numbers are numbers with their unit's format, signs and texts are texts and never formulas."""
    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(content, options) as book:
        moments = [figure.moment for figure in figures if figure.moment]
        created = max(moments, default=UNDATED).replace(tzinfo=None, microsecond=0)
        title = figures[0].title if len(figures) == 1 else "Integrationsmonitoring"
        book.set_properties({"title": _safe(title), "created": created, "comments": _safe(figures[0].source)})
        formats = book_formats(book)
        tables, facts = laid_out(figures)
        for table in tables:
            figure_sheet(book, table, formats)
        facts_sheet(book, facts, figures, formats)
        for table in tables:
            if table.values != table.sheet:
                add_plain_sheet(book, table)
    return content.getvalue()


def laid_out(figures: Sequence[Figure], titles: Sequence[str] = ()) -> tuple[list[Table], str]:
    """Each figure's table with the names of its sheets, and the name of the sheet of facts.

    `titles` are for the sheets, where the figures' own would not do."""
    names = _sheet_names([*(titles or [figure.title for figure in figures]), FACTS, *(PLOTTED for _ in figures)])
    own, facts, spare = names[: len(figures)], names[len(figures)], iter(names[len(figures) + 1 :])
    tables = []
    for figure, name in zip(figures, own, strict=True):
        table = Table(name, name, figure, tuple(figure.cells()), tuple(_safe(column) for column in figure.columns))
        tables.append(replace(table, values=next(spare)) if table.needs_plain_sheet else table)
    return tables, facts


def book_formats(book: xlsxwriter.Workbook) -> Formats:
    head = {"bold": True, "text_wrap": True, "valign": "vcenter", "bottom": 1, "bg_color": "#EDF1F5"}
    return {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "plain": book.add_format({}),
        "text head": book.add_format({**head, "indent": 1}),
        "number head": book.add_format({**head, "align": "right"}),
        "text": book.add_format({"text_wrap": True, "align": "left", "valign": "top", "indent": 1}),
        "label": book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
        "sign": book.add_format({"align": "right", "valign": "top", "font_color": "#5C5C5C"}),
        "note": book.add_format({"italic": True}),
    }


def figure_sheet(book: xlsxwriter.Workbook, table: Table, formats: Formats, named: str = "") -> None:
    """The table with its title, notes and chart; `named` makes it an Excel table of that name."""
    figure = table.figure
    sheet = book.add_worksheet(table.sheet)
    on_paper(sheet, upright=len(figure.columns) <= MOST_UPRIGHT, pages=0 if len(table.rows) > MOST_ON_A_PAGE else 1)
    sheet.repeat_rows(HEAD_ROW)
    sheet.freeze_panes(HEAD_ROW + 1, 1)
    put_text(sheet, 0, 0, figure.title, formats["title"])
    put_text(sheet, 1, 0, figure.subtitle, formats["plain"])
    _table(book, sheet, table, formats)
    if named and table.rows:
        _name(sheet, table, named, formats)
    stand = f"Datenstand: {german.moment(figure.moment)}" if figure.moment else ""
    row = HEAD_ROW + len(table.rows) + 2
    for said in (line for text in (figure.note, figure.source, stand) for line in textwrap.wrap(text, NOTE_WIDTH)):
        put_text(sheet, row, 0, said, formats["note"])
        row += 1
    if figure.pictured and figure.spec:
        _picture(sheet, figure, row + 1)
    elif figure.is_drawn:
        insert_chart(book, sheet, table, row + 1)


def _picture(sheet: Any, figure: Figure, row: int) -> None:
    """What Excel has no chart for."""
    drawn = {"image_data": io.BytesIO(png.render([figure])), "description": figure.alt, "object_position": 2}
    sheet.insert_image(row, 0, f"{figure.key}.png", {**drawn, "x_scale": PICTURE_SCALE, "y_scale": PICTURE_SCALE})


def _name(sheet: Any, table: Table, name: str, formats: Formats) -> None:
    """Marks what was written as an Excel table: programs and screen readers find it by its name and its heads."""
    heads = [
        {"header": head, "header_format": formats["number head" if column in table.figure.decimals else "text head"]}
        for head, column in zip(table.columns, table.figure.columns, strict=True)
    ]
    last = HEAD_ROW + len(table.rows), len(heads) - 1
    sheet.add_table(HEAD_ROW, 0, *last, {"name": name, "columns": heads, "style": None, "autofilter": False})


def on_paper(sheet: Any, *, upright: bool = False, pages: int = 0) -> None:
    """One page wide; so many pages long, 0 for as many as it takes."""
    if not upright:
        sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, pages)


def _table(book: xlsxwriter.Workbook, sheet: Any, table: Table, formats: Formats) -> None:
    figure, rows = table.figure, table.rows
    widths = [_width(column, [row[place] for row in rows], place) for place, column in enumerate(figure.columns)]
    sheet.set_row(HEAD_ROW, LINE_HEIGHT * _lines(list(zip(figure.columns, widths, strict=True))) + 4)
    for line, row in enumerate(rows):
        texts = [(cell, widths[place]) for place, cell in enumerate(row) if isinstance(cell, str)]
        sheet.set_row(HEAD_ROW + 1 + line, LINE_HEIGHT * _lines(texts))
    for place, column in enumerate(figure.columns):
        head = formats["number head" if column in figure.decimals else "text head"]
        put_text(sheet, HEAD_ROW, place, column, head)
        sheet.set_column(place, place, widths[place])
        for line, row in enumerate(rows):
            number = _number(book, figure, line, column)
            _cell(sheet, (HEAD_ROW + 1 + line, place), row[place], number, formats)


def _number(book: xlsxwriter.Workbook, figure: Figure, line: int, column: str) -> Any:
    """The format of a number; xlsxwriter writes equal ones once."""
    limited, signed = ((line, column) in cells for cells in (figure.limited, figure.signed))
    form = number_format(figure.decimals_of(line, column), figure.units.get(column, ""), limited=limited, signed=signed)
    return book.add_format({"num_format": form, "valign": "top"})


def _cell(sheet: Any, place: tuple[int, int], cell: Cell, number: Any, formats: Formats) -> None:
    if isinstance(cell, Sign):
        sheet.write_string(*place, german.sign(cell), formats["sign"])
    elif isinstance(cell, str):
        put_text(sheet, *place, cell, formats["text"])
    elif cell is not None:
        sheet.write_number(*place, cell, number)


def facts_sheet(book: xlsxwriter.Workbook, name: str, figures: Sequence[Figure], formats: Formats) -> None:
    sheet = book.add_worksheet(name)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 100)
    on_paper(sheet)
    line = 0
    for figure in figures:
        put_text(sheet, line, 0, figure.title, formats["title"])
        line = _pairs(sheet, line + 1, _facts(figure), formats) + 1
    put_text(sheet, line, 0, "Zeichenerklärung", formats["title"])
    _pairs(sheet, line + 1, _legend(), formats)


def _pairs(sheet: Any, line: int, pairs: Iterable[tuple[str, str]], formats: Formats) -> int:
    for name, said in pairs:
        put_text(sheet, line, 0, name, formats["label"])
        put_text(sheet, line, 1, said, formats["text"])
        sheet.set_row(line, LINE_HEIGHT * _lines([(said, NOTE_WIDTH)]))
        line += 1
    return line


def _facts(figure: Figure) -> list[tuple[str, str]]:
    stand = german.moment(figure.moment) if figure.moment else ""
    said = [
        ("Darstellung", figure.subtitle),
        *figure.metadata,
        ("Quelle", figure.source.removeprefix("Quelle: ")),
        ("Datenstand", "" if any(name == "Datenstand" for name, _ in figure.metadata) else stand),
        ("Anmerkungen", figure.note),
        ("Beschreibung", figure.alt),
    ]
    return [(name, text) for name, text in said if text]


def _legend() -> list[tuple[str, str]]:
    printed = [("( )" if sign is Sign.LIMITED else german.sign(sign), sign.meaning) for sign in Sign]
    return [("0", "genau null oder kleiner als die Hälfte der kleinsten gezeigten Einheit"), *printed]


def put_text(sheet: Any, row: int, column: int, text: str, form: Any) -> None:
    sheet.write_string(row, column, _safe(text), form)


def _safe(text: str) -> str:
    return fitting(printable(text))


def _lines(texts: Sequence[tuple[str, int]]) -> int:
    """How many lines the longest of these texts takes in its column; Excel shows at most 27 of them in a row."""
    return min(27, max([1, *(len(textwrap.wrap(text, max(4, width - 3))) for text, width in texts)]))


def _width(column: str, cells: Sequence[Cell], place: int) -> int:
    longest = max([len(cell) for cell in cells if isinstance(cell, str)] + [NARROWEST])
    head = max(len(word) for word in column.split() or [""]) + 2
    return min(WIDEST, max(head, longest + 4, 18 if place == 0 else 12))


def _sheet_names(titles: Sequence[str]) -> list[str]:
    """Excel's rules: at most 31 characters, none of []:*?/\\, no apostrophe at the ends, no name twice in any case."""
    names: list[str] = []
    for title in titles:
        stem = re.sub(r"[\[\]:*?/\\]", " ", printable(title))
        stem = " ".join(stem.split()).strip("'")[:31].strip(" '") or "Tabelle"
        name, number = stem, 1
        while name.lower() in {taken.lower() for taken in names} or name.lower() in ("history", "verlauf"):
            number += 1
            name = f"{stem[: 30 - len(str(number))]} {number}"
        names.append(name)
    return names
