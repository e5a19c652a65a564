"""Measures on one axis: where their bars begin and end, in words as well; and which changed last."""

from datetime import date, datetime

import pytest

from indicators.boards import measure_time as board
from indicators.knowledge.measures import measures
from indicators.moments import FOREVER
from tests.test_measures_board import keep

__all__ = ["keep"]

TODAY = date(2026, 7, 2)


@pytest.fixture
def line(store, small_city):
    return lambda by="status": board.time_line(measures(store, FOREVER, None), by, small_city, TODAY)


def bars(found):
    return {bar.measure.title: bar for _, group in found.groups for bar in group}


def test_a_bar_goes_from_the_first_to_the_last_day_on_an_axis_of_whole_years(keep, line):
    keep(number="1", title="Kurs", start="01.01.2025", end="31.12.2026")
    keep(number="2", title="Treff", start="02.07.2026", permanent="ja")
    keep(number="3", title="Idee", status="Idee")
    keep(number="4", title="Haus", end="31.12.2025", status="umgesetzt")
    found = line()
    assert found.years == ((2025, 0.0), (2026, 0.5)) and found.today == pytest.approx(547 / 730)
    assert [(name, [bar.measure.title for bar in group]) for name, group in found.groups] == [
        ("Idee", ["Idee"]), ("in Umsetzung", ["Kurs", "Treff"]), ("umgesetzt", ["Haus"]),
    ]  # fmt: skip
    kurs, treff, idee, haus = (bars(found)[title] for title in ("Kurs", "Treff", "Idee", "Haus"))
    assert (kurs.begin, kurs.length, kurs.open_end, kurs.term) == (0.0, 1.0, False, "01.01.2025 bis 31.12.2026")
    assert (treff.begin, treff.open_end, treff.term) == (found.today, True, "ab 02.07.2026, dauerhaft")
    assert treff.begin + treff.length == pytest.approx(1.0)
    assert (idee.begin, idee.length, idee.term) == (None, 0.0, "Laufzeit nicht angegeben")
    assert (haus.begin, haus.length, haus.term) == (0.0, 0.5, "bis 31.12.2025")
    assert [bar.look for bar in (kurs, treff, idee, haus)] == ["running", "running", "ahead", "done"]


def test_a_day_far_away_makes_no_axis_of_a_century(keep, line):
    keep(number="1", title="Alt", start="01.01.1950", end="31.12.2040")
    found = line()
    assert (found.years[0][0], found.years[-1][0]) == (2016, 2036)
    assert (bars(found)["Alt"].begin, bars(found)["Alt"].length) == (0.0, 1.0)


@pytest.mark.parametrize("by", board.BY)
def test_the_table_beside_says_the_same_for_every_grouping(keep, line, small_city, by):
    keep(number="1", title="Kurs", field="B", concept="K1", start="01.01.2025", end="31.12.2025")
    row = board.figure(line(by), by, small_city, None).texts().iloc[0].to_dict()
    assert (row["Maßnahme"], row["Laufzeit"]) == ("K1 · Nr. 1: Kurs", "01.01.2025 bis 31.12.2025")
    assert (row["Beginn"], row["Ende"], row["Überfällig"]) == ("01.01.2025", "31.12.2025", "Ende überschritten")
    assert (row["Status"], row["Zuständig"]) == ("in Umsetzung", "Fachbereich Kinder")


def test_a_measure_of_two_fields_stands_in_both(keep, line):
    keep(number="1", title="Kurs")
    assert [name for name, _ in line("field").groups] == ["ohne Angabe"]


def test_the_last_change_names_the_fields_and_not_what_stood_in_them(keep, store, small_city):
    first = keep(number="1", title="Kurs", participants=40.0)
    keep(number="2", title="Treff")
    keep(datetime(2025, 7, 1), basis=first, number="1", title="Kurs", participants=3.0, status="umgesetzt")
    shown = board.changes_figure(measures(store, FOREVER, 5), small_city, None, who=True).texts()
    assert shown[["Geändert am", "Maßnahme", "Was sich änderte", "Eingetragen von"]].to_numpy().tolist() == [
        ["01.07.2025", "Nr. 1: Kurs", "Status, Teilnehmende erreicht", "Test"],
        ["01.06.2025", "Nr. 2: Treff", "neu eingetragen", "Test"],
    ]
    assert "Eingetragen von" not in board.changes_figure([], small_city, None, who=False).columns
