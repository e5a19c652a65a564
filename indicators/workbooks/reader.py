"""The child process that opens a workbook: bytes on stdin, JSON on stdout, nothing else touched.

Started by `workbook.ask_child` as `python -m indicators.workbooks.reader xlsx`. The first line is the result. The last,
if the process lives that long, is what calamine sees differently. A program that builds on this one (`tables.child`)
hands in what it makes of the result: its lines stand between the two.
"""

import contextlib
import io
import json
import math
import re
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterable
from typing import Any

from indicators.workbooks import limits, opendocument, package
from indicators.workbooks.gate import Kind, WorkbookRejected, damaged
from indicators.workbooks.numberformat import is_date
from indicators.workbooks.sheetxml import MAX_CELLS, RawCell, RawSheet, as_day, column_letters, read_sheet
from indicators.workbooks.xmlparts import refuse_dtd

Extra = dict[tuple[str, tuple[tuple[int, int], ...]], int]  # inline texts with their raised spans, numbered

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")  # float() takes 1_000 and ١٢ too

CROSS_CHECK_AREA = 4_000_000  # calamine holds the whole rectangle in memory


def main(further: Callable[[dict[str, Any]], Iterable[Any]] = lambda result: ()) -> int:
    limits.apply()
    content = sys.stdin.buffer.read()
    try:
        result = opendocument.read(content) if sys.argv[1] == Kind.ODS else read(content)
    except WorkbookRejected as rejection:
        finding = rejection.finding
        result = {"rejected": [finding.rule, finding.message, finding.remedy, finding.found]}
    _answer(result)
    if "sheets" in result:
        for line in further(result):
            _answer(line)
        _answer(cross_check(content, result))
    return 0


def _answer(result: Any) -> None:
    sys.stdout.buffer.write(json.dumps(result, ensure_ascii=True, allow_nan=False, separators=(",", ":")).encode())
    sys.stdout.buffer.write(b"\n")
    sys.stdout.buffer.flush()


def read(content: bytes) -> dict[str, Any]:
    """The workbook as JSON: strings and styles once, cells as [row, column, kind, value, style, formula]."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _refuse_hidden_dtds(archive)
            return _read(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, UnicodeDecodeError, ValueError, OSError) as error:
        raise damaged() from error


def _refuse_hidden_dtds(archive: zipfile.ZipFile) -> None:
    """Also in the parts that we do not read; those that we do read go through `xmlparts.parse` anyway."""
    for member in archive.infolist():
        if member.filename.endswith((".xml", ".rels", ".vml")):
            with archive.open(member) as stream:
                head = stream.read(2048).replace(b"\x00", b"")
            if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                refuse_dtd()


def _read(archive: zipfile.ZipFile) -> dict[str, Any]:
    part = package.main_part(archive)
    book = package.read_book(archive, part)
    kinds = {kind: member for kind, member, outside in package.relations(archive, part).values() if not outside}
    strings = package.read_strings(archive, kinds.get("sharedStrings", ""))
    styles = package.read_styles(archive, kinds.get("styles", ""))
    dates = [is_date(str(style.get("format", ""))) for style in styles]
    extra: Extra = {}
    budget = MAX_CELLS
    sheets = []
    for listed in book.sheets:
        raw = RawSheet()
        if listed.part:
            with archive.open(listed.part) as stream:
                raw = read_sheet(stream, listed.name, budget)
        budget -= len(raw.cells)
        cells = [_cell(cell, dates, len(strings), extra, book.uses_1904) for cell in raw.cells]
        sheets.append(
            {
                "name": listed.name,
                "state": listed.state if listed.part else "chart",
                "cells": cells,
                "merges": raw.merges,
                "covered": _covered(raw),
                "hidden_rows": raw.hidden_rows,
                "hidden_columns": raw.hidden_columns,
                "fetches": raw.fetches,
            }
        )
    members = archive.namelist()
    return {
        "strings": [[text, spans] for text, spans in strings] + [[text, spans] for text, spans in extra],
        "styles": styles,
        "sheets": sheets,
        "names": book.names,
        "properties": package.read_properties(archive),
        "macros": any(name.endswith("vbaProject.bin") or "macrosheets/" in name.lower() for name in members),
        "links": any("externalLinks/" in name for name in members),
        "uses_1904": book.uses_1904,
    }


def _covered(raw: RawSheet) -> list[tuple[int, int]]:
    """Cells with a value under a merged range, its first cell aside."""
    columns: dict[int, list[int]] = {}
    for cell in raw.cells:
        if cell.text:
            columns.setdefault(cell.row, []).append(cell.column)
    found = set()
    for top, left, bottom, right in raw.merges:
        under = range(top, bottom + 1)
        for row in under if len(under) < len(columns) else [row for row in columns if row in under]:
            found |= {(row, at) for at in columns.get(row, ()) if left <= at <= right and (row, at) != (top, left)}
    return sorted(found)


def _cell(cell: RawCell, dates: list[bool], shared: int, extra: Extra, uses_1904: bool) -> list[Any]:
    """[row, column, kind, value, style, formula]; kinds: n number, s string index, b, d day, e error, u no result."""
    kind, value = _value(cell, dates, shared, extra, uses_1904)
    return [cell.row, cell.column, kind, value, cell.style, int(cell.formula)]


def _value(
    cell: RawCell, dates: list[bool], shared: int, extra: Extra, uses_1904: bool
) -> tuple[str, str | float | int]:
    if not cell.has_value or (cell.formula and cell.text == "" and cell.kind not in ("str", "inlineStr")):
        return "u", 0
    if cell.kind == "s":
        index = int(cell.text) if cell.text.isdigit() else -1
        return ("s", index) if 0 <= index < shared else ("e", "#TEXT?")
    if cell.kind in ("str", "inlineStr"):
        text = package.unescape(cell.text)
        spans = tuple(cell.spans) if text == cell.text else ()
        return "s", shared + extra.setdefault((text, spans), len(extra))
    if cell.kind == "b":
        return "b", int(cell.text.strip() in ("1", "true"))
    if cell.kind == "e":
        return "e", cell.text or "#ERROR"
    if cell.kind == "d":
        return "d", cell.text.strip().removesuffix("Z").removesuffix("T00:00:00")
    if cell.kind != "n":  # a type that OOXML does not know: the value may be anything
        return "e", f"#TYP? {cell.kind[:20]}"
    return _number(cell, dates, uses_1904)


def _number(cell: RawCell, dates: list[bool], uses_1904: bool) -> tuple[str, str | float | int]:
    text = cell.text.strip()
    number = float(text) if _NUMBER.fullmatch(text) else math.nan
    if not math.isfinite(number):
        return "e", f"#ZAHL? {cell.text[:40]}"
    if 0 <= cell.style < len(dates) and dates[cell.style]:
        day = as_day(number, uses_1904)
        if day is not None:
            return "d", day.isoformat()
    return "n", number


def cross_check(content: bytes, result: dict[str, Any]) -> dict[str, Any]:
    """What calamine reads differently: sheet name → [cells we have, cells it has, up to 10 addresses]."""
    from python_calamine import CalamineWorkbook

    try:
        other = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = set(other.sheet_names)
    except Exception as error:
        return {"failed": str(error)[:200]}
    differences: dict[str, Any] = {}
    for sheet in result["sheets"]:
        if sheet["name"] not in names or sheet["state"] == "chart":
            continue
        if _area(sheet["cells"]) > CROSS_CHECK_AREA:
            differences[sheet["name"]] = None
            continue
        with contextlib.suppress(Exception):
            ours = _valued(sheet["cells"], result["strings"])
            theirs = _theirs(other.get_sheet_by_name(sheet["name"]))
            differing = sorted(at for at in ours.keys() | theirs.keys() if not _agree(ours.get(at), theirs.get(at)))
            if differing:
                addresses = [f"{column_letters(column)}{row}" for row, column in differing[:10]]
                differences[sheet["name"]] = [len(ours), len(theirs), len(differing), addresses]
    return {"differences": differences}


def _area(cells: list[list[Any]]) -> int:
    return max((cell[0] for cell in cells), default=0) * max((cell[1] for cell in cells), default=0)


def _valued(cells: list[list[Any]], strings: list[Any]) -> dict[tuple[int, int], Any]:
    """Our cells as calamine would give them; errors and formulas without a result it leaves out."""
    valued = {}
    for row, column, kind, value, _, _ in cells:
        if kind == "s":
            value = strings[value][0]
        if kind in ("n", "s", "b", "d") and value != "":
            valued[row, column] = (kind, value)
    return valued


def _theirs(sheet: Any) -> dict[tuple[int, int], Any]:
    rows = sheet.to_python(skip_empty_area=True)
    top, left = sheet.start or (0, 0)
    return {
        (top + row + 1, left + column + 1): value
        for row, line in enumerate(rows)
        for column, value in enumerate(line)
        if value != "" and value is not None
    }


def _agree(ours: Any, theirs: Any) -> bool:
    """Same presence, and the same number or text; days are compared by presence, the two round differently."""
    if ours is None or theirs is None:
        return False
    kind, value = ours
    if kind == "n" and isinstance(theirs, (int, float)):
        return math.isclose(value, theirs, rel_tol=1e-12)
    if kind == "s" and isinstance(theirs, str):
        return "".join(value.split()) == "".join(theirs.split())
    return True


if __name__ == "__main__":
    sys.exit(main())
