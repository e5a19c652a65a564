"""GeoJSON and TopoJSON, as far as they hold polygons (RFC 7946; the TopoJSON specification, 1.0)."""

import json
import math
from collections.abc import Iterable, Iterator
from typing import Any

from indicators.maps.raw import Attributes, Feature, Raw, Ring, text_of
from indicators.maps.refusing import damaged, no_boundaries
from indicators.model import Finding, Severity

Shape = dict[str, Any]


def read(content: bytes) -> Raw:
    """Raises WorkbookRejected for what is neither, or has no polygon."""
    text, told = _text(content)
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise damaged("Die Datei sieht nach GeoJSON aus, ist aber unvollständig oder beschädigt.") from error
    if not isinstance(whole, dict):
        raise no_boundaries("Die Datei ist JSON, enthält aber keine Gebiete.")
    try:
        features = list(_topology(whole) if whole.get("type") == "Topology" else _features(whole))
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        raise damaged("Die Gebiete in der Datei lassen sich nicht lesen: Koordinaten oder Angaben fehlen.") from error
    return Raw(features, _projection(whole), told)


def _text(content: bytes) -> tuple[str, list[Finding]]:
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        said = "Die Datei ist nicht in UTF-8 geschrieben; Umlaute wurden als Windows-Zeichen (cp1252) gelesen."
        remedy = "Die Namen in der Vorschau ansehen."
        return content.decode("cp1252", "replace"), [Finding("map-encoding", Severity.HINT, said, remedy)]


def _projection(whole: Shape) -> str:
    crs = whole.get("crs")
    named = crs.get("properties", {}) if isinstance(crs, dict) else {}
    return text_of(named.get("name")) if isinstance(named, dict) else ""


def _features(whole: Shape) -> Iterator[Feature]:
    if whole.get("type") == "FeatureCollection":
        for one in whole["features"]:
            yield from _features(one)
    elif whole.get("type") == "Feature":
        yield Feature(_attributes(whole), list(_polygons(whole.get("geometry"))), [])
    else:
        raise no_boundaries("Die Datei ist JSON, aber weder GeoJSON noch TopoJSON.")


def _attributes(feature: Shape) -> Attributes:
    own = feature.get("properties") or {}
    identity = {"id": feature["id"]} if "id" in feature and "id" not in own else {}
    return {str(name): text_of(value) for name, value in {**identity, **own}.items()}


def _polygons(geometry: Shape | None) -> Iterator[list[Ring]]:
    if geometry is None:
        return
    kind = geometry["type"]
    if kind == "Polygon":
        yield [_ring(ring) for ring in geometry["coordinates"]]
    elif kind == "MultiPolygon":
        for polygon in geometry["coordinates"]:
            yield [_ring(ring) for ring in polygon]
    elif kind == "GeometryCollection":
        for inner in geometry["geometries"]:
            yield from _polygons(inner)


def _ring(points: Iterable[Any]) -> Ring:
    return [(_number(point[0]), _number(point[1])) for point in points]


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(f"no coordinate: {value!r}")
    return float(value)


def _topology(whole: Shape) -> Iterator[Feature]:
    """Arcs are shared between neighbours: each is put together once, with the deltas of a quantised file summed."""
    arcs = [_arc(arc, whole.get("transform")) for arc in whole["arcs"]]
    for geometry in (part for held in whole["objects"].values() for part in _members(held)):
        yield Feature(_attributes(geometry), [_joined(polygon, arcs) for polygon in _arc_lists(geometry)], [])


def _members(held: Shape) -> Iterator[Shape]:
    if held.get("type") == "GeometryCollection":
        for inner in held["geometries"]:
            yield from _members(inner)
    else:
        yield held


def _arc_lists(geometry: Shape) -> list[list[list[int]]]:
    kind = geometry.get("type")
    return geometry["arcs"] if kind == "MultiPolygon" else [geometry["arcs"]] if kind == "Polygon" else []


def _arc(points: list[Any], transform: Shape | None) -> Ring:
    if transform is None:
        return _ring(points)
    (wide, high), (left, low) = transform["scale"], transform["translate"]
    x, y, found = 0.0, 0.0, []
    for point in points:
        x, y = x + _number(point[0]), y + _number(point[1])
        found.append((x * wide + left, y * high + low))
    return found


def _joined(rings: list[list[int]], arcs: list[Ring]) -> list[Ring]:
    """The point where two arcs meet stands in both; an arc „~n“ is n backwards."""
    found = []
    for numbers in rings:
        ring: Ring = []
        for number in numbers:
            arc = arcs[number] if number >= 0 else arcs[~number][::-1]
            ring += arc[1:] if ring else arc
        found.append(ring)
    return found
