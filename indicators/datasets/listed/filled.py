"""A filled list becomes entries: by its hidden map alone, never by the layout that people see."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from indicators import german
from indicators.catalogue import Catalogue
from indicators.datasets.listed.entries import Entry, EntryKey
from indicators.datasets.listed.fields import Content
from indicators.datasets.listed.template import BASIS, COLUMNS, HEAD, NAME, Form
from indicators.datasets.listed.values import Wrong, value_of
from indicators.datasets.reading import Reading
from indicators.foreign_text import legible
from indicators.model import Finding, Place, Severity
from indicators.periods import Period
from indicators.templates.check import FRESH_TEMPLATE, other_properties
from indicators.templates.hidden_map import (
    HEADER_ROW,
    MAP_SHEET,
    PROPERTY_VERSION,
    TEMPLATE_VERSION,
    head_of,
    text_of,
)
from indicators.workbooks.workbook import Sheet, Workbook

KeyFor = Callable[[str, Period, str], EntryKey]
"""The key of an entry of a reporter and period that is called so."""


def read(form: Form, data_set: str, key_for: KeyFor, workbook: Workbook, catalogue: Catalogue) -> Reading:
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
    lines = [_line(form, sheet, row, catalogue) for row in range(first, sheet.last_row + 1)]
    keys = {id(one): key_for(reporter, period, one.name) for one in lines}
    entries = tuple(Entry(keys[id(one)], one.content, one.place, one.basis) for one in lines if one.name)
    return Reading(
        data_set,
        reporter,
        period,
        entries,
        tuple(dict.fromkeys(entry.slice for entry in entries)) or (key_for(reporter, period, "").slice,),
        (
            *other_properties(workbook, properties),
            *_heads(form, sheet),
            *(finding for one in lines for finding in one.findings),
        ),
        tuple((keys[id(one)].slice, (one.name, code), place) for one in lines for code, place in one.empty),
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
    for (letter, _), one in zip(form.columns, form.inputs, strict=True):
        found = text_of(sheet.cell(f"{letter}{HEAD}"))
        if found != one.title:
            said = f"„{legible(found, 60)}“" if found else "nichts"
            message = f"In der Vorlage steht hier „{one.title}“, in der Datei {said}."
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
    basis: int | None = None


def _line(form: Form, sheet: Sheet, row: int, catalogue: Catalogue) -> _Line:
    values: dict[str, str | float] = {}
    findings: list[Finding] = []
    empty: list[tuple[str, Place]] = []
    unread: set[str] = set()
    for (letter, code), one in zip(form.columns, form.inputs, strict=True):
        at = Place(sheet.name, f"{letter}{row}")
        found = value_of(one, sheet.cell(at.cell), catalogue)
        if isinstance(found, Wrong):
            findings.append(_error(found.rule, found.message, found.remedy, at, found.found))
            unread.add(code)
        elif found != "":
            values[code] = found
        elif code not in (NAME, BASIS):
            empty.append((code, at))
    basis, name = values.pop(BASIS, None), form.name_of(values)
    values.pop(NAME, None)
    named_at = Place(sheet.name, f"{_naming_letter(form)}{row}")
    if not name and not unread & {NAME, form.naming} and (values or findings):
        title = next(one.title for one in form.inputs if one.code == form.naming)
        message = f"In Zeile {row} fehlt der Name („{title}“), sonst steht etwas darin."
        findings.append(
            _error("missing-name", message, "Bitte den Namen eintragen oder die Zeile leeren.", named_at, "leer")
        )
    return _Line(
        name,
        tuple(values.items()),
        named_at,
        tuple(findings),
        tuple(empty) if name else (),
        int(basis) if isinstance(basis, float) else None,
    )


def _naming_letter(form: Form) -> str:
    return next(letter for letter, code in form.columns if code == form.naming)


def _error(rule: str, message: str, remedy: str, place: Place | None = None, found: str = "") -> Finding:
    return Finding(rule, Severity.ERROR, message, remedy, place or Place(), legible(found, 80))
