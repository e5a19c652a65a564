"""Minutes and slides as files: what the wall shows and nothing else, whole, and such that Office opens them."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import page
import pikepdf
import pptx
import pytest
from openxml_audit import FileFormat, OpenXmlValidator

from indicators.boards import dossier, slide_board
from indicators.knowledge.decisions import Decision
from indicators.knowledge.slides import SlideKind
from indicators.papers.deck import heading
from indicators.papers.formats import FILES
from indicators.papers.handout import handout
from tests.libreoffice import as_pdf
from tests.papers.conftest import NOW, REMARK
from tests.pdf_files import pdf_file
from tests.reports.conftest import numbers
from tests.reports.test_gates import W, barriers, elements
from tests.reports.test_numbers import in_charts, squeezed


def text_of(path: Path) -> str:
    """All that a reader of the file can read, and none of what is only drawn."""
    if path.suffix == ".docx":
        document = docx.Document(str(path))
        lines = document.element.body.iter(f"{W}p")
        return "\n".join("".join(str(node.text) for node in line.iter(f"{W}t")) for line in lines)
    if path.suffix == ".pptx":
        return "\n".join(_slide_texts(pptx.Presentation(str(path))))
    with pdf_file(path) as pdf:
        return "\n".join(page.get_text() for page in pdf)


def _slide_texts(slides: pptx.presentation.Presentation) -> Iterator[str]:
    for slide in slides.slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                yield shape.text_frame.text
            elif shape.has_table:
                yield from ("\t".join(cell.text for cell in row.cells) for row in shape.table.rows)


def on_the_wall(deck) -> Iterator[str]:
    """Every text of the slide board."""
    for slide in deck.slides:
        yield heading(deck, slide)
        if slide.kind in (SlideKind.INDICATOR, SlideKind.FIELD, SlideKind.GOAL):
            content = slide_board.content(deck.known, slide, deck.changed)
            yield from (content.title, *content.changed, *content.missing)
            yield from (f"{line.code} {line.title} {line.value} {line.period}" for line in content.lines)
        if slide.kind is SlideKind.INDICATOR:
            yield dossier.finding(deck.known, deck.known.catalogue.indicator(slide.code))


@pytest.mark.parametrize("name", FILES)
def test_every_number_of_the_slides_stands_in_each_file_with_its_words(deck, files, name):
    shown = squeezed(text_of(files[name]))
    said = [text for text in on_the_wall(deck) if numbers(text)]
    if name == "protokoll":  # lists of decisions have no headings that count them
        said = [text for text in said if "Beschlüsse" not in text]
    assert len(said) > 15
    assert "\n".join(text for text in said if squeezed(text) not in shown) == ""


@pytest.mark.parametrize("name", FILES)
def test_no_byte_depends_on_a_hidden_number(met, files, name):
    assert FILES[name].render(handout(met(2.0), NOW)) == files[name].read_bytes()


def test_the_number_that_was_hidden_would_show(met, files):
    shown = handout(met(20.0), NOW)
    assert FILES["protokoll"].render(shown) != files["protokoll"].read_bytes()
    assert "20,0" in shown.pages[2].title  # of 100 foreign children
    assert "20,0" not in text_of(files["protokoll"])


def test_what_the_charts_hold_is_what_the_slides_draw(made, files):
    drawn = [one.figure for one in made.exhibits if one.chart]
    found = list(in_charts(files["pptx"].read_bytes()))
    assert len(found) == len(drawn) == 2
    values = [[round(cell, 6) for cell in row[1:] if isinstance(cell, float)] for row in drawn[1].cells()]
    assert {round(number, 6) for line in found[1] for number in line} == {cell for row in values for cell in row}


def test_true_values_make_no_file(deck):
    with pytest.raises(ValueError, match="steering group"):
        handout(replace(deck, known=replace(deck.known, suppressed=False)), NOW)


def test_the_minutes_hold_all_that_belongs_in_them_in_order(files):
    document = docx.Document(str(files["protokoll"]))
    text = text_of(files["protokoll"])
    order = [
        "Protokoll", "1. Sitzung 2026", "Gremium: Steuerungsgruppe", "Tag: 04.02.2026", "Stand der Daten: 04.02.2026",
        "Anwesend: bitte ergänzen", "Tagesordnung", "1. Kita", "2. Sprache", "Verlauf", "Zu Beginn", "Begrüßung",
        "Ausländische Kinder in der Kita", "Betreuungsquote: 25,8", "Im Berichtszeitraum", f"Anmerkung: {REMARK}",
        "Frau Muster fragt nach.", "Einstimmig & ohne Aussprache.",
        "Beschluss: Zwei Gruppen mehr; zuständig: FB 51; bis 30.06.2026; Stand: offen",
        "Beschluss: Ein Bericht über das Feld; Stand: vorgeschlagen", "Von einer alten Folie",
        "Beschlüsse dieser Sitzung", "Noch offene Beschlüsse aus früheren Sitzungen",
        "Plan für weitere Plätze", "Träger befragen", "Seit der letzten Sitzung erledigt: Satzung ändern",
    ]  # fmt: skip
    places = [text.find(one) for one in order]
    assert -1 not in places, order[places.index(-1)]
    assert places == sorted(places)
    assert "Abgelehntes" not in text
    own, earlier = document.tables[-2:]
    assert [[cell.text for cell in row.cells] for row in own.rows] == [
        ["Beschluss", "Zuständig", "Bis", "Stand"],
        ["Zwei Gruppen mehr", "FB 51", "30.06.2026", "offen"],
        ["Ein Bericht über das Feld", "", "", "vorgeschlagen"],
    ]
    assert [[cell.text for cell in row.cells][2:] for row in earlier.rows][1:] == [
        ["30.06.2025", "fällig", "Steuerungsgruppe am 08.05.2024"],
        ["30.06.2027", "offen", "Steuerungsgruppe am 08.05.2024"],
    ]


def test_the_slides_hold_remark_and_decision_but_not_what_was_said(files):
    for name in ("pptx", "pdf"):
        text = squeezed(text_of(files[name]))
        assert squeezed(REMARK) in text
        assert squeezed("Zwei Gruppen mehr – FB 51, bis 30.06.2026") in text
        assert "Muster fragt" not in text_of(files[name])


def test_each_finding_has_one_slide_and_one_page(made, files):
    slides = pptx.Presentation(str(files["pptx"])).slides
    with pdf_file(files["pdf"]) as pdf:
        sizes = {(round(one.rect.width), round(one.rect.height)) for one in pdf}
        heads = [one.get_text() for one in pdf]
    shown = [one for one in made.pages if one.key != "kennzahl-Z-99"]
    assert len(slides) == len(heads) == len(shown) == 8
    assert sizes == {(842, 595)}
    for page_, slide, head in zip(shown[1:], list(slides)[1:], heads[1:], strict=True):
        assert slide.shapes.title.text == page_.title
        assert squeezed(head).startswith(squeezed(page_.title))


def test_slides_have_notes_and_words_for_their_charts(files):
    slides = list(pptx.Presentation(str(files["pptx"])).slides)
    charts = [shape for slide in slides for shape in slide.shapes if shape.has_chart]
    assert len(charts) == 2
    for shape in charts:
        assert len(shape._element.nvGraphicFramePr.cNvPr.get("descr")) > 30
    notes = [slide.notes_slide.notes_text_frame.text for slide in slides]
    assert all("Stand der Daten: 04.02.2026" in note for note in notes)
    assert "Eigene Zählung" in notes[2]


def test_long_texts_and_many_decisions_stay_on_their_page_and_are_not_cut(deck):
    long = "Der Fachbereich legt bis zur nächsten Sitzung einen Plan für zwei weitere Gruppen vor, Nr. "
    decided = tuple(
        Decision(number, 2, "kennzahl-B-01", long * 4 + str(number), "Fachbereich Kinder " * 6, date(2026, 6, 30))
        for number in range(1, 21)
    )
    wordy = tuple(replace(one, remark="Langsam! " * 44) if one.code == "B-01" else one for one in deck.slides)
    found = handout(replace(deck, decided=decided, slides=wordy), NOW)
    with pdf_file(stream=FILES["pdf"].render(found)) as pdf:
        texts = [squeezed(one.get_text()) for one in pdf]
        boxes = [block[3] for one in pdf for block in one.get_text("blocks")]
    starts = [number for number, one in enumerate(texts) if one.startswith("Betreuungsquote:")]
    assert [texts[number + 1].startswith("KursplätzeimJahr") for number in starts][:1] == [True]
    assert max(boxes) < 595
    assert "Und17weitereBeschlüsseamEnde" in texts[starts[0]]
    whole = "".join(texts)
    assert all(squeezed(f"Nr. {number} –") in whole or squeezed(f"Nr. {number}Fach") in whole for number in (1, 2, 3))
    assert whole.count("ZuständigBisStand") > 2  # the list goes on, and its heads with it
    slides = list(pptx.Presentation(io.BytesIO(FILES["pptx"].render(found))).slides)
    lists = [shape.table for slide in slides for shape in slide.shapes if shape.has_table]
    told = [row.cells[0].text for table in lists for row in table.rows]
    assert [one for one in told if one.startswith("Der Fachbereich")] == [one.wording for one in decided]
    for slide in slides:
        assert all(shape.top + shape.height <= 19.05 * 360000 for shape in slide.shapes)


def test_no_text_lies_on_a_table_whose_rows_take_several_lines(deck):
    """As LibreOffice sets it: what stands below a table begins below its last row."""
    long = "Anteil der Jugendlichen ohne Abschluss, die eine Beratung besuchen und danach eine Ausbildung beginnen"
    indicators = {code: one.model_copy(update={"title": long}) for code, one in deck.known.catalogue.indicators.items()}
    catalogue = replace(deck.known.catalogue, indicators=indicators)
    found = handout(replace(deck, known=replace(deck.known, catalogue=catalogue)), NOW)
    checked = 0
    for slide in pptx.Presentation(io.BytesIO(FILES["pptx"].render(found))).slides:
        tables = [shape for shape in slide.shapes if shape.has_table]
        texts = [shape for shape in slide.shapes if shape.has_text_frame and shape.top > 3.5 * 360000]
        for table in tables:
            rows = [[cell.text for cell in row.cells] for row in table.table.rows]
            size = table.table.cell(0, 0).text_frame.paragraphs[0].runs[0].font.size or 0
            size = size or table.table.cell(0, 0).text_frame.paragraphs[0].font.size
            needed = 0.0
            for row in rows:
                wide = [column.width / 12700 - 14.4 for column in table.table.columns]
                letters = [max(1, int(room / (size.pt * 0.5))) for room in wide]
                counted = max(-(-len(text) // count) for text, count in zip(row, letters, strict=True))
                needed += max(28.3, counted * size.pt * 1.15 + 5.6)
            checked += 1
            assert all(text.top / 12700 >= table.top / 12700 + needed for text in texts)
    assert checked >= 4


@pytest.mark.parametrize("profile", ["ua1", "pdfa3a"])
def test_the_pdf_holds_to_its_standards(files, profile):
    found = page.validate_pdf(str(files["pdf"]), profile=profile)
    assert found.is_compliant, str(found)


def test_the_pdf_has_no_barrier_that_outloud_finds(files):
    assert barriers(files["pdf"]) == []


def test_every_table_of_the_pdf_has_heads(files):
    with pikepdf.open(files["pdf"]) as pdf:
        assert str(pdf.Root.Lang) == "de-DE"
        tables = [kids for element, kids in elements(pdf) if element.S == "/Table"]
        assert len(tables) == 4
        assert all([kid.S for kid in kids][-2:] == ["/THead", "/TBody"] for kids in tables)


@pytest.mark.parametrize("name", ["protokoll", "pptx"])
def test_office_opens_it_without_repair(files, name):
    found = OpenXmlValidator(FileFormat.MICROSOFT_365).validate(files[name])
    assert found.is_valid, [str(error) for error in found.errors][:5]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["protokoll", "pptx"])
def test_libreoffice_opens_it(files, name, tmp_path):
    [opened] = as_pdf(tmp_path, files[name])
    with pdf_file(opened) as pdf:
        text = squeezed("".join(one.get_text() for one in pdf))
    assert "ZweiGruppenmehr" in text


def test_names_of_files_say_what_they_are(made):
    assert [form.file_name(made.meeting, made.city) for form in FILES.values()] == [
        "protokoll-steuerungsgruppe-2026-02-04-musterstadt.docx",
        "folien-steuerungsgruppe-2026-02-04-musterstadt.pptx",
        "folien-steuerungsgruppe-2026-02-04-musterstadt.pdf",
    ]
    assert re.search(r"-abc\.pdf$", FILES["pdf"].file_name(made.meeting, made.city, "abc"))
