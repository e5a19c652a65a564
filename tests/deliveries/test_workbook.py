"""Reading uploads safely: every case of RELIABILITY's table that the gate and the reader owe an answer to."""

import io
import zipfile
from datetime import date

import openpyxl
import pytest
from openpyxl.styles import Alignment, Font, PatternFill

from indicators.model import Sign
from indicators.workbooks import workbook as workbook_module
from indicators.workbooks.numbers import Number, read_number
from indicators.workbooks.workbook import Merge, Workbook, WorkbookRejected, read_workbook

PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://x/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://r">'
    '<sheets><sheet name="Tabelle" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": "<Relationships>"
    '<Relationship Id="r1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    "xl/worksheets/sheet1.xml": '<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>',
}


def package(**replaced: str | None) -> bytes:
    """A minimal workbook by hand; keyword names are the part's file name without suffix."""
    parts = dict(PARTS)
    for path in list(parts):
        stem = path.rsplit("/", 1)[-1].split(".")[0]
        if stem in replaced:
            parts[path] = replaced[stem]
    return zipped({path: text for path, text in parts.items() if text is not None})


def zipped(parts: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in parts.items():
            archive.writestr(path, text)
    return buffer.getvalue()


def sheet(cells: str, before: str = "", after: str = "") -> bytes:
    return package(sheet1=f"<worksheet>{before}<sheetData>{cells}</sheetData>{after}</worksheet>")


def saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def read(content: bytes) -> Workbook:
    return read_workbook(content, "test.xlsx")


def rejection(content: bytes) -> tuple[str, str]:
    with pytest.raises(WorkbookRejected) as caught:
        read(content)
    assert caught.value.finding.message in str(caught.value)
    return caught.value.finding.rule, caught.value.finding.message


def rules(book: Workbook) -> list[str]:
    return [finding.rule for finding in book.findings]


@pytest.mark.parametrize(
    ("content", "rule", "word"),
    [
        (b"", "empty-file", "leer"),
        (b"Jahr;Wert\n2020;1\n", "no-workbook", "CSV"),
        (b"\xef\xbb\xbf<html><table></table></html>", "no-workbook", "HTML"),
        (b'<?xml?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "no-workbook", "2003"),
        (b"%PDF-1.7 ...", "no-workbook", "PDF"),
        (b"\x93", "no-workbook", "keine Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password", "Kennwort"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "old-format", ".xls"),
        (zipped({"word/document.xml": "<a/>", "[Content_Types].xml": "<Types/>"}), "no-workbook", "Word"),
        (zipped({"readme.txt": "hello"}), "no-workbook", "Zip"),
        (zipped({"xl/workbook.bin": "", "[Content_Types].xml": ""}), "old-format", ".xlsb"),
        (b"PK\x03\x04" + b"\x00" * 200, "damaged", "beschädigt"),
    ],
)  # fmt: skip
def test_no_workbook_is_rejected_by_its_true_type(content, rule, word):
    found_rule, message = rejection(content)
    assert found_rule == rule
    assert word in message


def test_truncated_and_flipped_files_are_damaged():
    whole = sheet('<row r="1">' + "".join(f'<c r="A{n}"><v>{n * 7919 % 997}</v></c>' for n in range(1, 500)) + "</row>")
    assert rejection(whole[: len(whole) // 2])[0] == "damaged"
    middle = whole.index(b"worksheets/sheet1.xml") + 200
    flipped = whole[:middle] + bytes([whole[middle] ^ 0xFF]) + whole[middle + 1 :]
    assert rejection(flipped)[0] == "damaged"


def test_zip_limits():
    assert rejection(b"PK\x03\x04" + b"\x00" * (11 * 1024 * 1024))[0] == "too-large"
    assert (
        rejection(package(sheet1="<worksheet>" + " " * 101 * 1024 * 1024 + "</worksheet>"))[0] == "too-large-unpacked"
    )
    assert rejection(zipped(PARTS | {f"xl/media/{n}.png": "" for n in range(2001)}))[0] == "too-many-parts"


@pytest.mark.parametrize("name", ["../../evil.xml", "/etc/passwd", "C:\\evil.xml", "xl\\..\\..\\evil.xml"])
def test_escaping_member_names(name):
    assert rejection(zipped(PARTS | {name: "x"}))[0] == "unsafe-parts"


def test_duplicate_member_names():
    assert rejection(zipped(PARTS | {"XL/Workbook.xml": "<x/>"}))[0] == "unsafe-parts"


@pytest.mark.parametrize("part", ["sheet1", "workbook"])
def test_a_dtd_is_refused_wherever_it_stands(part):
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>'
    assert rejection(package(**{part: bomb}))[0] == "dtd"
    assert rejection(zipped(PARTS | {"docProps/app.xml": bomb}))[0] == "dtd"
    assert rejection(zipped(PARTS | {"xl/x.xml": bomb}).replace(b"xl/x.xml", b"xl/y.xml"))[0] == "dtd"


def test_the_far_corner_is_named_and_the_server_lives():
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    rule, message = rejection(sheet(far))
    assert rule == "beyond-grid"
    assert "XFD1048576" in message


def test_formatted_empty_cells_do_not_count():
    empty = "".join(f'<row r="{n}"><c r="XFD{n}" s="0"/></row>' for n in range(1_048_000, 1_048_576))
    book = read(sheet(f'<row r="1"><c r="A1"><v>1</v></c></row>{empty}'))
    assert book.sheets[0].valued == 1


def test_the_dimension_tag_is_not_believed():
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 31))
    book = read(sheet(rows, before='<dimension ref="A1"/>'))
    assert book.sheets[0].valued == 30
    assert "readers-differ" not in rules(book)


@pytest.mark.slow
def test_too_many_cells_is_a_limit_message():
    row = "<row>" + "<c><v>1</v></c>" * 6 + "</row>"
    assert rejection(sheet(row * 90_000))[0] == "too-many-cells"


def test_error_cells_and_formulas_without_result_stay_visible():
    cells = (
        '<row r="1"><c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="B1"><f>A1+1</f></c>'
        '<c r="C1"><f>1+1</f><v>2</v></c><c r="D1"><v>1e400</v></c><c r="E1" t="str"><f>""</f><v></v></c></row>'
    )
    book = read(sheet(cells))
    first = book.sheets[0]
    assert first.cell("A1").error == "#DIV/0!"
    assert first.cell("B1").uncalculated
    assert (first.cell("C1").value, first.cell("C1").formula) == (2.0, True)
    assert first.cell("D1").error.startswith("#ZAHL?")
    assert first.cell("E1").value == ""
    assert {"error-cells", "uncalculated"} <= set(rules(book))


def test_a_sheet_outside_the_file_is_rejected_by_name():
    for target in ('Target="http://evil" TargetMode="External"', 'Target="worksheets/none.xml"'):
        links = f'<Relationships><Relationship Id="r1" Type="x/worksheet" {target}/></Relationships>'
        broken = PARTS | {"xl/_rels/workbook.xml.rels": links}
        rule, message = rejection(zipped(broken))
        assert rule == "sheet-missing"
        assert "„Tabelle“" in message


def test_strict_ooxml_and_prefixed_names_are_read():
    strict = (
        '<x:worksheet xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main"><x:sheetData><x:row r="3">'
        '<x:c r="B3" t="d"><x:v>2024-12-31T00:00:00Z</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    assert read(package(sheet1=strict)).sheets[0].cell("B3").value == date(2024, 12, 31)


def test_values_styles_merges_hidden_parts_and_names():
    book = openpyxl.Workbook()
    first = book.active
    first.title = "Daten "
    first["B2"] = "Überschrift"
    first["B2"].font = Font(bold=True)
    first["B2"].fill = PatternFill("solid", fgColor="FFDDEEFF")
    first.merge_cells("B2:D3")
    first["B4"] = "  eingerückt"
    first["B4"].alignment = Alignment(indent=2)
    first["C4"] = 0.125
    first["C4"].number_format = "0.0%"
    first["D4"] = date(2024, 2, 29)
    first["E4"] = True
    first.row_dimensions[4].hidden = True
    first.column_dimensions["E"].hidden = True
    book.create_sheet("Geheim").sheet_state = "veryHidden"
    read_book = read(saved(book))
    sheet_read = read_book.sheet("daten")
    heading = sheet_read.cell("B2")
    assert (heading.style.bold, heading.style.fill, heading.value) == (True, "FFDDEEFF", "Überschrift")
    assert sheet_read.merges == (Merge(2, 2, 3, 4),)
    assert sheet_read.merges[0].reference == "B2:D3"
    assert (sheet_read.cell("B4").value, sheet_read.cell("B4").style.indent) == ("  eingerückt", 2)
    assert (sheet_read.cell("C4").value, sheet_read.cell("C4").style.number_format) == (0.125, "0.0%")
    assert sheet_read.cell("D4").value == date(2024, 2, 29)
    assert sheet_read.cell("E4").value is True
    assert sheet_read.hidden_rows == {4}
    assert 5 in sheet_read.hidden_columns
    assert read_book.sheets[1].state == "veryHidden"
    assert {"hidden-rows", "hidden-columns", "hidden-sheet"} <= set(rules(read_book))


def test_dates_of_1904_books_are_converted_and_told():
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active["A1"] = date(2024, 12, 31)
    read_book = read(saved(book))
    assert read_book.sheets[0].cell("A1").value == date(2024, 12, 31)
    assert "dates-1904" in rules(read_book)


def test_custom_properties_and_raised_characters():
    parts = PARTS | {
        "docProps/custom.xml": '<Properties xmlns:vt="v"><property name="template"><vt:lpwstr>fig-2026</vt:lpwstr>'
        "</property></Properties>",
        "xl/worksheets/sheet1.xml": '<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><r><t>m</t></r></is>'
        '</c><c r="B1" t="s"><v>0</v></c></row></sheetData></worksheet>',
        "xl/sharedStrings.xml": "<sst><si><r><t>20</t></r><r><rPr><vertAlign val='superscript'/></rPr>"
        "<t>1)</t></r></si></sst>",
        "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="r1" Type="x/worksheet" '
        'Target="/xl/worksheets/sheet1.xml"/><Relationship Id="r2" Type="x/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>",
    }
    book = read(zipped(parts))
    assert book.properties == {"template": "fig-2026"}
    assert book.sheets[0].cell("A1").value == "m"
    assert book.sheets[0].cell("B1").superscripts == ((2, 4),)


def test_macros_and_links_are_told_and_never_run():
    extra = {"xl/vbaProject.bin": "x", "xl/externalLinks/externalLink1.xml": "<externalLink/>"}
    assert {"macros", "external-links"} <= set(rules(read(zipped(PARTS | extra))))


def test_foreign_text_stays_text():
    cells = "".join(
        f'<c r="{column}1" t="inlineStr"><is><t>{text}</t></is></c>'
        for column, text in (("A", "=1+1"), ("B", "None"), ("C", "nan"), ("D", "&lt;script&gt;"))
    )
    first = read(sheet(f'<row r="1">{cells}</row>')).sheets[0]
    assert [first.cell(at).value for at in ("A1", "B1", "C1", "D1")] == ["=1+1", "None", "nan", "<script>"]


def test_a_child_that_dies_gives_a_rejection(monkeypatch):
    monkeypatch.setattr(workbook_module.sys, "executable", "/bin/false")
    assert rejection(sheet(""))[0] == "not-safely-read"


@pytest.mark.slow
def test_the_child_stops_at_its_memory_limit():
    """16 MB of XML that unfold to more than 1 GiB of objects: the child dies, we go on."""
    assert rejection(package(workbook="<workbook>" + "<a/>" * 4_000_000 + "</workbook>"))[0] == "not-safely-read"


NAMESPACES = " ".join(  # any will do
    f'xmlns:{name}="{name}"' for name in ("office", "table", "text", "style", "calcext", "meta", "fo", "draw")
)


def ods(rows: str, styles: str = "", **parts: str) -> bytes:
    content = (
        f"<office:document-content {NAMESPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f'<office:body><office:spreadsheet><table:table table:name="Tabelle" table:style-name="ta1">{rows}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    return zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content, **parts})


def ods_cell(text: str = "", **attributes: str) -> str:
    said = "".join(f' {key.replace("__", ":").replace("_", "-")}="{value}"' for key, value in attributes.items())
    return f"<table:table-cell{said}>" + (f"<text:p>{text}</text:p>" if text else "") + "</table:table-cell>"


def number(value: str, text: str, **more: str) -> str:
    return ods_cell(text, office__value_type="float", office__value=value, **more)


def ods_row(*cells: str, **attributes: str) -> str:
    said = "".join(f' {key.replace("__", ":").replace("_", "-")}="{value}"' for key, value in attributes.items())
    return f"<table:table-row{said}>{''.join(cells)}</table:table-row>"


def test_ods_values_merges_repetitions_and_hidden_rows():
    blank = ods_cell(table__number_columns_repeated="1024")
    rows = (
        ods_row(ods_cell("Kopf", office__value_type="string", table__number_columns_spanned="2",
                         table__number_rows_spanned="1"), "<table:covered-table-cell/>", blank)
        + ods_row(number("1.5", "1,5", table__number_columns_repeated="2"), blank, table__visibility="filter")
        + ods_row(number("7", "7"), table__number_rows_repeated="2")
        + ods_row(ods_cell("31.12.2024", office__value_type="date", office__date_value="2024-12-31"),
                  ods_cell("12,5 %", office__value_type="percentage", office__value="0.125"))
        + ods_row(blank, table__number_rows_repeated="1048000")
    )  # fmt: skip
    sheet_read = read(ods(rows)).sheets[0]
    assert sheet_read.cell("A1").value == "Kopf"
    assert sheet_read.merges == (Merge(1, 1, 1, 2),)
    assert [sheet_read.cell(at).value for at in ("A2", "B2", "A3", "A4")] == [1.5, 1.5, 7.0, 7.0]
    assert sheet_read.hidden_rows == {2}
    assert sheet_read.cell("A5").value == date(2024, 12, 31)
    assert read_number(sheet_read.cell("B5")) == Number(12.5, percent=True)
    assert sheet_read.valued == 7


def test_ods_keeps_errors_and_what_the_reader_saw():
    row = ods_row(
        ods_cell("#DIV/0!", office__value_type="float", office__value="0", calcext__value_type="error"),
        number("3.4", "/"),
        number("8.1", "(8,1)"),
        number("41174.48", "41,2"),
        number("1234.5", "1.234,5"),
    )
    first = read(ods(row)).sheets[0]
    assert first.cell("A1").error == "#DIV/0!"
    assert read_number(first.cell("B1")).sign is Sign.UNRELIABLE
    assert read_number(first.cell("C1")) == Number(8.1, Sign.LIMITED)
    assert read_number(first.cell("D1")).value == 41.17448
    assert read_number(first.cell("E1")) == Number(1234.5)


def test_ods_properties_hidden_sheets_macros_and_passwords():
    meta = f'<m:meta {NAMESPACES} xmlns:m="y"><meta:user-defined meta:name="template">t1</meta:user-defined></m:meta>'
    style = '<style:style style:name="ta1" style:family="table">{}</style:style>'
    hidden = style.format('<style:table-properties table:display="false"/>')
    book = read(ods(ods_row(number("1", "1")), hidden, **{"meta.xml": meta, "Basic/script.xml": "<x/>"}))
    assert book.properties == {"template": "t1"}
    assert book.sheets[0].state == "hidden"
    assert book.macros
    protected = '<manifest:manifest xmlns:manifest="f"><manifest:encryption-data/></manifest:manifest>'
    assert rejection(ods("", **{"META-INF/manifest.xml": protected}))[0] == "password"
    assert rejection(ods('<table:table-row table:number-rows-repeated="200000"/>' + ods_row(number("1", "1"))))[0] == (
        "beyond-grid"
    )
