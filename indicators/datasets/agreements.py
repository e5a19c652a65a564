"""Target agreements (Zielvereinbarungen): what a unit and the office agree on for a year, and what became of it.

One entry is one goal of one unit. There is no field for a person: partners are named by their function.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from indicators import german
from indicators.catalogue import Catalogue
from indicators.datasets.listed.entries import Entry
from indicators.datasets.listed.fields import CodesOf, Content, Field, FieldKind
from indicators.datasets.listed.standing import Standing
from indicators.datasets.named_measures import SEPARATOR, Names, parts
from indicators.datasets.preview import Change, Preview
from indicators.datasets.reading import Reading
from indicators.datasets.rules import Context
from indicators.model import Finding, Severity
from indicators.periods import Period, PeriodError
from indicators.store import Store

OUTCOMES = ATTAINED, PARTLY, MISSED = ("erreicht", "teilweise erreicht", "nicht erreicht")
CONSEQUENCES = CONTINUE, ADAPT, POLITICAL, DROP = ("fortführen", "anpassen", "politische Entscheidung", "fallen lassen")

TEXT, LONG, NUMBER = FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.NUMBER
DATE, YES_NO, CHOICE, CODES = FieldKind.DATE, FieldKind.YES_NO, FieldKind.CHOICE, FieldKind.CODES

FIELDS = (
    Field("year", "Jahr der Vereinbarung", required=True, known_as=("Vereinbarungsjahr",)),
    Field("number", "Nr. des Ziels", required=True, known_as=("Zielnummer",)),
    Field("title", "Ziel kurz", required=True, known_as=("Kurztitel des Ziels",)),
    Field("text", "Wortlaut des Ziels", LONG, required=True, known_as=("Vereinbartes Ziel",)),
    Field("agreed_on", "Vereinbart am", DATE),
    Field("partners", "Partner (Funktion)"),
    Field("field", "Handlungsfelder", CODES, of=CodesOf.FIELD),
    Field("measures", "Maßnahmen aus dem Katalog", LONG),
    Field("indicator", "Kennzahl des Ziels", CODES, of=CodesOf.INDICATOR),
    Field("target", "Zielwert", NUMBER, exact=True),
    Field("target_period", "Zielwert für (Zeitraum)"),
    Field("result", "Erwartetes Ergebnis", LONG),
    Field("evidence", "Woran zu erkennen", LONG, known_as=("Nachweis des Ziels",)),
    Field("resources", "Ressourcen", LONG),
    Field("support", "Unterstützung durch andere", LONG),
    Field("due", "Termin", DATE, ends=True),
    Field("interim", "Zwischentermine"),
    Field("carried_from", "Übertragen aus"),
    Field("interim_on", "Letztes Zwischengespräch am", DATE, reported=True),
    Field("interim_said", "Ergebnis des Zwischengesprächs", LONG, reported=True),
    Field("reviewed_on", "Überprüft am", DATE, reported=True),
    Field("outcome", "Ergebnis der Überprüfung", CHOICE, words=OUTCOMES, reported=True),
    Field("value", "Erreichter Wert", NUMBER, exact=True, reported=True),
    Field("people", "Der Wert zählt Personen", YES_NO, reported=True),
    Field("reason", "Begründung der Überprüfung", LONG, reported=True),
    Field("review_evidence", "Nachweis der Überprüfung", LONG, reported=True),
    Field("consequence", "Folge", CHOICE, words=CONSEQUENCES, reported=True),
)
AGREED = "agreed_on"
REVIEW = tuple(one.code for one in FIELDS if one.reported)
"""What is written in the year and at its end; all else is what was agreed."""


@dataclass(frozen=True)
class Agreements(Standing):
    """The goals of each unit are its own: its code stands before the name of each.

    As long as a goal is a draft, its unit writes all of it but the day of the agreement. Two have agreed on it then:
    from that day on the unit says what becomes of it, and what it is, the office.
    """

    moves: ClassVar[bool] = False

    def name_for(self, reporter: str, name: str) -> str:
        """„SOZ · 2026 · Nr. 2“."""
        return f"{reporter} · {name}" if name else ""

    def checked(self, store: Store, catalogue: Catalogue, reading: Reading, today: date) -> Reading:
        """Measures and goals of before are named as they are known here, however they were typed."""
        stood = self.states(store, only=[row.key.subject for row in reading.rows])
        known = Names(store)
        rows, findings = [], []
        for row in reading.rows:
            values = dict(row.content)
            if "measures" in values:
                before = (dict(one.content or ()).get("measures", "") for one in stood.get(row.key.subject, ()))
                values["measures"], unknown = known.several(row, str(values["measures"]), map(str, before))
                findings += unknown
            if origin := str(values.get("carried_from", "")):
                goal = self.known_as(store, origin) or self.known_as(store, self.name_for(row.key.reporter, origin))
                values["carried_from"] = goal or origin
                findings += [] if goal else [_unknown_goal(row, origin)]
            if days := _days(str(values.get("interim", ""))):
                values["interim"] = SEPARATOR.join(german.day(day) for day in days)
            rows.append(replace(row, content=tuple(values.items())))
        return super().checked(store, catalogue, replace(reading, rows=tuple(rows)), today).with_findings(findings)

    def check(self, rows: Sequence[Entry], context: Context) -> tuple[Finding, ...]:
        found = (finding for row in rows for finding in _contradictions(row, context))
        return (*super().check(rows, context), *found)

    def reserved(self, preview: Preview) -> Iterator[Finding]:
        for row in preview.moving:
            before, after = dict(row.before or ()), dict(row.after or ())
            if row.change is Change.VANISHED:
                changed = ["den Bestand"]
            elif AGREED in before:
                others = [code for code in {**before, **after} if before.get(code) != after.get(code)]
                changed = [f"„{self.field(code).title}“" for code in others if code not in REVIEW]
            else:
                changed = [f"„{self.field(AGREED).title}“"] if AGREED in after else []
            if changed:
                message = f"Bei „{row.key.name}“ ändert nur die Stabsstelle {german.enumeration(changed)}."
                remedy = "Was vereinbart ist, ändern beide Seiten gemeinsam: bitte bei der Stabsstelle melden."
                yield Finding("reserved", Severity.ERROR, message, remedy, row.place)

    def corrects(self, before: Content, after: Content) -> bool:
        """A draft may be written anew; what was agreed is changed with a reason."""
        return AGREED in dict(before) and super().corrects(before, after)


def period_of(text: str, year: str) -> Period:
    """The period of a target, the year of the agreement where none is said. Raises PeriodError."""
    return Period.parse(text or year)


def interim_days(text: str) -> tuple[date, ...]:
    return _days(text) or ()


def _days(text: str) -> tuple[date, ...] | None:
    """None where one of them is no day."""
    try:
        return tuple(sorted(german.parse_day(part) for part in parts(text)))
    except german.DayError:
        return None


def _unknown_goal(row: Entry, origin: str) -> Finding:
    message = f"„{row.key.name}“ soll aus „{origin[:60]}“ übertragen sein; dieses Ziel gibt es nicht."
    remedy = "Bitte den Namen so schreiben, wie er auf der Seite „Zielvereinbarungen“ steht."
    return Finding("unknown-goal", Severity.ERROR, message, remedy, row.place, origin[:80])


def _contradictions(row: Entry, context: Context) -> Iterator[Finding]:
    values = {code: str(value) for code, value in row.content}
    for rule, message, remedy in (*_target(values, context), *_review(values), *_dates(values, context.today)):
        yield Finding(rule, Severity.ERROR, f"„{row.key.name}“: {message}", remedy, row.place)


Said = tuple[str, str, str]


def _target(values: dict[str, str], context: Context) -> Iterator[Said]:
    code = values.get("indicator", "")
    if "," in code:
        yield "one-indicator", "Ein Ziel hat nur eine Kennzahl.", "Bitte für jede Kennzahl ein eigenes Ziel eintragen."
    indicator = context.catalogue.indicators.get(context.catalogue.current_indicator(code))
    if indicator and "target" in values and not indicator.takes_value:
        message = f"{code} hat keinen Zielwert, der erreicht werden kann (Rahmenbedingung, Richtung oder Zielband)."
        yield "no-target", message, "Bitte den Zielwert leeren oder eine andere Kennzahl nennen."
    if values.get("target_period"):
        try:
            period_of(values["target_period"], "")
        except PeriodError as error:
            yield "no-period", f"„Zielwert für“ ist kein Zeitraum: {error}", "Zum Beispiel: 2026, Q3 2026, 2026/27."


def _review(values: dict[str, str]) -> Iterator[Said]:
    outcome = values.get("outcome", "")
    if outcome and "reviewed_on" not in values:
        yield "no-day", "Der Tag der Überprüfung fehlt.", "Bitte „Überprüft am“ ausfüllen."
    if outcome and AGREED not in values:
        yield "not-agreed", "Überprüft wird nur, was vereinbart ist.", "Bitte zuerst „Vereinbart am“ eintragen lassen."
    if "reviewed_on" in values and not outcome:
        yield "no-outcome", "Das Ergebnis der Überprüfung fehlt.", f"Möglich sind: {', '.join(OUTCOMES)}."
    if outcome and outcome != ATTAINED and not ("reason" in values and "consequence" in values):
        remedy = "Bitte „Begründung der Überprüfung“ und „Folge“ ausfüllen."
        yield "no-reason", f"„{outcome}“ braucht eine Begründung und eine Folge.", remedy
    if "value" in values and "indicator" in values:
        remedy = "Bitte „Erreichter Wert“ leeren; er kommt aus den Lieferungen."
        yield "own-value", "Der Wert kommt aus der Kennzahl selbst, wie er am Tag der Überprüfung bekannt war.", remedy


def _dates(values: dict[str, str], today: date) -> Iterator[Said]:
    if not re.fullmatch(r"(19|20)\d\d", values.get("year", "2000")):
        yield "no-year", f"„{values['year'][:20]}“ ist kein Jahr.", "Bitte vierstellig schreiben: 2026."
    if _days(values.get("interim", "")) is None:
        yield "no-days", "„Zwischentermine“ sind Tage.", "Bitte so schreiben: 14.05.2026; 14.09.2026."
    for code, word in ((AGREED, "Vereinbart am"), ("reviewed_on", "Überprüft am"), ("interim_on", "Zwischengespräch")):
        if values.get(code, "") > today.isoformat():
            yield "future-day", f"„{word}“ liegt in der Zukunft.", "Bitte eintragen, sobald es so weit war."
    if values.get("reviewed_on", "9") < values.get(AGREED, ""):
        yield "before-agreed", "Die Überprüfung liegt vor der Vereinbarung.", "Bitte beide Tage prüfen."


AGREEMENTS = Agreements("agreements", "Zielvereinbarungen", FIELDS, named_by=("year", "number"), else_by="title")
