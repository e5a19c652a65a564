"""The sample Braunschweig is what the README says: real figures, delivered in their order, with a history to show."""

from datetime import date, datetime
from pathlib import Path

import pytest

from indicators.attainment import METHODS
from indicators.catalogue import Catalogue, load
from indicators.knowledge import snapshot
from indicators.knowledge.releases import released
from indicators.ledger import archive
from indicators.model import Breakdown
from indicators.moments import end_of_day
from indicators.periods import Period
from indicators.settings import SAMPLE_DEFINITIONS
from indicators.store import Store

pytestmark = pytest.mark.slow
NOW = datetime(2026, 11, 20)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load(SAMPLE_DEFINITIONS["braunschweig"], methods=METHODS)


@pytest.fixture(scope="module")
def sample(sample_database: Path) -> Store:
    return Store(sample_database)


@pytest.fixture(scope="module")
def known(sample: Store, catalogue: Catalogue) -> snapshot.Snapshot:
    return snapshot.take(sample, catalogue, NOW, suppressed=False)


def test_at_least_thirty_indicators_with_three_or_more_a_field(catalogue):
    assert len(catalogue.indicators) >= 30
    assert len(catalogue.fields) == 10
    assert min(len(catalogue.indicators_of(field.code)) for field in catalogue.fields) >= 3


def test_at_least_fourteen_carry_the_real_series_of_the_city_itself(known):
    real = [code for code in known.catalogue.indicators if known.headline(code).latest_value]
    assert len(real) >= 14
    assert all(len(known.headline(code).points) >= 5 for code in real)


@pytest.mark.parametrize(
    ("code", "breakdown", "period", "value"),
    [
        # Integrationsmonitoring Niedersachsen, Braunschweig, Stadt: 1-2-1 and 2-3-1 (2005)
        ("S-02", "", "2005", 20275),
        ("H-02", "", "2005", 441),
        # 441 / 20275, the office prints 2.1750924784217
        ("H-01", "", "2005", 2.1750924784217),
        # 3-1-2 (2024)
        ("B-06", "", "2024", 34.6245455685095),
        ("B-06", "gebiet=wolfsburg", "2024", 48.2820976491863),
    ],
)
def test_figures_are_the_published_ones(known, code, breakdown, period, value):
    point = known.find(code, Breakdown.parse(breakdown)).at(Period.parse(period))
    assert point is not None
    assert point.value == pytest.approx(value, rel=1e-9)


def test_the_history_has_a_correction_and_a_withdrawn_delivery(sample, known):
    listed = archive.deliveries(sample)
    assert listed["withdrawn"].sum() == 1
    code = "H-02"
    values = {
        snapshot.take(sample, known.catalogue, end_of_day(date(2023, 1, 1).replace(month=month)), suppressed=False)
        .headline(code)
        .at(Period.of_year(2022))
        for month in range(1, 13)
    }
    assert len({point.value for point in values if point}) == 2, "as of 2023 the year 2022 was corrected"


def test_every_target_is_marked_as_an_example(catalogue):
    for indicator in catalogue.indicators.values():
        if any(rule.targets for rule in indicator.rules):
            assert indicator.example_target, indicator.code


def test_every_indicator_names_its_source(catalogue):
    assert all(indicator.source for indicator in catalogue.indicators.values())


def test_readers_find_something_released(sample, known):
    found = released(sample)
    assert list(found) == ["B-02", "B-06", "H-01"]
    assert all(known.headline(code).latest_value for code in found)
