"""The concept as it is read and compared: approaches with measures, statuses by the goal of then, what has changed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from indicators import boards
from indicators.attainment import METHODS, Status
from indicators.boards import concept, definition_forms, meeting_board
from indicators.boards.concept_change import CONCEPT, GOES_ON, MEASURES, Act, State, changes, figures, measure_changes
from indicators.boards.definition_change import differences
from indicators.boards.definition_inputs import InputError
from indicators.boards.since_meeting import since
from indicators.catalogue import load
from indicators.catalogue.editing import Place
from indicators.exports import FORMATS
from indicators.knowledge import snapshot
from indicators.knowledge.measures import Measure, Said
from indicators.moments import local_day
from indicators.periods import Period
from tests.conftest import SMALL_CITY

THEN, NOW = datetime(2024, 5, 8), datetime(2026, 5, 8)
FIELD = """
field: Q
title: Quartiere
text: Alle Quartiere.
guiding_goals:
  - code: Q-1
    title: Nachbarschaften sind offen.
    approaches:
      - {code: Q-1.a, title: Treffpunkte öffnen, text: "<b>Räume</b> *teilen*"}
    sub_goals:
      - code: Q-1.1
        title: Treffs werden von allen besucht.
        text: Neu ist „von allen“.
        earlier: [{valid_to: 2025, title: Treffs werden besucht.}]
      - {code: Q-1.2, title: Plätze sind schön., valid_to: 2025}
      - {code: Q-1.3, title: Wege sind sicher., valid_from: 2026}
      - {code: Q-1.4, title: Kurse gibt es überall., valid_from: 2026, follows: [Q-1.5, Q-1.6]}
      - {code: Q-1.5, title: Kurse gibt es.}
      - {code: Q-1.6, title: Kurse sind nah.}
base_figures:
  - {code: besuche, title: Besuche, unit: Personen, kind: flow, frequency: yearly, reporters: [FB 51]}
  - {code: kurse, title: Kurse, unit: Personen, kind: flow, frequency: yearly, reporters: [FB 51]}
indicators:
  - {code: Q-01, title: Besuche, goal: Q-1.3, earlier_goals: [{goal: Q-1.1, valid_to: 2025}], approaches: Q-1.a,
     kind: output, formula: besuche, unit: Personen, decimals: 0, direction: up, definition: D, source: S,
     baseline: {period: "2020", value: 100}, targets: [{period: "2030", value: 200}]}
  - {code: Q-02, title: Kurse, goal: Q-1.5, kind: output, formula: kurse, unit: Personen, decimals: 0, direction: up,
     definition: D, source: S, baseline: {period: "2020", value: 100}, targets: [{period: "2030", value: 200}]}
"""


@pytest.fixture
def city(tmp_path):
    for file in SMALL_CITY.glob("*.yaml"):
        (tmp_path / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "q.yaml").write_text(FIELD, encoding="utf-8")
    return load(tmp_path, methods=METHODS)


@pytest.fixture
def known(store, city, deliver):
    """Before and after the change of the concept, by one version of the definitions."""
    rows = [(code, "FB 51", "2023", "", value) for code, value in (("besuche", 110), ("kurse", 150))]
    deliver(*rows, at=THEN - timedelta(days=1))
    return tuple(snapshot.take(store, city, at, suppressed=True) for at in (THEN, NOW))


def measure(name: str, **values: str) -> Measure:
    day = date(2024, 1, 1)
    told = (Said(day, values["status"], "", "FB 51", 1, "wer"),)
    at = datetime(2024, 1, 1, tzinfo=UTC)
    return Measure(name, "FB 51", {"title": name, "field": "Q", **values}, 1, at, "wer", told)


def state(of, measures=()) -> State:
    return State(local_day(of.moment), of.catalogue, measures)


def tree(of, measures=()):
    return {row.code: row for row in boards.tree(of, of.catalogue.field("Q"), measures=measures)}


def test_a_field_shows_the_goals_of_the_day_and_an_indicator_stands_at_its_goal_of_then(known):
    before, after = map(tree, known)
    assert list(before) == ["Q-1", "Q-1.1", "Q-1.2", "Q-1.5", "Q-1.6", "Q-1.a"]
    assert list(after) == ["Q-1", "Q-1.1", "Q-1.3", "Q-1.4", "Q-1.a"]
    assert [row.indicator.code for row in before["Q-1.1"].rows] == ["Q-01"]
    assert [row.indicator.code for row in after["Q-1.3"].rows] == ["Q-01"]
    assert [row.indicator.code for row in after["Q-1.4"].rows] == ["Q-02"]
    assert before["Q-1.1"].title == "Treffs werden besucht." and not before["Q-1.1"].text
    assert after["Q-1.1"].text == "Neu ist „von allen“."
    assert [len(one.headline("Q-01").points) for one in known] == [1, 1]


def test_an_approach_has_its_indicators_and_the_measures_that_name_it_in_any_way(known):
    named = ["Q-1.a", "Treffpunkte Öffnen", "Q-1.a Treffpunkte öffnen", "Anderes; Treffpunkte oeffnen"]
    measures = [measure(f"M{number}", status="Idee", approach=text) for number, text in enumerate(named)]
    others = [measure("M8", status="Idee", approach="Anderes"), measure("M9", status="Idee", goal="Q-1.2, Q-1.6")]
    found = tree(known[1], [*measures, *others])
    assert [one.name for one in found["Q-1.a"].measures] == ["M0", "M1", "M2", "M3"]
    assert [one.code for one in found["Q-1.a"].named] == ["Q-01"]
    assert not found["Q-1.a"].rows
    assert [one.name for one in found["Q-1.4"].measures] == ["M9"], "of a goal that is followed"
    assert [one.name for one in found["Q-1"].measures] == ["M9"], "of a goal that ended: what it lay below"


def test_what_is_under_no_goal_is_shown_all_the_same(store, city, known):
    [guiding] = city.field("Q").guiding_goals
    ended = guiding.model_copy(update={"valid_to": Period.of_year(2025)})
    fields = [one.model_copy(update={"guiding_goals": (ended,)}) if one.code == "Q" else one for one in city.fields]
    now = snapshot.take(store, replace(city, fields=tuple(fields)), NOW, suppressed=True)
    [rest] = boards.tree(now, now.catalogue.field("Q"))
    assert rest.title == "Kennzahlen ohne Ziel"
    assert [row.indicator.code for row in rest.rows] == ["Q-01", "Q-02"]


def test_statuses_of_goals_before_are_those_of_the_goals_of_then(known):
    found = {goal.code: goal for goal in since(*known).goals if goal.field == "Q"}
    assert list(found) == ["Q-1", "Q-1.3", "Q-1.4"]
    assert found["Q-1.3"].worst_before is None and found["Q-1.3"].worst is Status.CLEARLY_BEHIND
    assert found["Q-1.4"].worst_before is found["Q-1.4"].worst is Status.ON_TRACK
    assert found["Q-1"].worst_before is Status.CLEARLY_BEHIND and found["Q-1"].best_before is Status.ON_TRACK
    table = meeting_board.goals_figure(since(*known), known[1]).frame
    row = table[table["Ziel"].str.startswith("Q-1.3")].iloc[0]
    assert row["schlechtester vorher"] == "neues Ziel"


def test_what_has_changed_is_told_with_the_text_of_before_and_of_now(known):
    found = changes(known[0].catalogue, known[1].catalogue)
    assert [(one.code, one.act, one.before, one.after) for one in found] == [
        ("Q-1.1", Act.REWORDED, "Treffs werden besucht.", "Treffs werden von allen besucht."),
        ("Q-1.1", Act.TEXT, "", "Neu ist „von allen“."),
        ("Q-1.3", Act.NEW, "", "Wege sind sicher."),
        ("Q-1.4", Act.REPLACED, "Q-1.5 Kurse gibt es.; Q-1.6 Kurse sind nah.", "Kurse gibt es überall."),
        ("Q-1.2", Act.ENDED, "Plätze sind schön.", ""),
        ("Q-01", Act.MOVED, "Q-1.1 Treffs werden besucht.", "Q-1.3 Wege sind sicher."),
        ("Q-02", Act.MOVED, "Q-1.5 Kurse gibt es.", "Q-1.4 Kurse gibt es überall."),
    ]
    assert {one.field for one in found} == {"Q"}
    assert next(one.remark for one in found if one.code == "Q-1.2") == "galt bis 31.12.2025"
    assert GOES_ON in found[-1].remark
    assert changes(known[1].catalogue, known[1].catalogue) == ()


def test_two_versions_of_the_files_are_compared_too(city, known):
    """Fields, indicators and approaches that are new, gone or retired, and a code that was changed."""
    now = known[1].catalogue
    indicators = dict(now.indicators)
    indicators["Q-1X"] = indicators.pop("Q-01").model_copy(update={"code": "Q-1X", "formerly": ("Q-01",)})
    indicators["Q-02"] = indicators["Q-02"].model_copy(update={"retired": True})
    undated = replace(city, fields=tuple(field for field in city.fields if field.code != "B"), indicators=indicators)
    later = undated.on(date(2026, 5, 8))
    found = [(one.kind, one.code, one.act) for one in changes(now, later)]
    assert ("Handlungsfeld", "B", Act.ENDED) in found
    assert ("Leitziel", "B-1", Act.ENDED) in found
    assert ("Kennzahl", "Q-02", Act.ENDED) in found
    assert not [one for one in found if one[1] in ("Q-01", "Q-1X") and one[2] in (Act.NEW, Act.ENDED)]


def test_measures_that_are_new_done_gone_or_serve_another_goal(known):
    then = [
        measure("stays", status="Idee", goal="Q-1.1"),
        measure("done", status="in Umsetzung"),
        measure("gone", status="Idee"),
        measure("moves", status="Idee", goal="Q-1.1"),
    ]
    now = [
        measure("stays", status="beschlossen", goal="Q-1.1"),
        measure("done", status="umgesetzt"),
        measure("moves", status="Idee", goal="Q-1.3", approach="Q-1.a"),
        measure("new", status="Idee"),
    ]
    found = measure_changes(state(known[0], then), state(known[1], now))
    assert [(one.code, one.act, one.before, one.after) for one in found] == [
        ("done", Act.ENDED, "▶ in Umsetzung", "✓ umgesetzt"),
        (
            "moves",
            Act.MOVED,
            "Q-1.1 Treffs werden besucht.",
            "Q-1.3 Wege sind sicher.; Q-1.a Treffpunkte öffnen",
        ),
        ("new", Act.NEW, "", "○ Idee"),
        ("gone", Act.ENDED, "gone", "nicht mehr im Katalog der Maßnahmen"),
    ]


def test_goals_are_typed_in_their_form_as_they_stand_in_the_file(city):
    goal = city.concept.parts["Q-1.1"]
    earlier = next(one for one in definition_forms.FORMS["ziel"].inputs if one.name == "earlier")
    assert earlier.shown(goal.earlier) == "2025: Treffs werden besucht."
    typed = f"{earlier.shown(goal.earlier)}\n31.12.2023: Treffs: für manche | Kapitel 2"
    assert earlier.written(typed) == [
        {"valid_to": "2025", "title": "Treffs werden besucht."},
        {"valid_to": "2023-12-31", "title": "Treffs: für manche", "text": "Kapitel 2"},
    ]
    with pytest.raises(InputError, match="letzten Tag und Wortlaut"):
        earlier.written("Treffs")
    before = next(one for one in definition_forms.FORMS["kennzahl"].inputs if one.name == "earlier_goals")
    assert before.shown(city.indicator("Q-01").earlier_goals) == "2025: Q-1.1"
    assert before.written("2025: Q-1.1") == [{"goal": "Q-1.1", "valid_to": "2025"}]


def test_a_new_goal_lies_below_a_field_or_a_guiding_goal(city):
    goal, approach = definition_forms.FORMS["ziel"], definition_forms.FORMS["ansatz"]
    assert {"Q", "Q-1"} <= set(definition_forms.owners(goal, city))
    assert definition_forms.new_place(goal, "N", "Q", city) == Place("guiding_goals", "N")
    assert definition_forms.new_place(goal, "N", "Q-1", city) == Place("sub_goals", "N", "Q-1")
    assert definition_forms.new_place(approach, "N", "Q-1", city) == Place("approaches", "N", "Q-1")
    assert [place.label for place in approach.entries(city)] == ["guiding_goals.Q-1.approaches.Q-1.a"]


def test_a_change_of_a_goal_is_shown_with_its_terms(city):
    [guiding] = city.field("Q").guiding_goals
    changed = guiding.model_copy(update={"sub_goals": (), "text": "Kapitel 1"})
    fields = tuple(
        one.model_copy(update={"guiding_goals": (changed,)}) if one.code == "Q" else one for one in city.fields
    )
    found = [str(one) for one in differences(city, replace(city, fields=fields))]
    assert "Ziel Q-1: Nachbarschaften sind offen., Text des Konzepts: keine Angabe → Kapitel 1" in found
    assert any(one.startswith("Ziel Q-1.1") and one.endswith("entfällt") for one in found)


def test_concept_and_changes_leave_the_house_in_every_format_that_suits(known):
    now = known[1].catalogue
    whole = concept.figure(now, [], NOW)
    [told] = figures(state(known[0]), state(known[1]), NOW)
    assert (told.key, told.title) == (CONCEPT, "Änderungen am Konzept vom 08.05.2024 bis zum 08.05.2026")
    assert figures(state(known[0]), state(known[1]), NOW, {"B"}) == []
    done = figures(state(known[0]), state(known[1], [measure("M", status="Idee")]), NOW)
    assert [one.key for one in done] == [CONCEPT, MEASURES]
    rows = whole.frame[whole.frame["Kürzel"] == "Q-1.3"].iloc[0]
    assert (rows["gilt ab"], rows["Kennzahlen"], rows["Art"]) == ("01.01.2026", "Q-01", "Teilziel")
    assert list(told.frame["Was"])[:3] == ["Teilziel Q-1.1", "Teilziel Q-1.1", "Teilziel Q-1.3"]
    suited = [one for one in FORMATS.values() if one.suits([whole, told])]
    assert len(suited) >= 2
    assert all(one.render([whole, told]) for one in suited)
