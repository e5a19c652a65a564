"""Targets that a body has decided: they win from their day on, as far as they were known; nothing before changes."""

from datetime import date, datetime

import duckdb
import pytest

from indicators.attainment import Status
from indicators.boards import wanted
from indicators.boards.change import Kind
from indicators.boards.since_meeting import since
from indicators.catalogue import RuleDefinition
from indicators.knowledge import snapshot
from indicators.knowledge.agreed import AgreedTarget, TargetError, in_force
from indicators.knowledge.agreed_targets import agreed_targets, end_target, keep_target, last_row, targets_at
from indicators.knowledge.bodies import bodies
from indicators.knowledge.meeting_records import Meeting, keep_meeting
from indicators.knowledge.meetings import past_statuses
from indicators.knowledge.target_problems import problems
from indicators.ledger import versions
from indicators.moments import end_of_day
from indicators.ring.rules import rule_rows
from indicators.store import audit
from indicators.targets import Point, TargetRule
from tests.attainment.test_sql_agrees import SQL, agrees, value_rows

DECIDED, ENTERED = date(2024, 6, 12), datetime(2024, 6, 14, 9)
BEFORE, BETWEEN, AFTER = datetime(2024, 6, 1), datetime(2024, 6, 13), datetime(2024, 6, 20)
PATH = RuleDefinition(baseline=Point.of(2020, 20), targets=(Point.of(2026, 45), Point.of(2030, 60)))


def decision(rule: RuleDefinition = PATH, **more: object) -> AgreedTarget:
    values = {"on": DECIDED, "paper": "24-0815"} | more
    return AgreedTarget(0, "B-01", "", rule, body=1, by="Steuerungsgruppe", **values)


@pytest.fixture
def delivered(deliver, store, small_city):
    """32,5 % in 2023; on the way to 40 % in 2030 20 + 20 × 3/10 = 26 were expected."""
    versions.register(store, small_city, datetime(2023, 1, 1))
    rows = [("kita_kinder", "FB 51", "2023", "", 130.0), ("kinder", "FB 51", "2023", "", 400.0)]
    deliver(*rows, at=datetime(2024, 1, 20))
    return store


def rule_at(store, city, moment: datetime) -> TargetRule:
    return snapshot.take(store, city, moment, suppressed=True).judgements["B-01"][0].rule


def test_a_decision_wins_from_its_day_on_and_as_far_as_it_was_known(delivered, small_city):
    keep_target(delivered, small_city, decision(), "Kim", ENTERED)
    assert rule_at(delivered, small_city, BEFORE).target == Point.of(2030, 40)
    assert rule_at(delivered, small_city, BETWEEN).target == Point.of(2030, 40)  # decided, but not yet known here
    now = rule_at(delivered, small_city, AFTER)
    assert now.targets == (Point.of(2026, 45), Point.of(2030, 60)) and now.agreed and now.agreed.former
    assert now.agreed.former.target == Point.of(2030, 40)
    assert now.agreed.said == "beschlossen am 12.06.2024 durch Steuerungsgruppe, Vorlage 24-0815"


def test_the_status_is_judged_by_what_was_decided_and_meetings_of_before_keep_theirs(delivered, small_city):
    """On the way to 45 in 2026 20 + 25 × 3/6 = 32,5 were expected in 2023: that is met exactly."""
    group = bodies(delivered)[0]
    for day in (date(2024, 6, 13), date(2024, 9, 1)):
        keep_meeting(delivered, Meeting(0, group, day), "Kim", datetime(2024, 9, 2))
    steeper = PATH.model_copy(update={"targets": (Point.of(2026, 60),)})  # 20 + 40 × 3/6 = 40
    keep_target(delivered, small_city, decision(steeper), "Kim", ENTERED)
    known = snapshot.take(delivered, small_city, datetime(2024, 9, 2), suppressed=True)
    assert known.status("B-01").severity >= Status.SLIGHTLY_BEHIND.severity
    assert known.assessment("B-01").expected == pytest.approx(40)
    then = past_statuses(delivered, known.catalogue, "B-01", datetime(2024, 9, 2), lambda _: small_city, known.hidden)
    assert [one.assessment.expected for one in then] == [pytest.approx(26), pytest.approx(40)]
    assert [cause.text for cause in then[1].causes] == ["neues Ziel"]


def test_the_sql_twin_is_handed_the_same_targets(delivered, small_city):
    keep_target(delivered, small_city, decision(), "Kim", ENTERED)
    known = snapshot.take(delivered, small_city, AFTER, suppressed=True)
    judged = [one for own in known.judgements.values() for one in own]
    assert any(one.rule.agreed for one in judged)
    drawn = [([(point.period, point.content) for point in one.series.points], one.rule) for one in judged]
    connection = duckdb.connect()
    connection.execute(SQL.read_text(encoding="utf-8"))
    connection.register("series_values", value_rows(drawn))
    connection.register("rules", rule_rows((series, rule) for series, (_, rule) in enumerate(drawn)))
    rows = connection.execute("select * from attainment('series_values', 'rules')").to_arrow_table().to_pylist()
    by_series = {row["series"]: row for row in rows}
    place = next(number for number, one in enumerate(judged) if one.rule.agreed)
    assert agrees(judged[place].assessment, by_series[place])
    assert by_series[place]["expected"] == pytest.approx(32.5)


def test_the_later_decision_wins_and_taking_it_back_brings_the_one_before(delivered, small_city):
    first = keep_target(delivered, small_city, decision(), "Kim", ENTERED)
    more = decision(PATH.model_copy(update={"targets": (Point.of(2030, 70),)}), on=date(2024, 6, 13))
    second = keep_target(delivered, small_city, more, "Kim", datetime(2024, 6, 15))
    assert rule_at(delivered, small_city, AFTER).target == Point.of(2030, 70)
    with pytest.raises(TargetError, match="Grund"):
        end_target(delivered, second, "Pat", AFTER, " ")
    end_target(delivered, second, "Pat", datetime(2024, 6, 21), "Zahl verwechselt")
    assert rule_at(delivered, small_city, AFTER).target == Point.of(2030, 70)  # as it was known then
    later = rule_at(delivered, small_city, datetime(2024, 6, 22))
    assert later.target == Point.of(2030, 60) and later.agreed.number == first
    with pytest.raises(TargetError, match="gilt schon nicht mehr"):
        end_target(delivered, second, "Kim", datetime(2024, 6, 23), "noch einmal")
    newest, *_ = audit.changes(delivered).query("source == 'agreed_target'").itertuples()
    assert (newest.action, newest.who, newest.reason) == ("end-target", "Pat", "Zahl verwechselt")


def test_the_key_of_what_is_kept_changes_with_every_decision(delivered, small_city):
    before = snapshot.take(delivered, small_city, AFTER, suppressed=True).key
    number = keep_target(delivered, small_city, decision(), "Kim", ENTERED)
    between = snapshot.take(delivered, small_city, AFTER, suppressed=True).key
    end_target(delivered, number, "Kim", ENTERED, "falsch")
    assert len({before, between, snapshot.take(delivered, small_city, AFTER, suppressed=True).key}) == 3


@pytest.mark.parametrize(
    ("changed", "field", "said"),
    [
        ({"targets": ()}, "value", "Zielwert"),
        ({"targets": (Point.of(2030, 15),)}, "value", "schlechter als der Ausgangswert"),
        ({"targets": (Point.of(2026, 50), Point.of(2030, 45))}, "value", "schlechter als der Zielwert davor"),
        ({"targets": (Point.of(2030, 140),)}, "value", "140 % gibt es nicht"),
        ({"targets": (Point.of(2030, 0.45),), "baseline": None, "method": "threshold"}, "value", "0,45"),
        ({"targets": (Point.of(2023, 60),)}, "until", "vor dem Beschluss"),
        ({"baseline": None}, "baseline", "Ausgangswert"),
        ({"baseline": Point.of(2031, 20)}, "value", "liegt vor oder auf dem Ausgangswert"),
        ({"method": "eurostat_cagr"}, "method", "passen nicht zu Prozentzahlen"),
    ],
)
def test_what_contradicts_itself_is_refused_at_its_field_as_check_would(small_city, store, changed, field, said):
    wrong = decision(PATH.model_copy(update=changed))
    found = problems(small_city, wrong, AFTER.date())
    assert next((one.field, said in one.message) for one in found) == (field, True), found
    assert not any("„up“" in one.message or "linear_path" in one.message for one in found)
    with pytest.raises(TargetError):
        keep_target(store, small_city, wrong, "Kim", AFTER)
    assert agreed_targets(store, AFTER) == ()


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"on": date(2024, 7, 1)}, "on"), ({"on": date(1924, 6, 12)}, "on"), ({"paper": " "}, "paper")],
)
def test_a_decision_has_a_day_that_was_and_a_paper(small_city, changed, field):
    assert [one.field for one in problems(small_city, decision(**changed), AFTER.date())] == [field]


def test_whoever_comes_second_is_told_and_nothing_is_kept(store, small_city):
    seen = last_row(store, "B-01")
    keep_target(store, small_city, decision(), "Kim", ENTERED, seen)
    with pytest.raises(TargetError, match="Inzwischen hat Kim"):
        keep_target(store, small_city, decision(paper="24-0900"), "Pat", AFTER, seen)
    assert len(targets_at(store, AFTER)) == 1
    with pytest.raises(TargetError, match="gibt es schon"):
        keep_target(store, small_city, decision(), "Pat", AFTER, last_row(store, "B-01"))
    keep_target(store, small_city, decision(paper="24-0900"), "Pat", AFTER, last_row(store, "B-01"))


def test_an_indicator_that_was_only_watched_gets_its_first_target(store, small_city):
    bare = RuleDefinition(method="threshold", targets=(Point.of(2026, 500),))
    target = AgreedTarget(0, "B-02", "", bare, DECIDED, 1, "Rat", "24-1")
    keep_target(store, small_city, target, "Kim", ENTERED)
    found = in_force(small_city, targets_at(store, AFTER)).indicator("B-02")
    assert found.rules[0].target == Point.of(2026, 500) and found.judged


def test_a_decision_on_what_is_no_longer_defined_rests(store, small_city):
    keep_target(store, small_city, decision(), "Kim", ENTERED)
    others = {code: one for code, one in small_city.indicators.items() if code != "B-01"}
    smaller = small_city.__class__(**{**vars_of(small_city), "indicators": others})
    assert "B-01" not in in_force(smaller, targets_at(store, AFTER)).indicators


def vars_of(catalogue) -> dict[str, object]:
    return {name: getattr(catalogue, name) for name in catalogue.__dataclass_fields__}


def test_a_new_target_is_told_among_what_changed_since(delivered, small_city):
    keep_target(delivered, small_city, decision(), "Kim", ENTERED)
    then, now = (snapshot.take(delivered, small_city, at, suppressed=True) for at in (BEFORE, AFTER))
    [change] = since(then, now).of(Kind.TARGET)
    assert change.shown_before.replace("\u00a0", " ") == "40,0 % bis 2030"
    assert change.shown_after.replace("\u00a0", " ") == "60,0 % bis 2030 (auf dem Weg: 45,0 % bis 2026)"
    assert change.remark == "beschlossen am 12.06.2024 durch Steuerungsgruppe, Vorlage 24-0815"
    assert since(now, now).of(Kind.TARGET) == []


def test_the_history_names_every_target_and_what_became_of_it(delivered, small_city):
    number = keep_target(delivered, small_city, decision(remark="strenger"), "Kim", ENTERED)
    end_target(delivered, number, "Pat", datetime(2024, 6, 21), "vertagt")
    moment = end_of_day(date(2024, 6, 30))
    known = snapshot.take(delivered, small_city, moment, suppressed=True)
    figure = wanted.history(known, small_city.indicator("B-01"), agreed_targets(delivered, moment))
    rows = figure.texts().to_dict("records")
    assert [row["Stand"] for row in rows] == ["gilt", "zurückgenommen am 21.06.2024 von Pat: vertagt"]
    assert rows[1]["Anmerkung"] == "strenger" and rows[1]["Vorlage"] == "24-0815"
    earlier = snapshot.take(delivered, small_city, AFTER, suppressed=True)
    figure = wanted.history(earlier, small_city.indicator("B-01"), agreed_targets(delivered, AFTER))
    assert list(figure.frame["Stand"]) == ["abgelöst", "gilt"]
