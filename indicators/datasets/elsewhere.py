"""Comparison values (Vergleichswerte): what offices publish of other places, one entry a base figure, place and period.

They are no part of what a unit has counted: nothing is summed with them, and no unit owes them (decision 0940).
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import ClassVar

from indicators.catalogue import Catalogue
from indicators.datasets.listed.entries import Entry, EntryKey
from indicators.datasets.listed.fields import Content, Field, FieldKind
from indicators.datasets.listed.standing import Standing
from indicators.datasets.rules import Context
from indicators.model import Breakdown, Finding, Severity
from indicators.periods import Period, PeriodError

FIELDS = (
    Field("figure", "Grundzahl des Vergleichs", required=True),
    Field("area", "Vergleichsgebiet", required=True),
    Field("group", "Gruppe des Vergleichs"),
    Field("period", "Zeitraum des Vergleichs", required=True),
    Field("value", "Vergleichswert", FieldKind.NUMBER, True, exact=True),
    Field("source", "Quelle des Vergleichs", required=True),
    Field("file", "Datei und Zeile"),
)

COUNTED_AS = "Zeitraum"


@dataclass(frozen=True)
class Elsewhere(Standing):
    """Written by the office, mostly out of published files. The reporter is whoever counts the same here."""

    moves: ClassVar[bool] = False
    one: ClassVar[str] = "Vergleichswert"
    many: ClassVar[str] = "Vergleichswerte"

    def check(self, rows: Sequence[Entry], context: Context) -> tuple[Finding, ...]:
        own = (
            Finding(rule, Severity.ERROR, f"„{row.key.name}“: {message}", remedy, row.place)
            for row in rows
            for rule, message, remedy in _wrong(dict(row.content), context.catalogue)
        )
        return (*super().check(rows, context), *own)

    def key_for(self, reporter: str, period: Period, name: str) -> EntryKey:
        """A value is of its own period, whenever it was said."""
        key = super().key_for(reporter, period, name)
        with suppress(PeriodError):
            return replace(key, period=Period.parse(name.rpartition(f"{COUNTED_AS} ")[2]))
        return key

    def row_name(self, catalogue: Catalogue, key: EntryKey) -> str:
        return _named(key.name, catalogue)

    def text(self, catalogue: Catalogue, key: EntryKey, content: Content) -> str:
        return self.field("value").text(dict(content)["value"])


def _named(name: str, catalogue: Catalogue) -> str:
    """„Kinder, Nachbarstadt, 2023“, or „Kinder, Nachbarstadt, Ausländisch, 2023“."""
    figure, area, *group, period = (*name.split(" · "), "", "")[: max(3, name.count(" · ") + 1)]
    code = catalogue.current_code(figure)
    title = catalogue.figure_name(code) if code in catalogue.base_figures else figure
    when = period.removeprefix(f"{COUNTED_AS} ")
    with suppress(PeriodError):
        when = Period.parse(when).label
    of = group[0] if group else ""
    with suppress(KeyError):
        of = catalogue.title_of(Breakdown.parse(of)) if of else ""
    return ", ".join(filter(None, (title, areas(catalogue).get(area, area), of, when)))


def _wrong(values: dict[str, str | float], catalogue: Catalogue) -> Iterator[tuple[str, str, str]]:
    figure, area = catalogue.current_code(str(values.get("figure", ""))), str(values.get("area", ""))
    if figure not in catalogue.base_figures:
        yield "unknown-base-figure", "Diese Grundzahl ist nicht definiert.", "Bitte das Kürzel aus dem Katalog nehmen."
    if area not in areas(catalogue):
        yield "unknown-breakdown", "Dieses Vergleichsgebiet ist nicht definiert.", "Bitte im Katalog anlegen."
    elif not _divided(Breakdown.parse(str(values.get("group", ""))), catalogue, figure):
        message = f"Diese Gruppe hat die Grundzahl nicht: „{values['group']}“."
        yield "unknown-breakdown", message, "Bitte zum Beispiel „herkunft=auslaendisch“ schreiben, oder leer lassen."
    try:
        Period.parse(str(values.get("period", "2000")))
    except PeriodError:
        yield "wrong-period", f"„{values['period']}“ ist kein Zeitraum.", "Bitte zum Beispiel 2024 schreiben."


def _divided(group: Breakdown, catalogue: Catalogue, figure: str) -> bool:
    """Whether the base figure is counted of the group."""
    axes = catalogue.base_figures[figure].dimensions if figure in catalogue.base_figures else ()
    return all(
        axis in axes and code in (member.code for member in catalogue.dimensions[axis].members)
        for axis, code in group.members
    )


def areas(catalogue: Catalogue) -> dict[str, str]:
    """The titles of the places to compare with, by code."""
    dimension = catalogue.dimensions.get(catalogue.comparison)
    return {member.code: member.title for member in dimension.members} if dimension else {}


ELSEWHERE = Elsewhere(
    "elsewhere",
    "Vergleichswerte",
    FIELDS,
    named_by=("figure", "area", "group", "period"),
    counted_as=COUNTED_AS,
    office_only=True,
)
