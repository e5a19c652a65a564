"""Funding agreements with providers (Leistungs- und Finanzierungsvereinbarungen), and the indices that adjust them.

An agreement is the provider's own: its code stands before the number. A later delivery is a new version of it; a
renewal is an agreement of its own that names the one it goes on from. Indices are data with their source.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from indicators import german
from indicators.catalogue import Catalogue
from indicators.datasets.deadlines import REMEDY, DeadlineError, deadlines
from indicators.datasets.listed.amounts import amounts
from indicators.datasets.listed.entries import Entry
from indicators.datasets.listed.fields import YES, CodesOf, Field, FieldKind
from indicators.datasets.listed.standing import Standing
from indicators.datasets.reading import Reading
from indicators.datasets.rules import Context
from indicators.model import Finding, Severity
from indicators.periods import Period, PeriodError
from indicators.store import Store

LONG, NUMBER, MONEY, AMOUNTS = FieldKind.LONG_TEXT, FieldKind.NUMBER, FieldKind.MONEY, FieldKind.AMOUNTS
DATE, YES_NO, CHOICE, CODES = FieldKind.DATE, FieldKind.YES_NO, FieldKind.CHOICE, FieldKind.CODES

CALENDAR, SCHOOL = "Kalenderjahr", "Schuljahr"
LEVEL, FACTOR = "Stand", "Faktor zum Vorjahr"
PARTS = {
    "owes_report": "Sachbericht",
    "owes_figures": "Zahlen",
    "owes_indicators": "Kennzahlen",
    "owes_receipts": "Belege",
}
"""What a proof of use may consist of, by the field that says whether an agreement owes it."""
FIXED = re.compile(r"(\d+(?:,\d+)?) ?%(?: (?:im|pro) Jahr)?")
"""An adjustment that is no index: so many percent a year."""

FIELDS = (
    Field("number", "Nr. der Vereinbarung", required=True,
          known_as=("Vereinbarungsnummer", "Vertragsnummer", "Vertrag Nr.")),
    Field("subject", "Gegenstand der Vereinbarung", required=True,
          known_as=("Gegenstand", "Vertragsgegenstand", "Angebot")),
    Field("topic", "Thema", known_as=("Aufgabenbereich", "Leistungsbereich")),
    Field("service", "Leistungsbeschreibung", LONG, known_as=("Leistung", "Beschreibung der Leistung")),
    Field("target_group", "Zielgruppe der Leistung", known_as=("Zielgruppe",)),
    Field("field", "Handlungsfelder", CODES, of=CodesOf.FIELD, known_as=("Handlungsfeld",)),
    Field("indicators", "Kennzahlen des Konzepts", CODES, of=CodesOf.INDICATOR, known_as=("Kennzahlen", "Indikatoren")),
    Field("districts", "Gebiete", CODES, of=CodesOf.DISTRICT, known_as=("Stadtteil", "Stadtbezirk", "Ort")),
    Field("staff", "Stellenanteile", AMOUNTS, decimals=2, known_as=("Stellen", "Personalschlüssel", "VZÄ")),
    Field("start", "Laufzeit von", DATE, True, known_as=("Beginn", "Vertragsbeginn", "von")),
    Field("end", "Laufzeit bis", DATE, ends=True, known_as=("Ende", "Vertragsende", "bis")),
    Field("prolongs", "verlängert sich um (Monate)", NUMBER, known_as=("Verlängerung (Monate)",)),
    Field("notice", "Kündigungsfrist (Monate)", NUMBER, known_as=("Kündigungsfrist",)),
    Field("terminated", "gekündigt zum", DATE, ends=True, known_as=("Kündigung zum",)),
    Field("negotiate", "neu verhandeln (Monate vor Ende)", NUMBER, known_as=("Verhandlungsfrist (Monate)",)),
    Field("renews", "Fortsetzung von", known_as=("Vorgängervereinbarung", "Verlängerung von")),
    Field("base_year", "Basisjahr der Förderung", known_as=("Basisjahr",)),
    Field("tariff_part", "Tarifanteil im Basisjahr", MONEY, known_as=("Personalkostenanteil", "Tarifanteil")),
    Field("tariff_index", "Anpassung des Tarifanteils", known_as=("Tarifindex",)),
    Field("material_part", "Sachanteil im Basisjahr", MONEY, known_as=("Sachkostenanteil", "Sachanteil", "Sachkosten")),
    Field("material_index", "Anpassung des Sachanteils", known_as=("Sachkostenindex",)),
    Field("granted", "Bewilligt je Jahr", AMOUNTS, known_as=("Bewilligung", "Zuwendung je Jahr")),
    Field("funders", "Weitere Förderer je Jahr", AMOUNTS, known_as=("Weitere Förderer", "Drittmittel", "Förderer")),
    Field("plan_out", "Ausgaben laut Finanzierungsplan", AMOUNTS, known_as=("Finanzierungsplan Ausgaben",)),
    Field("plan_in", "Einnahmen laut Finanzierungsplan", AMOUNTS, known_as=("Finanzierungsplan Einnahmen",)),
    Field("planned_cases", "Fälle geplant je Jahr", NUMBER, known_as=("Fälle geplant", "Beratungsfälle geplant")),
    Field("planned_first", "Erstkontakte geplant je Jahr", NUMBER, known_as=("Erstkontakte geplant",)),
    Field("planned_counts", "Weitere Personenzahlen geplant", AMOUNTS),
    Field("planned_other", "Weitere Leistungszahlen geplant", AMOUNTS),
    *(Field(code, f"Nachweis: {part}", YES_NO, known_as=(f"{part} verlangt",)) for code, part in PARTS.items()),
    Field("proof_of", "Nachweis je", CHOICE, words=(CALENDAR, SCHOOL), likely=(("Jahr", CALENDAR),)),
    Field("due", "Fristen des Nachweises", known_as=("Frist des Nachweises", "Nachweisfrist", "Vorlagefrist")),
    Field("quality", "Qualität", LONG, known_as=("Qualitätssicherung",)),
    Field("checking", "Prüfung der Leistung", LONG, known_as=("Prüfrecht", "Prüfung")),
    Field("signed", "Unterzeichnet am", DATE, known_as=("Vertragsdatum", "geschlossen am")),
    Field("contact", "Ansprechstelle (Funktion)"),
    Field("remark", "Anmerkung zur Vereinbarung", LONG, known_as=("Bemerkung", "Anmerkung")),
)  # fmt: skip

INDEX_FIELDS = (
    Field("index", "Index", required=True, known_as=("Name des Index",)),
    Field("year", "Jahr des Index", required=True, known_as=("Jahr",)),
    Field("kind", "Art des Index", CHOICE, True, words=(LEVEL, FACTOR), known_as=("Art",)),
    Field("value", "Wert des Index", NUMBER, True, exact=True, known_as=("Indexwert", "Indexstand", "Wert")),
    Field("source", "Quelle des Index", required=True, known_as=("Quelle",)),
    Field("known_on", "bekannt seit", DATE, known_as=("veröffentlicht am",)),
)


@dataclass(frozen=True)
class Funding(Standing):
    """The office writes them; a provider reads its own, on the page."""

    moves: ClassVar[bool] = False

    def name_for(self, reporter: str, name: str) -> str:
        """„AWO · Nr. 12“."""
        return f"{reporter} · {name}" if name else ""

    def checked(self, store: Store, catalogue: Catalogue, reading: Reading, today: date) -> Reading:
        """The agreement before is named as it is known here, however it was typed."""
        rows, findings = [], []
        for row in reading.rows:
            values = dict(row.content)
            if said := str(values.get("renews", "")):
                found = self.known_as(store, said) or self.known_as(
                    store, self.name_for(row.key.reporter, f"Nr. {said}")
                )
                values["renews"] = found or said
                findings += [] if found and found != row.key.subject else [_unknown(row, said)]
            rows.append(replace(row, content=tuple(values.items())))
        return super().checked(store, catalogue, replace(reading, rows=tuple(rows)), today).with_findings(findings)

    def check(self, rows: Sequence[Entry], context: Context) -> tuple[Finding, ...]:
        found = (
            Finding(rule, Severity.ERROR, f"„{row.key.name}“: {message}", remedy, row.place)
            for row in rows
            for rule, message, remedy in _contradictions(dict(row.content))
        )
        return (*super().check(rows, context), *found)

    def corrects(self, before: Sequence[tuple[str, str | float]], after: Sequence[tuple[str, str | float]]) -> bool:
        """What is granted grows by a year; the years before stay."""
        old, new = dict(before), dict(after)
        grown = str(new.get("granted", "")).startswith(str(old.get("granted", "")))
        skipped = {"granted"} if grown else set()
        return any(
            old[one.code] != new.get(one.code) for one in self.fields if one.code in old and one.code not in skipped
        )


def _unknown(row: Entry, said: str) -> Finding:
    message = f"„{row.key.name}“ setzt „{said[:60]}“ fort; eine andere Vereinbarung dieses Namens gibt es nicht."
    remedy = "Bitte den Namen so schreiben, wie er auf der Seite „Förderung“ steht."
    return Finding("unknown-agreement", Severity.ERROR, message, remedy, row.place, said[:80])


Said = tuple[str, str, str]


def _contradictions(values: dict[str, str | float]) -> Iterator[Said]:
    yield from _term(values)
    yield from _money(values)
    if due := str(values.get("due", "")):
        try:
            deadlines(due, tuple(PARTS.values()))
        except DeadlineError as error:
            yield "no-deadline", str(error), REMEDY
    if due and not any(values.get(code) == YES for code in PARTS):
        yield (
            "nothing-owed",
            "Eine Frist steht da, aber kein Nachweis ist verlangt.",
            "Bitte einen der Nachweise mit „ja“ angeben.",
        )


def _term(values: dict[str, str | float]) -> Iterator[Said]:
    start, end = str(values.get("start", "")), str(values.get("end", ""))
    if end and start and end < start:
        yield "end-before-start", "Die Laufzeit endet, bevor sie beginnt.", "Bitte beide Tage prüfen."
    if start and str(values.get("terminated", "9")) < start:
        yield "end-before-start", "Gekündigt ist vor dem Beginn der Laufzeit.", "Bitte beide Tage prüfen."
    for code in ("prolongs", "notice", "negotiate"):
        months = values.get(code)
        if isinstance(months, float) and not (months.is_integer() and 0 < months <= 120):
            yield (
                "not-whole",
                f"„{FUNDING.field(code).title}“ zählt Monate.",
                "Bitte eine ganze Zahl von 1 bis 120 eintragen.",
            )
    for code in ("prolongs", "negotiate"):
        if code in values and not end:
            yield "no-end", f"„{FUNDING.field(code).title}“ braucht „Laufzeit bis“.", "Bitte das Ende eintragen."


def _money(values: dict[str, str | float]) -> Iterator[Said]:
    year = str(values.get("base_year", ""))
    if year and not re.fullmatch(r"(19|20)\d\d", year):
        yield "no-year", f"„{year[:20]}“ ist kein Jahr.", "Bitte das Basisjahr vierstellig schreiben: 2026."
    for part, index in (("tariff_part", "tariff_index"), ("material_part", "material_index")):
        if part in values and not year:
            yield "no-year", f"„{FUNDING.field(part).title}“ braucht ein Basisjahr.", "Bitte das Basisjahr eintragen."
        if index in values and part not in values:
            yield (
                "no-part",
                f"„{FUNDING.field(index).title}“ passt etwas an, das nicht dasteht.",
                "Bitte den Anteil eintragen.",
            )
        if (said := str(values.get(index, ""))).endswith("%") and not FIXED.fullmatch(said):
            yield (
                "no-adjustment",
                f"„{said[:40]}“ ist keine Anpassung.",
                "Bitte einen Index nennen oder „1,5 % im Jahr“.",
            )
    for one in amounts(str(values.get("granted", ""))):
        if not _is_year(one.name) or one.percent:
            yield (
                "no-year",
                f"„Bewilligt je Jahr“ nennt „{one.name[:40]}“.",
                "Bitte so schreiben: 2025: 60.000; 2026: 61.200.",
            )
    shares = sum(one.value for one in amounts(str(values.get("funders", ""))) if one.percent)
    if shares >= 100:
        yield (
            "shares-above-whole",
            f"Die Anteile der Förderer ergeben {german.number(shares, 1)} %.",
            "Der Rest ist der Anteil der Stadt: bitte prüfen.",
        )


def _is_year(text: str) -> bool:
    try:
        return Period.parse(text).end.year > 1900
    except PeriodError:
        return False


@dataclass(frozen=True)
class Indices(Standing):
    """One value a year; the kind stays."""

    def check(self, rows: Sequence[Entry], context: Context) -> tuple[Finding, ...]:
        found = (
            Finding(rule, Severity.ERROR, f"„{row.key.name}“: {message}", remedy, row.place)
            for row in rows
            for rule, message, remedy in _wrong_index(dict(row.content))
        )
        return (*super().check(rows, context), *found)


def _wrong_index(values: dict[str, str | float]) -> Iterator[Said]:
    if not re.fullmatch(r"(19|20)\d\d", str(values.get("year", "2000"))):
        yield "no-year", "Das ist kein Jahr.", "Bitte vierstellig schreiben: 2026."
    value = values.get("value")
    if isinstance(value, float) and (value <= 0 or (values.get("kind") == FACTOR and not 0.5 < value < 2)):
        remedy = "Ein Faktor zum Vorjahr sieht so aus: 1,015. Ein Stand ist größer als null."
        yield "no-factor", f"{german.number(value, 3)} kann es nicht sein.", remedy


FUNDING = Funding(
    "funding",
    "Leistungs- und Finanzierungsvereinbarungen",
    FIELDS,
    named_by=("number",),
    office_only=True,
    unit_names=("Träger", "Zuwendungsempfänger", "Leistungserbringer"),
)
INDICES = Indices(
    "indices",
    "Indizes der Förderung",
    INDEX_FIELDS,
    named_by=("index", "year"),
    counted_as="Jahr",
    office_only=True,
)
