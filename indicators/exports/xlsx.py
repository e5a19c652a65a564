"""Excel workbook: one sheet a figure with its table and a native chart, and a sheet „Angaben“."""

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import xlsxwriter

from indicators import german
from indicators.exports.texts import fitting, printable
from indicators.exports.xlsx_chart import Plotted, insert_chart
from indicators.figures import Cell, Figure
from indicators.model import Sign

LABEL = "Excel-Arbeitsmappe (XLSX)"
SUFFIX = ".xlsx"
MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

FACTS = "Angaben"
# A date is part of the file; without one from the figures it must still be the same at every run.
UNDATED = datetime(2000, 1, 1)
HEAD_ROW = 3
NARROWEST, WIDEST = 9, 46
LANDSCAPE_A4 = 9

Formats = Mapping[str, Any]


def render(figures: Sequence[Figure]) -> bytes:
    """Numbers are numbers with their unit's format, signs and texts are texts and never formulas."""
    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(content, options) as book:
        moments = [figure.moment for figure in figures if figure.moment]
        created = max(moments, default=UNDATED).replace(tzinfo=None, microsecond=0)
        title = figures[0].title if len(figures) == 1 else "Integrationsmonitoring"
        book.set_properties({"title": _safe(title), "created": created, "comments": _safe(figures[0].source)})
        formats = _formats(book)
        names = _sheet_names([*(figure.title for figure in figures), FACTS])
        for figure, name in zip(figures, names, strict=False):
            _figure_sheet(book, name, figure, formats)
        _facts_sheet(book, names[-1], figures, formats)
    return content.getvalue()


def _formats(book: xlsxwriter.Workbook) -> Formats:
    head = {"bold": True, "text_wrap": True, "valign": "vcenter", "bottom": 1, "bg_color": "#EDF1F5"}
    return {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "plain": book.add_format({}),
        "head": book.add_format(head),
        "number head": book.add_format({**head, "align": "right"}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "label": book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
        "sign": book.add_format({"align": "right", "font_color": "#5C5C5C"}),
        "note": book.add_format({"italic": True, "text_wrap": True, "valign": "top"}),
    }


def _figure_sheet(book: xlsxwriter.Workbook, name: str, figure: Figure, formats: Formats) -> None:
    sheet = book.add_worksheet(name)
    sheet.set_landscape()
    sheet.set_paper(LANDSCAPE_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD_ROW)
    sheet.freeze_panes(HEAD_ROW + 1, 1)
    _text(sheet, 0, 0, figure.title, formats["title"])
    _text(sheet, 1, 0, figure.subtitle, formats["plain"])
    rows = figure.cells()
    _table(book, sheet, figure, rows, formats)
    below = HEAD_ROW + len(rows) + 2
    stand = f"Datenstand: {german.moment(figure.moment)}" if figure.moment else ""
    for line in (figure.note, figure.source, stand):
        if line:
            width = max(len(figure.columns), 6)
            sheet.merge_range(below, 0, below, width - 1, "", formats["note"])
            _text(sheet, below, 0, line, formats["note"])
            sheet.set_row(below, 15 * (1 + len(line) // (14 * width)))
            below += 1
    if figure.spec is not None and rows:
        plotted = Plotted(name, HEAD_ROW, len(rows), figure, tuple(_safe(column) for column in figure.columns))
        insert_chart(book, sheet, plotted, rows)


def _table(
    book: xlsxwriter.Workbook, sheet: Any, figure: Figure, rows: Sequence[tuple[Cell, ...]], formats: Formats
) -> None:
    sheet.set_row(HEAD_ROW, 32)
    for place, column in enumerate(figure.columns):
        head = formats["number head" if column in figure.decimals else "head"]
        _text(sheet, HEAD_ROW, place, column, head)
        sheet.set_column(place, place, _width(column, [row[place] for row in rows], place))
        decimals, symbol = figure.decimals.get(column, 0), figure.units.get(column, "")
        number = book.add_format({"num_format": number_format(decimals, symbol)})
        bracketed = book.add_format({"num_format": number_format(decimals, symbol, limited=True)})
        for line, row in enumerate(rows):
            limited = (line, column) in figure.limited
            _cell(sheet, (HEAD_ROW + 1 + line, place), row[place], bracketed if limited else number, formats)


def number_format(decimals: int, symbol: str, *, limited: bool = False) -> str:
    """Excel's form of a German number: the program puts point and comma by the reader's locale."""
    number = "#,##0" + ("." + "0" * decimals if decimals else "")
    number = f'"("{number}")"' if limited else number
    quoted = symbol.replace('"', "")
    return f'{number}"\u00a0{quoted}"' if quoted else number


def _cell(sheet: Any, place: tuple[int, int], cell: Cell, number: Any, formats: Formats) -> None:
    if isinstance(cell, Sign):
        sheet.write_string(*place, german.sign(cell), formats["sign"])
    elif isinstance(cell, str):
        _text(sheet, *place, cell, formats["text"])
    elif cell is not None:
        sheet.write_number(*place, cell, number)


def _facts_sheet(book: xlsxwriter.Workbook, name: str, figures: Sequence[Figure], formats: Formats) -> None:
    sheet = book.add_worksheet(name)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 100)
    sheet.set_landscape()
    sheet.set_paper(LANDSCAPE_A4)
    sheet.fit_to_pages(1, 0)
    line = 0
    for figure in figures:
        _text(sheet, line, 0, figure.title, formats["title"])
        line = _pairs(sheet, line + 1, _facts(figure), formats) + 1
    _text(sheet, line, 0, "Zeichenerklärung", formats["title"])
    _pairs(sheet, line + 1, _legend(), formats)


def _pairs(sheet: Any, line: int, pairs: Iterable[tuple[str, str]], formats: Formats) -> int:
    for name, said in pairs:
        _text(sheet, line, 0, name, formats["label"])
        _text(sheet, line, 1, said, formats["text"])
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


def _text(sheet: Any, row: int, column: int, text: str, form: Any) -> None:
    sheet.write_string(row, column, _safe(text), form)


def _safe(text: str) -> str:
    return fitting(printable(text))


def _width(column: str, cells: Sequence[Cell], place: int) -> int:
    longest = max([len(cell) for cell in cells if isinstance(cell, str)] + [NARROWEST])
    head = max(len(word) for word in column.split() or [""]) + 2
    return min(WIDEST, max(head, longest + 1, 16 if place == 0 else 12))


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
