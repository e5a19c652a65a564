"""The workbook of a list: a row for each entry, what was valid before beside it, room for new ones below."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from indicators.catalogue import Catalogue
from indicators.datasets.listed.fields import Content, Field, FieldKind
from indicators.foreign_text import harmless
from indicators.periods import Period
from indicators.templates import hidden_map, style
from indicators.templates.marks import mark, write_map
from indicators.templates.printed_page import page_set_up
from indicators.templates.reproducible import save

COLUMNS = ("blatt", "spalte", "erste_zeile", "feld")
SHEET, CODES_SHEET = "Liste", "Kürzel"
NAME, BASIS = "name", "beruht_auf"
"""The codes of the column that names the entries, and of the one that says which delivery a row shows."""

HEAD = 5
FIRST = HEAD + 1
ROOM = 40
"""So many empty rows are formatted below the known entries; what is written further down is read too."""

EXPLANATION = "Gelb muss, blau kann gefüllt werden. Grau steht, was zuletzt galt. Eine leere Zeile ist kein Eintrag."
STANDING = (
    "Gelb muss, blau kann gefüllt werden; es steht da, was heute gilt. Was Sie nicht ändern, bleibt, wie es ist, auch "
    "wenn Sie die Zeile löschen. Die graue letzte Spalte bitte stehen lassen."
)
LONGEST_LIST = 255
"""Characters of the words that Excel takes for a list to choose from."""


@dataclass(frozen=True)
class Row:
    """A row that is handed out: its name, what stands in the input cells, and what stands beside them in grey."""

    name: str = ""
    filled: Content = ()
    beside: Content = ()
    basis: int | None = None


@dataclass(frozen=True)
class Form:
    """What a list asks for, and the columns in which it does.

    `named_by` are the fields that together name an entry, `else_by` the one that does where the last of them is empty;
    without them a column of its own names it. What is named by its fields goes on, and says what it rests on.
    `counted_as` is the word before the last of them.
    """

    template_id: str
    title: str
    name_title: str
    fields: tuple[Field, ...]
    named_by: tuple[str, ...] = ()
    else_by: str = ""
    counted_as: str = "Nr."

    @property
    def inputs(self) -> tuple[Field, ...]:
        """The columns in their order."""
        if self.named_by:
            return (*self.fields, Field(BASIS, "beruht auf Lieferung", FieldKind.NUMBER))
        return (Field(NAME, self.name_title, required=True), *self.fields)

    @property
    def columns(self) -> tuple[tuple[str, str], ...]:
        """Letter and code of each input column."""
        return tuple((get_column_letter(number), one.code) for number, one in enumerate(self.inputs, start=1))

    @property
    def naming(self) -> str:
        """The code of the field without which an entry has no name."""
        return self.else_by or (self.named_by[-1] if self.named_by else NAME)

    def name_of(self, values: Mapping[str, str | float]) -> str:
        """What the entry with these values is called: „Konzept 2016 · Nr. 12“, or by its title; empty for none."""
        if not self.named_by:
            return str(values.get(NAME, ""))
        *around, last = (str(values.get(code, "")) for code in self.named_by)
        own = f"{self.counted_as} {last}" if last else str(values.get(self.else_by, ""))
        return " · ".join(filter(None, (*around, own))) if own else ""


def build(
    form: Form,
    catalogue: Catalogue,
    reporter: str,
    period: Period,
    rows: Sequence[Row],
    note: str = "",
    room: int = ROOM,
) -> bytes:
    """The workbook with these rows and `room` for more; a `note` stands where it else explains itself.

    Same input, same bytes.
    """
    book = Workbook()
    sheet = book.active
    sheet.title = SHEET
    _heading(sheet, form, catalogue, reporter, period, note)
    for number, row in enumerate([*rows, *[Row()] * room], start=FIRST):
        _row(sheet, number, form, row)
    _choices(sheet, form)
    _codes(book, form, catalogue)
    facts = hidden_map.written(form.template_id, reporter, period, catalogue.version)
    page_set_up(sheet, f"{form.title} · {period.label}")
    write_map(book, facts, COLUMNS, ((SHEET, letter, str(FIRST), code) for letter, code in form.columns))
    mark(book, facts, {}, f"{form.title} {period.label}, {catalogue.reporter_name(reporter)}")
    return save(book, period.end)


def _heading(sheet: Worksheet, form: Form, catalogue: Catalogue, reporter: str, period: Period, note: str) -> None:
    sheet["A1"], sheet["A1"].font = form.title, style.TITLE
    sheet["A2"], sheet["A2"].font = f"{catalogue.reporter_name(reporter)} · {period.label}", style.SUBTITLE
    sheet["A3"], sheet["A3"].font = note or (STANDING if form.named_by else EXPLANATION), style.SMALL
    if catalogue.city.invented:
        sheet["A4"], sheet["A4"].font = catalogue.city.caution, style.SMALL
    beside = () if form.named_by else tuple(f"zuletzt: {one.title}" for one in form.fields)
    widths = [_width(one) for one in form.inputs] + [24] * len(beside)
    for column, title in enumerate([*(one.title for one in form.inputs), *beside], start=1):
        style.HEAD.on(sheet.cell(HEAD, column, title))
        sheet.column_dimensions[get_column_letter(column)].width = widths[column - 1]
    sheet.freeze_panes = f"{'E' if form.named_by else 'B'}{FIRST}"
    sheet.print_title_rows = f"{HEAD}:{HEAD}"


def _width(one: Field) -> float:
    if one.code == NAME or one.kind is FieldKind.LONG_TEXT:
        return style.LABEL_WIDTH
    return 16 if one.is_number or one.kind in (FieldKind.DATE, FieldKind.YES_NO) else 24


def _row(sheet: Worksheet, number: int, form: Form, row: Row) -> None:
    filled = {**dict(row.filled), **({NAME: row.name} if row.name else {})}
    if row.basis is not None:
        filled[BASIS] = float(row.basis)
    for column, one in enumerate(form.inputs, start=1):
        _look(one).on(sheet.cell(number, column))
        _put(sheet, number, column, one, filled.get(one.code, ""))
    if not form.named_by:
        beside = dict(row.beside)
        for column, one in enumerate(form.fields, start=2 + len(form.fields)):
            sheet.cell(number, column).font = style.LAST
            _write(sheet, number, column, one.text(beside[one.code]) if one.code in beside else "")


def _look(one: Field) -> style.Look:
    if one.code == BASIS:
        return style.KEPT
    shown = style.number_format(one.decimals) if one.is_number else ""
    return style.entry(one.required, shown)


def _put(sheet: Worksheet, row: int, column: int, one: Field, value: str | float) -> None:
    """A number as number, a kept day as day, and all else as the text that it is."""
    if isinstance(value, float | int):
        sheet.cell(row, column).value = value
    elif one.kind is FieldKind.DATE and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        cell = sheet.cell(row, column)
        cell.value, cell.number_format = date.fromisoformat(value), "DD.MM.YYYY"
    else:
        _write(sheet, row, column, value)


def _write(sheet: Worksheet, row: int, column: int, text: str) -> None:
    """As text, whatever a stranger began it with."""
    if text:
        cell = sheet.cell(row, column)
        cell.value, cell.data_type = harmless(text), "s"


def _choices(sheet: Worksheet, form: Form) -> None:
    """A list to choose from in every cell of a field that has words; other words are said when the file is checked."""
    for column, one in enumerate(form.inputs, start=1):
        listed = ",".join(one.choices)
        if listed and len(listed) <= LONGEST_LIST:
            choice = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True, showErrorMessage=False)
            letter = get_column_letter(column)
            choice.add(f"{letter}{FIRST}:{letter}{max(sheet.max_row, FIRST)}")
            sheet.add_data_validation(choice)


def _codes(book: Workbook, form: Form, catalogue: Catalogue) -> None:
    """What can stand in the fields of codes, to look it up."""
    wanted = dict.fromkeys(one.of for one in form.fields if one.of is not None)
    if not wanted:
        return
    sheet = book.create_sheet(CODES_SHEET)
    page_set_up(sheet, CODES_SHEET)
    for column, width in enumerate((18, 16, 90), start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    lines = [("Was", "Kürzel", "Titel")]
    lines += [(of.word, code, title) for of in wanted for code, title in of.titles(catalogue).items()]
    for number, line in enumerate(lines, start=1):
        for column, text in enumerate(line, start=1):
            _write(sheet, number, column, text)
            (style.WORD if number > 1 else style.STRONG_WORD).on(sheet.cell(number, column))
