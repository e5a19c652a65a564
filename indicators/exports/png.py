"""Charts as a picture for slides and documents."""

from collections.abc import Sequence

import vl_convert

from indicators.exports.format import any_chart
from indicators.exports.picture import composed
from indicators.figures import Figure

LABEL = "Bild (PNG)"
SUFFIX = ".png"
MIME = "image/png"
SCALE = 2

suits = any_chart


def render(figures: Sequence[Figure]) -> bytes:
    """At twice the screen's resolution, sharp on a projector and in print."""
    return bytes(vl_convert.vegalite_to_png(composed(figures), scale=SCALE))
