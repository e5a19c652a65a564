"""Charts as a picture for slides and documents."""

import struct
import zlib
from collections.abc import Sequence

import vl_convert

from indicators.exports.format import any_chart
from indicators.exports.picture import composed, spoken
from indicators.figures import Figure

LABEL = "Bild (PNG)"
SUFFIX = ".png"
MIME = "image/png"
SCALE = 2
SIGNATURE_AND_HEADER = 8 + 25

suits = any_chart


def render(figures: Sequence[Figure]) -> bytes:
    """At twice the screen's resolution, sharp on a projector and in print; description and source go with it."""
    picture = bytes(vl_convert.vegalite_to_png(composed(figures), scale=SCALE))
    sources = "; ".join(dict.fromkeys(figure.source for figure in figures if figure.source))
    told = _text("Description", spoken(figures)) + _text("Source", sources)
    return picture[:SIGNATURE_AND_HEADER] + told + picture[SIGNATURE_AND_HEADER:]


def _text(keyword: str, text: str) -> bytes:
    """An iTXt chunk (uncompressed UTF-8, German), https://www.w3.org/TR/png-3/#11iTXt."""
    body = b"iTXt" + keyword.encode("ascii") + b"\0\0\0de\0\0" + text.encode("utf-8", "replace")
    return struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
