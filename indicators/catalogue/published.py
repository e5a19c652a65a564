"""Of whom a published table is, as a base figure says it: „12411-01-01-5 · BEVSTD · Ausländer · Gruppe: Ausländisch“.

Without a group it is of all that the base figure counts.
"""

import re
from collections.abc import Iterator, Mapping

from indicators.catalogue.schema import BaseFigure, Dimension
from indicators.model import Breakdown

SEPARATORS = re.compile(r"[·|]")
GROUP = re.compile(r"\s*gruppe\s*:\s*(.*?)\s*", re.IGNORECASE)


def is_group(part: str) -> bool:
    return GROUP.fullmatch(part) is not None


def group_of(line: str, figure: BaseFigure, dimensions: Mapping[str, Dimension]) -> Breakdown | None:
    """The members that the line names, by code or title; None where one is not known, or could be two."""
    found: dict[str, str] = {}
    for name in _named(line):
        places = [
            (axis, member.code)
            for axis in figure.dimensions
            if axis in dimensions and not dimensions[axis].compares
            for member in dimensions[axis].members
            if name.casefold() in (member.code.casefold(), member.title.casefold())
        ]
        if len(places) != 1 or places[0][0] in found:
            return None
        found.update(places)
    return Breakdown.of(**found)


def _named(line: str) -> Iterator[str]:
    for part in SEPARATORS.split(line):
        if group := GROUP.fullmatch(part):
            yield from (name.strip() for name in group[1].split(","))
