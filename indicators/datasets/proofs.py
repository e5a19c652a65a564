"""Proofs of use (Verwendungsnachweise): what a provider owes by its agreement for a year, and what became of it.

One entry is one agreement and year. It is the provider's to write; that it was checked, and with what result, the
office's. One workbook holds all that a provider owes for a year, and asks for nothing else (`proof_workbook`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from indicators import german
from indicators.catalogue import Catalogue
from indicators.datasets import proof_workbook
from indicators.datasets.deadlines import deadlines, of_part
from indicators.datasets.funding import FUNDING, PARTS, SCHOOL
from indicators.datasets.listed.amounts import amounts
from indicators.datasets.listed.entries import Entry
from indicators.datasets.listed.fields import YES, Content, Field, FieldKind
from indicators.datasets.listed.standing import Standing
from indicators.datasets.named_measures import plain
from indicators.datasets.preview import Preview
from indicators.datasets.reading import Reading
from indicators.datasets.rules import Context
from indicators.model import Finding, Severity
from indicators.periods import Period, PeriodError
from indicators.store import Store
from indicators.workbooks.workbook import Workbook

LONG, NUMBER, MONEY, AMOUNTS = FieldKind.LONG_TEXT, FieldKind.NUMBER, FieldKind.MONEY, FieldKind.AMOUNTS
RESULTS = ("anerkannt", "Rückfrage", "Rückforderung")

FIELDS = (
    Field("agreement", "Nachweis zur Vereinbarung", required=True, known_as=("Vereinbarung",)),
    Field("period", "Nachweis für das Jahr", required=True, known_as=("Nachweisjahr", "Bewilligungsjahr")),
    Field("reached_words", "Was geplant war und was erreicht wurde", LONG, known_as=("Sachbericht",)),
    Field("use", "Wie das Angebot genutzt wurde", LONG),
    Field("result", "Was es bewirkt hat", LONG),
    Field("ahead", "Was sich ändern soll", LONG),
    Field("cases", "Fälle", NUMBER, persons=True, known_as=("Beratungsfälle",)),
    Field("first_contacts", "Erstkontakte", NUMBER, persons=True),
    Field("counts", "Weitere Personenzahlen", AMOUNTS, persons=True),
    Field("other", "Weitere Leistungszahlen", AMOUNTS),
    Field("income", "Einnahmen", AMOUNTS),
    Field("spent", "Ausgaben", AMOUNTS),
    Field("receipts", "Belegliste", AMOUNTS, repeats=True),
    Field("checked_on", "Nachweis geprüft am", FieldKind.DATE, known_as=("geprüft am",)),
    Field("outcome", "Ergebnis der Nachweisprüfung", FieldKind.CHOICE, words=RESULTS, known_as=("Prüfergebnis",)),
    Field("repaid", "Rückforderung", MONEY),
    Field("check_remark", "Anmerkung der Stabsstelle", LONG),
)
OFFICE = ("checked_on", "outcome", "repaid", "check_remark")
CONTENTS = {
    "Sachbericht": ("reached_words", "use", "result", "ahead"),
    "Zahlen": ("income", "spent"),
    "Belege": ("receipts",),
    "Kennzahlen": ("cases", "first_contacts", "counts", "other"),
}
"""The fields of each part of a proof."""
NEEDED = {"Sachbericht": ("reached_words",), "Zahlen": ("income", "spent"), "Belege": ("receipts",)}
"""Those without which a part is not there; of the figures what the agreement plans."""


@dataclass(frozen=True)
class Proofs(Standing):
    """Named after agreement and year, both of which must be the provider's own."""

    moves: ClassVar[bool] = False

    def name_for(self, reporter: str, name: str) -> str:
        """Never another provider's: who names one of theirs names one that there is not."""
        return name if not name or name.startswith(f"{reporter} · ") else f"{reporter} · {name}"

    def template(self, store: Store, catalogue: Catalogue, reporter: str, period: Period) -> bytes:
        """All that the provider owes for the year, with last year's beside it; the plain list where it owes nothing."""
        asked = []
        for name, said in FUNDING.states(store).items():
            one = said[-1]
            if one.content is not None and one.key.reporter == reporter:
                agreement = dict(one.content)
                for_period = period_of(agreement, period)
                if owed(agreement) and _runs(agreement, for_period):
                    asked.append(self._asked(store, name, agreement, for_period))
        if not asked:
            return super().template(store, catalogue, reporter, period)
        asked.sort(key=lambda one: FUNDING.order(one.agreement))
        return proof_workbook.build(self.form, self.fields, catalogue, reporter, period, asked)

    def _asked(
        self, store: Store, name: str, agreement: Mapping[str, str | float], period: Period
    ) -> proof_workbook.Asked:
        names = [self.form.name_of({"agreement": name, "period": str(one)}) for one in (period, period.previous)]
        states = self.states(store, only=names)
        now, before = ((states[one][-1] if one in states else None) for one in names)
        parts = {part: CONTENTS[part] for part in owed(agreement)}
        due = deadlines(str(agreement.get("due", "")), tuple(PARTS.values()))
        days = {part: rule.due(period, _end(agreement)) for part in parts if (rule := of_part(due, part))}
        return proof_workbook.Asked(
            name,
            str(agreement["subject"]),
            period,
            parts,
            days,
            planned(agreement),
            dict(now.content or ()) if now else {},
            dict(before.content or ()) if before else {},
            now.delivery if now and now.content is not None else None,
        )

    def read(self, workbook: Workbook, catalogue: Catalogue) -> Reading:
        if proof_workbook.is_one(workbook):
            return proof_workbook.read(self.form, self.fields, self.code, self.key_for, workbook, catalogue)
        return super().read(workbook, catalogue)

    def checked(self, store: Store, catalogue: Catalogue, reading: Reading, today: date) -> Reading:
        """The agreement is named as it is known here, and what it asks for is held against what is there."""
        agreements = {
            name: dict(said[-1].content) for name, said in FUNDING.states(store).items() if said[-1].content is not None
        }
        findings: list[Finding] = []

        def called(row: Entry) -> Entry:
            values = dict(row.content)
            said = str(values.get("agreement", ""))
            found = next((name for name in agreements if plain(name) in _names(row.key.reporter, said)), "")
            if said and not found:
                findings.append(_unknown(row, said))
            try:
                values["period"] = str(Period.parse(str(values.get("period", ""))))
            except PeriodError:
                message = f"„{row.key.name}“: „{str(values.get('period', ''))[:20]}“ ist kein Jahr."
                findings.append(
                    Finding("no-period", Severity.ERROR, message, "So schreiben: 2025 oder 2024/25.", row.place)
                )
            values["agreement"] = found or said
            return replace(
                row, content=tuple((one.code, values[one.code]) for one in self.fields if one.code in values)
            )

        read = super().checked(store, catalogue, self.renamed(reading, called), today)
        for row in read.rows:
            if agreement := agreements.get(str(dict(row.content).get("agreement", ""))):
                findings += _against(row, agreement, today)
        return read.with_findings(findings)

    def check(self, rows: Sequence[Entry], context: Context) -> tuple[Finding, ...]:
        found = (
            Finding(rule, Severity.ERROR, f"„{row.key.name}“: {message}", remedy, row.place)
            for row in rows
            for rule, message, remedy in _contradictions(dict(row.content), context.today)
        )
        return (*super().check(rows, context), *found)

    def corrects(self, before: Content, after: Content) -> bool:
        """What was proven is changed with a reason; the office's check is none."""
        old, new = dict(before), dict(after)
        return any(
            old[one.code] != new.get(one.code) for one in self.fields if one.code in old and one.code not in OFFICE
        )

    def reserved(self, preview: Preview) -> Iterator[Finding]:
        """The provider writes its proof until the office has checked it, and never that it has."""
        remedy = "Bitte bei der Stabsstelle melden."
        for row in preview.moving:
            before, after = dict(row.before or ()), dict(row.after or ())
            if any(before.get(code) != after.get(code) for code in OFFICE) and row.after is not None:
                message = f"Bei „{row.key.name}“ trägt nur die Stabsstelle die Prüfung ein."
                yield Finding("reserved", Severity.ERROR, message, remedy, row.place)
            elif "checked_on" in before and before.get("outcome") == RESULTS[0]:
                message = f"„{row.key.name}“ ist geprüft und anerkannt; das ändert nur die Stabsstelle."
                yield Finding("reserved", Severity.ERROR, message, remedy, row.place)

    def order(self, name: str) -> tuple[object, ...]:
        around, _, year = name.rpartition(" ")
        return FUNDING.order(around.removesuffix(f" · {self.counted_as}")), year


def owed(agreement: Mapping[str, str | float]) -> tuple[str, ...]:
    """The parts that an agreement asks for."""
    return tuple(part for code, part in PARTS.items() if agreement.get(code) == YES)


def planned(agreement: Mapping[str, str | float]) -> dict[str, str | float]:
    """What the agreement plans, by the field of the proof that says what became of it."""
    pairs = {"cases": "planned_cases", "first_contacts": "planned_first", "counts": "planned_counts",
             "other": "planned_other", "income": "plan_in", "spent": "plan_out"}  # fmt: skip
    return {field: agreement[code] for field, code in pairs.items() if code in agreement}


def period_of(agreement: Mapping[str, str | float], year: Period) -> Period:
    """The year itself, or the school year that ends in it."""
    school = agreement.get("proof_of") == SCHOOL
    return Period.school_year(year.end.year - 1) if school else Period.of_year(year.end.year)


def _end(agreement: Mapping[str, str | float]) -> date | None:
    said = agreement.get("terminated") or agreement.get("end")
    return date.fromisoformat(str(said)) if said and not agreement.get("prolongs") else None


def _runs(agreement: Mapping[str, str | float], period: Period) -> bool:
    end = _end(agreement)
    return date.fromisoformat(str(agreement["start"])) <= period.end and (end is None or end >= period.start)


def _names(reporter: str, said: str) -> set[str]:
    """The full names, of this reporter's, that a text can mean."""
    return {plain(said) if plain(said).startswith(plain(f"{reporter} · ")) else "",
            plain(f"{reporter} · {said}"), plain(f"{reporter} · Nr. {said}")}  # fmt: skip


def _unknown(row: Entry, said: str) -> Finding:
    message = f"„{said[:60]}“ ist keine Vereinbarung dieser Stelle."
    remedy = "Bitte die Nummer so schreiben, wie sie auf der Seite „Förderung“ steht."
    return Finding("unknown-agreement", Severity.ERROR, message, remedy, row.place, said[:80])


def missing(agreement: Mapping[str, str | float], proof: Mapping[str, object]) -> dict[str, list[str]]:
    """By part that is owed, the titles of what is not there yet."""
    plan = planned(agreement)
    found: dict[str, list[str]] = {}
    for part in owed(agreement):
        needed = NEEDED.get(part) or tuple(code for code in CONTENTS[part] if code in plan) or ("cases",)
        if left := [PROOFS.field(code).title for code in needed if code not in proof]:
            found[part] = left
    return found


def _against(row: Entry, agreement: Mapping[str, str | float], today: date) -> Iterator[Finding]:
    """What is owed and late, and what is beside the plan or does not add up."""
    values, name = dict(row.content), row.key.name
    try:
        period = Period.parse(str(values.get("period", "")))
    except PeriodError:
        return
    rules = deadlines(str(agreement.get("due", "")), tuple(PARTS.values()))
    for part, titles in missing(agreement, values).items():
        rule = of_part(rules, part)
        day = rule.due(period, _end(agreement)) if rule else None
        severity = Severity.WARNING if day and day < today else Severity.HINT
        by = f" (fällig am {german.day(day)})" if day else ""
        message = f"„{name}“: Zum Teil „{part}“{by} fehlt noch: {german.enumeration(titles)}."
        yield Finding("proof-incomplete", severity, message, "Bitte nachreichen.", row.place)
    if not _runs(agreement, period):
        message = f"„{name}“: In diesem Jahr lief die Vereinbarung nicht."
        yield Finding("outside-the-term", Severity.WARNING, message, "Bitte Vereinbarung und Jahr prüfen.", row.place)
    yield from _sums(row, planned(agreement))


def _sums(row: Entry, plan: Mapping[str, str | float]) -> Iterator[Finding]:
    values, name = dict(row.content), row.key.name
    for code in ("income", "spent"):
        known = {plain(one.name) for one in amounts(str(plan.get(code, "")))}
        beside = [one.name for one in amounts(str(values.get(code, ""))) if known and plain(one.name) not in known]
        if beside:
            title = PROOFS.field(code).title
            message = f"„{name}“: Nicht im Finanzierungsplan ({title}): {german.enumeration(beside)}."
            yield Finding("beside-the-plan", Severity.WARNING, message, "Bitte prüfen und begründen.", row.place)
    spent = sum(one.value for one in amounts(str(values.get("spent", ""))))
    proven = sum(one.value for one in amounts(str(values.get("receipts", ""))))
    if "spent" in values and "receipts" in values and abs(spent - proven) >= 0.005:
        sums = f"Die Belege ergeben {german.number(proven, 2)} Euro, die Ausgaben {german.number(spent, 2)} Euro."
        message = f"„{name}“: {sums}"
        yield Finding("receipts-differ", Severity.WARNING, message, "Bitte prüfen und begründen.", row.place)


def _contradictions(values: Mapping[str, str | float], today: date) -> Iterator[tuple[str, str, str]]:
    cases, first = values.get("cases"), values.get("first_contacts")
    if isinstance(cases, float) and isinstance(first, float) and first > cases:
        yield "above-whole", "Es sind mehr Erstkontakte als Fälle.", "Bitte beide Zahlen prüfen."
    if ("outcome" in values) != ("checked_on" in values):
        yield "no-outcome", "Tag und Ergebnis der Prüfung gehören zusammen.", "Bitte beides eintragen."
    if str(values.get("checked_on", "")) > today.isoformat():
        yield "future-day", "Die Prüfung liegt in der Zukunft.", "Bitte eintragen, sobald es so weit war."
    try:
        if values.get("period") and Period.parse(str(values["period"])).start > today:
            yield "future-period", "Das Jahr hat noch nicht begonnen.", "Bitte das Jahr prüfen."
    except PeriodError:
        return


PROOFS = Proofs(
    "proofs",
    "Verwendungsnachweise",
    FIELDS,
    named_by=("agreement", "period"),
    counted_as="Nachweis",
    unit_names=("Träger", "Zuwendungsempfänger"),
)

__all__ = ["CONTENTS", "OFFICE", "PROOFS", "Proofs", "missing", "owed", "period_of", "planned"]
