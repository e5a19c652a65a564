"""What every report must hold to: accessible, archivable, opened by Office and LibreOffice without a word."""

import io
import json
import re
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import page
import pikepdf
import pytest
from lxml import etree
from openxml_audit import FileFormat, OpenXmlValidator

from indicators.reports.row_heads import with_row_heads
from tests.browser.barriers import barriers as barriers_of
from tests.chromium import CHROMIUM
from tests.libreoffice import as_pdf

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.mark.parametrize("profile", ["ua1", "pdfa3a"])
def test_the_pdf_holds_to_its_standards(files, profile):
    found = page.validate_pdf(str(files["pdf"]), profile=profile)
    assert found.is_compliant, str(found)


def test_the_pdf_has_no_barrier_that_outloud_finds(files):
    assert barriers(files["pdf"]) == []


def barriers(pdf: Path) -> list[object]:
    """What outloud calls an error in a PDF, which must be tagged."""
    command = [str(Path(sys.executable).parent / "outloud"), str(pdf), "--json", "-"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    [result] = json.loads(ran.stdout)["results"]
    assert result["stats"]["tagged"]
    return [one for one in result["findings"] if one["severity"] == "error"]


def elements(pdf: pikepdf.Pdf):
    waiting = [pdf.Root.StructTreeRoot]
    while waiting:
        element = waiting.pop()
        kids = element.get("/K", [])
        several = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
        waiting += [kid for kid in several if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
        if "/S" in element:
            yield element, [kid for kid in several if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def test_every_table_of_the_pdf_has_heads(files, report):
    with pikepdf.open(files["pdf"]) as pdf:
        assert str(pdf.Root.Lang) == "de-DE"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        tables = [kids for element, kids in elements(pdf) if element.S == "/Table"]
        assert len(tables) == sum(bool(one.table) for one in report.exhibits) > 3
        for kids in tables:
            assert [kid.S for kid in kids][-2:] == ["/THead", "/TBody"]
        bodies = [kids for element, kids in elements(pdf) if element.S == "/TBody" and len(kids) > 2]
        rows = [[kid.S for kid in row.K] for rows in bodies for row in rows if len(row.K) > 2]
        assert len(rows) > 10
        assert {row[0] for row in rows} == {"/TH"}
        assert {cell for row in rows for cell in row[1:]} == {"/TD"}


def test_no_stream_ends_such_that_its_length_is_in_doubt():
    """PDF/A checks take a carriage return before the end for a line break: one stream in 256 would fail by chance."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.Root.StructTreeRoot = pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot)
    data = next(text for number in range(100_000) if zlib.compress(text := b"%d" % number).endswith(b"\r"))
    found = pikepdf.Stream(pdf, b"")
    found.write(zlib.compress(data), filter=pikepdf.Name.FlateDecode)
    pdf.Root.Probe = pdf.make_indirect(found)
    written = io.BytesIO()
    pdf.save(written)
    with pikepdf.open(io.BytesIO(with_row_heads(written.getvalue()))) as mended:
        streams = [one for one in mended.objects if isinstance(one, pikepdf.Stream)]
        assert streams
        assert not [one for one in streams if one.read_raw_bytes().endswith(b"\r")]
        assert mended.Root.Probe.read_bytes() == data


def test_the_pdf_carries_the_numbers_of_its_figures(files, report):
    with pikepdf.open(files["pdf"]) as pdf:
        assert len(pdf.attachments) == len(report.exhibits)
        assert all(name.endswith(".csv") for name in pdf.attachments)


@pytest.mark.parametrize("name", ["docx", "pptx", "xlsx"])
def test_office_opens_it_without_repair(files, name):
    found = OpenXmlValidator(FileFormat.MICROSOFT_365).validate(files[name])
    assert found.is_valid, [str(error) for error in found.errors][:5]


def test_the_word_document_is_accessible(files, report):
    with zipfile.ZipFile(files["docx"]) as package:
        body = etree.fromstring(package.read("word/document.xml"))
        styles = etree.fromstring(package.read("word/styles.xml"))
        assert b"<dc:language>de-DE</dc:language>" in package.read("docProps/core.xml")
    assert styles.find(f".//{W}rPrDefault//{W}lang").get(f"{W}val") == "de-DE"
    tables = body.findall(f".//{W}tbl")
    assert len(tables) == sum(bool(one.table) for one in report.exhibits)
    for table in tables:
        assert table.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None
        assert table.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val")
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in table.findall(f"{W}tr"))
    drawings = [element for element in body.iter() if element.tag.endswith("}docPr")]
    assert [one.get("descr") for one in drawings] == [one.figure.alt for one in report.exhibits if one.chart]
    assert len({one.get("id") for one in drawings}) == len(drawings)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["docx", "pptx", "xlsx"])
def test_libreoffice_opens_it(files, name, tmp_path):
    [made] = as_pdf(tmp_path, files[name])
    with pikepdf.open(made) as pdf:
        assert len(pdf.pages) > 3


def test_the_page_has_no_scripts_and_asks_nobody(files):
    text = files["html"].read_text(encoding="utf-8")
    root = etree.HTML(text)
    assert root.get("lang") == "de"
    assert not root.xpath("//script | //iframe | //object | //embed | //link | //form | //img")
    attributes = [
        (name, value) for element in root.iter() if isinstance(element.tag, str) for name, value in element.items()
    ]
    assert not [name for name, _ in attributes if name.lower().startswith("on")]
    assert all(value.startswith("#") for name, value in attributes if name.split("}")[-1] in ("href", "src"))
    assert not re.search(r"url\((?!#)|@import|javascript:", text)
    anchors = {value for name, value in attributes if name == "id"}
    assert {value[1:] for name, value in attributes if name == "href"} <= anchors
    assert len(anchors) == len([value for name, value in attributes if name == "id"])


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed: apt-get install chromium")
def test_the_page_has_no_barrier_that_axe_finds(files, browser):
    page = browser.new_page(viewport={"width": 320, "height": 700})
    page.goto(files["html"].as_uri())
    assert barriers_of(page) == {}
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.close()
