"""What the concept says and what has changed in it, in every format of the report."""

import re
import zipfile
from datetime import date

import pytest

from indicators.catalogue import load
from indicators.reports.fixed_texts import CONCEPT
from indicators.reports.formats import FORMATS
from indicators.reports.packed import pack, unpack
from indicators.reports.report import Kind
from indicators.reports.wishes import Wish
from tests.reports.conftest import reported

GOALS = """\
text: "Das Feld <b>Bildung</b>.\\nZweiter Absatz."
guiding_goals:
  - code: B-1
    title: Alle Kinder gehen in die Kita.
    text: Kapitel 4 & 5
    approaches: [{code: B-1.a, title: Lotsinnen, text: Sie sprechen *Familien* an.}]
    sub_goals:
      - code: B-1.1
        title: Die Betreuungsquote steigt überall.
        earlier: [{valid_to: 2024, title: Die Betreuungsquote steigt.}]
      - {code: B-1.2, title: Kurse gibt es., valid_to: 2024}
"""


@pytest.fixture(scope="module")
def changed(city, catalogue, tmp_path_factory):
    folder = tmp_path_factory.mktemp("changed")
    for file in catalogue.folder.glob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        if file.name == "b_bildung.yaml":
            begin, end = text.index("guiding_goals:"), text.index("base_figures:")
            text = text[:begin] + GOALS + text[end:]
        (folder / file.name).write_text(text, encoding="utf-8")
    return load(folder)


@pytest.fixture(scope="module")
def told(city, changed):
    return reported(city(3.0), changed)


def said(content: bytes) -> str:
    if content.startswith(b"PK"):
        import io

        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = [packed.read(name) for name in packed.namelist() if name.endswith(".xml")]
        content = b" ".join(parts)
    return re.sub(r"\s+", " ", content.decode("utf-8", errors="ignore"))


def test_a_chapter_has_the_goals_of_the_day_and_the_texts_of_the_concept(told):
    [chapter] = [one for one in told.chapters if one.code == "B"]
    assert chapter.text == "Das Feld <b>Bildung</b>.\nZweiter Absatz."
    assert [(goal.code, goal.titled) for goal in chapter.goals] == [
        ("B-1", "Alle Kinder gehen in die Kita."),
        ("B-1.1", "Die Betreuungsquote steigt überall."),
        ("B-1.a", "Handlungsansatz: Lotsinnen"),
    ]


def test_the_full_report_tells_what_has_changed_in_two_years_with_the_old_words(told, city, changed):
    [section] = [one for one in told.sections if one.heading == CONCEPT]
    [concept] = section.exhibits
    assert concept.figure.title == "Änderungen am Konzept vom 01.02.2024 bis zum 01.02.2026"
    rows = concept.figure.frame.set_index("Was")
    assert tuple(rows.loc["Teilziel B-1.1", ["bisher", "jetzt"]]) == (
        "Die Betreuungsquote steigt.",
        "Die Betreuungsquote steigt überall.",
    )
    assert rows.loc["Handlungsfeld C", "Änderung"] == "neu"
    assert concept in told.exhibits and concept.table
    headings = {kind: [one.heading for one in reported(city(3.0), changed, Wish(kind)).sections] for kind in Kind}
    assert [kind for kind, found in headings.items() if CONCEPT in found] == [Kind.FULL, Kind.TWO_YEARLY]


@pytest.mark.parametrize("name", ["html", "docx", "pdf"])
def test_every_format_writes_texts_and_changes_as_plain_text(told, name):
    form = FORMATS[name] if name in FORMATS else next(one for one in FORMATS.values() if f".{name}" == one.SUFFIX)
    content = form.render(told)
    if name == "pdf":
        assert content.startswith(b"%PDF")
        return
    text = said(content)
    assert "Was sich am Konzept geändert hat" in text
    assert "Das Feld &lt;b&gt;Bildung&lt;/b&gt;." in text
    assert "Sie sprechen *Familien* an." in text and "Kapitel 4 &amp; 5" in text
    assert "Handlungsansatz: Lotsinnen" in text


def test_a_frozen_report_keeps_it(told):
    assert unpack(pack(told)) is not told
    assert unpack(pack(told)).chapters[0].goals == told.chapters[0].goals
    assert unpack(pack(told)).sections[0].exhibits[0].figure.title == told.sections[0].exhibits[0].figure.title
    assert told.day == date(2026, 2, 1)
