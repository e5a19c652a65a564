"""A list as a data set: named things with fields. Its one subject is the list itself, delivered whole for a period."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

import duckdb

from indicators import german
from indicators.catalogue import Catalogue
from indicators.datasets.data_set import Coverage, DataSet
from indicators.datasets.listed import entries, filled, template
from indicators.datasets.listed.entries import Entry, EntryKey
from indicators.datasets.listed.fields import CodesOf, Content, Field, FieldKind
from indicators.datasets.preview import Kept
from indicators.datasets.reading import Reading
from indicators.datasets.rules import Context
from indicators.model import Finding, Place, Severity, Slice
from indicators.moments import FOREVER
from indicators.periods import Period
from indicators.store import Store
from indicators.templates.hidden_map import OURS
from indicators.workbooks.workbook import Workbook

__all__ = ["CodesOf", "Entry", "EntryKey", "Field", "FieldKind", "Listed"]


@dataclass(frozen=True)
class Listed(DataSet[Entry, EntryKey, Content]):
    """`Listed("courses", "Sprachkurse", (Field("place", "Ort", required=True), Field("seats", "Plätze", NUMBER)))`.

    With its line in DATA_SETS it takes the whole way: template, findings, preview, commit, withdrawal, as of a moment.
    """

    code: str
    title: str
    fields: tuple[Field, ...]
    name_title: str = "Bezeichnung"

    one: ClassVar[str] = "Eintrag"
    many: ClassVar[str] = "Einträge"
    heads: ClassVar[tuple[str, str]] = ("Liste", "Eintrag")

    def __post_init__(self) -> None:
        codes = [template.NAME, template.BASIS, *(one.code for one in self.fields)]
        if len(set(codes)) < len(codes):
            raise ValueError(f"two columns of „{self.title}“ have the same code: {codes}")

    @property
    def template_id(self) -> str:
        return f"{OURS}liste-{self.code}"

    @property
    def form(self) -> template.Form:
        """What its workbook asks for."""
        return template.Form(self.template_id, self.title, self.name_title, self.fields)

    def field(self, code: str) -> Field:
        """Raises StopIteration for a code that the list does not have."""
        return next(one for one in self.fields if one.code == code)

    def slice_of(self, reporter: str, period: Period) -> Slice:
        """What one delivery of the list covers."""
        return Slice(self.code, reporter, period, self.code)

    def key_for(self, reporter: str, period: Period, name: str) -> EntryKey:
        return EntryKey(self.code, reporter, period, name, self.code)

    def template(self, store: Store, catalogue: Catalogue, reporter: str, period: Period) -> bytes:
        before = self.valid(store, [self.slice_of(reporter, period.previous)])
        rows = [template.Row(key.name, beside=kept.content) for key, kept in sorted(before.items())]
        return template.build(self.form, catalogue, reporter, period, rows)

    def read(self, workbook: Workbook, catalogue: Catalogue) -> Reading:
        return filled.read(self.form, self.code, self.key_for, workbook, catalogue)

    def check(self, rows: Sequence[Entry], context: Context) -> tuple[Finding, ...]:
        return (*self._missing(context), *_doubled(rows), *_foreign(rows, context))

    def _missing(self, context: Context) -> Iterator[Finding]:
        required = {one.code: one for one in self.fields if one.required}
        for _, (name, code), place in context.empty:
            if code in required:
                message = f"„{required[code].title}“ fehlt bei „{name}“."
                yield Finding("missing", Severity.ERROR, message, "Bitte eintragen.", place, "leer")

    def nothing(self) -> Finding:
        message = f"Die Liste „{self.title}“ enthält keinen einzigen Eintrag."
        return Finding("no-values", Severity.ERROR, message, "Bitte die Liste füllen und die Datei neu hochladen.")

    def key(self, row: Entry) -> EntryKey:
        return row.key

    def content(self, row: Entry) -> Content:
        return row.content

    def row(self, key: EntryKey, content: Content, place: Place) -> Entry:
        return Entry(key, content, place)

    def same(self, before: Content, after: Content) -> bool:
        return dict(before) == dict(after)

    def keep(self, cursor: duckdb.DuckDBPyConnection, coverage: Coverage, rows: Sequence[Entry]) -> None:
        entries.keep(cursor, coverage, rows)

    def valid(self, store: Store, slices: Iterable[Slice], moment: datetime = FOREVER) -> dict[EntryKey, Kept[Content]]:
        return entries.valid(store, slices, moment)

    def subject_name(self, catalogue: Catalogue, subject: str) -> str:
        return self.title

    def row_name(self, catalogue: Catalogue, key: EntryKey) -> str:
        return key.name

    def text(self, catalogue: Catalogue, key: EntryKey, content: Content) -> str:
        values = dict(content)
        filled_in = (f"{one.title}: {one.text(values[one.code])}" for one in self.fields if one.code in values)
        return ", ".join(filled_in) or "ohne Angaben"


def _doubled(rows: Sequence[Entry]) -> Iterator[Finding]:
    """No name twice, however it is written: nobody could say which of them changed."""
    places: dict[tuple[Slice, str], list[Entry]] = {}
    for row in rows:
        places.setdefault((row.slice, row.key.name.casefold()), []).append(row)
    for same in places.values():
        if len(same) > 1:
            where = german.enumeration([str(row.place) for row in same])
            yield Finding(
                "duplicate",
                Severity.ERROR,
                f"„{same[0].key.name}“ steht mehrfach da: in {where}.",
                "Bitte nur eine Zeile stehen lassen oder die Namen unterscheiden.",
                same[-1].place,
                same[-1].key.name,
            )


def _foreign(rows: Sequence[Entry], context: Context) -> Iterator[Finding]:
    """A list comes from a reporter that the catalogue knows, for a period that has begun."""
    for piece in dict.fromkeys(row.slice for row in rows):
        if piece.reporter not in context.catalogue.reporters:
            message = f"Die meldende Stelle „{piece.reporter}“ ist nicht definiert."
            yield Finding("wrong-reporter", Severity.ERROR, message, "Bitte die Vorlage der eigenen Stelle verwenden.")
        if piece.period.start > context.today:
            message = f"Der Berichtszeitraum {piece.period.label} hat noch nicht begonnen."
            yield Finding("future-period", Severity.ERROR, message, "Bitte prüfen Sie den Berichtszeitraum.")
