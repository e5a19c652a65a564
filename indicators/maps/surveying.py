"""From polygons as they stand in a file to shapes that can be drawn: valid, in metres, simplified with their borders
still shared. Runs in the child process."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from indicators import german
from indicators.maps.raw import Attributes, Feature, Raw, Ring
from indicators.maps.refusing import MAX_POINTS, MAX_SHAPES, damaged, no_boundaries, too_large
from indicators.model import Finding, Severity

MOST_KEPT_POINTS = 8_000
"""So that a map is some 100 KB on its way to the browser."""
FINEST, COARSEST = 3000, 250
"""Of the larger side of the map: what is smaller than this part of it is left out, at first and at most."""
STEPS = 20_000
"""Coordinates are kept to this part of the larger side of the map."""
OVERLAP = 0.005
"""So much of the smaller one lies within another before it is told."""
METRES_A_DEGREE = 111_195.0
GERMANY = (5.5, 47.0, 15.5, 55.5)


@dataclass(frozen=True)
class Surveyed:
    """One feature's attributes and its polygons: lists of rings of [x, y], north up, in metres."""

    attributes: Attributes
    polygons: list[list[list[list[float]]]]


@dataclass(frozen=True)
class Survey:
    features: list[Surveyed]
    projection: str
    told: list[Finding]


def survey(raw: Raw) -> Survey:
    """Raises WorkbookRejected where there is nothing to draw."""
    features = [one for one in raw.features if one.polygons or one.rings]
    told = list(raw.told)
    if not features:
        raise no_boundaries("Die Datei enthält keine Flächen.")
    _check_size(features)
    if empty := len(raw.features) - len(features):
        said = f"Ohne Fläche und übergangen: {german.counted(empty, 'Eintrag', 'Einträge')} der Datei."
        told.append(Finding("map-no-area", Severity.HINT, said, "Nichts."))
    shapes = [_mended(one, told) for one in features]
    metric, projection = _in_metres(shapes, raw.projection, told)
    _tell_overlaps(metric, features, told)
    drawn = _simplified(metric)
    before, after = sum(one.points for one in features), int(shapely.get_num_coordinates(drawn).sum())
    shown = german.counted(len(features), "Fläche", "Flächen")
    said = f"{shown} mit {german.counted(before, 'Punkt', 'Punkten')}, vereinfacht auf {german.number(after, 0)}."
    told.append(Finding("map-simplified", Severity.HINT, said, "In der Vorschau ansehen."))
    decimals = _decimals(drawn)
    return Survey(
        [Surveyed(one.attributes, _rings_of(shape, decimals)) for one, shape in zip(features, drawn, strict=True)],
        projection,
        told,
    )


def _check_size(features: Sequence[Feature]) -> None:
    if len(features) > MAX_SHAPES:
        raise too_large(f"Die Datei enthält {len(features)} Gebiete; erlaubt sind {MAX_SHAPES}.")
    points = sum(one.points for one in features)
    if points > MAX_POINTS:
        raise too_large(f"Die Umrisse haben zusammen {points} Punkte; erlaubt sind {MAX_POINTS}.")


def _mended(feature: Feature, told: list[Finding]) -> BaseGeometry:
    """A valid area. Of rings in no order, what lies in an odd number of them is inside."""
    found = _even_odd(feature.rings) if feature.rings else _united(feature.polygons)
    if found is None or not shapely.is_valid(found):
        reason = "ein Ring hat weniger als drei Punkte" if found is None else _why(found)
        name = " ".join(text for text in list(feature.attributes.values())[:2] if text)
        said = f"Die Fläche „{name}“ war ungültig ({reason}) und wurde ausgebessert."
        told.append(Finding("map-mended", Severity.HINT, said, "In der Vorschau ansehen, ob ihr Umriss stimmt."))
    return _areas(found) if found is not None else Polygon()


def _areas(shape: BaseGeometry) -> BaseGeometry:
    """The shape itself where it is valid, else what area it has."""
    if shapely.is_valid(shape):
        return shape
    parts = shapely.get_parts(shapely.make_valid(shape))
    return shapely.union_all([part for part in parts if part.geom_type.endswith("Polygon")])


def _united(polygons: Sequence[Sequence[Ring]]) -> BaseGeometry | None:
    usable = [[ring for ring in polygon if len(ring) > 3] for polygon in polygons]
    if any(not polygon for polygon in usable):
        return None if len(polygons) == 1 else _united([one for one in polygons if one and len(one[0]) > 3])
    return MultiPolygon([Polygon(polygon[0], polygon[1:]) for polygon in usable])


def _even_odd(rings: Sequence[Ring]) -> BaseGeometry | None:
    usable = [ring for ring in rings if len(ring) > 3]
    if not usable:
        return None
    plain = [Polygon(ring) for ring in usable]
    if len(plain) == 1:
        return plain[0]
    whole: BaseGeometry = Polygon()
    for one in plain:
        whole = whole.symmetric_difference(one if one.is_valid else shapely.make_valid(one))
    return whole


def _why(shape: BaseGeometry) -> str:
    said = shapely.is_valid_reason(shape)
    return "sie überschneidet sich selbst" if "elf-intersection" in said else "ihre Ringe passen nicht zusammen"


def _in_metres(shapes: Sequence[BaseGeometry], said: str, told: list[Finding]) -> tuple[list[BaseGeometry], str]:
    """Degrees become metres by a plane that touches the city in its middle: on its few kilometres nothing is bent."""
    left, low, right, high = (float(number) for number in shapely.total_bounds(list(shapes)))
    if not all(map(math.isfinite, (left, low, right, high))) or right <= left or high <= low:
        raise damaged("Die Flächen in der Datei haben keine Ausdehnung.")
    if max(abs(left), abs(right)) > 180 or max(abs(low), abs(high)) > 90:
        called = said or "ohne Namen"
        text = f"Die Karte ist in Metern gezeichnet (Projektion: {called}) und bleibt so."
        told.append(Finding("map-projection", Severity.HINT, text, "Nichts.", found=said))
        return list(shapes), f"Meter, {said}" if said else "Meter"
    turned = _within((low, left, high, right)) and not _within((left, low, right, high))
    if turned:
        shapes = [shapely.transform(one, lambda points: points[:, ::-1]) for one in shapes]
        left, low, right, high = low, left, high, right
        text = "In der Datei steht erst die Breite, dann die Länge; beides wurde getauscht."
        told.append(Finding("map-projection", Severity.HINT, text, "In der Vorschau ansehen, ob Norden oben ist."))
    elif not _within((left, low, right, high)):
        text = f"Die Koordinaten sind Grade, liegen aber nicht in Deutschland (Länge {left:.2f}, Breite {low:.2f})."
        told.append(Finding("map-elsewhere", Severity.WARNING, text, "Prüfen, ob es die richtige Datei ist."))
    narrow = math.cos(math.radians((low + high) / 2))
    text = "Die Koordinaten sind Grade (Länge und Breite); sie wurden in Meter umgerechnet."
    told.append(Finding("map-projection", Severity.HINT, text, "Nichts.", found=said))
    scaled = [
        shapely.transform(one, lambda points: (points - (left, low)) * (METRES_A_DEGREE * narrow, METRES_A_DEGREE))
        for one in shapes
    ]
    return scaled, "Grad, umgerechnet in Meter"


def _within(bounds: tuple[float, float, float, float]) -> bool:
    return bounds[0] >= GERMANY[0] and bounds[1] >= GERMANY[1] and bounds[2] <= GERMANY[2] and bounds[3] <= GERMANY[3]


def _tell_overlaps(shapes: Sequence[BaseGeometry], features: Sequence[Feature], told: list[Finding]) -> None:
    tree = shapely.STRtree(list(shapes))
    pairs = tree.query(list(shapes), predicate="intersects")
    named = []
    for one, other in zip(*pairs, strict=True):
        if one < other:
            smaller = min(shapes[one].area, shapes[other].area)
            if smaller and shapes[one].intersection(shapes[other]).area > OVERLAP * smaller:
                named.append(f"„{_name(features[one])}“ und „{_name(features[other])}“")
    if named:
        more = f" und {len(named) - 3} weitere Paare" if len(named) > 3 else ""
        said = f"Flächen überdecken sich: {'; '.join(named[:3])}{more}."
        told.append(Finding("map-overlap", Severity.WARNING, said, "Im Geoinformationssystem berichtigen."))


def _name(feature: Feature) -> str:
    return next((text for text in feature.attributes.values() if text and not text.replace(".", "").isdigit()), "?")


def _simplified(shapes: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    """As fine as the number of points allows; no shape vanishes."""
    left, low, right, high = shapely.total_bounds(list(shapes))
    side, fineness = max(right - left, high - low), FINEST
    while True:
        drawn = list(shapely.coverage_simplify(list(shapes), side / fineness))
        if shapely.get_num_coordinates(drawn).sum() <= MOST_KEPT_POINTS or fineness <= COARSEST:
            return [new if new.area > 0 else old for new, old in zip(drawn, shapes, strict=True)]
        fineness //= 2


def _decimals(shapes: Sequence[BaseGeometry]) -> int:
    left, low, right, high = shapely.total_bounds(list(shapes))
    return max(0, math.ceil(math.log10(STEPS / max(right - left, high - low))))


def _rings_of(shape: BaseGeometry, decimals: int) -> list[list[list[list[float]]]]:
    """Rounded; what rounding makes invalid, where a border runs back along itself, is mended once more."""
    rounded = shapely.transform(shape, lambda points: points.round(decimals))
    return [
        [_short(shapely.get_coordinates(ring).tolist()) for ring in (polygon.exterior, *polygon.interiors)]
        for polygon in shapely.get_parts(_areas(rounded))
        if isinstance(polygon, Polygon) and not polygon.is_empty
    ]


def _short(points: list[list[float]]) -> list[list[float]]:
    """Whole metres without „.0“: half as much on the way to the browser."""
    return [[int(number) if number.is_integer() else number for number in point] for point in points]
