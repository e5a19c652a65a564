"""The invented boundaries of Musterstadt's districts: before and after two of them became one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path

from indicators.catalogue import Catalogue
from indicators.knowledge.boundaries import keep
from indicators.maps import child
from indicators.maps.boundaries import Span
from indicators.maps.matching import likeliest, match
from indicators.maps.reading import built
from indicators.samples.delivering import Step
from indicators.store import Store

DISTRICTS, OFFICE = "stadtteil", "Stabsstelle Integration"
SOURCE = "Musterstadt (erfunden)"


@dataclass(frozen=True)
class Brought:
    """A file and when it came in (UTC)."""

    file: str
    at: datetime
    span: Span


BROUGHT = (
    Brought("grenzen-bis-2024.geojson", datetime(2024, 1, 16, 9, 10), Span(date(2015, 1, 1), date(2024, 12, 31))),
    Brought("grenzen-ab-2025.geojson", datetime(2025, 1, 20, 13, 40), Span(date(2025, 1, 1))),
)


def plan(folder: Path) -> Iterator[Step]:
    for one in BROUGHT:
        act = partial(_bring, one=one, content=(folder / one.file).read_bytes())
        yield Step(one.at, "boundaries", one.file, OFFICE, "", act=act)


def _bring(store: Store, catalogue: Catalogue, one: Brought, content: bytes) -> None:
    """Our own file needs no process of its own."""
    read, dimension = built(one.file, child.read(content)), catalogue.dimensions[DISTRICTS]
    found = match(read, dimension, likeliest(read, dimension), one.span)
    keep(store, DISTRICTS, one.span, found.shapes, SOURCE, read.projection, (one.file, content), OFFICE, one.at)
