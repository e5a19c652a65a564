"""What .ods says of looks as far as it carries meaning: raised characters, indents, bold, struck, hidden sheets."""

import re
from dataclasses import dataclass, field

from indicators.workbooks.cells import Style

POINTS = {"pt": 1.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "in": 72.0, "pc": 12.0}
POINTS_A_STEP = 10  # what LibreOffice makes of one step of indent in .xlsx


@dataclass
class _Named:
    parent: str = ""
    properties: dict[str, str] = field(default_factory=dict)


class Looks:
    """The styles of styles.xml and content.xml, by family and name; handlers for `xmlparts.parse`."""

    def __init__(self) -> None:
        self._styles: dict[tuple[str, str], _Named] = {}
        self._open: _Named | None = None
        self._known: dict[tuple[str, str], Style] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        plain = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        if name == "style":
            self._open = _Named(plain.get("parent-style-name", ""))
            self._styles[plain.get("family", ""), plain.get("name", "")] = self._open
        elif name.endswith("-properties") and self._open is not None:
            self._open.properties |= plain

    def end(self, name: str) -> None:
        if name == "style":
            self._open = None

    def _property(self, family: str, name: str, wanted: str) -> str:
        """From the style or the nearest ancestor that has it."""
        for _ in range(20):  # a style can be its own ancestor in a broken file
            style = self._styles.get((family, name))
            if style is None:
                break
            if wanted in style.properties:
                return style.properties[wanted]
            name = style.parent
        return ""

    def hides(self, table_style: str) -> bool:
        return self._property("table", table_style, "display") == "false"

    def raises(self, text_style: str) -> bool:
        """`super 58%` and `33% 58%` are raised, `0% 100%`, `sub 58%` and `-33% 58%` are not."""
        where = self._property("text", text_style, "text-position").split(" ")[0]
        return where == "super" or (where.endswith("%") and where[0] not in "-0")

    def _strikes(self, cell_style: str) -> bool:
        """`text-line-through-style` since OpenDocument 1.0; `-type` is written beside it since 1.2."""
        named = (self._property("table-cell", cell_style, f"text-line-through-{what}") for what in ("style", "type"))
        return any(said not in ("", "none") for said in named)

    def style(self, cell_style: str, shown_as: str) -> Style:
        if (cell_style, shown_as) not in self._known:
            bold = self._property("table-cell", cell_style, "font-weight") in ("bold", "700", "800", "900")
            indent = _steps(self._property("table-cell", cell_style, "margin-left"))
            struck = self._strikes(cell_style)
            self._known[cell_style, shown_as] = Style(shown_as, indent, bold, struck=struck)
        return self._known[cell_style, shown_as]


def _steps(length: str) -> int:
    found = re.fullmatch(r"(\d{1,4}(?:\.\d{1,9})?)(pt|cm|mm|in|pc)", length)
    return round(float(found[1]) * POINTS[found[2]] / POINTS_A_STEP) if found else 0
