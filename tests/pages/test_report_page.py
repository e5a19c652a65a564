"""The page „Bericht“: three presses to any format, texts with versions, freezing, release; each for whom it is."""

from datetime import timedelta

import pytest

from indicators.access import Role
from indicators.reports import frozen, texts
from indicators.reports.formats import FORMATS
from indicators.reports.texts import Passage
from indicators.ui import login, session
from tests.pages.test_pages import opened
from tests.pages.test_roles import AUTH, NOW, came, content, given

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def with_login(app, monkeypatch):
    monkeypatch.setattr(login, "auth_section", lambda: AUTH)
    monkeypatch.setattr("indicators.ui.session.utc_now", lambda: NOW)
    came(app).run()


def files(app) -> set[str]:
    """What the download buttons are called."""
    return {one.proto.label for one in app.get("download_button")}


def press(app, label: str):
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


@pytest.mark.parametrize("role", [Role.OFFICE, Role.STEERING, Role.REPORTER, Role.ADMINISTRATOR])
def test_a_link_from_a_field_and_one_press_give_any_format(app, role):
    given(role, reporters=("AWO",) if role is Role.REPORTER else ())
    opened(app, "bericht", felder="B")
    assert files(app) >= {form.label for form in FORMATS.values()}
    assert "Kleine Zahlen sind gesperrt" in content(app)
    written = [one.label for one in app.text_area]
    assert bool(written) == (role is Role.OFFICE)
    assert ("Bericht einfrieren" in [one.label for one in app.button]) == (role is Role.OFFICE)


def test_a_reader_has_no_such_page(app):
    given(Role.READER)
    opened(app, "bericht")
    assert files(app) == set()


def test_all_formats_are_prepared_and_then_offered_together(app):
    given(Role.STEERING)
    opened(app, "bericht", kennzahlen="B-02")
    press(app, "Alle Formate vorbereiten")
    assert "Alle Formate herunterladen (ZIP)" in files(app)
    opened(app, "bericht", kennzahlen="B-03")
    assert "Alle Formate herunterladen (ZIP)" not in files(app)


def test_a_text_is_written_kept_and_marked_when_it_is_overtaken(app):
    given(Role.OFFICE)
    opened(app, "bericht", text="kennzahl:B-01")
    app.text_area[0].input("Die Quote **steigt**.")
    press(app, "Text speichern")
    [text] = texts.versions(session.store(), "kennzahl:B-01", Passage.FINDING)
    assert (text.markdown, text.at) == ("Die Quote **steigt**.", NOW)
    assert app.text_area[0].value == "Die Quote **steigt**."
    assert not app.warning
    opened(app, "bericht", text="kennzahl:B-01", stand="2023-06-30")
    assert app.warning[-1].value.replace("\\", "").startswith("Dieser Text entstand, als galt: 2024: 32,5")


def test_a_frozen_report_is_released_to_readers_and_taken_back(app, monkeypatch):
    given(Role.OFFICE)
    opened(app, "bericht", felder="B")
    press(app, "Bericht einfrieren")
    assert [one.number for one in frozen.everything(session.store())] == [1]
    monkeypatch.setattr("indicators.ui.session.utc_now", lambda: NOW + timedelta(hours=1))
    opened(app, "bericht", felder="B")
    form = next(button for button in app.button if button.label == "Ganzen Bericht freigeben").proto.form_id
    next(field for field in app.text_input if field.proto.form_id == form).input("Beschluss")
    press(app, "Ganzen Bericht freigeben")
    given(Role.READER)
    shown = content(opened(app, "published"))
    assert "Bericht Nr. 1" in shown
    assert {form.label for form in FORMATS.values()} <= files(app)
    assert "Betreuungsquote" in shown


def test_what_was_revised_is_told_on_demand(app):
    given(Role.OFFICE)
    opened(app, "bericht")
    press(app, "Bericht einfrieren")
    opened(app, "bericht")
    app.toggle(key="report-revised-1").set_value(True).run()
    assert not app.exception
    assert "Keine Zahl dieses Berichts wurde seither berichtigt." in content(app)


def test_another_logo_or_word_template_is_in_the_next_file_without_a_restart(app):
    given(Role.OFFICE)
    folder = session.settings().report_folder
    folder.mkdir(parents=True)
    seen = []
    for name, held in (("", b""), ("logo.png", b"one"), ("logo.png", b"two"), ("vorlage.docx", b"three")):
        if name:
            (folder / name).write_bytes(held)
        opened(app, "bericht", kennzahlen="B-02")
        seen.append(next(one.proto.id for one in app.get("download_button") if one.proto.label == "PDF (barrierefrei)"))
    assert len(set(seen)) == 4
