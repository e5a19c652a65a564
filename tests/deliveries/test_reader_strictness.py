"""What the reader must not put together by itself: found by fuzzing, each with the smallest file that shows it."""

import pytest

from indicators.workbooks.workbook import WorkbookRejected
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
        '<row r="8"><c r="B8"><v>1</v></c></row>',  # another reader takes it for row 1
        '<c r="A1" t="inlineStr"><is><is><t>x</t></is><t>2024</t></is></c>',  # would be x2024
        '<c r="A1" t="inlineStr"><is><t>20</t><t>24</t></is></c>',
        '<c r="A1"><x>1</x></c>',  # a value that no reader knows
    ],
)
def test_two_values_in_a_cell_or_none_around_one(cells):
    with pytest.raises(WorkbookRejected, match="beschädigt"):
        read(sheet(ROW.format(cells)))


@pytest.mark.parametrize(
    "strings",
    ["<sst><si><si><t>1</t></si><t>1</t></si></sst>", "<sst><x><t>Wert</t></x></sst>", "<x><si><t>1</t></si></x>"],
)
def test_shared_texts_out_of_place(strings):
    links = PARTS["xl/_rels/workbook.xml.rels"]
    linked = links.replace(
        "</Relationships>", '<Relationship Id="r9" Type="x/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    )
    with pytest.raises(WorkbookRejected, match="beschädigt"):
        read(zipped(PARTS | {"xl/_rels/workbook.xml.rels": linked, "xl/sharedStrings.xml": strings}))


def test_cells_outside_the_data():
    data = '<worksheet><sheetData/><x><row r="1"><c r="A1"><v>1</v></c></row></x></worksheet>'
    with pytest.raises(WorkbookRejected, match="beschädigt"):
        read(zipped(PARTS | {"xl/worksheets/sheet1.xml": data}))


def test_extensions_and_buttons_are_no_cells():
    """What Excel keeps beside the values has elements of the same names."""
    extension = "<extLst><ext><sparkline><f>Tabelle!A1</f></sparkline><c><v>7</v></c></ext></extLst>"
    phonetic = '<phoneticPr fontId="1" type="noConversion"/>'  # beside the cells it is about the sheet
    columns = '<cols><col min="1" max="1" width="9"/></cols>'
    button = "<anchor><from><col>1</col><row>1</row></from><to><col>2</col><row>9</row></to></anchor>"
    cells = ROW.format(f'<c r="A1"><v>1</v>{extension}</c>')
    assert [
        cell.value
        for cell in read(sheet(cells, after=phonetic + columns + button + extension)).sheets[0].cells.values()
    ] == [1.0]


def test_a_list_of_sheets_that_is_not_whole():
    book = PARTS["xl/workbook.xml"].replace("<sheet ", "<x ")
    with pytest.raises(WorkbookRejected, match="Liste der Blätter"):
        read(zipped(PARTS | {"xl/workbook.xml": book}))


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
    assert told.message.startswith("1 Zelle ")


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
