"""An installation of the city with maps, for pages and browsers: six years, boundaries of before and after 2023, and in
the last year one district whose number is kept secret and one whose number comes later."""

import shutil
from datetime import date, datetime
from functools import cache
from pathlib import Path

from indicators.attainment import METHODS
from indicators.catalogue import Catalogue, load
from indicators.datasets.reading import Reading
from indicators.datasets.slices import valid_deliveries
from indicators.knowledge import boundaries
from indicators.ledger import commits
from indicators.ledger.commits import Upload
from indicators.maps.boundaries import Span
from indicators.maps.matching import Matched, likeliest, match
from indicators.maps.reading import read_boundaries
from indicators.store import Store
from tests.conftest import Row, observed
from tests.maps.files import features, geojson, square

CITY = Path(__file__).parent / "city"
NOW = datetime(2026, 1, 10)
SOURCE = "Musterstadt, CC BY 4.0"
UNTIL_2022, SINCE_2023 = Span(date(2015, 1, 1), date(2022, 12, 31)), Span(date(2023, 1, 1))
LONG_SOUTH = [*square(0, 0)[:9], *square(1, 0)[4:13], *square(0, 0)[12:]]
"""The two southern squares in one."""
NEW_SQUARES = {"101": ("Nord/Ost", 1, 1), "104": ("Nord", 0, 1), "105": ("Süden", 0, 0)}
Counts = dict[str, float | str]
KITA: dict[int, Counts] = {
    2020: {"s101": 40, "sued": 3, "sued_ost": 60, "nord": 30},
    2022: {"s101": 44, "sued": 30, "sued_ost": 62, "nord": 33},
    2024: {"s101": 50, "sueden": 95, "nord": 36},
}
LATEST: dict[int, Counts] = {2025: {"s101": 52, "sueden": ".", "nord": "..."}}
CHILDREN = {"s101": 100, "sued": 80, "sued_ost": 90, "nord": 120, "sueden": 170}


def rows(year: int, counts: Counts) -> list[Row]:
    """What the department delivers of a year; a total only where every part is a number."""
    found: list[Row] = []
    for code, count in counts.items():
        found.append(("kita_kinder", "FB 51", str(year), f"stadtteil={code}", count))
        found.append(("kinder", "FB 51", str(year), f"stadtteil={code}", CHILDREN[code]))
    numbers = [count for count in counts.values() if not isinstance(count, str)]
    if len(numbers) == len(counts):
        found.append(("kita_kinder", "FB 51", str(year), "", sum(numbers)))
    return [*found, ("kinder", "FB 51", str(year), "", sum(CHILDREN[code] for code in counts))]


def keep(
    store: Store, catalogue: Catalogue, content: bytes, span: Span, at: datetime = NOW, field: str = "",
    source: str = SOURCE,
) -> Matched:  # fmt: skip
    """As the office brings a file of boundaries."""
    file, dimension = read_boundaries(content, "grenzen.geojson"), catalogue.dimensions["stadtteil"]
    found = match(file, dimension, field or likeliest(file, dimension), span)
    boundaries.keep(store, "stadtteil", span, found.shapes, source, file.projection, (file.name, content), "Kim", at)
    return found


@cache
def after() -> bytes:
    return geojson(features(squares=NEW_SQUARES, s105=LONG_SOUTH))


def install(home: Path, *, bounded: bool = True) -> None:
    """The definitions and the database of a new home."""
    shutil.copytree(CITY, home / "definitions")
    (home / "data").mkdir()
    catalogue = load(CITY, methods=METHODS)
    store = Store(home / "data" / "monitoring.duckdb", now=datetime(2020, 1, 1))
    for year, counts in (KITA | LATEST).items():
        at, told = datetime(year + 1, 1, 2), tuple(observed(row) for row in rows(year, counts))
        slices = tuple(dict.fromkeys(one.slice for one in told))
        reading = Reading("figures", "FB 51", None, told, slices)
        commits.commit(store, catalogue, Upload(f"{year}.xlsx", str(at).encode(), "Test"), reading,
                       valid_deliveries(store, slices), at)  # fmt: skip
    if bounded:
        keep(store, catalogue, geojson(), UNTIL_2022)
        keep(store, catalogue, after(), SINCE_2023)
    store.close()
