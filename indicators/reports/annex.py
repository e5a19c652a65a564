"""The report's numbers as an Excel workbook: contents, one sheet a figure with a named table and a native chart."""

import io
import textwrap
from typing import Any

import xlsxwriter

from indicators.exports import xlsx
from indicators.exports.xlsx_chart import Table, add_plain_sheet
from indicators.reports import names
from indicators.reports.report import Exhibit, Report

LABEL = "Excel-Anhang (XLSX)"
SUFFIX = ".xlsx"
MIME = xlsx.MIME
CONTENTS = "Inhalt"
NOTE_LETTERS = 120


def render(report: Report) -> bytes:
    """Numbers are numbers; the same report gives the same bytes."""
    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    exhibits = report.exhibits
    with xlsxwriter.Workbook(content, options) as book:
        title = f"{report.named} – {report.city}"
        created = report.moment.replace(tzinfo=None, microsecond=0)
        book.set_properties({"title": title, "author": report.city, "created": created, "comments": report.state})
        formats = xlsx.book_formats(book)
        tables, facts = xlsx.laid_out([one.figure for one in exhibits], [_short(one) for one in exhibits])
        _contents(book, report, tables, formats)
        for exhibit, table in zip(exhibits, tables, strict=True):
            xlsx.figure_sheet(book, table, formats, _short(exhibit).replace(" ", "_"))
        xlsx.facts_sheet(book, facts, [one.figure for one in exhibits], formats)
        for table in tables:
            if table.values != table.sheet:
                add_plain_sheet(book, table)
    return content.getvalue()


def _short(exhibit: Exhibit) -> str:
    """„Abb 07“, „Tab 12“: the sheet's name."""
    return f"Abb {exhibit.chart:02}" if exhibit.chart else f"Tab {exhibit.table:02}"


def _contents(book: Any, report: Report, tables: list[Table], formats: xlsx.Formats) -> None:
    """What the workbook holds, with a link to each sheet."""
    sheet = book.add_worksheet(CONTENTS)
    sheet.set_column(0, 0, 12)
    sheet.set_column(1, 1, 28)
    sheet.set_column(2, 2, 90)
    xlsx.on_paper(sheet)
    xlsx.put_text(sheet, 0, 0, f"{report.named} – {report.city}", formats["title"])
    said = [report.subtitle, report.state, *textwrap.wrap(report.note, NOTE_LETTERS)]
    for line, text in enumerate(said, start=1):
        xlsx.put_text(sheet, line, 0, text, formats["plain"])
    heads = len(said) + 2
    for place, head in enumerate(("Blatt", "Im Bericht", "Titel")):
        xlsx.put_text(sheet, heads, place, head, formats["text head"])
    for line, (exhibit, table) in enumerate(zip(report.exhibits, tables, strict=True), start=heads + 1):
        sheet.write_url(line, 0, f"internal:'{table.sheet}'!A1", string=table.sheet)
        xlsx.put_text(sheet, line, 1, names.number_of(exhibit), formats["text"])
        xlsx.put_text(sheet, line, 2, exhibit.figure.title, formats["text"])
    sheet.freeze_panes(heads + 1, 0)
