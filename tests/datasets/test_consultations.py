"""Consultations of measures: what stands in the way of a list, what is due, and what was put off how often."""

from datetime import date, datetime

import pytest

from indicators.datasets import CONSULTATIONS, MEASURES
from indicators.datasets.listed import template
from indicators.deliveries.editing import edit, read_own
from indicators.deliveries.staging import confirm, stage
from indicators.knowledge.consultations import Consultation, consultations, due
from indicators.ledger.commits import Upload
from indicators.moments import FOREVER
from indicators.periods import Period

THEN = datetime(2025, 3, 1)
TODAY = date(2025, 3, 1)
COURSE = {"concept": "IK 2016", "number": "1", "title": "Müttercafé", "status": "vorgeschlagen"}
FIRST = {"measure": "1", "station": "1", "committee": "Rat", "public": "ja", "role": "Entscheidung"}


def staged(store, catalogue, *rows):
    lines = [template.Row(filled=tuple(row.items())) for row in rows]
    content = template.build(CONSULTATIONS.form, catalogue, "FB 51", Period.of_year(2025), lines, room=0)
    return stage(store, catalogue, Upload("Beratungen.xlsx", content, "Kim"), THEN, read=read_own)


@pytest.fixture
def with_measure(store, small_city):
    found = edit(store, small_city, MEASURES, "FB 51", COURSE, None, "Kim", THEN)
    confirm(store, small_city, found, THEN, {})
    return store


def test_a_measure_is_named_by_its_number_its_title_or_in_full(with_measure, small_city):
    names = ("1", "Nr. 1", "müttercafé", "ik 2016 · nr. 1")
    rows = [FIRST | {"measure": name, "station": str(place)} for place, name in enumerate(names)]
    found = staged(with_measure, small_city, *rows)
    assert not found.blocked, found.findings
    confirm(with_measure, small_city, found, THEN, {})
    kept = consultations(with_measure, FOREVER, all_of_them=True)
    assert {one.measure for one in kept} == {"IK 2016 · Nr. 1"}
    assert [one.name for one in kept] == [f"IK 2016 · Nr. 1 · Station {place}" for place in range(4)]


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        ({"measure": "Nr. 7"}, "unknown-measure"),
        ({"committee": ""}, "missing"),
        ({"public": ""}, "missing"),
        ({"outcome": "abgelehnt"}, "no-day"),
        ({"outcome": "abgelehnt", "day": "2025-03-02"}, "not-yet"),
        ({"outcome": "abgelehnt", "day": "2025-02-02", "put_off_to": "2025-04-01"}, "not-put-off"),
        ({"outcome": "zurückgestellt", "day": "2025-02-02", "put_off_to": "2025-02-01"}, "put-off-back"),
        ({"outcome": "abgelehnt", "day": "2025-02-02", "votes_for": 2.5}, "not-whole"),
        ({"votes_for": 2.0, "day": "2025-02-02"}, "votes-alone"),
        ({"outcome": "bejubelt"}, "unknown-word"),
    ],
)
def test_what_cannot_be_is_told_at_its_row(with_measure, small_city, wrong, rule):
    found = staged(with_measure, small_city, FIRST | wrong)
    assert found.blocked and rule in {finding.rule for finding in found.findings}


def sat(committee, day, outcome="", to="", measure="M", station="1", closed=False):
    texts = {"measure": measure, "committee": committee, "day": day, "outcome": outcome, "put_off_to": to}
    return Consultation(f"{measure} · Station {station}", "FB 51", texts | {"station": station}, 1, closed)


def told(*found):
    return [(one.station.committee, str(one.day), one.times, str(one.since)) for one in due(found, TODAY)]


def test_what_was_put_off_is_counted_until_the_committee_has_dealt_with_it():
    first = sat("Rat", "2024-11-01", "zurückgestellt", "2024-12-01")
    second = sat("rat", "2024-12-01", "zurückgestellt", station="2")
    assert told(first, second) == [("rat", "None", 2, "2024-11-01")]
    assert told(first, second, sat("Rat", "2025-05-05", station="3")) == [("Rat", "2025-05-05", 2, "2024-11-01")]
    assert told(first, second, sat("Rat", "2025-01-05", "erledigt", station="3")) == []
    again = sat("Rat", "2025-06-01", station="4")
    assert told(first, sat("Rat", "2025-01-05", "erledigt", station="3"), again) == [("Rat", "2025-06-01", 0, "None")]


def test_each_measure_and_committee_for_itself_by_day():
    waits = sat("Rat", "2024-11-01", "zurückgestellt", "2025-07-01")
    assert told(waits, sat("Hauptausschuss", "2025-02-01"), sat("Rat", "2025-06-01", measure="N")) == [
        ("Hauptausschuss", "2025-02-01", 0, "None"),
        ("Rat", "2025-06-01", 0, "None"),
        ("Rat", "2025-07-01", 1, "2024-11-01"),
    ]


def test_nobody_is_told_whether_a_closed_one_of_the_past_has_an_outcome():
    assert told(sat("Rat", "2025-02-01", closed=True), sat("Rat", "2025-04-01", closed=True, station="2")) == [
        ("Rat", "2025-04-01", 0, "None")
    ]
