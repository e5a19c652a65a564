"""Every number of the Report stands in every format, as it is; and none stands there that is hidden."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser

import docx
import openpyxl
import pikepdf
import pptx
import pytest
from lxml import etree

from indicators.figures.chart import chart
from indicators.reports import names
from indicators.reports.formats import FORMATS
from indicators.reports.report import Report
from tests.pdf_files import pdf_file
from tests.reports.conftest import reported

Table = list[list[str]]
Courses = list[list[float]]


def tables(report: Report) -> list[Table]:
    """Each table as it is read, with its head."""
    return [
        [[names.heading(one.figure, column) for column in one.figure.columns], *one.figure.rows]
        for one in report.exhibits
        if one.table
    ]


def courses(report: Report) -> list[Courses]:
    """The numbers of each chart's lines."""
    return [
        [[value for value in stroke.values if value is not None] for stroke in chart(one.figure).strokes]
        for one in report.exhibits
        if one.chart
    ]


class Tables(HTMLParser):
    """The cells of all tables of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Table] = []
        self.cell: str | None = None

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "table":
            self.found.append([])
        elif tag == "tr":
            self.found[-1].append([])
        elif tag in ("td", "th"):
            self.cell = ""

    def handle_data(self, data: str) -> None:
        if self.cell is not None:
            self.cell += data

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self.cell is not None:
            self.found[-1][-1].append(self.cell)
            self.cell = None


def in_charts(content: bytes) -> Iterator[Courses]:
    """What a program draws at once, and what it would draw from the workbook inside: both must be the same."""
    space = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        charts = sorted((n for n in package.namelist() if re.search(r"charts/chart\d+\.xml$", n)), key=number_in)
        books = sorted((n for n in package.namelist() if n.endswith(".xlsx")), key=number_in)
        assert len(charts) == len(books)
        for chart, book in zip(charts, books, strict=True):
            root = etree.fromstring(package.read(chart))
            lines = [line.iter(f"{space}pt") for line in root.iter(f"{space}val")]
            shown = [[float(point.findtext(f"{space}v")) for point in points] for points in lines]
            sheet = openpyxl.load_workbook(io.BytesIO(package.read(book))).active
            columns = list(sheet.iter_cols(min_col=2, min_row=2, values_only=True))
            assert [[cell for cell in column if cell is not None] for column in columns] == shown
            yield shown


def number_in(name: str) -> int:
    return int(re.findall(r"\d+", name)[-1])


def test_word(report, files):
    document = docx.Document(str(files["docx"]))
    found = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    assert found == tables(report)
    assert list(in_charts(files["docx"].read_bytes())) == courses(report)


def test_powerpoint(report, files):
    """Slides show the lists as tables, the courses as charts."""
    slides = pptx.Presentation(str(files["pptx"])).slides
    found: list[Table] = []
    for slide in slides:
        for shape in slide.shapes:
            if shape.has_table:
                found.append([[cell.text for cell in row.cells] for row in shape.table.rows])
    lists = [
        one
        for one, exhibit in zip(tables(report), [e for e in report.exhibits if e.table], strict=True)
        if not exhibit.chart
    ]
    lists = [one for one in lists if one[1:]]
    assert found == lists
    assert list(in_charts(files["pptx"].read_bytes())) == courses(report)


def test_excel(report, files):
    book = openpyxl.load_workbook(files["xlsx"])
    for exhibit in report.exhibits:
        word, number = ("Abb", exhibit.chart) if exhibit.chart else ("Tab", exhibit.table)
        sheet = book[f"{word} {number:02}"]
        [name] = sheet.tables
        cells = [[cell.value for cell in row] for row in sheet[sheet.tables[name].ref]]
        assert cells[0] == exhibit.figure.columns
        for shown, true, texts in zip(cells[1:], exhibit.figure.cells(), exhibit.figure.rows, strict=True):
            for cell, number_, text in zip(shown, true, texts, strict=True):
                plain = isinstance(number_, float | int)
                assert cell == number_ if plain else (cell or "") == text


def test_pdf(report, files):
    """Row by row: the numbers of each table stand one after another in the text, and in the files inside."""
    with pdf_file(files["pdf"]) as pdf:
        text = squeezed("".join(page.get_text() for page in pdf))
    for table in tables(report):
        for row in table[1:]:
            assert squeezed("".join(row[1:])) in text, row
    with pikepdf.open(files["pdf"]) as pdf:
        for exhibit in report.exhibits:
            attached = pdf.attachments[names.of_exhibit(exhibit, ".csv")].get_file().read_bytes().decode()
            lines = list(csv.DictReader(io.StringIO(attached)))
            numbers = [cell for row in exhibit.figure.cells() for cell in row[1:] if isinstance(cell, float | int)]
            assert [float(line["value"]) for line in lines if line["value"]] == pytest.approx(numbers, abs=0.051)


def test_zip(report, files):
    with zipfile.ZipFile(files["zip"]) as package:
        for exhibit in report.exhibits:
            text = package.read(names.of_exhibit(exhibit, ".csv")).decode("utf-8-sig")
            rows = list(csv.reader(io.StringIO(text), delimiter=";"))
            plain = [
                [cell.replace("\u2212", "-").replace(".", "") if cell != "." else cell for cell in row]
                for row in exhibit.figure.rows
            ]
            for shown, wanted, cells in zip(rows[1:], plain, exhibit.figure.cells(), strict=True):
                for cell, number, true in zip(shown, wanted, cells, strict=True):
                    assert cell == number or not isinstance(true, float | int), (cell, number)
            if exhibit.chart:
                assert names.of_exhibit(exhibit, ".png") in package.namelist()
                assert names.of_exhibit(exhibit, ".svg") in package.namelist()
        assert len(package.namelist()) == 1 + len(report.exhibits) + 2 * sum(bool(one.chart) for one in report.exhibits)


def test_html(report, files):
    page = Tables()
    page.feed(files["html"].read_text(encoding="utf-8"))
    assert page.found == tables(report)


def squeezed(text: str) -> str:
    """Without spaces and hyphens, which typesetting puts in and takes out."""
    return re.sub(r"[\s\u00ad\u2010-]", "", text)


@pytest.fixture(scope="module")
def twin(city, catalogue) -> Report:
    """The report of a city that differs in the hidden number alone."""
    return reported(city(2.0), catalogue)


@pytest.mark.parametrize("name", FORMATS)
def test_no_byte_depends_on_a_hidden_number(name, twin, files):
    """Two cities in which 3 and 2 children are hidden give the same files, and so no file tells which it is."""
    assert FORMATS[name].render(twin) == files[name].read_bytes()


def test_something_is_hidden_in_what_was_compared(report, city, catalogue):
    shown = [text for table in tables(report) for row in table for text in row]
    assert "." in shown
    assert tables(reported(city(20.0), catalogue)) != tables(report)
