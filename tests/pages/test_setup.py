"""The first day: from an installation without definitions to the first value, without a file on the server."""

import shutil
from datetime import datetime

import pytest

from indicators.catalogue import lint_texts
from indicators.catalogue.first import STRUCTURES, first_texts
from indicators.deliveries.staging import confirm, stage
from indicators.ledger.commits import Upload
from indicators.model import Breakdown
from indicators.periods import Period
from indicators.templates.template import build_template, fill_template
from indicators.ui import login, process, session
from indicators.ui.navigation import PAGES
from tests.pages.test_define import LOOK, keep, press
from tests.pages.test_pages import opened, texts
from tests.pages.test_roles import AUTH, NOW, came


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("indicators.ui.session.utc_now", lambda: datetime(2026, 2, 1, 9))


@pytest.fixture
def empty(app, home):
    shutil.rmtree(home / "definitions")
    (home / "data" / "monitoring.duckdb").unlink()
    return app


@pytest.mark.parametrize("structure", STRUCTURES)
def test_what_a_city_begins_with_has_no_fault(structure):
    assert (
        lint_texts(first_texts("Neustadt: am Rübenberge", "03241", STRUCTURES[structure] or ("Sprache & Mehr",))) == []
    )


def test_a_city_is_set_up_and_every_page_opens_also_after_a_restart(empty):
    shown = texts(opened(empty, "overview"))
    assert "Stadt einrichten" in shown and not empty.get("page_link")
    assert "Namen der Stadt" in press(empty, "Stadt einrichten")
    empty.text_input[0].set_value("Neustadt")
    empty.text_area[0].set_value("Ankommen\nBildung")
    press(empty, "Stadt einrichten")
    assert not empty.exception
    catalogue = session.catalogue()
    assert (catalogue.city.name, [field.title for field in catalogue.fields]) == ("Neustadt", ["Ankommen", "Bildung"])
    process.end()
    for entry in PAGES:
        opened(empty, entry.file)
    assert "Stadt eingerichtet" in texts(opened(empty, "define"))


def test_districts_with_their_days_and_ages_by_their_limits_are_there_from_the_start(empty):
    opened(empty, "overview")
    empty.text_input[0].set_value("Neustadt")
    empty.text_area(key="setup-eigene Handlungsfelder").set_value("Bildung")
    places = "Süd-West\n1. Bezirk\nHafen bis 31.12.2023\nHafenstadt ab 01.01.2024\nSüd West"
    empty.text_area(key="setup-districts").set_value(places)
    empty.text_input(key="setup-ages").set_value("18, 6")
    assert "aufsteigend" in press(empty, "Stadt einrichten")
    empty.text_input(key="setup-ages").set_value("6; 18")
    empty.text_area(key="setup-districts").set_value(places.replace("31.12.2023", "31.13.2023"))
    assert "31.13.2023" in press(empty, "Stadt einrichten")
    empty.text_area(key="setup-districts").set_value(places)
    press(empty, "Stadt einrichten")
    dimensions = session.catalogue().dimensions
    found = [(one.code, one.title, str(one.valid_from), str(one.valid_to)) for one in dimensions["stadtteil"].members]
    assert found == [
        ("sued_west", "Süd-West", "None", "None"), ("gebiet_1_bezirk", "1. Bezirk", "None", "None"),
        ("hafen", "Hafen", "None", "2023-12-31"), ("hafenstadt", "Hafenstadt", "2024-01-01", "None"),
        ("sued_west_5", "Süd West", "None", "None"),
    ]  # fmt: skip
    ages = [(one.title, one.ages) for one in dimensions["altersgruppe"].members]
    assert ages == [("unter 6 Jahre", (0, 6)), ("6 bis unter 18 Jahre", (6, 18)), ("18 Jahre und älter", (18, None))]


def test_who_may_not_define_is_told_calmly(empty, monkeypatch):
    monkeypatch.setattr(login, "auth_section", lambda: AUTH)
    monkeypatch.setattr("indicators.ui.session.utc_now", lambda: NOW)
    shown = texts(came(empty).run())
    assert "noch nicht eingerichtet" in shown
    assert "Stadt einrichten" not in [button.label for button in empty.button]


def test_faulty_files_are_still_told_as_faults(app, home):
    (home / "data" / "monitoring.duckdb").unlink()
    (home / "definitions" / "units.yaml").unlink()
    assert "Der Katalog enthält Fehler" in texts(app.run())


def test_from_nothing_to_the_first_value(empty):
    opened(empty, "overview")
    empty.text_input[0].set_value("Neustadt")
    empty.text_area[0].set_value("Ankommen")
    press(empty, "Stadt einrichten")
    opened(empty, "define")
    empty.get("button_group")[0].set_value("grundzahl").run()
    key = "define-base_figures.-new"
    empty.text_input(key=f"{key}-code").set_value("beratungen").run()
    empty.text_input(key=f"{key}-title").set_value("Beratungen").run()
    empty.selectbox(key=f"{key}-belongs to").set_value("A").run()
    empty.selectbox(key=f"{key}-unit").set_value("Personen").run()
    empty.multiselect(key=f"{key}-reporters").set_value(["SI"]).run()
    press(empty, LOOK)
    keep(empty, "erste Grundzahl")
    empty.get("button_group")[0].set_value("kennzahl").run()
    key = "define-indicators.-new"
    for name, typed in (("code", "A-01"), ("title", "Beratene"), ("source", "SI"), ("formula", "beratungen")):
        empty.text_input(key=f"{key}-{name}").set_value(typed).run()
    empty.text_area(key=f"{key}-definition").set_value("Alle Beratungen.").run()
    for name, picked in (("goal", "A-1"), ("kind", "output"), ("unit", "Personen"), ("direction", "up")):
        empty.selectbox(key=f"{key}-{name}").set_value(picked).run()
    empty.selectbox(key=f"{key}-method").set_value("direction").run()
    press(empty, LOOK)
    keep(empty, "erste Kennzahl")
    store, catalogue, at = session.store(), session.catalogue(), datetime(2026, 2, 1, 9)
    blank = build_template(catalogue, "SI", Period.of_year(2025))
    filled = fill_template(blank, {("beratungen", Breakdown()): 1234.0})
    staged = stage(store, catalogue, Upload("si.xlsx", filled, "Kim"), at)
    confirm(store, catalogue, staged, at, dict.fromkeys(staged.to_explain, "erste Lieferung"))
    assert "1.234" in texts(opened(empty, "indicator", kennzahl="A-01"))


def test_leverkusens_fields_are_those_of_its_paper(empty):
    opened(empty, "overview")
    empty.radio[0].set_value("Leverkusen: zwei übergreifende und acht Handlungsfelder").run()
    empty.text_input[0].set_value("Neustadt")
    press(empty, "Stadt einrichten")
    fields = session.catalogue().fields
    assert [(field.code, field.kind.value) for field in fields[:3]] == [
        ("S", "overarching"),
        ("V", "overarching"),
        ("A", "field"),
    ]
    assert (len(fields), fields[2].title, fields[9].code) == (10, "Sprache/Sprachförderung", "H")


def test_ready_definitions_come_with_the_city_in_one_press(empty):
    opened(empty, "overview")
    empty.text_input[0].set_value("Neustadt")
    empty.text_area[0].set_value("Recht\nArbeit").run()
    next(one for one in empty.text_area if one.label == "Fachbereiche und Träger").set_value(
        "FB 33: Bürgerdienste\nVHS"
    )
    empty.multiselect(key="setup-take-A").set_value(["RE-02", "RE-03"]).run()
    empty.multiselect(key="setup-take-B").set_value(["AR-04", "RE-03"]).run()
    assert "RE-03 ist schon vergeben" in press(empty, "Stadt einrichten")
    empty.multiselect(key="setup-take-B").set_value(["AR-04"]).run()
    press(empty, "Stadt einrichten")
    catalogue = session.catalogue()
    assert {code: one.goal for code, one in catalogue.indicators.items()} == {
        "RE-02": "A-1",
        "RE-03": "A-1",
        "AR-04": "B-1",
    }
    assert catalogue.reporters["FB 33"].name == "Bürgerdienste" and "VHS" in catalogue.reporters
    assert "RE-02, RE-03 und AR-04" in texts(opened(empty, "define"))
