"""Boundaries on the pages: brought through findings and preview, seen by the next person, withdrawn, and never by those
who may not."""

import pytest

from indicators.access import Role
from indicators.ui import login, session
from tests.maps.files import geojson
from tests.maps.installation import after, install
from tests.pages.conftest import app, forget_everything
from tests.pages.test_pages import opened, texts
from tests.pages.test_roles import AUTH, NOW, came, given

__all__ = ["app"]


@pytest.fixture
def home(tmp_path):
    install(tmp_path, bounded=False)
    return tmp_path


def uploaded(app, content: bytes, *, source: str = "Stadt, CC BY", begin: str = "01.01.2015", end: str = "31.12.2022"):
    opened(app, "define")
    app.file_uploader(key=f"boundary-{app.session_state['boundary-round']}").upload("grenzen.geojson", content).run()
    fields = {one.label: one for one in app.text_input}
    fields["Quelle und Lizenz *"].set_value(source)
    fields["Gilt ab (erster Tag)"].set_value(begin)
    fields["Gilt bis (leer: weiterhin)"].set_value(end).run()
    return app


def press(app, label: str):
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


def logs_in(app, monkeypatch) -> None:
    monkeypatch.setattr(login, "auth_section", lambda: AUTH)
    monkeypatch.setattr("indicators.ui.session.utc_now", lambda: NOW)
    came(app).run()


def charts(app) -> int:
    return len(app.get("arrow_vega_lite_chart")) + len(app.get("vega_lite_chart"))


def test_boundaries_are_seen_before_they_count_and_after_a_restart(app):
    app.run()
    before = charts(opened(app, "indicator", kennzahl="B-01"))
    assert "noch keine Grenzen hinterlegt" in texts(app)
    uploaded(app, geojson())
    assert "Gespeichert ist noch nichts." in texts(app) and "4 Flächen mit 68 Punkten" in texts(app)
    assert "noch keine Grenzen hinterlegt" in texts(opened(app, "indicator", kennzahl="B-01"))
    press(uploaded(app, geojson()), "Grenzen übernehmen")
    assert "Übernommen: 4 Gebiete aus „grenzen.geojson“, 01.01.2015 bis 31.12.2022." in texts(app).replace("\\", "")
    press(uploaded(app, after(), begin="01.01.2023", end=""), "Grenzen übernehmen")
    opened(app, "indicator", kennzahl="B-01")
    assert charts(app) == before + 1
    page = texts(app)
    assert "Grenzen: Stadt, CC BY" in page.replace("\\", "")
    assert "schraffiert: unbekannt oder geheim zu halten" in page and "schraffiert: keine Angabe" in page
    assert "small-maps" in page
    forget_everything()
    assert charts(opened(app, "indicator", kennzahl="B-01")) == before + 1


def test_a_file_that_cannot_be_used_says_why_and_stores_nothing(app):
    app.run()
    opened(app, "define")
    app.file_uploader(key="boundary-0").upload("grenzen.kml", b"<kml/>").run()
    assert "KML, GML oder anderes XML" in texts(app)
    assert "Grenzen übernehmen" not in [button.label for button in app.button]
    uploaded(app, geojson(), source="")
    press(app, "Grenzen übernehmen")
    assert "Bitte die Quelle nennen" in texts(app)
    uploaded(app, geojson(), begin="31.2.2020")
    assert "ist kein Tag" in texts(app)
    assert session.store().value("select count(*) from boundary") == 0


def test_withdrawn_boundaries_leave_the_map_and_need_a_reason(app):
    app.run()
    press(uploaded(app, geojson(), end=""), "Grenzen übernehmen")
    with_map = charts(opened(app, "indicator", kennzahl="B-01"))
    press(opened(app, "define"), "Diese Grenzen zurückziehen")
    assert "Bitte nennen Sie den Grund." in texts(app)
    next(one for one in app.text_input if one.form_id == "withdraw-boundary").set_value("falsche Datei")
    press(app, "Diese Grenzen zurückziehen")
    assert charts(opened(app, "indicator", kennzahl="B-01")) == with_map - 1
    assert "noch keine Grenzen hinterlegt" in texts(app)


def test_whoever_loses_the_right_in_between_stores_nothing(app, monkeypatch):
    logs_in(app, monkeypatch)
    given(Role.OFFICE)
    uploaded(app, geojson())
    given(Role.STEERING)
    next(button for button in app.button if button.label == "Grenzen übernehmen").click().run()
    assert session.store().value("select count(*) from boundary") == 0


def test_who_is_not_the_office_sees_no_small_number_on_the_map(app, monkeypatch):
    logs_in(app, monkeypatch)
    given(Role.OFFICE)
    press(uploaded(app, geojson()), "Grenzen übernehmen")
    assert "3,8" in texts(opened(app, "indicator", kennzahl="B-01", karte="2020"))
    given(Role.STEERING)
    page = texts(opened(app, "indicator", kennzahl="B-01", karte="2020"))
    specs = [one.proto.spec for one in (*app.get("arrow_vega_lite_chart"), *app.get("vega_lite_chart"))]
    assert "schraffiert: unbekannt oder geheim zu halten" in page and specs
    assert not [one for one in (page, *specs) if "3,8" in one or "3.75" in one]
