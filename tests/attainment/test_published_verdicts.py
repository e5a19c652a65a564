"""The published verdicts of the German sustainability strategy: of the 50 at hand all but three come out."""

import pytest

from .published import VERDICTS, compared

pytestmark = pytest.mark.skipif(
    not VERDICTS.exists(), reason="the published verdicts in ../shared/real-verdicts are not on this machine"
)

KNOWN_EXCEPTIONS = {
    # (series, year, target year): what the values give today. In each window a value was revised after the
    # symbol had been published, as the README of the verdicts says; the published words are in the comment.
    ("10-1|Series=foreigns", 2015, None): "Sonne",  # Leicht bewölkt
    ("4-1-a|headline", 2016, 2020): "Sonne",  # Wolke
    ("4-1-a|headline", 2017, 2020): "Sonne",  # Wolke
}


ENOUGH = 0.932
"""The share to be met of whatever the folder holds: 646 of the 693 that were tried from outside."""


def test_the_published_verdicts_match_and_the_exceptions_are_the_known_ones() -> None:
    results = list(compared())
    differing = {(found.series, found.year, found.target_year): found.ours for found in results if not found.met}
    assert len(results) >= 50
    assert 1 - len(differing) / len(results) >= ENOUGH
    if len(results) == 50:
        assert differing == KNOWN_EXCEPTIONS
