"""Charts as a vector graphic for print shops and layout programs."""

from collections.abc import Sequence
from html import escape

import vl_convert

from indicators.exports.format import any_chart
from indicators.exports.picture import composed, spoken
from indicators.exports.texts import printable
from indicators.figures import Figure

LABEL = "Vektorgrafik (SVG)"
SUFFIX = ".svg"
MIME = "image/svg+xml"

suits = any_chart


def render(figures: Sequence[Figure]) -> bytes:
    """With the description as the drawing's title, which screen readers read and browsers show."""
    drawing = str(vl_convert.vegalite_to_svg(composed(figures)))
    begin = drawing.index(">", drawing.index("<svg")) + 1
    return f"{drawing[:begin]}<title>{escape(printable(spoken(figures)))}</title>{drawing[begin:]}".encode()
