"""Workbooks of LibreOffice: read as whole as those of Excel, or not at all."""

import re
import shutil
import subprocess
from datetime import date, datetime
from pathlib import Path

import pytest

from indicators.deliveries.staging import stage
from indicators.ledger.commits import Upload
from indicators.model import Sign
from indicators.tables.crosstab import tabulate
from indicators.tables.own_tables import tables_of
from indicators.workbooks.numbers import Number, read_number
from indicators.workbooks.workbook import WorkbookRejected, read_workbook
from tests.conftest import filled_template
from tests.deliveries.own_workbooks import FIRST, as_ods, cross_table
from tests.deliveries.test_crosstab import WORKBOOKS, expected, said
from tests.deliveries.test_workbook import number, ods, ods_cell, ods_row, read
from tests.workbooks.edits import parts, replaced, with_parts

SOFFICE = shutil.which("soffice")
libreoffice = pytest.mark.skipif(
    SOFFICE is None, reason="LibreOffice is not installed: apt-get install libreoffice-calc"
)
NOW = datetime(2026, 2, 1)


def saved_as_ods(folder: Path, *files: Path) -> Path:
    """The folder in which LibreOffice has saved the files as .ods."""
    assert SOFFICE is not None
    command = [SOFFICE, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "ods",
               "--outdir", str(folder / "ods"), *map(str, files)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return folder / "ods"


@pytest.fixture(scope="module")
def quirks(tmp_path_factory) -> Path:
    return saved_as_ods(tmp_path_factory.mktemp("quirks"), *WORKBOOKS)


@libreoffice
@pytest.mark.slow
@pytest.mark.parametrize("path", WORKBOOKS, ids=[path.stem for path in WORKBOOKS])
def test_every_quirk_saved_by_libreoffice_is_read_the_same(quirks, path):
    sheet = read_workbook((quirks / f"{path.stem}.ods").read_bytes(), path.stem).sheets[0]
    found = {cell.address: said(cell) for table in tabulate(sheet) for cell in table.cells}
    assert found == expected(path)


@pytest.fixture(scope="module")
def template(small_city, tmp_path_factory) -> bytes:
    """The department's filled template, opened and saved as .ods by LibreOffice."""
    folder = tmp_path_factory.mktemp("template")
    (folder / "FB51.xlsx").write_bytes(filled_template(small_city, 2025, kinder=".", kita_kinder=140.5))
    return (saved_as_ods(folder, folder / "FB51.xlsx") / "FB51.ods").read_bytes()


@libreoffice
class TestATemplateSavedByLibreOffice:
    def test_is_read_as_the_one_of_excel(self, template, store, small_city):
        of_excel = filled_template(small_city, 2025, kinder=".", kita_kinder=140.5)
        first = stage(store, small_city, Upload("FB51.xlsx", of_excel, "Test"), NOW)
        second = stage(store, small_city, Upload("FB51.ods", template, "Test"), NOW)
        assert first.reading.rows
        assert second.reading.rows == first.reading.rows
        assert [f.rule for f in second.findings] == [f.rule for f in first.findings]

    def test_a_cell_that_moved_away_from_its_name_is_found(self, template, store, small_city):
        moved = replaced(template, "content.xml", "$kinder.$B$8", "$kinder.$B$9")
        staged = stage(store, small_city, Upload("FB51.ods", moved, "Test"), NOW)
        assert staged.blocked
        assert "kinder B9" in next(f.message for f in staged.findings if f.rule == "moved-cells")

    def test_without_its_hidden_sheet_is_refused_with_the_way_out(self, template, store, small_city):
        content = parts(template)["content.xml"].decode()
        whole = re.search(r'<table:table table:name="_vorlage".*?</table:table>', content, re.DOTALL)
        staged = stage(
            store, small_city, Upload("FB51.ods", replaced(template, "content.xml", whole[0], ""), "Test"), NOW
        )
        assert staged.blocked
        assert "das verborgene Blatt mit dem Aufbau fehlt" in staged.findings[0].message
        assert "neue Vorlage" in staged.findings[0].remedy


def test_an_own_table_is_read_as_the_one_of_excel():
    content = cross_table({**FIRST, "Deutsche": (300.5, "/")}, unit="Anzahl")
    of_excel, of_libreoffice = (tables_of(read(one)).tables for one in (content, as_ods(content)))
    assert [table.cells for table in of_libreoffice] == [table.cells for table in of_excel]


STYLES = (
    '<style:style style:name="T1" style:family="text"><style:text-properties style:text-position="33% 58%"/>'
    '</style:style><style:style style:name="T2" style:family="text"><style:text-properties '
    'style:text-position="super 58%"/></style:style><style:style style:name="T3" style:family="text">'
    '<style:text-properties style:text-position="0% 100%"/></style:style>'
    '<style:style style:name="ce1" style:family="table-cell" style:parent-style-name="fett">'
    '<style:paragraph-properties fo:margin-left="0.706cm"/></style:style>'
    '<style:style style:name="fett" style:family="table-cell"><style:text-properties fo:font-weight="bold"/>'
    "</style:style>"
)


def test_raised_characters_are_footnotes_and_not_part_of_the_number():
    spanned = '12<text:span text:style-name="{0}">1</text:span>'
    cells = (ods_cell(spanned.format(style), office__value_type="string") for style in ("T1", "T2", "T3"))
    page = read(ods(ods_row(*cells), STYLES)).sheets[0]
    assert read_number(page.cell("A1")) == Number(12, footnotes=("1",))
    assert read_number(page.cell("B1")) == Number(12, footnotes=("1",))
    assert read_number(page.cell("C1")) == Number(121)


def test_indents_and_bold_of_cells_rows_and_columns():
    columns = '<table:table-column/><table:table-column table:default-cell-style-name="ce1"/>'
    row = ods_row(ods_cell("a", office__value_type="string"), ods_cell("b", office__value_type="string"),
                  ods_cell("c", office__value_type="string", table__style_name="fett"))  # fmt: skip
    page = read(ods(columns + row, STYLES)).sheets[0]
    looks = [(page.cell(at).style.indent, page.cell(at).style.bold) for at in ("A1", "B1", "C1")]
    assert looks == [(0, False), (2, True), (0, True)]


def test_drawings_and_comments_over_a_cell_are_not_its_content():
    drawing = "<draw:frame><draw:text-box><text:p>9</text:p></draw:text-box></draw:frame>"
    comment = "<office:annotation><text:p>8</text:p></office:annotation>"
    cell = ods_cell("7", office__value_type="string").replace("<text:p>", drawing + comment + "<text:p>")
    page = read(ods(ods_row(cell, "<table:table-cell>" + drawing + "</table:table-cell>"))).sheets[0]
    assert {at: one.value for at, one in page.cells.items()} == {(1, 1): "7"}


def test_copies_of_other_files_are_no_sheets_and_linked_sheets_are_told():
    copied = '</table:table><table:table table:name="&apos;file:///x/fremd.xlsx&apos;#$Blatt">'
    book = read(ods(ods_row(number("1", "1")) + copied + ods_row(number("2", "2"))))
    assert [sheet.name for sheet in book.sheets] == ["Tabelle"]
    assert "external-links" in [found.rule for found in book.findings]
    reference = "of:=['file:///x/fremd.xlsx'#$Blatt.A1]"
    fetched = read(ods(ods_row(number("1", "1", table__formula=reference))))
    assert ("external-links", "warning") in [(f.rule, f.severity.value) for f in fetched.findings]


def test_dates_are_read_as_they_are_shown():
    def shown(text: str) -> str:
        return ods_cell(text, office__value_type="date", office__date_value="2019-01-01")

    page = read(ods(ods_row(shown("2019"), shown("Januar 2019"), shown("01.01.19"), shown("1. Jan. 2019")))).sheets[0]
    assert [cell.value for cell in page.cells.values()] == [date(2019, 1, 1)] * 4
    assert [cell.style.number_format for cell in page.cells.values()] == [
        "yyyy",
        "mmm yyyy",
        "dd.mm.yyyy",
        "dd.mm.yyyy",
    ]


def test_signs_in_place_of_numbers():
    page = read(ods(ods_row(number("3.4", "/"), number("0", "-")))).sheets[0]
    assert [read_number(page.cell(at)).sign for at in ("A1", "B1")] == [Sign.UNRELIABLE, Sign.NOTHING]


def test_what_is_cut_off_is_not_half_read():
    whole = as_ods(cross_table(FIRST))
    content = parts(whole)["content.xml"]
    with pytest.raises(WorkbookRejected, match="beschädigt oder unvollständig"):
        read(with_parts(whole, {"content.xml": content[: len(content) // 2]}))
