"""Boundaries before they count: drawn with their names, and which of them is which district."""

from collections.abc import Mapping

from indicators.catalogue.schema import Dimension
from indicators.figures import map_forms
from indicators.figures.figure import Figure, framed
from indicators.maps.boundaries import Rings


def preview(dimension: Dimension, shapes: Mapping[str, list[Rings]], source: str) -> Figure:
    drawn = {one.code: one.title for one in dimension.members if one.code in shapes}
    alt = f"Vorschau der Grenzen: {len(drawn)} Gebiete des Merkmals {dimension.title}."
    return Figure(
        f"grenzen-{dimension.code}",
        f"Grenzen: {dimension.title}",
        framed({dimension.title: list(drawn.values())}),
        source=f"Grenzen: {source}" if source else "",
        alt=alt,
        spec=map_forms.outlines(drawn, [map_forms.Drawn(0, code, shapes[code], frozenset()) for code in drawn], alt),
        pictured=True,
    )
