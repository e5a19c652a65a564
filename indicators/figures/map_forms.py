"""What a map is drawn of, in Vega-Lite: shapes once, filled by class, hatched where there is no number."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from indicators.figures.forms import schema, theme_config
from indicators.figures.map_classes import COLOURS, Classes
from indicators.figures.theme import FONT_SIZE, GREY, INK
from indicators.maps.boundaries import Rings
from indicators.maps.hatching import extent, hatched, inner_point

Row = Mapping[str, str]
Part = dict[str, Any]

ANGLES = {"unbekannt oder geheim zu halten": (45.0, 70), "keine Angabe": (135.0, 45)}
"""By what a hatching means: its angle, and how many lines would cross the whole map."""
SYMBOLS = {
    "unbekannt oder geheim zu halten": "M-1,-1H1V1H-1ZM-1,0L0,-1M-1,1L1,-1M0,1L1,0",
    "keine Angabe": "M-1,-1H1V1H-1ZM-1,-1L1,1",
}
LARGE, LOWEST, HIGHEST = 480, 240, 480
SMALL, COLUMNS = 228, 3
NAMED_UP_TO = 12
COARSE = 2.2
HATCH_COLOUR = "#6b6b6b"
BELOW = {"orient": "bottom", "labelLimit": 260, "labelFontSize": 12, "offset": 8}
BESIDE = {
    "orient": "right",
    "labelLimit": 150,
    "labelFontSize": FONT_SIZE,
    "offset": 12,
    "labelExpr": "split(replace(datum.label, ' oder ', ' oder\\n'), '\\n')",
}
"""Where the key of a map stands; beside it, a long word takes two lines."""


@dataclass(frozen=True)
class Drawn:
    """A district's shape within its boundaries, and the kinds of hatching that it ever has."""

    boundaries: int
    code: str
    shape: list[Rings]
    hatches: frozenset[str]


def single(
    rows: Sequence[Row], shapes: Sequence[Drawn], classes: Classes, alt_text: str, *, names: bool, height: int = 0
) -> Part:
    """One map, as wide as the place it is put in, with its key below; on a slide, `height` high, beside it."""
    layers = _layers(rows, classes, _kinds(rows), BESIDE if height else BELOW)
    if names:
        layers += _names(rows, shapes)
    wide, high = extent([one.shape for one in shapes])
    return {
        **_head(alt_text),
        "width": "container",
        "height": height or round(min(max(LARGE * high / wide, LOWEST), HIGHEST)),
        "autosize": {"type": "fit-x", "contains": "padding"},
        "data": {"values": features(shapes)},
        "projection": {"type": "identity", "reflectY": True},
        "layer": layers,
    }


def outlines(names: Mapping[str, str], shapes: Sequence[Drawn], alt_text: str) -> Part:
    """Shapes alone, each with its name: to see whether they are the right ones."""
    rows = [
        {"code": one.code, "name": names[one.code], "text": "", "class": "Gebiet", "hatch": "", "said": names[one.code]}
        for one in shapes
    ]
    found = single(rows, shapes, Classes((), 0, ""), alt_text, names=len(shapes) <= NAMED_UP_TO)
    found["layer"][0]["encoding"] |= {"fill": {"value": COLOURS[1]}, "tooltip": [{"field": "name", "title": "Gebiet"}]}
    return found


def several(
    panels: Sequence[tuple[str, int, Sequence[Row], str]], shapes: Sequence[Drawn], classes: Classes, alt_text: str
) -> Part:
    """Small maps side by side; each panel has its title, the number of its boundaries, its rows and its words."""
    wide, high = extent([one.shape for one in shapes])
    kinds = [kind for kind in ANGLES if any(kind in _kinds(rows) for _, _, rows, _ in panels)]
    return {
        **_head(alt_text),
        "data": {"values": features(shapes, coarse=COARSE)},
        "columns": COLUMNS,
        "spacing": 14,
        "resolve": {"scale": {"fill": "shared", "shape": "shared"}, "legend": {"fill": "shared", "shape": "shared"}},
        "concat": [
            {
                "title": {"text": title, "fontSize": 14, "offset": 4},
                "description": said,
                "width": SMALL,
                "height": round(min(max(SMALL * high / wide, SMALL / 2), SMALL * 1.4)),
                "transform": [{"filter": f"datum.boundaries === {number}"}],
                "projection": {"type": "identity", "reflectY": True},
                "layer": _layers(rows, classes, kinds, BELOW),
            }
            for title, number, rows, said in panels
        ],
    }


def features(shapes: Sequence[Drawn], coarse: float = 1.0) -> list[Part]:
    """Areas, and the lines of their hatchings; on a small map these stand further apart."""
    wide, high = extent([one.shape for one in shapes])
    found: list[Part] = []
    for one in shapes:
        about = {"type": "Feature", "boundaries": one.boundaries, "code": one.code}
        area = {"type": "MultiPolygon", "coordinates": one.shape}
        found.append({**about, "kind": "area", "geometry": area})
        for kind in sorted(one.hatches):
            angle, number = ANGLES[kind]
            lines = {
                "type": "MultiLineString",
                "coordinates": hatched(one.shape, coarse * max(wide, high) / number, angle),
            }
            found.append({**about, "kind": kind, "geometry": lines})
    return found


def _head(alt_text: str) -> Part:
    return {"$schema": schema(), "config": deepcopy(dict(theme_config())), "description": alt_text}


def _kinds(rows: Sequence[Row]) -> list[str]:
    return [kind for kind in ANGLES if any(row["hatch"] == kind for row in rows)]


def _layers(rows: Sequence[Row], classes: Classes, kinds: Sequence[str], key: Part) -> list[Part]:
    table = {"data": {"values": [dict(row) for row in rows]}, "key": "code"}
    look_up = {"lookup": "code", "from": {**table, "fields": ["name", "text", "class", "hatch", "said"]}}
    said = {
        "description": {"field": "said"},
        "tooltip": [{"field": "name", "title": "Gebiet"}, {"field": "text", "title": "Wert"}],
    }
    # Vega reads marks out in English unless the role has a word; the description is the district's own.
    shape = {"type": "geoshape", "stroke": "white", "strokeWidth": 1, "aria": True, "ariaRoleDescription": "Gebiet"}
    fill = {
        "field": "class",
        "type": "nominal",
        "scale": {"domain": list(classes.words), "range": list(classes.colours)},
        "legend": _legend("square") | key | {"symbolStrokeColor": GREY},
    }
    edge = {"condition": {"test": f"datum.class === '{classes.nothing}'", "value": HATCH_COLOUR}, "value": "white"}
    layers: list[Part] = [
        {
            "transform": [{"filter": "datum.kind === 'area'"}, look_up, {"filter": "!!datum.class"}],
            "mark": shape,
            "encoding": {"fill": fill, **({"stroke": edge} if classes.nothing else {}), **said},
        }
    ]
    if kinds:
        layers += [
            {
                "transform": [{"filter": "datum.kind === 'area'"}, look_up, {"filter": "!!datum.hatch"}],
                "mark": {**shape, "fill": "white", "stroke": HATCH_COLOUR},
                "encoding": said,
            },
            {
                "transform": [{"filter": "datum.kind !== 'area'"}, look_up, {"filter": "datum.kind === datum.hatch"}],
                "mark": {"type": "geoshape", "filled": False, "stroke": HATCH_COLOUR, "strokeWidth": 1, "aria": False},
            },
            _key_of_hatchings(kinds, key),
        ]
    return layers


def _legend(symbol: str) -> Part:
    return {
        "title": None,
        "direction": "vertical",
        "columns": 1,
        "labelColor": INK,
        "symbolSize": 190,
        "symbolType": symbol,
        "symbolStrokeWidth": 1,
    }


def _key_of_hatchings(kinds: Sequence[str], key: Part) -> Part:
    """A layer of nothing, whose legend explains the hatchings."""
    scale = {"domain": list(kinds), "range": [SYMBOLS[kind] for kind in kinds]}
    legend = _legend("square") | key | {"symbolFillColor": "white", "symbolStrokeColor": HATCH_COLOUR}
    del legend["symbolType"]
    return {
        "data": {"values": []},
        "mark": {"type": "point", "filled": False, "aria": False},
        "encoding": {"shape": {"field": "hatch", "type": "nominal", "scale": scale, "legend": legend}},
    }


def _names(rows: Sequence[Row], shapes: Sequence[Drawn]) -> list[Part]:
    titles = {row["code"]: row["name"] for row in rows}
    places = [
        {"name": titles[one.code], "x": x, "y": y}
        for one in shapes
        if one.code in titles
        for x, y in [inner_point(one.shape)]
    ]
    mark = {"type": "text", "fontSize": 12, "fontWeight": "bold", "aria": False}
    encoding = {
        "longitude": {"field": "x", "type": "quantitative"},
        "latitude": {"field": "y", "type": "quantitative"},
        "text": {"field": "name"},
    }
    halo = {**mark, "stroke": "white", "strokeWidth": 3, "strokeJoin": "round"}
    return [{"data": {"values": places}, "mark": one, "encoding": encoding} for one in (halo, mark)]
