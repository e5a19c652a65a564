"""Scales that do not flatter and labels that do not cover one another."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.figures.axes import time_axis, value_axis
from indicators.figures.labels import AFTER, BEFORE, Label, clearest, spread, wrapped
from indicators.periods import Period

finite = st.floats(min_value=-1e9, max_value=1e9).map(lambda value: round(value, 3))


@given(st.lists(finite, min_size=1, max_size=20), st.booleans())
def test_all_values_lie_on_the_axis(values, is_rate):
    axis = value_axis(values, rate=is_rate)
    hair = 1e-6 * (axis.high - axis.low)
    assert axis.low <= min(values) + hair and axis.high >= max(values) - hair
    assert 2 <= len(axis.ticks) <= 12


@given(st.lists(st.floats(min_value=0, max_value=1e6), min_size=1))
def test_counts_always_begin_at_zero(values):
    assert value_axis(values, rate=False).low == 0


@given(st.lists(st.floats(min_value=0, max_value=100).map(lambda value: round(value, 1)), min_size=1))
def test_a_rates_axis_never_falls_below_zero(values):
    assert value_axis(values, rate=True).low >= 0


def test_tick_labels_have_the_decimals_that_they_need():
    assert value_axis([0, 1], rate=True).decimals == 1
    assert value_axis([0, 40], rate=True).ticks == (0, 10, 20, 30, 40)
    assert value_axis([0, 40], rate=True).decimals == 0


def test_the_latest_period_is_labelled_and_labels_are_few():
    axis = time_axis([Period.quarter(year, part) for year in range(2015, 2027) for part in (1, 2, 3, 4)][:-1])
    labels = [label for _, label in axis.ticks]
    assert labels[-1] == "Q3 2026"
    assert len(labels) <= 9
    assert len({label[:2] for label in labels}) == 1


def test_the_axis_reaches_the_target_year():
    axis = time_axis([Period.of_year(2020), Period.of_year(2024)], Period.of_year(2030).time)
    assert (axis.low, axis.high) == (2021.0, 2031.0)
    assert axis.ticks[-1] == (2031.0, "2030")


@given(st.lists(st.floats(min_value=0, max_value=380), min_size=1, max_size=12))
def test_labels_never_overlap(wishes):
    placed = spread([Label(f"Linie {number}", "", 0.0, wish) for number, wish in enumerate(wishes)], 380)
    middles = sorted(label.middle for label in placed)
    assert all(after - before >= 16 - 1e-6 for before, after in pairwise(middles))


def test_a_label_takes_the_corner_where_nothing_runs():
    rising = [(2000.0, 300.0), (2010.0, 100.0)]
    corners = [Label("Ziel 2005", "", 2005.0, 200.0 + apart, style) for apart in (17, -17) for style in (AFTER, BEFORE)]
    best = clearest(corners, [rising], (2000.0, 2010.0))
    # a rising stroke leaves room below on the right and above on the left
    assert (best.middle > 200.0) == (best.style is AFTER)
    flat = [(2005.0, 217.0), (2010.0, 217.0)]
    assert clearest(corners, [rising, flat], (2000.0, 2010.0)).style is BEFORE


def test_labels_with_room_stay_where_they_are():
    placed = spread([Label("A", "", 0.0, 50.0), Label("B", "", 0.0, 200.0)], 380)
    assert [label.middle for label in placed] == [50.0, 200.0]


@pytest.mark.parametrize(
    ("name", "lines"),
    [("Frauen", ["Frauen: 9,0"]), ("Hannover, Landeshauptstadt", ["Hannover,", "Landeshauptstadt: 9,0"])],
)
def test_long_names_are_broken_and_complete(name, lines):
    assert wrapped(name, "9,0").split("\n") == lines
