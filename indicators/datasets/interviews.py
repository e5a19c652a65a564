"""First interviews (Erstgespräche): the office speaks with each unit about its measures; what was found, what changes.

One entry is one talk with one unit on one day. Partners are named by their function, never by name.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from indicators import german
from indicators.catalogue import Catalogue
from indicators.datasets.listed.entries import Entry
from indicators.datasets.listed.fields import CodesOf, Field, FieldKind
from indicators.datasets.listed.standing import Standing
from indicators.datasets.named_measures import Names
from indicators.datasets.reading import Reading
from indicators.datasets.rules import Context
from indicators.model import Finding, Severity
from indicators.store import Store

LONG, DATE, CODES = FieldKind.LONG_TEXT, FieldKind.DATE, FieldKind.CODES

FIELDS = (
    Field("day", "Tag des Gesprächs", DATE, True,
          known_as=("Gespräch am", "Gesprächstermin", "Datum des Gesprächs", "Datum", "Termin", "Erstgespräch am")),
    Field("partners", "Gesprächspartner (Funktion)", known_as=("Gesprächspartner", "Beteiligte (Funktion)")),
    Field("field", "Handlungsfelder", CODES, of=CodesOf.FIELD, known_as=("Handlungsfeld", "Themen")),
    Field("measures", "Besprochene Maßnahmen", LONG, known_as=("Maßnahmen", "Besprochen")),
    Field("found", "Was festgestellt wurde", LONG,
          known_as=("Festgestellt", "Feststellung", "Feststellungen", "Ergebnis des Gesprächs", "Sachstand")),
    Field("changes", "Was sich ändert", LONG, known_as=("Änderungen", "Änderung", "Änderungsbedarf", "Anpassungen")),
    Field("next_steps", "Nächste Schritte", LONG, known_as=("weiteres Vorgehen", "Vereinbart")),
    Field("until", "bis wann", DATE, ends=True, known_as=("bis", "Frist", "Erledigen bis")),
)  # fmt: skip


@dataclass(frozen=True)
class Interviews(Standing):
    """Each unit has talks of its own: its code stands before the day. What was said is the office's to write down."""

    moves: ClassVar[bool] = False

    def name_for(self, reporter: str, name: str) -> str:
        """„SOZ · Gespräch vom 14.11.2026“, however the day was written."""
        word, _, day = name.rpartition(" ")
        with suppress(ValueError):  # it was typed as a day already
            name = f"{word} {german.day(date.fromisoformat(day))}"
        return f"{reporter} · {name}" if name else ""

    def order(self, name: str) -> tuple[object, ...]:
        """Of a unit by day."""
        around, _, day = name.rpartition(" ")
        try:
            return around, german.parse_day(day)
        except german.DayError:
            return around, date.max

    def checked(self, store: Store, catalogue: Catalogue, reading: Reading, today: date) -> Reading:
        """Measures are named as they are known here, however they were typed."""
        stood, known = self.states(store, only=[row.key.subject for row in reading.rows]), Names(store)
        rows, findings = [], []
        for row in reading.rows:
            values = dict(row.content)
            if "measures" in values:
                before = (dict(one.content or ()).get("measures", "") for one in stood.get(row.key.subject, ()))
                values["measures"], unknown = known.several(row, str(values["measures"]), map(str, before))
                findings += unknown
            rows.append(replace(row, content=tuple(values.items())))
        return super().checked(store, catalogue, replace(reading, rows=tuple(rows)), today).with_findings(findings)

    def check(self, rows: Sequence[Entry], context: Context) -> tuple[Finding, ...]:
        own = (found for row in rows for found in _contradictions(row, context.today))
        return (*super().check(rows, context), *own)


def _contradictions(row: Entry, today: date) -> Iterator[Finding]:
    values = {code: str(value) for code, value in row.content}
    ahead = values.get("day", "") > today.isoformat()
    if ahead and ("found" in values or "changes" in values):
        message = f"„{row.key.name}“: Das Gespräch war noch nicht und hat kein Ergebnis."
        yield Finding("not-yet", Severity.ERROR, message, "Bitte Tag und Ergebnis prüfen.", row.place)
    if values.get("until", "9") < values.get("day", ""):
        message = f"„{row.key.name}“: „bis wann“ liegt vor dem Gespräch."
        yield Finding("until-before", Severity.ERROR, message, "Bitte beide Tage prüfen.", row.place)


INTERVIEWS = Interviews(
    "interviews",
    "Erstgespräche",
    FIELDS,
    named_by=("day",),
    counted_as="Gespräch vom",
)
