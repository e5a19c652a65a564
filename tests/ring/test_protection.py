"""Nothing secret enters the ring, never below anyone's threshold, and no sum over cities gives a secret away."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from indicators.model import Breakdown, Sign
from indicators.ring import By, Level, RingError, publish
from indicators.ring.comparing import Shown, cities
from indicators.ring.place import Presence
from tests.ring.conftest import BEGAN, TOTAL, counted
from tests.ring.test_consent import FOREIGN, shown

LATER = BEGAN + timedelta(days=30)
GERMAN = Breakdown.of(herkunft="deutsch")
NO_THRESHOLD = (
    "suppress_below: 5, due_days: 30}\nindicators:\n  - {code: C-01",
    "due_days: 30}\nindicators:\n  - {code: C-01",
)


def contents(viewer, breakdown=TOTAL, moment=None):
    """By member: all that is shown of it, values and signs."""
    return {
        one.member: [point.content for point in one.points]
        for one in cities(viewer.ring, "C-01", breakdown, moment)
        if one.shown is Shown.COMPARED
    }


def held(viewer) -> set[float]:
    """All numbers that the ring's store holds."""
    return {value for (value,) in viewer.ring.store.rows("select value from ring_value where value is not null")}


@pytest.mark.both_stores
def test_what_is_hidden_at_home_never_enters_the_ring(land, town):
    a = town("adorf")
    a.take_part(*counted(2025, 3, 80))
    # 3 is too small, 80 would give it away
    assert held(a) == {83.0}
    assert contents(a, FOREIGN) == {"adorf": [Sign.SECRET]}


def test_nor_what_would_be_hidden_by_the_strictest_threshold_of_the_ring(land, town):
    strict = town("bdorf", ("suppress_below: 5", "suppress_below: 10"))
    strict.consent("C-01")
    a = town("adorf")
    a.take_part(*counted(2025, 7, 80), *counted(2024, 12, 80))
    assert held(a) == {87.0, 92.0, 12.0, 80.0}
    assert contents(a, FOREIGN) == {"adorf": [12.0, Sign.SECRET]}
    assert contents(a, GERMAN) == {"adorf": [80.0, Sign.SECRET]}


def test_a_figure_for_which_the_city_has_no_threshold_is_protected_by_the_others(land, town):
    a = town("adorf", NO_THRESHOLD)
    assert a.catalogue.base_figure("teilnehmende").suppress_below is None
    a.take_part(*counted(2025, 3, 80))
    assert held(a) == {83.0}


def test_numbers_that_the_city_rounds_come_rounded_and_not_below_the_threshold(land, town):
    rounding = (
        "suppress_below: 5, due_days: 30}\nindicators:\n  - {code: C",
        "protect: round, base: 5, due_days: 30}\nindicators:\n  - {code: C",
    )
    a = town("adorf", rounding)
    a.take_part(*counted(2025, 4, 80), *counted(2024, 22, 81))
    assert contents(a, FOREIGN) == {"adorf": [20.0, Sign.SECRET]}
    assert held(a) <= {20.0, 80.0, 85.0, 105.0}


def test_a_rate_has_the_digits_of_the_citys_own_pages(land, town):
    a = town("adorf")
    a.deliver(("kita_kinder", "FB 51", "2025", "", 100.0), ("kinder", "FB 51", "2025", "", 300.0))
    a.consent("B-01")
    a.contribute("B-01")
    assert held(a) == {33.3}


@pytest.mark.both_stores
def test_a_stricter_member_holds_back_what_was_given_before_until_it_is_given_anew(land, town):
    a = town("adorf")
    a.take_part(*counted(2025, 7, 80))
    assert contents(land, FOREIGN) == {"adorf": [7.0]}
    town("bdorf", ("suppress_below: 5", "suppress_below: 10")).consent("C-01", at=LATER)
    for moment in (None, BEGAN):
        assert shown(land, moment=moment)["adorf"] is Shown.HELD_BACK
    a.contribute("C-01", at=LATER)
    assert contents(land, FOREIGN) == {"adorf": [Sign.SECRET]}
    assert contents(land, FOREIGN, BEGAN) == {}  # given with the weaker threshold


def test_the_state_can_raise_the_threshold_for_all(land, town):
    a = town("adorf")
    a.take_part(*counted(2025, 7, 80))
    stricter = Presence("Land", 20)
    publish(land.ring, stricter, land.catalogue, land.texts, By("Lea", LATER, "Erlass"))
    assert land.ring.strictest == 20 and shown(a)["adorf"] is Shown.HELD_BACK
    with pytest.raises(RingError, match="schon veröffentlicht"):
        publish(land.ring, stricter, land.catalogue, land.texts, By("Lea", LATER, "Erlass"))


def test_what_becomes_secret_is_secret_in_what_was_given_before(land, town):
    """A correction makes the number small: of the past nobody sees the larger one any more."""
    a = town("adorf")
    a.take_part(*counted(2025, 30, 80))
    a.deliver(*counted(2025, 3, 80), at=LATER)
    a.contribute("C-01", at=LATER)
    assert contents(a, FOREIGN) == {"adorf": [Sign.SECRET]}
    assert contents(a, FOREIGN, BEGAN) == {"adorf": [Sign.SECRET]}
    assert contents(a, Breakdown(), BEGAN) == {"adorf": [110.0]}


class TestOverCities:
    """Of three cities none can compute another's from the sum over all."""

    def ring(self, town, secret: float, moment: datetime = BEGAN):
        towns = [town(name) for name in ("adorf", "bdorf", "cdorf", "ddorf")]
        numbers = [(secret, 80.0), (11.0, 20.0), (15.0, 40.0), (70.0, 90.0)]
        for one, (foreign, german) in zip(towns, numbers, strict=True):
            one.take_part(*counted(2025, foreign, german), at=moment)
        return towns

    def test_the_smallest_two_are_hidden_beside_the_secret_one_in_each_of_its_groups(self, land, town):
        towns = self.ring(town, 3)
        secret = [Sign.SECRET]
        for viewer in (*towns, land):
            assert contents(viewer, FOREIGN) == {"adorf": secret, "bdorf": secret, "cdorf": secret, "ddorf": [70.0]}
            assert contents(viewer, GERMAN) == {"adorf": secret, "bdorf": secret, "cdorf": secret, "ddorf": [90.0]}
            assert contents(viewer) == {"adorf": [83.0], "bdorf": [31.0], "cdorf": [55.0], "ddorf": [160.0]}

    def test_nothing_is_hidden_where_nobody_is_secret(self, land, town):
        assert contents(self.ring(town, 30)[1], FOREIGN) == {
            "adorf": [30.0], "bdorf": [11.0], "cdorf": [15.0], "ddorf": [70.0]
        }  # fmt: skip

    def test_who_is_chosen_does_not_hang_on_the_secret(self, land, town):
        towns = self.ring(town, 4)
        assert [one for one, found in contents(towns[3], FOREIGN).items() if found == [Sign.SECRET]] == [
            "adorf", "bdorf", "cdorf"
        ]  # fmt: skip

    def test_what_was_hidden_once_stays_so_when_a_smaller_city_comes(self, land, town):
        self.ring(town, 3)
        town("edorf").take_part(*counted(2025, 6, 7), at=LATER)
        found = contents(land, FOREIGN)
        assert (found["bdorf"], found["cdorf"], found["edorf"]) == ([Sign.SECRET], [Sign.SECRET], [6.0])

    def test_a_withdrawal_and_the_way_back_show_no_more(self, land, town):
        a, b, *_ = self.ring(town, 3)
        b.consent("C-01", level=Level.NONE, at=LATER)
        a.contribute("C-01", at=LATER)
        b.consent("C-01", at=LATER + timedelta(days=1))
        found = contents(land, FOREIGN)
        assert found["bdorf"] == found["cdorf"] == [Sign.SECRET]

    def test_whoever_comes_back_when_the_state_lowers_the_threshold_is_looked_at_again(self, land, town):
        """The others gave under 5 and are held back; the secret one gives under 20, and then all are shown."""
        towns = [town(name) for name in ("bdorf", "cdorf", "ddorf")]
        for one, foreign in zip(towns, (30.0, 40.0, 70.0), strict=True):
            one.take_part(*counted(2025, foreign, 90))
        self.publish(land, 20)
        town("adorf").take_part(*counted(2025, 3, 80), at=LATER)
        assert contents(land, FOREIGN) == {"adorf": [Sign.SECRET]}
        self.publish(land, 5)
        secret = [Sign.SECRET]
        assert contents(land, FOREIGN) == {"adorf": secret, "bdorf": secret, "cdorf": secret, "ddorf": [70.0]}

    def publish(self, land, threshold: int) -> None:
        publish(land.ring, Presence("Land", threshold), land.catalogue, land.texts, By("Lea", LATER, "Erlass"))

    def test_rates_have_no_sum_over_cities(self, land, town):
        for name, kita in (("adorf", 3.0), ("bdorf", 60.0), ("cdorf", 70.0)):
            one = town(name)
            groups = (("", kita + 50), ("herkunft=auslaendisch", kita), ("herkunft=deutsch", 50.0))
            children = (("", 400.0), ("herkunft=auslaendisch", 100.0), ("herkunft=deutsch", 300.0))
            one.deliver(*(("kita_kinder", "FB 51", "2025", group, number) for group, number in groups),
                        *(("kinder", "FB 51", "2025", group, number) for group, number in children))  # fmt: skip
            one.consent("B-01")
            one.contribute("B-01")
        found = {one.member: one.points[0].content for one in cities(land.ring, "B-01", FOREIGN) if one.points}
        assert found == {"adorf": Sign.SECRET, "bdorf": 60.0, "cdorf": 70.0}


def test_a_city_that_gets_stricter_says_so_with_its_next_act(land, town):
    a, b = town("adorf"), town("bdorf")
    a.take_part(*counted(2025, 7, 80))
    b.take_part(*counted(2025, 40, 80))
    stricter = replace(b, **vars(b.redefined(**{"suppress_below: 5": "suppress_below: 10"})))
    stricter.contribute("C-01", at=LATER)
    assert shown(land)["adorf"] is Shown.HELD_BACK and shown(land)["bdorf"] == 120.0
