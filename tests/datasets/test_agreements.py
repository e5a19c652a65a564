"""Target agreements on the whole way: what is agreed feeds the attainment from its day on, what is said follows."""

import io
from datetime import date, datetime

import pytest
from openpyxl import load_workbook

from indicators.attainment import Status
from indicators.boards import wanted
from indicators.datasets import AGREEMENTS, MEASURES
from indicators.deliveries.binding import bound_to
from indicators.deliveries.editing import edit
from indicators.deliveries.handing_out import template_for
from indicators.deliveries.staging import confirm, stage
from indicators.knowledge import snapshot
from indicators.knowledge.agreed import AgreedTarget
from indicators.knowledge.agreed_targets import keep_target
from indicators.knowledge.agreements import agreement_targets, carried, goals
from indicators.ledger import commits
from indicators.ledger.archive import FOREVER
from indicators.ledger.commits import Upload
from indicators.model import Severity, Sign
from indicators.periods import Period
from indicators.targets import Point

JAN, FEB, MARCH, NEXT = (datetime(2024, 1, 20), datetime(2024, 2, 20), datetime(2024, 3, 20), datetime(2025, 3, 1))
NAME = "FB 51 · 2024 · Nr. 1"
GOAL = {
    "year": "2024",
    "number": "1",
    "title": "Mehr Kinder in der Kita",
    "text": "Bis Ende 2024 besuchen 35 Prozent eine Kita.",
    "indicator": "B-01",
    "target": 35.0,
    "agreed_on": "12.02.2024",
}


@pytest.fixture
def city(deliver, store, small_city):
    rows = [("kita_kinder", "FB 51", "2023", "", 130.0), ("kinder", "FB 51", "2023", "", 400.0)]
    deliver(*rows, at=JAN)
    return store


@pytest.fixture
def tried(city, small_city):
    def staged(at=FEB, reporter="FB 51", basis=None, **fields):
        return edit(city, small_city, AGREEMENTS, reporter, GOAL | fields, basis, "Test", at)

    return staged


@pytest.fixture
def keep(city, small_city, tried):
    def kept(at=FEB, **more):
        staged = tried(at, **more)
        assert not staged.blocked, staged.findings
        return confirm(city, small_city, staged, at, dict.fromkeys(staged.to_explain, "geprüft")).number

    return kept


@pytest.fixture
def rule_at(city, small_city):
    def rule(moment):
        return snapshot.take(city, small_city, moment, suppressed=True).judgements["B-01"][0].rule

    return rule


def errors(staged):
    return [one.rule for one in staged.findings if one.severity is Severity.ERROR]


def test_what_is_agreed_wins_from_its_day_on_and_what_is_wanted_later_stays(keep, rule_at):
    keep()
    assert rule_at(datetime(2024, 2, 15)).targets == (Point.of(2030, 40),)  # agreed, but not yet known here
    rule = rule_at(MARCH)
    assert rule.targets == (Point.of(2024, 35), Point.of(2030, 40))
    assert rule.agreed.said == "vereinbart am 12.02.2024 mit Fachbereich Kinder, Zielvereinbarung 2024, Nr. 1"
    assert rule.agreed.former.targets == (Point.of(2030, 40),)


def test_a_goal_of_tomorrow_waits_for_its_day(tried):
    assert errors(tried(agreed_on="01.03.2024")) == ["future-day"]


def test_the_status_is_judged_by_it(keep, city, small_city):
    def status():
        return snapshot.take(city, small_city, MARCH, suppressed=True).status("B-01")

    assert status() is Status.ON_TRACK  # 32,5 % in 2023, where 26 % were expected
    keep(target=60.0)
    assert status() is Status.CLEARLY_BEHIND


def test_what_is_agreed_beyond_a_later_target_takes_its_place(keep, rule_at):
    keep(target=60.0)
    assert rule_at(MARCH).targets == (Point.of(2024, 60),)


def test_a_draft_and_a_goal_without_a_target_feed_nothing(keep, rule_at):
    keep(agreed_on="")
    keep(number="2", target="")
    assert rule_at(MARCH).targets == (Point.of(2030, 40),)


def test_changing_withdrawing_and_dropping_it_follow(keep, rule_at, city):
    first = keep()
    second = keep(MARCH, basis=first, target=37.5, target_period="2025")
    assert rule_at(datetime(2024, 3, 1)).targets == (Point.of(2024, 35), Point.of(2030, 40))
    assert rule_at(FOREVER).targets == (Point.of(2025, 37.5), Point.of(2030, 40))
    review = {"reviewed_on": "01.03.2025", "outcome": "nicht erreicht", "reason": "x"}
    third = keep(NEXT, basis=second, target=37.5, target_period="2025", consequence="fallen lassen", **review)
    assert rule_at(FOREVER).targets == (Point.of(2030, 40),)
    commits.withdraw(city, third, datetime(2025, 3, 2), "Test", "zu früh")
    assert rule_at(FOREVER).targets == (Point.of(2025, 37.5), Point.of(2030, 40))
    for number in (second, first):
        commits.withdraw(city, number, datetime(2025, 3, 3), "Test", "doch nicht")
    assert rule_at(FOREVER).targets == (Point.of(2030, 40),) and rule_at(FOREVER).agreed is None
    assert rule_at(MARCH).targets == (Point.of(2025, 37.5), Point.of(2030, 40))


def test_the_later_day_wins_whoever_it_was(keep, rule_at, city, small_city):
    definition = small_city.indicator("B-01").rule_definitions[0]
    higher = definition.model_copy(update={"title": "", "targets": (Point.of(2030, 50),)})

    def decide(on, paper):
        target = AgreedTarget(0, "B-01", "", higher, on, 1, "Steuerungsgruppe", paper)
        keep_target(city, small_city, target, "Kim", MARCH)

    keep()
    decide(date(2024, 1, 10), "24-1")
    assert rule_at(FOREVER).targets == (Point.of(2024, 35), Point.of(2030, 50))
    decide(date(2024, 3, 10), "24-2")
    assert rule_at(FOREVER).targets == (Point.of(2030, 50),) and rule_at(FOREVER).agreed.paper == "24-2"


def test_the_indicators_table_of_targets_names_it(keep, city, small_city):
    keep()
    known = snapshot.take(city, small_city, MARCH, suppressed=False)
    targets = agreement_targets(city, small_city, MARCH)
    figure = wanted.history(known, small_city.indicator("B-01"), targets)
    row = dict(zip(figure.columns, figure.rows[-1], strict=True))
    assert (row["Beschlossen durch"], row["Vorlage"]) == ("Fachbereich Kinder", "Zielvereinbarung 2024, Nr. 1")
    said = row["Ziel"].replace("\N{NO-BREAK SPACE}", " ")
    assert said == "40,0 % bis 2030 (auf dem Weg: 35,0 % bis 2024)" and row["Stand"] == "gilt"


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"indicator": "B-02"}, "no-target"),
        ({"indicator": "B-01; B-02"}, "one-indicator"),
        ({"target_period": "bald"}, "no-period"),
        ({"year": "26"}, "no-year"),
        ({"interim": "14.05.2024; bald"}, "no-days"),
        ({"measures": "Nr. 99"}, "unknown-measure"),
        ({"carried_from": "2023 · Nr. 1"}, "unknown-goal"),
        ({"outcome": "erreicht"}, "no-day"),
        ({"reviewed_on": "20.02.2024"}, "no-outcome"),
        ({"outcome": "nicht erreicht", "reviewed_on": "20.02.2024", "reason": "x"}, "no-reason"),
        ({"outcome": "erreicht", "reviewed_on": "20.02.2024", "value": 34.0}, "own-value"),
        ({"outcome": "erreicht", "reviewed_on": "20.02.2024", "agreed_on": ""}, "not-agreed"),
        ({"outcome": "erreicht", "reviewed_on": "01.02.2024"}, "before-agreed"),
        ({"consequence": "weiter so"}, "unknown-word"),
        ({"text": ""}, "missing"),
    ],
)
def test_what_contradicts_itself_is_said(tried, fields, rule):
    assert rule in errors(tried(**fields))


def test_measures_are_named_by_number_or_name(keep, city, small_city):
    measure = {"concept": "IK 2016", "number": "7", "title": "Kurs", "status": "Idee"}
    staged = edit(city, small_city, MEASURES, "AWO", measure, None, "Test", FEB)
    number = confirm(city, small_city, staged, FEB, {}).number
    first = keep(measures="7; ik 2016 · nr. 7")
    [goal] = goals(city, FOREVER, None)
    assert goal.measures == ("IK 2016 · Nr. 7",)
    commits.withdraw(city, number, MARCH, "Test", "doch nicht")
    keep(MARCH, basis=first, measures="IK 2016 · Nr. 7", support="Schulamt")  # stays where nobody touches it


def test_two_units_may_use_the_same_number_and_neither_touches_the_other(keep, city):
    keep()
    keep(reporter="AWO", indicator="", target="")
    assert [one.name for one in goals(city, FOREVER, None)] == ["AWO · 2024 · Nr. 1", NAME]


def test_a_unit_writes_its_draft_and_reviews_what_was_agreed_but_does_not_change_it(keep, tried):
    def judged(**fields):
        return bound_to(tried(**fields), ["FB 51"], office=False)

    assert not judged(agreed_on="").blocked
    assert errors(judged()) == ["reserved"]  # the day of the agreement is the office's
    first = keep(agreed_on="")
    assert not judged(basis=first, agreed_on="", target=36.0).blocked
    second = keep(MARCH, basis=first)
    review = {"outcome": "erreicht", "reviewed_on": "01.03.2025"}
    assert not judged(at=NEXT, basis=second, **review).blocked
    [error] = [one for one in judged(at=NEXT, basis=second, target=1.0).findings if one.severity is Severity.ERROR]
    assert "ändert nur die Stabsstelle „Zielwert“" in error.message


def test_what_was_agreed_changes_with_a_reason_and_keeps_its_old_text(keep, tried, city):
    draft = keep(agreed_on="")
    assert tried(basis=draft, agreed_on="", text="anders").to_explain == ()
    first = keep(basis=draft)
    assert len(tried(MARCH, basis=first, text="anders").to_explain) == 1
    keep(MARCH, basis=first, text="anders")
    [goal] = goals(city, FOREVER, None)
    assert [dict(one.content)["text"] for one in goal.history] == [GOAL["text"], GOAL["text"], "anders"]


def test_due_after_twelve_months_and_the_talks_between(keep, city):
    keep(interim="14.05.2024; 14.09.2024")
    [goal] = goals(city, FOREVER, None)
    assert goal.review_due == date(2025, 2, 12)
    assert [goal.stands(day) for day in (date(2025, 2, 11), date(2025, 2, 12))] == ["vereinbart", "Überprüfung fällig"]
    assert goal.next_talk(date(2024, 5, 1)) == date(2024, 5, 14) and goal.talk_due(date(2024, 5, 13)) is None
    assert goal.talk_due(date(2024, 6, 1)) == date(2024, 5, 14)


def test_carried_over_it_is_a_draft_of_the_next_year_and_both_know_each_other(keep, city, small_city):
    first = keep()
    review = {"outcome": "teilweise erreicht", "reviewed_on": "01.03.2025", "reason": "x", "consequence": "anpassen"}
    keep(NEXT, basis=first, **review)
    [goal] = goals(city, FOREVER, None)
    values = carried(goal, [goal])
    staged = edit(city, small_city, AGREEMENTS, "FB 51", values, None, "Test", NEXT)
    confirm(city, small_city, staged, NEXT, {})
    new, old = goals(city, FOREVER, None)
    assert (new.year, new.text("text"), new.outcome, new.stands(date(2025, 4, 1))) == (
        "2025",
        GOAL["text"],
        "",
        "Entwurf",
    )
    assert old.carried_to == (new.name,) and new.text("carried_from") == old.name
    assert carried(goal, [old, new])["number"] != new.text("number")


@pytest.mark.parametrize(("people", "shown"), [("ja", Sign.SECRET), ("nein", 3.0), ("", 3.0)])
def test_few_people_are_a_sign_for_those_they_are_kept_from(keep, city, people, shown):
    first = keep(indicator="", target="")
    keep(NEXT, basis=first, indicator="", target="", outcome="erreicht", reviewed_on="01.03.2025", value=3.0,
         people=people)  # fmt: skip
    assert [goals(city, FOREVER, below)[0].values["value"] for below in (5, None)] == [shown, 3.0]


def test_the_template_comes_back_as_it_was_and_with_one_change(keep, city, small_city):
    keep(interim="14.05.2024", due="31.12.2024")
    content = template_for(city, small_city, "FB 51", Period.of_year(2024), AGREEMENTS.code)
    assert errors(stage(city, small_city, Upload("z.xlsx", content, "Test"), MARCH)) == ["no-values"]
    book = load_workbook(io.BytesIO(content))
    letters = {code: letter for letter, code in AGREEMENTS.form.columns}
    book["Liste"][f"{letters['interim_on']}6"].value = datetime(2024, 3, 15)
    book["Liste"][f"{letters['year']}7"].value = 2024  # as a number, as Excel likes it
    for code, text in (("number", 2), ("title", "Zweites"), ("text", "Es gibt ein Konzept.")):
        book["Liste"][f"{letters[code]}7"].value = text
    out = io.BytesIO()
    book.save(out)
    staged = stage(city, small_city, Upload("z.xlsx", out.getvalue(), "Test"), MARCH)
    assert not staged.blocked, staged.findings
    assert [row.key.name for row in staged.preview.rows] == [NAME, "FB 51 · 2024 · Nr. 2"]
