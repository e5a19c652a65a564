"""LibreOffice's .ods as the same raw workbook that `reader` makes of .xlsx.

Sheets that LibreOffice keeps as copies of other files, comments, drawings and recorded changes are left out.
"""

import io
import re
import zipfile
import zlib
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import Any

from indicators.workbooks.cells import Style
from indicators.workbooks.gate import damaged, rejected
from indicators.workbooks.opendocument_looks import Looks
from indicators.workbooks.opendocument_values import value_of
from indicators.workbooks.sheetxml import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, column_letters
from indicators.workbooks.xmlparts import parse

Raw = dict[str, Any]
Spans = tuple[tuple[int, int], ...]

CELLS = ("table-cell", "covered-table-cell")
ASIDE = {  # texts that stand over or behind the cells: comments, drawings, earlier versions, other programs' data
    "annotation", "frame", "custom-shape", "rect", "ellipse", "circle", "line", "polyline", "polygon", "path",
    "caption", "regular-polygon", "connector", "measure", "control", "g", "shapes", "dde-links", "tracked-changes",
}  # fmt: skip
LONGEST_BLANK = 1000
_FETCHING = re.compile(r"'file:|\b(?:WEBSERVICE|DDE)\(")


@dataclass
class _Sheet:
    name: str
    style: str
    cells: list[list[Any]] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    covered: list[tuple[int, int]] = field(default_factory=list)  # filled cells under a merge
    looks: list[tuple[int, str]] = field(default_factory=list)  # last column and style of each stretch of columns
    fetches: bool = False
    is_copy: bool = False  # what LibreOffice keeps of another file, as a sheet that no one sees


class _Pass:
    """The handlers' state during one pass over content.xml."""

    def __init__(self, looks: Looks) -> None:
        self.looks = looks
        self.sheets: list[_Sheet] = []
        self.strings: dict[tuple[str, Spans], int] = {}
        self.styles: dict[Style, int] = {Style(): 0}
        self.names: dict[str, str] = {}
        self.row = self.column = self.columns = self.count = 0
        self.row_attributes: dict[str, str] = {}
        self.cell: dict[str, str] | None = None
        self.paragraphs: list[str] = []
        self.spans: list[tuple[int, int]] = []
        self.open_spans: list[tuple[int, bool]] = []
        self.inside = False  # of a sheet
        self.aside = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in ASIDE:
            self.aside += 1
        if self.aside:
            return
        self.looks.start(name, attributes)
        plain = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        if "calcext:value-type" in attributes:
            plain["calculated-type"] = attributes["calcext:value-type"]
            plain["value-type"] = attributes.get("office:value-type", plain["value-type"])
        if name == "table":
            called = plain.get("name", "")
            copy = called.startswith("'") and "'#" in called
            self.sheets.append(_Sheet(called, plain.get("style-name", ""), is_copy=copy))
            self.row = self.columns = 0
            self.inside = True
        elif name == "table-column":
            self._column(plain)
        elif name == "table-row":
            self.row += 1
            self.column = 0
            self.row_attributes = plain
        elif name in CELLS:
            self.column += 1
            self.cell, self.paragraphs, self.spans, self.open_spans = plain, [], [], []
        elif name in ("table-source", "cell-range-source") and self.inside:
            self.sheets[-1].fetches = True
        elif name == "named-range" and not self.inside:
            self._name(plain)
        elif self.cell is not None:
            self._start_text(name, plain)

    def _start_text(self, name: str, attributes: dict[str, str]) -> None:
        if name == "p":
            self.paragraphs.append("")
        elif not self.paragraphs:
            return
        elif name == "s":
            self.paragraphs[-1] += " " * min(_count(attributes, "c"), LONGEST_BLANK)
        elif name in ("line-break", "tab"):
            self.paragraphs[-1] += "\n" if name == "line-break" else " "
        elif name == "span":
            self.open_spans.append((self._length(), self.looks.raises(attributes.get("style-name", ""))))

    def _length(self) -> int:
        return len("\n".join(self.paragraphs))

    def end(self, name: str) -> None:
        if name in ASIDE:
            self.aside -= 1
        elif self.aside:
            return
        elif name in CELLS:
            self._close_cell(covered=name == "covered-table-cell")
        elif name == "span" and self.open_spans:
            first, raised = self.open_spans.pop()
            if raised and first < self._length():
                self.spans.append((first, self._length()))
        elif name == "table-row":
            self._close_row()
        elif name == "table":
            self.inside = False
        self.looks.end(name)

    def text(self, data: str) -> None:
        if self.cell is not None and self.paragraphs and not self.aside:
            self.paragraphs[-1] += data

    def _column(self, attributes: dict[str, str]) -> None:
        repeated = _count(attributes, "number-columns-repeated")
        if attributes.get("visibility") in ("collapse", "filter"):
            last = min(self.columns + repeated, MAX_COLUMNS)
            self.sheets[-1].hidden_columns.append((self.columns + 1, last))
        self.columns += repeated
        self.sheets[-1].looks.append((self.columns, attributes.get("default-cell-style-name", "")))

    def _name(self, attributes: dict[str, str]) -> None:
        """Names of single cells, written as Excel does."""
        found = re.fullmatch(r"\$?('(?:[^']|'')+'|[^.']+)\.(\$[A-Z]+\$\d+)", attributes.get("cell-range-address", ""))
        if found:
            self.names[attributes.get("name", "")] = f"{found[1]}!{found[2]}"

    def _close_row(self) -> None:
        repeated = _count(self.row_attributes, "number-rows-repeated")
        if self.row_attributes.get("visibility") in ("collapse", "filter") and repeated < 1000:
            self.sheets[-1].hidden_rows += range(self.row, self.row + repeated)
        if repeated > 1 and self.row <= MAX_ROWS:
            self._repeat_row(repeated)
        self.row += repeated - 1

    def _close_cell(self, covered: bool) -> None:
        cell, self.cell = self.cell or {}, None
        repeated = _count(cell, "number-columns-repeated")
        text = "\n".join(self.paragraphs) if self.paragraphs else cell.get("string-value", "")
        if (cell.get("value-type") or text or cell.get("formula")) and not self.sheets[-1].is_copy:
            for column in range(self.column, min(self.column + repeated, MAX_COLUMNS + 2)):
                self._keep(column, cell, text)
                if covered and text:
                    self.sheets[-1].covered.append((self.row, column))
        rows, columns = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
        if rows * columns > 1:
            self.sheets[-1].merges.append((self.row, self.column, self.row + rows - 1, self.column + columns - 1))
        self.column += repeated - 1

    def _keep(self, column: int, cell: dict[str, str], text: str) -> None:
        sheet = self.sheets[-1]
        if self.row > MAX_ROWS or column > MAX_COLUMNS:
            raise rejected(
                "beyond-grid",
                f"Blatt „{sheet.name}“ hat einen Wert in Zelle {column_letters(column)}{self.row}; gelesen werden "
                f"Tabellen bis {MAX_ROWS} Zeilen und {MAX_COLUMNS} Spalten.",
            )
        self._counted(1)
        formula = cell.get("formula", "")
        sheet.fetches |= bool(_FETCHING.search(formula))
        kind, value, shown_as = value_of(cell, text)
        if kind == "s":
            value = self.strings.setdefault((value, tuple(self.spans)), len(self.strings))
        named = cell.get("style-name") or self.row_attributes.get("default-cell-style-name") or self._of_column(column)
        style = self.looks.style(named, shown_as)
        number = self.styles.setdefault(style, len(self.styles))
        sheet.cells.append([self.row, column, kind, value, number, int("formula" in cell)])

    def _of_column(self, column: int) -> str:
        looks = self.sheets[-1].looks
        at = bisect_left(looks, (column, ""))
        return looks[at][1] if at < len(looks) else ""

    def _counted(self, more: int) -> None:
        self.count += more
        if self.count > MAX_CELLS:
            raise rejected("too-many-cells", f"Die Arbeitsmappe hat mehr als {MAX_CELLS} gefüllte Zellen.")

    def _repeat_row(self, repeated: int) -> None:
        """Rows that say the same are stored once."""
        sheet = self.sheets[-1]
        again = [cell for cell in sheet.cells if cell[0] == self.row] if sheet.cells else []
        self._counted(len(again) * (repeated - 1))
        for further in range(1, repeated if again else 1):
            sheet.cells += [[cell[0] + further, *cell[1:]] for cell in again]


def _count(attributes: dict[str, str], name: str) -> int:
    number = attributes.get(name, "1")
    return int(number) if number.isdigit() else 1


def read(content: bytes) -> Raw:
    """Raises WorkbookRejected for damaged and protected files and beyond the limits."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _read(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, OSError) as error:
        raise damaged() from error


def _read(archive: zipfile.ZipFile) -> Raw:
    members = archive.namelist()
    if "META-INF/manifest.xml" in members and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise rejected(
            "password", "Die Arbeitsmappe ist mit einem Kennwort geschützt.", "Den Kennwortschutz entfernen."
        )
    looks = Looks()
    if "styles.xml" in members:
        with archive.open("styles.xml") as stream:
            parse(stream, looks.start, looks.end)
    passing = _Pass(looks)
    with archive.open("content.xml") as stream:
        parse(stream, passing.start, passing.end, passing.text)
    return {
        "strings": [[text, spans] for text, spans in passing.strings],
        "styles": [
            {"format": one.number_format, "indent": one.indent, "bold": one.bold, "struck": one.struck}
            for one in passing.styles
        ],
        "sheets": [_sheet(sheet, looks) for sheet in passing.sheets if not sheet.is_copy],
        "names": passing.names,
        "properties": _properties(archive) if "meta.xml" in members else {},
        "macros": any(name.startswith("Basic/") for name in members),
        "links": any(sheet.is_copy for sheet in passing.sheets),
        "uses_1904": False,
    }


def _sheet(sheet: _Sheet, looks: Looks) -> Raw:
    last = max((cell[0] for cell in sheet.cells), default=0)
    return {
        "name": sheet.name,
        "state": "hidden" if looks.hides(sheet.style) else "visible",
        "cells": sheet.cells,
        "merges": sheet.merges,
        "covered": sheet.covered,
        "hidden_rows": [row for row in sheet.hidden_rows if row <= last],
        "hidden_columns": sheet.hidden_columns,
        "fetches": sheet.fetches,
    }


def _properties(archive: zipfile.ZipFile) -> dict[str, str]:
    """User-defined properties, where our templates keep their id."""
    found: dict[str, str] = {}
    name = ""

    def start(element: str, attributes: dict[str, str]) -> None:
        nonlocal name
        if element == "user-defined":
            name = attributes.get("meta:name", "")
            found[name] = ""

    def end(element: str) -> None:
        nonlocal name
        if element == "user-defined":
            name = ""

    def text(data: str) -> None:
        if name:
            found[name] += data

    with archive.open("meta.xml") as stream:
        parse(stream, start, end, text)
    return found
