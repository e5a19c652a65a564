"""A decided target on the page of its indicator: entered, previewed, kept, seen by others at once, taken back."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from indicators import boards
from indicators.access import Role, User, demand
from indicators.catalogue import RuleDefinition
from indicators.knowledge import agreed_targets
from indicators.knowledge.agreed import AgreedTarget
from indicators.knowledge.bodies import bodies
from indicators.knowledge.meeting_records import Meeting, keep_meeting
from indicators.model import Breakdown
from indicators.targets import Point
from indicators.ui import kept, session
from tests.pages.conftest import forget_everything
from tests.pages.test_pages import opened, texts

TODAY = datetime(2026, 2, 1, 9)
SAID = "beschlossen am 20.01.2026 durch Steuerungsgruppe, Vorlage 26-0815"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("indicators.ui.session.utc_now", lambda: TODAY)


def field(app, name: str):
    kinds = ("text_input", "text_area", "selectbox")
    found = (one for kind in kinds for one in app.get(kind) if one.key and one.key.startswith("agreed-B-01-"))
    return next(one for one in found if one.key.endswith(f"-{name}"))


def press(app, label: str):
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return texts(app).replace("\u00a0", " ").replace("\\", "")


def filled(app, value: str = "60,0", until: str = "2030", day: str = "20.01.2026", paper: str = "26-0815"):
    opened(app, "indicator", kennzahl="B-01")
    for name, text in (("value", value), ("until", until), ("on", day), ("paper", paper)):
        field(app, name).input(text)
    return press(app, "Prüfen und Wirkung ansehen")


def shown(app, **at: str) -> str:
    return texts(opened(app, "indicator", kennzahl="B-01", **at)).replace("\u00a0", " ").replace("\\", "")


def test_a_decision_is_previewed_kept_and_then_wins_everywhere(app):
    """In 2024 32,5 % stand; to 40 % in 2030 28 were expected, to 60 % 36."""
    before = shown(app)
    assert "erwartet waren 28,0 %" in before and "beschlossen am" not in before
    preview = filled(app)
    assert "Was der Beschluss ändert" in preview
    assert "erwartet waren 28,0 %" in preview and "erwartet waren 36,0 %" in preview
    assert agreed_targets.agreed_targets(session.store(), TODAY) == ()  # nothing is kept by looking
    after = press(app, "Beschluss eintragen")
    assert "Der Beschluss ist eingetragen" in after
    for again in (after, shown(app)):  # the first run afterwards, and the second visit, without emptying any cache
        assert "erwartet waren 36,0 %" in again and f"Ziel {SAID}" in again
        assert "dünn davor: das frühere Ziel 2030: 40,0 %" in again and "Ziele und Beschlüsse" in again
    assert field(app, "paper").value == ""  # a fresh form
    earlier = shown(app, stand="2026-01-15")
    assert "erwartet waren 28,0 %" in earlier and "26-0815" not in earlier
    assert not [one for one in app.button if one.label == "Prüfen und Wirkung ansehen"]


def test_it_holds_after_a_restart_and_is_taken_back_with_a_reason(app):
    filled(app)
    press(app, "Beschluss eintragen")
    session.store().close()
    forget_everything()
    assert "erwartet waren 36,0 %" in shown(app)
    assert "Bitte einen Grund nennen" in press(app, "Beschluss zurücknehmen")
    next(one for one in app.text_input if one.label == "Grund" and "Zahl" in one.placeholder).input("vertagt")
    back = press(app, "Beschluss zurücknehmen")
    assert "erwartet waren 28,0 %" in back and "vertagt" in back
    assert "abgelöst" not in back


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"value": "15"}, "schlechter als der Ausgangswert"),
        ({"value": "1.234"}, "auf zwei Arten lesen"),
        ({"value": "60 %"}, "ist keine Zahl"),
        ({"until": "bald"}, "ist kein Berichtszeitraum"),
        ({"until": "2025"}, "vor dem Beschluss"),
        ({"day": "2026-01-20"}, "ist kein Tag"),
        ({"day": "20.03.2026"}, "in der Zukunft"),
        ({"paper": ""}, "Nummer der Vorlage"),
    ],
)
def test_nonsense_is_told_and_nothing_previewed(app, typed, said):
    assert said in filled(app, **typed)
    assert not [one for one in app.button if one.label == "Beschluss eintragen"]


def test_milestones_and_baseline_are_read_and_refused_line_by_line(app):
    opened(app, "indicator", kennzahl="B-01")
    field(app, "milestones").input("2027 = 50")
    assert "Bitte Jahr und Wert so schreiben" in filled_again(app)
    field(app, "milestones").input("2027: 50,0\n")
    assert "auf dem Weg: 50,0 % bis 2027" in filled_again(app)


def filled_again(app) -> str:
    for name, text in (("value", "60,0"), ("until", "2030"), ("on", "20.01.2026"), ("paper", "26-0815")):
        field(app, name).input(text)
    return press(app, "Prüfen und Wirkung ansehen")


def test_the_second_person_is_told_what_came_in_between(app):
    filled(app)
    rule = RuleDefinition(baseline=Point.of(2020, 20), targets=(Point.of(2030, 55),))
    other = AgreedTarget(0, "B-01", "", rule, date(2026, 1, 20), 1, "Steuerungsgruppe", "26-0700")
    agreed_targets.keep_target(session.store(), session.catalogue(), other, "Pat", TODAY)
    told = press(app, "Beschluss eintragen")
    assert "Inzwischen hat Pat die Ziele dieser Kennzahl geändert" in told
    assert len(agreed_targets.targets_at(session.store(), TODAY)) == 1
    assert "55,0 % bis 2030" in shown(app)


@pytest.mark.parametrize("role", [Role.STEERING, Role.REPORTER, Role.ADMINISTRATOR])
def test_others_see_the_decision_and_no_form(app, monkeypatch, role):
    filled(app)
    press(app, "Beschluss eintragen")
    monkeypatch.setattr(session, "user", lambda said=None: User("Pat", frozenset({role}), frozenset({"FB 51"})))
    assert SAID in shown(app)
    assert not [one for one in app.button if "Beschluss" in one.label or "Wirkung" in one.label]


def test_a_right_that_is_gone_meanwhile_is_asked_when_the_button_is_pressed(app, monkeypatch):
    filled(app)
    local = session.user()
    monkeypatch.setattr("indicators.ui.agreeing.session.user", lambda said=None: replace(local))
    monkeypatch.setattr("indicators.ui.agreeing.demand", refuse)
    assert "Dafür fehlt Ihnen das Recht" in press(app, "Beschluss eintragen")
    assert agreed_targets.agreed_targets(session.store(), TODAY) == ()


def refuse(user: User, action, reporter=None) -> None:
    demand(User("Pat", frozenset({Role.STEERING})), action)


def test_a_band_is_agreed_on_by_its_two_bounds(app, home):
    """Both bounds asked, none of the fields of a path; a lower one above the upper is told at its field."""
    file = home / "definitions" / "b_bildung.yaml"
    text = file.read_text(encoding="utf-8")
    banded = "method: band, low: 20, high: 40"
    assert 'targets: [{period: "2030", value: 40.0}]' in text
    text = text.replace('baseline: {period: "2020", value: 20.0}, targets: [{period: "2030", value: 40.0}]', banded)
    file.write_text(text, encoding="utf-8")
    opened(app, "indicator", kennzahl="B-01")
    assert (field(app, "low").value, field(app, "high").value) == ("20,0", "40,0")
    assert not [one for one in app.text_input if one.key and one.key.endswith("-until")]
    for name, typed in (("low", "45"), ("high", "42,5"), ("on", "20.01.2026"), ("paper", "26-0815")):
        field(app, name).input(typed)
    assert "untere Grenze liegt über der oberen" in press(app, "Prüfen und Wirkung ansehen")
    field(app, "low").input("33,25")
    press(app, "Prüfen und Wirkung ansehen")
    told = press(app, "Beschluss eintragen")
    assert f"Ziel: 33,3 bis 42,5 %, {SAID}" in told
    assert field(app, "low").value == "33,25"  # with all the digits that were decided


def test_what_if_says_what_holds_and_tries_without_it(app):
    filled(app)
    press(app, "Beschluss eintragen")
    told = texts(opened(app, "what_if", kennzahl="B-01")).replace("\u00a0", " ")
    assert told.count(SAID) == 1 and "kein beschlossenes Ziel" in told


def test_files_say_where_the_target_comes_from(app):
    filled(app)
    press(app, "Beschluss eintragen")
    known = kept.current(None)
    figure = boards.trend_figure(known, known.catalogue.indicator("B-01"), [Breakdown()])
    assert dict(figure.metadata)["Beschlossenes Ziel"].replace("\u00a0", " ") == f"Ziel 2030: 60,0 %, {SAID}"
    assert SAID in figure.note
    rows = figure.texts().to_dict("records")
    # expected before the decision by the target of then: 20 + 20 × 3/10 in 2023, and by the new one in 2024
    expected = {row["Zeitraum"]: row["Zielpfad"] for row in rows}
    assert (expected["2023"], expected["2024"], expected["2030"]) == ("26,0", "36,0", "60,0")


def test_overview_and_export_know_the_new_target(app):

    opened(app, "overview")
    keep_meeting(session.store(), Meeting(0, bodies(session.store())[0], date(2026, 1, 10)), "Kim", TODAY)
    assert "neues Ziel" in texts(opened(app, "overview"))
    filled(app)
    press(app, "Beschluss eintragen")
    told = texts(opened(app, "overview")).replace("\u00a0", " ")
    assert 'id="target"' in told and "60,0 % bis 2030" in told and SAID in told
