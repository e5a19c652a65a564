"""Offers (Angebote): what there is where, for whom, in which language. An offer that moved or closed keeps its past.

One entry is one offer of a provider. What it is, the office says; where, when and in which languages, its provider too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from indicators.catalogue import Catalogue
from indicators.datasets.funding import FUNDING
from indicators.datasets.listed.entries import Entry
from indicators.datasets.listed.fields import CodesOf, Field, FieldKind
from indicators.datasets.listed.standing import Standing
from indicators.datasets.named_measures import plain
from indicators.datasets.reading import Reading
from indicators.datasets.rules import Context
from indicators.model import Finding, Severity
from indicators.store import Store

FIELDS = (
    Field("number", "Nr. des Angebots", known_as=("Angebotsnummer",)),
    Field("title", "Name des Angebots", required=True, known_as=("Angebot", "Angebotsname")),
    Field("topic", "Thema des Angebots", required=True, known_as=("Thema", "Angebotsart")),
    Field("districts", "Gebiete des Angebots", FieldKind.CODES, of=CodesOf.DISTRICT,
          known_as=("Stadtteil", "Stadtbezirk", "Gebiet")),
    Field("place", "Ort des Angebots", reported=True, known_as=("Ort", "Anschrift", "Adresse")),
    Field("languages", "Sprachen", reported=True, known_as=("Sprache", "Angebotssprachen")),
    Field("target_groups", "Zielgruppen des Angebots", known_as=("Zielgruppe", "Zielgruppen")),
    Field("hours", "Zeiten", reported=True, known_as=("Öffnungszeiten", "Sprechzeiten")),
    Field("agreement", "gefördert durch Vereinbarung", known_as=("Vereinbarung",)),
    Field("start", "Angebot seit", FieldKind.DATE, known_as=("seit", "Beginn")),
    Field("end", "Angebot bis", FieldKind.DATE, reported=True, ends=True, known_as=("geschlossen am", "Ende")),
    Field("remark", "Hinweis zum Angebot", FieldKind.LONG_TEXT, reported=True),
)  # fmt: skip


@dataclass(frozen=True)
class Offers(Standing):
    """A provider's own: its code stands before the name."""

    moves: ClassVar[bool] = False

    def name_for(self, reporter: str, name: str) -> str:
        return f"{reporter} · {name}" if name else ""

    def checked(self, store: Store, catalogue: Catalogue, reading: Reading, today: date) -> Reading:
        """The agreement is named as it is known here: one of the same provider."""
        known = {plain(name): name for name, said in FUNDING.states(store).items() if said[-1].content is not None}
        rows, findings = [], []
        for row in reading.rows:
            values = dict(row.content)
            if said := str(values.get("agreement", "")):
                names = (f"{row.key.reporter} · Nr. {said}", f"{row.key.reporter} · {said}", said)
                found = next((known[plain(name)] for name in names if plain(name) in known), "")
                found = found if found.startswith(f"{row.key.reporter} · ") else ""
                values["agreement"] = found or said
                findings += [] if found else [_unknown(row, said)]
            for code in ("languages", "target_groups"):
                if code in values:
                    values[code] = "; ".join(listed(str(values[code])))
            rows.append(replace(row, content=tuple(values.items())))
        return super().checked(store, catalogue, replace(reading, rows=tuple(rows)), today).with_findings(findings)

    def check(self, rows: Sequence[Entry], context: Context) -> tuple[Finding, ...]:
        return (*super().check(rows, context), *(found for row in rows for found in _contradictions(row)))


def listed(text: str) -> tuple[str, ...]:
    """Languages or groups, parted by semicolon or comma, each once."""
    parts = (" ".join(part.split()) for part in text.replace(",", ";").split(";"))
    return tuple({part.casefold(): part for part in parts if part}.values())


def _unknown(row: Entry, said: str) -> Finding:
    message = f"„{row.key.name}“: „{said[:60]}“ ist keine Vereinbarung dieser Stelle."
    remedy = "Bitte die Nummer so schreiben, wie sie auf der Seite „Förderung“ steht."
    return Finding("unknown-agreement", Severity.ERROR, message, remedy, row.place, said[:80])


def _contradictions(row: Entry) -> Iterator[Finding]:
    values = {code: str(value) for code, value in row.content}
    if values.get("end", "9") < values.get("start", ""):
        message = f"„{row.key.name}“ endet, bevor es beginnt."
        yield Finding("end-before-start", Severity.ERROR, message, "Bitte beide Tage prüfen.", row.place)


OFFERS = Offers(
    "offers",
    "Angebote",
    FIELDS,
    named_by=("number",),
    else_by="title",
    unit_names=("Träger", "Anbieter"),
)
