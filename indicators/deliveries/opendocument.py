"""LibreOffice's .ods as the same raw workbook that `reader` makes of .xlsx.

OpenDocument stores the value and what the sheet's reader saw; where the two say different things (a sign
in place of a number, brackets, thousands), a number format is made that says the same.
"""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import Any

from indicators.deliveries.gate import damaged, rejected
from indicators.deliveries.sheetxml import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, column_letters
from indicators.deliveries.xmlparts import parse

Raw = dict[str, Any]


@dataclass
class _Sheet:
    name: str
    style: str
    cells: list[list[Any]] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    covered: list[tuple[int, int]] = field(default_factory=list)  # filled cells under a merge


class _Pass:
    """The handlers' state during one pass over content.xml."""

    def __init__(self) -> None:
        self.sheets: list[_Sheet] = []
        self.hidden_styles: set[str] = set()
        self.strings: dict[str, int] = {}
        self.formats: dict[str, int] = {"General": 0}
        self.row = self.column = self.columns = self.count = 0
        self.row_attributes: dict[str, str] = {}
        self.cell: dict[str, str] | None = None
        self.paragraphs: list[str] = []
        self.style_name = ""
        self.skipping = 0  # inside a comment

    def start(self, name: str, attributes: dict[str, str]) -> None:
        plain = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        if "calcext:value-type" in attributes:
            plain["calculated-type"] = attributes["calcext:value-type"]
            plain["value-type"] = attributes.get("office:value-type", plain["value-type"])
        if name == "table":
            self.sheets.append(_Sheet(plain.get("name", ""), plain.get("style-name", "")))
            self.row = self.columns = 0
        elif name == "table-column":
            self._column(plain)
        elif name == "table-row":
            self.row += 1
            self.column = 0
            self.row_attributes = plain
        elif name in ("table-cell", "covered-table-cell"):
            self.column += 1
            self.cell, self.paragraphs = plain, []
        elif name == "annotation":
            self.skipping += 1
        elif name == "p" and self.cell is not None and not self.skipping:
            self.paragraphs.append("")
        elif name == "s" and self.paragraphs and not self.skipping:
            self.paragraphs[-1] += " " * _count(plain, "c")
        elif name in ("line-break", "tab") and self.paragraphs and not self.skipping:
            self.paragraphs[-1] += "\n" if name == "line-break" else " "
        elif name == "style":
            self.style_name = plain.get("name", "")
        elif name == "table-properties" and plain.get("display") == "false":
            self.hidden_styles.add(self.style_name)

    def end(self, name: str) -> None:
        if name in ("table-cell", "covered-table-cell"):
            self._close_cell(covered=name == "covered-table-cell")
        elif name == "table-row":
            repeated = _count(self.row_attributes, "number-rows-repeated")
            if self.row_attributes.get("visibility") in ("collapse", "filter") and repeated < 1000:
                self.sheets[-1].hidden_rows += range(self.row, self.row + repeated)
            if repeated > 1 and self.row <= MAX_ROWS:
                self._repeat_row(repeated)
            self.row += repeated - 1
        elif name == "annotation":
            self.skipping -= 1

    def text(self, data: str) -> None:
        if self.cell is not None and self.paragraphs and not self.skipping:
            self.paragraphs[-1] += data

    def _column(self, attributes: dict[str, str]) -> None:
        repeated = _count(attributes, "number-columns-repeated")
        if attributes.get("visibility") in ("collapse", "filter"):
            last = min(self.columns + repeated, MAX_COLUMNS)
            self.sheets[-1].hidden_columns.append((self.columns + 1, last))
        self.columns += repeated

    def _close_cell(self, covered: bool) -> None:
        cell, self.cell = self.cell or {}, None
        repeated = _count(cell, "number-columns-repeated")
        text = "\n".join(self.paragraphs)
        if cell.get("value-type") or text or cell.get("formula"):
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
        self.count += 1
        if self.count > MAX_CELLS:
            raise rejected("too-many-cells", f"Die Arbeitsmappe hat mehr als {MAX_CELLS} gefüllte Zellen.")
        kind, value, shown_as = _value(cell, text)
        if kind == "s":
            value = self.strings.setdefault(value, len(self.strings))
        style = self.formats.setdefault(shown_as, len(self.formats))
        sheet.cells.append([self.row, column, kind, value, style, int("formula" in cell)])

    def _repeat_row(self, repeated: int) -> None:
        """Rows that say the same are stored once."""
        sheet = self.sheets[-1]
        again = [cell for cell in sheet.cells if cell[0] == self.row] if sheet.cells else []
        self.count += len(again) * (repeated - 1)
        if self.count > MAX_CELLS:
            raise rejected("too-many-cells", f"Die Arbeitsmappe hat mehr als {MAX_CELLS} gefüllte Zellen.")
        for further in range(1, repeated if again else 1):
            sheet.cells += [[cell[0] + further, *cell[1:]] for cell in again]


def _count(attributes: dict[str, str], name: str) -> int:
    number = attributes.get(name, "1")
    return int(number) if number.isdigit() else 1


def _value(cell: dict[str, str], text: str) -> tuple[str, Any, str]:
    """Kind, value and number format, as `reader` has them."""
    if cell.get("calculated-type") == "error" or re.fullmatch(r"#[A-ZÄÖÜ/0?!]+|Err:\d+", text.strip()):
        return "e", text.strip() or "#FEHLER", "General"
    match cell.get("value-type", ""):
        case "float" | "currency" | "percentage":
            number = float(cell.get("value", "nan"))
            if number != number or abs(number) == float("inf"):
                return "e", f"#ZAHL? {text[:40]}", "General"
            percent = cell["value-type"] == "percentage"
            return "n", number, "0.0%" if percent else _shown_as(number, text.strip())
        case "date":
            day = cell.get("date-value", "").removesuffix("T00:00:00")
            return "d", day, "dd.mm.yyyy" if re.search(r"\d\.\d|\d{4}-", text) else "mmm yyyy"
        case "boolean":
            return "b", int(cell.get("boolean-value") == "true"), "General"
    if "formula" in cell and not text and not cell.get("value-type"):
        return "u", 0, "General"
    return "s", text, "General"


def _shown_as(number: float, text: str) -> str:
    """A number format for what the sheet shows: a text, brackets, thousands, or plainly the number."""
    bare = re.sub(r"[^\d.,\-−]", "", text).replace("−", "-")
    readings = [bare.replace(".", "").replace(",", "."), bare.replace(",", "")]  # German and English offices
    seen = [float(reading) for reading in readings if re.fullmatch(r"-?\d+\.?\d*", reading)]
    if not seen:
        return f'"{text}";"{text}";"{text}"' if text and '"' not in text else "General"
    exact = any(abs(value - abs(number)) <= 1 for value in map(abs, seen))
    thousands = not exact and any(value and 900 < abs(number / value) < 1100 for value in seen)
    scale = "," if thousands else ""
    if re.fullmatch(r"\(\s*[\d., ]+\)", text):
        return rf"\(0.0{scale}\);\(0.0{scale}\)"
    return f"0.0{scale}" if thousands else "General"


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
    passing = _Pass()
    with archive.open("content.xml") as stream:
        parse(stream, passing.start, passing.end, passing.text)
    return {
        "strings": [[text, ()] for text in passing.strings],
        "styles": [{"format": shown_as} for shown_as in passing.formats],
        "sheets": [_sheet(sheet, passing.hidden_styles) for sheet in passing.sheets],
        "names": {},
        "properties": _properties(archive) if "meta.xml" in members else {},
        "macros": any(name.startswith("Basic/") for name in members),
        "links": False,
        "uses_1904": False,
    }


def _sheet(sheet: _Sheet, hidden_styles: set[str]) -> Raw:
    last = max((cell[0] for cell in sheet.cells), default=0)
    return {
        "name": sheet.name,
        "state": "hidden" if sheet.style in hidden_styles else "visible",
        "cells": sheet.cells,
        "merges": sheet.merges,
        "covered": sheet.covered,
        "hidden_rows": [row for row in sheet.hidden_rows if row <= last],
        "hidden_columns": sheet.hidden_columns,
        "fetches": False,
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
