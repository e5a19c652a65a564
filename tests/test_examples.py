"""The examples in the docstrings of what the rooms hand to each other run, and say what comes out."""

import doctest
import importlib
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest

from indicators.attainment import METHODS
from indicators.catalogue import load
from indicators.datasets import DATA_SETS
from indicators.datasets.reading import Reading
from indicators.ledger.commits import Upload, commit
from indicators.model import Breakdown, Observation, Place
from indicators.periods import Period
from indicators.settings import SAMPLE_DEFINITIONS
from indicators.store import Store


@pytest.fixture
def at_hand() -> Iterator[dict[str, Any]]:
    """The sample's catalogue, an empty store, and one value that can be delivered."""
    store = Store(now=datetime(2020, 1, 1))
    value = Observation(
        "abgaenge_ohne_abschluss",
        "FB 40",
        Period.parse("2024"),
        Breakdown.of(herkunft="auslaendisch"),
        12.5,
        place=Place("Blatt", "B7"),
    )
    yield {
        "store": store,
        "catalogue": load(SAMPLE_DEFINITIONS["braunschweig"], methods=METHODS),
        "upload": Upload("schule.xlsx", b"...", "Frau Kaya"),
        "reading": Reading("figures", "FB 40", None, (value,), (value.slice,)),
        "DATA_SETS": DATA_SETS,
        "date": date,
        "datetime": datetime,
    }
    store.close()


def ran(module: str, name: str, at_hand: dict[str, Any]) -> doctest.TestResults:
    found = importlib.import_module(module)
    [example] = list(doctest.DocTestFinder(recurse=False).find(getattr(found, name), name, found, extraglobs=at_hand))
    return doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(example)


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("indicators.figures.figure", "Figure"),
        ("indicators.datasets.data_set", "DataSet"),
        ("indicators.ledger.commits", "commit"),
    ],
)
def test_the_examples_run(module: str, name: str, at_hand: dict[str, Any]):
    result = ran(module, name, at_hand)
    assert result.attempted > 1 and result.failed == 0


def test_the_example_of_a_snapshot_runs(at_hand: dict[str, Any]):
    commit(at_hand["store"], at_hand["catalogue"], at_hand["upload"], at_hand["reading"], {}, datetime(2026, 3, 1))
    result = ran("indicators.knowledge.snapshot", "take", at_hand)
    assert result.attempted > 1 and result.failed == 0
