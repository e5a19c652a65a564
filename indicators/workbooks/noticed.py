"""What the reader tells of a file beside its cells: hidden, covered, doubled, or seen otherwise by a second reader."""

from collections import Counter
from typing import Any

from indicators import german
from indicators.model import Finding, Place, Severity
from indicators.workbooks.cells import Cell, Sheet
from indicators.workbooks.sheetxml import column_letters


def _hint(rule: str, message: str, remedy: str = "", place: Place | None = None, found: str = "") -> Finding:
    return Finding(rule, Severity.HINT, message, remedy, place or Place(), found)


def of_book(answer: dict[str, Any]) -> list[Finding]:
    findings = []
    if answer["macros"]:
        findings.append(_hint("macros", "Die Arbeitsmappe enthält Makros; sie wurden nicht ausgeführt."))
    uses = any(raw["fetches"] for raw in answer["sheets"])
    if answer["links"] or uses:
        # links that no formula uses are left in many workbooks and say nothing about its values
        findings.append(
            Finding(
                "external-links",
                Severity.WARNING if uses else Severity.HINT,
                "Die Arbeitsmappe verweist auf andere Dateien oder Dienste; nichts davon wurde abgerufen, es gelten "
                "die gespeicherten Werte.",
                "Prüfen, ob die Werte beim letzten Speichern aktuell waren"
                + (", und das als Grund nennen." if uses else "."),
            )
        )
    if answer["uses_1904"]:
        findings.append(_hint("dates-1904", "Die Arbeitsmappe zählt Datumswerte ab 1904; sie wurden so umgerechnet."))
    return findings


def of_sheet(sheet: Sheet, raw: dict[str, Any]) -> list[Finding]:
    """`raw` is the child's answer for this sheet."""
    findings = []
    if sheet.state == "chart":
        return [_hint("chart-sheet", "Das Diagrammblatt wurde übergangen.", place=Place(sheet.name))]
    if sheet.state != "visible":
        findings.append(_hint("hidden-sheet", "Das Blatt ist ausgeblendet.", place=Place(sheet.name)))
    findings += _hidden(sheet)
    findings += _covered(sheet, raw["covered"])
    findings += _doubled(sheet, raw["cells"])
    findings += _marked(
        sheet,
        "error-cells",
        ("Fehlerwert von Excel", "Fehlerwerte von Excel"),
        "Die Formeln in Excel berichtigen.",
        [cell for cell in sheet.cells.values() if cell.error],
    )
    findings += _marked(
        sheet,
        "uncalculated",
        ("Formel ohne berechnetes Ergebnis", "Formeln ohne berechnetes Ergebnis"),
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
        counted = german.counted(len(rows), "ausgeblendete Zeile", "ausgeblendete Zeilen")
        findings.append(_hint("hidden-rows", f"{counted} mit Inhalt: {shown}.", place=Place(sheet.name)))
    if columns:
        shown = ", ".join(column_letters(column) for column in columns[:10])
        findings.append(_hint("hidden-columns", f"Ausgeblendete Spalten mit Inhalt: {shown}.", place=Place(sheet.name)))
    return findings


def _covered(sheet: Sheet, covered: list[list[int]]) -> list[Finding]:
    """Values that no one sees: a merged range shows its first cell only."""
    return _marked(
        sheet,
        "under-merge",
        (
            "Zelle mit Inhalt ist unter verbundenen Zellen verborgen",
            "Zellen mit Inhalt sind unter verbundenen Zellen verborgen",
        ),
        "Den Zellverbund aufheben und prüfen, ob die Werte gelten.",
        [sheet.cells[row, column] for row, column in covered],
    )


def _doubled(sheet: Sheet, cells: list[list[Any]]) -> list[Finding]:
    """The same address twice: programs differ in which of the two they show."""
    if len(cells) == len(sheet.cells):
        return []
    counts = Counter((row, column) for row, column, *_ in cells)
    twice = sorted(at for at, count in counts.items() if count > 1)
    address = sheet.cells[twice[0]].address
    return [
        Finding(
            "doubled-cells",
            Severity.ERROR,
            f"{german.counted(len(twice), 'Zelle steht', 'Zellen stehen')} mehrfach in der Datei, zum Beispiel "
            f"{address}.",
            "Die Datei in Excel öffnen und neu speichern.",
            Place(sheet.name, address),
        )
    ]


def _marked(sheet: Sheet, rule: str, what: tuple[str, str], remedy: str, cells: list[Cell]) -> list[Finding]:
    """One finding of a kind; `what` says it of one cell and of several."""
    if not cells:
        return []
    shown = ", ".join(f"{cell.address} {cell.error}".strip() for cell in cells[:10])
    more = " …" if len(cells) > 10 else ""
    place = Place(sheet.name, cells[0].address)
    return [
        Finding(
            rule, Severity.HINT, f"{german.counted(len(cells), *what)}: {shown}{more}.", remedy, place, cells[0].error
        )
    ]


def of_second_reader(check: dict[str, Any] | None) -> list[Finding]:
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
                f"Zwei Leseprogramme sehen {german.counted(count, 'Zelle', 'Zellen')} verschieden "
                f"({ours} und {theirs} gefüllt): "
                f"{', '.join(addresses)}.",
                "Diese Zellen mit der Anzeige in Excel vergleichen.",
                Place(name, addresses[0]),
            )
        )
    return findings
