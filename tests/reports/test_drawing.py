"""Charts are drawn once, by two processes where there are many, and come out the same."""

from dataclasses import replace

import pytest

from indicators.figures import trend
from indicators.reports import drawing
from tests.figures.samples import CATALOGUE, rate, years


def figures(count: int):
    made = [trend([years(2012, 20.0 + number, 30.0, 25.0)], rate(), CATALOGUE) for number in range(count)]
    return [replace(figure, key=str(number)) for number, figure in enumerate(made)]


@pytest.fixture(autouse=True)
def nothing_drawn():
    drawing.forget()
    yield
    drawing.forget()


def test_two_processes_draw_what_one_draws():
    many = figures(drawing.SHARED_FROM)
    alone = [drawing.svg(figure) for figure in many]
    drawing.forget()
    drawing.prepare(many)
    assert len(drawing._KEPT) == len(many)
    assert [drawing.svg(figure) for figure in many] == alone
    assert len(set(alone)) == len(many)


def test_where_the_other_process_fails_everything_is_drawn_here(monkeypatch, tmp_path):
    monkeypatch.setattr(drawing, "CHILD", tmp_path / "fehlt.py")
    many = figures(drawing.SHARED_FROM)
    drawing.prepare(many)
    assert all(drawing.svg(figure).startswith("<svg") for figure in many)


def test_type_in_print_is_eight_to_nine_points():
    [figure] = figures(1)
    text = drawing.svg(figure)
    width = float(text.partition('width="')[2].partition('"')[0])
    points = 13 * drawing.PRINTED_CM / 2.54 * 72 / width
    assert 8 <= points <= 9
