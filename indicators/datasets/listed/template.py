"""The workbook of a list: a row for each entry, what was valid before beside it, room for new ones below."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from indicators.catalogue import Catalogue
from indicators.datasets.listed.entries import Content, Field, FieldKind
from indicators.periods import Period
from indicators.templates import style
from indicators.templates.hidden_map import (
    PROPERTY_CATALOGUE,
    PROPERTY_ID,
    PROPERTY_PERIOD,
    PROPERTY_REPORTER,
    PROPERTY_VERSION,
    TEMPLATE_VERSION,
)
from indicators.templates.marks import mark, write_map
from indicators.templates.reproducible import save
from indicators.templates.sheet import page_set_up

COLUMNS = ("blatt", "spalte", "erste_zeile", "feld")
SHEET = "Liste"
NAME = "name"
"""The code of the column that names the entries."""

HEAD = 5
FIRST = HEAD + 1
ROOM = 40
"""So many empty rows are formatted below the known entries; what is written further down is read too."""

EXPLANATION = "Gelb muss, blau kann gefüllt werden. Grau steht, was zuletzt galt. Eine leere Zeile ist kein Eintrag."


@dataclass(frozen=True)
class Form:
    """What a list asks for, and the columns in which it does."""

    template_id: str
    title: str
    name_title: str
    fields: tuple[Field, ...]

    @property
    def columns(self) -> tuple[tuple[str, str], ...]:
        """Letter and code of each input column: the name, then the fields."""
        codes = (NAME, *(one.code for one in self.fields))
        return tuple((get_column_letter(number), code) for number, code in enumerate(codes, start=1))


def build(form: Form, catalogue: Catalogue, reporter: str, period: Period, last: Mapping[str, Content]) -> bytes:
    """The workbook; `last` are the entries of the period before by their name. Same input, same bytes."""
    book = Workbook()
    sheet = book.active
    sheet.title = SHEET
    _heading(sheet, form, catalogue, reporter, period)
    names = sorted(last)
    for row, name in enumerate([*names, *[""] * ROOM], start=FIRST):
        _row(sheet, row, form, name, dict(last.get(name, ())))
    facts = {
        PROPERTY_ID: form.template_id,
        PROPERTY_VERSION: TEMPLATE_VERSION,
        PROPERTY_REPORTER: reporter,
        PROPERTY_PERIOD: str(period),
        PROPERTY_CATALOGUE: catalogue.version,
    }
    page_set_up(sheet, f"{form.title} · {period.label}")
    write_map(book, facts, COLUMNS, ((SHEET, letter, str(FIRST), code) for letter, code in form.columns))
    mark(book, facts, {}, f"{form.title} {period.label}, {catalogue.reporter_name(reporter)}")
    return save(book, period.end)


def _heading(sheet: Worksheet, form: Form, catalogue: Catalogue, reporter: str, period: Period) -> None:
    sheet["A1"], sheet["A1"].font = form.title, style.TITLE
    sheet["A2"], sheet["A2"].font = f"{catalogue.reporter_name(reporter)} · {period.label}", style.SUBTITLE
    sheet["A3"], sheet["A3"].font = EXPLANATION, style.SMALL
    titles = [form.name_title, *(one.title for one in form.fields), *(f"zuletzt: {one.title}" for one in form.fields)]
    for column, title in enumerate(titles, start=1):
        cell = sheet.cell(HEAD, column, title)
        cell.font, cell.fill, cell.alignment, cell.border = style.ON_DARK, style.DARK_FILL, style.LEFT, style.BOX
        sheet.column_dimensions[get_column_letter(column)].width = style.LABEL_WIDTH if column == 1 else 24
    sheet.freeze_panes = f"B{FIRST}"
    sheet.print_title_rows = f"{HEAD}:{HEAD}"


def _row(sheet: Worksheet, row: int, form: Form, name: str, last: Mapping[str, str | float]) -> None:
    required: Sequence[bool] = [True, *(one.required for one in form.fields)]
    for column, must in enumerate(required, start=1):
        cell = sheet.cell(row, column)
        cell.fill, cell.protection = style.REQUIRED_FILL if must else style.OPTIONAL_FILL, style.OPEN
        cell.border, cell.font = style.BOX, style.TEXT
    _write(sheet, row, 1, name)
    for offset, one in enumerate(form.fields):
        if one.kind is FieldKind.NUMBER:
            sheet.cell(row, 2 + offset).number_format = style.number_format(one.decimals)
        beside = 2 + len(form.fields) + offset
        sheet.cell(row, beside).font = style.LAST
        _write(sheet, row, beside, one.text(last[one.code]) if one.code in last else "")


def _write(sheet: Worksheet, row: int, column: int, text: str) -> None:
    """As text, whatever a stranger began it with."""
    if text:
        cell = sheet.cell(row, column)
        cell.value, cell.data_type = text, "s"
