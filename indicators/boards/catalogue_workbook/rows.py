"""The sheets of a workbook of the catalogue as rows with named columns."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from indicators.boards.catalogue_workbook.words import text_of
from indicators.boards.catalogue_workbook.writing import CODE_HEAD, HASH_HEAD, HEAD, OWNER_HEAD, STATE, heads
from indicators.boards.definition_forms import FORMS, Form
from indicators.boards.definition_inputs import Input
from indicators.model import Place, Severity
from indicators.workbooks.cells import Sheet, Workbook
from indicators.workbooks.sheetxml import column_letters

Tell = Callable[[str, Severity, str, Place], None]


@dataclass(frozen=True)
class Row:
    """One line of a sheet; `columns` are the names of its columns with their numbers."""

    sheet: Sheet
    number: int
    columns: Mapping[str, int]

    def text(self, head: str, one: Input | None = None) -> str:
        column = self.columns.get(head)
        return text_of(self.sheet.cells.get((self.number, column)), one) if column else ""

    def place(self, head: str = "") -> Place:
        """The cell under a head; that of the code where there is none."""
        column = self.columns.get(head) or self.columns.get(CODE_HEAD) or 1
        return Place(self.sheet.name, f"{column_letters(column)}{self.number}")

    @property
    def code(self) -> str:
        return self.text(CODE_HEAD)

    @property
    def owner(self) -> str:
        return self.text(OWNER_HEAD)

    @property
    def owner_place(self) -> Place:
        return self.place(OWNER_HEAD)


def made_from(book: Workbook) -> str:
    """The content hash of the version that a workbook shows; empty where it does not say."""
    state = book.sheet(STATE)
    if state is None:
        return ""
    marked = (row for row in range(1, state.last_row + 1) if text_of(state.cells.get((row, 1))) == HASH_HEAD)
    return next((text_of(state.cells.get((row, 2))) for row in marked), "")


def sheets_of(book: Workbook, tell: Tell) -> Iterator[tuple[Form, list[Row]]]:
    """Each kind with its rows; what is not read is told."""
    known = {form.sheet: form for form in FORMS.values()}
    for sheet in book.sheets:
        if sheet.name not in (STATE, *known):
            tell("catalogue-sheet", Severity.HINT, f"Das Blatt „{sheet.name}“ wird nicht gelesen.", Place(sheet.name))
    if not any(book.sheet(name) for name in known):
        names = ", ".join(f"„{name}“" for name in known)
        tell("catalogue-none", Severity.ERROR, f"Die Mappe hat keines der Blätter {names}.", Place())
    for name, form in known.items():
        if (found := book.sheet(name)) is not None:
            yield form, _rows(found, form, tell)


def _rows(sheet: Sheet, form: Form, tell: Tell) -> list[Row]:
    columns: dict[str, int] = {}
    for column in range(1, sheet.last_column + 1):
        head = text_of(sheet.cells.get((HEAD, column)))
        place = Place(sheet.name, f"{column_letters(column)}{HEAD}")
        if head in columns:
            tell("catalogue-head", Severity.ERROR, f"Die Spalte „{head}“ steht doppelt.", place)
        elif head and head not in heads(form):
            tell(
                "catalogue-head",
                Severity.WARNING,
                f"Die Spalte „{head}“ ist nicht bekannt und wird nicht gelesen.",
                place,
            )
        elif head:
            columns[head] = column
    if form.coded and CODE_HEAD not in columns:
        tell("catalogue-head", Severity.ERROR, f"Die Spalte „{CODE_HEAD}“ fehlt.", Place(sheet.name, f"A{HEAD}"))
        return []
    found: list[Row] = []
    seen: set[tuple[str, str]] = set()
    for number in range(HEAD + 1, sheet.last_row + 1):
        row = Row(sheet, number, columns)
        _tell_unread(row, tell)
        if not any(row.text(head) for head in columns):
            continue
        if form.coded and not row.code:
            tell("catalogue-code", Severity.ERROR, "Hier fehlt das Kürzel.", row.place())
        elif (row.code, row.owner if form.section == "dimensions" else "") in seen:
            tell("catalogue-code", Severity.ERROR, f"Das Kürzel „{row.code}“ steht doppelt auf dem Blatt.", row.place())
        else:
            seen.add((row.code, row.owner if form.section == "dimensions" else ""))
            found.append(row)
    return found


def _tell_unread(row: Row, tell: Tell) -> None:
    for head, column in row.columns.items():
        cell = row.sheet.cells.get((row.number, column))
        if cell is not None and (cell.error or cell.uncalculated):
            message = "Hier steht eine Formel ohne Ergebnis. Bitte den Text selbst eintragen."
            tell("catalogue-cell", Severity.ERROR, message, row.place(head))
