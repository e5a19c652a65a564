"""The page „Hilfe“: search, chapters, glossary, what is new; and the way to it from every page."""

import pytest

from indicators.ui.sections import CHAPTERS
from tests.pages.test_pages import opened, texts

pytestmark = pytest.mark.slow


def test_the_handbook_is_read_and_searched(app):
    shown = texts(opened(app, "hilfe"))
    assert "<h2>In fünf Minuten</h2>" in shown and "data:image/png;base64" in shown
    app.text_input(key="help-words").input("zurückziehen").run()
    shown = texts(app)
    assert not app.exception
    assert "kapitel=zurueckziehen-und-wiederherstellen" in shown and "Stellen</b> zu „zurückziehen“" in shown
    app.text_input(key="help-words").input("<b>qxz").run()
    assert "<b>0 Stellen</b> zu „&lt;b&gt;qxz“" in texts(app)
    app.text_input(key="help-words").input("").run()  # and back to where one was
    assert "<h2>In fünf Minuten</h2>" in texts(app)


def test_a_link_leads_to_a_passage_of_a_text(app):
    shown = texts(opened(app, "hilfe", text="handbuch", kapitel="massnahmen", abschnitt="erstgespraeche"))
    assert '<h3 tabindex="-1" data-here="massnahmen-erstgespraeche">Erstgespräche</h3>' in shown
    app.selectbox(key="filter-text").select("begriffe").run()
    assert not app.exception
    assert "<h2>Konzept und Ziele</h2>" in texts(app)
    app.selectbox(key="filter-text").select("neu").run()
    assert "noch nicht veröffentlicht" in texts(app)


def test_a_chapter_that_is_not_there_is_told(app):
    assert "Kapitel nicht gefunden" in texts(opened(app, "hilfe", kapitel="gibt-es-nicht"))


@pytest.mark.parametrize("page", ["overview", "deliver", "administration"])
def test_each_page_leads_to_its_chapter(app, page):
    assert f"hilfe?stand=heute&amp;kapitel={CHAPTERS[page]}" in texts(opened(app, page))


def test_the_navigation_has_sections_with_headings(app):
    app.run()
    heads = [part.proto.body for part in app.get("html") if part.proto.body.startswith('<h2 class="navigation-head')]
    assert [head.partition(">")[2].partition("<")[0] for head in heads] == [
        "Ziele und Zahlen", "Steuerung", "Daten", "Bericht", "Verwaltung und Hilfe",
    ]  # fmt: skip
