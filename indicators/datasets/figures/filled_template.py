"""A filled template becomes rows: by its hidden map alone, never by the layout that people see."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from indicators import german
from indicators.catalogue import Catalogue
from indicators.datasets.reading import Reading, Remarked
from indicators.foreign_text import legible
from indicators.model import Breakdown, Finding, Observation, Place, Severity, Sign, Slice
from indicators.periods import Period
from indicators.templates.check import FRESH_TEMPLATE, check_template
from indicators.templates.hidden_map import (
    HEADER_ROW,
    MAP_COLUMNS,
    MAP_SHEET,
    PROPERTY_ID,
    PROPERTY_VERSION,
    TEMPLATE_ID,
    TEMPLATE_VERSION,
    Slot,
    head_of,
    text_of,
)
from indicators.workbooks.numbers import Number, clean, read_number
from indicators.workbooks.workbook import Cell, Sheet, Workbook, position

FLAGS = {"p", "r", "s"}


def read_template(workbook: Workbook, catalogue: Catalogue) -> Reading:
    """The rows of a filled template with what is wrong in its cells; without rows where the map is unusable."""
    head = head_of(workbook)
    hidden, properties, reporter, period = head.hidden, head.properties, head.reporter, head.period
    written = list(_slots(hidden)) if hidden else []
    if faults := _unusable(workbook, hidden, written, properties, period):
        return Reading("figures", reporter, period, findings=tuple(faults))
    assert period is not None
    slots = [replace(slot, base_figure=catalogue.current_code(slot.base_figure)) for slot in written]
    who = reporter if catalogue.has_reporter(reporter, period) else catalogue.heir_of(reporter)
    changed = check_template(workbook, catalogue, properties, who, period, slots)
    told = [*changed, *_taken_over(reporter, who, catalogue)]
    return _read(workbook, catalogue, who, period, slots).with_findings(told)


def _taken_over(handed_to: str, who: str, catalogue: Catalogue) -> Iterator[Finding]:
    """A template that was handed out before somebody else took over counts for them, and they are told."""
    if who != handed_to:
        message = f"Die Vorlage wurde für {handed_to} ausgegeben; sie gilt für {catalogue.reporters[who].name} ({who})."
        yield Finding("template-of-predecessor", Severity.HINT, message, "", Place())


def _slots(hidden: Sheet) -> Iterator[Slot]:
    for row in range(HEADER_ROW + 1, hidden.last_row + 1):
        sheet, cell, remark, base_figure, period, breakdown, comment = (
            text_of(hidden.cells.get((row, column))) for column in range(1, len(MAP_COLUMNS) + 1)
        )
        if sheet and cell:
            yield Slot(sheet, cell, remark, base_figure, period, Breakdown.parse(breakdown), comment)


def _unusable(
    workbook: Workbook, hidden: Sheet | None, slots: list[Slot], properties: dict[str, str], period: Period | None
) -> list[Finding]:
    if hidden is None:
        return [
            _error(
                "not-a-template",
                "Diese Arbeitsmappe ist keine Vorlage dieser Anwendung: das verborgene Blatt mit dem Aufbau fehlt.",
                FRESH_TEMPLATE,
            )
        ]
    if properties.get(PROPERTY_ID) != TEMPLATE_ID or period is None:
        return [
            _error("broken-template", "Der verborgene Aufbau der Vorlage ist beschädigt.", FRESH_TEMPLATE, MAP_SHEET)
        ]
    if properties.get(PROPERTY_VERSION) != TEMPLATE_VERSION:
        found = properties.get(PROPERTY_VERSION, "")
        message = f"Die Vorlage hat die Version {found}; gebraucht wird Version {TEMPLATE_VERSION}."
        return [_error("old-template", message, FRESH_TEMPLATE, MAP_SHEET, found)]
    if not slots or any(position(slot.cell) is None or slot.period != str(period) for slot in slots):
        message = "Der verborgene Aufbau der Vorlage ist beschädigt: Zellen oder Zeiträume passen nicht zusammen."
        return [_error("broken-template", message, FRESH_TEMPLATE, MAP_SHEET)]
    present = german.enumeration([f"„{sheet.name}“" for sheet in workbook.sheets if sheet.name != MAP_SHEET])
    return [
        _error(
            "missing-sheet",
            f"Das Blatt „{name}“ fehlt. Vorhanden sind {present}.",
            "Bitte das Blatt wiederherstellen oder seinen alten Namen zurückgeben. " + FRESH_TEMPLATE,
        )
        for name in sorted({slot.sheet for slot in slots})
        if workbook.sheet(name) is None
    ]


@dataclass(frozen=True, slots=True)
class _Filled:
    slot: Slot
    slice: Slice
    number: Number
    observation: Observation | None
    findings: tuple[Finding, ...]


def _read(workbook: Workbook, catalogue: Catalogue, reporter: str, period: Period | None, slots: list[Slot]) -> Reading:
    filled = [_fill(workbook, catalogue, reporter, slot) for slot in slots]
    used = {item.slice for item in filled if not item.number.is_blank}
    optional = {
        item.slice
        for item in filled
        if (figure := catalogue.base_figures.get(item.slot.base_figure)) and not figure.required
    }
    covers = tuple(dict.fromkeys(item.slice for item in filled if item.slice in used or item.slice not in optional))
    return Reading(
        "figures",
        reporter,
        period,
        tuple(item.observation for item in filled if item.observation),
        covers,
        tuple(finding for item in filled for finding in item.findings),
        tuple(
            (item.slice, item.slot.breakdown, Place(item.slot.sheet, item.slot.cell))
            for item in filled
            if item.number.is_blank and item.slice in covers
        ),
        tuple(_remarked(workbook, filled)),
    )


def _remarked(workbook: Workbook, filled: list[_Filled]) -> Iterator[Remarked]:
    """What stands in words beside the values, in one line each."""
    for item in filled:
        sheet = workbook.sheet(item.slot.sheet)
        cell = sheet.cell(item.slot.comment) if sheet and item.slot.comment else None
        if cell and (text := " ".join((text_of(cell) or cell.error or "").split())):
            yield Remarked(item.slice, item.slot.breakdown, text, Place(item.slot.sheet, item.slot.comment))


def _fill(workbook: Workbook, catalogue: Catalogue, reporter: str, slot: Slot) -> _Filled:
    sheet = workbook.sheet(slot.sheet)
    cell = sheet.cell(slot.cell) if sheet else None
    number = read_number(cell)
    place = Place(slot.sheet, slot.cell)
    piece = Slice(slot.base_figure, reporter, Period.parse(slot.period))
    flags, limited, findings = _remark(sheet, slot)
    if number.problem:
        remedy = "Bitte eine Zahl oder eines der Zeichen - . / x ... eintragen."
        if cell and isinstance(cell.value, date):
            remedy += " Ist eine Zahl gemeint, stellen Sie das Zahlenformat der Zelle auf „Zahl“."
        problem = _error("not-a-number", f"Hier gehört eine Zahl hin: {number.problem}", remedy, place, _found(cell))
        return _Filled(slot, piece, number, None, (*findings, problem))
    if number.doubt:
        doubt = _error("two-readings", number.doubt, "Bitte die Zahl eindeutig schreiben.", place, _found(cell))
        return _Filled(slot, piece, number, None, (*findings, doubt))
    if number.is_blank:
        return _Filled(slot, piece, number, None, tuple(findings))
    figure = catalogue.base_figures.get(slot.base_figure)
    if figure and catalogue.unit_of(figure).percentage:
        findings += _share(number, cell, place)
    elif figure and number.percent:
        remedy = "Bitte die Anzahl eintragen, ohne Prozentzeichen und nicht als Prozent formatiert."
        message = f"„{figure.title}“ ist keine Prozentangabe."
        percent = _error("percent-for-count", message, remedy, place, f"{german.number(number.value or 0, 1)} %")
        return _Filled(slot, piece, number, None, (*findings, percent))
    findings += _footnotes(number, place)
    sign = Sign.LIMITED if limited and number.value is not None else number.sign
    observation = Observation(
        slot.base_figure,
        reporter,
        piece.period,
        slot.breakdown,
        number.value,
        sign,
        "".join(sorted({*number.flags, *flags})),
        place,
    )
    return _Filled(slot, piece, number, observation, tuple(findings))


def _remark(sheet: Sheet | None, slot: Slot) -> tuple[str, bool, list[Finding]]:
    """Flags and „limited reliability“ from the cell beside a value."""
    cell = sheet.cell(slot.remark) if sheet and slot.remark else None
    text = clean(str(cell.value)) if cell is not None and cell.value is not None else ""
    letters = text.replace(",", " ").split()
    limited = "()" in text.replace(" ", "")
    unknown = [
        letter for letter in text.replace("( )", "").replace("()", "").replace(",", " ").split() if letter not in FLAGS
    ]
    if not unknown:
        return "".join(letter for letter in letters if letter in FLAGS), limited, []
    finding = _error(
        "unknown-remark",
        f"Den Zusatz „{legible(unknown[0], 40)}“ gibt es nicht.",
        "Erlaubt sind p (vorläufig), r (berichtigt), s (geschätzt) und ( ) (eingeschränkt verlässlich).",
        Place(slot.sheet, slot.remark),
        legible(text, 80),
    )
    return "", limited, [finding]


def _footnotes(number: Number, place: Place) -> list[Finding]:
    if not number.footnotes:
        return []
    message = f"Die Fußnote „{', '.join(number.footnotes)[:40]}“ wird nicht gespeichert."
    return [Finding("footnote", Severity.HINT, message, "", place)]


def _share(number: Number, cell: Cell | None, place: Place) -> list[Finding]:
    """A plain 0,45 where percent is asked for may mean 0,45 % or 45 %."""
    if number.percent or number.value is None or not 0 < number.value < 1:
        return []
    return [
        Finding(
            "share-or-percent",
            Severity.WARNING,
            f"Gefragt ist ein Prozentwert. Gemeint sein kann {_german(number.value)} % oder "
            f"{_german(100 * number.value)} %; gelesen wird {_german(number.value)} %.",
            "Bitte prüfen. Wenn der Wert stimmt, nennen Sie das als Grund.",
            place,
            _found(cell),
        )
    ]


def _german(value: float) -> str:
    return f"{value:.6g}".replace(".", ",")


def _found(cell: Cell | None) -> str:
    if cell is None:
        return ""
    return legible(cell.error or str(cell.value if cell.value is not None else ""), 80)


def _error(rule: str, message: str, remedy: str, place: Place | str = "", found: str = "") -> Finding:
    where = place if isinstance(place, Place) else Place(place)
    return Finding(rule, Severity.ERROR, message, remedy, where, found)
