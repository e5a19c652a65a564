"""The report's figures one by one, for layout programs and web pages: PNG, SVG and CSV under speaking names."""

import io
import re
import struct
import textwrap
import zipfile
import zlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from html import escape

import typst

from indicators.exports import csv_german
from indicators.exports.texts import printable
from indicators.figures import Figure
from indicators.figures.theme import FONT, GREY, INK
from indicators.reports import drawing, names
from indicators.reports.drawing import PRINTED_CM, WIDTH
from indicators.reports.report import Report
from indicators.reports.typesetting import FONTS

LABEL = "Abbildungen (ZIP mit PNG, SVG, CSV)"
SUFFIX = ".zip"
MIME = "application/zip"

DOTS_PER_INCH = 300
TITLE, SUBTITLE, NOTE = 17, 13, 12
TITLE_LETTERS, SUBTITLE_LETTERS, NOTE_LETTERS = 70, 100, 112
MARGIN, LINE = 8, 1.35
AFTER_HEADER = 8 + 25
_OPEN = re.compile(r'<svg[^>]*?width="(?P<width>[\d.]+)" height="(?P<height>[\d.]+)"[^>]*>')


def render(report: Report) -> bytes:
    """The same report gives the same bytes."""
    content = io.BytesIO()
    stamp = report.moment.timetuple()[:6]
    with zipfile.ZipFile(content, "w") as package:

        def add(name: str, inner: bytes) -> None:
            entry = zipfile.ZipInfo(name, stamp)
            packed = not name.endswith(".png")
            entry.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
            package.writestr(entry, inner)

        drawing.prepare(one.figure for one in report.exhibits if one.chart)
        charts = {one.chart: framed(one.figure, report) for one in report.exhibits if one.chart}
        drawn = dict(zip(charts, pngs(list(charts.values())), strict=True))
        add("LIESMICH.txt", _readme(report).encode("utf-8-sig"))
        for exhibit in report.exhibits:
            if exhibit.chart:
                add(names.of_exhibit(exhibit, ".svg"), charts[exhibit.chart].encode())
                add(names.of_exhibit(exhibit, ".png"), drawn[exhibit.chart])
            add(names.of_exhibit(exhibit, ".csv"), csv_german.render([exhibit.figure]))
    return content.getvalue()


def framed(figure: Figure, report: Report) -> str:
    """The chart with title, subtitle, city and state above it and notes and source below: it may stand alone."""
    inner = drawing.svg(figure)
    opening = _OPEN.search(inner)
    assert opening, "Vega begins with its size"
    height = float(opening["height"])
    above, y = [], float(MARGIN)
    state = f"{report.city}, {report.state}"
    for text, size, letters in ((figure.title, TITLE, TITLE_LETTERS), (figure.subtitle, SUBTITLE, SUBTITLE_LETTERS),
                                (state, SUBTITLE, SUBTITLE_LETTERS)):  # fmt: skip
        for line in textwrap.wrap(text, letters):
            y += size * LINE
            above.append(_text(line, y, size, bold=size == TITLE))
    top = y + MARGIN
    y = top + height + 2
    for text in (figure.note, figure.source):
        for line in textwrap.wrap(text, NOTE_LETTERS):
            y += NOTE * LINE
            above.append(_text(line, y, NOTE, bold=False, colour=GREY))
    whole = y + MARGIN
    placed = inner[: opening.start()] + inner[opening.start() :].replace("<svg", f'<svg x="0" y="{top:g}"', 1)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{whole:g}" viewBox="0 0 {WIDTH} {whole:g}" '
        f'role="img" lang="de"><title>{escape(printable(figure.alt))}</title>'
        f'<rect width="100%" height="100%" fill="white"/>{"".join(above)}{placed}</svg>'
    )


def _text(line: str, y: float, size: int, *, bold: bool, colour: str = INK) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{MARGIN}" y="{y:g}" font-family="{FONT}" font-size="{size}"{weight} fill="{colour}">'
        f"{escape(printable(line))}</text>"
    )


def pngs(pictures: Sequence[str]) -> list[bytes]:
    """16 cm wide at 300 dots an inch, and the files say so; many are drawn by two threads."""
    if len(pictures) < drawing.SHARED_FROM:
        return _set(pictures)
    middle = len(pictures) // 2
    with ThreadPoolExecutor(2) as threads:
        first, second = threads.map(_set, (pictures[:middle], pictures[middle:]))
    return [*first, *second]


def _set(pictures: Sequence[str]) -> list[bytes]:
    """typst draws them, a picture a page: faster than vl-convert, and with the fonts that we ship."""
    if not pictures:
        return []
    pages = [f'#image("{number}.svg", width: {PRINTED_CM}cm)' for number in range(len(pictures))]
    page = f"#set page(width: {PRINTED_CM}cm, height: auto, margin: 0pt)\n"
    drawn = typst.compile(  # type: ignore[call-overload]  # its types know no dict of files
        {"main.typ": (page + "\n#pagebreak()\n".join(pages)).encode()}
        | {f"{number}.svg": picture.encode() for number, picture in enumerate(pictures)},
        format="png",
        ppi=DOTS_PER_INCH,
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
    )
    return [_with_density(bytes(one)) for one in (drawn if isinstance(drawn, list) else [drawn])]


def _with_density(drawn: bytes) -> bytes:
    body = b"pHYs" + struct.pack(">IIB", *[round(DOTS_PER_INCH / 0.0254)] * 2, 1)
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    return drawn[:AFTER_HEADER] + chunk + drawn[AFTER_HEADER:]


def _readme(report: Report) -> str:
    lines = [f"{report.named} – {report.city}", report.state, report.note, ""]
    lines += [f"{names.of_exhibit(one, '')}: {one.figure.title}" for one in report.exhibits]
    return "\r\n".join(lines)
