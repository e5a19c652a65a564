"""An uploaded workbook, read safely: the gate, then a child process with limits, then plain frozen values.

Every cell that carries something is here with its address, also error cells (`error`), formulas without
a result (`uncalculated`) and cells in hidden rows, columns and sheets; what was hidden, ignored or read
differently by a second reader is told in `findings`.
"""

import json
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from indicators.deliveries.gate import (
    SAVE_AS_XLSX,
    Kind,
    WorkbookRejected,
    inspect,
    rejected,
)
from indicators.deliveries.sheetxml import column_letters, position
from indicators.model import Finding, Place, Severity

__all__ = [
    "Cell", "Merge", "Sheet", "Style", "Workbook", "WorkbookRejected", "column_letters", "position", "read_workbook",
]  # fmt: skip

CHILD_SECONDS = 60
MAX_ANSWER = 200 * 1024 * 1024
_ROOT = Path(__file__).parents[2]

Value = float | str | bool | date | datetime | None


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell looks. `fill` is a colour or pattern, empty for none; `borders` holds letters of t, r, b, l."""

    number_format: str = "General"
    indent: int = 0
    bold: bool = False
    fill: str = ""
    borders: str = ""


PLAIN = Style()


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that carries something. Exactly one of value, error and uncalculated holds.

    `superscripts` are the spans of raised characters in a text: a footnote marker without a bracket.
    """

    row: int
    column: int
    value: Value = None
    style: Style = PLAIN
    error: str = ""
    uncalculated: bool = False
    formula: bool = False
    superscripts: tuple[tuple[int, int], ...] = ()

    @property
    def address(self) -> str:
        return f"{column_letters(self.column)}{self.row}"


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range, all bounds inclusive and counted from 1."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def reference(self) -> str:
        return f"{column_letters(self.left)}{self.top}:{column_letters(self.right)}{self.bottom}"

    def holds(self, row: int, column: int) -> bool:
        return self.top <= row <= self.bottom and self.left <= column <= self.right


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; `cells` by (row, column) from 1. `state` is visible, hidden, veryHidden or chart."""

    name: str
    cells: dict[tuple[int, int], Cell]
    state: str = "visible"
    merges: tuple[Merge, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    def cell(self, address: str) -> Cell | None:
        """`sheet.cell("B7")`; None where nothing stands."""
        at = position(address.upper())
        return self.cells.get(at) if at else None

    @property
    def valued(self) -> int:
        """How many cells carry something."""
        return len(self.cells)

    @property
    def last_row(self) -> int:
        return max((row for row, _ in self.cells), default=0)

    @property
    def last_column(self) -> int:
        return max((column for _, column in self.cells), default=0)


@dataclass(frozen=True, slots=True)
class Workbook:
    """`properties` are the custom document properties, `names` the defined names (name → reference)."""

    name: str
    sheets: tuple[Sheet, ...]
    properties: dict[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    names: dict[str, str] = field(default_factory=dict)
    uses_1904: bool = False
    macros: bool = False
    external_links: bool = False

    def sheet(self, name: str) -> Sheet | None:
        """By its name, blanks at the ends and case aside."""
        wanted = name.strip().casefold()
        return next((sheet for sheet in self.sheets if sheet.name.strip().casefold() == wanted), None)


def read_workbook(content: bytes, name: str) -> Workbook:
    """Raises WorkbookRejected, with a finding, for everything that is not a workbook within the limits."""
    kind = inspect(content)
    if kind is Kind.ODS:
        raise rejected("old-format", "Das Format .ods wird noch nicht gelesen.", SAVE_AS_XLSX, "OpenDocument")
    answer = _ask_child(content, kind)
    try:
        lines = [json.loads(line) for line in answer.splitlines()]
    except ValueError:
        lines = []
    if not lines:
        raise unsafe()
    if "rejected" in lines[0]:
        raise rejected(*lines[0]["rejected"])
    return _workbook(name, lines[0], lines[1] if len(lines) > 1 else None)


def unsafe() -> WorkbookRejected:
    return rejected("not-safely-read", "Die Datei konnte nicht sicher gelesen werden.", SAVE_AS_XLSX)


def _ask_child(content: bytes, kind: Kind) -> bytes:
    """What the child wrote; nothing where it died before its first answer."""
    try:
        done = subprocess.run(
            [sys.executable, "-E", "-m", "indicators.deliveries.reader", kind],
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_ROOT,
            timeout=CHILD_SECONDS,
            check=False,
        )
    except (subprocess.TimeoutExpired, OSError) as error:
        raise unsafe() from error
    if len(done.stdout) > MAX_ANSWER or not done.stdout.endswith(b"\n"):
        raise unsafe()
    return done.stdout


def _workbook(name: str, answer: dict[str, Any], check: dict[str, Any] | None) -> Workbook:
    styles = [_style(style) for style in answer["styles"]]
    strings = [(text, tuple((first, last) for first, last in spans)) for text, spans in answer["strings"]]
    sheets = tuple(_sheet(raw, styles, strings) for raw in answer["sheets"])
    return Workbook(
        name,
        sheets,
        answer["properties"],
        (*_book_findings(answer), *(finding for sheet in sheets for finding in _findings(sheet)), *_differences(check)),
        answer["names"],
        answer["uses_1904"],
        answer["macros"],
        answer["links"],
    )


def _style(raw: dict[str, Any]) -> Style:
    return Style(
        raw.get("format", "General"),
        raw.get("indent", 0),
        raw.get("bold", False),
        raw.get("fill") or "",
        raw.get("borders") or "",
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


def _hint(rule: str, message: str, remedy: str = "", place: Place | None = None, found: str = "") -> Finding:
    return Finding(rule, Severity.HINT, message, remedy, place or Place(), found)


def _book_findings(answer: dict[str, Any]) -> list[Finding]:
    findings = []
    if answer["macros"]:
        findings.append(_hint("macros", "Die Arbeitsmappe enthält Makros; sie wurden nicht ausgeführt."))
    if answer["links"] or any(raw["fetches"] for raw in answer["sheets"]):
        findings.append(
            _hint(
                "external-links",
                "Die Arbeitsmappe verweist auf andere Dateien oder Dienste; nichts davon wurde abgerufen, es gelten "
                "die gespeicherten Werte.",
                "Prüfen, ob die Werte beim letzten Speichern aktuell waren.",
            )
        )
    if answer["uses_1904"]:
        findings.append(_hint("dates-1904", "Die Arbeitsmappe zählt Datumswerte ab 1904; sie wurden so umgerechnet."))
    return findings


def _findings(sheet: Sheet) -> list[Finding]:
    findings = []
    if sheet.state == "chart":
        return [_hint("chart-sheet", "Das Diagrammblatt wurde übergangen.", place=Place(sheet.name))]
    if sheet.state != "visible":
        findings.append(_hint("hidden-sheet", "Das Blatt ist ausgeblendet.", place=Place(sheet.name)))
    findings += _hidden(sheet)
    findings += _marked(
        sheet,
        "error-cells",
        "Fehlerwerte von Excel",
        "Die Formeln in Excel berichtigen.",
        [cell for cell in sheet.cells.values() if cell.error],
    )
    findings += _marked(
        sheet,
        "uncalculated",
        "Formeln ohne berechnetes Ergebnis",
        "Die Arbeitsmappe in Excel öffnen, berechnen lassen und speichern.",
        [cell for cell in sheet.cells.values() if cell.uncalculated],
    )
    return findings


def _hidden(sheet: Sheet) -> list[Finding]:
    rows = sorted({row for row, _ in sheet.cells} & sheet.hidden_rows)
    columns = sorted({column for _, column in sheet.cells} & sheet.hidden_columns)
    findings = []
    if rows:
        shown = ", ".join(map(str, rows[:10])) + (" …" if len(rows) > 10 else "")
        findings.append(
            _hint("hidden-rows", f"{len(rows)} ausgeblendete Zeilen mit Inhalt: {shown}.", place=Place(sheet.name))
        )
    if columns:
        shown = ", ".join(column_letters(column) for column in columns[:10])
        findings.append(_hint("hidden-columns", f"Ausgeblendete Spalten mit Inhalt: {shown}.", place=Place(sheet.name)))
    return findings


def _marked(sheet: Sheet, rule: str, what: str, remedy: str, cells: list[Cell]) -> list[Finding]:
    if not cells:
        return []
    shown = ", ".join(f"{cell.address} {cell.error}".strip() for cell in cells[:10])
    more = " …" if len(cells) > 10 else ""
    place = Place(sheet.name, cells[0].address)
    return [Finding(rule, Severity.HINT, f"{len(cells)} {what}: {shown}{more}.", remedy, place, cells[0].error)]


def _differences(check: dict[str, Any] | None) -> list[Finding]:
    """The second reader's view. That it failed is told too: then no one has checked the first."""
    if check is None or "failed" in check:
        return [_hint("no-cross-check", "Die Gegenprobe mit einem zweiten Leseprogramm war nicht möglich.")]
    findings = []
    for name, difference in check["differences"].items():
        if difference is None:
            findings.append(_hint("no-cross-check", "Das Blatt ist zu groß für die Gegenprobe.", place=Place(name)))
            continue
        ours, theirs, count, addresses = difference
        findings.append(
            Finding(
                "readers-differ",
                Severity.WARNING,
                f"Zwei Leseprogramme sehen {count} Zellen verschieden ({ours} und {theirs} gefüllte Zellen): "
                f"{', '.join(addresses)}.",
                "Diese Zellen mit der Anzeige in Excel vergleichen.",
                Place(name, addresses[0]),
            )
        )
    return findings
