"""A remark beside a value in a template: it comes and goes with the delivery, and says no more than the form allows."""

import io
from datetime import datetime

import openpyxl
import pytest

from indicators.boards import commented
from indicators.deliveries import by_hand
from indicators.deliveries.staging import confirm, keeping_the_rest, stage
from indicators.knowledge import snapshot
from indicators.knowledge.comments import comments, withdraw
from indicators.ledger import commits
from indicators.ledger.commits import Upload
from indicators.model import Breakdown, Severity, Slice
from indicators.periods import Period
from indicators.templates.hidden_map import HEADER_ROW, MAP_SHEET
from indicators.templates.template import template_slots
from tests.conftest import filled_template

AT, LATER, LAST = datetime(2026, 2, 1, 9), datetime(2026, 2, 3, 9), datetime(2026, 2, 10)
TEXT = "Zwei neue Kitas seit August 2025."
TOTAL, FOREIGN = Breakdown(), Breakdown.parse("herkunft=auslaendisch")


def template(city, said, year=2025, empty=(), **changed):
    """A filled template with remarks by base figure and breakdown; the cells of `empty` hold nothing."""
    content = filled_template(city, year, **changed)
    book = openpyxl.load_workbook(io.BytesIO(content))
    for slot in template_slots(content):
        if text := said.get((slot.base_figure, slot.breakdown)):
            book[slot.sheet][slot.comment] = text
        if (slot.base_figure, slot.breakdown) in empty:
            book[slot.sheet][slot.cell] = None
    return written(book)


def written(book):
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def staged(store, city, content, at=AT):
    return stage(store, city, Upload("vorlage.xlsx", content, "Kim"), at)


def delivered(store, city, content, at=AT):
    found = staged(store, city, content, at)
    return confirm(store, city, found, at, dict.fromkeys(found.to_explain, "geprüft"))


def texts(store, city, moment=LAST, *, suppressed=True, indicator="B-01"):
    known = snapshot.take(store, city, moment, suppressed=suppressed)
    return [one.text for one in known.comments.get(indicator, ())]


def test_every_value_has_a_cell_for_a_remark_that_nothing_else_uses(small_city):
    slots = template_slots(filled_template(small_city, 2025))
    cells = [(slot.sheet, cell) for slot in slots for cell in (slot.cell, slot.remark, slot.comment)]
    assert all(slot.comment for slot in slots) and len(cells) == len(set(cells))


def test_on_delivery_it_is_a_remark_on_that_value_with_who_when_and_delivery(store, small_city):
    receipt = delivered(store, small_city, template(small_city, {("kita_kinder", FOREIGN): f" {TEXT}\n"}))
    known = snapshot.take(store, small_city, LAST, suppressed=False)
    [one] = known.comments["B-01"]
    assert (one.breakdown, str(one.period), one.by, one.at) == (FOREIGN, "2025", "Kim", AT)
    assert one.text.endswith(TEXT) and one.delivery == receipt.number
    assert f"(Kim, FB 51, Lieferung {receipt.number}, 01.02.2026)" in commented.said(known, one)
    table = commented.table(known, small_city.indicators["B-01"]).frame
    assert list(table["Von"]) == [f"Kim, FB 51, Lieferung {receipt.number}"]
    assert texts(store, small_city, datetime(2026, 1, 31)) == []


def test_it_is_gone_when_the_delivery_is_withdrawn_and_back_when_it_is_restored(store, small_city):
    receipt = delivered(store, small_city, template(small_city, {("kita_kinder", TOTAL): TEXT}))
    commits.withdraw(store, receipt.number, LATER, "Kim", "falsche Datei")
    assert texts(store, small_city) == [] and len(texts(store, small_city, datetime(2026, 2, 2))) == 1
    commits.restore(store, receipt.number, datetime(2026, 2, 4), "Kim", "doch richtig")
    assert len(texts(store, small_city)) == 1


def test_a_later_delivery_brings_its_own(store, small_city):
    delivered(store, small_city, template(small_city, {("kita_kinder", TOTAL): TEXT}))
    delivered(
        store, small_city, template(small_city, {("kita_kinder", FOREIGN): "Andere Zählung."}, kinder=401.0), LATER
    )
    assert [text.rpartition(": ")[2] for text in texts(store, small_city)] == ["Andere Zählung."]


def test_what_is_carried_on_keeps_its_remark(store, small_city):
    delivered(store, small_city, template(small_city, {("kita_kinder", FOREIGN): TEXT, ("kinder", TOTAL): "Alt."}))
    again = template(small_city, {("kinder", TOTAL): "Neu."}, empty=[("kita_kinder", FOREIGN)])
    found = keeping_the_rest(store, small_city, staged(store, small_city, again, LATER), LATER)
    assert {one.text for one in found.reading.remarks} == {TEXT, "Neu."}


def test_a_form_for_values_loses_no_remark_of_a_value_that_stays(store, small_city):
    delivered(store, small_city, template(small_city, {("kita_kinder", FOREIGN): TEXT, ("kita_kinder", TOTAL): "Alt."}))
    piece = Slice("kita_kinder", "FB 51", Period.of_year(2025))
    typed = {(piece.subject, one.breakdown): by_hand.parse(one.valid) for one in fields(store, small_city, piece)}
    typed[piece.subject, TOTAL] += 1
    upload = by_hand.workbook(store, small_city, piece, typed, "Pat", LATER)
    found = stage(store, small_city, upload, LATER)
    assert [(one.breakdown, one.text) for one in found.reading.remarks] == [(FOREIGN, TEXT)]


def fields(store, city, piece):
    return by_hand.fields(store, city, piece.reporter, piece.subject, piece.period)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Es sind 3 Kinder.", "Bitte keine Zahlen nennen"),
        ("Siehe www.stadt.example", "keine Adressen von Webseiten"),
        ("x" * 501, "höchstens 500 Zeichen"),
    ],
)
def test_what_the_form_refuses_stops_the_delivery(store, small_city, said, told):
    found = staged(store, small_city, template(small_city, {("kita_kinder", TOTAL): said}))
    [problem] = [one for one in found.findings if one.rule == "remark-refused"]
    assert found.blocked and told in problem.message and problem.place.cell


def test_a_remark_beside_no_value_is_not_passed_over_in_silence(store, small_city):
    content = template(small_city, {("kita_kinder", FOREIGN): TEXT}, empty=[("kita_kinder", FOREIGN)])
    [told] = [one for one in staged(store, small_city, content).findings if one.rule == "remark-without-value"]
    assert told.severity is Severity.WARNING and "kein Wert" in told.message


def test_one_that_must_not_be_known_is_taken_from_every_state(store, small_city):
    delivered(store, small_city, template(small_city, {("kita_kinder", TOTAL): "Familie Muster ist weggezogen."}))
    [one] = comments(store, LAST)
    withdraw(store, one.number, "Pat", LATER, "nennt einen Namen", everywhere=True)
    assert texts(store, small_city) == [] and texts(store, small_city, datetime(2026, 2, 2)) == []


def test_templates_of_before_still_work(store, small_city):
    """As they were handed out: no seventh column in the map, no cells for remarks."""
    content = filled_template(small_city, 2025)
    slots = template_slots(content)
    book = openpyxl.load_workbook(io.BytesIO(content))
    first = min(openpyxl.utils.cell.coordinate_from_string(slot.comment)[0] for slot in slots)
    for name in {slot.sheet for slot in slots}:
        book[name].delete_cols(openpyxl.utils.column_index_from_string(first), 10)
    for row in range(HEADER_ROW, book[MAP_SHEET].max_row + 1):
        book[MAP_SHEET].cell(row, 7).value = None
    found = staged(store, small_city, written(book))
    assert found.findings == () and not found.blocked
    assert found.reading.remarks == () and len(found.reading.rows) == len(slots)


def test_a_moved_head_over_the_remarks_is_seen(store, small_city):
    content = template(small_city, {})
    book = openpyxl.load_workbook(io.BytesIO(content))
    slot = template_slots(content)[0]
    column = openpyxl.utils.cell.coordinate_from_string(slot.comment)[0]
    head = next(cell for cell in book[slot.sheet][column] if cell.value == "Bemerkung")
    head.value = "Anmerkungen"
    assert [one.rule for one in staged(store, small_city, written(book)).findings] == ["changed-label"]
