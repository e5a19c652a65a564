"""Boundaries as they are kept: the shapes of a dimension's members, and the days for which they hold."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from indicators import german

Rings = list[list[list[float]]]
Shapes = Mapping[str, list[Rings]]
"""By member its polygons, each a list of rings (the outer one first) of [x, y] in metres, north up."""


@dataclass(frozen=True)
class Span:
    """From which day on, and up to which, shapes hold; no last day means: until others follow."""

    begin: date
    end: date | None = None

    def holds(self, day: date) -> bool:
        return self.begin <= day and (self.end is None or day <= self.end)

    def meets(self, other: "Span") -> bool:
        """Whether there is a day on which both hold."""
        return (self.end is None or other.begin <= self.end) and (other.end is None or self.begin <= other.end)

    @property
    def words(self) -> str:
        """„ab 01.01.2025“, „01.01.2005 bis 31.12.2024“."""
        begin = german.day(self.begin)
        return f"ab {begin}" if self.end is None else f"{begin} bis {german.day(self.end)}"


@dataclass(frozen=True)
class Boundaries:
    """`number` is theirs in the store. `source` is the line that must stand under every map."""

    number: int
    dimension: str
    span: Span
    shapes: Shapes
    source: str
    file_name: str
    sha256: str
    projection: str
    at: datetime
    by: str


def in_force(found: Iterable[Boundaries], dimension: str, day: date) -> Boundaries | None:
    """The last that came in of those that hold on the day."""
    own = [one for one in found if one.dimension == dimension and one.span.holds(day)]
    return max(own, key=lambda one: one.number, default=None)


def packed(shapes: Shapes) -> str:
    """The same shapes give the same text."""
    return json.dumps(shapes, separators=(",", ":"), sort_keys=True)


def unpacked(text: str) -> Shapes:
    found: Shapes = json.loads(text)
    return found
