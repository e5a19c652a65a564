"""A filled list becomes entries: by its hidden map alone, never by the layout that people see."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from indicators import german
from indicators.datasets.listed.entries import Content, Entry, EntryKey, Field, FieldKind
from indicators.datasets.listed.template import COLUMNS, HEAD, NAME, Form
from indicators.datasets.reading import Reading
from indicators.foreign_text import legible
from indicators.model import Finding, Place, Severity, Slice
from indicators.templates.check import FRESH_TEMPLATE, other_properties
from indicators.templates.hidden_map import (
    HEADER_ROW,
    MAP_SHEET,
    PROPERTY_VERSION,
    TEMPLATE_VERSION,
    head_of,
    text_of,
)
from indicators.workbooks.numbers import read_number
from indicators.workbooks.workbook import Cell, Sheet, Workbook

LONGEST = 400
"""Characters of a text field; more is a text in the wrong place."""


def read(form: Form, data_set: str, workbook: Workbook) -> Reading:
    """The entries with what is wrong in their cells; none where the hidden map is unusable."""
    head = head_of(workbook)
    hidden, properties, reporter, period = head.hidden, head.properties, head.reporter, head.period
    fault = _unusable(form, workbook, hidden, properties)
    if hidden is None or period is None or fault:
        broken = _error("broken-template", "Der verborgene Aufbau der Vorlage ist beschädigt.", FRESH_TEMPLATE)
        return Reading(data_set, reporter, period, findings=(fault or broken,))
    name, first = _columns(hidden)[0][0], int(_columns(hidden)[0][2])
    sheet = workbook.sheet(name)
    assert sheet is not None
    lines = [_line(form, sheet, row) for row in range(first, sheet.last_row + 1)]
    piece = Slice(data_set, reporter, period, data_set)
    return Reading(
        data_set,
        reporter,
        period,
        tuple(Entry(EntryKey(data_set, reporter, period, o.name), o.content, o.place) for o in lines if o.name),
        (piece,),
        (
            *other_properties(workbook, properties),
            *_heads(form, sheet),
            *(finding for one in lines for finding in one.findings),
        ),
        tuple((piece, (one.name, code), place) for one in lines for code, place in one.empty),
    )


def _columns(hidden: Sheet) -> list[tuple[str, ...]]:
    rows = range(HEADER_ROW + 1, hidden.last_row + 1)
    return [tuple(text_of(hidden.cells.get((row, column))) for column in range(1, len(COLUMNS) + 1)) for row in rows]


def _unusable(form: Form, workbook: Workbook, hidden: Sheet | None, properties: dict[str, str]) -> Finding | None:
    version = properties.get(PROPERTY_VERSION)
    if hidden is None or version is None:
        return None  # said to be broken all the same
    if version != TEMPLATE_VERSION:
        message = f"Die Vorlage hat die Version {version}; gebraucht wird Version {TEMPLATE_VERSION}."
        return _error("old-template", message, FRESH_TEMPLATE, Place(MAP_SHEET), version)
    columns = _columns(hidden)
    now = [(letter, code) for letter, code in form.columns]
    if [(row[1], row[3]) for row in columns] != now or not all(row[2].isdecimal() for row in columns):
        message = f"Die Liste „{form.title}“ hat heute andere Spalten als diese Vorlage."
        return _error("old-template", message, FRESH_TEMPLATE, Place(MAP_SHEET))
    if workbook.sheet(columns[0][0]) is None:
        present = german.enumeration([f"„{sheet.name}“" for sheet in workbook.sheets if sheet.name != MAP_SHEET])
        message = f"Das Blatt „{columns[0][0]}“ fehlt. Vorhanden sind {present}."
        return _error("missing-sheet", message, "Bitte dem Blatt seinen alten Namen zurückgeben. " + FRESH_TEMPLATE)
    return None


def _heads(form: Form, sheet: Sheet) -> Iterator[Finding]:
    """A column under another head would put its texts under another field."""
    titles = (form.name_title, *(one.title for one in form.fields))
    for (letter, _), wanted in zip(form.columns, titles, strict=True):
        found = text_of(sheet.cell(f"{letter}{HEAD}"))
        if found != wanted:
            said = f"„{legible(found, 60)}“" if found else "nichts"
            message = f"In der Vorlage steht hier „{wanted}“, in der Datei {said}."
            remedy = "Bitte den Aufbau der Vorlage nicht ändern. " + FRESH_TEMPLATE
            yield _error("changed-label", message, remedy, Place(sheet.name, f"{letter}{HEAD}"), found)


@dataclass(frozen=True)
class _Line:
    """A row of the sheet: an entry, an empty row (no name, nothing found), or fields without a name."""

    name: str
    content: Content
    place: Place
    findings: tuple[Finding, ...]
    empty: tuple[tuple[str, Place], ...]


def _line(form: Form, sheet: Sheet, row: int) -> _Line:
    (name_column, _), *columns = form.columns
    place = Place(sheet.name, f"{name_column}{row}")
    named = _value(Field(NAME, form.name_title), sheet.cell(place.cell), place)
    findings = [named] if isinstance(named, Finding) else []
    name = "" if isinstance(named, Finding) else str(named)
    values: list[tuple[str, str | float]] = []
    empty: list[tuple[str, Place]] = []
    for (letter, code), one in zip(columns, form.fields, strict=True):
        at = Place(sheet.name, f"{letter}{row}")
        found = _value(one, sheet.cell(at.cell), at)
        if isinstance(found, Finding):
            findings.append(found)
        elif found == "":
            empty.append((code, at))
        else:
            values.append((code, found))
    if named == "" and (values or findings):
        message = f"In Zeile {row} fehlt der Name („{form.name_title}“), sonst steht etwas darin."
        findings.append(
            _error("missing-name", message, "Bitte den Namen eintragen oder die Zeile leeren.", place, "leer")
        )
    return _Line(name, tuple(values), place, tuple(findings), tuple(empty) if name else ())


def _value(one: Field, cell: Cell | None, place: Place) -> str | float | Finding:
    """The field's content, an empty text where there is none, or what is wrong with it."""
    if cell is not None and (cell.error or cell.uncalculated):
        message = f"„{one.title}“ enthält einen Fehlerwert oder eine Formel ohne Ergebnis."
        return _error("no-value", message, "Bitte den Wert selbst eintragen.", place, cell.error or "Formel")
    if one.kind is FieldKind.NUMBER:
        number = read_number(cell)
        if number.is_blank:
            return ""
        if number.value is not None and not number.doubt and not number.problem:
            return number.value
        message = f"„{one.title}“ ist eine Zahl: {number.doubt or number.problem or 'Ein Zeichen steht für keine.'}"
        return _error("not-a-number", message, "Bitte eine Zahl eintragen.", place, text_of(cell))
    text = german.day(cell.value) if cell is not None and isinstance(cell.value, date) else text_of(cell)
    if len(text) > LONGEST:
        message = f"„{one.title}“ hat {len(text)} Zeichen; möglich sind {LONGEST}."
        return _error("too-long", message, "Bitte kürzer fassen.", place, text[:40])
    return legible(text, LONGEST)


def _error(rule: str, message: str, remedy: str, place: Place | None = None, found: str = "") -> Finding:
    return Finding(rule, Severity.ERROR, message, remedy, place or Place(), legible(found, 80))
