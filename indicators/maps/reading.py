"""A file of boundaries, read safely: a limit on its size, then a child process with limits, then plain values."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from indicators import german
from indicators.maps.refusing import of_json, too_large
from indicators.model import Finding
from indicators.workbooks.gate import MAX_FILE
from indicators.workbooks.workbook import answered, ask_child

Polygons = list[list[list[list[float]]]]
"""Polygons of rings (the outer one first) of [x, y] in metres, north up."""


@dataclass(frozen=True)
class Area:
    """One area of the file, with its attributes by the names of their columns."""

    attributes: dict[str, str]
    polygons: Polygons


@dataclass(frozen=True)
class BoundaryFile:
    """What stands in a file, before anybody has said which area is which district."""

    name: str
    areas: tuple[Area, ...]
    projection: str
    findings: tuple[Finding, ...]

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The columns that any area has something in, in the order of the file."""
        return tuple(dict.fromkeys(name for area in self.areas for name, text in area.attributes.items() if text))


def read_boundaries(content: bytes, name: str) -> BoundaryFile:
    """Raises WorkbookRejected, with a finding, for everything that holds no boundaries within the limits."""
    if len(content) > MAX_FILE:
        raise too_large(
            f"Die Datei ist {german.number(len(content) / 2**20, 1)} MB groß; erlaubt sind {MAX_FILE >> 20} MB."
        )
    [answer] = answered(ask_child(content, "", program="indicators.maps.child"))
    return built(name, answer)


def built(name: str, answer: dict[str, Any]) -> BoundaryFile:
    """From what the child answers."""
    return BoundaryFile(
        name,
        tuple(Area(dict(one["attributes"]), one["polygons"]) for one in answer["features"]),
        str(answer["projection"]),
        tuple(of_json(one) for one in answer["told"]),
    )
