"""One streaming pass over a worksheet's XML: every cell that carries something, merges, hidden parts.

The `<dimension>` element is never believed, cells without a value (mere formatting) do not count, and
errors and formulas without a result stay what they are.
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import IO

from indicators.workbooks.gate import damaged, rejected
from indicators.workbooks.xmlparts import TEXT_GRAMMAR, parse

MAX_ROWS = 100_000
MAX_COLUMNS = 500
MAX_CELLS = 500_000
MAX_MERGES = 50_000
MAX_MERGED = 5_000_000  # cells under one merge; a merge over the whole sheet stops other programs

_ANCHOR = frozenset(("col", "colOff", "row", "rowOff"))
SHEET_GRAMMAR = {
    **TEXT_GRAMMAR,
    "sheetData": frozenset(("row",)),
    "row": frozenset(("c",)),
    "c": frozenset(("f", "v", "is")),
    "f": frozenset[str](),
    "v": frozenset[str](),
    "from": _ANCHOR,  # a button lies from one row to another
    "to": _ANCHOR,
}

_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_OTHER_BOOK = re.compile(r"\[[0-9]+\][^!\]]*!")  # [1]Tabelle1!B8: the first linked workbook
_columns: dict[str, int] = {}


def column_number(letters: str) -> int:
    """A → 1, AA → 27."""
    number = _columns.get(letters)
    if number is None:
        number = 0
        for letter in letters:
            number = number * 26 + ord(letter) - 64
        _columns[letters] = number
    return number


@lru_cache(MAX_COLUMNS)
def column_letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def position(address: str) -> tuple[int, int] | None:
    """`B7` → (7, 2); None for what is no address."""
    found = _ADDRESS.fullmatch(address)
    return (int(found[2]), column_number(found[1])) if found else None


@dataclass(slots=True)
class RawCell:
    """As the file has it: `kind` is the type letter of OOXML (n, s, str, b, e, d, inlineStr)."""

    row: int
    column: int
    style: int
    kind: str
    text: str
    formula: bool
    has_value: bool
    spans: list[tuple[int, int]] = field(default_factory=list)  # raised characters of an inline text


@dataclass(slots=True)
class RawSheet:
    cells: list[RawCell] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    fetches: bool = False


class _Pass:
    """The handlers' state during one pass."""

    def __init__(self, sheet_name: str, budget: int):
        self.sheet = RawSheet()
        self.name = sheet_name
        self.budget = budget
        self.row = self.column = 0
        self.cell: RawCell | None = None
        self.pieces: list[str] | None = None
        self.phonetic = self.raised = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._open_cell(attributes)
        elif name in ("v", "t"):
            self._open_value(name)
        elif name == "f":
            if self.cell is not None:
                self.cell.formula = True
                self.pieces = []
        elif name == "row":
            self._open_row(attributes)
        elif name == "is":
            if self.cell is not None and self.cell.has_value:
                raise damaged()
        elif name == "rPh":
            self.phonetic = True
        elif name == "r":
            self.raised = False
        elif name == "vertAlign":
            self.raised = attributes.get("val") == "superscript"
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif name == "col":
            self._column(attributes)

    def end(self, name: str) -> None:
        if name == "c":
            self._close_cell()
        elif name in ("v", "t"):
            if self.cell is not None and self.pieces is not None:
                begins = len(self.cell.text)
                self.cell.text += "".join(self.pieces)
                if self.raised:
                    self.cell.spans.append((begins, len(self.cell.text)))
            self.pieces = None
        elif name == "f":
            formula = "".join(self.pieces or ())
            if "WEBSERVICE" in formula.upper() or "|" in formula or _OTHER_BOOK.search(formula):
                self.sheet.fetches = True
            self.pieces = None
        elif name == "rPh":
            self.phonetic = False

    def _open_value(self, name: str) -> None:
        if self.cell is None or self.phonetic:
            return
        if name == "v" and self.cell.has_value:  # a text and a number in one cell
            raise damaged()
        self.cell.has_value = True
        self.pieces = []

    def text(self, data: str) -> None:
        if self.pieces is not None:
            self.pieces.append(data)

    def _open_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r", "")
        self.row = int(number) if number.isdigit() else self.row + 1
        self.column = 0
        if attributes.get("hidden") in ("1", "true") or attributes.get("ht") == "0":
            self.sheet.hidden_rows.append(self.row)

    def _open_cell(self, attributes: dict[str, str]) -> None:
        at = position(attributes.get("r", ""))
        self.column = at[1] if at else self.column + 1
        style = attributes.get("s", "0")
        self.raised = False
        self.cell = RawCell(
            at[0] if at else self.row,
            self.column,
            int(style) if style.isdigit() else 0,
            attributes.get("t", "n"),
            "",
            False,
            False,
        )

    def _close_cell(self) -> None:
        cell, self.cell = self.cell, None
        if cell is None or not (cell.has_value or cell.formula):
            return
        if cell.row > MAX_ROWS or cell.column > MAX_COLUMNS:
            raise rejected(
                "beyond-grid",
                f"Blatt „{self.name}“ hat einen Wert in Zelle {column_letters(cell.column)}{cell.row}; gelesen werden "
                f"Tabellen bis {MAX_ROWS} Zeilen und {MAX_COLUMNS} Spalten.",
                "Den Wert in dieser Zelle löschen, wenn er versehentlich dort steht.",
            )
        self.sheet.cells.append(cell)
        if len(self.sheet.cells) > self.budget:
            raise rejected(
                "too-many-cells",
                f"Die Arbeitsmappe hat mehr als {MAX_CELLS} gefüllte Zellen.",
                "Nur die benötigten Blätter in eine neue Arbeitsmappe kopieren.",
            )

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        begin, end = position(first), position(last or first)
        if begin and end:
            if (abs(end[0] - begin[0]) + 1) * (abs(end[1] - begin[1]) + 1) > MAX_MERGED:
                raise rejected(
                    "merge-too-large",
                    f"Blatt „{self.name}“ ist fast ganz zu einer einzigen Zelle verbunden ({reference[:40]}).",
                    "Den Zellverbund in Excel aufheben und die Datei neu speichern.",
                )
            self.sheet.merges.append((*begin, *end))
        if len(self.sheet.merges) > MAX_MERGES:
            raise rejected("too-many-merges", f"Blatt „{self.name}“ hat mehr als {MAX_MERGES} verbundene Bereiche.")

    def _column(self, attributes: dict[str, str]) -> None:
        if attributes.get("hidden") in ("1", "true") or attributes.get("width") == "0":
            first, last = int(attributes.get("min", "1")), int(attributes.get("max", "1"))
            self.sheet.hidden_columns.append((first, min(last, MAX_COLUMNS)))


def read_sheet(stream: IO[bytes], name: str, budget: int) -> RawSheet:
    """Raises WorkbookRejected for values outside the grid and for more cells than `budget`."""
    passing = _Pass(name, budget)
    parse(stream, passing.start, passing.end, passing.text, SHEET_GRAMMAR)
    last_row = max((cell.row for cell in passing.sheet.cells), default=0)
    passing.sheet.hidden_rows = [row for row in passing.sheet.hidden_rows if row <= last_row]
    return passing.sheet


def as_day(serial: float, uses_1904: bool) -> date | datetime | None:
    """Excel's day number as a date (a datetime when it has a time of day); None outside 1900 to 9999."""
    epoch = datetime(1904, 1, 1) if uses_1904 else datetime(1899, 12, 30 if serial >= 60 else 31)
    if not (0 <= serial < 2_958_466):
        return None
    moment = epoch + timedelta(seconds=round(serial * 86400))
    return moment.date() if moment.time() == time.min else moment
