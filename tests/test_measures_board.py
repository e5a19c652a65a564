"""What is said of measures: which are chosen, sums that name what they leave out, history, small numbers, no claim."""

from datetime import date, datetime

import pytest

from indicators.boards import measure_context as context
from indicators.boards import measures as board
from indicators.boards.measures import Choice
from indicators.datasets import MEASURES
from indicators.datasets.measures import STATUSES
from indicators.deliveries.editing import edit
from indicators.deliveries.staging import confirm
from indicators.exports import FORMATS
from indicators.knowledge.measures import measures
from indicators.ledger.archive import FOREVER
from indicators.model import Sign

TODAY = date(2026, 3, 1)
AT = datetime(2025, 6, 1, 8)


@pytest.fixture
def keep(store, small_city):
    def kept(at=AT, reporter="FB 51", basis=None, **fields):
        fields = {"status": "in Umsetzung"} | fields
        staged = edit(store, small_city, MEASURES, reporter, fields, basis, "Test", at)
        assert not staged.blocked, staged.findings
        return confirm(store, small_city, staged, at, dict.fromkeys(staged.to_explain, "geprüft")).number

    return kept


def names(found):
    return [one.name for one in found]


def test_every_status_has_a_sign():
    assert set(board.SIGNS) == set(STATUSES)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Choice(), ["K1 · Nr. 2", "K1 · Nr. 10", "K2 · Übergänge"]),
        (Choice(concept="K1"), ["K1 · Nr. 2", "K1 · Nr. 10"]),
        (Choice(field="B"), ["K1 · Nr. 2"]),
        (Choice(goal="B-1"), ["K1 · Nr. 2"]),
        (Choice(reporter="AWO"), ["K2 · Übergänge"]),
        (Choice(status="Idee"), ["K1 · Nr. 10"]),
        (Choice(word="uebergaenge"), ["K2 · Übergänge"]),
        (Choice(word="ÜBER GÄNGE"), ["K2 · Übergänge"]),
        (Choice(word="betreuungsquote"), ["K1 · Nr. 2"]),
        (Choice(word="Arbeiterwohlfahrt"), ["K2 · Übergänge"]),
        (Choice(overdue=True), ["K1 · Nr. 2"]),
    ],
)
def test_what_is_chosen(keep, store, small_city, wanted, found):
    keep(concept="K1", number="2", title="Kita", field="B", goal="B-1.1", indicators="B-01", end="31.12.2025")
    keep(concept="K1", number="10", title="Kurs", status="Idee", end="31.12.2026")
    keep(concept="K2", title="Übergänge", reporter="AWO", status="umgesetzt", end="31.12.2024")
    assert names(board.chosen(measures(store, FOREVER, None), wanted, small_city, TODAY)) == found


def test_a_state_of_long_ago_is_overdue_and_one_that_was_told_again_is_not(keep, store):
    keep(title="alt", state="läuft", state_on="01.02.2025")
    [one] = measures(store, FOREVER, None)
    assert one.overdue(TODAY) == "Sachstand veraltet"
    keep(title="alt", state="läuft", state_on="01.02.2026", basis=1, at=datetime(2026, 2, 1))
    [one] = measures(store, FOREVER, None)
    assert one.overdue(TODAY) == ""


def test_the_sums_say_what_they_leave_out(keep, store, small_city):
    keep(title="a", cost_yearly="1.000", posts="0,5", field="B")
    keep(title="b", cost_yearly="200,50", field="B")
    keep(title="c")
    found = measures(store, FOREVER, None)
    rows = {line[0]: line[1:] for line in board.sums_figure(found, None).rows}
    assert rows["Kosten jährlich"] == ["1.200,50", "Euro", "1 von 3"]
    assert rows["Stellen"] == ["0,50", "Stellen", "2 von 3"]
    assert rows["Kosten einmalig"] == ["", "Euro", "3 von 3"]
    grouped = board.grouped_figure(found, "field", small_city, TODAY, None)
    lines = {line[0]: line[1:] for line in grouped.cells()}
    assert lines["B Bildung"][0] == 2 and lines["ohne Angabe"][0] == 1 and lines["Insgesamt"][0] == 3


def test_history_is_that_of_the_deliveries_with_the_day_that_was_told(keep, store, small_city):
    keep(title="a", status="Idee", at=datetime(2024, 2, 1))
    keep(title="a", status="beschlossen", state="Rat", state_on="11.12.2024", basis=1, at=datetime(2025, 1, 10))
    keep(title="a", status="beschlossen", state="Rat", state_on="11.12.2024", partners="x", basis=2, at=AT)
    keep(
        title="a",
        status="umgesetzt",
        state="Rat",
        state_on="11.12.2024",
        partners="x",
        basis=3,
        at=datetime(2026, 1, 5),
    )
    [one] = measures(store, FOREVER, None)
    assert [(said.day, said.status, said.delivery) for said in one.history] == [
        (date(2024, 2, 1), "Idee", 1),
        (date(2024, 12, 11), "beschlossen", 2),
        (date(2026, 1, 5), "umgesetzt", 4),
    ]
    figure = board.history_figure(one, small_city, None, who=False)
    assert "Eingetragen von" not in figure.columns and "Test" not in figure.texts().to_numpy()
    [then] = measures(store, datetime(2025, 1, 31), None)
    assert (then.status, len(then.history)) == ("beschlossen", 2)


@pytest.mark.parametrize(("count", "kept"), [(0, 0.0), (1, Sign.SECRET), (4, Sign.SECRET), (5, 5.0)])
def test_few_people_are_a_sign_in_every_file(keep, store, small_city, count, kept):
    keep(title="a", participants=float(count), participants_planned=3.0, field="B")
    found = measures(store, FOREVER, small_city.small_below)
    assert found[0].values["participants"] == kept
    figure = board.list_figure(found, small_city, TODAY, None)
    assert "weniger als 5 Teilnehmende" in figure.note
    row = dict(zip(figure.columns, figure.cells()[0], strict=True))
    assert row["Teilnehmende geplant"] is Sign.SECRET
    for suffix in ("csv", "xlsx"):
        FORMATS[suffix].render([figure])
    assert row["Teilnehmende erreicht"] == kept


def test_a_report_shows_them_as_context(keep, store, small_city):
    keep(title="a", number="7", cost_yearly="1.000", participants=3.0, field="B", next_steps="Raum mieten")
    keep(title="b", field="B", status="Idee")
    figure = context.report_figure(measures(store, FOREVER, 5), small_city.field("B"), small_city)
    assert sorted(figure.rows) == [
        ["7 a", "in Umsetzung", "", "1.000", ".", "Raum mieten"],
        ["b", "Idee", "", "", "", ""],
    ]
    assert "Kosten jährlich zusammen 1.000 Euro; ohne Angabe: 1 von 2." in figure.note
    assert board.NO_CLAIM in figure.note


def test_what_has_moved_since(keep, store, small_city):
    keep(title="a", status="Idee", at=datetime(2025, 1, 1))
    keep(title="b", at=datetime(2025, 1, 1))
    before = measures(store, datetime(2025, 2, 1), None)
    keep(title="a", status="beschlossen", basis=1)
    keep(title="c")
    found = context.moved(before, measures(store, FOREVER, None))
    assert [(one.measure.name, one.before, one.after) for one in found] == [
        ("a", "Idee", "beschlossen"),
        ("c", "", "in Umsetzung"),
    ]


def test_those_that_mean_to_move_an_indicator(keep, store, small_city):
    keep(title="a", indicators="B-01; B-02")
    keep(title="b")
    assert names(context.moving(measures(store, FOREVER, None), "B-02", small_city)) == ["a"]
