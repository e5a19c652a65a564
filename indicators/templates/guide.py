"""The first sheet of a template: what to do, the signs, and what each figure means."""

from collections.abc import Sequence

from openpyxl.worksheet.worksheet import Worksheet

from indicators import german
from indicators.catalogue import BaseFigure
from indicators.model import Sign
from indicators.templates import style as style
from indicators.templates.layout import SheetPlan
from indicators.templates.printed_page import page_set_up
from indicators.templates.sheet import REMARKS, Context, when

STEPS = (
    "Füllen Sie auf den folgenden Blättern die gelben Felder aus, die blauen, wenn Sie die Zahl kennen.",
    "Lassen Sie nichts leer, was Sie angeben können: Steht dort keine Zahl, wählen Sie ein Zeichen aus der Liste.",
    "Schreiben Sie Anteile als Prozentzahl ohne Prozentzeichen: 12,5 für 12,5 %.",
    "Eine eingeschränkt verlässliche Zahl erhält den Zusatz ( ); setzen Sie die Zahl selbst nicht in Klammern.",
    "Was man zu einer Zahl wissen muss, steht rechts unter „Bemerkung“: ohne Namen von Personen, ohne kleine Zahlen.",
    "Speichern Sie die Datei als Excel-Arbeitsmappe (.xlsx) und laden Sie sie im Integrationsmonitoring hoch.",
)
SIGNS = (
    (german.sign(Sign.NOTHING), "genau nichts vorhanden"),
    ("0", "weniger als die Hälfte der kleinsten Einheit, aber mehr als nichts"),
    (german.sign(Sign.UNKNOWN), "unbekannt oder geheim zu halten"),
    (german.sign(Sign.LATER), "Angabe folgt später"),
    (german.sign(Sign.UNRELIABLE), "nicht ausgewiesen, weil zu unsicher"),
    (german.sign(Sign.BLOCKED), "nicht sinnvoll"),
)
_COLUMNS = (("A", 16), ("B", 44), ("C", 18), ("D", 26), ("E", 66))
_LAST = "E"


def write_guide(sheet: Worksheet, plans: Sequence[SheetPlan], context: Context) -> None:
    """Fills the sheet „Anleitung“."""
    for letter, width in _COLUMNS:
        sheet.column_dimensions[letter].width = width
    row = _title(sheet, context)
    row = _heading(sheet, row, "So füllen Sie die Mappe aus")
    for number, step in enumerate(STEPS, start=1):
        _line(sheet, row, f"{number}.", step)
        row += 1
    row = _heading(sheet, row + 1, "Zeichen anstelle einer Zahl")
    row = _legend(sheet, row, SIGNS)
    row = _heading(sheet, row + 1, "Zusätze zu einer Zahl")
    row = _legend(sheet, row, tuple(REMARKS.items()))
    row = _heading(sheet, row + 1, "Diese Zahlen werden gebraucht")
    _figures(sheet, row, plans, context)
    page_set_up(sheet, f"Anleitung · {context.period.label}")


def _title(sheet: Worksheet, context: Context) -> int:
    catalogue, period = context.catalogue, context.period
    reporter = catalogue.reporters[context.reporter]
    figures = [figure for figure in catalogue.base_figures_of(context.reporter) if figure.frequency.covers(period)]
    due = min(period.due(figure.due_days) for figure in figures)
    sheet["A1"], sheet["A1"].font = f"Integrationsmonitoring · {catalogue.city.name}", style.TITLE
    sheet.row_dimensions[1].height = 28
    facts = [
        ("Zeitraum", period.label),
        ("Meldende Stelle", f"{reporter.name} ({reporter.code})"),
        ("Bitte liefern bis", german.day(due)),
    ]
    if context.typed:
        facts.append(("Von Hand eingegeben", context.typed))
    if catalogue.city.invented:
        facts.append(("Hinweis", catalogue.city.caution))
    elif catalogue.city.sample:
        facts.append(("Hinweis", "Beispielinstallation. Zuständigkeiten und Zielwerte sind Beispiele."))
    for number, (term, text) in enumerate(facts, start=2):
        _line(sheet, number, term, text)
    return len(facts) + 3


def _heading(sheet: Worksheet, row: int, text: str) -> int:
    sheet.cell(row, 1, text).font = style.HEADING
    sheet.row_dimensions[row].height = 22
    return row + 1


def _line(sheet: Worksheet, row: int, term: str, text: str) -> None:
    style.TERM.on(sheet.cell(row, 1, term))
    style.WORDS.on(sheet.cell(row, 2, text))
    sheet.merged_cells.add(f"B{row}:{_LAST}{row}")  # merge_cells looks at every border, and there are none
    sheet.row_dimensions[row].height = 17


def _legend(sheet: Worksheet, row: int, marks: Sequence[tuple[str, str]]) -> int:
    for mark, meaning in marks:
        _line(sheet, row, mark, meaning)
        style.MARK.on(sheet.cell(row, 1)).data_type = "s"
        row += 1
    return row


def _figures(sheet: Worksheet, row: int, plans: Sequence[SheetPlan], context: Context) -> None:
    for column, head in enumerate(("Blatt", "Zahl", "Einheit", "Bezug", "Was gezählt wird"), start=1):
        style.HEAD.on(sheet.cell(row, column, head))
    for plan in plans:
        for figure in (figure for table in plan.tables for figure in table.figures):
            row += 1
            _figure(sheet, row, plan.title, figure, context)


def _figure(sheet: Worksheet, row: int, family: str, figure: BaseFigure, context: Context) -> None:
    duty = "" if figure.required else " Freiwillige Angabe."
    secret = f" Unter {figure.suppress_below} wird die Zahl nicht veröffentlicht." if figure.suppress_below else ""
    source = f" Quelle: {figure.source}." if figure.source else ""
    text = f"{figure.definition}{source}{duty}{secret}".strip() or "Wie in der Bezeichnung angegeben."
    unit = context.catalogue.unit_of(figure).title
    for column, content in enumerate((family, figure.title, unit, when(figure, context.period), text), start=1):
        style.FACT.on(sheet.cell(row, column, content))
    link = sheet.cell(row, 1)
    link.hyperlink = f"#'{family}'!A1"
    style.FACT_LINK.on(link)
    # Excel does not fit rows of wrapped text by itself when openpyxl writes them
    columns = zip((family, figure.title, unit, when(figure, context.period), text), _COLUMNS, strict=True)
    lines = max(-(-len(content) // int(width * 0.95)) for content, (_, width) in columns)
    sheet.row_dimensions[row].height = 4 + 15 * lines
