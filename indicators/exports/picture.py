"""A chart as it leaves the house: with title, subtitle, notes and source inside the picture.

Figures without a chart are left out of pictures; they have their place in XLSX and CSV.
"""

import textwrap
from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from indicators import german
from indicators.figures import Figure
from indicators.figures.forms import schema
from indicators.figures.theme import GREY, INK, config

WIDTH = 760
SMALL = 12
LINE = 17
BETWEEN = 14
CHARACTERS_A_LINE = 125
TITLE_CHARACTERS = 75


def composed(figures: Sequence[Figure]) -> dict[str, Any]:
    """One specification of all charts, one above the other. Raises ValueError if there is no chart."""
    charts = [figure for figure in figures if figure.spec is not None]
    if not charts:
        raise ValueError("a picture needs a figure with a chart")
    parts = [part for figure in charts for part in (_chart(figure), _footer(figure))]
    return {
        "$schema": schema(),
        "config": {**config(), "padding": 16},
        "description": spoken(charts),
        "vconcat": parts,
        # Else the keys of all charts would stand together at the end.
        "resolve": {part: {"fill": "independent", "shape": "independent"} for part in ("scale", "legend")},
        "spacing": 12,
    }


def spoken(figures: Sequence[Figure]) -> str:
    """What stands for the picture where it cannot be seen."""
    return " ".join(figure.alt for figure in figures if figure.spec is not None and figure.alt)


def _chart(figure: Figure) -> dict[str, Any]:
    chart: dict[str, Any] = deepcopy(figure.spec or {})
    for part in ("$schema", "config", "autosize"):
        chart.pop(part, None)
    if chart.get("width") == "container":
        chart["width"] = WIDTH
    title, subtitle = textwrap.wrap(figure.title, TITLE_CHARACTERS), textwrap.wrap(figure.subtitle, CHARACTERS_A_LINE)
    return {**chart, "title": {"text": title or "", "subtitle": subtitle, "frame": "group"}}


def _footer(figure: Figure) -> Mapping[str, Any]:
    stand = f"Datenstand: {german.moment(figure.moment)}" if figure.moment else ""
    said = [*textwrap.wrap(figure.note, CHARACTERS_A_LINE)]
    said += textwrap.wrap(" · ".join(part for part in (figure.source, stand) if part), CHARACTERS_A_LINE)
    lines = [{"text": text, "y": LINE * number} for number, text in enumerate(said)]
    mark = {"type": "text", "align": "left", "baseline": "top", "fontSize": SMALL, "color": GREY if lines else INK}
    return {
        "data": {"values": lines},
        "mark": {**mark, "x": 0},
        "encoding": {
            "text": {"field": "text"},
            "y": {"field": "y", "type": "quantitative", "scale": None, "axis": None},
        },
        "width": WIDTH,
        "height": LINE * len(lines) + BETWEEN,
    }
