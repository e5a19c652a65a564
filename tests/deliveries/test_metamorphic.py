"""The same tables drawn differently are read as before, or with a doubt.

The whole table: `python -m tests.deliveries.metamorphic`.
"""

import pytest

from indicators.tables.crosstab import tabulate
from indicators.workbooks.workbook import Cell, Sheet
from tests.deliveries.metamorphic.judging import GOLDEN, TRANSFORMATIONS, golden_cases, of_reading, quirk_cases, tally
from tests.deliveries.metamorphic.scoring import by_first_reading, by_golden_score

golden = pytest.mark.skipif(not GOLDEN.exists(), reason="../shared/golden fehlt: keine Wahrheiten zum Vergleich")

# What one of our small workbooks cannot do without, as (share right, cells silently wrong).
KNOWN = {
    "no_stub_heads": (0.96, 8),  # heads „Jahr“ and „Alter“ are all that tells years and ages from counts
    "foreign_words": (0.95, 15),  # „Spalte1“ is known by its word only, „lfd. Nr.“ before ages as well
    "small_values": (1, 2), "rates": (1, 2), "negative_values": (1, 2),  # 1 and 2 beside a label, over small values
    "two_rows": (0.97, 0),
    "one_row": (0.93, 5),  # ages need a second row, and heads spelled in numbers a second row below
    "first_value_columns": (0.9, 0),  # classes 5, 6, 7 need a fourth column
    "lost_percent_formats": (0.84, 1),  # every seventh is asked; a lone share among amounts shows nothing
}  # fmt: skip
KNOWN_GOLDEN = {"lost_percent_formats": (0.86, 1)}


@pytest.mark.slow
def test_our_small_workbooks_drawn_differently():
    found = tally(quirk_cases(), by_first_reading)
    assert set(found) == set(TRANSFORMATIONS)
    for name, one in found.items():
        share, silent = KNOWN.get(name, (0.98, 0))
        assert one.share >= share, (name, one.faults)
        assert one.silent <= silent, (name, one.faults)


@golden
@pytest.mark.slow
def test_golden_sheets_drawn_differently():
    """The smaller sheets only: the whole corpus takes four minutes."""
    small = [case for case in golden_cases() if len(case.expected) < 600]
    assert len(small) >= 14
    for name, one in tally(small, by_golden_score).items():
        share, silent = KNOWN_GOLDEN.get(name, (0.98, 0))
        assert one.share >= share, (name, one.faults)
        assert one.false <= 0.005 * one.cells or one.false <= one.cases, (name, one.faults)
        assert one.silent <= silent, (name, one.faults)


def test_what_is_counted_as_wrong():
    """The check itself: another label is wrong, and silent where nothing is doubted."""
    rows = (("Gebiet", "Jahr", "Frauen", "Männer"), ("Mitte", 2020.0, 11.0, 12.0), ("Nord", 2020.0, 21.0, 22.0))
    cells = {
        (down, right): Cell(down, right, value)
        for down, row in enumerate(rows, 1)
        for right, value in enumerate(row, 1)
    }
    sheet = Sheet("Blatt", cells)
    case = of_reading("own", sheet, tabulate(sheet))
    assert by_first_reading(case).right == 4
    other = case.said(sheet, lambda text: text.replace("Nord", "Süd"))
    judged = by_first_reading(other)
    assert (judged.right, judged.false, len(judged.silent)) == (2, 0, 2)
