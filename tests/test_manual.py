"""The Handbuch inside the application: every chapter is there, found by its words, and every page leads to its own."""

import re

import pytest

from indicators.boards import manual
from indicators.boards.field_help import FIELD_HELP
from indicators.datasets import DATA_SETS
from indicators.ui.helping import TEXTS
from indicators.ui.navigation import PAGES
from indicators.ui.sections import CHAPTERS, SECTIONS, section_of

MANUAL = """# Handbuch

Vorwort

# Das Quartal

## Vorlagen prüfen

Weiß sind die Zellen. ![Bild](images/x.png)

### Zeichen

| Zeichen | Bedeutung |
|---|---|
| `-` | genau **nichts** |

## Über Größe

Am Ende der [Katalog](katalog.md).
"""


@pytest.fixture
def small(tmp_path):
    file = tmp_path / "handbuch.md"
    file.write_text(MANUAL, encoding="utf-8")
    return manual.chapters(file)


def test_headings_make_parts_chapters_and_passages(small):
    assert [(one.part, one.key, one.title) for one in small] == [
        ("Das Quartal", "vorlagen-pruefen", "Vorlagen prüfen"),
        ("Das Quartal", "ueber-groesse", "Über Größe"),
    ]
    assert [(one.key, one.title) for one in small[0].passages] == [
        ("vorlagen-pruefen", "Vorlagen prüfen"),
        ("zeichen", "Zeichen"),
    ]
    assert "genau" not in small[0].passages[0].text and "genau" in small[0].passages[1].text


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("weiß zellen", ["Vorlagen prüfen"]),
        ("ZEICHEN", ["Zeichen"]),
        ("nich", ["Zeichen"]),  # the beginning of a word
        ("ichts", []),  # not its end
        ("katalog.md", []),  # where a link leads is no word of the text
        ("größe kata", ["Über Größe"]),
        ("zellen katalog", []),  # all of the words in one passage
        ("", []),
        ("(", []),
    ],
)
def test_all_words_are_looked_for_as_beginnings_of_words(small, words, found):
    assert [hit.passage.title for hit in manual.find(small, words)] == found


def test_an_excerpt_has_no_signs_of_markdown(small):
    [hit] = manual.find(small, "nichts")
    assert hit.excerpt == "Zeichen Bedeutung - genau nichts"


def test_without_its_documents_there_is_nothing_to_read(tmp_path):
    assert manual.chapters(tmp_path / "none.md") == ()


def test_every_page_leads_to_a_chapter_that_is_there():
    there = {one.key for one in manual.chapters(manual.MANUAL)}
    assert set(CHAPTERS.values()) <= there
    files = [entry.file for entry in PAGES]
    assert set(CHAPTERS) <= set(files)


def test_the_navigation_has_each_page_once():
    grouped = [file for files in SECTIONS.values() for file in files]
    assert len(grouped) == len(set(grouped))
    assert set(grouped) <= {entry.file for entry in PAGES}
    assert section_of("a-page-of-tomorrow") == "Ziele und Zahlen"


def test_every_text_is_there_and_headings_in_it_are_told_apart():
    for _, file in TEXTS.values():
        chapters = manual.chapters(file)
        assert chapters, file
        keys = [one.key for one in chapters]
        assert len(keys) == len(set(keys)), file


@pytest.mark.parametrize("file", [file for _, file in TEXTS.values()], ids=lambda file: file.name)
def test_every_picture_that_a_text_shows_is_there(file):
    for name in re.findall(r"!\[[^\]]*\]\(images/([^)]+)\)", file.read_text(encoding="utf-8")):
        assert (manual.DOCS / "images" / name).exists(), name


def test_help_at_a_field_is_of_a_field_that_is_there_and_says_more_than_its_title():
    for code, texts in FIELD_HELP.items():
        fields = {one.code: one for one in DATA_SETS[code].fields}
        assert set(texts) <= set(fields), code
        for field, text in texts.items():
            assert text.endswith(".") and len(text) < 200, (code, field)
            assert text.rstrip(".") != fields[field].title


def test_the_glossary_has_the_words_of_the_screen():
    text = manual.GLOSSARY.read_text(encoding="utf-8")
    for word in (
        "Handlungsfeld", "Leitziel", "Kennzahl", "Grundzahl", "Merkmal", "Ausprägung", "Gliederung", "Messwert",
        "Berichtszeitraum", "Datenlieferung", "meldende Stelle", "Prüfhinweis", "Revision", "Ausgangswert", "Zielwert",
        "Zielpfad", "Zielerreichung", "Maßnahme", "Zielvereinbarung", "Leistungs- und Finanzierungsvereinbarung",
        "zurückziehen",
    ):  # fmt: skip
        assert word in text, word


def test_the_manual_tells_the_first_day_as_it_is_walked():
    """`tests/browser/test_first_day.py` holds the figures."""
    walked = re.search(
        r"WALKED = \((\d+), (\d+)\)", (manual.DOCS.parent / "tests/browser/test_first_day.py").read_text()
    )
    assert walked is not None
    assert walked[1] == "10" and f"zehn Schritte mit {walked[2]} Klicks" in manual.MANUAL.read_text(encoding="utf-8")
