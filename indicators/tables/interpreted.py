"""A workbook with the tables that are in it. Both are worked out in the child process, within its limits.

The server never interprets a stranger's sheet: one that is too large or too slow ends its child, not the server.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from indicators.tables.crosstab import Area, Table
from indicators.tables.crosstab.corrected import tabulate_corrected
from indicators.tables.table_json import area_of, area_to_json, from_json, to_json
from indicators.templates.hidden_map import is_template
from indicators.workbooks import limits
from indicators.workbooks.gate import WorkbookRejected, inspect, rejected
from indicators.workbooks.numbers import Convention
from indicators.workbooks.workbook import Sheet, Workbook, answered, ask_child, built, unsafe


@dataclass(frozen=True)
class Wanted:
    """Which sheet (None: all), in whose signs, and with which ranges marked by hand, by sheet."""

    sheet: str | None = None
    convention: Convention = Convention.CLASSIC
    corrections: Mapping[str, tuple[Area, ...]] = field(default_factory=dict)

    def sheets(self, workbook: Workbook) -> list[tuple[int, Sheet]]:
        """Those to interpret, with their numbers; a template has none."""
        if is_template(workbook):
            return []
        named = workbook.sheet(self.sheet) if self.sheet is not None else None
        return [
            (number, sheet)
            for number, sheet in enumerate(workbook.sheets)
            if sheet.cells and (self.sheet is None or sheet is named)
        ]

    def tables(self, sheet: Sheet) -> tuple[Table, ...]:
        return tabulate_corrected(sheet, self.corrections.get(sheet.name, ()), self.convention)

    @property
    def as_json(self) -> str:
        marked = {name: [area_to_json(area) for area in areas] for name, areas in self.corrections.items()}
        return json.dumps({"sheet": self.sheet, "convention": self.convention.value, "corrections": marked})

    @classmethod
    def of_json(cls, text: str) -> "Wanted":
        raw = json.loads(text)
        marked = {name: tuple(map(area_of, areas)) for name, areas in raw["corrections"].items()}
        return cls(raw["sheet"], Convention(raw["convention"]), marked)


@dataclass(frozen=True)
class Interpreted:
    """`tables` by the number of their sheet; sheets without one have an empty entry."""

    workbook: Workbook
    by_sheet: Mapping[int, tuple[Table, ...]]

    @property
    def tables(self) -> tuple[Table, ...]:
        return tuple(table for number in sorted(self.by_sheet) for table in self.by_sheet[number])


def read_interpreted(content: bytes, name: str, wanted: Wanted | None = None) -> Interpreted:
    """Raises WorkbookRejected for what is no workbook, and for sheets that are too large or slow to interpret."""
    asked = wanted or Wanted()
    lines = answered(ask_child(content, inspect(content), asked.as_json, program="indicators.tables.child"))
    workbook = built(name, lines[0], next((line for line in lines[1:] if "sheet" not in line), None), content)
    return Interpreted(workbook, _tables(workbook, lines[1:], asked))


def _tables(workbook: Workbook, lines: list[dict[str, Any]], wanted: Wanted) -> dict[int, tuple[Table, ...]]:
    """As the child wrote them, each sheet once it was done; where it died, the first sheet without is the reason."""
    try:
        found = {line["sheet"]: from_json(line["tables"]) for line in lines if "tables" in line}
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise unsafe() from error
    for number, sheet in wanted.sheets(workbook):
        if number not in found:
            raise _too_large(sheet)
    return found


def _too_large(sheet: Sheet) -> WorkbookRejected:
    return rejected(
        "tables-too-large",
        f"Die Tabellen auf dem Blatt „{sheet.name}“ ({sheet.valued} gefüllte Zellen bis Zeile {sheet.last_row}) sind "
        f"zu groß: Ihre Auswertung braucht mehr als {limits.SECONDS} Sekunden oder 1 GB Speicher.",
        "Nur die Tabelle, die geliefert werden soll, in eine neue Arbeitsmappe kopieren oder auf mehrere aufteilen.",
    )


def interpret(raw: dict[str, Any], wanted: Wanted) -> Any:
    """In the child: the tables of one sheet after the other, as they get done."""
    workbook = built("", raw, None)
    for number, sheet in wanted.sheets(workbook):
        yield {"sheet": number, "tables": to_json(wanted.tables(sheet))}
