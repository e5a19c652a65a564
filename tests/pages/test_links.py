"""Links to what does not exist, or not any more; and states of the data that never were."""

from datetime import datetime

import pytest

from indicators.ui import session
from indicators.ui.navigation import PAGES
from tests.pages.test_pages import opened, texts

NO_STATES = ("nr²", "nr99", "nr", "nr-1", "nr99999999999999999999", "9999-12-31", "0001-01-01", "2010-01-01", "²", "x")


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("indicators.ui.session.utc_now", lambda: datetime(2026, 2, 1, 9))


@pytest.mark.parametrize("stand", NO_STATES)
def test_a_state_that_never_was_is_told_and_sticks_nowhere(app, stand):
    shown = texts(opened(app, "indicator", kennzahl="B-01", stand=stand))
    assert app.title[0].value == "Stand der Daten nicht gefunden"
    assert "32,5" not in shown
    assert "stand=heute" in shown
    assert app.session_state["stand"] == "heute"
    del app.query_params["stand"]
    assert "32,5" in texts(opened(app, "indicator", kennzahl="B-01"))


def test_the_nearest_states_are_offered_and_the_future_is_called_so(app):
    assert "Dieser Tag liegt in der Zukunft" in texts(opened(app, "overview", stand="2099-12-31"))
    assert "Den gibt es nicht" in texts(opened(app, "overview", stand="9999-12-31"))
    shown = texts(opened(app, "overview", stand="2010-01-01"))
    assert "die ersten Zahlen kamen am 20.01.2020" in shown
    assert "stand=2020-01-20" in shown


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.file)
def test_a_past_state_is_a_banner_on_every_page(app, entry):
    assert "Früherer Stand: 30.06.2023" in texts(opened(app, entry.file, stand="2023-06-30"))
    app.query_params["stand"] = "heute"
    assert "Früherer Stand" not in texts(app.run())


def test_meeting_days_are_offered_first(app, home):
    city = home / "definitions" / "city.yaml"
    city.write_text(
        city.read_text(encoding="utf-8") + "meetings: [2023-05-10, 2024-05-08, 2030-01-01]\n", encoding="utf-8"
    )
    opened(app, "overview")
    [box] = (one for one in app.selectbox if one.label == "Stand der Daten")
    assert box.options[:4] == ["heute", "Sitzung am 08.05.2024", "Sitzung am 10.05.2023", "20.01.2025"]


def test_the_links_of_the_navigation_carry_the_state_that_was_just_chosen(app):
    opened(app, "overview", stand="2023-06-30")
    assert {link.proto.query_string for link in app.get("page_link")} == {"stand=2023-06-30"}


def test_an_indicator_that_does_not_exist_is_told_and_another_can_be_picked(app):
    shown = texts(opened(app, "indicator", kennzahl="B-99"))
    assert app.title[0].value == "Kennzahl nicht gefunden"
    assert "„B\\-99“" in shown or "„B-99“" in shown
    assert "32,5" not in shown
    assert "kennzahl=B-01" in shown
    [box] = (one for one in app.selectbox if one.label == "Kennzahl")
    assert box.value is None
    box.select_index(0).run()
    assert not app.exception
    assert app.query_params["kennzahl"] in ("B-01", ["B-01"])
    assert "32,5" in texts(app)


def test_a_field_or_a_status_that_does_not_exist_is_told(app):
    opened(app, "field", feld="ZZ")
    assert app.title[0].value == "Handlungsfeld nicht gefunden"
    app.query_params["feld"] = "B"
    app.query_params["status"] = "bestens"
    app.run()
    assert app.title[0].value == "Status nicht gefunden"


def test_groups_that_do_not_exist_are_named_and_never_replaced(app):
    shown = texts(opened(app, "indicator", kennzahl="B-01", gruppe="herkunft=deutsch,herkunft=marsianisch"))
    assert "marsianisch" in shown
    assert [pills.value for pills in app.get("button_group") if pills.label == "Gliederung"] == [["herkunft=deutsch"]]
    app.query_params["gruppe"] = "herkunft=marsianisch"
    app.run()
    assert app.title[0].value == "Gliederung nicht gefunden"
    app.query_params["gruppe"] = "gesamt"
    app.query_params["vergleich"] = "atlantis"
    app.run()
    assert app.title[0].value == "Vergleich mit nicht gefunden"


@pytest.mark.parametrize("number", ["²", "0", "99", "-1", "1e3", "99999999999999999999", "x"])
def test_a_delivery_that_does_not_exist_is_told_and_none_is_shown_in_its_place(app, number):
    shown = texts(opened(app, "deliveries", nummer=number))
    assert "gibt es zu diesem Stand nicht" in shown
    assert "Prüfsumme" not in shown
    assert "nummer=6" in shown
    assert "Historie" in shown


def test_the_address_is_written_once_a_run(app, monkeypatch):
    opened(app, "indicator", kennzahl="B-01")
    told = []
    from streamlit.runtime.state.query_params import QueryParams

    original = QueryParams._send_query_param_msg
    monkeypatch.setattr(QueryParams, "_send_query_param_msg", lambda self: (told.append(1), original(self))[1])
    app.run()
    assert told == []
    opened(app, "field", feld="B", status="alle")
    assert len(told) <= 1
    assert session.store().data_version == 6
