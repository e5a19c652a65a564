"""The concept on its pages: texts and approaches, the tree of the day, what has changed, and who may see it."""

from datetime import datetime

import pytest

from indicators.access import Role
from indicators.ui import login, session
from indicators.ui.definition_form import Way
from tests.pages.conftest import forget_everything
from tests.pages.test_measures import COURSE, field, kept, save
from tests.pages.test_pages import opened, texts
from tests.pages.test_roles import AUTH, NOW, came, given

OLD = """\
    title: Alle Kinder gehen in die Kita.
    sub_goals: [{code: B-1.1, title: Die Betreuungsquote steigt.}]
"""
NEW = """\
    title: Alle Kinder gehen in die Kita.
    text: "<img src=x onerror=alert(1)> **Kapitel 4**"
    approaches: [{code: B-1.a, title: Lotsinnen, text: Sie sprechen Familien an.}]
    sub_goals:
      - code: B-1.1
        title: Die Betreuungsquote steigt überall.
        earlier: [{valid_to: 2026-02-14, title: Die Betreuungsquote steigt.}]
      - {code: B-1.2, title: Kurse gibt es., valid_to: 2026-02-14}
      - {code: B-1.3, title: Kurse sind nah., valid_from: 2026-02-15}
"""
LATER = datetime(2026, 3, 1, 9)
MOVED = "goal: B-1.3, earlier_goals: [{goal: B-1.2, valid_to: 2026-02-14}]"


@pytest.fixture(autouse=True)
def concept(home, app, monkeypatch):
    monkeypatch.setattr("indicators.ui.session.utc_now", lambda: NOW)
    file = home / "definitions" / "b_bildung.yaml"
    text = file.read_text(encoding="utf-8").replace(OLD, NEW)
    file.write_text(text.replace("Kursplätze im Jahr, goal: B-1.1", f"Kursplätze im Jahr, {MOVED}"), encoding="utf-8")
    app.run()  # from this day on it is in force
    monkeypatch.setattr("indicators.ui.session.utc_now", lambda: LATER)
    return file


def cells(app) -> list[str]:
    """The tables of changes as text."""
    return [element.proto.body for element in app.get("html") if "<table" in element.proto.body]


def test_the_concept_is_read_with_its_texts_and_says_what_has_changed(app):
    kept(COURSE | {"goal": "B-1.1", "approach": "B-1.a"})
    opened(app, "concept", konzept="2026-02-14")
    said = texts(app)
    assert "&lt;img src=x onerror=alert(1)&gt; **Kapitel 4**" in said and "<img src=x" not in said
    assert "Sie sprechen Familien an." in said and "Müttercafé</a> (beschlossen)" in said
    assert "Kurse sind nah." in said
    [changes] = [table for table in cells(app) if "neuer Wortlaut" in table]
    for text in ("Die Betreuungsquote steigt.", "Die Betreuungsquote steigt überall.", "B-1.2 Kurse gibt es."):
        assert text in changes
    assert "galt bis 14.02.2026" in changes and "Die Zeitreihe läuft weiter." in changes


def test_the_tree_is_that_of_the_chosen_state(app):
    opened(app, "concept", stand="2026-02-10")
    assert "Kurse gibt es." in texts(app) and "Kurse sind nah." not in texts(app)
    opened(app, "field", feld="B", stand="2026-02-10")
    assert "Die Betreuungsquote steigt.</h3>" in texts(app)
    opened(app, "field", feld="B", stand="heute")
    said = texts(app)
    assert "Die Betreuungsquote steigt überall.</h3>" in said and "Sie sprechen Familien an." in said
    assert said.index("Kurse sind nah.") < said.index("Kursplätze im Jahr")


def test_another_earlier_state_is_picked_and_a_changed_file_is_one_more(app, concept):
    opened(app, "concept")
    before = len(app.selectbox(key="filter-konzept").options)
    text = concept.read_text(encoding="utf-8")
    concept.write_text(text.replace("title: Kurse sind nah.", "title: Kurse sind ganz nah."), encoding="utf-8")
    app.run()
    box = app.selectbox(key="filter-konzept")
    assert len(box.options) == before + 1
    box.set_value("2026-02-28").run()
    assert not app.exception
    [changes] = [table for table in cells(app) if "neuer Wortlaut" in table]
    assert "Kurse sind nah." in changes and "Kurse sind ganz nah." in changes and "überall" not in changes


def test_a_measure_names_an_approach_of_the_concept(app):
    kept(COURSE)
    opened(app, "measures", massnahme="IK 2016 · Nr. 1")
    box = field(app, "Handlungsansatz")
    assert "B-1.a Lotsinnen" in box.options
    box.set_value(["B-1.a"])
    save(app)
    assert "B-1.a Lotsinnen" in texts(opened(app, "measures"))
    assert "Müttercafé" in texts(opened(app, "field", feld="B"))


def test_the_form_writes_texts_and_what_was_before(app):
    opened(app, "define")
    app.segmented_control(key="define-kind").set_value("ansatz").run()
    key = "define-guiding_goals.B-1.approaches.B-1.a"
    app.text_area(key=f"{key}-text").set_value("Sie kommen vorbei.").run()
    app.button(key="define-look").click().run()
    assert "Text des Konzepts" in texts(app) and "Sie kommen vorbei." in texts(app)
    app.segmented_control(key="define-kind").set_value("ziel").run()
    app.radio(key="define-way-ziel").set_value(Way.NEW).run()
    form = "define-guiding_goals.-new"
    app.text_input(key=f"{form}-code").set_value("B-1.4")
    app.selectbox(key=f"{form}-belongs to").set_value("B-1")
    app.text_area(key=f"{form}-title").set_value("Wege sind kurz.")
    app.text_input(key=f"{form}-valid_from").set_value("2027-01-01")  # what is to come is shown before it is there
    app.button(key="define-look").click().run()
    assert "Ziel B-1.4: Wege sind kurz." in texts(app) and not app.exception
    assert session.catalogue().concept.title("B-1.1") == "Die Betreuungsquote steigt überall."


def test_everyone_but_readers_sees_the_concept(app, monkeypatch):
    monkeypatch.setattr(login, "auth_section", lambda: AUTH)
    forget_everything()  # whether people log in here is settled at the start
    came(app, issued=LATER)
    for role in (Role.STEERING, Role.REPORTER, Role.OFFICE):
        given(role, reporters=("AWO",) if role is Role.REPORTER else ())
        assert "Lotsinnen" in texts(opened(app, "concept"))
    given(Role.READER)
    app.switch_page("pages/concept.py").run()
    assert "Lotsinnen" not in texts(app)
