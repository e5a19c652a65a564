"""What is hidden in tables that an official would recognise. Base figures are those of tests/suppression/city."""

import pytest

from indicators.model import Breakdown
from indicators.periods import Period
from indicators.suppression import Hidden
from tests.suppression.one_state import hidden_values
from tests.suppression.tables import Row, city, frame

QUARTER = "2025-Q{}".format


def hide(*rows: Row) -> Hidden:
    found = hidden_values(frame(rows), city())
    assert not found.unsafe
    return found


def codes(hidden: Hidden, figure: str) -> set[str]:
    return {value.breakdown.code for value in hidden.values if value.base_figure == figure}


def test_nothing_small_nothing_hidden():
    assert not hide(("beratene", "", "2025", 60), ("vermittelte", "", "2025", 30)).values


def test_counts_below_the_threshold_are_hidden_and_a_second_cell_of_the_row():
    hidden = hide(
        ("beratene", "geschlecht=weiblich", "2025", 3),
        ("beratene", "geschlecht=maennlich", "2025", 40),
        ("beratene", "geschlecht=divers", "2025", 20),
        ("beratene", "", "2025", 63),
    )
    assert "geschlecht=weiblich" in codes(hidden, "beratene")
    assert len(hidden.values) == 2
    small = [value for value in hidden.values if value.small]
    assert [(value.value, value.breakdown) for value in small] == [(3.0, Breakdown.of(geschlecht="weiblich"))]
    assert small[0].reason == "Die Zahl ist zu klein."


def test_without_a_total_one_hidden_cell_is_enough():
    hidden = hide(
        ("beratene", "geschlecht=weiblich", "2025", 3),
        ("beratene", "geschlecht=maennlich", "2025", 40),
        ("beratene", "geschlecht=divers", "2025", 20),
    )
    assert codes(hidden, "beratene") == {"geschlecht=weiblich"}


def test_a_total_that_is_not_shown_can_be_had_from_another_dimension():
    """The ages add up to 63, so the 3 women follow from 40 men and 20 others unless one more cell is hidden."""
    sexes: list[Row] = [
        ("beratene", "geschlecht=weiblich", "2025", 3),
        ("beratene", "geschlecht=maennlich", "2025", 40),
        ("beratene", "geschlecht=divers", "2025", 20),
    ]
    ages: list[Row] = [
        ("beratene", f"alter={code}", "2025", count)
        for code, count in (("unter_18", 10), ("bis_27", 20), ("bis_65", 13), ("ab_65", 20))
    ]
    assert len(hide(*sexes).values) == 1
    assert len(hide(*sexes, *ages).values) == 2
    assert len(hide(*sexes, *ages[:-1]).values) == 1


def test_the_threshold_itself_is_shown():
    assert not hide(("beratene", "", "2025", 5)).values
    assert hide(("beratene", "", "2025", 4)).values


def test_zeros_are_shown_unless_the_catalogue_says_otherwise():
    assert not hide(("beratene", "", "2025", 0)).values
    assert codes(hide(("lernende", "", "2025", 0)), "lernende") == {""}


def test_a_shown_zero_is_no_second_cell():
    """divers = 0 would protect nothing, since everybody knows that zeros are shown."""
    hidden = hide(
        ("beratene", "geschlecht=weiblich", "2025", 3),
        ("beratene", "geschlecht=maennlich", "2025", 40),
        ("beratene", "geschlecht=divers", "2025", 0),
        ("beratene", "", "2025", 43),
    )
    assert codes(hidden, "beratene") == {"geschlecht=weiblich", "geschlecht=maennlich"}


def test_what_is_missing_from_a_complete_table_is_a_number_too():
    """63 people, 61 of them women or men: so 2 are diverse, whom no cell shows."""
    hidden = hide(
        ("beratene", "geschlecht=weiblich", "2025", 21),
        ("beratene", "geschlecht=maennlich", "2025", 40),
        ("beratene", "", "2025", 63),
    )
    assert len(hidden.values) == 1


def test_a_cell_that_came_in_as_secret_stays_secret():
    """The department wrote *; 63 - 40 - 20 would give it away."""
    hidden = hide(
        ("beratene", "geschlecht=weiblich", "2025", "*"),
        ("beratene", "geschlecht=maennlich", "2025", 40),
        ("beratene", "geschlecht=divers", "2025", 20),
        ("beratene", "", "2025", 63),
    )
    assert len(hidden.values) == 1


def test_those_who_are_missing_from_a_rate_are_few():
    """38 of 40 placed: 2 are not, and both numbers together would say so."""
    hidden = hide(("beratene", "", "2025", 40), ("vermittelte", "", "2025", 38))
    assert len(hidden.values) == 1
    assert hide(("beratene", "", "2025", 40), ("vermittelte", "", "2025", 35)).values == ()


def test_everyone_and_no_one_are_zeros_and_shown():
    assert not hide(("beratene", "", "2025", 40), ("vermittelte", "", "2025", 40)).values
    assert not hide(("bewohner", "", "2025", 3), ("beratene", "", "2025", 0)).values


def test_a_small_numerator_of_a_small_denominator_takes_both():
    """3 of 6: the numerator lies between 1 and 6, an interval of 5, as long as the 6 is shown."""
    hidden = hide(("beratene", "", "2025", 6), ("vermittelte", "", "2025", 3))
    assert {value.base_figure for value in hidden.values} == {"beratene", "vermittelte"}


def test_a_numerator_above_its_denominator_is_no_part_of_it():
    assert not hide(("beratene", "", "2025", 40), ("vermittelte", "", "2025", 42)).values


def test_a_hidden_quarter_takes_another_quarter_or_the_year():
    hidden = hide(*(("kurse", "", QUARTER(n), count) for n, count in enumerate((2, 20, 30, 40), start=1)))
    periods = {value.period for value in hidden.values}
    assert Period.quarter(2025, 1) in periods
    assert len(periods) == 2


def test_three_quarters_do_not_make_a_year():
    hidden = hide(*(("kurse", "", QUARTER(n), count) for n, count in enumerate((2, 20, 30), start=1)))
    assert {value.period for value in hidden.values} == {Period.quarter(2025, 1)}


def test_small_quarters_may_make_a_year_that_is_shown():
    """1 + 2 + 2 + 2 = 7: each quarter lies between 1 and 4, wider than 3 only with the year hidden as well."""
    small = hide(*(("kurse", "", QUARTER(n), count) for n, count in enumerate((1, 2, 2, 2), start=1)))
    assert Period.of_year(2025) in {value.period for value in small.values}
    larger = hide(*(("kurse", "", QUARTER(n), 2) for n in (1, 2, 3, 4)))
    assert Period.of_year(2025) not in {value.period for value in larger.values}


def test_the_growth_of_a_count_since_january_is_a_number_too():
    """30 until June, 32 until September: 2 in the third quarter."""
    hidden = hide(*(("abschluesse", "", QUARTER(n), count) for n, count in enumerate((10, 30, 32, 50), start=1)))
    assert len(hidden.values) == 1
    assert hidden.values[0].period in (Period.quarter(2025, 2), Period.quarter(2025, 3))


def test_a_count_since_january_begins_anew_in_january():
    assert not hide(("abschluesse", "", "2024-Q4", 50), ("abschluesse", "", "2025-Q1", 52)).values


def test_those_beside_a_darunter_member_are_few():
    """48 of 50 foreigners are from the EU."""
    hidden = hide(
        ("gemeldete", "herkunft=deutsch", "2025", 500),
        ("gemeldete", "herkunft=auslaendisch", "2025", 50),
        ("gemeldete", "herkunft=darunter_eu", "2025", 48),
        ("gemeldete", "", "2025", 550),
    )
    assert codes(hidden, "gemeldete") == {"herkunft=darunter_eu"}


def test_comparison_areas_are_no_parts_of_the_city():
    hidden = hide(("gemeldete", "", "2025", 300), ("gemeldete", "gebiet=land", "2025", 302))
    assert not hidden.values


def test_two_of_no_level_at_all():
    """30 + 20 + 10 = 60 of 62 learners have a level; 2 have none."""
    hidden = hide(
        ("lernende", "niveau=a2", "2025", 30),
        ("lernende", "niveau=b1", "2025", 20),
        ("lernende", "niveau=b2", "2025", 10),
        ("lernende", "", "2025", 62),
    )
    assert len(hidden.values) == 1


def test_pupils_of_no_listed_school_are_few():
    """100 pupils, 60 at the one, 39 at the other type of school: 1 elsewhere."""
    hidden = hide(("schueler", "", "2025", 100), ("gymnasium", "", "2025", 60), ("gesamtschule", "", "2025", 39))
    assert len(hidden.values) == 1
    assert not hide(
        ("schueler", "", "2025", 100), ("gymnasium", "", "2025", 60), ("gesamtschule", "", "2025", 30)
    ).values


def test_figures_without_a_threshold_are_hidden_only_for_others():
    assert not hide(("bewohner", "", "2025", 2)).values


@pytest.mark.parametrize("order", [1, -1])
def test_the_order_of_rows_is_irrelevant(order):
    rows: list[Row] = [
        ("beratene", "geschlecht=weiblich", "2025", 3),
        ("beratene", "geschlecht=maennlich", "2025", 40),
        ("beratene", "geschlecht=divers", "2025", 40),
        ("beratene", "", "2025", 83),
    ]
    assert codes(hide(*rows[::order]), "beratene") == codes(hide(*rows), "beratene")
