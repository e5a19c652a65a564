"""The catalogue as a workbook on the page: findings, preview, reason, another person meanwhile, an earlier version."""

import io
from datetime import date, datetime

import openpyxl
import pytest

from indicators.boards.catalogue_workbook import hand_out
from indicators.catalogue.editing import Place, changed
from indicators.ledger import versions
from indicators.ledger.versions import Act, Decision
from indicators.ui import session
from indicators.ui.definition_form import Way
from tests.pages.test_define import press
from tests.pages.test_pages import opened, texts

TITLE, FORMULA, DECIMALS = "B2", "L2", "N2"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("indicators.ui.session.utc_now", lambda: datetime(2026, 2, 1, 9))


@pytest.fixture
def page(app):
    app.run()
    return opened(app, "define")


def made(**cells) -> bytes:
    city = session.installation()
    number = versions.last_number(city.store)
    book = openpyxl.load_workbook(io.BytesIO(hand_out(city.catalogue(), city.texts(), number, date(2026, 2, 1))))
    for address, value in cells.items():
        book["Kennzahlen"][address] = value
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def upload(page, content, name="katalog.xlsx"):
    page.file_uploader[0].upload(name, content)
    page.run()
    assert not page.exception
    return texts(page)


def keep(page, reason):
    next(one for one in page.text_input if one.form_id == "define-workbook").set_value(reason)
    return press(page, "Mappe übernehmen")


def somebody_else(title):
    city = session.installation()
    files = changed(city.texts(), Place("indicators", "B-02"), {"title": title})
    basis = versions.last_number(city.store)
    return city.change(files, basis, Decision(Act.EDIT, "Kim", session.now(), "Umbenannt"))


def test_a_changed_workbook_is_looked_at_and_taken_over_with_a_reason(page):
    shown = upload(page, made(**{TITLE: "Quote der Kinder"}))
    assert "Quote der Kinder" in shown and "Betreuungsquote" in shown
    assert versions.in_force(session.store()) is None
    assert "nennen Sie den Grund" in keep(page, " ")
    shown = keep(page, "Überarbeitet in Excel")
    assert "Überarbeitet in Excel" in shown
    assert session.catalogue().indicators["B-01"].title == "Quote der Kinder"
    assert "Die Mappe ändert nichts" in upload(page, made())


def test_a_fault_stands_at_its_cell_and_nothing_can_be_taken(page):
    shown = upload(page, made(**{DECIMALS: "viele"}))
    assert DECIMALS in shown and "viele" in shown and "Es wurde nichts geändert" in shown
    assert "Mappe übernehmen" not in [button.label for button in page.button]


def test_what_the_whole_does_not_allow_stands_at_its_cell_too(page):
    shown = upload(page, made(**{TITLE: "Quote", FORMULA: "100 * kita_kinder / kids"}))
    assert "„kids“ ist nicht definiert" in shown and FORMULA in shown and "Es wurde nichts geändert" in shown


def test_a_workbook_of_an_earlier_version_says_what_differs_and_undoes_nothing(page):
    earlier = made(**{TITLE: "Quote der Kinder"})
    number = somebody_else("Plätze, neu")
    shown = upload(page, earlier)
    assert f"in Kraft ist Fassung {number}" in shown and "Plätze, neu" in shown
    keep(page, "aus Excel")
    titles = [session.catalogue().indicators[code].title for code in ("B-01", "B-02")]
    assert titles == ["Quote der Kinder", "Plätze, neu"]


def test_who_was_slower_is_told(page):
    upload(page, made(**{TITLE: "Quote der Kinder"}))
    somebody_else("Plätze, neu")
    assert "Inzwischen ist der Katalog geändert worden" in keep(page, "aus Excel")
    keep(page, "aus Excel")
    titles = [session.catalogue().indicators[code].title for code in ("B-01", "B-02")]
    assert titles == ["Quote der Kinder", "Plätze, neu"]


def test_what_is_no_workbook_is_told(page):
    assert "Es wurde nichts geändert" in upload(page, b"kein Excel") or "findings" in upload(page, b"kein Excel")


QUOTIENT = {"code": "betreut_anteil", "title": "Anteil", "formula": "kita_kinder / kinder"}
NEW = (
    ("einheit", "define-units.-new", {"code": "Stunden", "title": "Stunden"}),
    ("merkmal", "define-dimensions.-new", {"code": "viertel", "title": "Viertel", "members": "Süd\nNord"}),
    ("abgeleitet", "define-derived_figures.-new", QUOTIENT),
)


def test_new_units_dimensions_and_derived_figures_have_forms(page):
    for kind, key, fields in NEW:
        page.get("button_group")[0].set_value(kind).run()
        page.radio(key=f"define-way-{kind}").set_value(Way.NEW).run()
        for name, value in fields.items():
            area = name == "members"
            (page.text_area if area else page.text_input)(key=f"{key}-{name}").set_value(value).run()
        if kind == "abgeleitet":
            page.selectbox(key=f"{key}-belongs to").set_value("B").run()
        press(page, "Prüfen und Folgen zeigen")
        next(one for one in page.text_input if one.form_id == "define-edit").set_value(kind)
        press(page, "Änderung übernehmen")
    catalogue = session.catalogue()
    assert catalogue.units["Stunden"].title == "Stunden"
    assert [one.code for one in catalogue.dimensions["viertel"].members] == ["sued", "nord"]
    assert catalogue.derived["betreut_anteil"].formula == "kita_kinder / kinder"


def test_a_gap_a_further_target_and_an_earlier_definition_are_typed_into_the_form(page):
    key = "define-indicators.B-02"
    page.selectbox(key="define-pick-kennzahl").set_value(Place("indicators", "B-02")).run()
    page.text_area(key=f"{key}-versions").set_value("2015: Plätze in Kursen der VHS.").run()
    page.button(key=f"{key}-further_rules-add").click().run()
    block = f"{key}-further_rules-0"
    page.text_input(key=f"{block}-title").set_value("Kurz").run()
    assert "Linearer Zielpfad" in page.selectbox(key=f"{block}-method").options
    page.selectbox(key=f"{block}-method").set_value("linear_path").run()
    page.text_input(key=f"{block}-baseline").set_value("2020: 1.000").run()
    page.text_area(key=f"{block}-targets").set_value("2030: 90").run()
    shown = press(page, "Prüfen und Folgen zeigen")
    assert "zwei Arten" in shown
    page.text_input(key=f"{block}-baseline").set_value("2020: 10,5").run()
    page.text_area(key=f"{block}-targets").set_value("2025: 50\n2030: 90").run()
    press(page, "Prüfen und Folgen zeigen")
    next(one for one in page.text_input if one.form_id == "define-edit").set_value("mehr Ziele")
    press(page, "Änderung übernehmen")
    indicator = session.catalogue().indicators["B-02"]
    [rule] = indicator.further_rules
    assert (rule.title, rule.baseline.value, [point.value for point in rule.targets]) == ("Kurz", 10.5, [50.0, 90.0])
    assert indicator.versions[0].definition == "Plätze in Kursen der VHS."
    assert page.text_area(key=f"{block}-targets").value == "2025: 50\n2030: 90"
    page.button(key=f"{key}-further_rules-add").click().run()
    page.text_input(key=f"{key}-further_rules-1-title").set_value("Zweites").run()
    page.button(key=f"{key}-further_rules-drop-0").click().run()
    assert page.text_input(key=f"{block}-title").value == "Zweites"
    next(one for one in page.button if one.label == "Eingaben verwerfen").click().run()
    assert page.text_input(key=f"{block}-title").value == "Kurz"


def test_the_citys_name_is_changed_in_a_form(page):
    page.get("button_group")[0].set_value("stadt").run()
    page.text_input(key="define-field.-name").set_value("Neustadt am See").run()
    press(page, "Prüfen und Folgen zeigen")
    next(one for one in page.text_input if one.form_id == "define-edit").set_value("Umbenannt")
    press(page, "Änderung übernehmen")
    assert session.catalogue().city.name == "Neustadt am See"
