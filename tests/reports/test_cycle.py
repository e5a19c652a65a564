"""Target agreements, first interviews and costs as chapters of a report, as everyone but the office sees them."""

import gzip
import json
from dataclasses import replace
from datetime import date, datetime

import pytest

from indicators.datasets import AGREEMENTS, INTERVIEWS, MEASURES
from indicators.deliveries.editing import edit
from indicators.deliveries.staging import confirm
from indicators.knowledge import snapshot
from indicators.reports import packed
from indicators.reports.compose import Wish
from indicators.reports.fixed_texts import CONCEPT
from indicators.reports.formats import FORMATS
from indicators.reports.making import make
from indicators.reports.report import Kind
from tests.reports.test_measures import words

AT, NOW = datetime(2025, 6, 1), datetime(2025, 7, 1)
DAY = date(2025, 7, 1)
CAFE = {"number": "7", "title": "Sprachcafé", "status": "in Umsetzung", "field": "B", "cost_yearly": 4000.0,
        "participants_planned": 40.0, "participants": 3.0, "current": "nein", "current_on": "2025-05-02",
        "current_why": "Der Bedarf ist anders."}  # fmt: skip
GOAL = {"year": "2024", "number": "1", "title": "Mehr Orte", "text": "Drei Orte.", "agreed_on": "12.02.2024",
        "field": "B"}  # fmt: skip
REVIEW = {"reviewed_on": "14.02.2025", "outcome": "teilweise erreicht", "value": 4.0, "people": "ja",
          "reason": "Ein Ort fehlt.", "consequence": "fortführen"}  # fmt: skip
TALK = {"day": "12.02.2025", "measures": "7", "found": "Läuft gut.", "changes": "Zweiter Ort."}


@pytest.fixture
def made(store, small_city):
    def keep(data_set, at, **values):
        staged = edit(store, small_city, data_set, "FB 51", values, None, "Test", at)
        assert not staged.blocked, staged.findings
        return confirm(store, small_city, staged, at, dict.fromkeys(staged.to_explain, "geprüft"))

    keep(MEASURES, AT, **CAFE)
    keep(AGREEMENTS, AT, **GOAL, **REVIEW)
    keep(AGREEMENTS, AT, **GOAL | {"year": "2025", "title": "Vier Orte", "agreed_on": "14.02.2025"})
    keep(AGREEMENTS, AT, **GOAL | {"year": "2025", "number": "2", "title": "Nur Entwurf", "agreed_on": ""})
    keep(INTERVIEWS, AT, **TALK)

    def report(kind=Kind.STATUS_QUO, **wish):
        known = snapshot.take(store, small_city, NOW, suppressed=True)
        return make(store, known, Wish(kind, **wish), DAY)

    return report


def rows(report, heading):
    section = next(one for one in report.sections if one.heading.startswith(heading))
    return [one.figure.rows for one in section.exhibits]


def test_agreements_with_review_and_rates_by_unit_and_field_over_the_years(made):
    goals, by_unit, by_field = rows(made(Kind.CONTROLLING), "Zielvereinbarungen")
    assert goals == [
        ["2025, Fachbereich Kinder, Nr. 1: Vier Orte", "", "▶ vereinbart", "", "", ""],
        ["2024, Fachbereich Kinder, Nr. 1: Mehr Orte", "", "◑ teilweise erreicht", ".", "Ein Ort fehlt.", "fortführen"],
    ]
    assert [line[0] for line in by_unit] == ["Fachbereich Kinder, 2024", "Fachbereich Kinder, 2025"]
    assert [line[0] for line in by_field] == ["B Bildung, 2024", "B Bildung, 2025"]


def test_the_status_quo_report_has_the_interviews_the_check_and_the_costs(made):
    report = made()
    assert [one.heading for one in report.sections] == [
        "Zielvereinbarungen", "Erstgespräche und Prüfung der Maßnahmen", "Kosten und Stellen der Maßnahmen",
    ]  # fmt: skip
    talks, checked, outdated = rows(report, "Erstgespräche")
    assert talks == [["Fachbereich Kinder", "geführt", "12.02.2025", "Läuft gut.", "Zweiter Ort.", "", ""]]
    assert checked == [["B Bildung", "1", "0", "1", "0"], ["Insgesamt", "1", "0", "1", "0"]]
    assert outdated == [["7 Sprachcafé", "Fachbereich Kinder", "02.05.2025", "Der Bedarf ist anders."]]
    sums, by_field = rows(report, "Kosten")
    assert sums[1] == ["Kosten jährlich", "4.000", "Euro", "0 von 1"]
    assert by_field[0][:3] == ["B Bildung", "1", "1"]
    assert report.chapters[0].measures.figure.texts().loc[0, ["Personen geplant", "Personen erreicht"]].tolist() == [
        "40", ".",
    ]  # fmt: skip


def test_the_two_yearly_report_says_what_is_new_since(made):
    report = made(Kind.TWO_YEARLY)
    [moved] = rows(report, "Was sich in zwei Jahren")
    assert moved[0][:3] == ["Nr. 7: Sprachcafé", "noch nicht eingetragen", "▶ in Umsetzung"]
    assert report.progress


def test_other_kinds_and_single_indicators_have_none(made):
    assert [one.heading for one in made(Kind.FULL).sections] == [CONCEPT]
    assert not made(Kind.SHEETS).sections
    assert not made(Kind.STATUS_QUO, indicators=("B-01",)).sections


@pytest.mark.parametrize("name", ["docx", "html", "pptx"])
def test_every_format_has_them_and_no_small_number(made, name):
    said = words(name, FORMATS[name].render(made()))
    for text in ("Vier Orte", "Zweiter Ort.", "Der Bedarf ist anders.", "Ein Ort fehlt."):
        assert text in said, text
    assert "Nur Entwurf" not in said


def test_the_pdf_is_made_and_running_numbers_go_on(made):
    report = made()
    assert FORMATS["pdf"].render(report).startswith(b"%PDF") and FORMATS["xlsx"].render(report)
    assert [one.table for one in report.exhibits if one.table] == list(range(1, len(report.exhibits) + 1))


def test_a_frozen_report_keeps_them_and_an_older_one_has_none(made):
    report = made()
    assert packed.unpack(packed.pack(report)).further[0].heading == "Zielvereinbarungen"
    old = json.loads(gzip.decompress(packed.pack(replace(report, further=()))))
    old["=Report"].pop("further")
    assert packed.unpack(gzip.compress(json.dumps(old).encode())).further == ()
