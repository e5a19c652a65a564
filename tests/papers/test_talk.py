"""The form for a talk: what is known stands in it, what is to be written has room, and no small number is in it."""

import io
from datetime import date, datetime

import docx
import pytest

from indicators.datasets import AGREEMENTS, MEASURES
from indicators.deliveries.editing import edit
from indicators.deliveries.staging import confirm
from indicators.knowledge import snapshot
from indicators.knowledge.agreements import goals
from indicators.knowledge.measures import measures
from indicators.papers import talk_word
from indicators.papers.talk import talk

AT, DAY = datetime(2025, 3, 1), date(2025, 3, 2)
LAST = {
    "year": "2024", "number": "1", "title": "Mehr Kinder", "text": "35 Prozent besuchen eine Kita.",
    "indicator": "B-01", "target": 35.0, "agreed_on": "12.02.2024", "measures": "7",
    "outcome": "teilweise erreicht", "reviewed_on": "01.03.2025", "reason": "Bau", "consequence": "fortführen",
}  # fmt: skip
COUNTED = {
    "year": "2024", "number": "2", "title": "Beratung", "text": "Alle werden beraten.", "agreed_on": "12.02.2024",
    "outcome": "erreicht", "reviewed_on": "01.03.2025", "value": 3.0, "people": "ja",
}  # fmt: skip
OPEN = {"year": "2025", "number": "1", "title": "Neues Ziel", "text": "Es gibt ein Konzept."}
MEASURE = {"number": "7", "title": "Sprachcafé", "status": "in Umsetzung", "state": "läuft gut"}


@pytest.fixture
def city(deliver, store, small_city):
    rows = [("kita_kinder", "FB 51", "2023", "", 130.0), ("kinder", "FB 51", "2023", "", 400.0)]
    deliver(*rows, at=datetime(2024, 1, 20))
    for data_set, fields in ((MEASURES, MEASURE), *((AGREEMENTS, goal) for goal in (LAST, COUNTED, OPEN))):
        staged = edit(store, small_city, data_set, "FB 51", fields, None, "Test", AT)
        assert not staged.blocked, staged.findings
        confirm(store, small_city, staged, AT, {})
    return store


def made(city, small_city, *, suppressed=True):
    known = snapshot.take(city, small_city, AT, suppressed=suppressed)
    found = goals(city, AT, small_city.small_below)
    return talk(known, found, {"FB 51 · 2024 · Nr. 1": "32,5 % (2023)"}, measures(city, AT, 5), "FB 51", 2025, DAY)


def test_it_is_filled_as_far_as_it_is_known(city, small_city):
    content = talk_word.render(made(city, small_city))
    document = docx.Document(io.BytesIO(content))
    said = "\n".join(one.text for one in document.paragraphs).replace("\N{NO-BREAK SPACE}", " ")
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    for text in ("35 Prozent besuchen eine Kita.", "Wert der Kennzahl am Tag der Überprüfung: 32,5 % (2023)",
                 "Ergebnis der Überprüfung: teilweise erreicht", "Es gibt ein Konzept."):  # fmt: skip
        assert text in said, text
    assert "läuft gut" in cells and "B-01 Betreuungsquote" in cells and "Für die Stelle (Funktion)" in cells
    assert "Erreichter Wert: ." in said and "Erreichter Wert: 3" not in said
    assert cells.count("Wortlaut des Ziels") == talk_word.NEW_GOALS
    assert content == talk_word.render(made(city, small_city))


def test_what_is_not_reviewed_has_room_for_it(city, small_city):
    found = made(city, small_city)
    assert [bool(goal.review) for goal in (*found.last, *found.begun)] == [True, True, False]


def test_it_is_never_made_of_true_values(city, small_city):
    with pytest.raises(ValueError, match="steering group"):
        made(city, small_city, suppressed=False)
