"""How a template looks: colours with enough contrast, fonts, borders, widths."""

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

FONT = "Calibri"
INK = "1F2A36"
DEEP = "0B4F6C"
GREY = "5C5C5C"

LABEL_WIDTH = 46.0
VALUE_WIDTH, REMARK_WIDTH, LAST_WIDTH = 15.0, 8.0, 14.0

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
