"""What stands beside an indicator's course: sorted bars, small courses on one scale, neighbours of the field."""

from datetime import datetime

import pytest

from indicators.boards import indicator_board
from indicators.knowledge import snapshot
from indicators.store import Store


@pytest.fixture
def seen(filled_database, small_city):
    store = Store(filled_database)
    yield snapshot.take(store, small_city, datetime(2026, 1, 1), suppressed=False)
    store.close()


def test_bars_are_sorted_by_value_and_know_the_total(seen, small_city):
    # 2024: 15 + … of the small city: foreign 30 of 100, German 100 of 300, all 130 of 400
    [bars] = indicator_board.sorted_bars(seen, small_city.indicator("B-01"))
    assert bars.period == "2024"
    assert [(bar.name, bar.text, bar.whole) for bar in bars.bars] == [
        ("Deutsche", "33,3\N{NO-BREAK SPACE}%", False),
        ("Insgesamt", "32,5\N{NO-BREAK SPACE}%", True),
        ("Ausländische", "30,0\N{NO-BREAK SPACE}%", False),
    ]
    assert bars.bars[0].share == 1.0
    assert bars.bars[2].share == pytest.approx(0.9)


def test_a_number_that_is_kept_secret_has_no_length_and_comes_last(deliver, store, small_city):
    rows = [("kita_kinder", 33, 3), ("kinder", 400, 100)]
    deliver(
        *(
            (figure, "FB 51", "2024", group, value)
            for figure, whole, foreign in rows
            for group, value in (("", whole), ("herkunft=auslaendisch", foreign), ("herkunft=deutsch", whole - foreign))
        ),
        at=datetime(2025, 1, 20),
    )
    seen = snapshot.take(store, small_city, datetime(2026, 1, 1), suppressed=True)
    [bars] = indicator_board.sorted_bars(seen, small_city.indicator("B-01"))
    assert [bar.share is None for bar in bars.bars] == [False, True, True]
    assert {bar.text for bar in bars.bars if bar.share is None} == {"."}


def test_small_courses_share_one_scale(seen, small_city):
    [panels] = indicator_board.small_multiples(seen, small_city.indicator("B-01"))
    assert [panel.name for panel in panels.panels] == ["Insgesamt", "Ausländische", "Deutsche"]
    last = {panel.name: float(panel.svg.rsplit("cy='", 1)[1].split("'")[0]) for panel in panels.panels}
    # higher values lie higher, and only the highest of all touches the margin
    assert last["Deutsche"] < last["Insgesamt"] < last["Ausländische"]
    assert last["Deutsche"] == pytest.approx(5.0)


def test_neighbours_are_those_of_the_field_and_end_with_it(small_city):
    codes = [one.code for one in small_city.indicators_of("B")]
    first, last = small_city.indicator(codes[0]), small_city.indicator(codes[-1])
    assert indicator_board.neighbours(small_city, first)[0] is None
    assert indicator_board.neighbours(small_city, last)[1] is None
    if len(codes) > 1:
        assert indicator_board.neighbours(small_city, first)[1].code == codes[1]
        assert indicator_board.neighbours(small_city, last)[0].code == codes[-2]
