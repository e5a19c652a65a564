"""Whether a filled workbook is still the template that was handed out: its map, its labels, its cells' places.

Values are read by the hidden map alone, so a row that moved, a label that was changed or a map that was edited
would put a number under another name. Each of these is found here by comparing the file with the template as the
catalogue would write it now.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from rapidfuzz import process

from indicators import german
from indicators.catalogue import Catalogue
from indicators.model import Finding, Place, Severity
from indicators.periods import Period
from indicators.templates.hidden_map import GUIDE_SHEET, MAP_SHEET, PROPERTY_CATALOGUE, Slot, text_of
from indicators.templates.template import TemplateError, blank_sheets, figures_for
from indicators.workbooks.cells import Cell, Sheet, Workbook, column_letters, sheet_key
from indicators.workbooks.numbers import clean

FRESH_TEMPLATE = "Bitte laden Sie unter „Daten liefern“ eine neue Vorlage herunter und tragen die Zahlen dort ein."
NAMED = 10  # how many cells of a kind are named one by one
Found = TypeVar("Found")
EXPLANATION = "A3"  # the line that explains the colours; its wording does not matter


@dataclass(frozen=True)
class _Blank:
    """The template as it would be written now."""

    slots: tuple[Slot, ...]
    texts: dict[tuple[str, str], str]


def check_template(
    workbook: Workbook,
    catalogue: Catalogue,
    properties: dict[str, str],
    reporter: str,
    period: Period,
    slots: Sequence[Slot],
) -> list[Finding]:
    """All that differs from the template handed out; errors where numbers could stand under a wrong name."""
    try:
        alone = "" if [*_ignored(workbook, slots)] else _alone(catalogue, reporter, period, slots)
        blank = _blank(catalogue, reporter, period, alone, any(slot.comment for slot in slots))
    except TemplateError:  # no such template: the rules of the data set say why
        blank = _Blank((), {})
    same = properties.get(PROPERTY_CATALOGUE) == catalogue.version
    return [
        *_doubled_sheets(workbook),
        *other_properties(workbook, properties),
        *(_edited_map(blank, slots) if same else ()),
        *_moved(workbook, slots),
        *_labels(workbook, blank, slots, strict=same),
        *_merged(workbook, slots),
        *_ignored(workbook, slots),
        *_unread(workbook, blank, slots, strict=same),
        *_hidden(workbook, slots),
    ]


_blanks: dict[tuple[str, str, Period, str, bool], _Blank] = {}  # writing one takes up to 0.2 s


def _alone(catalogue: Catalogue, reporter: str, period: Period, slots: Sequence[Slot]) -> str:
    """The one base figure of a workbook that was filled from a form, out of several that the reporter delivers.

    Of a workbook with more sheets than its map names this is no question: their numbers would be passed over.
    """
    figures = [figure.code for figure in figures_for(catalogue.valid_in(period), reporter, period)]
    named = {slot.base_figure for slot in slots}
    return next(iter(named)) if len(named) == 1 and len(figures) > 1 and named <= set(figures) else ""


def _blank(catalogue: Catalogue, reporter: str, period: Period, only: str, comments: bool) -> _Blank:
    key = (catalogue.version, reporter, period, only, comments)
    if key not in _blanks:
        if len(_blanks) >= 64:
            _blanks.clear()
        _blanks[key] = _write_blank(catalogue, reporter, period, only, comments)
    return _blanks[key]


def _write_blank(catalogue: Catalogue, reporter: str, period: Period, only: str, comments: bool) -> _Blank:
    slots: list[Slot] = []
    texts: dict[tuple[str, str], str] = {}
    for sheet, inputs in blank_sheets(catalogue, reporter, period, only, comments=comments):
        slots += inputs
        for row in sheet.iter_rows():
            texts |= {
                (sheet.title, cell.coordinate): clean(str(cell.value))
                for cell in row
                if cell.value is not None and cell.coordinate != EXPLANATION
            }
    return _Blank(tuple(slots), texts)


def _error(rule: str, message: str, remedy: str, place: Place | None = None, found: str = "") -> Finding:
    return Finding(rule, Severity.ERROR, message, remedy, place or Place(), found)


def _hint(rule: str, message: str, place: Place | None = None) -> Finding:
    return Finding(rule, Severity.HINT, message, "", place or Place())


def _doubled_sheets(workbook: Workbook) -> Iterator[Finding]:
    counts = Counter(sheet_key(sheet.name) for sheet in workbook.sheets)
    for sheet in workbook.sheets:
        if counts.pop(sheet_key(sheet.name), 1) > 1:
            message = f"Das Blatt „{sheet.name}“ ist mehrfach in der Datei."
            yield _error("doubled-sheet", message, FRESH_TEMPLATE, Place(sheet.name))


def other_properties(workbook: Workbook, properties: dict[str, str]) -> Iterator[Finding]:
    """The document's properties say the same as the hidden sheet; programs may drop them, but not change them."""
    for name, value in properties.items():
        found = workbook.properties.get(name, value)
        if clean(found) != value:
            message = f"Die Vorlage widerspricht sich: „{name}“ ist einmal „{value}“ und einmal „{found}“."
            yield _error("broken-template", message, FRESH_TEMPLATE, Place(MAP_SHEET), found)


def _edited_map(blank: _Blank, slots: Sequence[Slot]) -> Iterator[Finding]:
    """With the same definitions the map is the one we wrote."""
    if not blank.slots or Counter(slots) == Counter(blank.slots):
        return
    differing = [*(Counter(slots) - Counter(blank.slots)), *(Counter(blank.slots) - Counter(slots))]
    first = differing[0]
    codes = sorted({slot.base_figure for slot in blank.slots})
    near = process.extractOne(first.base_figure, codes, score_cutoff=70, processor=str.casefold)
    guess = f" Gemeint ist vielleicht „{near[0]}“." if near and first.base_figure not in codes else ""
    yield _error(
        "edited-map",
        f"Der verborgene Aufbau der Vorlage wurde verändert, zum Beispiel bei „{first.base_figure}“ "
        f"({first.breakdown.code or 'insgesamt'}).{guess}",
        FRESH_TEMPLATE,
        Place(first.sheet, first.cell),
        first.base_figure,
    )


def _moved(workbook: Workbook, slots: Sequence[Slot]) -> Iterator[Finding]:
    """Excel carries a cell's name along when rows or columns are inserted, and the map stays behind."""
    moved = []
    for slot in slots:
        sheet, _, cell = workbook.names.get(slot.name, "").rpartition("!")
        sheet = sheet.strip("'").replace("''", "'")
        if cell and (sheet_key(sheet), cell.replace("$", "")) != (sheet_key(slot.sheet), slot.cell):
            moved.append((slot, f"{sheet} {cell}".replace("$", "")))
    for slot, now in moved[:NAMED]:
        yield _error(
            "moved-cells",
            f"Die Eingabezelle steht nicht mehr an ihrem Platz, sondern in {now.strip()}: Zeilen oder Spalten wurden "
            "eingefügt, gelöscht oder verschoben.",
            FRESH_TEMPLATE,
            Place(slot.sheet, slot.cell),
            now.strip(),
        )


def _labels(workbook: Workbook, blank: _Blank, slots: Sequence[Slot], strict: bool) -> Iterator[Finding]:
    """Titles, heads and row labels. With newer definitions another wording is a hint; swapped labels never are."""
    if not strict and not set(slots) <= set(blank.slots):
        return
    changed = []
    for (name, address), wanted in blank.texts.items():
        sheet = workbook.sheet(name)
        found = text_of(sheet.cell(address)) if sheet else wanted
        if found != wanted:
            changed.append((name, address, wanted, found))
    expected = {(name, text) for (name, _), text in blank.texts.items()}
    for name, address, wanted, found in changed[:NAMED]:
        swapped = (name, found) in expected
        yield Finding(
            "changed-label",
            Severity.ERROR if strict or swapped else Severity.HINT,
            f"In der Vorlage steht hier „{wanted}“, in der Datei " + (f"„{found}“." if found else "nichts."),
            "Bitte den Aufbau der Vorlage nicht ändern. " + FRESH_TEMPLATE,
            Place(name, address),
            found,
        )


def _merged(workbook: Workbook, slots: Sequence[Slot]) -> Iterator[Finding]:
    for slot in slots:
        sheet = workbook.sheet(slot.sheet)
        cell = sheet.at(slot.cell) if sheet else None
        for merge in sheet.merges if sheet and cell else ():
            if cell and merge.holds(*cell) and cell != (merge.top, merge.left):
                yield _error(
                    "merged-input",
                    f"Die Eingabezelle liegt unter einer verbundenen Zelle ({merge.reference}); was dort gilt, ist "
                    "nicht zu erkennen.",
                    "Bitte den Zellverbund aufheben und jede Zahl in ihre eigene Zelle schreiben.",
                    Place(slot.sheet, slot.cell),
                    merge.reference,
                )


def _ignored(workbook: Workbook, slots: Sequence[Slot]) -> Iterator[Finding]:
    used = {sheet_key(name) for name in (GUIDE_SHEET, MAP_SHEET, *(slot.sheet for slot in slots))}
    names = [sheet.name for sheet in workbook.sheets if sheet_key(sheet.name) not in used and sheet.cells]
    if names:
        shown = german.enumeration([f"„{name[:40]}“" for name in names[:NAMED]])
        more = f" und {len(names) - NAMED} weitere" if len(names) > NAMED else ""
        message = f"Nicht gelesen, weil die Vorlage sie nicht kennt: {shown}{more}."
        yield _hint("ignored-sheet", message, Place(names[0]))


def _unread(workbook: Workbook, blank: _Blank, slots: Sequence[Slot], strict: bool) -> Iterator[Finding]:
    """What someone has written beside the template: a column of remarks, a column of their own, a note below.

    Texts are told; numbers may have been meant to count, so they need a reason.
    """
    if not strict and not set(slots) <= set(blank.slots):
        return
    texts, inputs = _by_sheet((name, address) for name, address in blank.texts), _by_sheet((s.sheet, s) for s in slots)
    for key, own in inputs.items():
        sheet = workbook.sheet(own[0].sheet) if key in texts else None
        known = _places(sheet, texts[key], own) if sheet else set()
        columns: dict[int, list[Cell]] = {}
        for position, cell in sorted(sheet.cells.items()) if sheet else ():
            if position not in known and (text_of(cell) or cell.error or cell.uncalculated):
                columns.setdefault(cell.column, []).append(cell)
        for column, cells in columns.items():
            yield _beside(own[0].sheet, column_letters(column), cells)


def _by_sheet(named: Iterable[tuple[str, Found]]) -> dict[str, list[Found]]:
    """What stands on each sheet, in the order of their first mention."""
    found: dict[str, list[Found]] = {}
    for name, one in named:
        found.setdefault(sheet_key(name), []).append(one)
    return found


def _places(sheet: Sheet, texts: Iterable[str], slots: Iterable[Slot]) -> set[tuple[int, int]]:
    """The cells that the template itself writes or reads: texts, inputs with their remark, and the last values."""
    found = {sheet.at(address) for address in (*texts, EXPLANATION)}
    for slot in slots:
        remark = sheet.at(slot.remark)
        last = (remark[0], remark[1] + 1) if remark else None
        found |= {sheet.at(slot.cell), remark, last, sheet.at(slot.comment) if slot.comment else None}
    return {place for place in found if place}


def _beside(sheet: str, column: str, cells: Sequence[Cell]) -> Finding:
    head = next((text_of(cell) for cell in cells if isinstance(cell.value, str)), "")
    named = f"Spalte {column}" + (f" („{head[:40]}“)" if head else "")
    counted = german.counted(len(cells), "Zelle", "Zellen")
    verb = "wird" if len(cells) == 1 else "werden"
    message = f"{named} gehört nicht zur Vorlage: {counted} ab {cells[0].address} {verb} nicht gelesen."
    numbers = any(isinstance(cell.value, int | float) and not isinstance(cell.value, bool) for cell in cells)
    if numbers:
        remedy = "Bitte prüfen, ob diese Zahlen in die gelben Felder gehören. Wenn nicht, nennen Sie das als Grund."
        return Finding("beside-template", Severity.WARNING, message, remedy, Place(sheet, cells[0].address))
    return _hint("beside-template", message, Place(sheet, cells[0].address))


def _hidden(workbook: Workbook, slots: Sequence[Slot]) -> Iterator[Finding]:
    places = []
    for slot in slots:
        sheet = workbook.sheet(slot.sheet)
        if sheet and sheet.cell(slot.cell) and _is_hidden(sheet, slot.cell):
            places.append(Place(sheet.name, slot.cell))
    if places:
        shown = german.enumeration([str(place) for place in places[:NAMED]])
        read = german.counted(len(places), "ausgeblendete Eingabezelle wurde", "ausgeblendete Eingabezellen wurden")
        message = f"{read} trotzdem gelesen: {shown}."
        yield _hint("hidden-input", message, places[0])


def _is_hidden(sheet: Sheet, address: str) -> bool:
    row, column = sheet.at(address) or (0, 0)
    return sheet.state != "visible" or row in sheet.hidden_rows or column in sheet.hidden_columns
