"""Gaps between groups and quarters from cumulative counts: what cannot be known stays unknown."""

import pytest

from indicators.attainment import gap_values, quarters_from_cumulative
from indicators.model import Sign
from indicators.periods import Period


def years(values: tuple) -> dict[int, object]:
    return {period.year: value for period, value in values}


def test_difference_and_ratio() -> None:
    first, second = [(2024, 30.0), (2025, 32.0)], [(2024, 40.0), (2025, 40.0)]
    assert years(gap_values(first, second, "difference")) == {2024: -10.0, 2025: -8.0}
    assert years(gap_values(first, second, "ratio")) == {2024: 0.75, 2025: 0.8}


def test_a_gap_is_missing_where_one_side_is() -> None:
    first = [(2022, 30.0), (2023, None), (2024, Sign.SECRET), (2025, 30.0)]
    second = [(2023, Sign.SECRET), (2024, Sign.UNRELIABLE), (2025, 0.0)]
    assert years(gap_values(first, second, "difference")) == {
        2022: None, 2023: Sign.SECRET, 2024: Sign.SECRET, 2025: 30.0,
    }  # fmt: skip
    assert years(gap_values(first, second, "ratio"))[2025] is Sign.BLOCKED


def test_another_kind_of_gap_is_an_error() -> None:
    with pytest.raises(ValueError):
        gap_values([(2024, 1.0)], [(2024, 1.0)], "product")


def quarters(*counts: float | Sign | None) -> dict[Period, float | Sign | None]:
    """Cumulative counts of 2026-Q1, Q2, …"""
    return {Period.quarter(2026, 1).shifted(step): count for step, count in enumerate(counts)}


def single(values: dict[Period, float | Sign | None]) -> list[object]:
    return [value for _, value in quarters_from_cumulative(values)]


def test_the_first_quarter_stays_and_the_others_are_differences() -> None:
    assert single(quarters(12, 30, 30, 41)) == [12, 18, 0, 11]
    assert single(quarters(12, 30, 30, 41, 9, 20)) == [12, 18, 0, 11, 9, 11]  # January starts anew


def test_a_missing_delivery_leaves_its_quarter_and_the_next_unknown() -> None:
    assert single(quarters(12, None, 30, 41)) == [12, None, None, 11]
    skipped = quarters(12, 30, 35, 41)
    del skipped[Period.quarter(2026, 2)]
    assert single(skipped) == [12, None, 6]


def test_a_secret_count_keeps_the_differences_secret() -> None:
    assert single(quarters(Sign.SECRET, 30, 35, 41)) == [Sign.SECRET, Sign.SECRET, 5, 6]


def test_only_parts_of_a_year_of_one_kind() -> None:
    with pytest.raises(ValueError):
        quarters_from_cumulative([(2026, 12.0)])
    with pytest.raises(ValueError):
        quarters_from_cumulative([("2026-Q1", 12.0), ("2026-05", 20.0)])


def test_a_count_since_january_that_falls_makes_no_negative_quarter() -> None:
    values = [("2026-Q1", 12.0), ("2026-Q2", 10.0), ("2026-Q3", 15.0)]
    assert [value for _, value in quarters_from_cumulative(values)] == [12.0, Sign.UNKNOWN, 5.0]
