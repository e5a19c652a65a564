"""Gaps between groups and quarters from cumulative counts: what cannot be known stays unknown."""

import pytest

from indicators.attainment import gap_values
from indicators.model import Sign


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
