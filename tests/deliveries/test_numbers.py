"""Number forms and signs as people type them (DOMAIN: "Numbers as people type them", "Signs")."""

from datetime import date

import pytest

from indicators.model import Sign
from indicators.workbooks.numberformat import is_date, shown
from indicators.workbooks.numbers import Convention, Number, parse_number, read_number
from indicators.workbooks.workbook import Cell, Style

PLAIN_NUMBERS = {
    "1.234,5": 1234.5,
    "1 234,5": 1234.5,
    "1\u00a0234,5": 1234.5,
    "1\u202f234": 1234.0,
    "1.234.567": 1234567.0,
    "12": 12.0,
    " 12,50 ": 12.5,
    "-3": -3.0,
    "−3": -3.0,
    "+0,4": 0.4,
    "0": 0.0,
    "0,125": 0.125,
}
SIGNS = {
    "-": Sign.NOTHING,
    " –": Sign.NOTHING,
    "—": Sign.NOTHING,
    ".": Sign.UNKNOWN,
    "/   ": Sign.UNRELIABLE,
    "x": Sign.BLOCKED,
    "…": Sign.LATER,
    "...": Sign.LATER,
    "*": Sign.SECRET,
    "- 1)": Sign.NOTHING,
}
NO_NUMBERS = ["NaN", "INF", "½", "①", "١٢", "1e5", "1_000", "ja", "1/2", "12,5,6", "1.23.4", "--3", "()", "12 34", "²"]


@pytest.mark.parametrize(("text", "value"), PLAIN_NUMBERS.items())
def test_unambiguous_german_numbers_carry_no_doubt(text, value):
    assert parse_number(text) == Number(value)


@pytest.mark.parametrize(("text", "sign"), SIGNS.items())
def test_signs_have_no_value(text, sign):
    number = parse_number(text)
    assert (number.value, number.sign, number.doubt, number.problem) == (None, sign, "", "")


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_what_is_no_number_says_so(text):
    number = parse_number(text)
    assert number.problem
    assert not number.is_number


@pytest.mark.parametrize(
    ("text", "value"),
    [("1.234", 1234.0), ("1,234.5", 1234.5), ("12.5", 12.5), ("1,234", 1.234), ("03101", 3101.0), ("- 3", -3.0)],
)
def test_two_readings_give_a_doubt(text, value):
    number = parse_number(text)
    assert number.value == value
    assert number.doubt


def test_brackets_mean_limited_reliability_not_minus():
    assert parse_number("(18,2)") == Number(18.2, Sign.LIMITED)


def test_percent_signs_and_flags_and_footnotes():
    assert parse_number("12,5 %") == Number(12.5, percent=True)
    assert parse_number("6,3p") == Number(6.3, flags="p")
    assert parse_number("12,5 1)") == Number(12.5, footnotes=("1",))
    assert parse_number("12,5¹⁾") == Number(12.5, footnotes=("1",))
    assert parse_number("12,5 1,2)") == Number(12.5, footnotes=("1", "2"))


def test_glued_footnote_is_a_doubt_unless_it_is_raised():
    assert parse_number("12,51)").value == 12.5
    assert parse_number("12,51)").doubt
    assert read_number(Cell(1, 1, "12,51", superscripts=((4, 5),))) == Number(12.5, footnotes=("1",))


def test_conventions_differ():
    assert parse_number("g", convention=Convention.NIEDERSACHSEN).sign is Sign.SECRET
    assert parse_number("u", convention=Convention.NIEDERSACHSEN).sign is Sign.UNRELIABLE
    assert parse_number("k", convention=Convention.NIEDERSACHSEN) == Number(0.0)
    assert parse_number("g").problem
    assert parse_number("*", convention=Convention.BA).sign is Sign.SECRET


def test_blank_error_uncalculated_and_other_kinds_stay_different():
    assert read_number(None).is_blank
    assert read_number(Cell(1, 1, " \u00a0 ")).is_blank
    assert "#DIV/0!" in read_number(Cell(1, 1, error="#DIV/0!")).problem
    assert "Formel" in read_number(Cell(1, 1, uncalculated=True, formula=True)).problem
    assert read_number(Cell(1, 1, True)).problem
    assert read_number(Cell(1, 1, date(2026, 1, 1))).problem
    assert read_number(Cell(1, 1, 1e300)).problem


@pytest.mark.parametrize(
    ("value", "number_format", "expected"),
    [
        (0.125, "0.0%", Number(12.5, percent=True)),
        (0.0, '#,##0;-#,##0;"-"', Number(None, Sign.NOTHING)),
        (3.2, '[<5]"/";[<10]\\(0.0\\);0.0', Number(None, Sign.UNRELIABLE)),
        (7.1, '[<5]"/";[<10]\\(0.0\\);0.0', Number(7.1, Sign.LIMITED)),
        (11.0, '[<5]"/";[<10]\\(0.0\\);0.0', Number(11.0)),
        (41174.48, "#,##0.0,", Number(41.17448)),
        (-2.5, "+0.0;-0.0;0.0", Number(-2.5)),
        (2.5, "+0.0;-0.0;0.0", Number(2.5)),
        (12.0, '_-* #,##0.00 "€"_-', Number(12.0)),
        (-4.0, "0.0", Number(-4.0)),
    ],
)
def test_number_formats_that_carry_meaning(value, number_format, expected):
    assert read_number(Cell(1, 1, value, Style(number_format))) == expected


def test_minus_that_the_format_shows_as_brackets_is_a_doubt():
    number = read_number(Cell(1, 1, -1.1, Style("#,##0.0;\\(#,##0.0\\)")))
    assert (number.value, number.sign) == (1.1, Sign.LIMITED)
    assert "-1,1" in number.doubt


@pytest.mark.parametrize(
    ("number_format", "expected"),
    [("dd.mm.yyyy", True), ("mmm yy", True), ("0.00", False), ("[Red]0", False), ('0 "Jahre"', False), ("h:mm", False),
     ("General", False), ("[h]:mm", False), ("yyyy", True)],
)  # fmt: skip
def test_date_formats(number_format, expected):
    assert is_date(number_format) is expected


def test_shown_scales_by_every_trailing_comma():
    assert shown(2_500_000.0, "0.0,,").value == 2.5


@pytest.mark.parametrize("number_format", ["General", "0.00000", "#,##0.0"])
def test_numbers_have_the_fifteen_digits_that_excel_holds(number_format):
    cell = Cell(1, 1, 134.20210999999998, Style(number_format))
    assert read_number(cell).value == 134.20211
