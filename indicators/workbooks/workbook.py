"""An uploaded workbook, read safely: the gate, then a child process with limits, then plain frozen values.

Every cell that carries something is here with its address, also error cells (`error`), formulas without
a result (`uncalculated`) and cells in hidden rows, columns and sheets; what was hidden, ignored or read
differently by a second reader is told in `findings`.
"""

import json
import subprocess
import sys
import threading
from datetime import date, datetime
from pathlib import Path
from typing import Any

from indicators.workbooks import noticed
from indicators.workbooks.cells import PLAIN, Cell, Merge, Sheet, Style, Workbook
from indicators.workbooks.gate import SAVE_AS_XLSX, WorkbookRejected, inspect, rejected
from indicators.workbooks.sheetxml import column_letters, position

__all__ = [
    "Cell", "Merge", "Sheet", "Style", "Workbook", "WorkbookRejected", "column_letters", "position", "read_workbook",
]  # fmt: skip

CHILD_SECONDS = 60
MAX_ANSWER = 200 * 1024 * 1024
AT_ONCE = threading.BoundedSemaphore(2)  # each child may take 1 GiB; further uploads wait their turn
_ROOT = Path(__file__).parents[2]


def read_workbook(content: bytes, name: str) -> Workbook:
    """Raises WorkbookRejected, with a finding, for everything that is not a workbook within the limits."""
    lines = answered(ask_child(content, inspect(content)))
    return built(name, lines[0], lines[1] if len(lines) > 1 else None, content)


def answered(answer: bytes) -> list[dict[str, Any]]:
    """The lines that the child finished, the workbook first. Raises WorkbookRejected where there is no workbook."""
    try:
        lines = [json.loads(line) for line in answer.split(b"\n")[:-1]]
    except ValueError:
        lines = []
    if not lines:
        raise unsafe()
    if "rejected" in lines[0]:
        raise rejected(*lines[0]["rejected"])
    return lines


def unsafe() -> WorkbookRejected:
    return rejected("not-safely-read", "Die Datei konnte nicht sicher gelesen werden.", SAVE_AS_XLSX)


def ask_child(content: bytes, kind: str, *wanted: str, program: str = "indicators.workbooks.reader") -> bytes:
    """What the child wrote before it ended or was stopped; nothing where that was before its first answer."""
    try:
        with AT_ONCE:
            done = subprocess.run(
                [sys.executable, "-E", "-m", program, kind, *wanted],
                input=content,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=_ROOT,
                timeout=CHILD_SECONDS,
                check=False,
            )
            answer = done.stdout
    except subprocess.TimeoutExpired as late:
        answer = late.stdout or b""
    except OSError as error:
        raise unsafe() from error
    if len(answer) > MAX_ANSWER:
        raise unsafe()
    return answer


def built(name: str, answer: dict[str, Any], check: dict[str, Any] | None, content: bytes = b"") -> Workbook:
    """From the child's first line; `check` is what a second reader sees differently."""
    styles = [_style(style) for style in answer["styles"]]
    strings = [(text, tuple((first, last) for first, last in spans)) for text, spans in answer["strings"]]
    sheets = tuple(_sheet(raw, styles, strings) for raw in answer["sheets"])
    of_sheets = (noticed.of_sheet(sheet, raw) for sheet, raw in zip(sheets, answer["sheets"], strict=True))
    return Workbook(
        name,
        sheets,
        answer["properties"],
        (
            *noticed.of_book(answer),
            *(finding for found in of_sheets for finding in found),
            *noticed.of_second_reader(check),
        ),
        answer["names"],
        answer["uses_1904"],
        answer["macros"],
        answer["links"],
        content,
    )


def _style(raw: dict[str, Any]) -> Style:
    return Style(
        raw.get("format", "General"),
        raw.get("indent", 0),
        raw.get("bold", False),
        raw.get("fill") or "",
        raw.get("borders") or "",
        raw.get("struck", False),
    )


def _sheet(raw: dict[str, Any], styles: list[Style], strings: list[tuple[str, Any]]) -> Sheet:
    cells = {}
    for row, column, kind, value, style_index, formula in raw["cells"]:
        style = styles[style_index] if 0 <= style_index < len(styles) else PLAIN
        cells[row, column] = _cell(row, column, kind, value, style, bool(formula), strings)
    return Sheet(
        raw["name"],
        cells,
        raw["state"],
        tuple(Merge(*bounds) for bounds in raw["merges"]),
        frozenset(raw["hidden_rows"]),
        frozenset(column for first, last in raw["hidden_columns"] for column in range(first, last + 1)),
    )


def _cell(
    row: int, column: int, kind: str, value: Any, style: Style, formula: bool, strings: list[tuple[str, Any]]
) -> Cell:
    match kind:
        case "s":
            text, spans = strings[value]
            return Cell(row, column, text, style, formula=formula, superscripts=spans)
        case "b":
            return Cell(row, column, bool(value), style, formula=formula)
        case "d":
            return _day(row, column, value, style, formula)
        case "e":
            return Cell(row, column, None, style, error=value, formula=formula)
        case "u":
            return Cell(row, column, None, style, uncalculated=True, formula=True)
    return Cell(row, column, value, style, formula=formula)


def _day(row: int, column: int, text: str, style: Style, formula: bool) -> Cell:
    try:
        day = datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    except ValueError:
        return Cell(row, column, None, style, error=f"#DATUM? {text[:40]}", formula=formula)
    return Cell(row, column, day, style, formula=formula)
