"""What someone writes beside a template is told: remarks as a hint, numbers with the question whether they count."""

import io
from datetime import datetime

import openpyxl
import pytest

from indicators.deliveries.staging import stage
from indicators.ledger.commits import Upload
from indicators.model import Severity
from tests.conftest import filled_template

NOW = datetime(2026, 2, 1, 9)


def staged(store, catalogue, **cells):
    """A filled template with more cells on the sheet „kinder“."""
    book = openpyxl.load_workbook(io.BytesIO(filled_template(catalogue, 2025)))
    for address, value in cells.items():
        book["kinder"][address] = value
    content = io.BytesIO()
    book.save(content)
    return stage(store, catalogue, Upload("vorlage.xlsx", content.getvalue(), "Test"), NOW)


def beside(found):
    return [finding for finding in found.findings if finding.rule == "beside-template"]


def test_the_template_itself_is_beside_nothing(store, small_city):
    assert beside(staged(store, small_city)) == []


def test_a_column_of_remarks_is_told(store, small_city):
    found = staged(store, small_city, F7="Bemerkung", F8="mit Kindertagespflege", F10="geschätzt")
    [told] = beside(found)
    assert told.severity is Severity.HINT
    assert told.message == "Spalte F („Bemerkung“) gehört nicht zur Vorlage: 3 Zellen ab F7 werden nicht gelesen."
    assert not found.blocked and told not in found.to_explain


@pytest.mark.parametrize("head", ["2. Halbjahr", None])
def test_a_new_column_of_numbers_needs_a_reason(store, small_city, head):
    found = staged(store, small_city, **({"G7": head} if head else {}), G8=17)
    [told] = beside(found)
    assert told in found.to_explain
    assert "gelben Felder" in told.remedy


def test_the_record_names_the_error_that_stopped_a_file_and_not_its_first_hint(store, small_city):
    book = openpyxl.load_workbook(io.BytesIO(filled_template(small_city, 2025, kinder=-5.0)))
    book.create_sheet("Notizen")["A1"] = "nur für uns"
    book["kinder"]["F7"] = "Bemerkung"
    content = io.BytesIO()
    book.save(content)
    found = stage(store, small_city, Upload("vorlage.xlsx", content.getvalue(), "Test"), NOW)
    assert found.findings[0].severity is not Severity.ERROR
    assert found.outcome.startswith("abgewiesen: „Kinder“ kann nicht kleiner als 0 sein")
