"""Two worlds that differ in nothing but a secret number show another city the same, letter by letter, in files too."""

from dataclasses import replace
from datetime import timedelta

import pytest

from indicators.boards import cities as board
from indicators.boards.cities import Topic
from indicators.exports import FORMATS
from indicators.ring import shared
from indicators.ring.comparing import cities, groups, members, standings, statuses
from indicators.store import Store
from tests.ring.conftest import BEGAN, TOTAL, counted, publish_shared

LATER = BEGAN + timedelta(days=20)


def told(viewer, moment=None) -> dict[str, object]:
    """All that a viewer in another city is told of the courses: figures as they are exported, and what they are of."""
    known = shared(viewer.ring, moment)
    found: dict[str, object] = {}
    for group in groups(viewer.ring, "C-01", moment):
        everyone = cities(viewer.ring, "C-01", group, moment)
        topic = Topic(known.entry("C-01"), group.code, known.unit("C-01"), viewer.ring.member, LATER)
        figures = [board.over_time(topic, everyone)]
        figures += [board.beside_each_other(topic, everyone, period) for period in board.periods(everyone)]
        found[group.code] = [(one.spec, one.alt, one.note, one.rows) for one in figures]
        found[f"{group.code} as files"] = [
            form.render([one])
            for one in figures
            for suffix, form in FORMATS.items()
            if suffix in ("csv", "svg", "html", "json") and form.suits([one])
        ]
    stand = board.status_matrix({"C-01": "Kurse"}, members(viewer.ring), statuses(viewer.ring, moment), LATER)
    found["statuses"] = stand.rows
    found["places"] = [replace(one) for one in standings(viewer.ring, {"C-01": TOTAL}, moment)]
    return found


def world(town, land_of, secret: float, german: float):
    """Four cities; in the first `secret` people are too few to be told. The total is the same in every world."""
    land = land_of()
    towns = [town(name) for name in ("adorf", "bdorf", "cdorf", "ddorf")]
    numbers = [(secret, german), (11.0, 20.0), (15.0, 40.0), (70.0, 90.0)]
    for one, (foreign, rest) in zip(towns, numbers, strict=True):
        one.take_part(*counted(2024, 30, 50), *counted(2025, foreign, rest))
    towns[1].contribute("C-01", at=LATER)
    return land, towns


@pytest.fixture
def worlds(town):
    """The same cities twice, each in a ring of its own."""
    made = []
    for secret in (1.0, 4.0):
        ring = Store(now=BEGAN - timedelta(days=900))

        def there(member, *replaced, leads=False, ring=ring):
            one = town(member, *replaced, leads=leads)
            return replace(one, ring=replace(one.ring, store=ring))

        made.append(world(there, lambda there=there: publish_shared(there("land", leads=True)), secret, 84.0 - secret))
    yield made
    for land, _ in made:
        land.ring.store.close()


def test_no_viewer_can_tell_the_two_worlds_apart(worlds):
    (land, first), (other_land, second) = worlds
    for one, other in [(land, other_land), *zip(first[1:], second[1:], strict=True)]:
        for moment in (None, BEGAN):
            assert told(one, moment) == told(other, moment)


def test_nor_from_all_that_the_ring_holds(worlds):
    tables = ("ring_value", "ring_rule", "ring_hidden", "ring_contribution", "ring_consent")
    held = [{table: sorted(map(repr, land.ring.store.rows(f"from {table}"))) for table in tables} for land, _ in worlds]
    assert held[0] == held[1]
    assert len(held[0]["ring_value"]) > 20


def test_the_comparison_would_see_a_number_that_is_no_secret(worlds):
    (land, [first, *_]), (other, _) = worlds
    first.deliver(*counted(2025, 2, 90), at=LATER)
    first.contribute("C-01", at=LATER)
    assert told(land) != told(other)
