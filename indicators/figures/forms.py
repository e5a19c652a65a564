"""The marks of our charts, built once by Altair; a figure only fills in its data.

Altair takes 40 to 100 ms for a chart of eight layers, most of it for checking the schema. The
marks never change, so they are built once a process, and filling them takes under a millisecond.
"""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from functools import cache
from typing import Any

import altair as alt

from indicators.figures.labels import LINE_HEIGHT, Style
from indicators.figures.theme import FONT_SIZE, GREY, INK, NAME, SYMBOL_FONT, TARGET, Look

Form = Mapping[str, Any]
Rows = Sequence[Mapping[str, Any]]

TOOLTIP = [
    alt.Tooltip("name:N", title="Linie"),
    alt.Tooltip("period:N", title="Zeitraum"),
    alt.Tooltip("content:N", title="Wert"),
    alt.Tooltip("remark:N", title="Hinweis"),
]
COLOUR = alt.Color("colour:N", scale=None)
NARROWEST, ROOMY = 480, 640
"""From what width on a chart has names at its edge, and labels within it."""


def filled(bare: Form, rows: Rows) -> dict[str, Any]:
    """A layer with its data."""
    return {**deepcopy(dict(bare)), "data": {"values": list(rows)}}


def form(chart: alt.Chart | alt.LayerChart) -> Form:
    """The bare mark and encoding; silent, because Vega would have each mark read out in English."""
    bare = chart.to_dict(validate=False)
    bare["mark"]["aria"] = False
    return {part: bare[part] for part in ("mark", "encoding", "transform") if part in bare}


@cache
def stroke(look: Look) -> Form:
    mark = alt.Chart().mark_line(color=look.colour, strokeDash=list(look.dash), strokeWidth=2.5)
    return form(mark.encode(detail="segment:N"))


@cache
def marker(look: Look) -> Form:
    mark = alt.Chart().mark_point(
        shape=look.shape, color=look.colour, filled=True, fillOpacity=1, size=58,
        stroke="white", strokeWidth=1,
    )  # fmt: skip
    return form(mark.encode(tooltip=TOOLTIP))


@cache
def thin_stroke(look: Look) -> Form:
    mark = alt.Chart().mark_line(color=look.colour, strokeDash=list(look.dash), strokeWidth=1.2)
    return form(mark.encode(detail="segment:N"))


@cache
def thin_marker(look: Look) -> Form:
    mark = alt.Chart().mark_point(shape=look.shape, color=look.colour, filled=True, size=14, opacity=1)
    return form(mark.encode(tooltip=TOOLTIP))


@cache
def foot(look: Look, pixel: float) -> Form:
    """A point without a number: a cross at the foot of the chart, so that the gap is seen to be one."""
    mark = alt.Chart().mark_text(text="×", color=look.colour, fontSize=18, fontWeight="bold")
    return form(mark.encode(y=alt.value(pixel), tooltip=TOOLTIP))


def _short(width: int) -> dict[str, Any]:
    """A chart in a file has no container: there the comparison is false, and the labels are complete."""
    return {"test": f"containerSize()[0] < {width}", "value": {"expr": "datum.short"}}


def labels(style: Style) -> list[Form]:
    """A text on a white halo, so that it can be read across lines."""
    return [_label(style, halo) for halo in (True, False)]


@cache
def _label(style: Style, halo: bool) -> Form:
    outline: dict[str, Any] = {"stroke": "white", "strokeWidth": 4, "strokeJoin": "round"} if halo else {}
    mark = alt.Chart().mark_text(
        align=style.align, baseline="middle", dx=style.gap, lineBreak="\n", lineHeight=LINE_HEIGHT,
        fontSize=FONT_SIZE, fontWeight="bold" if style.bold else "normal", **outline,
    )  # fmt: skip
    return form(
        mark.encode(text=alt.Text("text:N", condition=_short(ROOMY if style.inside else NARROWEST)), color=COLOUR)
    )


@cache
def zero() -> Form:
    """Where a balance changes its sign."""
    mark = alt.Chart().mark_rule(color=INK, strokeWidth=1)
    return form(mark.encode(x=alt.value(0), x2=alt.value("width")))


@cache
def path() -> Form:
    mark = alt.Chart().mark_line(color=TARGET.colour, strokeDash=list(TARGET.dash), strokeWidth=1.5)
    return form(mark.encode(order=alt.Order("t:Q")))


@cache
def former_path() -> Form:
    """What was wanted until a body decided otherwise: thinner than what is wanted now."""
    mark = alt.Chart().mark_line(color=GREY, strokeDash=[2, 3], strokeWidth=1)
    return form(mark.encode(order=alt.Order("t:Q")))


@cache
def continuation(colour: str) -> Form:
    """A line carried on beyond its last value: thinner and dotted, because nothing of it is known."""
    return form(alt.Chart().mark_line(color=colour, strokeDash=[2, 4], strokeWidth=1.5))


@cache
def fan(colour: str) -> Form:
    """The range of a forecast."""
    return form(alt.Chart().mark_area(color=colour, opacity=0.13).encode(y2="v2:Q"))


@cache
def leader(colour: str) -> Form:
    """Faint dots, so that nobody takes it for the line's future."""
    return form(alt.Chart().mark_line(color=colour, strokeDash=[1, 4], strokeWidth=1, opacity=0.7))


@cache
def goal() -> Form:
    mark = alt.Chart().mark_point(shape="diamond", color=INK, filled=True, opacity=1, size=110)
    return form(mark.encode(tooltip=TOOLTIP))


@cache
def ring() -> Form:
    """The baseline: a ring around the point where the path begins."""
    mark = alt.Chart().mark_point(shape="circle", color=INK, filled=False, strokeWidth=1.5, size=170)
    return form(mark.encode(tooltip=TOOLTIP))


@cache
def note_ring(offset: int) -> Form:
    """Where somebody has written a remark: a small ring above the point."""
    mark = alt.Chart().mark_point(
        shape="circle", filled=True, fill="white", fillOpacity=1, stroke=INK, strokeWidth=1, size=170, yOffset=offset
    )
    return form(mark.encode(tooltip=TOOLTIP))


@cache
def note_number(offset: int) -> Form:
    mark = alt.Chart().mark_text(color=INK, fontSize=11, fontWeight="bold", baseline="middle", yOffset=offset)
    return form(mark.encode(text="text:N", tooltip=TOOLTIP))


@cache
def band() -> Form:
    mark = alt.Chart().mark_rect(color="#007a5a", opacity=0.1)
    return form(mark.encode(x=alt.value(0), x2=alt.value("width"), y2="v2:Q"))


@cache
def break_rule(height: float) -> Form:
    mark = alt.Chart().mark_rule(color=GREY, strokeDash=[1, 3], strokeWidth=1.5)
    return form(mark.encode(y=alt.value(0), y2=alt.value(height), tooltip=alt.Tooltip("remark:N", title="Bruch")))


@cache
def break_label(row: int) -> Form:
    mark = alt.Chart().mark_text(align="center", baseline="bottom", color=GREY, fontSize=12)
    return form(mark.encode(y=alt.value(-4 - 15 * row), text="text:N"))


@cache
def cell_rect(colour: str) -> Form:
    """The tint behind a table's cell."""
    mark = alt.Chart().mark_rect(color=colour, stroke="white", strokeWidth=2)
    return form(mark)


@cache
def cell_text(size: int, bold: bool, colour: str) -> Form:
    mark = alt.Chart().mark_text(color=colour, fontSize=size, fontWeight="bold" if bold else "normal", font=SYMBOL_FONT)
    return form(mark.encode(text="text:N"))


@cache
def theme_config() -> Form:
    """What the registered theme adds to every chart."""
    with alt.theme.enable(NAME):
        return alt.Chart().mark_point().to_dict(validate=False)["config"]


@cache
def schema() -> str:
    return str(alt.Chart().mark_point().to_dict(validate=False)["$schema"])


def layered(layers: Sequence[Mapping[str, Any]], encoding: Form, alt_text: str, height: float) -> dict[str, Any]:
    """The whole chart, as wide as the place it is put in; exports set a width of their own."""
    return {
        "$schema": schema(),
        "config": deepcopy(dict(theme_config())),
        "description": alt_text,
        "width": "container",
        "height": height,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "encoding": dict(encoding),
        "layer": [dict(layer) for layer in layers],
    }
