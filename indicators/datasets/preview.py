"""The preview: exactly what a commit would store, compared with what is valid now."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, Protocol, TypeVar

from indicators.model import Place, Slice

Content = TypeVar("Content")


class Change(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    VANISHED = "vanished"
    UNCHANGED = "unchanged"

    @property
    def word(self) -> str:
        return {"new": "neu", "changed": "geändert", "vanished": "entfällt", "unchanged": "unverändert"}[self]


ORDER = (Change.CHANGED, Change.VANISHED, Change.NEW, Change.UNCHANGED)


class Key(Protocol):
    """What is unique among the valid rows of a data set; the order in which people look for them."""

    @property
    def slice(self) -> Slice: ...

    def __lt__(self, other: Any, /) -> bool: ...


@dataclass(frozen=True, slots=True)
class Kept(Generic[Content]):
    """What is valid: what it holds, the cell of the workbook that it came from, and its delivery."""

    content: Content
    place: Place
    delivery: int


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One row of a data set: before and after, either of them None. `delivery` is the one that brought `before`."""

    change: Change
    key: Any
    before: Any
    after: Any
    place: Place
    delivery: int | None = None


@dataclass(frozen=True)
class Preview:
    """All rows: what changes and what vanishes first, for that is what a person has to look at."""

    data_set: str
    rows: tuple[PreviewRow, ...]

    @property
    def moving(self) -> tuple[PreviewRow, ...]:
        """Those that change something."""
        return tuple(row for row in self.rows if row.change is not Change.UNCHANGED)

    def count(self, change: Change) -> int:
        return sum(row.change is change for row in self.rows)
