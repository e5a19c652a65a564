"""The good workbooks that are broken: as openpyxl, Excel (shared strings) and xlsxwriter write them."""

import html
import io
import re
from functools import cache

import xlsxwriter

from indicators.catalogue import load
from tests.conftest import SMALL_CITY, filled_template
from tests.workbooks.edits import parts, replaced, with_cells, with_parts
from tests.workbooks.uploads import CASES

_INLINE = re.compile(r'<c r="([A-Z]+[0-9]+)"([^<>]*) t="inlineStr"><is><t(?: [^<>]*)?>([^<>]*)</t></is></c>')
STRINGS = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</sst>'
RELATION = '<Relationship Id="rS" Type="http://x/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
TYPE = (
    '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'spreadsheetml.sharedStrings+xml"/></Types>'
)


@cache
def seeds() -> tuple[bytes, ...]:
    template = filled_template(load(SMALL_CITY), 2025)
    signs = with_cells(
        template, {"kinder!B8": "…", "kinder!B10": "12,5 %", "kinder!C8": "p", "kita_kinder!B8": "1.234"}
    )
    hidden = (CASES / "hidden_rows_and_columns.xlsx").read_bytes()
    covered = (CASES / "value_under_a_merge.xlsx").read_bytes()
    return template, with_shared_strings(template), with_shared_strings(signs), hidden, covered, table()


def with_shared_strings(content: bytes) -> bytes:
    """Excel keeps texts in a part of their own; openpyxl writes them into the cells."""
    strings: list[str] = []

    def moved(found: re.Match[str]) -> str:
        strings.append(found[3])
        return f'<c r="{found[1]}"{found[2]} t="s"><v>{len(strings) - 1}</v></c>'

    changed = {
        name: _INLINE.sub(moved, text.decode()).encode()
        for name, text in parts(content).items()
        if name.startswith("xl/worksheets/sheet")
    }
    listed = "".join(f'<si><t xml:space="preserve">{text}</t></si>' for text in strings)
    content = with_parts(content, {**changed, "xl/sharedStrings.xml": STRINGS.format(listed).encode()})
    content = replaced(content, "xl/_rels/workbook.xml.rels", "</Relationships>", RELATION)
    return replaced(content, "[Content_Types].xml", "</Types>", TYPE)


def table() -> bytes:
    """A department's own table: formats, dates, formulas, errors, merges, a chart."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Tabelle")
        sheet.merge_range("A1:C1", html.unescape("Einb&uuml;rgerungen"))
        percent, day = book.add_format({"num_format": "0.0%"}), book.add_format({"num_format": "dd.mm.yyyy"})
        for row in range(2, 40):
            sheet.write_string(row, 0, f"Gebiet {row}")
            sheet.write_number(row, 1, row * 7.5)
            sheet.write_number(row, 2, row / 100, percent)
            sheet.write_number(row, 3, 45_000 + row, day)
            sheet.write_formula(row, 4, f"=B{row + 1}*2", None, row * 15)
            sheet.write_rich_string(row, 5, "Wert", book.add_format({"font_script": 1}), "1)")
        sheet.write_formula("G3", "=1/0", None, "#DIV/0!")
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=Tabelle!$B$3:$B$40"})
        sheet.insert_chart("I2", chart)
    return target.getvalue()
