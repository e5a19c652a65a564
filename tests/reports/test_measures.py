"""Measures in a report: per action field, as everyone but the office sees them, in every format; also frozen."""

import gzip
import io
import json
import zipfile
from dataclasses import replace
from datetime import date, datetime

import pytest

from indicators.boards.measures import NO_CLAIM
from indicators.datasets import CONSULTATIONS, MEASURES
from indicators.deliveries.editing import edit
from indicators.deliveries.staging import confirm
from indicators.knowledge import snapshot
from indicators.knowledge.decisions import Decision, DecisionState, keep_decision
from indicators.reports import packed
from indicators.reports.formats import FORMATS
from indicators.reports.making import make
from indicators.reports.report import Kind
from indicators.reports.wishes import Wish

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
    assert figure.rows == [["7 Sprachcafé", "in Umsetzung", "", "4.321", ".", "Raum mieten"]]
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


SECRET = "Grundstückskauf Nordstraße"


@pytest.fixture
def consulted(made, store, small_city):
    """The council has put it off; behind closed doors something was said; a meeting has agreed on something."""
    about = {"measure": "7", "role": "Entscheidung"}
    put_off = {"outcome": "zurückgestellt", "put_off_to": "2025-09-10", "budget": "eigene Vorlage nötig"}
    closed = {"outcome": "erledigt", "remark": SECRET, "paper": SECRET}
    for values in (
        about | put_off | {"station": "1", "committee": "Rat", "public": "ja", "day": "2025-05-14"},
        about | closed | {"station": "2", "committee": "Hauptausschuss", "public": "nein", "day": "2025-05-20"},
        about | {"station": "3", "committee": "Hauptausschuss", "public": "nein", "day": "2025-08-20", "paper": SECRET},
    ):
        staged = edit(store, small_city, CONSULTATIONS, "FB 51", values, None, "Test", AT)
        confirm(store, small_city, staged, AT, {})
    agreed = Decision(0, 1, "kennzahl-B-01", "Zwei Gruppen mehr", "FB 51", date(2025, 6, 2), DecisionState.AGREED)
    keep_decision(store, agreed, "Test", AT)
    keep_decision(store, replace(agreed, wording="Später gefasst"), "Test", datetime(2025, 8, 1))
    return made


@pytest.mark.parametrize("kind", [Kind.CONTROLLING, Kind.EXPERT])
def test_progress_control_says_how_measures_stand_and_what_is_to_be_decided(consulted, kind):
    statuses, waiting, decided = (one.figure.rows for one in consulted(kind).progress)
    assert statuses == [
        ["B Bildung", "1", "1 ▶ in Umsetzung", "0"],
        ["Insgesamt", "1", "1 ▶ in Umsetzung", "0"],
    ]
    assert [[line[place] for place in (0, 1, 4, 5, 6, 8)] for line in waiting] == [
        ["20.08.2025", "Hauptausschuss", "nichtöffentlich", "", "", ""],
        ["10.09.2025", "Rat", "öffentlich", "1-mal", "14.05.2025", "eigene Vorlage nötig"],
    ]
    assert decided == [["Zwei Gruppen mehr", "FB 51", "02.06.2025", "fällig", ""]]
    assert not consulted(kind, indicators=("B-01",)).progress
    assert not consulted(Kind.FULL).progress


@pytest.mark.parametrize("name", ["docx", "html", "pptx", "pdf", "xlsx"])
def test_it_stands_in_every_format_without_what_is_not_public(consulted, name):
    report = consulted(Kind.EXPERT)
    said = words("docx" if name == "xlsx" else name, FORMATS[name].render(report))
    if name != "pdf":  # its texts are compressed; what it is made of is looked at below
        for text in ("Zwei Gruppen mehr", "eigene Vorlage nötig", "14.05.2025"):
            assert text in said, text
    assert SECRET not in said
    assert SECRET not in gzip.decompress(packed.pack(report)).decode()
