"""What many tests start from: a small city, an empty store, and deliveries written by hand."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from indicators.catalogue import Catalogue, load
from indicators.deliveries import archive, ledger
from indicators.deliveries.ledger import Receipt, Upload
from indicators.deliveries.reading import Reading
from indicators.model import Breakdown, Observation, Place, Sign, Slice
from indicators.periods import Period
from indicators.store import Store

SMALL_CITY = Path(__file__).parent / "small_city"

Row = tuple[str, str, str, str, float | str]
"""Base figure, reporter, period, breakdown code, value or sign."""


@pytest.fixture(scope="session")
def small_city() -> Catalogue:
    return load(SMALL_CITY)


@pytest.fixture
def store() -> Store:
    return Store(now=datetime(2020, 1, 1))


def observed(row: Row) -> Observation:
    base_figure, reporter, period, breakdown, content = row
    value, sign = (None, Sign(content)) if isinstance(content, str) else (float(content), None)
    return Observation(
        base_figure, reporter, Period.parse(period), Breakdown.parse(breakdown), value, sign, place=Place("Blatt", "B7")
    )


@pytest.fixture
def deliver(store: Store, small_city: Catalogue) -> Callable[..., Receipt]:
    """Commits rows as one delivery; covers the slices of the rows and those given beside them."""

    def commit(*rows: Row, at: datetime, covers: tuple[Slice, ...] = ()) -> Receipt:
        observations = tuple(observed(row) for row in rows)
        slices = tuple(dict.fromkeys([*(Slice(o.base_figure, o.reporter, o.period) for o in observations), *covers]))
        reading = Reading("figures", observations[0].reporter if observations else "FB 51", None, observations, slices)
        upload = Upload("handgemacht.xlsx", repr((rows, at)).encode(), "Test")
        return ledger.commit(store, small_city, upload, reading, archive.valid_deliveries(store, slices), at)

    return commit
