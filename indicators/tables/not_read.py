"""Numbers that no table holds, as findings: told on the page and on the command line alike."""

from collections.abc import Collection, Iterator

from indicators.model import Finding, Place, Severity
from indicators.tables.crosstab import Table, unread
from indicators.workbooks.workbook import Sheet

CHECK_SHEET = "Bitte das Blatt ansehen; wenn die Zahlen nicht gebraucht werden, das als Grund nennen."


def beside(table: Table) -> Iterator[Finding]:
    """Numbers within the table that it does not hold need a reason; those above, below and beside it are told."""
    box = table.box
    for area in table.unread:
        inside = area.top <= box.bottom and box.top <= area.bottom
        said = area.reference if area.top < area.bottom else area.reference.partition(":")[0]
        message = f"{said} auf Blatt „{table.sheet}“ wurde nicht gelesen: Die Zahl gehört zu keiner Tabelle."
        severity = Severity.WARNING if inside else Severity.HINT
        yield Finding("unread-cells", severity, message, CHECK_SHEET, Place(table.sheet, said))


def without_table(sheets: Collection[Sheet], known: Collection[str]) -> Iterator[Finding]:
    """Sheets with numbers of which no table was recognised; those of the `known` ones were."""
    for sheet in sheets:
        numbers = sorted(unread.numbers_on(sheet)) if sheet.name not in known else []
        if numbers:
            first = sheet.cells[numbers[0]].address
            count = "eine Zahl" if len(numbers) == 1 else f"{len(numbers)} Zahlen"
            message = f"Auf Blatt „{sheet.name}“ ist keine Tabelle zu erkennen; nicht gelesen: {count} ab {first}."
            yield Finding("unread-sheet", Severity.WARNING, message, CHECK_SHEET, Place(sheet.name, first))
