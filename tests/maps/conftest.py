"""A city with four districts, two of which become one in 2023."""

from datetime import datetime
from functools import partial

import pytest

from indicators.attainment import METHODS
from indicators.catalogue import Catalogue, load
from indicators.knowledge import snapshot
from tests.maps import installation
from tests.maps.files import geojson
from tests.maps.installation import CITY, KITA, SINCE_2023, UNTIL_2022


@pytest.fixture(scope="session")
def small_city() -> Catalogue:
    return load(CITY, methods=METHODS)


@pytest.fixture
def bring(store, small_city):
    """Keeps a file of boundaries as the office does."""
    return partial(installation.keep, store, small_city)


@pytest.fixture
def told(deliver):
    """Three years of children and of children in day care; in 2020 three of them in the south."""
    for year, counts in KITA.items():
        deliver(*installation.rows(year, counts), at=datetime(year + 1, 1, 20))


@pytest.fixture
def known(store, small_city, told, bring):
    """What the steering group and what the office see, with boundaries of before and after."""
    bring(geojson(), UNTIL_2022)
    bring(installation.after(), SINCE_2023)

    def look(*, suppressed: bool = True):
        return snapshot.take(store, small_city, datetime(2026, 2, 1), suppressed=suppressed)

    return look
