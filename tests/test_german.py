"""Numbers and dates as German readers write them."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators import german
from indicators.model import Measurement, Sign
from indicators.periods import Period


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (0, 0, "0"),
        (1234567.5, 1, "1.234.567,5"),
        (0.25, 1, "0,3"),
        (2.5, 0, "3"),
        (-2.5, 0, "-3"),
        (1.005, 2, "1,01"),
        (-0.04, 1, "0,0"),
        (36, 1, "36,0"),
        (1e15, 0, "1.000.000.000.000.000"),
    ],
)
def test_numbers_are_rounded_as_offices_round(value, decimals, shown):
    assert german.number(value, decimals) == shown


def test_a_change_always_carries_its_sign():
    assert [german.signed(change, 1) for change in (1.24, -0.3, 0.04, -0.04)] == ["+1,2", "-0,3", "±0,0", "±0,0"]


def test_number_and_unit_stay_on_one_line():
    assert german.with_unit(36, 1, "%") == "36,0\u00a0%"
    assert german.with_unit(2400, 0, "") == "2.400"


def test_missing_zero_nothing_unknown_and_later_look_different_and_secret_as_the_offices_print_it():
    cells = [None, 0.0, Sign.NOTHING, Sign.SECRET, Sign.UNKNOWN, Sign.LATER]
    assert [german.content(cell, 0) for cell in cells] == ["", "0", "–", ".", ".", "…"]
    assert german.content(float("nan"), 1) == ""
    assert german.content("k. A.", 1) == "k. A."
    assert german.content(-1.5, 1) == "\u22121,5"


def test_a_value_of_limited_reliability_stands_in_brackets():
    assert german.measured(Measurement(Period.of_year(2024), 12.5, Sign.LIMITED), 1) == "(12,5)"
    assert german.measured(Measurement(Period.of_year(2024), None, Sign.UNRELIABLE), 1) == "/"


def test_moments_are_shown_in_german_time():
    assert german.moment(datetime(2026, 11, 14, 8, 30)) == "14.11.2026, 09:30 Uhr"
    assert german.moment(datetime(2026, 7, 1, 22, 15, tzinfo=UTC)) == "02.07.2026, 00:15 Uhr"
    assert german.day(date(2026, 3, 1)) == "01.03.2026"


def test_lists_read_as_a_sentence():
    assert german.enumeration([]) == ""
    assert german.enumeration(["A"]) == "A"
    assert german.enumeration(["A", "B"]) == "A und B"
    assert german.enumeration(["A", "B", "C"], "oder") == "A, B oder C"


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("12,5", 12.5),
        (" 1.234,5 ", 1234.5),
        ("1 234,5", 1234.5),
        ("1\u202f234", 1234),
        ("1\u00a0234\u00a0567", 1234567),
        ("-3", -3),
        ("\u22123", -3),
        ("+0,5", 0.5),
        ("0", 0),
    ],
)
def test_typed_numbers_are_read(typed, value):
    assert german.parse_number(typed) == value


@pytest.mark.parametrize(
    "typed", ["", "12.5", "1,234.5", "1.23,4", "1e5", "1_000", "½", "١٢", "12 %", "--3", "ja", "1 23"]
)
def test_what_is_no_german_number_is_refused(typed):
    with pytest.raises(german.NumberError, match="keine Zahl"):
        german.parse_number(typed)


def test_a_number_with_two_readings_is_asked_about():
    with pytest.raises(german.NumberError, match="1234 oder 1,234"):
        german.parse_number("1.234")


@given(st.floats(min_value=-1e9, max_value=1e9), st.integers(min_value=1, max_value=4))
def test_what_is_shown_is_read_back(value, decimals):
    assert german.parse_number(german.number(value, decimals)) == german.rounded(value, decimals)
