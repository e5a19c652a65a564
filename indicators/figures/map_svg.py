"""A small map as an SVG of its own, for a row of them on the screen: without names or key, its words beside it."""

from collections.abc import Sequence
from html import escape

from indicators.figures.map_classes import Classes
from indicators.figures.map_forms import COARSE, HATCH_COLOUR, Drawn, Row, features
from indicators.maps.boundaries import Rings

WIDE = 240
DIGITS = 1


def small_svg(rows: Sequence[Row], shapes: Sequence[Drawn], classes: Classes, words: str) -> str:
    """Shapes without a row are left out."""
    fills = dict(zip(classes.words, classes.colours, strict=True))
    of = {row["code"]: row for row in rows}
    points = [point for one in shapes for rings in one.shape for point in rings[0]]
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    low, high = min(y for _, y in points), max(y for _, y in points)
    scale = WIDE / (right - left)

    def path(lines: Rings, *, close: bool) -> str:
        drawn = (" ".join(f"{(x - left) * scale:.{DIGITS}f},{(high - y) * scale:.{DIGITS}f}" for x, y in one)
                 for one in lines)  # fmt: skip
        return "".join(f"M{one}{'Z' if close else ''}" for one in drawn)

    areas, lines = [], []
    for feature in features(shapes, COARSE):
        row = of.get(feature["code"])
        if row is None or feature["kind"] not in ("area", row["hatch"]):
            continue
        found = feature["geometry"]["coordinates"]
        if feature["kind"] == "area":
            whole = path([ring for polygon in found for ring in polygon], close=True)
            edge = HATCH_COLOUR if row["hatch"] or row["class"] == classes.nothing else "white"
            areas.append(f"<path d='{whole}' fill='{fills.get(row['class'], 'white')}' stroke='{edge}'/>")
        else:
            lines.append(f"<path d='{path(found, close=False)}' fill='none' stroke='{HATCH_COLOUR}'/>")
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' role='img' viewBox='-1 -1 {WIDE + 2} {(high - low) * scale + 2:.0f}' "
        f"width='{WIDE + 2}' height='{(high - low) * scale + 2:.0f}'><title>{escape(words)}</title>"
        f"<g fill-rule='evenodd' stroke-width='0.7'>{''.join(areas)}{''.join(lines)}</g></svg>"
    )
