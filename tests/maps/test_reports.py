"""The map in a report: in every format the same picture, its words and its table; frozen, it stays what it was whatever
becomes of the boundaries."""

import io
import zipfile
from datetime import date, datetime

import page
import pytest
from docx import Document
from openxml_audit import FileFormat, OpenXmlValidator
from pptx import Presentation

from indicators.attainment import METHODS
from indicators.catalogue import load
from indicators.exports import FORMATS as FIGURE_FORMATS
from indicators.knowledge import boundaries, snapshot
from indicators.reports import frozen, packed
from indicators.reports.formats import FORMATS
from indicators.reports.making import make
from indicators.reports.report import Kind
from indicators.reports.wishes import Wish
from indicators.store import Store
from tests.maps.installation import CITY, install

NOW, TAKEN = datetime(2026, 2, 1), date(2026, 2, 1)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    home = tmp_path_factory.mktemp("mapped")
    install(home)
    found = Store(home / "data" / "monitoring.duckdb", now=NOW)
    yield found
    found.close()


@pytest.fixture(scope="module")
def report(store):
    known = snapshot.take(store, load(CITY, methods=METHODS), NOW, suppressed=True)
    return make(store, known, Wish(Kind.FULL), TAKEN)


@pytest.fixture(scope="module")
def drawn(report):
    [entry] = [one for chapter in report.chapters for one in chapter.entries if one.code == "B-01"]
    return entry.map


@pytest.fixture(scope="module")
def files(report):
    return {name: one.render(report) for name, one in FORMATS.items()}


def test_rates_have_a_map_and_counts_have_none(report, drawn):
    mapped = {entry.code: bool(entry.map) for chapter in report.chapters for entry in chapter.entries}
    assert mapped == {"B-01": True, "B-02": False, "B-03": False, "B-04": True, "B-05": False}
    assert drawn.chart and drawn.table
    assert [one.chart for one in report.exhibits if one.chart] == list(
        range(1, 1 + sum(bool(one.chart) for one in report.exhibits))
    )
    assert drawn.figure.texts().set_index("Stadtteil")["Wert"].to_dict() == {
        "Nord/Ost": "52,0",
        "Nord": "…",
        "Süden": ".",
    }


def test_word_and_powerpoint_open_without_repair_and_hold_the_picture_with_its_words(files, drawn, tmp_path):
    for name in ("docx", "pptx", "xlsx"):
        (tmp_path / f"a.{name}").write_bytes(files[name])
        found = OpenXmlValidator(FileFormat.MICROSOFT_365).validate(tmp_path / f"a.{name}")
        assert found.is_valid, [str(error) for error in found.errors][:5]
    document = Document(io.BytesIO(files["docx"]))
    about = [shape._inline.docPr for shape in document.inline_shapes]
    assert drawn.figure.alt in {one.get("descr") for one in about}
    numbers = [one.get("id") for one in document.element.iter("{*}docPr")]
    assert len(numbers) == len(set(numbers))
    slides = Presentation(io.BytesIO(files["pptx"])).slides
    pictures = [shape for slide in slides for shape in slide.shapes if shape.shape_type == 13]
    assert drawn.figure.alt in {one._element.nvPicPr.cNvPr.get("descr") for one in pictures}


def test_the_pdf_keeps_its_standards_and_the_web_page_says_each_map_in_words(files, drawn, tmp_path):
    (tmp_path / "a.pdf").write_bytes(files["pdf"])
    for profile in ("ua1", "pdfa3a"):
        found = page.validate_pdf(str(tmp_path / "a.pdf"), profile=profile)
        assert found.is_compliant, str(found)
    text = files["html"].decode()
    assert drawn.figure.alt in text and "unbekannt oder geheim zu halten" in text


def test_a_frozen_report_stays_to_the_byte_when_its_boundaries_are_withdrawn(store, report):
    number = frozen.freeze(store, report, NOW, (1, "x"), "Kim", NOW)
    before = FORMATS["html"].render(frozen.report(store, number))
    assert packed.pack(packed.unpack(packed.pack(report))) == packed.pack(report)
    boundaries.withdraw(store, 2, "Kim", datetime(2026, 2, 2), "Versuch")
    later = snapshot.take(store, load(CITY, methods=METHODS), datetime(2026, 2, 3), suppressed=True)
    again = make(store, later, Wish(Kind.FULL), TAKEN)
    [entry] = [one for chapter in again.chapters for one in chapter.entries if one.code == "B-01"]
    assert entry.map.figure.title.endswith("2022")
    assert FORMATS["html"].render(frozen.report(store, number)) == before


def test_a_workbook_of_a_map_has_its_picture_and_its_numbers(drawn):
    content = FIGURE_FORMATS["xlsx"].render([drawn.figure])
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = package.namelist()
        assert any(name.startswith("xl/media/") for name in names)
        assert not [name for name in names if "charts/chart" in name]
        drawing = next(package.read(name).decode() for name in names if name.startswith("xl/drawings/drawing"))
    assert "Nord/Ost" in drawing
