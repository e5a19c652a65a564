"""Charts that Word and PowerPoint draw themselves, editable, with their numbers in a workbook inside the file.

python-pptx builds them for both: PowerPoint takes the chart as it is, Word the parts that make it up.
"""

import io
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION
from pptx.enum.dml import MSO_LINE
from pptx.util import Pt

from indicators.exports.office import DASHES as NAMED_DASHES
from indicators.exports.office import number_format
from indicators.exports.texts import printable
from indicators.figures.chart import Chart
from indicators.figures.theme import FAINT, INK, Look

FONT = "Arial"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
MARKERS = {
    "circle": XL_MARKER_STYLE.CIRCLE,
    "square": XL_MARKER_STYLE.SQUARE,
    "triangle-up": XL_MARKER_STYLE.TRIANGLE,
    "diamond": XL_MARKER_STYLE.DIAMOND,
    "triangle-down": XL_MARKER_STYLE.X,
    "cross": XL_MARKER_STYLE.PLUS,
}
DASHES = {
    "solid": MSO_LINE.SOLID,
    "dash": MSO_LINE.DASH,
    "dash_dot": MSO_LINE.DASH_DOT,
    "round_dot": MSO_LINE.ROUND_DOT,
    "square_dot": MSO_LINE.SQUARE_DOT,
    "long_dash": MSO_LINE.LONG_DASH,
    "long_dash_dot": MSO_LINE.LONG_DASH_DOT,
    "long_dash_dot_dot": MSO_LINE.DASH_DOT_DOT,
}


def chart_data(drawn: Chart) -> CategoryChartData:
    data = CategoryChartData(number_format=number_format(drawn.decimals, drawn.symbol))
    data.categories = [printable(text) for text in drawn.categories]
    for stroke in drawn.strokes:
        data.add_series(printable(stroke.column), stroke.values)
    return data


def dress(shown: Any, drawn: Chart, size: float) -> None:
    """The same colours, dashes, marks and ends of the axis as on the screen; `size` of the type in points."""
    shown.font.size, shown.font.name = Pt(size), FONT
    shown.font.color.rgb = _colour(INK)
    shown.has_title = False
    for series, stroke in zip(shown.plots[0].series, drawn.strokes, strict=True):
        _line(series, stroke.look, alone=stroke.is_point)
    _axes(shown, drawn)
    _legend(shown, drawn)
    _mended(shown)


def _line(series: Any, own: Look, *, alone: bool) -> None:
    series.smooth = False
    line = series.format.line
    line.color.rgb, line.width = _colour(own.colour), Pt(2.25 if own.shape else 1.25)
    line.dash_style = DASHES[NAMED_DASHES[own.dash]]
    if not own.shape and not alone:
        series.marker.style = XL_MARKER_STYLE.NONE
        return
    series.marker.style = MARKERS.get(own.shape, XL_MARKER_STYLE.DIAMOND)
    series.marker.size = 6
    for part in (series.marker.format.fill, series.marker.format.line.fill):
        part.solid()
        part.fore_color.rgb = _colour(own.colour)


def _axes(shown: Any, drawn: Chart) -> None:
    values, periods = shown.value_axis, shown.category_axis
    if drawn.ends:
        values.minimum_scale, values.maximum_scale = drawn.ends
    values.major_gridlines.format.line.color.rgb = _colour(FAINT)
    values.format.line.fill.background()
    values.tick_labels.number_format = number_format(drawn.tick_decimals, drawn.symbol)
    values.tick_labels.number_format_is_linked = False
    periods.format.line.color.rgb = _colour(INK)
    periods.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    periods.has_major_gridlines = False
    axis = periods._element
    for name in ("tickLblSkip", "tickMarkSkip"):
        step = etree.SubElement(axis, f"{C}{name}")
        step.set("val", str(drawn.every))
        axis.find(f"{C}noMultiLvlLbl").addprevious(step)


def _legend(shown: Any, drawn: Chart) -> None:
    """Each line is named once; a line alone needs no key."""
    shown.has_legend = len(drawn.columns) > 1
    if not shown.has_legend:
        return
    shown.legend.position, shown.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    legend = shown.legend._element
    for number in reversed(drawn.unnamed):
        entry = etree.Element(f"{C}legendEntry")
        etree.SubElement(entry, f"{C}idx").set("val", str(number))
        etree.SubElement(entry, f"{C}delete").set("val", "1")
        legend.find(f"{C}legendPos").addnext(entry)


def _mended(shown: Any) -> None:
    """What python-pptx leaves: negative numbers of axes, which Office repairs; a language; gaps that stay gaps."""
    space = shown._chartSpace
    for axis in space.iter(f"{C}axId", f"{C}crossAx"):
        if int(axis.get("val")) < 0:
            axis.set("val", str(int(axis.get("val")) + 2**32))
    if space.find(f"{C}lang") is None:
        language = etree.Element(f"{C}lang")
        language.set("val", "de-DE")
        before = space.find(f"{C}date1904")
        before.addnext(language) if before is not None else space.insert(0, language)
    inner = space.find(f"{C}chart")
    gaps = inner.find(f"{C}dispBlanksAs")
    if gaps is None:
        gaps = etree.Element(f"{C}dispBlanksAs")
        inner.find(f"{C}plotVisOnly").addnext(gaps)
    gaps.set("val", "gap")


def _colour(text: str) -> RGBColor:
    return RGBColor.from_string(text.removeprefix("#").upper())


LINES = XL_CHART_TYPE.LINE_MARKERS


def settled(content: bytes, moment: datetime) -> bytes:
    """The package with one date on all of its members, so that the same report gives the same bytes.

    Workbooks within it are packages too.
    """
    stamp = max(moment, datetime(1980, 1, 1)).timetuple()[:6]
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(written, "w") as new:
        for name, inner in _members(old):
            entry = zipfile.ZipInfo(name, stamp)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            new.writestr(entry, settled(inner, moment) if name.endswith(".xlsx") else _dated(name, inner, moment))
    return written.getvalue()


def _members(package: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    for name in package.namelist():
        yield name, package.read(name)


def _dated(name: str, content: bytes, moment: datetime) -> bytes:
    """Core properties carry the report's date."""
    if name != "docProps/core.xml":
        return content
    root = etree.fromstring(content)
    for part in root:
        if etree.QName(part).localname in ("created", "modified"):
            part.text = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
