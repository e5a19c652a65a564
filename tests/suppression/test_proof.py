"""Cities over time, attacked by an onlooker who has seen every state; a short version of tests.suppression.proof."""

from datetime import datetime
from pathlib import Path

import pytest

from indicators.catalogue import Catalogue
from indicators.datasets.reading import Reading
from indicators.datasets.slices import valid_deliveries
from indicators.ledger import commits, versions
from indicators.ledger.commits import Upload
from indicators.model import Slice as Piece
from indicators.periods import Period
from indicators.store import Store
from indicators.suppression import Hidden, hidden_in_every_view
from indicators.suppression.hidden import decided
from indicators.suppression.views import every_view
from tests.conftest import observed
from tests.suppression.one_state import base_values
from tests.suppression.onlooker import Onlooker, number_of, views
from tests.suppression.proof import attack_stories
from tests.suppression.stories import Story, story, told_to_product

QUICK, MANY = 4, 20


@pytest.mark.parametrize("seeds", [range(QUICK), pytest.param(range(QUICK, MANY), marks=pytest.mark.slow)])
def test_nothing_is_disclosed_in_cities_over_time(seeds):
    found = list(attack_stories(seeds))
    assert [text for _, _, texts in found for text in texts] == []
    assert sum(told for _, told, _ in found) <= len(found) // 2


def test_the_onlooker_finds_what_hiding_in_the_last_state_gives_away():
    """Else an attack that finds nothing would prove nothing."""
    found = 0
    for seed in range(6):
        city = story(seed)
        definitions, tables = told_to_product(city)
        latest = max(version.states for version in tables)
        now = decided(definitions, [v for v in tables if v.states >= latest // 2])
        found += any(Onlooker(city, now).learned())
    assert found >= 2


def test_the_onlooker_finds_what_primary_suppression_gives_away():
    found = 0
    for seed in range(6):
        city = story(seed)
        hidden = decided(*told_to_product(city))
        primary = Hidden(tuple(value for value in hidden.values if value.small))
        found += any(Onlooker(city, primary).learned())
    assert found >= 5


def kept(city: Story, path: Path | str = ":memory:") -> tuple[Store, Catalogue]:
    """The story as it would have happened."""
    store, used = Store(path, now=datetime(2020, 1, 1)), city.catalogues[0]
    numbers: dict[int, int] = {}
    for place, step in enumerate(city.steps):
        at = city.moment(place)
        if isinstance(step, Catalogue):
            used = step
            versions.register(store, used, at)
        elif step.kind == "commit":
            rows = tuple(
                observed((code, who, str(Period.from_key(period)), group, number))
                for (code, who, period), counts in step.says.items()
                for group, number in counts.items()
            )
            slices = tuple(Piece(code, who, Period.from_key(period)) for code, who, period in step.says)
            reading = Reading("figures", rows[0].reporter, None, rows, slices)
            upload = Upload(f"{step.delivery}.xlsx", f"{place}".encode(), "Test")
            valid = valid_deliveries(store, slices)
            numbers[step.delivery] = commits.commit(store, used, upload, reading, valid, at).number
        else:
            change = commits.withdraw if step.kind == "withdraw" else commits.restore
            change(store, numbers[step.delivery], at, "Test", "geprüft")
    return store, used


@pytest.mark.parametrize("seed", range(4))
def test_the_store_tells_the_same_story(seed):
    """The list that is read from the database is the one that was told by hand."""
    city = story(seed)
    store, used = kept(city)
    definitions, tables = every_view(store, used, store.rows("from catalogue_since"))
    by_hand = told_to_product(city)
    assert [one.version for one in definitions.catalogues] == [one.version for one in by_hand[0].catalogues]

    def written(found):
        return sorted(repr((v.figure, v.period, sorted(v.numbers.items()), sorted(v.parts.items()))) for v in found)

    assert written(tables) == written(by_hand[1])
    assert hidden_in_every_view(store, used).keys == decided(*by_hand).keys
    now = base_values(store, used, city.moment(len(city.steps))).dropna(subset=["number"])
    told = dict(zip(zip(now["base_figure"], now["breakdown"], now["period"], strict=True), now["number"], strict=True))
    last = max(version.states for version in tables).bit_length() - 1
    shown = [version for version in tables if version.states >> last & 1]
    assert told == {(v.figure, group, v.period): number for v in shown for group, number in v.numbers.items()}
    *_, seen = views(city)
    assert told == {key: number_of(line) for key, line in seen.sums.items()}
    store.close()
