"""A workbook as plain frozen values: its sheets, their cells, and how they look."""

import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime

from indicators.model import Finding
from indicators.workbooks.sheetxml import column_letters, position

Value = float | str | bool | date | datetime | None


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell looks. `fill` is a colour or pattern, empty for none; `borders` holds letters of t, r, b, l.

    `struck` is a line through the whole cell, which people draw instead of deleting.
    """

    number_format: str = "General"
    indent: int = 0
    bold: bool = False
    fill: str = ""
    borders: str = ""
    struck: bool = False


PLAIN = Style()


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that carries something. Exactly one of value, error and uncalculated holds.

    `superscripts` are the spans of raised characters in a text: a footnote marker without a bracket.
    """

    row: int
    column: int
    value: Value = None
    style: Style = PLAIN
    error: str = ""
    uncalculated: bool = False
    formula: bool = False
    superscripts: tuple[tuple[int, int], ...] = ()

    @property
    def address(self) -> str:
        return f"{column_letters(self.column)}{self.row}"


class Bounds:
    """A rectangle of a sheet, all bounds inclusive and counted from 1. Those who are one have the fields."""

    __slots__ = ()

    top: int
    left: int
    bottom: int
    right: int

    @property
    def reference(self) -> str:
        return f"{column_letters(self.left)}{self.top}:{column_letters(self.right)}{self.bottom}"

    def holds(self, row: int, column: int) -> bool:
        return self.top <= row <= self.bottom and self.left <= column <= self.right


@dataclass(frozen=True, slots=True)
class Merge(Bounds):
    """A merged range."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; `cells` by (row, column) from 1. `state` is visible, hidden, veryHidden or chart."""

    name: str
    cells: dict[tuple[int, int], Cell]
    state: str = "visible"
    merges: tuple[Merge, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    def at(self, address: str) -> tuple[int, int] | None:
        """Row and column of „B7“; None for what is no address."""
        return position(address.upper())

    def cell(self, address: str) -> Cell | None:
        """`sheet.cell("B7")`; None where nothing stands."""
        at = self.at(address)
        return self.cells.get(at) if at else None

    @property
    def valued(self) -> int:
        """How many cells carry something."""
        return len(self.cells)

    @property
    def last_row(self) -> int:
        return max((row for row, _ in self.cells), default=0)

    @property
    def last_column(self) -> int:
        return max((column for _, column in self.cells), default=0)


@dataclass(frozen=True, slots=True)
class Workbook:
    """`properties` are the custom document properties, `names` the defined names (name → reference).

    `content` is the file itself, for asking the child process once more.
    """

    name: str
    sheets: tuple[Sheet, ...]
    properties: dict[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    names: dict[str, str] = field(default_factory=dict)
    uses_1904: bool = False
    macros: bool = False
    external_links: bool = False
    content: bytes = field(default=b"", repr=False, compare=False)
    _by_key: dict[str, Sheet] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_key", {sheet_key(sheet.name): sheet for sheet in reversed(self.sheets)})

    def sheet(self, name: str) -> Sheet | None:
        """By its name, however it is spelled in blanks, case and Unicode; the first one of that name."""
        return self._by_key.get(sheet_key(name))


def sheet_key(name: str) -> str:
    """What makes two sheet names the same: Excel ignores case, and umlauts can be written in two ways."""
    return " ".join(unicodedata.normalize("NFC", name).split()).casefold()
