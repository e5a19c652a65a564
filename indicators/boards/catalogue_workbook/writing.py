"""The workbook that is handed out: how it is filled, and which version of the catalogue it shows."""

from collections.abc import Iterator, Mapping
from datetime import date

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from indicators.boards.catalogue_workbook.words import cell_text
from indicators.boards.definition_forms import FORMS, Form, owner_of, owners_in
from indicators.boards.definition_inputs import Kind
from indicators.catalogue import Catalogue
from indicators.catalogue.editing import Place
from indicators.foreign_text import harmless
from indicators.templates import style
from indicators.templates.reproducible import save

STATE = "Stand"
CODE_HEAD, OWNER_HEAD = "Kürzel", "Gehört zu"
VERSION_HEAD, HASH_HEAD = "Fassung", "Prüfsumme"
HEAD = 1
WIDE = {Kind.TEXT, Kind.AREA, Kind.FORMULA, Kind.LINES, Kind.POINTS, Kind.BREAKS, Kind.WORDINGS, Kind.PAST_GOALS}
HOW = (
    "Ein Blatt je Art, eine Zeile je Eintrag. Die Spalten heißen wie die Felder auf „Katalog ändern“.",
    "Mehrere Einträge in einer Zelle: durch Semikolon getrennt, oder je Zeile einer, wie er schon da steht.",
    "Neu anlegen: eine Zeile mit neuem Kürzel darunter. Kürzel ändern: neues Kürzel schreiben und das alte unter "
    "„Frühere Kürzel“ ergänzen.",
    "Eine gelöschte Zeile ändert nichts: Beendet wird mit „Wird nicht mehr geführt“ oder „Gilt bis“.",
    "Diese beiden Angaben bitte stehen lassen: Sie sagen, aus welcher Fassung die Mappe stammt.",
)


def hand_out(catalogue: Catalogue, texts: Mapping[str, str], number: int, day: date) -> bytes:
    """The definitions of a version as a workbook."""
    owners = owners_in(texts)
    book = Workbook()
    state = book.active
    assert isinstance(state, Worksheet)
    _state(state, catalogue, number)
    for form in FORMS.values():
        sheet = book.create_sheet(form.sheet)
        _heads(sheet, form)
        for row, (place, (_, model)) in enumerate(form.entries(catalogue).items(), HEAD + 1):
            said = [cell_text(one, getattr(model, one.name), catalogue) for one in form.inputs]
            for column, text in enumerate((*_first(form, place, catalogue, owners), *said), 1):
                _write(sheet.cell(row, column), text)
    return save(book, day)


def heads(form: Form) -> Iterator[str]:
    """The names of a sheet's columns."""
    if form.coded:
        yield CODE_HEAD
    if form.owned:
        yield OWNER_HEAD
    yield from (one.label for one in form.inputs)


def _first(form: Form, place: Place, catalogue: Catalogue, owners: Mapping[str, str]) -> Iterator[str]:
    if form.coded:
        yield place.code
    if form.owned:
        yield owner_of(place, catalogue, owners)


def _state(sheet: Worksheet, catalogue: Catalogue, number: int) -> None:
    sheet.title = STATE
    lines = (
        (f"Katalog: {catalogue.city.name}", ""),
        (VERSION_HEAD, str(number)),
        (HASH_HEAD, catalogue.version),
        *((line, "") for line in HOW),
    )
    for row, (left, right) in enumerate(lines, 1):
        _write(sheet.cell(row, 1), left)
        _write(sheet.cell(row, 2), right)
    sheet.cell(1, 1).font = style.TITLE
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 100, 20


def _heads(sheet: Worksheet, form: Form) -> None:
    for column, head in enumerate(heads(form), 1):
        cell = sheet.cell(HEAD, column, head)
        cell.font, cell.fill, cell.alignment = style.ON_DARK, style.DARK_FILL, style.CENTRE
        sheet.column_dimensions[get_column_letter(column)].width = 14
    offset = form.coded + form.owned
    for number, one in enumerate(form.inputs, offset + 1):
        sheet.column_dimensions[get_column_letter(number)].width = 40 if one.kind in WIDE else 18
    sheet.freeze_panes = sheet.cell(HEAD + 1, 2)


def _write(cell: Cell, text: str) -> None:
    """As text, whatever it begins with: nothing here is a formula of the spreadsheet."""
    if text:
        cell.value = harmless(text)
        cell.data_type, cell.number_format = "s", "@"
    cell.alignment, cell.font = style.TOP, style.TEXT
