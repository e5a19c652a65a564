"""Parallel lines within a shape: how a district without a number is drawn, since charts know no patterns."""

import math

import shapely
from shapely.geometry import LineString, MultiLineString, MultiPolygon, Polygon

from indicators.maps.boundaries import Rings

Lines = list[list[list[float]]]


def polygon(polygons: list[Rings]) -> MultiPolygon:
    return MultiPolygon([Polygon(rings[0], rings[1:]) for rings in polygons])


def hatched(polygons: list[Rings], gap: float, degrees: float, decimals: int = 1) -> Lines:
    """Lines at the angle (counter-clockwise from the east), so far apart, within the shape. They stand where they would
    in any other shape too, so that neighbours are hatched as one."""
    shape = shapely.make_valid(polygon(polygons))
    left, low, right, high = shape.bounds
    turn = math.radians(degrees)
    along, across = (math.cos(turn), math.sin(turn)), (-math.sin(turn), math.cos(turn))
    corners = [(x, y) for x in (left, right) for y in (low, high)]
    offsets = [x * across[0] + y * across[1] for x, y in corners]
    reach = [x * along[0] + y * along[1] for x, y in corners]
    first, last = math.ceil(min(offsets) / gap), math.floor(max(offsets) / gap)
    every = MultiLineString(
        [
            LineString([_at(place, number * gap, along, across) for place in (min(reach), max(reach))])
            for number in range(first, last + 1)
        ]
    )
    cut = shape.intersection(every)
    return [
        [[round(x, decimals), round(y, decimals)] for x, y in shapely.get_coordinates(line).tolist()]
        for line in shapely.get_parts(cut)
        if isinstance(line, LineString)
    ]


def _at(place: float, offset: float, along: tuple[float, float], across: tuple[float, float]) -> tuple[float, float]:
    return place * along[0] + offset * across[0], place * along[1] + offset * across[1]


def inner_point(polygons: list[Rings]) -> tuple[float, float]:
    """Within the shape, where its name fits best."""
    largest = max(polygon(polygons).geoms, key=lambda one: one.area)
    x, y = shapely.get_coordinates(shapely.maximum_inscribed_circle(largest))[0]
    return float(x), float(y)


def extent(shapes: list[list[Rings]]) -> tuple[float, float]:
    """Width and height of all together."""
    points = [point for polygons in shapes for rings in polygons for point in rings[0]]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return max(xs) - min(xs), max(ys) - min(ys)
