"""The concept: goals that begin, end, read otherwise and go on under another code; indicators that move; approaches."""

from datetime import date

import pytest

from indicators.catalogue import Catalogue, lint, load

GOALS = """\
text: Das Konzept von 2023 stellt die Kita voran.
guiding_goals:
  - code: B-1
    title: Kinder besuchen früh eine Kita.
    text: Kapitel 4 des Konzepts.
    approaches:
      - {code: B-1.a, title: Lotsinnen im Stadtteil, text: Sie sprechen Familien an.}
      - {code: B-1.b, title: Plätze teilen, valid_to: 2024-06-30}
    sub_goals:
      - code: B-1.1
        title: Die Betreuungsquote steigt überall.
        earlier:
          - {valid_to: 2022, title: Mehr Kinder werden betreut., text: So stand es 2020.}
          - {valid_to: 2024-12-31, title: Die Betreuungsquote steigt.}
      - {code: B-1.2, title: Eltern finden Rat., valid_to: 2024-12-31}
      - {code: B-1.3, title: Wege sind kurz.}
      - {code: B-1.4, title: Wege sind kurz und sicher., valid_from: 2025-07-01, follows: B-1.3}
      - {code: B-1.5, title: Niemand wartet., valid_from: 2026}
  - {code: B-2, title: Schule für alle., valid_from: 2025}
"""
OLD = """\
guiding_goals:
  - code: B-1
    title: Kinder besuchen früh eine Kita.
    sub_goals:
      - {code: B-1.1, title: Die Betreuungsquote steigt.}
"""


@pytest.fixture
def with_goals(change):
    return change(OLD, GOALS)


def of(catalogue: Catalogue, *day: int) -> Catalogue:
    return catalogue.on(date(*day))


def codes(catalogue: Catalogue) -> list[str]:
    return [part.code for field in catalogue.fields for part in field.parts]


def test_the_tree_is_that_of_the_day(with_goals):
    catalogue = load(with_goals)
    assert lint(with_goals) == []
    assert codes(of(catalogue, 2024, 6, 30)) == ["B-1", "B-1.1", "B-1.2", "B-1.3", "B-1.a", "B-1.b"]
    assert codes(of(catalogue, 2024, 7, 1)) == ["B-1", "B-1.1", "B-1.2", "B-1.3", "B-1.a"]
    assert codes(of(catalogue, 2025, 1, 1)) == ["B-1", "B-1.1", "B-1.3", "B-1.a", "B-2"]
    assert codes(of(catalogue, 2025, 6, 30)) == ["B-1", "B-1.1", "B-1.3", "B-1.a", "B-2"]
    assert codes(of(catalogue, 2025, 7, 1)) == ["B-1", "B-1.1", "B-1.4", "B-1.a", "B-2"]
    assert codes(of(catalogue, 2026, 1, 1)) == ["B-1", "B-1.1", "B-1.4", "B-1.5", "B-1.a", "B-2"]
    assert len(codes(catalogue)) == 9


def test_the_old_wording_is_that_of_then(with_goals):
    catalogue = load(with_goals)
    found = {year: of(catalogue, year, 12, 31).concept.shown["B-1.1"] for year in (2022, 2023, 2024, 2025)}
    assert {year: part.title for year, part in found.items()} == {
        2022: "Mehr Kinder werden betreut.",
        2023: "Die Betreuungsquote steigt.",
        2024: "Die Betreuungsquote steigt.",
        2025: "Die Betreuungsquote steigt überall.",
    }
    assert found[2022].text == "So stand es 2020." and not found[2024].text
    assert of(catalogue, 2022, 5, 1).goal_title("B-1.1") == "Mehr Kinder werden betreut."


def test_what_has_ended_or_is_to_come_keeps_its_name_and_says_so(with_goals):
    then = of(load(with_goals), 2025, 8, 1)
    assert then.goal_title("B-1.2") == "Eltern finden Rat. (bis 31.12.2024)"
    assert then.goal_title("B-1.3") == "Wege sind kurz. (bis 30.06.2025)"
    assert then.goal_title("B-1.5") == "Niemand wartet. (ab 01.01.2026)"
    assert then.goal_title("B-1.4") == "Wege sind kurz und sicher."
    assert then.approaches == {"B-1.a": "Lotsinnen im Stadtteil", "B-1.b": "Plätze teilen (bis 30.06.2024)"}


def test_the_days_on_which_the_concept_changes(with_goals):
    assert load(with_goals).concept.changes == (
        date(2023, 1, 1),
        date(2024, 7, 1),
        date(2025, 1, 1),
        date(2025, 7, 1),
        date(2026, 1, 1),
    )


@pytest.mark.parametrize(
    ("named", "goals"),
    [
        ("goal: B-1.1", {2023: "B-1.1", 2025: "B-1.1", 2026: "B-1.1"}),
        (
            "goal: B-1.4\n    earlier_goals: [{goal: B-1.1, valid_to: 2024}, {goal: B-1.2, valid_to: 2023-06-30}]",
            {2022: "B-1.2", 2023: "B-1.1", 2024: "B-1.1", 2025: "B-1.4", 2026: "B-1.4"},
        ),
        ("goal: B-1.4", {2024: "B-1.3", 2025: "B-1.4"}),  # what it takes over from
        ("goal: B-1.3", {2024: "B-1.3", 2025: "B-1.4"}),  # its heir
        ("goal: B-1.2", {2024: "B-1.2", 2025: "B-1"}),  # without an heir: the guiding goal
        ("goal: B-1.5", {2025: "B-1", 2026: "B-1.5"}),
        ("goal: B-2", {2024: "B-2", 2025: "B-2"}),  # nothing goes on or went before: it keeps its name
    ],
)
def test_an_indicator_is_one_and_its_goal_is_that_of_the_day(with_goals, named, goals):
    file = with_goals / "b_bildung.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("goal: B-1.1", named), encoding="utf-8")
    catalogue = load(with_goals)
    found = {year: of(catalogue, year, 12, 31).indicators["B-01"] for year in goals}
    assert {year: one.goal for year, one in found.items()} == goals
    assert {one.expression for one in found.values()} == {catalogue.indicator("B-01").expression}
    for year in goals:
        then = of(catalogue, year, 12, 31)
        assert [one.code for one in then.indicators_for(goals[year])] == ["B-01"]


def test_an_indicator_moves_to_another_field_and_back_in_time(with_goals):
    (with_goals / "c_arbeit.yaml").write_text(
        "field: C\ntitle: Arbeit\nguiding_goals: [{code: C-1, title: Alle finden Arbeit.}]\n", encoding="utf-8"
    )
    file = with_goals / "b_bildung.yaml"
    text = file.read_text(encoding="utf-8")
    moved = "goal: B-1.1\n    earlier_goals: [{goal: C-1, valid_to: 2024}]"
    file.write_text(text.replace("goal: B-1.1", moved), encoding="utf-8")
    catalogue = load(with_goals)
    assert [one.code for one in of(catalogue, 2024, 12, 31).indicators_of("C")] == ["B-01"]
    assert of(catalogue, 2024, 12, 31).indicators_of("B") == ()
    assert [one.code for one in of(catalogue, 2025, 1, 1).indicators_of("B")] == ["B-01"]


def test_a_concept_without_days_is_the_same_on_each(folder):
    catalogue = load(folder)
    then = of(catalogue, 1999, 1, 1)
    assert then.fields is catalogue.fields and then.goals == catalogue.goals
    assert then.on(date(2030, 1, 1)) is then


@pytest.mark.parametrize(
    ("old", "new", "field", "message"),
    [
        ("code: B-1.b", "code: B-1.1", "B-1.1.code", "„B-1.1“ gibt es schon"),
        ("valid_from: 2026", "follows: B-1.1", "B-1.5.follows", "braucht einen Beginn"),
        ("{valid_to: 2022,", "{valid_to: 2024-12-31,", "earlier.2.valid_to", "am selben Tag"),
        ("title: Eltern finden Rat.,", "title: E., earlier: [{valid_to: 2025, title: F}],", "earlier.1", "gälte nie"),
        ("valid_from: 2026", "valid_from: 2026, earlier: [{valid_to: 2025, title: F}]", "earlier.1", "endet, bevor"),
        ("goal: B-1.1\n", "goal: B-1.1\n    earlier_goals: [{goal: B-9, valid_to: 2024}]\n", "earlier_goals", "„B-9“"),
        ("goal: B-1.1\n", "goal: B-1.1\n    approaches: B-1.z\n", "approaches", "„B-1.z“ gibt es nicht"),
    ],
)
def test_what_cannot_be_in_a_concept_is_told_with_its_place(with_goals, change, old, new, field, message):
    faults = lint(change(old, new))
    assert [fault for fault in faults if field in fault.field and message in fault.message], faults
