"""How a template looks: colours with enough contrast, fonts, borders, widths."""

from copy import copy
from functools import cache
from weakref import WeakKeyDictionary

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.cell_style import StyleArray

FONT = "Calibri"
INK = "1F2A36"
DEEP = "0B4F6C"
GREY = "5C5C5C"

LABEL_WIDTH = 46.0
VALUE_WIDTH, REMARK_WIDTH, LAST_WIDTH, COMMENT_WIDTH = 15.0, 8.0, 14.0, 34.0

_line = Side(style="thin", color="9AA7B2")
BOX = Border(left=_line, right=_line, top=_line, bottom=_line)

TITLE = Font(name=FONT, size=18, bold=True, color=DEEP)
SUBTITLE = Font(name=FONT, size=11, color=GREY)
HEADING = Font(name=FONT, size=13, bold=True, color=DEEP)
TEXT = Font(name=FONT, size=11, color=INK)
STRONG = Font(name=FONT, size=11, bold=True, color=INK)
ON_DARK = Font(name=FONT, size=11, bold=True, color="FFFFFF")
SMALL = Font(name=FONT, size=9, color=GREY)
LAST = Font(name=FONT, size=10, italic=True, color=GREY)
LINK = Font(name=FONT, size=11, underline="single", color="0B4F6C")


def _fill(colour: str) -> PatternFill:
    return PatternFill("solid", start_color=colour, end_color=colour)


DARK_FILL = _fill(DEEP)
GROUP_FILL = _fill("E3EBF1")
HEAD_FILL = _fill("F2F5F8")
REQUIRED_FILL = _fill("FFF6D6")
OPTIONAL_FILL = _fill("E6F2F8")
BLOCKED_FILL = PatternFill("lightUp", start_color="B8C2CB", end_color="FFFFFF")

OPEN = Protection(locked=False)
LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
TOP = Alignment(horizontal="left", vertical="top", wrap_text=True)
INDENTED = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
RIGHT = Alignment(horizontal="right", vertical="center")
CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)


def number_format(decimals: int) -> str:
    """Thousands separators and the unit's decimals; Excel shows them in the reader's language."""
    return "#,##0" + ("." + "0" * decimals if decimals else "")


class Look:
    """A cell's whole style. A workbook looks each of its parts up once, not for every cell: that took half the time."""

    def __init__(self, number_format: str = "", **parts: Font | PatternFill | Border | Alignment | Protection) -> None:
        self._parts = {**parts, **({"number_format": number_format} if number_format else {})}

    def on(self, cell: Cell) -> Cell:
        """The cell, looking so; what it looked like before is gone."""
        known = _known.setdefault(cell.parent.parent, {})
        if self in known:
            cell._style = copy(known[self])
        else:
            cell._style = StyleArray()
            for part, value in self._parts.items():
                setattr(cell, part, value)
            known[self] = copy(cell._style)
        return cell


_known: WeakKeyDictionary[Workbook, dict[Look, StyleArray]] = WeakKeyDictionary()

GROUP = Look(fill=GROUP_FILL)
GROUP_LABEL = Look(fill=GROUP_FILL, font=STRONG)
LABEL = Look(font=STRONG, alignment=LEFT, border=BOX)
INDENTED_LABEL = Look(font=TEXT, alignment=INDENTED, border=BOX)
BLOCKED = Look(fill=BLOCKED_FILL, border=BOX)
LAST_VALUE = Look(font=LAST, alignment=RIGHT, border=BOX)
VALUE_HEAD = Look(font=STRONG, alignment=CENTRE, fill=HEAD_FILL, border=BOX)
SMALL_HEAD = Look(font=SMALL, alignment=CENTRE, fill=HEAD_FILL, border=BOX)
HEAD = Look(font=ON_DARK, alignment=LEFT, fill=DARK_FILL, border=BOX)
DARK_TITLE = Look(font=ON_DARK, alignment=CENTRE, fill=DARK_FILL, border=BOX)
TERM = Look(font=STRONG, alignment=LEFT)
WORDS = Look(font=TEXT, alignment=LEFT)
MARK = Look(font=STRONG, alignment=CENTRE, border=BOX)
FACT = Look(font=TEXT, alignment=TOP, border=BOX)
FACT_LINK = Look(font=LINK, alignment=TOP, border=BOX)
WORD = Look(font=TEXT)
STRONG_WORD = Look(font=STRONG)
KEPT = Look(font=LAST, fill=HEAD_FILL, alignment=TOP, border=BOX)
GROUP_TITLE = Look(font=STRONG, alignment=CENTRE, fill=GROUP_FILL, border=BOX)

COMMENT = Look("@", fill=OPTIONAL_FILL, alignment=LEFT, border=BOX, font=TEXT, protection=OPEN)


@cache
def value(required: bool, decimals: int) -> Look:
    """The cell for a number."""
    fill = REQUIRED_FILL if required else OPTIONAL_FILL
    shown = number_format(decimals)
    return Look(shown, fill=fill, alignment=RIGHT, border=BOX, font=TEXT, protection=OPEN)


@cache
def remark(required: bool) -> Look:
    """The cell beside it."""
    fill = REQUIRED_FILL if required else OPTIONAL_FILL
    return Look(fill=fill, alignment=CENTRE, border=BOX, font=TEXT, protection=OPEN)


@cache
def entry(required: bool, shown: str) -> Look:
    """The cell of a list's field, with a number's format where it has one."""
    fill = REQUIRED_FILL if required else OPTIONAL_FILL
    return Look(shown, fill=fill, alignment=TOP, border=BOX, font=TEXT, protection=OPEN)
