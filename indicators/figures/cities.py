"""Cities beside each other: where each lies in one period, and how the middle of them went over time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import altair as alt

from indicators import german
from indicators.figures import forms
from indicators.figures.axes import ValueAxis, time, value_axis
from indicators.figures.figure import Cell, Figure, framed
from indicators.figures.forms import Form
from indicators.figures.lines import Line
from indicators.figures.picture import Picture
from indicators.figures.theme import COMPARED_COLOUR, INK, LOOKS, Look, compared_look
from indicators.figures.trend import finished
from indicators.german import TRUE_MINUS
from indicators.model import Measurement

OWN = LOOKS[0]
ROW_HEIGHT, LEAST_ROWS, HIGHEST = 24, 4, 620
MOST_NAMED = 40
"""Cities that have a row of their own with their name; of more only the viewer's own is named."""
TOOLTIP = [alt.Tooltip("name:N", title="Stadt"), alt.Tooltip("text:N", title="Wert")]


@dataclass(frozen=True)
class Row:
    """One city in a period: its value or sign, and what stands beside it as words; `own` is the viewer's."""

    name: str
    content: Cell
    place: str = ""
    status: str = ""
    remark: str = ""
    own: bool = False


@dataclass(frozen=True)
class Middle:
    """The middle of the cities in one period: quartiles, None where there are too few cities for them."""

    median: float
    lower: float | None = None
    upper: float | None = None


@dataclass(frozen=True)
class Course:
    """A named line over time."""

    name: str
    points: tuple[Measurement, ...]


def distribution(about: Figure, rows: Sequence[Row], middle: Middle | None, symbol: str, decimals: int) -> Figure:
    """The cities from the largest value to the smallest, then those without one; `about` has all words and sources."""
    columns: dict[str, list[Cell]] = {
        "Stadt": [row.name for row in rows],
        "Wert": [row.content for row in rows],
        "Platz": [row.place for row in rows],
        "Status": [row.status for row in rows],
        "Hinweis": [row.remark for row in rows],
    }
    kept = {title: cells for title, cells in columns.items() if title in ("Stadt", "Wert") or any(cells)}
    drawn = [row for row in rows if isinstance(row.content, float)]
    if not drawn:
        return replace(about, frame=framed(kept), decimals={"Wert": decimals}, units={"Wert": symbol})
    values = [row.content for row in drawn if isinstance(row.content, float)]
    axis = value_axis(values, rate=symbol == "%")
    alt_text = _alt(about.title, drawn, middle, symbol, decimals)
    return replace(
        about,
        frame=framed(kept),
        alt=alt_text,
        spec=_spec(drawn, middle, axis, symbol, decimals, alt_text),
        decimals={"Wert": decimals},
        units={"Wert": symbol},
        looks={"Wert": Look(OWN.colour, (1, 0), OWN.shape)},
        ends=(axis.low, axis.high),
    )


def course(
    about: Figure, own: Course | None, middles: Sequence[Course], said: Sequence[str], symbol: str, decimals: int
) -> Figure:
    """The viewer's city beside median and quartiles over time, with the band between these."""
    lines = [_line(one, LOOKS[0], decimals) for one in [own] if one and one.points]
    compared = [_line(one, compared_look(number), decimals) for number, one in enumerate(middles)]
    if not lines:
        lines, compared = compared[:1], compared[1:]
    if not lines:
        return about
    picture = Picture(tuple(lines), tuple(compared), None, (), symbol, symbol == "%")
    figure = finished(about, picture, said)
    band = _band([line for line in compared if line.name in BAND])
    if figure.spec is None or not band:
        return figure
    return replace(figure, spec={**figure.spec, "layer": [band, *figure.spec["layer"]]})


BAND = ("unteres Viertel bis", "oberes Viertel ab")
"""What the lines at the edges of the band are called."""


def _line(one: Course, look: Look, decimals: int) -> Line:
    points = tuple(
        point if point.value is None else replace(point, value=german.rounded(point.value, decimals))
        for point in one.points
    )
    return Line(one.name, points, look, decimals)


def _band(edges: Sequence[Line]) -> Mapping[str, Any] | None:
    if len(edges) != 2:
        return None
    upper = {point.period: point.value for point in edges[1].valued}
    rows = [
        {"t": time(point.period), "v": point.value, "v2": upper[point.period]}
        for point in edges[0].valued
        if point.period in upper
    ]
    return forms.filled(forms.fan(COMPARED_COLOUR), rows)


def _amount(value: float, decimals: int, symbol: str) -> str:
    return german.with_unit(value, decimals, symbol, minus=TRUE_MINUS)


def _spec(
    drawn: Sequence[Row], middle: Middle | None, axis: ValueAxis, symbol: str, decimals: int, alt_text: str
) -> dict[str, Any]:
    named = len(drawn) <= MOST_NAMED
    rows = [
        {
            "name": row.name,
            "place": number,
            "v": row.content,
            "text": _amount(float(row.content), decimals, symbol),  # type: ignore[arg-type]
            "label": _label(row, named, decimals, symbol),
        }
        for number, row in enumerate(drawn)
    ]
    own = [row for row, shown in zip(rows, drawn, strict=True) if shown.own]
    others = [row for row, shown in zip(rows, drawn, strict=True) if not shown.own]
    layers = _middle(middle, decimals, symbol)
    layers += [forms.filled(dot(COMPARED_COLOUR, 70), others), forms.filled(dot(OWN.colour, 130), own)]
    layers += [forms.filled(text(bold=False, halo=halo), others) for halo in (True, False)]
    layers += [forms.filled(text(bold=True, halo=halo), own) for halo in (True, False)]
    height = min(HIGHEST, ROW_HEIGHT * max(LEAST_ROWS, len(drawn)))
    return forms.layered(layers, _encoding(rows, axis, symbol, named), alt_text, height)


def _label(row: Row, named: bool, decimals: int, symbol: str) -> str:
    amount = _amount(float(row.content), decimals, symbol)  # type: ignore[arg-type]
    return amount if named else f"{row.name} {amount}" if row.own else ""


def _middle(middle: Middle | None, decimals: int, symbol: str) -> list[dict[str, Any]]:
    if middle is None:
        return []
    label = f"Median {_amount(middle.median, decimals, symbol)}"
    drawn = [
        forms.filled(median(), [{"v": middle.median}]),
        forms.filled(median_label(), [{"v": middle.median, "text": label}]),
    ]
    if middle.lower is not None and middle.upper is not None:
        drawn.insert(0, forms.filled(quartiles(), [{"v": middle.lower, "v2": middle.upper}]))
    return drawn


def _encoding(rows: Sequence[Mapping[str, Any]], axis: ValueAxis, symbol: str, named: bool) -> dict[str, Any]:
    scale = {"domain": [axis.low, axis.high], "zero": False, "nice": False}
    ticks = {"values": list(axis.ticks), "format": f",.{axis.decimals}f", "title": None, "domain": False}
    ticks |= {"labelExpr": f"datum.label + '{german.NO_BREAK}{symbol}'"} if symbol in ("%", "€") else {}
    names = [row["name"] for row in rows]
    heads = {"title": None, "domain": False, "ticks": False, "grid": False, "labelLimit": 170}
    by_name = {"field": "name", "type": "nominal", "sort": names, "scale": {"domain": names}, "axis": heads}
    ends = [len(rows) - 0.5, -0.5]
    by_place = {"field": "place", "type": "quantitative", "scale": {"domain": ends, "nice": False}, "axis": None}
    return {
        "x": {"field": "v", "type": "quantitative", "scale": scale, "axis": ticks},
        "y": by_name if named else by_place,
    }


def _alt(title: str, drawn: Sequence[Row], middle: Middle | None, symbol: str, decimals: int) -> str:
    first, last = drawn[0], drawn[-1]
    said = (
        f"Punktdiagramm {title}: {german.counted(len(drawn), 'Stadt', 'Städte')}, von "
        f"{_amount(float(last.content), decimals, symbol)} ({last.name}) "  # type: ignore[arg-type]
        f"bis {_amount(float(first.content), decimals, symbol)} ({first.name})"  # type: ignore[arg-type]
    )
    said += f"; Median {_amount(middle.median, decimals, symbol)}" if middle else ""
    own = next((row for row in drawn if row.own), None)
    said += f"; {own.name}: {_amount(float(own.content), decimals, symbol)}" if own else ""  # type: ignore[arg-type]
    return f"{said}."


@cache
def dot(colour: str, size: int) -> Form:
    mark = alt.Chart().mark_point(shape="circle", color=colour, filled=True, opacity=1, size=size)
    return forms.form(mark.encode(tooltip=TOOLTIP))


@cache
def text(bold: bool, halo: bool) -> Form:
    """On a white halo, so that it can be read across the line of the median."""
    outline: dict[str, Any] = {"stroke": "white", "strokeWidth": 4, "strokeJoin": "round"} if halo else {}
    mark = alt.Chart().mark_text(align="left", dx=10, fontWeight="bold" if bold else "normal", color=INK, **outline)
    return forms.form(mark.encode(text="label:N"))


@cache
def quartiles() -> Form:
    mark = alt.Chart().mark_rect(color=OWN.colour, opacity=0.1)
    return forms.form(mark.encode(y=alt.value(0), y2=alt.value("height"), x2="v2:Q"))


@cache
def median() -> Form:
    mark = alt.Chart().mark_rule(color=INK, strokeDash=[4, 3], strokeWidth=1.5)
    return forms.form(mark.encode(y=alt.value(0), y2=alt.value("height")))


@cache
def median_label() -> Form:
    mark = alt.Chart().mark_text(align="center", baseline="bottom", color=INK, fontSize=12)
    return forms.form(mark.encode(y=alt.value(-4), text="text:N"))
