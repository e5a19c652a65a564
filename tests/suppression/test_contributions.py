"""Two providers, one sum: neither may learn the other's small number by taking away its own."""

from dataclasses import replace
from datetime import datetime

import pytest

from indicators import observations
from indicators.ledger import commits
from indicators.model import Sign
from indicators.periods import Period
from indicators.suppression import Hidden, apply, hidden_in_every_view
from tests.suppression.attacker import disclosures
from tests.suppression.one_state import Contributions, base_values, hidden_values
from tests.suppression.tables import Row, city, frame

MOMENT = datetime(2026, 1, 1)
QUARTERS = [f"2025-Q{number}" for number in (1, 2, 3, 4)]


def hide(parts: dict[tuple[str, str, str], dict[str, float]], *others: Row, **sole: str) -> Hidden:
    """What is hidden of sums by their parts, and of numbers of a single reporter; no reporter learns anything."""
    rows = [*((*key, sum(found.values())) for key, found in parts.items()), *others]
    keyed = {(figure, code, Period.parse(period).key): found for (figure, code, period), found in parts.items()}
    contributed = Contributions(sole, keyed)
    hidden = hidden_values(frame(rows), city(), contributed)
    reporters = {"", *sole.values(), *(name for found in parts.values() for name in found)}
    assert list(disclosures(frame(rows), hidden, city(), contributed, sorted(reporters))) == []
    return hidden


def keys(hidden: Hidden) -> set[tuple[str, str]]:
    return {(value.base_figure, value.breakdown.code or str(value.period)) for value in hidden.values}


def test_a_sum_is_hidden_where_one_could_take_its_own_away():
    """40 + 2 = 42: AWO knows its 40, and DRK's 2 are fewer than five."""
    hidden = hide({("beratene", "", "2025"): {"AWO": 40, "DRK": 2}})
    assert [value.value for value in hidden.values] == [42.0]
    assert hidden.values[0].betrayed and not hidden.values[0].small
    assert "Eine Stelle könnte ihre eigene Zahl abziehen" in hidden.values[0].reason


@pytest.mark.parametrize("parts", [{"AWO": 40, "DRK": 5}, {"AWO": 40, "DRK": 0}, {"AWO": 40, "DRK": 2, "FB 50": 9}])
def test_a_sum_is_shown_where_the_others_are_enough_or_nobody(parts):
    """Of three reporters nobody knows more than that two others have eleven."""
    assert not hide({("beratene", "", "2025"): parts}).values


def test_the_second_cell_is_one_that_nobody_can_compute_either():
    """Women 30 + 3 and men 59 + 1 are too few without AWO's own. Hidden together they protect each other from readers;
    AWO knows that each is at least its own part, and would be left with 0 to 4: so a third cell is hidden."""
    hidden = hide(
        {
            ("beratene", "geschlecht=weiblich", "2025"): {"AWO": 30, "DRK": 3},
            ("beratene", "geschlecht=maennlich", "2025"): {"AWO": 59, "DRK": 1},
            ("beratene", "geschlecht=divers", "2025"): {"AWO": 20, "DRK": 20},
            ("beratene", "", "2025"): {"AWO": 109, "DRK": 24},
        }
    )
    assert {("beratene", "geschlecht=weiblich"), ("beratene", "geschlecht=maennlich")} < keys(hidden)
    assert len(hidden.values) == 3


def test_a_number_that_a_reporter_delivered_itself_hides_nothing_from_it():
    """All but 2 of the 38 women that FB 50 counselled found work, say AWO and DRK. Hiding the 38 would keep the 2 from
    readers, but not from FB 50: so what is hidden is the 36."""
    parts = {
        ("vermittelte", "geschlecht=weiblich", "2025"): {"AWO": 20, "DRK": 16},
        ("vermittelte", "geschlecht=maennlich", "2025"): {"AWO": 20, "DRK": 20},
        ("vermittelte", "geschlecht=divers", "2025"): {"AWO": 9, "DRK": 9},
        ("vermittelte", "", "2025"): {"AWO": 49, "DRK": 45},
    }
    counselled = (("weiblich", 38), ("maennlich", 80), ("divers", 40))
    hidden = hide(
        parts,
        *(("beratene", f"geschlecht={sex}", "2025", number) for sex, number in counselled),
        ("beratene", "", "2025", 158),
        beratene="FB 50",
    )
    assert ("vermittelte", "geschlecht=weiblich") in keys(hidden)


def test_the_year_gives_no_quarter_away():
    quarters = {("kurse", "", quarter): {"AWO": 20.0, "DRK": 9.0} for quarter in QUARTERS}
    quarters["kurse", "", "2025-Q2"] = {"AWO": 20.0, "DRK": 1.0}
    hidden = hide(quarters)
    assert ("kurse", "2025-Q2") in keys(hidden)
    assert len(hidden.values) == 2


class TestStore:
    """From deliveries of two providers to what a reader sees."""

    @pytest.fixture
    def counted(self, small_city):
        """The small city, with fewer than five in a course as a secret."""
        courses = small_city.base_figure("kursplaetze").model_copy(update={"suppress_below": 5})
        return replace(small_city, base_figures={**small_city.base_figures, "kursplaetze": courses})

    def rows(self, drk: float):
        found = [("kursplaetze", "AWO", quarter, "", 40.0) for quarter in QUARTERS]
        return found, [("kursplaetze", "DRK", q, "", drk if q == "2025-Q3" else 30.0) for q in QUARTERS]

    def test_nobody_sees_the_sum_that_one_could_take_apart(self, store, deliver, counted):
        for number, rows in enumerate(self.rows(2.0), 1):
            deliver(*rows, at=datetime(2025, 10, number))
        hidden = hidden_in_every_view(store, counted)
        seen = apply(observations.series(store, counted, ("B-02", "B-03"), MOMENT), hidden, counted)
        points = {str(point.period): point.content for series in seen["B-03"] for point in series.points}
        assert points["2025-Q3"] is Sign.SECRET
        assert sum(content is Sign.SECRET for content in points.values()) == 2  # the year is shown, too
        assert [value.value for value in hidden.values if value.betrayed] == [42.0]

    def test_a_withdrawn_part_is_no_part(self, store, deliver, counted):
        numbers = [deliver(*rows, at=datetime(2025, 10, day)).number for day, rows in enumerate(self.rows(2.0), 1)]
        commits.withdraw(store, numbers[1], datetime(2025, 11, 1), "Test", "falsch")
        alone = Contributions({"kursplaetze": "AWO"})
        assert not hidden_values(base_values(store, counted, MOMENT), counted, alone).values
        assert hidden_in_every_view(store, counted).values  # but in October it was one
