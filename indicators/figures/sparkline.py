"""An indicator's course in the size of a word, for tables: as inline SVG and in words."""

from collections.abc import Sequence
from html import escape

from indicators import german
from indicators.catalogue import Indicator
from indicators.figures.lines import Line
from indicators.figures.theme import GREY, LOOKS
from indicators.german import TRUE_MINUS
from indicators.model import Measurement, Series

WIDTH, HEIGHT, MARGIN = 160, 40, 5
COLOUR = LOOKS[0].colour


def in_words(series: Series, indicator: Indicator) -> str:
    """„Verlauf 2012 bis 2024: von 18,3 auf 30,1.“"""
    line = _line(series, indicator)
    if not line.valued:
        return f"{indicator.title}: keine Zahlenwerte."
    first, last = line.valued[0], line.valued[-1]
    shown = [german.number(point.value or 0.0, line.decimals, minus=TRUE_MINUS) for point in (first, last)]
    if first is last:
        return f"{last.period.label}: {shown[1]}."
    return f"Verlauf {first.period.label} bis {last.period.label}: von {shown[0]} auf {shown[1]}."


def sparkline_svg(series: Series, indicator: Indicator, scale: Sequence[Measurement] = ()) -> str:
    """A line without axes as an inline SVG of about 500 bytes; the last value is a dot; empty without a value.

    `scale` are the values whose extent it is drawn in, its own unless others share it.
    """
    line = _line(series, indicator)
    if not line.valued:
        return ""
    place = _scale(scale or line.valued)
    strokes = "".join(
        f"<polyline points='{' '.join(place(point) for point in run)}'/>" for run in line.segments() if len(run) > 1
    )
    alone = [run[0] for run in line.segments() if len(run) == 1]
    dots = "".join(_dot(place(point), 1.5) for point in alone) + _dot(place(line.valued[-1]), 3)
    title = escape(in_words(series, indicator), quote=True)
    zero = _zero([point.value for point in scale if point.value is not None] or line.values)
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' role='img' width='{WIDTH}' height='{HEIGHT}' "
        f"viewBox='0 0 {WIDTH} {HEIGHT}' aria-label=\"{title}\"><title>{title}</title>"
        f"{zero}<g fill='none' stroke='{COLOUR}' stroke-width='2' stroke-linejoin='round'>{strokes}</g>"
        f"<g fill='{COLOUR}'>{dots}</g></svg>"
    )


def _line(series: Series, indicator: Indicator) -> Line:
    breaks = () if indicator.chained else [found.period for found in indicator.breaks]
    return Line.of(indicator.title, series, LOOKS[0], indicator.decimals, breaks)


def _scale(points: Sequence[Measurement]):  # type: ignore[no-untyped-def]
    """From a point to its „x,y“; a flat course runs through the middle."""
    times = [point.period.time for point in points]
    values = [point.value or 0.0 for point in points]
    start, low = min(times), min(values)
    wide = (max(times) - start) or 1.0
    high = (max(values) - low) or 1.0
    flat = max(values) == low

    def place(point: Measurement) -> str:
        x = MARGIN + (WIDTH - 2 * MARGIN) * (point.period.time - start) / wide
        share = 0.5 if flat else ((point.value or 0.0) - low) / high
        return f"{x:.1f},{HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * share:.1f}"

    return place


def _zero(values: Sequence[float]) -> str:
    """A faint line where a balance changes its sign."""
    low, high = min(values), max(values)
    if not low < 0 < high:
        return ""
    y = MARGIN + (HEIGHT - 2 * MARGIN) * high / (high - low)
    return f"<path d='M{MARGIN},{y:.1f}H{WIDTH - MARGIN}' stroke='{GREY}' stroke-width='1'/>"


def _dot(place: str, radius: float) -> str:
    x, y = place.split(",")
    return f"<circle cx='{x}' cy='{y}' r='{radius}'/>"
