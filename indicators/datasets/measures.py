"""The catalogue of measures (Maßnahmen): what the city does for its goals, and how each of them stands.

The fields are those that the papers and reports of the cities name.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indicators.datasets.listed.entries import Entry
from indicators.datasets.listed.fields import NO, CodesOf, Field, FieldKind
from indicators.datasets.listed.standing import Standing
from indicators.datasets.rules import Context
from indicators.model import Finding, Severity

DONE = ("umgesetzt", "verstetigt", "ständige Aufgabe", "entfallen")
"""The words of what is not late any more, whatever its last day was."""
STATUSES = (
    "Idee",
    "empfohlen",
    "bewertet",
    "vorgeschlagen",
    "beschlossen",
    "in Umsetzung",
    "umgesetzt",
    "verstetigt",
    "fortgesetzt",
    "ständige Aufgabe",
    "zurückgestellt",
    "entfallen",
)
"""No city prints a traffic light: words first."""
LIKELY = (
    ("läuft", "in Umsetzung"),
    ("laufend", "in Umsetzung"),
    ("in Arbeit", "in Umsetzung"),
    ("in Bearbeitung", "in Umsetzung"),
    ("begonnen", "in Umsetzung"),
    ("abgeschlossen", "umgesetzt"),
    ("erledigt", "umgesetzt"),
    ("fertig", "umgesetzt"),
    ("Daueraufgabe", "ständige Aufgabe"),
    ("dauerhaft", "ständige Aufgabe"),
    ("ruht", "zurückgestellt"),
    ("verschoben", "zurückgestellt"),
    ("gestrichen", "entfallen"),
    ("entfällt", "entfallen"),
)
PRIORITIES = ("hoch", "mittel", "niedrig")

TEXT, LONG, NUMBER, MONEY = FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.NUMBER, FieldKind.MONEY
DATE, YES_NO, CHOICE, CODES = FieldKind.DATE, FieldKind.YES_NO, FieldKind.CHOICE, FieldKind.CODES

FIELDS = (
    Field("concept", "Konzept", known_as=("Integrationskonzept", "aus Konzept", "Handlungskonzept")),
    Field("chapter", "Kapitel", known_as=("Abschnitt", "Seite", "Konzept Kapitel")),
    Field("number", "Nr.", known_as=("Nummer", "Lfd. Nr.", "laufende Nummer", "Maßnahmennummer", "Kennung")),
    Field(
        "title",
        "Titel",
        required=True,
        known_as=("Maßnahme", "Bezeichnung", "Bezeichnung der Maßnahme", "Name der Maßnahme", "Projekt"),
    ),
    Field(
        "status",
        "Status",
        CHOICE,
        True,
        words=STATUSES,
        likely=LIKELY,
        reported=True,
        known_as=("Umsetzungsstand", "Stand"),
    ),
    Field("field", "Handlungsfeld", CODES, of=CodesOf.FIELD, known_as=("HF", "Themenfeld")),
    Field("goal", "Ziel", CODES, of=CodesOf.GOAL, known_as=("Leitziel", "Teilziel", "Zielsetzung")),
    Field("approach", "Handlungsansatz", known_as=("Ansatz",)),
    Field("description", "Beschreibung", LONG, known_as=("Inhalt", "Kurzbeschreibung", "Erläuterung")),
    Field("target_group", "Zielgruppe", known_as=("Zielgruppen", "Adressaten")),
    Field("partners", "Kooperation", known_as=("Partner", "Kooperationspartner", "Beteiligte")),
    Field("provider", "Träger", known_as=("Durchführung", "Projektträger")),
    Field("priority", "Priorität", CHOICE, words=PRIORITIES, known_as=("Prio", "Dringlichkeit")),
    Field("start", "Beginn", DATE, known_as=("Start", "von", "Laufzeit von")),
    Field("end", "Ende", DATE, ends=True, known_as=("bis", "Laufzeit bis", "Frist", "Zeitziel")),
    Field("permanent", "dauerhaft", YES_NO, known_as=("Daueraufgabe", "unbefristet")),
    Field("cost_once", "Kosten einmalig", MONEY, known_as=("einmalige Kosten", "Investition")),
    Field("cost_yearly", "Kosten jährlich", MONEY, known_as=("jährliche Kosten", "Kosten pro Jahr", "Kosten")),
    Field("budget_line", "Produktgruppe oder Produkt", known_as=("Haushaltsstelle", "Produkt", "Kostenstelle")),
    Field("grants", "Fördermittel jährlich", MONEY, known_as=("Fördermittel", "Zuschuss", "Drittmittel")),
    Field("grants_from", "Fördermittel von", known_as=("Fördergeber", "Förderprogramm")),
    Field("posts", "Stellen", NUMBER, decimals=2, known_as=("Stellenanteile", "VZÄ", "Vollzeitstellen")),
    Field("staff", "Personalanteil", known_as=("Personal", "Personaleinsatz")),
    Field(
        "participants_planned",
        "Teilnehmende geplant",
        NUMBER,
        persons=True,
        known_as=("geplante Teilnehmende", "Plätze", "Teilnehmerzahl geplant"),
    ),
    Field(
        "participants",
        "Teilnehmende erreicht",
        NUMBER,
        persons=True,
        reported=True,
        known_as=("Teilnehmende", "erreichte Personen", "Teilnehmerzahl"),
    ),
    Field("feasible", "Umsetzbarkeit geprüft", YES_NO, known_as=("Machbarkeit", "Machbarkeit geprüft")),
    Field("feasible_on", "geprüft am", DATE),
    Field("feasible_by", "geprüft durch (Funktion)", known_as=("geprüft durch",)),
    Field("feasible_result", "Ergebnis der Prüfung (rechtlich, praktisch)", LONG, known_as=("Prüfergebnis",)),
    Field("indicators", "Kennzahlen", CODES, of=CodesOf.INDICATOR, known_as=("Indikatoren", "Wirkungsindikatoren")),
    Field("state", "Sachstand", LONG, reported=True, known_as=("Bearbeitungsstand", "Stand der Umsetzung")),
    Field("state_on", "Stand vom", DATE, reported=True, ends=True, known_as=("Datum", "Sachstand vom", "Stand am")),
    Field("obstacles", "Hindernisse", LONG, reported=True, known_as=("Hemmnisse", "Probleme")),
    Field("next_steps", "Nächste Schritte", LONG, reported=True, known_as=("weiteres Vorgehen", "Ausblick")),
    Field("decisions", "Beschlüsse", LONG, known_as=("Beschluss", "Beschlusslage", "Vorlage")),
    Field("current", "noch aktuell und angemessen", YES_NO, reported=True, known_as=("aktuell", "angemessen")),
    Field("current_on", "Aktualität geprüft am", DATE, reported=True),
    Field("current_why", "Begründung zur Aktualität", LONG, reported=True, known_as=("Begründung",)),
    Field("origin", "Herkunft", known_as=("Ursprung", "Quelle", "entstanden aus")),
)


@dataclass(frozen=True)
class Measures(Standing):
    """The list with what its own fields must keep."""

    def check(self, rows: Sequence[Entry], context: Context) -> tuple[Finding, ...]:
        return (*super().check(rows, context), *(found for row in rows for found in _contradictions(row)))


def _contradictions(row: Entry) -> Iterator[Finding]:
    values = dict(row.content)
    start, end = values.get("start"), values.get("end")
    if isinstance(start, str) and isinstance(end, str) and end < start:
        message = f"„{row.key.name}“ endet, bevor es beginnt."
        yield Finding("end-before-start", Severity.ERROR, message, "Bitte Beginn und Ende prüfen.", row.place)
    if values.get("current") == NO and "current_why" not in values:
        message = f"„{row.key.name}“ gilt als nicht mehr aktuell oder angemessen; die Begründung fehlt."
        yield Finding("no-reason", Severity.ERROR, message, "Bitte „Begründung zur Aktualität“ ausfüllen.", row.place)


MEASURES = Measures(
    "measures",
    "Maßnahmen",
    FIELDS,
    named_by=("concept", "number"),
    else_by="title",
)
