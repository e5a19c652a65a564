"""Departments' own workbooks as tests need them: a small cross table with title, head, rows and a source line."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell import MergedCell

Cell = float | str | None


def cross_table(
    rows: Mapping[str, Sequence[Cell]],
    years: Sequence[int] = (2023, 2024),
    title: str = "Kinder nach Staatsangehörigkeit",
    sheet: str = "Kinder",
    stub: str = "Staatsangehörigkeit",
    unit: str = "",
    hidden_row: int = 0,
) -> bytes:
    """Labels down, years across, as a clerk would lay it out."""
    book = Workbook()
    page = book.active
    page.title = sheet
    page["A1"] = title
    page["A3"] = stub
    for column, year in enumerate(years, 2):
        page.cell(3, column, f"{year}")
    first = 4
    if unit:
        page.cell(4, 2, unit)
        page.merge_cells(start_row=4, end_row=4, start_column=2, end_column=1 + len(years))
        first = 5
    for down, (label, values) in enumerate(rows.items(), first):
        page.cell(down, 1, label)
        for column, value in enumerate(values, 2):
            page.cell(down, column, value)
    page.cell(first + 1 + len(rows), 1, "Quelle: eigene Fortschreibung")
    if hidden_row:
        page.row_dimensions[hidden_row].hidden = True
    out = BytesIO()
    book.save(out)
    return out.getvalue()


FIRST = {"Ausländische": (100, 110), "Deutsche": (300, 305), "Insgesamt": (400, 415)}
NEXT = {"Ausländische": (100, 112, 120), "Deutsche": (300, 305, 310), "Insgesamt": (400, 417, 430)}


def bare_numbers() -> bytes:
    """Numbers that no head explains."""
    book = Workbook()
    book.active["C3"], book.active["C4"] = 5, 7
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def joined(**sheets: bytes) -> bytes:
    """Several workbooks' sheets as one workbook; each is called by its keyword."""
    book = Workbook()
    book.remove(book.active)
    for name, content in sheets.items():
        page = book.create_sheet(name)
        for row in load_workbook(BytesIO(content)).active.iter_rows():
            for cell in row:
                page[cell.coordinate] = cell.value
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def as_ods(content: bytes) -> bytes:
    """The same cells and merges as LibreOffice writes them, without LibreOffice."""
    book = load_workbook(BytesIO(content))
    tables = "".join(
        f"<table:table table:name={quoteattr(page.title)}>{''.join(map(_ods_row, page.iter_rows()))}</table:table>"
        for page in book.worksheets
    )
    names = ("office", "table", "text")
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names)
    whole = f"<office:spreadsheet>{tables}</office:spreadsheet>"
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body>{whole}</office:body></office:document-content>",
        )
        archive.writestr(
            "META-INF/manifest.xml", '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
        )
    return out.getvalue()


def _ods_row(row: tuple[Any, ...]) -> str:
    return f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>"


def _ods_cell(cell: Any) -> str:
    if isinstance(cell, MergedCell):
        return "<table:covered-table-cell/>"
    if cell.value is None:
        return "<table:table-cell/>"
    kind = 'office:value-type="string"'
    if not isinstance(cell.value, str):
        kind = f'office:value-type="float" office:value="{cell.value}"'
    merged = next(
        (one for one in cell.parent.merged_cells.ranges if one.start_cell.coordinate == cell.coordinate), None
    )
    if merged:
        rows, columns = merged.size["rows"], merged.size["columns"]
        kind += f' table:number-rows-spanned="{rows}" table:number-columns-spanned="{columns}"'
    return f"<table:table-cell {kind}><text:p>{escape(_seen(cell.value))}</text:p></table:table-cell>"


def _seen(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value}".replace(".", ",")
