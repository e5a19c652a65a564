"""The workbook of proofs of use: a sheet for each agreement with what it asks for and nothing else, the plan and last
year's beside the input cells. Read back by its hidden map alone."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from openpyxl import Workbook as Book
from openpyxl.worksheet.worksheet import Worksheet

from indicators import german
from indicators.catalogue import Catalogue
from indicators.datasets.listed.amounts import Amount, AmountError, amounts, written
from indicators.datasets.listed.entries import Entry, EntryKey
from indicators.datasets.listed.fields import Field, FieldKind
from indicators.datasets.listed.template import Form
from indicators.datasets.listed.values import Wrong, value_of
from indicators.datasets.reading import Reading
from indicators.foreign_text import harmless, legible
from indicators.model import Finding, Place, Severity
from indicators.periods import Period
from indicators.templates import hidden_map, style
from indicators.templates.check import FRESH_TEMPLATE, other_properties
from indicators.templates.hidden_map import (
    HEADER_ROW,
    MAP_SHEET,
    PROPERTY_VERSION,
    TEMPLATE_VERSION,
    head_of,
    text_of,
)
from indicators.templates.marks import mark, write_map
from indicators.templates.printed_page import page_set_up
from indicators.templates.reproducible import save
from indicators.workbooks.workbook import Sheet, Workbook

COLUMNS = ("blatt", "zelle", "feld", "posten", "vereinbarung", "nachweis", "beruht_auf")
HEADS = ("Was", "geplant", "Ihre Angabe", "letztes Jahr")
FREE, RECEIPT_ROOM = 3, 40
"""So many positions beside the plan, and so many receipts, have a row; receipts further down are read too."""
FREE_MARK, LIST_MARK = "*", "**"
"""In the map: the name stands in the first column; and so do those of all rows from here on."""
KeyFor = Callable[[str, Period, str], EntryKey]


@dataclass(frozen=True)
class Asked:
    """What one agreement asks for a period: the fields of each part, when it is due, what was planned, what holds
    already, and what stood there a year ago."""

    agreement: str
    subject: str
    period: Period
    parts: Mapping[str, Sequence[str]]
    due: Mapping[str, date]
    plan: Mapping[str, str | float]
    now: Mapping[str, str | float]
    before: Mapping[str, str | float]
    basis: int | None


@dataclass
class _Writer:
    sheet: Worksheet
    asked: Asked
    fields: Mapping[str, Field]
    row: int = 5
    slots: list[tuple[str, str, str]] = field(default_factory=list)
    """Cell, field and position."""


def build(
    form: Form, fields: Sequence[Field], catalogue: Catalogue, reporter: str, period: Period, asked: Sequence[Asked]
) -> bytes:
    """The workbook of all that a provider owes for a year. Same input, same bytes."""
    book = Book()
    book.remove(book.active)
    rows: list[Sequence[str]] = []
    for number, one in enumerate(asked, start=1):
        sheet = book.create_sheet(f"Nachweis {number}")
        writer = _Writer(sheet, one, {field.code: field for field in fields})
        _sheet(writer, catalogue, reporter)
        page_set_up(sheet, f"{form.title} · {one.period.label}")
        basis = str(one.basis) if one.basis is not None else ""
        rows += [(sheet.title, *slot, one.agreement, str(one.period), basis) for slot in writer.slots]
    facts = hidden_map.written(form.template_id, reporter, period, catalogue.version)
    write_map(book, facts, COLUMNS, rows)
    mark(book, facts, {}, f"{form.title} {period.label}, {catalogue.reporter_name(reporter)}")
    return save(book, period.end)


def _sheet(to: _Writer, catalogue: Catalogue, reporter: str) -> None:
    sheet, asked = to.sheet, to.asked
    sheet["A1"], sheet["A1"].font = f"Verwendungsnachweis {asked.period.label}", style.TITLE
    sheet["A2"], sheet["A2"].font = (
        harmless(f"{catalogue.reporter_name(reporter)} · {asked.agreement}: {asked.subject}"),
        style.SUBTITLE,
    )
    hint = (
        "Gefragt ist nur, was die Vereinbarung verlangt. Bitte die blauen Felder füllen, ohne Namen von Ratsuchenden."
    )
    sheet["A3"], sheet["A3"].font = (
        f"{hint} {catalogue.city.caution if catalogue.city.invented else ''}".strip(),
        style.SMALL,
    )
    for letter, width in zip("ABCD", (46, 18, 60, 40), strict=True):
        sheet.column_dimensions[letter].width = width
    for part, codes in asked.parts.items():
        due = asked.due.get(part)
        title = sheet.cell(to.row, 1, f"{part}{f' – fällig am {german.day(due)}' if due else ''}")
        title.font = style.HEADING
        for column, head in enumerate(HEADS, start=1):
            style.HEAD.on(sheet.cell(to.row + 1, column, head))
        to.row += 2
        for code in codes:
            _field(to, to.fields[code])
        to.row += 1


def _field(to: _Writer, one: Field) -> None:
    if one.kind is FieldKind.AMOUNTS:
        _positions(to, one)
    elif one.kind is FieldKind.LONG_TEXT or one.code in to.asked.plan or one.code == "cases":
        label = style.LABEL.on(to.sheet.cell(to.row, 1, one.title))
        label.value = one.title
        _row(to, one, "", to.asked.plan.get(one.code), to.asked.now.get(one.code), to.asked.before.get(one.code))
        if one.kind is FieldKind.LONG_TEXT:
            to.sheet.row_dimensions[to.row - 1].height = 90


def _positions(to: _Writer, one: Field) -> None:
    """A row for each position of the plan or of what holds already, then free ones."""
    plan, now, before = ({part.name: part.value for part in amounts(str(of.get(one.code, "")))}
                         for of in (to.asked.plan, to.asked.now, to.asked.before))  # fmt: skip
    if one.repeats:
        _receipts(to, one)
        return
    names = dict.fromkeys((*plan, *now))
    if names or one.code in ("income", "spent"):
        style.GROUP_LABEL.on(to.sheet.cell(to.row, 1, one.title))
        to.row += 1
    for name in names:
        style.INDENTED_LABEL.on(to.sheet.cell(to.row, 1)).value = harmless(name)
        _row(to, one, name, plan.get(name), now.get(name), before.get(name))
    for _ in range(FREE if one.code in ("income", "spent") else 0):
        style.entry(False, "").on(to.sheet.cell(to.row, 1))
        _row(to, one, FREE_MARK, None, None, None)


def _receipts(to: _Writer, one: Field) -> None:
    """Day, receiver and purpose in the first column, the amount in the third."""
    held = amounts(str(to.asked.now.get(one.code, "")))
    to.sheet.cell(to.row - 1, 1).value = "Nr., Tag, Empfänger, Zweck"
    to.slots.append((f"C{to.row}", one.code, LIST_MARK))
    for number in range(max(RECEIPT_ROOM, len(held) + 5)):
        name, amount = (held[number].name, held[number].value) if number < len(held) else ("", None)
        style.entry(False, "").on(to.sheet.cell(to.row, 1)).value = harmless(name) or None
        style.value(False, 2).on(to.sheet.cell(to.row, 3)).value = amount
        to.row += 1


def _row(
    to: _Writer,
    one: Field,
    position: str,
    plan: str | float | None,
    now: str | float | None,
    before: str | float | None,
) -> None:
    sheet, money = to.sheet, one.code in ("income", "spent")
    text = one.kind is FieldKind.LONG_TEXT
    look = style.entry(False, "") if text else style.value(False, 2 if money else 0)
    last = style.FACT if text else style.LAST_VALUE
    for column, value, shown in ((2, plan, style.LAST_VALUE), (3, now, look), (4, before, last)):
        cell = shown.on(sheet.cell(to.row, column))
        if isinstance(value, str):
            cell.value, cell.data_type = harmless(value), "s"
        elif value is not None:
            cell.value = value
            cell.number_format = style.number_format(2 if money else 0)
    to.slots.append((f"C{to.row}", one.code, position))
    to.row += 1


def is_one(workbook: Workbook) -> bool:
    """Whether the hidden map is that of this workbook, not of a list."""
    hidden = workbook.sheet(MAP_SHEET)
    heads = tuple(text_of(hidden.cells.get((HEADER_ROW, column))) for column in range(1, 8)) if hidden else ()
    return heads == COLUMNS


def read(
    form: Form, fields: Sequence[Field], data_set: str, key_for: KeyFor, workbook: Workbook, catalogue: Catalogue
) -> Reading:
    """An entry for each agreement of which anything is filled, with what is wrong in its cells."""
    head = head_of(workbook)
    if head.hidden is None or head.period is None or head.properties.get(PROPERTY_VERSION) != TEMPLATE_VERSION:
        message = "Der verborgene Aufbau der Vorlage ist beschädigt oder von früher."
        return Reading(data_set, head.reporter, head.period, findings=(_error("broken-template", message),))
    by_code = {one.code: one for one in fields}
    proofs: dict[tuple[str, str, str, str], list[tuple[str, str, str]]] = {}
    for row in range(HEADER_ROW + 1, head.hidden.last_row + 1):
        sheet, cell, code, position, agreement, period, basis = (
            text_of(head.hidden.cells.get((row, column))) for column in range(1, 8)
        )
        if code in by_code:
            proofs.setdefault((sheet, agreement, period, basis), []).append((cell, code, position))
    entries, findings = [], list(other_properties(workbook, head.properties))
    for (name, agreement, period, basis), slots in proofs.items():
        found = workbook.sheet(name)
        if found is None:
            findings.append(_error("missing-sheet", f"Das Blatt „{name}“ fehlt."))
            continue
        values, wrong = _values(found, slots, by_code, catalogue)
        findings += wrong
        if values or wrong:
            content = {"agreement": agreement, "period": period, **values}
            key = key_for(head.reporter, head.period, form.name_of(content))
            entries.append(Entry(key, tuple(content.items()), Place(name, "A1"), int(basis) if basis else None))
    covers = tuple(dict.fromkeys(one.slice for one in entries))
    covers = covers or (key_for(head.reporter, head.period, "").slice,)
    return Reading(data_set, head.reporter, head.period, tuple(entries), covers, tuple(findings))


def _values(
    sheet: Sheet, slots: Sequence[tuple[str, str, str]], fields: Mapping[str, Field], catalogue: Catalogue
) -> tuple[dict[str, str | float], list[Finding]]:
    values: dict[str, str | float] = {}
    parts: dict[str, list[Amount]] = {}
    findings: list[Finding] = []
    for cell, code, position in slots:
        one = fields[code]
        if one.kind is not FieldKind.AMOUNTS:
            found = value_of(one, sheet.cell(cell), catalogue)
            if isinstance(found, Wrong):
                findings.append(_error(found.rule, found.message, found.remedy, Place(sheet.name, cell), found.found))
            elif found != "":
                values[code] = found
            continue
        for named in _named(sheet, cell, one, position, catalogue):
            (findings if isinstance(named, Finding) else parts.setdefault(code, [])).append(named)  # type: ignore[arg-type]
    for code, named_parts in parts.items():
        text = written(named_parts)
        if len(text) > fields[code].longest:
            message = f"„{fields[code].title}“ ist zu lang ({len(named_parts)} Zeilen)."
            findings.append(_error("too-long", message, "Bitte Zeilen zusammenfassen.", Place(sheet.name)))
        values[code] = text
    return values, findings


def _named(sheet: Sheet, cell: str, one: Field, position: str, catalogue: Catalogue) -> Iterator[Amount | Finding]:
    """The number of a position, or those of all rows of a list, with what is wrong."""
    first = int(cell[1:])
    last = max(first, sheet.last_row) if position == LIST_MARK else first
    kind = FieldKind.NUMBER if one.persons else FieldKind.MONEY
    number_field = Field(one.code, one.title, kind, persons=one.persons)
    for row in range(first, last + 1):
        at = Place(sheet.name, f"C{row}")
        found = value_of(number_field, sheet.cell(at.cell), catalogue)
        name = text_of(sheet.cell(f"A{row}")) if position in (FREE_MARK, LIST_MARK) else position
        if isinstance(found, Wrong):
            yield _error(found.rule, found.message, found.remedy, at, found.found)
        elif found == "" and name and position in (FREE_MARK, LIST_MARK):
            yield _error("missing", f"Zu „{legible(name, 60)}“ fehlt der Betrag.", "Bitte eintragen.", at, "leer")
        elif found != "":
            yield _part(name, float(found), one, Place(sheet.name, f"A{row}"))


def _part(name: str, value: float, one: Field, at: Place) -> Amount | Finding:
    """Named so that it can be read back: without the signs that part one from another."""
    named = Amount(" ".join(name.replace(";", ",").split()), value)
    try:
        if named.name and amounts(named.text) == (named,):
            return named
    except AmountError:
        pass
    said = (
        f"„{legible(name, 60)}“ ist kein Name, den eine Zahl haben kann"
        if name
        else "Zu einem Betrag fehlt, wofür er ist"
    )
    return _error(
        "missing-name", f"{one.title}: {said}.", "Bitte in Worten eintragen, wofür der Betrag ist.", at, name[:80]
    )


def _error(
    rule: str, message: str, remedy: str = FRESH_TEMPLATE, place: Place | None = None, found: str = ""
) -> Finding:
    return Finding(rule, Severity.ERROR, message, remedy, place or Place(), legible(found, 80))
