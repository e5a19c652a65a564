"""Boundaries on the pages: brought through findings and preview, seen by the next person, withdrawn, and never by those
who may not."""

from datetime import date, datetime

import pytest

from indicators.access import Role
from indicators.datasets import OFFERS
from indicators.deliveries.editing import edit
from indicators.deliveries.staging import confirm
from indicators.knowledge import boundaries, releases
from indicators.knowledge.bodies import bodies
from indicators.knowledge.meeting_records import Meeting, keep_meeting
from indicators.knowledge.slides import Slide, SlideKind, keep_plan, plan
from indicators.maps.boundaries import Span
from indicators.ui import login, session
from tests.maps.files import geojson
from tests.maps.installation import UNTIL_2022, after, install, keep
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


def specs(app) -> list[str]:
    return [one.proto.spec for one in (*app.get("arrow_vega_lite_chart"), *app.get("vega_lite_chart"))]


def test_readers_see_the_map_of_what_is_released_as_it_was_then(app, monkeypatch):
    """The state of 2021, with boundaries that came before it; what comes later changes nothing, and no small number."""
    logs_in(app, monkeypatch)
    given(Role.OFFICE)
    catalogue, then = session.catalogue(), datetime(2021, 3, 1)
    releases.release(session.store(), "B-01", then, "Kim", NOW, "Beschluss")
    given(Role.READER)
    opened(app, "published")
    before = len(specs(app))
    assert "Karte" not in [one.value for one in app.header], "why there is no map is the office's business"
    keep(session.store(), catalogue, geojson(), UNTIL_2022, at=datetime(2021, 2, 1))
    keep(session.store(), catalogue, after(), Span(date(2015, 1, 1)), at=datetime(2021, 4, 1), source="Neuere Grenzen")
    for role in (Role.READER, Role.OFFICE):
        given(role)
        opened(app, "published", kennzahl="B-01")
        page, drawn = texts(app), specs(app)
        assert "Karte" in [one.value for one in app.header] and len(drawn) == before + 1
        assert "schraffiert: unbekannt oder geheim zu halten" in page and "66,7" in page
        assert "Neuere Grenzen" not in page
        assert not [one for one in (page, *drawn) if "3,8" in one or "3.75" in one]
    releases.release(session.store(), "B-01", datetime(2026, 1, 20), "Kim", NOW, "neuer Stand")
    assert "Neuere Grenzen" in texts(opened(app, "published", kennzahl="B-01"))
    boundaries.withdraw(session.store(), 2, "Kim", NOW, "falsch")  # after the moment that is released
    forget_everything()
    assert "Neuere Grenzen" in texts(opened(app, "published", kennzahl="B-01"))


def test_the_office_puts_a_map_on_a_slide_and_the_wall_hides_small_numbers_from_everyone(app, monkeypatch):
    logs_in(app, monkeypatch)
    given(Role.OFFICE)
    keep(session.store(), session.catalogue(), geojson(), UNTIL_2022, at=datetime(2021, 2, 1))
    at = datetime(2021, 3, 1)
    meeting = Meeting(0, bodies(session.store())[0], date(2021, 3, 2), settled=at)
    number = keep_meeting(session.store(), meeting, "Kim", NOW)
    opened(app, "compose", sitzung=str(number))
    [added] = [one for one in app.multiselect if one.label == "Kennzahlen, Karten, Handlungsfelder und Ziele"]
    assert "Kennzahl B-01 Betreuungsquote auf der Karte" in added.options
    assert not [one for one in added.options if "B-02" in one and "Karte" in one], "a count is on no map"
    added.select("karte-B-01")
    press(app, "Hinzufügen")
    assert [one.key for one in plan(session.store(), number)] == ["karte-B-01"]
    for role in (Role.STEERING, Role.OFFICE):
        given(role)
        opened(app, "meeting", sitzung=str(number), folie="karte-B-01")
        page, drawn = texts(app).replace("\\", ""), specs(app)
        assert "Ohne Zahl und schraffiert:</b> Süd, Nord" in page and "(Süd-Ost), 2020" in page
        assert len(drawn) == 1 and "geheim zu halten" in drawn[0]
        assert not [one for one in (page, *drawn) if "3,8" in one or "3.75" in one]
    boundaries.withdraw(session.store(), 1, "Kim", NOW, "falsch")
    assert len(specs(opened(app, "meeting", sitzung=str(number), folie="karte-B-01"))) == 1, "the meeting has seen it"


def test_a_map_that_there_is_not_at_the_meetings_moment_says_so_where_it_was_composed(app):
    app.run()
    number = keep_meeting(session.store(), Meeting(0, bodies(session.store())[0], date(2026, 1, 11)), "Kim", NOW)
    keep_plan(session.store(), number, [Slide(SlideKind.MAP, code) for code in ("B-01", "B-02")], "Kim", NOW)
    page = texts(opened(app, "compose", sitzung=str(number)))
    assert "keine Karte; die Folie wird nicht gezeigt. Für „Stadtteil“ sind noch keine Grenzen hinterlegt." in page
    assert "Diese Kennzahl zählt, wie viele es sind." in page
    assert "Folie 1 von 1" in texts(opened(app, "meeting", sitzung=str(number)))


def test_the_map_of_offers_asks_as_the_matrix_does_and_is_kept_apart_from_its_district(app):
    app.run()
    press(uploaded(app, geojson(), begin="01.01.2015", end=""), "Grenzen übernehmen")
    for number, district, language in (("1", "nord", "Deutsch"), ("2", "s101", "Arabisch")):
        said = {"title": f"Treff {number}", "topic": f"Thema {number}", "districts": district, "languages": language}
        staged = edit(session.store(), session.catalogue(), OFFERS, "FB 51", said | {"start": "01.01.2020"}, None,
                      "Kim", NOW)  # fmt: skip
        assert not staged.blocked, staged.findings
        confirm(session.store(), session.catalogue(), staged, NOW, dict.fromkeys(staged.to_explain, "geprüft"))
    opened(app, "funding", foerderansicht="angebote", angebotsgebiet="nord", sprache="Deutsch")
    assert "Sprache: Deutsch" in texts(app).replace("\\", "")
    opened(app, "funding", foerderansicht="angebotskarte", angebotsstand="2022")
    assert "Gebiet des Angebots" not in [one.label for one in app.selectbox]
    page = texts(app).replace("\\", "")
    assert "Kein Angebot bekannt: Nord/Ost, Süd, Süd-Ost." in page and "Sprache: Deutsch, in Angebote" in page
    next(one for one in app.selectbox if one.label == "Sprache").set_value("alle").run()
    page = texts(app).replace("\\", "")
    assert "Kein Angebot bekannt: Süd, Süd-Ost." in page, "the district that the matrix asks for is not asked here"
    assert page.count("<img") == 2 and "Thema Thema 1" in page
