"""A city with four districts, two of which become one in 2023."""

from datetime import date, datetime
from pathlib import Path

import pytest

from indicators.attainment import METHODS
from indicators.catalogue import Catalogue, load
from indicators.knowledge import boundaries, snapshot
from indicators.maps.boundaries import Span
from indicators.maps.matching import likeliest, match
from indicators.maps.reading import read_boundaries
from tests.maps.files import features, geojson, square

NOW = datetime(2026, 1, 10)
UNTIL_2022, SINCE_2023 = Span(date(2015, 1, 1), date(2022, 12, 31)), Span(date(2023, 1, 1))
LONG_SOUTH = [*square(0, 0)[:9], *square(1, 0)[4:13], *square(0, 0)[12:]]
"""The two southern squares in one."""
NEW_SQUARES = {"101": ("Nord/Ost", 1, 1), "104": ("Nord", 0, 1), "105": ("Süden", 0, 0)}

KITA = {
    2020: {"s101": 40, "sued": 3, "sued_ost": 60, "nord": 30},
    2022: {"s101": 44, "sued": 30, "sued_ost": 62, "nord": 33},
    2024: {"s101": 50, "sueden": 95, "nord": 36},
}
CHILDREN = {"s101": 100, "sued": 80, "sued_ost": 90, "nord": 120, "sueden": 170}


@pytest.fixture(scope="session")
def small_city() -> Catalogue:
    return load(Path(__file__).parent / "city", methods=METHODS)


@pytest.fixture
def bring(store, small_city):
    """Keeps a file of boundaries as the office does."""

    def keep(content: bytes, span: Span, at: datetime = NOW, field: str = "", source: str = "Musterstadt, CC BY 4.0"):
        file, dimension = read_boundaries(content, "grenzen.geojson"), small_city.dimensions["stadtteil"]
        found = match(file, dimension, field or likeliest(file, dimension), span)
        boundaries.keep(
            store, "stadtteil", span, found.shapes, source, file.projection, (file.name, content), "Kim", at
        )
        return found

    return keep


@pytest.fixture
def told(deliver, small_city):
    """Three years of children and of children in day care; in 2020 three of them in the south."""
    for year, counts in KITA.items():
        rows = []
        for code, count in counts.items():
            rows.append(("kita_kinder", "FB 51", str(year), f"stadtteil={code}", count))
            rows.append(("kinder", "FB 51", str(year), f"stadtteil={code}", CHILDREN[code]))
        rows.append(("kita_kinder", "FB 51", str(year), "", sum(counts.values())))
        rows.append(("kinder", "FB 51", str(year), "", sum(CHILDREN[code] for code in counts)))
        deliver(*rows, at=datetime(year + 1, 1, 20))


@pytest.fixture
def known(store, small_city, told, bring):
    """What the steering group and what the office see, with boundaries of before and after."""
    bring(geojson(), UNTIL_2022)
    bring(geojson(features(squares=NEW_SQUARES, s105=LONG_SOUTH)), SINCE_2023)

    def look(*, suppressed: bool = True):
        return snapshot.take(store, small_city, datetime(2026, 2, 1), suppressed=suppressed)

    return look
