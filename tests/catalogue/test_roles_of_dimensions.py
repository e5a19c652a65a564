"""Which dimension compares with other places is written, and not known by its code."""

import shutil
from pathlib import Path

import pytest

from indicators.attainment import METHODS
from indicators.catalogue import lint, load
from indicators.figures import trend
from indicators.model import Breakdown, Measurement, Series
from indicators.periods import Period
from indicators.settings import SAMPLE_DEFINITIONS


@pytest.fixture
def definitions(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SAMPLE_DEFINITIONS["braunschweig"], tmp_path / "definitions"))


def changed(folder: Path, old: str, new: str) -> None:
    for file in folder.glob("*.yaml"):
        file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_another_code_will_do(definitions):
    changed(definitions, "gebiet", "orte")
    catalogue = load(definitions, methods=METHODS)
    assert catalogue.comparison == "orte"
    assert catalogue.is_elsewhere(Breakdown.of(orte="hannover"))
    assert not catalogue.is_elsewhere(Breakdown.of(herkunft="deutsch"))
    indicator = next(one for one in catalogue.indicators.values() if one.compare)
    there = indicator.headline.with_("orte", indicator.compare[0])
    both = [
        Series(
            indicator.code, breakdown, tuple(Measurement(Period.of_year(year), 10.0 + year) for year in (2023, 2024))
        )
        for breakdown in (indicator.headline, there)
    ]
    columns = list(trend(both, indicator, catalogue).frame.columns)
    assert catalogue.city.name in columns
    assert catalogue.title_of(Breakdown.of(orte=indicator.compare[0])) in columns


def test_definitions_of_before_there_were_roles_compare_by_the_usual_code(definitions):
    changed(definitions, "    role: comparison\n", "")
    assert load(definitions, methods=METHODS).comparison == "gebiet"


def test_places_stand_in_one_dimension(definitions):
    changed(definitions, "    title: Geschlecht\n", "    title: Geschlecht\n    role: comparison\n")
    faults = [fault.message for fault in lint(definitions, methods=METHODS)]
    assert "Vergleichsgebiete stehen schon im Merkmal „gebiet“." in faults
