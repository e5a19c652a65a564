"""The preview: exactly what a commit would store, compared with what is valid now."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from indicators.datasets.reading import Reading
from indicators.ledger.archive import Kept, Key
from indicators.model import Measurement, Place


class Change(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    VANISHED = "vanished"
    UNCHANGED = "unchanged"

    @property
    def word(self) -> str:
        return {"new": "neu", "changed": "geändert", "vanished": "entfällt", "unchanged": "unverändert"}[self]


ORDER = (Change.CHANGED, Change.VANISHED, Change.NEW, Change.UNCHANGED)


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One observation: before and after, either of them None."""

    change: Change
    key: Key
    before: Measurement | None
    after: Measurement | None
    place: Place


@dataclass(frozen=True)
class Preview:
    """All rows: what changes and what vanishes first, for that is what a person has to look at."""

    rows: tuple[PreviewRow, ...]

    @property
    def moving(self) -> tuple[PreviewRow, ...]:
        """Those that change something."""
        return tuple(row for row in self.rows if row.change is not Change.UNCHANGED)

    def count(self, change: Change) -> int:
        return sum(row.change is change for row in self.rows)


def compare(reading: Reading, current: Mapping[Key, Kept]) -> Preview:
    """What becomes of each observation if the reading is committed over the current ones of its slices."""
    rows = []
    after = {
        Key(o.base_figure, o.reporter, o.breakdown, o.period): (
            Measurement(o.period, o.value, o.sign, o.flags),
            o.place,
        )
        for o in reading.observations
    }
    for key, (incoming, place) in after.items():
        before = current[key].measurement if key in current else None
        rows.append(PreviewRow(_change(before, incoming), key, before, incoming, place))
    for key, kept in current.items():
        if key not in after:
            rows.append(PreviewRow(Change.VANISHED, key, kept.measurement, None, kept.place))
    return Preview(tuple(sorted(rows, key=lambda row: (ORDER.index(row.change), row.key))))


def _change(before: Measurement | None, after: Measurement) -> Change:
    if before is None:
        return Change.NEW
    same = (before.value, before.sign, before.flags) == (after.value, after.sign, after.flags)
    return Change.UNCHANGED if same else Change.CHANGED
