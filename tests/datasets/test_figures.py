"""Each rule of the data set „Kennzahlen“: what it finds, and what it leaves alone."""

from datetime import date

import pytest

from indicators.datasets import FIGURES, Context
from indicators.datasets.totals import with_summed_totals
from indicators.model import Breakdown, Place, Severity, Slice
from indicators.periods import Period
from tests.conftest import observed

TODAY = date(2025, 6, 1)
FB = "FB 51"


def check(catalogue, *rows, earlier=None, empty=()):
    """(rule, severity) of all findings."""
    context = Context(catalogue, TODAY, earlier or {}, empty)
    return [(f.rule, f.severity) for f in FIGURES.check([observed(row) for row in rows], context)]


def before(base_figure, value, period="2023", breakdown=""):
    return {(base_figure, FB, Breakdown.parse(breakdown), Period.parse(period)): value}


def test_a_sound_delivery_has_no_findings(small_city):
    assert (
        check(
            small_city,
            ("kinder", FB, "2024", "", 400),
            ("kinder", FB, "2024", "herkunft=auslaendisch", 100),
            ("kinder", FB, "2024", "herkunft=deutsch", 300),
            ("kita_kinder", FB, "2024", "", "."),
            earlier=before("kinder", 390),
        )
        == []
    )


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (("katzen", FB, "2024", "", 1), "unknown-base-figure"),
        (("kinder", FB, "2024", "herkunft=martianisch", 1), "unknown-breakdown"),
        (("kinder", "AWO", "2024", "", 1), "wrong-reporter"),
        (("kinder", FB, "2024-Q3", "", 1), "wrong-period"),
        (("kinder", FB, "2026", "", 1), "future-period"),
        (("kinder", FB, "2024", "", -1), "below-minimum"),
        (("kinder", FB, "2024", "", 1.5), "not-whole"),
    ],
)
def test_errors(small_city, row, rule):
    assert check(small_city, row) == [(rule, Severity.ERROR)]


def test_duplicates_name_all_places(small_city):
    rows = [("kinder", FB, "2024", "", 1), ("kinder", FB, "2024", "", 2)]
    context = Context(small_city, TODAY)
    (finding,) = FIGURES.check([observed(row) for row in rows], context)
    assert finding.rule == "duplicate"
    assert finding.message.count("Blatt „Blatt“ B7") == 2


def test_a_numerator_above_its_denominator_needs_a_reason(small_city):
    rows = [("kita_kinder", FB, "2024", "", 101), ("kinder", FB, "2024", "", 100)]
    assert check(small_city, *rows) == [("above-whole", Severity.WARNING)]


def test_the_denominator_may_have_come_in_an_earlier_delivery(small_city):
    known = before("kinder", 100, "2024")
    assert check(small_city, ("kita_kinder", FB, "2024", "", 101), earlier=known) == [("above-whole", Severity.WARNING)]
    assert check(small_city, ("kita_kinder", FB, "2024", "", 100), earlier=known) == []


def test_another_reporters_number_is_not_repeated(small_city):
    """It may be secret to the one who delivers."""
    context = Context(small_city, TODAY, before("kinder", 4711, "2024"))
    (finding,) = FIGURES.check([observed(("kita_kinder", FB, "2024", "", 5000))], context)
    assert "4.711" not in str(finding)
    assert "größer als „Kinder“ (FB 51)" in finding.message


@pytest.mark.parametrize(
    ("german", "expected"),
    [
        (300, []),
        (301, []),  # within rounding: half a unit for each of two parts
        (302, [("parts-above-total", Severity.ERROR)]),
        (290, [("parts-below-total", Severity.WARNING)]),
    ],
)
def test_parts_and_their_total(small_city, german, expected):
    rows = [
        ("kinder", FB, "2024", "", 400),
        ("kinder", FB, "2024", "herkunft=auslaendisch", 100),
        ("kinder", FB, "2024", "herkunft=deutsch", german),
    ]
    assert check(small_city, *rows) == expected


@pytest.mark.parametrize(
    ("last_year", "now", "expected"),
    [
        (400, 499, []),
        (400, 501, [("far-from-last-year", Severity.WARNING)]),
        (400, 299, [("far-from-last-year", Severity.WARNING)]),
        (10, 25, []),  # small counts jump
    ],
)
def test_a_jump_against_last_year(small_city, last_year, now, expected):
    assert check(small_city, ("kinder", FB, "2024", "", now), earlier=before("kinder", last_year)) == expected


def empty_cell(breakdown=""):
    return (Slice("kinder", FB, Period.of_year(2024)), Breakdown.parse(breakdown), Place("Kinder", "B8"))


def test_an_empty_required_cell(small_city):
    assert check(small_city, ("kita_kinder", FB, "2024", "", 4), empty=[empty_cell()]) == [("missing", Severity.ERROR)]


def test_an_empty_total_is_summed_from_complete_parts_and_flagged(small_city):
    parts = [
        observed(("kinder", FB, "2024", "herkunft=auslaendisch", 100)),
        observed(("kinder", FB, "2024", "herkunft=deutsch", "-")),
    ]
    context = Context(small_city, TODAY, empty=[empty_cell()])
    *_, total = with_summed_totals(parts, context)
    assert (total.value, total.flags, total.place.cell) == (100.0, "t", "B8")
    assert [f.rule for f in FIGURES.check((*parts, total), context)] == []


@pytest.mark.parametrize("content", [".", "...", "/"])
def test_a_total_with_an_unknown_part_is_not_summed(small_city, content):
    parts = [
        observed(("kinder", FB, "2024", "herkunft=auslaendisch", 100)),
        observed(("kinder", FB, "2024", "herkunft=deutsch", content)),
    ]
    assert len(with_summed_totals(parts, Context(small_city, TODAY, empty=[empty_cell()]))) == 2
