"""The entries of a list: named things with fields, in the store and back as known at a moment."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

import duckdb
import pyarrow as pa

from indicators import german
from indicators.datasets.data_set import Coverage
from indicators.datasets.preview import Kept
from indicators.datasets.slices import slice_table
from indicators.model import Place, Slice
from indicators.periods import Period
from indicators.store import Store, dictionaries

Content = tuple[tuple[str, str | float], ...]
"""Codes and values of the fields that are filled, in the order of the list's fields."""


class FieldKind(StrEnum):
    TEXT = "text"
    NUMBER = "number"


@dataclass(frozen=True)
class Field:
    """A column of a list. `decimals` are those of a number."""

    code: str
    title: str
    kind: FieldKind = FieldKind.TEXT
    required: bool = False
    decimals: int = 0

    def text(self, value: str | float) -> str:
        """As German readers see it."""
        return value if isinstance(value, str) else german.number(value, self.decimals)


@dataclass(frozen=True, slots=True, order=True)
class EntryKey:
    """What is unique among the valid entries."""

    data_set: str
    reporter: str
    period: Period
    name: str

    @property
    def slice(self) -> Slice:
        return Slice(self.data_set, self.reporter, self.period, self.data_set)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as delivered; its place is the cell of its name."""

    key: EntryKey
    content: Content
    place: Place = field(default_factory=Place)

    @property
    def slice(self) -> Slice:
        return self.key.slice


def keep(cursor: duckdb.DuckDBPyConnection, coverage: Coverage, entries: Sequence[Entry]) -> None:
    """Writes the entries. Raises KeyError where one lies in a slice that is not covered."""
    pieces = [entry.slice for entry in entries]
    numbers = [coverage[piece.subject, piece.reporter, piece.period.key] for piece in pieces]
    fields = [json.dumps(dict(entry.content), ensure_ascii=False) for entry in entries]
    rows = {
        "coverage": pa.array(numbers, pa.int32()),
        "name": pa.array([entry.key.name for entry in entries], pa.string()),
        "fields": pa.array(fields, pa.string()),
        "sheet": pa.array([entry.place.sheet for entry in entries], pa.string()),
        "cell": pa.array([entry.place.cell for entry in entries], pa.string()),
    }
    dictionaries.add(cursor, "entry", pa.table(rows))


def valid(store: Store, slices: Iterable[Slice], moment: datetime) -> dict[EntryKey, Kept[Content]]:
    """Everything that is valid in the slices at the moment."""
    rows = store.rows(
        "select data_set, reporter, period, name, fields, delivery, sheet, cell "
        "from valid_entry($moment, 'wanted') order by all",
        {"moment": moment},
        wanted=slice_table(slices),
    )
    return {
        EntryKey(data_set, reporter, Period.from_key(period), name): Kept(
            tuple(json.loads(fields).items()), Place(sheet, cell), delivery
        )
        for data_set, reporter, period, name, fields, delivery, sheet, cell in rows
    }
