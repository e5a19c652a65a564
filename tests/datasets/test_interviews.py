"""First interviews: one pipeline with template, own table, findings, history and withdrawal; what they say, and of whom
they are missing."""

from datetime import date, datetime

import pytest

from indicators.boards import interviews as board
from indicators.datasets import INTERVIEWS, MEASURES, data_set_of
from indicators.datasets.listed import template
from indicators.deliveries.binding import bound_to
from indicators.deliveries.editing import edit, read_own
from indicators.deliveries.staging import confirm, stage, stage_list
from indicators.knowledge.interviews import AHEAD, HELD, UNTOLD, interviews, of_measure
from indicators.knowledge.measures import measures
from indicators.ledger import commits
from indicators.ledger.commits import Upload
from indicators.moments import FOREVER
from indicators.periods import Period
from indicators.tables.own_lists import Decisions
from tests.deliveries.test_own_lists import own

THEN, LATER = datetime(2025, 3, 1), datetime(2025, 4, 1)
TODAY = date(2025, 3, 1)
COURSE = {"concept": "IK 2016", "number": "1", "title": "Müttercafé", "status": "in Umsetzung"}
NAME = "FB 51 · Gespräch vom 12.02.2025"
TALK = {"day": "12.02.2025", "measures": "müttercafé", "found": "Läuft gut.", "changes": "Zweiter Ort."}


@pytest.fixture
def with_measure(store, small_city):
    for unit, values in (("FB 51", COURSE), ("AWO", COURSE | {"number": "2", "title": "Beratung"})):
        confirm(store, small_city, edit(store, small_city, MEASURES, unit, values, None, "Kim", THEN), THEN, {})
    return store


def talked(store, catalogue, at=THEN, basis=None, **fields):
    staged = edit(store, catalogue, INTERVIEWS, "FB 51", TALK | fields, basis, "Kim", at)
    assert not staged.blocked, staged.findings
    return confirm(store, catalogue, staged, at, dict.fromkeys(staged.to_explain, "nachgefragt"))


def test_a_talk_names_its_measures_and_says_with_whom_none_was_held(with_measure, small_city):
    talked(with_measure, small_city)
    [one] = interviews(with_measure, FOREVER)
    assert (one.name, one.reporter, one.on) == (NAME, "FB 51", date(2025, 2, 12))
    assert of_measure([one], "IK 2016 · Nr. 1") == [one] and not of_measure([one], "IK 2016 · Nr. 2")
    shown = board.figure([one], measures(with_measure, FOREVER, None), small_city, TODAY, None)
    assert shown.texts().iloc[0].to_dict() == {
        "Stelle": "Fachbereich Kinder", "Stand": HELD, "Tag des Gesprächs": "12.02.2025",
        "Gesprächspartner (Funktion)": "", "Handlungsfelder": "", "Besprochene Maßnahmen": "IK 2016 · Nr. 1",
        "Was festgestellt wurde": "Läuft gut.", "Was sich ändert": "Zweiter Ort.", "Nächste Schritte": "",
        "bis wann": "",
    }  # fmt: skip
    assert shown.note.endswith("noch kein Gespräch geführt ist: Arbeiterwohlfahrt.")


def test_it_is_changed_seen_as_of_then_and_withdrawn(with_measure, small_city):
    first = talked(with_measure, small_city)
    second = talked(with_measure, small_city, LATER, first.number, changes="Kein zweiter Ort.")
    assert interviews(with_measure, FOREVER)[0].text("changes") == "Kein zweiter Ort."
    assert interviews(with_measure, datetime(2025, 3, 2))[0].text("changes") == "Zweiter Ort."
    commits.withdraw(with_measure, second.number, LATER, "Kim", "verwechselt")
    assert interviews(with_measure, FOREVER)[0].text("changes") == "Zweiter Ort."
    commits.withdraw(with_measure, first.number, LATER, "Kim", "falsche Stelle")
    assert interviews(with_measure, FOREVER) == ()


def test_a_planned_talk_waits_and_then_lacks_its_result(with_measure, small_city):
    planned = {"measures": "", "found": "", "changes": ""}
    talked(with_measure, small_city, day="20.03.2025", **planned)
    [one] = interviews(with_measure, FOREVER)
    assert (one.stands(TODAY), one.stands(date(2025, 3, 21))) == (AHEAD, UNTOLD)


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        ({"day": "02.03.2025"}, "not-yet"),
        ({"until": "11.02.2025"}, "until-before"),
        ({"measures": "Tanzkurs"}, "unknown-measure"),
        ({"field": "Z"}, "unknown-code"),
    ],
)
def test_what_stands_in_the_way(with_measure, small_city, wrong, rule):
    staged = edit(with_measure, small_city, INTERVIEWS, "FB 51", TALK | wrong, None, "Kim", THEN)
    assert rule in [one.rule for one in staged.findings] and staged.blocked


def test_only_the_office_writes_down_what_was_said(with_measure, small_city):
    found = edit(with_measure, small_city, INTERVIEWS, "FB 51", TALK, None, "Kim", THEN)
    assert "reserved" in [one.rule for one in bound_to(found, ["FB 51"], office=False).findings]


def test_the_template_holds_what_stands_and_leaves_alone_what_is_not_changed(with_measure, small_city):
    talked(with_measure, small_city)
    content = INTERVIEWS.template(with_measure, small_city, "FB 51", Period.of_year(2025))
    assert data_set_of(read_own(content, "Gespräche.xlsx").workbook) is INTERVIEWS
    staged = stage(with_measure, small_city, Upload("Gespräche.xlsx", content, "Kim"), LATER, read=read_own)
    assert staged.blocked and [one.rule for one in staged.findings if one.rule == "no-values"]


def test_two_talks_of_one_day_are_told_from_two_of_one_name(with_measure, small_city):
    rows = [template.Row(filled=tuple((TALK | {"found": word}).items())) for word in ("a", "b")]
    content = template.build(INTERVIEWS.form, small_city, "FB 51", Period.of_year(2025), rows, room=0)
    found = stage(with_measure, small_city, Upload("x.xlsx", content, "Kim"), THEN, read=read_own)
    assert "duplicate" in [one.rule for one in found.findings]


def test_a_citys_own_table_comes_in_and_is_asked_nothing_twice(with_measure, small_city):
    head = ["Fachbereich", "Datum", "Maßnahmen", "Feststellungen", "Änderungsbedarf"]
    rows = [["FB 51", date(2025, 2, 12), "Müttercafé", "Läuft gut.", "Zweiter Ort."],
            ["AWO", date(2025, 2, 13), "Nr. 2", "Ruht.", None]]  # fmt: skip
    staged = stage(with_measure, small_city, own(rows, head, "Erstgespräche"), THEN)
    assert staged.lists.own.found.data_set is INTERVIEWS
    staged = stage_list(with_measure, small_city, staged.upload, staged.lists.own, THEN, None,
                        Decisions(reporter="FB 51", year=2025))  # fmt: skip
    assert not staged.blocked, staged.findings
    confirm(with_measure, small_city, staged, THEN, dict.fromkeys(staged.to_explain, "geprüft"))
    assert [(one.name, one.measures) for one in interviews(with_measure, FOREVER)] == [
        ("AWO · Gespräch vom 13.02.2025", ("IK 2016 · Nr. 2",)),
        (NAME, ("IK 2016 · Nr. 1",)),
    ]
