"""The neutral chart: what Excel, Word and PowerPoint draw of a Figure."""

from dataclasses import replace

import pytest

from indicators.attainment import Status
from indicators.figures import Figure, framed, status_matrix, trend
from indicators.figures.chart import chart
from indicators.figures.theme import LOOKS, TARGET
from indicators.model import Sign
from indicators.reports import packed
from tests.figures.samples import BREAK_2022, CATALOGUE, RISING, rate, years


def test_a_line_is_cut_at_breaks_and_signs_are_gaps_in_it():
    indicator = rate(breaks=(BREAK_2022,))
    figure = trend([years(2020, 1.0, Sign.SECRET, 3.0, 4.0)], indicator, CATALOGUE, show_target=False)
    drawn = chart(figure)
    assert drawn.categories == ("2020", "2021", "2022", "2023")
    assert [(one.begin, one.end, one.named) for one in drawn.strokes] == [(0, 2, True), (2, 4, False)]
    assert [one.values for one in drawn.strokes] == [(1.0, None, None, None), (None, None, 3.0, 4.0)]
    assert [one.is_point for one in drawn.strokes] == [True, False]
    assert drawn.unnamed == [1] and len(drawn.columns) == 1
    assert drawn.strokes[0].look == LOOKS[0]


def test_a_target_runs_across_a_break():
    figure = trend([years(2012, *RISING)], rate(breaks=(BREAK_2022,)), CATALOGUE)
    drawn = chart(figure)
    [path] = [one for one in drawn.strokes if one.look == TARGET]
    assert (path.begin, path.end) == (0, len(drawn.categories))


def test_the_axis_is_that_of_the_screen():
    figure = trend([years(2012, *RISING)], rate(), CATALOGUE)
    drawn = chart(figure)
    assert list(drawn.ends) == figure.spec["encoding"]["y"]["scale"]["domain"]
    assert drawn.over_time and drawn.symbol == "%"


def test_bars_have_no_ends_of_their_own_and_a_stroke_a_column():
    drawn = chart(status_matrix([("A Sprache", [Status.ON_TRACK])]))
    assert not drawn.over_time and drawn.ends is None
    assert drawn.categories == ("A Sprache", "Insgesamt")


@pytest.mark.parametrize("count, every", [(1, 1), (10, 1), (11, 2), (40, 4)])
def test_no_more_than_ten_texts_stand_at_the_axis(count, every):
    figure = Figure("t", "T", framed({"Zeitraum": [str(row) for row in range(count)]}))
    assert chart(figure).every == every


def test_a_report_frozen_before_has_its_axis_too():
    figure = trend([years(2012, *RISING)], rate(), CATALOGUE)
    assert packed._with_ends(replace(figure, ends=None)).ends == figure.ends
