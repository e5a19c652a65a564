"""What an upload may be, case by case as the reliability table counts them, and the answer that each is owed.

Small files stand in `cases/`; files that would be large, or that no repository should hold, are made here.
"""

import io
import os
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from openpyxl.utils.datetime import CALENDAR_MAC_1904

from indicators.catalogue import load
from tests.conftest import SMALL_CITY, filled_template
from tests.workbooks.edits import parts, replaced, with_cells, with_openpyxl, with_parts

CASES = Path(__file__).parent / "cases"
BOOK, STRINGS, TYPES = "xl/workbook.xml", "xl/sharedStrings.xml", "[Content_Types].xml"
KINDER, RELATIONS = "xl/worksheets/sheet3.xml", "xl/_rels/workbook.xml.rels"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DTD = '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'
XXE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>'


@dataclass(frozen=True)
class Tried:
    """One upload: its number in the table, the rule of the finding that answers it, and words that it must say."""

    number: int
    title: str
    content: Callable[[], bytes]
    rule: str
    words: str
    blocked: bool = True
    name: str = "Lieferung.xlsx"

    @cached_property
    def bytes(self) -> bytes:
        return self.content()

    def __str__(self) -> str:
        return f"{self.number:02d} {self.title}"


@cache
def sound() -> bytes:
    return filled_template(load(SMALL_CITY), 2025)


def zipped(members: dict[str, bytes | str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def case(name: str) -> Callable[[], bytes]:
    return (CASES / f"{name}.xlsx").read_bytes


def sheet_with(before: str = "", after: str = "", rows: str = "") -> bytes:
    """The sound workbook with more in the sheet `kinder`: before the data, behind it, or more rows."""
    text = parts(sound())[KINDER].decode()
    text = text.replace("<sheetData>", f"{before}<sheetData>").replace("</sheetData>", f"{rows}</sheetData>{after}")
    return with_parts(sound(), {KINDER: text.encode()})


def flipped() -> bytes:
    content = bytearray(sound())
    content[len(content) // 2] ^= 0xFF
    return bytes(content)


def many_sheets() -> bytes:
    listed = "".join(f'<sheet name="B{n}" sheetId="{n + 9}" r:id="rId1"/>' for n in range(50_000))
    return replaced(sound(), BOOK, "</sheets>", f"{listed}</sheets>")


def dimension_lies() -> bytes:
    text = parts(sound())[KINDER].decode()
    begin = text.index("<dimension")
    return replaced(sound(), KINDER, text[begin : text.index("/>", begin) + 2], '<dimension ref="A1"/>')


def formatted_to_the_end() -> bytes:
    rows = "".join(f'<row r="{n}" s="1" customFormat="1"/>' for n in range(12, 1_048_577))
    return sheet_with(rows=rows)


def relation_to(target: str) -> bytes:
    return replaced(sound(), RELATIONS, 'Target="/xl/worksheets/sheet3.xml"', target)


def strict() -> bytes:
    old, new = (
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    )
    return with_parts(sound(), {name: text.replace(old, new) for name, text in parts(sound()).items()})


def with_formula(text: str, cached: int = 400) -> bytes:
    members = parts(sound())[KINDER].decode()
    begin = members.index('<c r="B8"')
    old = members[begin : members.index("</c>", begin) + 4]
    return replaced(sound(), KINDER, old, f'<c r="B8"><f>{text}</f><v>{cached}</v></c>')


def with_value(text: str) -> bytes:
    members = parts(sound())[KINDER].decode()
    begin = members.index('<c r="B8"')
    old = members[begin : members.index("</c>", begin) + 4]
    return replaced(sound(), KINDER, old, f'<c r="B8"><v>{text}</v></c>')


def mac_dates() -> bytes:
    return with_openpyxl(sound(), lambda book: setattr(book, "epoch", CALENDAR_MAC_1904))


def decomposed() -> bytes:
    """Umlauts in two letters and other blanks, as macOS and copied text bring them."""
    return with_cells(sound(), {"kinder!A9": "Staatsangeho\u0308rigkeit\u00a0", "kinder!B8": " 400\u00a0"})


def lying_sizes() -> bytes:
    """A member that says it is small and unfolds to 200 MiB."""
    content = bytearray(zipped({TYPES: "<Types/>", BOOK: b" " * (200 * 1024 * 1024)}))
    size = struct.pack("<I", 200 * 1024 * 1024)
    while (at := content.find(size)) >= 0:
        content[at : at + 4] = struct.pack("<I", 1000)
    return bytes(content)


def duplicate_members() -> bytes:
    return zipped({**parts(sound()), "XL/Workbook.xml": b"<workbook/>"})


UPLOADS = (
    Tried(1, "CSV", lambda: b"Jahr;Wert\r\n2025;400\r\n", "no-workbook", "CSV"),
    Tried(1, "HTML", lambda: b"<html><table><tr><td>400</td></tr></table></html>", "no-workbook", "HTML"),
    Tried(
        1,
        "XML 2003",
        lambda: b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        "no-workbook",
        "XML (Excel 2003)",
    ),
    Tried(1, "random", lambda: bytes(range(255, 5, -1)) * 8, "no-workbook", "keine Excel-Arbeitsmappe"),
    Tried(2, "PDF", lambda: b"%PDF-1.7\n1 0 obj", "no-workbook", "PDF"),
    Tried(2, "docx", lambda: zipped({TYPES: "<Types/>", "word/document.xml": "<w/>"}), "no-workbook", "Word"),
    Tried(2, "plain zip", lambda: zipped({"liesmich.txt": "hallo"}), "no-workbook", "Zip-Archiv"),
    Tried(3, "xls", lambda: OLE + b"\0" * 600 + "Workbook".encode("utf-16-le"), "old-format", ".xlsx speichern"),
    Tried(3, "xlsb", lambda: zipped({TYPES: "<Types/>", "xl/workbook.bin": "x"}), "old-format", ".xlsx speichern"),
    Tried(
        3,
        "ods",
        lambda: zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"}),
        "not-a-template",
        "keine Vorlage",
    ),
    Tried(4, "password", lambda: OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "password", "Kennwort"),
    Tried(5, "empty", lambda: b"", "empty-file", "leer"),
    Tried(5, "truncated", lambda: sound()[: len(sound()) // 2], "damaged", "beschädigt"),
    Tried(5, "bit flip", flipped, "damaged", "noch einmal"),
    Tried(
        6,
        "zip bomb",
        lambda: with_parts(sound(), {"xl/media/bild.png": b"\0" * (101 * 1024 * 1024)}),
        "too-large-unpacked",
        "erlaubt sind 100,0 MB",
    ),
    Tried(
        6,
        "one long string",
        lambda: with_parts(sound(), {STRINGS: b"<sst><si><t>" + b"x" * (400 << 20) + b"</t></si></sst>"}),
        "too-large-unpacked",
        "MB groß",
    ),
    Tried(
        6,
        "ten million strings",
        lambda: with_parts(sound(), {STRINGS: b"<sst>" + b"<si><t/></si>" * 10_000_000 + b"</sst>"}),
        "too-large-unpacked",
        "MB groß",
    ),
    Tried(6, "lying sizes", lying_sizes, "damaged", "beschädigt"),
    Tried(7, "billion laughs", lambda: with_parts(sound(), {KINDER: DTD.encode()}), "dtd", "DTD"),
    Tried(7, "XXE", lambda: with_parts(sound(), {KINDER: XXE.encode()}), "dtd", "DTD"),
    Tried(
        8,
        "path traversal",
        lambda: zipped({**parts(sound()), "../../boese.xml": b"x"}),
        "unsafe-parts",
        "unzulässige Pfade",
    ),
    Tried(
        8, "absolute path", lambda: zipped({**parts(sound()), "/etc/boese": b"x"}), "unsafe-parts", "unzulässige Pfade"
    ),
    Tried(8, "duplicate names", duplicate_members, "unsafe-parts", "gleichem Namen"),
    Tried(
        9,
        "far corner",
        lambda: sheet_with(rows='<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        "beyond-grid",
        "XFD1048576",
    ),
    Tried(10, "dimension lies", dimension_lies, "", "", blocked=False),
    Tried(11, "formatted to the end", formatted_to_the_end, "", "", blocked=False),
    Tried(
        12,
        "merge over everything",
        lambda: sheet_with(after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
        "merge-too-large",
        "A1:XFD1048576",
    ),
    Tried(12, "50,000 sheets", many_sheets, "too-many-sheets", "50004 Blätter; erlaubt sind 500"),
    Tried(
        12,
        "100,000 members",
        lambda: zipped({f"xl/{n}": "" for n in range(100_000)}),
        "too-many-parts",
        "100000 Teilen",
    ),
    Tried(
        12,
        "3,000 members",
        lambda: zipped({**parts(sound()), **{f"xl/media/{n}": "" for n in range(3000)}}),
        "too-many-parts",
        "erlaubt sind 2000",
    ),
    Tried(
        13,
        "external links",
        lambda: with_parts(sound(), {"xl/externalLinks/externalLink1.xml": b"<externalLink/>"}),
        "external-links",
        "nichts davon wurde abgerufen",
        blocked=False,
    ),
    Tried(
        13,
        "WEBSERVICE",
        lambda: with_formula('WEBSERVICE("http://x.example")'),
        "external-links",
        "gespeicherten Werte",
        blocked=False,
    ),
    Tried(13, "DDE", lambda: with_formula("cmd|' /C calc'!A0"), "external-links", "gespeicherten Werte", blocked=False),
    Tried(
        14,
        "relation to another host",
        lambda: relation_to('TargetMode="External" Target="http://x.example/s.xml"'),
        "sheet-missing",
        "„kinder“",
    ),
    Tried(14, "relation outside", lambda: relation_to('Target="../../../etc/passwd"'), "sheet-missing", "„kinder“"),
    Tried(
        15,
        "macros",
        lambda: with_parts(sound(), {"xl/vbaProject.bin": b"x"}),
        "macros",
        "ohne Makros",
        name="Lieferung.xlsm",
    ),
    Tried(16, "Strict OOXML", strict, "", "", blocked=False),
    Tried(17, "chart sheet first", case("chart_sheet_first"), "chart-sheet", "Diagramm", blocked=False),
    Tried(17, "template sheet missing", case("sheet_deleted"), "missing-sheet", "„kinder“"),
    Tried(17, "extra sheet", case("extra_sheet"), "ignored-sheet", "„Notizen“", blocked=False),
    Tried(18, "hidden parts", case("hidden_rows_and_columns"), "hidden-input", "trotzdem gelesen", blocked=False),
    Tried(19, "value under a merge", case("value_under_a_merge"), "under-merge", "B11"),
    Tried(20, "formula without value", case("formula_without_result"), "not-a-number", "in Excel öffnen und speichern"),
    Tried(21, "error cell", case("error_cell"), "not-a-number", "#DIV/0!"),
    Tried(22, "NaN", lambda: with_value("NaN"), "not-a-number", "NaN"),
    Tried(22, "INF", lambda: with_value("INF"), "not-a-number", "INF"),
    Tried(22, "1e400", case("value_beyond_doubles"), "not-a-number", "1e400"),
    Tried(22, "1e308", case("no_number_huge"), "not-a-number", "zu groß"),
    Tried(23, "date in place of a number", case("no_number_date"), "not-a-number", "Datum 01.03.2025"),
    Tried(23, "30 February", case("no_number_text_date"), "not-a-number", "„30.02.2025“ ist keine Zahl"),
    Tried(23, "1904 system", mac_dates, "dates-1904", "1904", blocked=False),
    Tried(24, "English", case("two_readings_english"), "two-readings", "mehrdeutig"),
    Tried(24, "1.234", case("two_readings_dot_group"), "two-readings", "Tausenderpunkt oder Dezimalpunkt"),
    Tried(24, "thin space", case("number_thin_space"), "far-from-last-year", "üblich", blocked=False),
    Tried(25, "NFD and NBSP", decomposed, "", "", blocked=False),
    *(
        Tried(26, name, case(f"no_number_{name}"), "not-a-number", "keine Zahl")
        for name in ("half", "circled", "arabic", "exponent", "underscore", "word")
    ),
    Tried(27, "percent for a count", case("percent_format_for_count"), "percent-for-count", "45,0 %"),
    Tried(28, "sign", case("sign_unknown"), "", "", blocked=False),
    Tried(28, "bullet", case("sign_bullet"), "two-readings", "nicht allgemein festgelegt"),
    *(
        Tried(29, name, case(f"no_number_{name}"), "not-a-number", "ist keine Zahl")
        for name in ("none", "nan", "null", "n_a")
    ),
    Tried(30, "figure twice", case("same_figure_twice"), "duplicate", "B10"),
    Tried(31, "code misspelled", case("code_misspelled"), "edited-map", "Gemeint ist vielleicht „kinder“"),
    Tried(32, "period not begun", case("period_not_begun"), "future-period", "noch nicht begonnen"),
    Tried(32, "wrong department", case("reporter_changed_in_the_map"), "wrong-reporter", "nicht von AWO"),
    Tried(33, "older version", case("older_version"), "old-template", "Version 0"),
    Tried(33, "sheets reordered", case("sheets_reordered"), "", "", blocked=False),
    Tried(33, "head renamed", case("head_renamed"), "changed-label", "„Kinder unter 6“"),
    Tried(33, "rows moved", case("row_inserted"), "changed-label", "„Ausländische“"),
    Tried(34, "nothing filled", case("nothing_filled"), "missing", "fehlt"),
    Tried(35, "32,767 characters", case("flag_far_too_long"), "unknown-remark", "…"),
    Tried(36, "formula as text", case("flag_formula_text"), "unknown-remark", "＝1+1"),
    Tried(37, "HTML", case("no_number_html"), "not-a-number", "<script>"),
    Tried(
        37,
        "Markdown image",
        lambda: with_cells(sound(), {"kinder!B8": "![x](http://x.example/x.png)"}),
        "not-a-number",
        "![x](http://x.example/x.png)",
    ),
    Tried(38, "SQL", case("no_number_sql"), "not-a-number", "drop table"),
    Tried(38, "RTL override", case("no_number_rtl_override"), "not-a-number", "�"),
    Tried(38, "combining flood", case("no_number_combining_flood"), "not-a-number", "keine Zahl"),
    Tried(39, "negative count", case("number_negative"), "below-minimum", "kleiner als 0"),
    Tried(
        39,
        "numerator above denominator",
        case("numerator_above_denominator"),
        "above-whole",
        "über 100 %",
        blocked=False,
    ),
    Tried(
        40,
        "far from last year",
        case("far_from_last_year"),
        "far-from-last-year",
        "nennen Sie den Grund",
        blocked=False,
    ),
    Tried(41, "same file again", lambda: filled_template(load(SMALL_CITY), 2024), "already-delivered", "am 20.01.2025"),
    Tried(
        45,
        "more than 10 MB",
        lambda: with_parts(sound(), {"xl/media/bild.png": os.urandom(11 << 20)}),
        "too-large",
        "10,0 MB",
    ),
    Tried(
        46, "name of a file", case("no_number_word"), "not-a-number", "keine Zahl", name="../../x<script>alert(1)<.xlsx"
    ),
)
