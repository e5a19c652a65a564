"""What makes a workbook a template of ours, written: the hidden sheet, the document's properties, its inputs' names."""

from collections.abc import Iterable, Mapping, Sequence

from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.worksheet import Worksheet

from indicators.templates.hidden_map import HEADER_ROW, MAP_SHEET, PROPERTIES


def write_map(book: Workbook, facts: Mapping[str, str], columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """The hidden sheet: the properties, and one row for what can be filled."""
    sheet = book.create_sheet(MAP_SHEET)
    for row, name in enumerate(PROPERTIES, start=1):
        _text(sheet, row, 1, name)
        _text(sheet, row, 2, facts[name])
    for row, values in enumerate([columns, *rows], start=HEADER_ROW):
        for column, value in enumerate(values, start=1):
            _text(sheet, row, column, value)
    sheet.sheet_state = "veryHidden"
    sheet.protection.sheet = True


def _text(sheet: Worksheet, row: int, column: int, value: str) -> None:
    """As text whatever it looks like: a breakdown may begin with any sign, a year is a code here."""
    if value:
        cell = sheet.cell(row, column)
        cell.value, cell.data_type, cell.number_format = value, "s", "@"


def mark(book: Workbook, facts: Mapping[str, str], names: Mapping[str, str], title: str) -> None:
    """The properties of the document, a name for each input (`names` gives its reference), and no other sheets."""
    for name, value in facts.items():
        book.custom_doc_props.append(StringProperty(name=name, value=value))
    for name, reference in names.items():
        book.defined_names[name] = DefinedName(name, attr_text=reference)
    book.security = WorkbookProtection(lockStructure=True)
    book.properties.title = title
    book.properties.creator = "Integrationsmonitoring"
    book.properties.language = "de-DE"
