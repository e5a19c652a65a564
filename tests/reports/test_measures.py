"""Measures in a report: per action field, as everyone but the office sees them, in every format; also frozen."""

import gzip
import io
import json
import zipfile
from datetime import date, datetime

import pytest

from indicators.boards.measures import NO_CLAIM
from indicators.datasets import MEASURES
from indicators.deliveries.editing import edit
from indicators.deliveries.staging import confirm
from indicators.knowledge import snapshot
from indicators.reports import packed
from indicators.reports.compose import Wish
from indicators.reports.formats import FORMATS
from indicators.reports.making import make
from indicators.reports.report import Kind

AT, NOW = datetime(2025, 6, 1), datetime(2025, 7, 1)
MEASURE = {
    "number": "7",
    "title": "Sprachcafé",
    "status": "in Umsetzung",
    "field": "B",
    "cost_yearly": 4321.0,
    "participants": 3.0,
    "next_steps": "Raum mieten",
}


@pytest.fixture
def made(store, small_city):
    def report(kind=Kind.STATUS_QUO, **wish):
        known = snapshot.take(store, small_city, NOW, suppressed=True)
        return make(store, known, Wish(kind, **wish), date(2025, 7, 1))

    staged = edit(store, small_city, MEASURES, "FB 51", MEASURE, None, "Test", AT)
    confirm(store, small_city, staged, AT, {})
    return report


def words(name, content):
    if name in ("docx", "pptx"):
        book = zipfile.ZipFile(io.BytesIO(content))
        return " ".join(book.read(one).decode("utf-8", "ignore") for one in book.namelist() if one.endswith(".xml"))
    return content.decode("utf-8", "ignore")


@pytest.mark.parametrize("name", ["docx", "html", "pptx"])
def test_they_stand_in_the_chapter_of_their_field(made, name):
    report = made()
    figure = report.chapters[0].measures.figure
    assert figure.texts().to_numpy().tolist() == [["7 Sprachcafé", "in Umsetzung", "", "4.321", ".", "Raum mieten"]]
    said = words(name, FORMATS[name].render(report))
    for text in ("Sprachcafé", "in Umsetzung", "4.321", "Raum mieten"):
        assert text in said, text
    if name != "pptx":
        assert NO_CLAIM in said


def test_the_pdf_is_made_with_them(made):
    assert FORMATS["pdf"].render(made()).startswith(b"%PDF")


def test_a_choice_of_indicators_and_a_sheet_of_one_page_have_none(made):
    assert made(indicators=("B-01",)).chapters[0].measures is None
    assert made(Kind.SHEETS).chapters[0].measures is None


def test_a_frozen_report_keeps_them_and_an_older_one_has_none(made):
    report = made()
    assert packed.pack(packed.unpack(packed.pack(report))) == packed.pack(report)
    old = json.loads(gzip.decompress(packed.pack(report)))
    for chapter in old["=Report"]["chapters"]:
        chapter["=Chapter"].pop("measures")
    unpacked = packed.unpack(gzip.compress(json.dumps(old).encode()))
    assert unpacked.chapters[0].measures is None and unpacked.chapters[0].title == "Bildung"
