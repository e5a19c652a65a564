"""The entries of a list: named things with fields, in the store and back as known at a moment."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

import duckdb
import pyarrow as pa

from indicators.datasets.data_set import Coverage
from indicators.datasets.listed.fields import Content
from indicators.datasets.preview import Kept
from indicators.datasets.slices import slice_table
from indicators.model import Place, Slice
from indicators.periods import Period
from indicators.store import Store, dictionaries


@dataclass(frozen=True, slots=True, order=True)
class EntryKey:
    """What is unique among the valid entries. `subject` is what is delivered whole: the list, or the entry alone."""

    data_set: str
    reporter: str
    period: Period
    name: str
    subject: str

    @property
    def slice(self) -> Slice:
        return Slice(self.subject, self.reporter, self.period, self.data_set)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as delivered; its place is the cell of its name.

    `basis` is the delivery that the one who filled it in had before them, where the workbook says so.
    """

    key: EntryKey
    content: Content
    place: Place = field(default_factory=Place)
    basis: int | None = None

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
        "select data_set, subject, reporter, period, name, fields, delivery, sheet, cell "
        "from valid_entry($moment, 'wanted') order by all",
        {"moment": moment},
        wanted=slice_table(slices),
    )
    return {
        EntryKey(data_set, reporter, Period.from_key(period), name, subject): Kept(
            tuple(json.loads(fields).items()), Place(sheet, cell), delivery
        )
        for data_set, subject, reporter, period, name, fields, delivery, sheet, cell in rows
    }


@dataclass(frozen=True, slots=True)
class State:
    """What a delivery said of a thing that goes on: who is responsible, and its content; None where it was left out."""

    key: EntryKey
    delivery: int
    at: datetime
    by: str
    content: Content | None
    place: Place


States = Mapping[str, tuple[State, ...]]
"""What was said of each subject, the last of the latest period at the end."""


def holding(said: Sequence[State], period: Period) -> State | None:
    """What was said last of the period or of an earlier one."""
    return next((one for one in reversed(said) if one.key.period.end <= period.end), None)


def former(row: Entry, states: States) -> Slice | None:
    """The slice of the reporter who was responsible until now: the delivery takes the entry from there."""
    now = holding(states.get(row.key.subject, ()), row.key.period)
    if now is None or now.content is None or now.key.reporter == row.key.reporter:
        return None
    return replace(row.slice, reporter=now.key.reporter)


def subjects(store: Store, data_set: str) -> list[str]:
    """All that anything was ever said of."""
    rows = store.rows("select distinct subject from slice where data_set = $data_set", {"data_set": data_set})
    return [subject for (subject,) in rows]


def states(
    store: Store, data_set: str, moment: datetime, only: Iterable[str] | None = None
) -> dict[str, tuple[State, ...]]:
    """All that was said of each subject (of `only` some) and not withdrawn until the moment; the last one holds.

    What was said of a later period holds before what was said of an earlier one, whenever it came in.
    """
    found: dict[str, list[State]] = {}
    for subject, reporter, period, delivery, at, by, name, fields, sheet, cell in store.rows(
        "select * from entry_state($moment, $data_set) "
        "where $every or list_contains($subjects, subject) "
        "order by subject, period, delivery, fields is not null, reporter",
        {"moment": moment, "data_set": data_set, "every": only is None, "subjects": sorted(set(only or ()))},
    ):
        key = EntryKey(data_set, reporter, Period.from_key(period), name or subject, subject)
        content = None if fields is None else tuple(json.loads(fields).items())
        found.setdefault(subject, []).append(State(key, delivery, at, by, content, Place(sheet or "", cell or "")))
    return {subject: tuple(said) for subject, said in found.items()}
