"""What the reader must not put together by itself: found by fuzzing, each with the smallest file that shows it."""

import pytest

from indicators.deliveries.workbook import WorkbookRejected
from tests.deliveries.test_workbook import PARTS, read, rules, sheet, zipped

ROW = '<row r="1">{}</row>'


@pytest.mark.parametrize(
    "cells",
    [
        '<c r="A1"><v>1</v><v>2</v></c>',  # would be 12
        '<c r="A1"><v>1</v><is><t>2</t></is></c>',
        '<c r="A1" t="inlineStr"><is><t>4</t></is><is><t>0</t></is></c>',
        '<c r="A1"><c r="B1"><v>1</v></c></c>',  # the outer cell would be lost
        "<v>1</v>",  # so would a value without a cell
    ],
)
def test_two_values_in_a_cell_or_none_around_one(cells):
    with pytest.raises(WorkbookRejected, match="beschädigt"):
        read(sheet(ROW.format(cells)))


@pytest.mark.parametrize("text", ["1_000", "١٢", "0x10", "1e400", "NaN", "infinity", "1,5", ""])
def test_numbers_are_xml_numbers_not_what_python_takes(text):
    cell = read(sheet(ROW.format(f'<c r="A1"><v>{text}</v></c>'))).sheets[0].cell("A1")
    assert cell.value is None and (cell.error.startswith("#ZAHL?") or not text)


@pytest.mark.parametrize(("text", "value"), [("1E3", 1000.0), ("-.5", -0.5), (" 7 ", 7.0), ("+3", 3.0), ("2.", 2.0)])
def test_numbers_in_every_lawful_form(text, value):
    assert read(sheet(ROW.format(f'<c r="A1"><v>{text}</v></c>'))).sheets[0].cell("A1").value == value


def test_a_cell_of_unknown_type_is_an_error():
    """`t="S"` would turn the number of a shared text into a value."""
    cell = read(sheet(ROW.format('<c r="A1" t="S"><v>29</v></c>'))).sheets[0].cell("A1")
    assert (cell.value, cell.error) == (None, "#TYP? S")


def test_the_same_cell_twice_is_told():
    book = read(sheet(ROW.format('<c r="A1"><v>1</v></c><c r="A1"><v>2</v></c>')))
    assert "doubled-cells" in rules(book)


def test_values_under_a_merge_are_told():
    cells = ROW.format('<c r="A1"><v>1</v></c><c r="B1"><v>2</v></c><c r="C1"><v>3</v></c>')
    book = read(sheet(cells, after='<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'))
    (told,) = [finding for finding in book.findings if finding.rule == "under-merge"]
    assert told.place.cell == "B1"
    assert told.message.startswith("1 Zellen")


def test_a_sheet_of_unknown_kind_is_no_chart():
    links = (
        '<Relationships><Relationship Id="r1" Type="http://x/sheet" Target="worksheets/sheet1.xml"/></Relationships>'
    )
    with pytest.raises(WorkbookRejected, match="„Tabelle“ ist von unbekannter Art"):
        read(zipped(PARTS | {"xl/_rels/workbook.xml.rels": links}))


@pytest.mark.parametrize(
    ("formula", "severity"),
    [
        ("[1]Tabelle1!B8", "warning"),
        ("'[2]Bericht 2024'!B8*2", "warning"),
        ('WEBSERVICE("http://x.example")', "warning"),
        ("cmd|' /C calc'!A0", "warning"),
        ("SUM(Zahlen[2024])", "hint"),
    ],
)
def test_links_that_formulas_use_need_a_reason_left_over_ones_do_not(formula, severity):
    data = f'<worksheet><sheetData><row r="1"><c r="A1"><f>{formula}</f><v>1</v></c></row></sheetData></worksheet>'
    left_over = {"xl/externalLinks/externalLink1.xml": "<externalLink/>", "xl/worksheets/sheet1.xml": data}
    (told,) = [finding for finding in read(zipped(PARTS | left_over)).findings if finding.rule == "external-links"]
    assert told.severity == severity
