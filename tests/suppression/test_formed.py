"""Numbers of persons that a formula forms are as secret as those that were delivered."""

from itertools import product

import pytest

from indicators.catalogue import Formula
from indicators.catalogue.linear import quotients, whole_numbers
from indicators.model import Breakdown, Measurement, Series
from indicators.periods import Period
from indicators.suppression import apply
from tests.suppression.catalogues import catalogue, figure, indicator
from tests.suppression.one_state import hidden_values
from tests.suppression.tables import frame

FORMULAS = {
    "kinder - kita": "Personen",
    "kita - kinder": "Personen",
    "100 * (kinder - kita) / kinder": "Prozent",
    "100 - 100 * kita / kinder": "Prozent",
    "100 * (1 - kita / kinder)": "Prozent",
    "100 * kita / kinder - 100": "Prozent",
    "100 * kita / (kinder - kita)": "Prozent",
    "100 * kita / kinder": "Prozent",
    "100 * (kita / kinder) / 1": "Prozent",
}


def hidden(formula: str, kinder: float, kita: float, *, below: int | None = 5, unit: str | None = None) -> set[str]:
    city = catalogue(
        [figure("kinder", below=None), figure("kita", below=below)],
        [indicator("C-01", formula, unit=unit or FORMULAS[formula])],
    )
    found = hidden_values(frame([("kinder", "", "2025", kinder), ("kita", "", "2025", kita)]), city)
    assert not found.unsafe
    return {value.base_figure for value in found.values}


@pytest.mark.parametrize("formula", FORMULAS)
def test_what_a_difference_leaves_is_hidden_where_it_is_small(formula):
    assert hidden(formula, 40, 38)
    assert not hidden(formula, 40, 30)
    assert not hidden(formula, 40, 40)


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_figure_without_a_threshold_keeps_no_secret(formula):
    assert not hidden(formula, 40, 38, below=None)


def test_a_difference_is_small_whichever_way_it_is_written():
    assert hidden("kita - kinder", 38, 40)
    assert not hidden("100 * kita / kinder", 38, 40)  # more than all are no part of them


def test_sums_and_differences_of_three():
    city = catalogue(
        [figure(code) for code in ("alle", "einige", "andere")],
        [indicator("C-01", "100 * (alle - einige - andere) / alle", unit="Prozent")],
    )
    rows = [("alle", "", "2025", 100), ("einige", "", "2025", 60), ("andere", "", "2025", 37)]
    assert len(hidden_values(frame(rows), city).values) == 1
    rows[2] = ("andere", "", "2025", 30)
    assert not hidden_values(frame(rows), city).values


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_quotient_is_the_formula_whatever_way_it_is_written(formula):
    """The last of the parts, the whole formula, is the sum above by the sum below."""
    parsed = Formula.parse(formula)
    whole = next(iter(quotients(parsed)))
    for kinder, kita in product((7.0, 31.0), (2.0, 5.0)):
        numbers = {"kinder": kinder, "kita": kita, "": 1.0}
        above, below = (
            sum(float(factor) * numbers[name] for name, factor in terms.items()) for terms in (whole.above, whole.below)
        )
        assert parsed.evaluate(numbers) == pytest.approx(above / below)


def test_products_of_base_figures_are_no_sums():
    assert [whole_numbers(part.above) for part in quotients(Formula.parse("a * b"))] == [{"a": 1}, {"b": 1}]


QUARTERS = [Period.quarter(2025, number) for number in (1, 2, 3, 4)]
SINCE_JANUARY = [figure("faelle", kind="cumulative")]


def shown_of_counts(counts: list[float], *, cumulative: str = "single_period") -> tuple[list[bool], bool]:
    """Which quarters and whether the year is shown."""
    city = catalogue(
        SINCE_JANUARY,
        [
            indicator("C-01", "faelle", more=f", cumulative: {cumulative}"),
            indicator("C-02", "faelle", more=", frequency: yearly"),
        ],
    )
    found = hidden_values(frame([("faelle", "", str(q), n) for q, n in zip(QUARTERS, counts, strict=True)]), city)
    assert not found.unsafe
    ends = {value.period.end for value in found.values}
    quarters = [
        q.end not in ends and (cumulative == "since_january" or q.part == 1 or q.previous.end not in ends)
        for q in QUARTERS
    ]
    return quarters, QUARTERS[-1].end not in ends


def test_the_quarters_of_a_count_since_january_do_not_give_the_first_away():
    """3, 20, 41, 60: with the quarters 17, 21, 19 and the year's 60 shown, the 3 would be a subtraction."""
    quarters, year = shown_of_counts([3, 20, 41, 60])
    assert quarters == [False, False, True, True] and year


def test_a_small_quarter_of_a_count_since_january_is_hidden_whichever_way_it_is_shown():
    for cumulative in ("single_period", "since_january"):
        quarters, _ = shown_of_counts([20, 22, 41, 60], cumulative=cumulative)
        assert not all(quarters)
    assert shown_of_counts([20, 40, 60, 80]) == ([True] * 4, True)


def test_a_small_quarter_of_a_monthly_count_is_hidden():
    """One case in April, one in May: no month is told, but the second quarter is one less the other."""
    city = catalogue(
        ["code: faelle, title: Fälle, unit: Personen, kind: cumulative, frequency: monthly, reporters: [FB 50], "
         "suppress_below: 5"],
        [indicator("C-01", "faelle", more=", frequency: quarterly, cumulative: single_period")],
    )  # fmt: skip
    rows = [("faelle", "", str(Period.month(2025, n)), count) for n, count in ((3, 40), (6, 42))]
    assert len(hidden_values(frame(rows), city).values) == 1


def test_pages_do_not_show_a_quarter_beside_a_hidden_count_since_january():
    city = catalogue(
        SINCE_JANUARY,
        [
            indicator("C-01", "faelle", more=", cumulative: single_period"),
            indicator("C-02", "faelle", more=", frequency: yearly"),
            indicator("C-03", "faelle", more=", cumulative: since_january"),
        ],
    )
    counts = [3.0, 20.0, 41.0, 60.0]
    hidden = hidden_values(frame([("faelle", "", str(q), n) for q, n in zip(QUARTERS, counts, strict=True)]), city)
    known = {
        "C-01": [3.0, 17.0, 21.0, 19.0],
        "C-03": counts,
    }
    series = {
        code: (Series(code, Breakdown(), tuple(map(Measurement, QUARTERS, values))),) for code, values in known.items()
    }
    series["C-02"] = (Series("C-02", Breakdown(), (Measurement(Period.of_year(2025), 60.0),)),)
    seen = {code: [point.value for point in one.points] for code, (one,) in apply(series, hidden, city).items()}
    assert seen == {"C-01": [None, None, 21.0, 19.0], "C-02": [60.0], "C-03": [None, 20.0, 41.0, 60.0]}
