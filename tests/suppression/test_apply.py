"""From deliveries to the series that readers see, on a real store."""

from dataclasses import replace
from datetime import datetime

import pytest

from indicators import observations
from indicators.attainment import Reason, assess
from indicators.model import Breakdown, Sign
from indicators.periods import Period
from indicators.suppression import Hidden, apply, hidden_in_every_view
from indicators.targets import TargetRule
from tests.suppression.one_state import base_values, hidden_values

MOMENT = datetime(2026, 1, 1)
DELIVERED = datetime(2025, 4, 1)
FOREIGN, GERMAN = Breakdown.of(herkunft="auslaendisch"), Breakdown.of(herkunft="deutsch")


@pytest.fixture
def suppressed(store, small_city, deliver):
    """Delivers rows and gives all series as readers see them."""

    def run(*rows):
        deliver(*rows, at=DELIVERED)
        known = observations.series(store, small_city, tuple(small_city.indicators), MOMENT)
        hidden = hidden_values(base_values(store, small_city, MOMENT), small_city)
        return known, apply(known, hidden, small_city), hidden

    return run


def kita(year: str, foreign: float, german: float) -> list:
    return [
        ("kita_kinder", "FB 51", year, "", foreign + german),
        ("kita_kinder", "FB 51", year, FOREIGN.code, foreign),
        ("kita_kinder", "FB 51", year, GERMAN.code, german),
        ("kinder", "FB 51", year, "", 100),
        ("kinder", "FB 51", year, FOREIGN.code, 30),
        ("kinder", "FB 51", year, GERMAN.code, 70),
    ]


def point(series, code, breakdown, period):
    return next(one for one in series[code] if one.breakdown == breakdown).at(Period.parse(period))


def test_a_rate_with_a_hidden_numerator_is_hidden(suppressed):
    known, seen, _ = suppressed(*kita("2024", 3, 40), *kita("2023", 12, 40))
    hidden = point(seen, "B-01", FOREIGN, "2024")
    assert (hidden.value, hidden.sign) == (None, Sign.SECRET)
    assert point(seen, "B-01", GERMAN, "2024").sign is Sign.SECRET  # 43 - 40 would be 3
    assert point(seen, "B-01", Breakdown(), "2024").value == 43.0
    assert point(seen, "B-01", FOREIGN, "2023").value == pytest.approx(40.0)
    assert point(known, "B-01", FOREIGN, "2024").value == pytest.approx(10.0)


def test_flags_and_delivery_stay(suppressed):
    known, seen, _ = suppressed(*kita("2024", 3, 40))
    before, after = (point(series, "B-01", FOREIGN, "2024") for series in (known, seen))
    assert (after.period, after.flags, after.delivery) == (before.period, before.flags, before.delivery)


def test_series_without_hidden_values_are_the_same_objects(suppressed):
    known, seen, hidden = suppressed(*kita("2024", 20, 40))
    assert hidden == Hidden()
    assert all(seen[code] is known[code] for code in known)


def test_a_hidden_quarter_of_two_providers_is_not_to_be_had_from_the_year(store, small_city, deliver):
    """1 + 1 places in the first quarter; 40, 50 and 60 in the others, so the year's 152 would give them away."""
    places = small_city.base_figure("kursplaetze").model_copy(update={"suppress_below": 3})
    city = replace(small_city, base_figures={**small_city.base_figures, "kursplaetze": places})
    rows = [
        ("kursplaetze", reporter, f"2024-Q{quarter}", "", count)
        for reporter, counts in (("AWO", (1, 30, 20, 40)), ("DRK", (1, 10, 30, 20)))
        for quarter, count in enumerate(counts, start=1)
    ]
    deliver(*rows, at=DELIVERED)
    known = observations.series(store, city, tuple(city.indicators), MOMENT)
    seen = apply(known, hidden_values(base_values(store, city, MOMENT), city), city)
    quarters = [one.value for one in seen["B-03"][0].points]
    year = seen["B-02"][0].points[0].value
    assert quarters[0] is None
    assert year is None or quarters.count(None) > 1


def test_a_secret_point_is_not_judged_and_says_why(suppressed):
    _, seen, _ = suppressed(*kita("2024", 3, 40))
    series = next(one for one in seen["B-01"] if one.breakdown == FOREIGN)
    judged = assess(series, TargetRule(baseline=("2020", 20.0), targets=(("2030", 40.0),)))
    assert judged.reason is Reason.SECRET


def test_base_values_are_those_of_the_moment(store, small_city, deliver):
    deliver(*kita("2024", 3, 40), at=DELIVERED)
    deliver(*kita("2024", 13, 40), at=datetime(2025, 6, 1))
    early = hidden_values(base_values(store, small_city, datetime(2025, 5, 1)), small_city)
    late = hidden_values(base_values(store, small_city, MOMENT), small_city)
    assert early.hides("kita_kinder", FOREIGN, Period.of_year(2024))
    assert not late.values


def test_the_office_is_told_what_is_hidden_and_why(suppressed):
    _, _, hidden = suppressed(*kita("2024", 3, 40))
    assert [(value.breakdown, value.value, value.small) for value in hidden.values] == [
        (FOREIGN, 3.0, True),
        (GERMAN, 40.0, False),
    ]
    assert hidden.values[1].reason == "Aus ihr ließe sich eine zu kleine Zahl errechnen."


def test_what_is_hidden_in_one_version_is_hidden_in_all(store, small_city, deliver):
    """In June the 3 became 13. Who looks at the view of May must not find it there, nor its second cell."""
    deliver(*kita("2024", 3, 40), at=DELIVERED)
    first = hidden_in_every_view(store, small_city)
    deliver(*kita("2024", 13, 40), at=datetime(2025, 6, 1))
    then = hidden_in_every_view(store, small_city)
    assert first.keys == then.keys != frozenset()
    late = base_values(store, small_city, MOMENT)
    assert not hidden_values(late, small_city).values


def test_numbers_that_were_only_added_make_no_version(store, small_city, deliver):
    deliver(*kita("2023", 12, 40), at=DELIVERED)
    deliver(*kita("2024", 3, 40), at=datetime(2025, 6, 1))
    assert {value.period for value in hidden_in_every_view(store, small_city).values} == {Period.of_year(2024)}


def test_an_empty_store_hides_nothing(store, small_city):
    assert hidden_in_every_view(store, small_city) == Hidden()
