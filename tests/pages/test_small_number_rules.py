"""The rules for small numbers of all base figures in one form: preview of what they hide, reason, second person."""

from datetime import datetime

import pytest
from streamlit.testing.v1 import AppTest

from indicators.boards.protection_rules import rules_of
from indicators.catalogue.editing import Place, changed
from indicators.ledger import versions
from indicators.ledger.versions import Act, Decision
from indicators.ui import process, session
from tests.pages.test_pages import opened, texts

BELOW = "protection-rule-0-suppress_below"


@pytest.fixture
def form(app: AppTest, monkeypatch) -> AppTest:
    monkeypatch.setattr("indicators.ui.session.utc_now", lambda: datetime(2026, 2, 1, 9))
    app.run()
    return opened(app, "define")


def look(app: AppTest) -> str:
    app.button(key="protection-look").click().run()
    assert not app.exception
    return texts(app)


def keep(app: AppTest, reason: str) -> str:
    next(one for one in app.text_input if one.form_id == "protection-edit").set_value(reason)
    next(one for one in app.button if one.label == "Regeln übernehmen").click().run()
    assert not app.exception
    return texts(app)


def common() -> tuple[set[int | None], int]:
    """The thresholds of the base figures that are in no exception, and how many these are."""
    found = session.catalogue().base_figures
    named = {code for rule in rules_of(found)[1:] for code in rule.figures}
    return {one.suppress_below for code, one in found.items() if code not in named}, len(found) - len(named)


def test_one_threshold_for_all_says_what_it_hides_and_holds_after_a_restart(form):
    before, concerned = form.text_input(key=BELOW).value, common()[1]
    form.text_input(key=BELOW).set_value("200").run()
    shown = look(form)
    assert "Gesperrte Zahlen je Grundzahl" in shown
    assert "für alle außer der Stabsstelle gesperrt, auch in früheren Ständen" in shown
    assert versions.in_force(session.store()) is None  # nothing is done by looking
    assert "nennen Sie den Grund" in keep(form, " ")
    assert "Beschluss zum Datenschutz" in keep(form, "Beschluss zum Datenschutz")
    assert common() == ({200}, concerned)
    assert form.text_input(key=BELOW).value == "200" != before
    process.end()  # a restart
    opened(form, "overview")
    opened(form, "define")
    assert form.text_input(key=BELOW).value == "200"
    form.text_input(key=BELOW).set_value(before).run()
    assert "für alle sichtbar, auch in früheren Ständen" in look(form)


def test_an_exception_holds_for_the_base_figures_that_it_names(form):
    next(one for one in form.button if one.label == "Weitere Ausnahme").click().run()
    named = max(int(one.key.split("-")[2]) for one in form.multiselect if str(one.key).startswith("protection-rule-"))
    form.text_input(key=f"protection-rule-{named}-suppress_below").set_value("12").run()
    taken = [code for one in form.multiselect if str(one.key).startswith("protection-rule-") for code in one.value]
    code = next(code for code in session.catalogue().base_figures if code not in taken)
    form.multiselect(key=f"protection-rule-{named}-figures").set_value([code]).run()
    look(form)
    keep(form, "Ausnahme")
    found = session.catalogue().base_figures
    assert {name for name, one in found.items() if one.suppress_below == 12} == {code}


@pytest.mark.parametrize(("typed", "says"), [("fünf", "fünf"), ("0", "zu klein"), ("5000", "zu groß")])
def test_a_fault_stands_at_the_rule_once_and_nothing_typed_is_lost(form, typed, says):
    form.text_input(key=BELOW).set_value(typed).run()
    look(form)
    assert len([one for one in form.error if says in one.value]) == 1
    assert "Regeln übernehmen" not in [button.label for button in form.button]
    assert form.text_input(key=BELOW).value == typed


def test_the_second_person_is_told_and_overwrites_only_what_they_typed(form):
    form.text_input(key=BELOW).set_value("7").run()
    look(form)
    city = session.installation()
    code = next(iter(session.catalogue().base_figures))
    other = changed(city.texts(), Place("base_figures", code), {"show_zero": False})
    city.change(other, versions.last_number(city.store), Decision(Act.EDIT, "Kim", datetime(2026, 2, 1, 9), "Null"))
    shown = keep(form, "sieben")
    assert "Kim" in shown and versions.last_number(city.store) == 2
    keep(form, "sieben")
    assert 7 in common()[0]
    assert not session.catalogue().base_figures[code].show_zero
