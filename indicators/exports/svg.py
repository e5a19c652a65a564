"""Charts as a vector graphic for print shops and layout programs."""

from collections.abc import Sequence

import vl_convert

from indicators.exports.format import any_chart
from indicators.exports.picture import composed
from indicators.figures import Figure

LABEL = "Vektorgrafik (SVG)"
SUFFIX = ".svg"
MIME = "image/svg+xml"

suits = any_chart


def render(figures: Sequence[Figure]) -> bytes:
    return str(vl_convert.vegalite_to_svg(composed(figures))).encode()
