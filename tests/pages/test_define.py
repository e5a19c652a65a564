"""The definitions changed in the browser: form, faults at their fields, preview, reason, second person, way back."""

from datetime import datetime

import pytest
from streamlit.testing.v1 import AppTest

from indicators.catalogue.editing import Place, changed
from indicators.ledger import versions
from indicators.ledger.versions import Act, Decision
from indicators.ui import process, session
from indicators.ui.definition_form import Way
from tests.pages.conftest import DASHBOARD
from tests.pages.test_pages import opened, texts

TARGETS = "define-indicators.B-01-targets"
TITLE = "define-indicators.B-01-title"
LOOK = "Prüfen und Folgen zeigen"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("indicators.ui.session.utc_now", lambda: datetime(2026, 2, 1, 9))


@pytest.fixture
def form(app: AppTest) -> AppTest:
    app.run()
    return opened(app, "define")


def press(app: AppTest, label: str) -> str:
    next(button for button in app.button if button.label == label).click()
    app.run()
    assert not app.exception
    return texts(app)


def keep(app: AppTest, reason: str) -> str:
    next(one for one in app.text_input if one.form_id == "define-edit").set_value(reason)
    return press(app, "Änderung übernehmen")


def test_a_target_is_changed_with_preview_and_reason_and_a_past_moment_keeps_its_status(form):
    assert form.text_area(key=TARGETS).value == "2030: 40"
    form.text_area(key=TARGETS).set_value("2030: 90").run()
    shown = press(form, LOOK)
    assert "2030: 40" in shown and "2030: 90" in shown
    assert "auf Kurs" in shown and "deutlich hinter dem Pfad" in shown
    assert versions.in_force(session.store()) is None  # nothing is done by looking
    assert "nennen Sie den Grund" in keep(form, " ")
    shown = keep(form, "Beschluss des Rates vom 30.01.2026")
    assert "Beschluss des Rates vom 30.01.2026" in shown and "im Browser geändert" in shown
    assert form.text_area(key=TARGETS).value == "2030: 90"
    assert "deutlich hinter dem Pfad" in texts(opened(form, "indicator", kennzahl="B-01", stand="heute"))
    assert "auf Kurs" in texts(opened(form, "indicator", kennzahl="B-01", stand="2026-01-20"))
    process.end()  # a restart
    assert "deutlich hinter dem Pfad" in texts(opened(form, "indicator", kennzahl="B-01", stand="heute"))


def test_only_what_was_typed_is_written_and_comments_stay(form):
    store = session.store()
    before = session.installation().texts()
    form.text_input(key=TITLE).set_value("Betreuungsquote: alle Kinder").run()
    press(form, LOOK)
    keep(form, "klarer")
    after = versions.texts_of_version(store, versions.last_hash(store))
    old, new = (set(one["b_bildung.yaml"].split(", ")) for one in (before, after))
    assert {name for name in before if before[name] != after[name]} == {"b_bildung.yaml"}
    assert 'title: "Betreuungsquote: alle Kinder"' in after["b_bildung.yaml"].replace("'", '"')
    assert "goal: B-1.1" in old & new


@pytest.mark.parametrize(
    ("key", "typed", "said"),
    [
        (TARGETS, "2030", "unvollständig"),
        (TARGETS, "2030: viel", "viel"),
        (TARGETS, "2030: 10", "Ausgangswert"),
        (TITLE, "", "leer"),
        ("define-indicators.B-01-formula", "100 * kita_kinder / gibtesnicht", "gibtesnicht"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_typed_is_lost(form, key, typed, said):
    widget = (form.text_area if key == TARGETS else form.text_input)(key=key)
    widget.set_value(typed).run()
    press(form, LOOK)
    assert any(said in one.value for one in form.error), [one.value for one in form.error]
    assert "Änderung übernehmen" not in [button.label for button in form.button]
    assert (form.text_area if key == TARGETS else form.text_input)(key=key).value == typed
    assert versions.in_force(session.store()) is None


def test_the_second_person_is_told_and_loses_nothing_typed(form):
    form.text_area(key=TARGETS).set_value("2030: 90").run()
    press(form, LOOK)
    city = session.installation()
    other = changed(city.texts(), Place("indicators", "B-01"), {"title": "Von Kim"})
    city.change(other, versions.last_number(city.store), Decision(Act.EDIT, "Kim", datetime(2026, 2, 1, 9), "Wortlaut"))
    shown = keep(form, "Beschluss")
    assert "Kim" in shown and "Wortlaut" in shown and versions.last_number(city.store) == 2
    assert form.text_area(key=TARGETS).value == "2030: 90"
    keep(form, "Beschluss")
    found = session.catalogue().indicator("B-01")
    assert (found.title, found.targets[0].value) == ("Von Kim", 90.0)


def test_what_was_typed_is_there_after_another_page(form):
    form.text_area(key=TARGETS).set_value("2030: 90").run()
    opened(form, "overview")
    assert opened(form, "define").text_area(key=TARGETS).value == "2030: 90"
    press(form, "Eingaben verwerfen")
    assert form.text_area(key=TARGETS).value == "2030: 40"


def test_the_formula_shows_its_values_at_once_and_takes_base_figures(form):
    key = "define-indicators.B-01-formula"
    form.text_input(key=key).set_value("200 * kita_kinder /").run()
    form.selectbox(key=f"{key}-pick").set_value("kinder").run()
    press(form, "Einsetzen")
    assert form.text_input(key=key).value == "200 * kita_kinder / kinder"
    assert "200 × „Betreute Kinder“ ÷ „Kinder“" in texts(form)
    assert "65,0" in texts(form)


def test_a_threshold_says_what_becomes_hidden_in_all_states(form):
    form.get("button_group")[0].set_value("grundzahl").run()
    form.selectbox(key="define-pick-grundzahl").set_value(Place("base_figures", "kinder")).run()
    form.text_input(key="define-base_figures.kinder-suppress_below").set_value("1000").run()
    shown = press(form, LOOK)
    assert "gesperrt, auch in früheren Ständen" in shown
    keep(form, "Datenschutz")
    assert session.catalogue().base_figure("kinder").suppress_below == 1000
    assert session.installation().known(None, session.now(), suppressed=True).hidden.values


def test_another_session_sees_the_change_at_once(form):
    form.text_input(key=TITLE).set_value("Neu benannt").run()
    press(form, LOOK)
    keep(form, "klarer")
    other = AppTest.from_file(str(DASHBOARD), default_timeout=30).run()
    assert "Neu benannt" in texts(opened(other, "indicator", kennzahl="B-01"))


def way(app: AppTest, kind: str, way: str) -> None:
    next(one for one in app.radio if one.key == f"define-way-{kind}").set_value(Way(way)).run()


def test_a_copy_is_a_new_indicator_with_what_was_typed(form):
    way(form, "kennzahl", "copy")
    press(form, LOOK)
    assert any("neue Kürzel" in one.value for one in form.error)
    form.text_input(key="define-indicators.B-01-copy-code").set_value("B-02").run()
    press(form, LOOK)
    assert any("gibt es schon" in one.value and ".yaml" not in one.value for one in form.error)
    form.text_input(key="define-indicators.B-01-copy-code").set_value("B-06").run()
    form.text_input(key="define-indicators.B-01-copy-title").set_value("Quote der Dreijährigen").run()
    assert "neu" in press(form, LOOK)
    keep(form, "Beschluss")
    assert session.catalogue().indicator("B-06").title == "Quote der Dreijährigen"
    assert session.catalogue().indicator("B-01").title == "Betreuungsquote"
    assert versions.last_number(session.store()) == 2
    assert "32,5" in texts(opened(form, "indicator", kennzahl="B-06"))


def test_another_code_loses_no_value_and_no_link(form):
    form.get("button_group")[0].set_value("grundzahl").run()
    way(form, "grundzahl", "rename")
    form.text_input(key="define-base_figures.kita_kinder-rename-code").set_value("betreute_kinder").run()
    shown = press(form, LOOK)
    assert "verlier" not in shown
    keep(form, "einheitliche Kürzel")
    assert session.catalogue().indicator("B-01").formula == "100 * betreute_kinder / kinder"
    assert "32,5" in texts(opened(form, "indicator", kennzahl="B-01"))


def test_a_retired_indicator_leaves_the_lists_and_keeps_its_page_and_its_past(form):
    form.checkbox(key="define-indicators.B-01-retired").check().run()
    press(form, LOOK)
    keep(form, "nicht mehr erhoben")
    assert "kennzahl=B-01" not in texts(opened(form, "field", feld="B", stand="heute"))
    assert "kennzahl=B-01" in texts(opened(form, "field", feld="B", stand="2026-01-20"))
    shown = texts(opened(form, "indicator", kennzahl="B-01", stand="heute"))
    assert "32,5" in shown and "wird nicht mehr geführt" in shown
    for page in ("overview", "meetings", "compose", "bericht", "what_if"):
        opened(form, page)


@pytest.mark.parametrize("kind", ["grundzahl", "feld", "ziel", "stelle", "auspraegung"])
def test_every_kind_opens_and_unchanged_says_so(form, kind):
    form.get("button_group")[0].set_value(kind).run()
    assert "noch nichts geändert" in press(form, LOOK)
    assert "nicht vollständig angezeigt" not in texts(form)


def test_a_base_figure_and_an_indicator_begin_from_nothing(form):
    form.get("button_group")[0].set_value("grundzahl").run()
    way(form, "grundzahl", "new")
    key = "define-base_figures.-new"
    form.text_input(key=f"{key}-code").set_value("beratungen").run()
    form.text_input(key=f"{key}-title").set_value("Beratungen").run()
    press(form, LOOK)
    assert any("wählen" in one.value for one in form.error)
    form.selectbox(key=f"{key}-belongs to").set_value("B").run()
    form.selectbox(key=f"{key}-unit").set_value("Personen").run()
    form.multiselect(key=f"{key}-reporters").set_value(["AWO"]).run()
    press(form, LOOK)
    keep(form, "neu")
    assert session.catalogue().base_figure("beratungen").reporters == ("AWO",)
    form.get("button_group")[0].set_value("kennzahl").run()
    way(form, "kennzahl", "new")
    key = "define-indicators.-new"
    for name, typed in (("code", "B-07"), ("title", "Beratungen"), ("source", "AWO"), ("formula", "beratungen")):
        form.text_input(key=f"{key}-{name}").set_value(typed).run()
    form.text_area(key=f"{key}-definition").set_value("Alle Beratungen.").run()
    picks = (("goal", "B-1.1"), ("kind", "output"), ("unit", "Personen"), ("direction", "up"), ("method", "direction"))
    for name, picked in picks:
        form.selectbox(key=f"{key}-{name}").set_value(picked).run()
    press(form, LOOK)
    keep(form, "neu")
    assert session.catalogue().indicator("B-07").field == "B"
    assert "Beratungen" in texts(opened(form, "indicator", kennzahl="B-07"))
    assert versions.last_number(session.store()) == 3
