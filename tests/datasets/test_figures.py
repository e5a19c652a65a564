"""Each rule of the data set „Kennzahlen“: what it finds, and what it leaves alone."""

from dataclasses import replace
from datetime import date

import pytest

from indicators.datasets import FIGURES, Context
from indicators.datasets.figures.totals import with_summed_totals
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


@pytest.mark.parametrize(
    ("last_year", "now", "warned"),
    [(0, 30, True), (0, 29, False), (30, 0, True), (29, 0, False), (0, 0, False), (30, "-", False), (0, ".", False)],
)
def test_from_and_to_nought(small_city, last_year, now, warned):
    found = check(small_city, ("kinder", FB, "2024", "", now), earlier=before("kinder", last_year))
    assert (("far-from-last-year", Severity.WARNING) in found) is warned


@pytest.mark.parametrize(("last_year", "now", "warned"), [(-400, -501, True), (-400, -480, False), (-50, 40, True)])
def test_negative_numbers_jump_too(small_city, last_year, now, warned):
    """A balance of moves: less is no small count."""
    figures = {code: one.model_copy(update={"minimum": None}) for code, one in small_city.base_figures.items()}
    catalogue = replace(small_city, base_figures=figures)
    found = check(catalogue, ("kinder", FB, "2024", "", now), earlier=before("kinder", last_year))
    assert (("far-from-last-year", Severity.WARNING) in found) is warned


def test_the_year_before_may_stand_in_the_same_table(small_city):
    rows = [
        ("kinder", FB, str(year), "", number) for year, number in ((2021, 400), (2022, 410), (2023, 800), (2024, 790))
    ]
    assert check(small_city, *rows) == [("far-from-last-year", Severity.WARNING)]
    # and what this delivery corrects counts as corrected
    assert check(small_city, *rows[2:], earlier=before("kinder", 400, "2022")) == [
        ("far-from-last-year", Severity.WARNING)
    ]


def test_a_jump_that_was_explained_when_it_came_is_not_asked_again(small_city):
    stored = before("kinder", 400, "2022") | before("kinder", 800)
    rows = [observed(("kinder", FB, "2022", "", 400)), observed(("kinder", FB, "2023", "", 800))]
    assert FIGURES.check(rows, Context(small_city, TODAY, stored=stored)) == ()
    changed = before("kinder", 700, "2022") | before("kinder", 800)
    assert [f.rule for f in FIGURES.check(rows, Context(small_city, TODAY, stored=changed))] == ["far-from-last-year"]


def year(number, kinder=400.0, kita=130.0):
    parts = {"": 1.0, "herkunft=auslaendisch": 0.25, "herkunft=deutsch": 0.75}
    return [
        (code, FB, str(number), breakdown, value * share)
        for code, value in (("kinder", kinder), ("kita_kinder", kita))
        for breakdown, share in parts.items()
    ]


def test_last_years_figures_in_this_years_template(small_city):
    rows = [(*row[:4], float(round(row[4]))) for row in year(2024, kita=100)]
    known = {
        key: value for row in year(2023, kita=100) for key, value in before(row[0], row[4], "2023", row[3]).items()
    }
    assert ("like-the-period-before", Severity.WARNING) in check(small_city, *rows, earlier=known)
    other = [(*row[:4], float(round(row[4]))) for row in year(2024, kita=104)]  # half of the values differ
    assert check(small_city, *other, earlier=known) == []
    nothing = [(*row[:4], 0.0) for row in year(2024)]
    none = dict.fromkeys(known, 0.0)
    assert check(small_city, *nothing, earlier=none) == []  # nought is nought every year


def test_a_count_since_january_that_falls(small_city):
    known = before("antraege", 50, "2024-Q1")
    assert check(small_city, ("antraege", FB, "2024-Q2", "", 48), earlier=known) == [
        ("falls-within-the-year", Severity.WARNING)
    ]
    assert check(small_city, ("antraege", FB, "2024-Q2", "", 50), earlier=known) == []
    assert check(small_city, ("antraege", FB, "2025-Q1", "", 10), earlier=before("antraege", 50, "2024-Q4")) == []
    # a correction of the first quarter above the second, which is valid already
    later = before("antraege", 20, "2024-Q2")
    assert check(small_city, ("antraege", FB, "2024-Q1", "", 25), earlier=later) == [
        ("falls-within-the-year", Severity.WARNING)
    ]
    both = [("antraege", FB, "2024-Q1", "", 25), ("antraege", FB, "2024-Q2", "", 20)]
    assert check(small_city, *both) == [("falls-within-the-year", Severity.WARNING)]  # once


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
