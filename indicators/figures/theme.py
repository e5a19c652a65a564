"""How all charts look: German numbers, colours with enough contrast, no font from elsewhere."""

from dataclasses import dataclass
from typing import Any

import altair as alt

from indicators.german import TRUE_MINUS
from indicators.periods import MONTHS

NAME = "monitoring"
# Every machine has one of these, and so have files: a web font would make the screen differ from them.
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
# The converter to PNG takes one font for a whole text, so texts with ✓ or ▲ begin with one that has them.
SYMBOL_FONT = "DejaVu Sans, Segoe UI Symbol, Arial Unicode MS, Arial, sans-serif"
INK = "#333333"
GREY = "#5c5c5c"
FAINT = "#e3e3e3"
CHART_HEIGHT = 380
FONT_SIZE = 13


@dataclass(frozen=True, slots=True)
class Look:
    """Colour, dash and shape of one line: each alone tells the lines apart. An empty shape has no marks."""

    colour: str
    dash: tuple[int, ...]
    shape: str


LOOKS = (
    Look("#0072B2", (1, 0), "circle"),
    Look("#B84A00", (6, 3), "square"),
    Look("#007a5a", (2, 2), "triangle-up"),
    Look("#8a4f7d", (10, 3, 2, 3), "diamond"),
    Look("#5c5c5c", (12, 4), "triangle-down"),
    Look("#c2187a", (8, 2, 2, 2, 2, 2), "cross"),
)


TARGET = Look(INK, (3, 3), "")
COMPARED_COLOUR = "#8c8c8c"
COMPARED_DASHES = (
    (1, 0), (4, 2), (1, 2), (8, 3), (6, 2, 1, 2), (2, 4), (12, 3, 3, 3), (3, 1, 1, 1, 1, 1),
)  # fmt: skip
SHAPES = tuple(own.shape for own in LOOKS)


def compared_look(number: int) -> Look:
    """A comparison area: there to be seen, not to compete. Eight have a dash each, further ones another shape too."""
    turn, place = divmod(number, len(COMPARED_DASHES))
    return Look(COMPARED_COLOUR, COMPARED_DASHES[place], SHAPES[(place + turn) % len(SHAPES)])


def look(number: int) -> Look:
    """Lines past the sixth take colours again, but never with the same dash and shape."""
    turn, place = divmod(number, len(LOOKS))
    other = LOOKS[(place + turn) % len(LOOKS)]
    return Look(LOOKS[place].colour, other.dash, other.shape)


# d3's names for the parts; see https://d3js.org/d3-format and d3-time-format, „de-DE“.
LOCALE = {
    "number": {
        "decimal": ",",
        "thousands": ".",
        "grouping": [3],
        "currency": ["", "\u00a0€"],
        "percent": "\u00a0%",
        "minus": TRUE_MINUS,
    },
    "time": {
        "dateTime": "%A, der %e. %B %Y, %X",
        "date": "%d.%m.%Y",
        "time": "%H:%M:%S",
        "periods": ["", ""],
        "days": ["Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"],
        "shortDays": ["So", "Mo", "Di", "Mi", "Do", "Fr", "Sa"],
        "months": list(MONTHS),
        "shortMonths": ["Jan", "Feb", "Mrz", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez"],
    },
}


def config() -> dict[str, Any]:
    """Vega-Lite's `config`, the same on the screen and in files."""
    return {
        "locale": LOCALE,
        # Vega would have axes read out in English; the chart's description and the table speak instead.
        "aria": False,
        "font": FONT,
        "background": "white",
        "view": {"stroke": None},
        "padding": {"left": 4, "right": 8, "top": 6, "bottom": 4},
        "axis": {
            "labelFont": FONT,
            "labelColor": INK,
            "titleFont": FONT,
            "titleColor": INK,
            "labelFontSize": FONT_SIZE,
            "titleFontSize": FONT_SIZE,
            "titleFontWeight": "normal",
            "domainColor": INK,
            "tickColor": INK,
            "gridColor": FAINT,
            "labelPadding": 6,
        },
        "text": {"font": FONT, "fontSize": FONT_SIZE, "color": INK},
        "title": {
            "font": FONT,
            "subtitleFont": FONT,
            "anchor": "start",
            "color": INK,
            "fontSize": 19,
            "fontWeight": "bold",
            "subtitleColor": INK,
            "subtitleFontSize": 14,
            "subtitlePadding": 5,
            "offset": 14,
        },
    }


def _theme() -> alt.theme.ThemeConfig:
    return {"config": config()}  # type: ignore[typeddict-item]


alt.theme.register(NAME, enable=True)(_theme)
