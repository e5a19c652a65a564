"""Values typed into a form: an ordinary delivery with findings, preview, number, receipt, file and way back."""

import io
from datetime import datetime

import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from indicators.access import Role, User
from indicators.datasets import FIGURES
from indicators.deliveries import by_hand
from indicators.deliveries.staging import stage
from indicators.ledger.commits import Upload
from indicators.model import Breakdown, Slice
from indicators.periods import Period
from indicators.templates.hidden_map import HEADER_ROW, MAP_SHEET
from indicators.ui import session
from tests.conftest import filled_template
from tests.pages.conftest import DASHBOARD, forget_everything
from tests.pages.test_pages import opened, texts

TODAY = datetime(2026, 2, 1, 9)
PIECE = Slice("kita_kinder", "FB 51", Period.of_year(2025))


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("indicators.ui.session.utc_now", lambda: TODAY)


def box(app, label: str):
    return next(one for one in app.selectbox if one.key and one.key.startswith("by-hand") and one.label == label)


def value(app, title: str):
    return next(one for one in app.text_input if one.key and one.key.startswith("by-hand") and one.label == title)


def press(app, label: str):
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return texts(app).replace("\\", "")


def with_form(app):
    opened(app, "deliver")
    [switch] = [one for one in app.toggle if one.key == "by-hand"]
    switch.set_value(True).run()
    return app


def picked(app, period: Period = PIECE.period):
    with_form(app)
    box(app, "Grundzahl").set_value("kita_kinder").run()
    box(app, "Zeitraum").set_value(period).run()
    return app


def typed(app, **numbers: str) -> str:
    for title, text in numbers.items():
        value(app, title).input(text)
    return press(app, "Werte prüfen")


def valid(period: Period = PIECE.period) -> dict[str, float | None]:
    kept = FIGURES.valid(session.store(), [Slice("kita_kinder", "FB 51", period)])
    return {key.breakdown.code: found.content.value for key, found in kept.items()}


def test_typed_values_are_checked_previewed_and_taken_over_as_a_delivery(app):
    picked(app)
    assert "zuletzt 130" in texts(app)  # 2024, in grey beside the field
    told = typed(app, Insgesamt="140", Ausländische="34", Deutsche="106")
    assert "Von-Hand_2025_FB-51_kita" in told and "Das wird gespeichert:" in told and "3 neu" in told
    assert valid() == {}  # nothing is kept by checking
    receipt = press(app, "Übernehmen")
    assert "Lieferung 7" in receipt or "Nr. 7" in receipt  # six came before
    assert valid() == {"": 140, "herkunft=auslaendisch": 34, "herkunft=deutsch": 106}
    assert "Von-Hand_2025_FB-51_kita" in texts(opened(app, "deliveries"))
    covered = session.store().rows("select distinct base_figure from figure_slice where period = $key",
                                   {"key": PIECE.period.key})  # fmt: skip
    assert covered == [("kita_kinder",)]  # the other base figure of the reporter is not touched


def test_a_correction_begins_with_what_is_valid_and_needs_its_reason(app):
    year = Period.of_year(2024)
    picked(app, year)
    assert value(app, "Insgesamt").value == "130"
    told = typed(app, Insgesamt="131", Deutsche="101")
    assert "2 geändert" in told and "1 unverändert" in told
    assert [one for one in app.button if one.label == "Übernehmen"]
    press(app, "Übernehmen")
    assert valid(year)[""] == 130  # without a reason nothing is taken over
    for area in app.text_input:
        if "Grund" in area.label:
            area.input("Nachmeldung")
    press(app, "Übernehmen")
    assert valid(year)[""] == 131


def test_the_same_numbers_may_be_typed_again_after_something_else_was(app):
    for total in ("140", "141", "140"):
        picked(app)
        typed(app, Insgesamt=total, Ausländische="34", Deutsche=str(int(total) - 34))
        for area in app.text_input:
            if "Grund" in area.label:
                area.input("Nachmeldung")
        press(app, "Übernehmen")
        assert valid()[""] == int(total)


@pytest.mark.parametrize(
    ("text", "said"),
    [("1.234", "auf zwei Arten lesen"), ("viele", "ist keine Zahl"), ("12,5,3", "ist keine Zahl")],
)
def test_what_is_no_number_is_told_and_nothing_waits(app, text, said):
    picked(app)
    assert said in typed(app, Insgesamt=text)
    assert not [one for one in app.button if one.label == "Übernehmen"]


def test_an_empty_form_and_a_sign(app):
    picked(app)
    assert "mindestens einen Wert" in press(app, "Werte prüfen")
    told = typed(app, Insgesamt=".", Ausländische=".", Deutsche=".")
    assert "Das wird gespeichert:" in told


def test_rules_of_templates_hold(app):
    picked(app)
    assert "Nicht übernommen" in typed(app, Insgesamt="-140")


def test_it_waits_after_a_restart_and_can_be_put_away(app):
    picked(app)
    typed(app, Insgesamt="140", Ausländische="34", Deutsche="106")
    kept = dict(app.query_params)
    session.store().close()
    forget_everything()
    app = AppTest.from_file(str(DASHBOARD), default_timeout=30)
    [named] = kept["dateien"] if isinstance(kept["dateien"], list) else [kept["dateien"]]
    assert "Von-Hand_2025" in texts(opened(app, "deliver", dateien=named)).replace("\\", "")
    press(app, "Datei weglegen")
    assert "Von-Hand_2025" not in texts(app)


def test_a_reporter_types_for_its_own_place_only(app, monkeypatch):
    monkeypatch.setattr(session, "user", lambda said=None: User("Awo", frozenset({Role.REPORTER}), frozenset({"AWO"})))
    with_form(app)
    assert box(app, "Meldende Stelle").options == ["Arbeiterwohlfahrt"]
    monkeypatch.setattr(session, "user", lambda said=None: User("Pat", frozenset({Role.STEERING})))
    shown = texts(opened(app, "deliver"))
    assert "Werte prüfen" not in shown


def test_the_map_of_a_single_figure_is_no_licence_to_move_numbers(small_city, store):
    """Whoever takes the rows of the others out of a whole template's hidden map is found out as before."""
    values = {("kita_kinder", Breakdown()): 140.0}
    upload = by_hand.workbook(store, small_city, PIECE, values, "Kim", TODAY)
    staged = stage(store, small_city, upload, TODAY)
    assert staged.reading.covers == (PIECE,) and not any("Aufbau" in one.message for one in staged.findings)
    book = load_workbook(io.BytesIO(filled_template(small_city, 2025)))
    hidden = book[MAP_SHEET]
    for row in range(hidden.max_row, HEADER_ROW, -1):
        if hidden.cell(row, 4).value != "kita_kinder":
            hidden.delete_rows(row)
    changed = io.BytesIO()
    book.save(changed)
    found = stage(store, small_city, Upload("x.xlsx", changed.getvalue(), "Kim"), TODAY)
    assert found.blocked and "edited-map" in [one.rule for one in found.findings]
