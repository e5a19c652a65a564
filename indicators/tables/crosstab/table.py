"""What comes out of reading a cross table."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from indicators.model import Sign
from indicators.periods import Period
from indicators.tables.crosstab.doubts import Doubt
from indicators.workbooks.cells import Bounds
from indicators.workbooks.sheetxml import column_letters


class Role(StrEnum):
    """What a part of the sheet is for; each has its own colour on the screen."""

    TITLE = "title"
    HEADER = "header"
    UNIT = "unit"
    NUMBERING = "numbering"
    LABELS = "labels"
    PERIODS = "periods"
    CODES = "codes"
    SECTION = "section"
    DATA = "data"
    NOTES = "notes"
    UNREAD = "unread"  # numbers that are part of no table; never marked by hand

    @property
    def word(self) -> str:
        return _WORDS[self]


_WORDS = {
    Role.TITLE: "Titel",
    Role.HEADER: "Tabellenkopf",
    Role.UNIT: "Einheit",
    Role.NUMBERING: "Spaltennummern",
    Role.LABELS: "Vorspalte",
    Role.PERIODS: "Zeitraum",
    Role.CODES: "Schlüssel",
    Role.SECTION: "Zwischenüberschrift",
    Role.DATA: "Werte",
    Role.NOTES: "Anmerkungen",
    Role.UNREAD: "nicht gelesen",
}


@dataclass(frozen=True, slots=True)
class Area(Bounds):
    """A rectangle of the sheet with its role; bounds inclusive, counted from 1."""

    role: Role
    top: int
    left: int
    bottom: int
    right: int

    @classmethod
    def around(cls, areas: Sequence["Area"]) -> "Area":
        """The smallest range that holds them all."""
        return cls(
            Role.DATA,
            min(area.top for area in areas),
            min(area.left for area in areas),
            max(area.bottom for area in areas),
            max(area.right for area in areas),
        )


class TableCell(NamedTuple):
    """One data cell with everything that its place in the table says about it.

    `labels` are ordered from the outside in: section, parent rows, row labels, then column heads from top
    to bottom. `codes` are official keys and running numbers beside the row label. A cell without value and
    sign (an error, a formula without result) is kept for its doubt.
    """

    row: int
    column: int
    value: float | None
    sign: Sign | None
    period: Period | None
    unit: str
    labels: tuple[str, ...]
    codes: tuple[str, ...] = ()
    footnotes: tuple[str, ...] = ()
    flags: str = ""
    doubts: tuple[Doubt, ...] = ()
    remark: str = ""  # what a column of remarks at the end of the row says

    @property
    def address(self) -> str:
        return f"{column_letters(self.column)}{self.row}"

    @property
    def bracket(self) -> bool:
        """Whether the table shows the value as of limited reliability."""
        return self.sign is Sign.LIMITED


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a sheet. `heads` are its normalised column heads, in order: what a layout is known by."""

    sheet: str
    title: tuple[str, ...]
    areas: tuple[Area, ...]
    cells: tuple[TableCell, ...]
    heads: tuple[tuple[str, ...], ...]
    stub_heads: tuple[str, ...]
    doubts: tuple[Doubt, ...] = ()

    @property
    def unread(self) -> tuple[Area, ...]:
        """Cells with a number near the table that are part of no table."""
        return tuple(area for area in self.areas if area.role is Role.UNREAD)

    @property
    def box(self) -> Area:
        """From the first row of the head to the last of the values, over all their columns."""
        parts = [area for area in self.areas if area.role not in (Role.TITLE, Role.NOTES, Role.UNREAD)]
        return Area.around(parts)
