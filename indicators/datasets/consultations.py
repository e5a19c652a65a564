"""The consultations (Beratungen) of measures: which committee deals with one when, as what, and with what outcome.

A measure's sequence of consultations and that of a paper are the same thing. A consultation that is put off stays as
it was; the next of the same committee is a station of its own, so that nobody forgets how often.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from indicators.catalogue import Catalogue
from indicators.datasets.listed.entries import Entry
from indicators.datasets.listed.fields import Field, FieldKind
from indicators.datasets.listed.standing import Standing
from indicators.datasets.named_measures import Names
from indicators.datasets.reading import Reading
from indicators.datasets.rules import Context
from indicators.model import Finding, Severity
from indicators.store import Store

NOTICE, PRELIMINARY, DECISION = "zur Kenntnis", "Vorberatung", "Entscheidung"
PUT_OFF = "zurückgestellt"
DECIDED = ("unverändert beschlossen", "geändert beschlossen")
OUTCOMES = ("zur Kenntnis genommen", PUT_OFF, *DECIDED, "abgelehnt", "erledigt")
BUDGET = ("kostet nichts", "im Haushalt enthalten", "Beschluss mit dem Haushalt nötig", "eigene Vorlage nötig")
"""The council's budget right stays: many ideas cost nothing more; what does needs a decision of its own."""
VOTES = ("votes_for", "votes_against", "abstentions")

TEXT, LONG, NUMBER = FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.NUMBER
DATE, YES_NO, CHOICE = FieldKind.DATE, FieldKind.YES_NO, FieldKind.CHOICE

FIELDS = (
    Field("measure", "Maßnahme", TEXT, True, known_as=("Nr. der Maßnahme", "Maßnahmennummer", "Maßnahme Nr.")),
    Field("station", "Station", TEXT, True, known_as=("Stufe", "Nr. der Beratung", "Station Nr.")),
    Field("committee", "Gremium", TEXT, True, known_as=("Ausschuss", "Beratendes Gremium")),
    Field("day", "Termin", DATE, known_as=("Datum", "Sitzung am", "Sitzungstermin", "Sitzungstag")),
    Field("public", "öffentlich", YES_NO, True, known_as=("Öffentlichkeit", "öffentliche Sitzung")),
    Field(
        "role",
        "Aufgabe",
        CHOICE,
        True,
        words=(NOTICE, PRELIMINARY, DECISION),
        likely=(("zur Kenntnisnahme", NOTICE), ("Kenntnisnahme", NOTICE), ("Beratung", PRELIMINARY),
                ("Beschluss", DECISION), ("Beschlussfassung", DECISION)),
        known_as=("Zuständigkeit", "Beratungsart", "Beschlussart"),
    ),
    Field(
        "outcome",
        "Ergebnis",
        CHOICE,
        words=OUTCOMES,
        likely=(("vertagt", PUT_OFF), ("verschoben", PUT_OFF), ("abgesetzt", PUT_OFF),
                ("beschlossen", DECIDED[0]), ("ungeändert beschlossen", DECIDED[0])),
        known_as=("Beschlussergebnis", "Beratungsergebnis"),
    ),
    Field("put_off_to", "zurückgestellt auf", DATE, known_as=("vertagt auf", "neuer Termin")),
    Field("votes_for", "Ja-Stimmen", NUMBER, known_as=("dafür", "Ja")),
    Field("votes_against", "Nein-Stimmen", NUMBER, known_as=("dagegen", "Nein")),
    Field("abstentions", "Enthaltungen", NUMBER),
    Field("votes_by_group", "Abstimmung nach Fraktionen", LONG, known_as=("Fraktionen", "Abstimmungsverhalten")),
    Field("paper", "Vorlage Nr.", TEXT, known_as=("Vorlage", "Vorlagennummer", "Drucksache")),
    Field("budget", "Wirkung auf den Haushalt", CHOICE, words=BUDGET, known_as=("Haushalt", "Haushaltsrelevanz")),
    Field("remark", "Anmerkung", LONG, known_as=("Bemerkung", "Beschlusstext")),
)  # fmt: skip


@dataclass(frozen=True)
class Consultations(Standing):
    """The list with what its own fields must keep. What was said behind closed doors is in it: so it is the office's
    alone, file, findings and preview."""

    def checked(self, store: Store, catalogue: Catalogue, reading: Reading, today: date) -> Reading:
        """A measure may be named by its number or title, where only one has it."""
        names, findings = Names(store), list(reading.findings)

        def called(row: Entry) -> Entry:
            said = str(dict(row.content).get("measure", ""))
            found = names.one(said)
            if said and not found:
                findings.append(names.unknown(row, said))
            content = ((code, found if code == "measure" and found else value) for code, value in row.content)
            return replace(row, content=tuple(content))

        known = self.renamed(reading, called)
        return super().checked(store, catalogue, replace(known, findings=tuple(findings)), today)

    def check(self, rows: Sequence[Entry], context: Context) -> tuple[Finding, ...]:
        own = (found for row in rows for found in _contradictions(row, context.today))
        return (*super().check(rows, context), *own)


def _contradictions(row: Entry, today: date) -> Iterator[Finding]:
    values, name = dict(row.content), row.key.name
    outcome, day, later = values.get("outcome"), str(values.get("day", "")), str(values.get("put_off_to", ""))

    def wrong(rule: str, message: str, remedy: str) -> Finding:
        return Finding(rule, Severity.ERROR, f"„{name}“: {message}", remedy, row.place)

    if outcome and not day:
        yield wrong("no-day", "Ein Ergebnis steht da, aber kein Termin.", "Bitte den Tag der Sitzung eintragen.")
    if outcome and day > today.isoformat():
        yield wrong("not-yet", "Die Sitzung war noch nicht und hat kein Ergebnis.", "Bitte Termin und Ergebnis prüfen.")
    if later and outcome != PUT_OFF:
        message = "„zurückgestellt auf“ steht da, das Ergebnis ist aber nicht „zurückgestellt“."
        yield wrong("not-put-off", message, "Bitte das Ergebnis „zurückgestellt“ wählen oder den neuen Termin leeren.")
    if later and day and later <= day:
        yield wrong("put-off-back", "Der neue Termin liegt nicht nach der Sitzung.", "Bitte beide Tage prüfen.")
    for code in VOTES:
        number = values.get(code)
        if isinstance(number, float) and (number < 0 or not number.is_integer()):
            title = CONSULTATIONS.field(code).title
            yield wrong("not-whole", f"„{title}“ zählt Stimmen.", "Bitte eine ganze Zahl ab 0 eintragen.")
        if number is not None and not outcome:
            yield wrong("votes-alone", "Stimmen stehen da, aber kein Ergebnis.", "Bitte das Ergebnis eintragen.")
            return


CONSULTATIONS = Consultations(
    "consultations",
    "Beratungen",
    FIELDS,
    named_by=("measure", "station"),
    counted_as="Station",
    office_only=True,
)
