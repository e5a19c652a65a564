"""Districts merge: a table that lacks the members of another time is whole, and its total gives a small one away."""

import pytest

from indicators.suppression.tables import Sums
from tests.suppression.catalogues import catalogue, figure, indicator

DISTRICTS = """dimensions:
  - code: gebiet
    title: Stadtteil
    complete: true
    members:
      - {code: nord, title: Nord}
      - {code: sued, title: Süd}
      - {code: west, title: West}
      - {code: mitte, title: Mitte, follows: [nord, sued], valid_from: "2026"}
"""


@pytest.mark.parametrize(
    ("there", "whole"), [(("nord", "sued", "west"), True), (("mitte", "west"), True), (("nord", "sued"), False)]
)
def test_a_table_of_the_members_of_its_time_is_whole(there, whole):
    town = catalogue([figure("a", more=", dimensions: [gebiet]")], [indicator("A-01", "a")], dimensions=DISTRICTS)
    (found,) = Sums(town).of(["", *(f"gebiet={member}" for member in there)])
    assert found.whole is whole
