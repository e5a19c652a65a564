"""What all formats become: features with attributes and polygons as they stand in the file."""

from dataclasses import dataclass
from typing import Any

from indicators.model import Finding

Point = tuple[float, float]
Ring = list[Point]
Attributes = dict[str, str]


@dataclass(frozen=True)
class Feature:
    """`rings` of a shapefile are in no order; `polygons` are lists of rings, the outer one first."""

    attributes: Attributes
    polygons: list[list[Ring]]
    rings: list[Ring]

    @property
    def points(self) -> int:
        return sum(map(len, self.rings)) + sum(len(ring) for polygon in self.polygons for ring in polygon)


@dataclass(frozen=True)
class Raw:
    """`projection` is what the file itself says of its coordinates; empty where it says nothing."""

    features: list[Feature]
    projection: str
    told: list[Finding]


def text_of(value: Any) -> str:
    """An attribute as a person reads it: 101.0 is „101“, nothing is empty."""
    if value is None or isinstance(value, dict | list):
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())[:LONGEST]


LONGEST = 120
