"""A data set: a kind of delivery that owns its way. The pipeline asks it, and knows nothing of what its rows hold."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, ClassVar, Generic, TypeVar

import duckdb

from indicators.catalogue import Catalogue
from indicators.datasets.preview import ORDER, Change, Kept, Key, Preview, PreviewRow
from indicators.datasets.reading import Reading, Row
from indicators.datasets.rules import Context
from indicators.model import Finding, Place, Slice
from indicators.moments import FOREVER
from indicators.periods import Period
from indicators.store import Store
from indicators.workbooks.workbook import Workbook

R = TypeVar("R", bound=Row)
K = TypeVar("K", bound=Key)
C = TypeVar("C")

Coverage = Mapping[tuple[str, str, int], int]
"""The number of a delivery's coverage by subject, reporter and key of the period."""


class DataSet(ABC, Generic[R, K, C]):
    """Rows of one kind (R): handed out, read, checked, compared, kept and asked again, each in its own way.

    A row has a key (K), unique among what is valid, and a content (C), which is what can change. What is said of both
    in German comes from here too, so that preview, questions and history can show any of them.

    >>> figures = DATA_SETS["figures"]
    >>> figures.many, figures.key(reading.rows[0]).base_figure, figures.content(reading.rows[0]).value
    ('Werte', 'abgaenge_ohne_abschluss', 12.5)
    >>> [finding.rule for finding in figures.checked(store, catalogue, reading, date(2024, 6, 1)).findings]
    []
    >>> [finding.rule for finding in figures.checked(store, catalogue, reading, date(2023, 6, 1)).findings]
    ['future-period']
    """

    code: str
    title: str
    office_only: bool = False
    """Whether it can hold what is not for everybody: nobody but the office delivers it, or sees what was delivered."""
    one: ClassVar[str] = "Wert"
    many: ClassVar[str] = "Werte"
    """What a row is called; a masculine noun, for the sentences around it."""

    heads: ClassVar[tuple[str, str]]
    """The titles over a row's subject and over its own name."""

    # handed out and read

    @property
    @abstractmethod
    def template_id(self) -> str:
        """What the hidden map of its workbook says that it is."""

    @abstractmethod
    def template(self, store: Store, catalogue: Catalogue, reporter: str, period: Period) -> bytes:
        """The workbook that a reporter fills for a period, with what was valid before beside the input cells."""

    @abstractmethod
    def read(self, workbook: Workbook, catalogue: Catalogue) -> Reading:
        """The rows of a filled template with what is wrong in its cells."""

    # checked

    @abstractmethod
    def check(self, rows: Sequence[R], context: Context) -> tuple[Finding, ...]:
        """All findings of all rules, in their order."""

    def checked(self, store: Store, catalogue: Catalogue, reading: Reading, today: date) -> Reading:
        """The reading with all findings, those too that need what is valid beside it."""
        return reading.with_findings(self.check(reading.rows, Context(catalogue, today, empty=reading.empty)))

    @abstractmethod
    def nothing(self) -> Finding:
        """What is said of a workbook without a single row."""

    # compared

    @abstractmethod
    def key(self, row: R) -> K: ...

    @abstractmethod
    def content(self, row: R) -> C: ...

    @abstractmethod
    def row(self, key: K, content: C, place: Place) -> R:
        """The row again that has this key and content."""

    def same(self, before: C, after: C) -> bool:
        """Whether nothing would change."""
        return before == after

    def corrects(self, before: C, after: C) -> bool:
        """Whether it takes a reason to put the one in the place of the other."""
        return not self.same(before, after)

    def compare(self, reading: Reading, current: Mapping[K, Kept[C]]) -> Preview:
        """What becomes of each row if the reading is committed over what is valid in its slices."""
        after = {self.key(row): row for row in reading.rows}
        rows = []
        for key, row in after.items():
            content, known = self.content(row), current.get(key)
            if known is None:
                rows.append(PreviewRow(Change.NEW, key, None, content, row.place))
            else:
                change = Change.UNCHANGED if self.same(known.content, content) else Change.CHANGED
                rows.append(PreviewRow(change, key, known.content, content, row.place, known.delivery))
        rows += [
            PreviewRow(Change.VANISHED, key, known.content, None, known.place, known.delivery)
            for key, known in current.items()
            if key not in after
        ]
        return Preview(self.code, tuple(sorted(rows, key=lambda row: (ORDER.index(row.change), row.key))))

    def carried(self, preview: Preview) -> Iterator[R]:
        """What would vanish, as the delivery would carry it on; its place says which delivery it came from."""
        for row in preview.rows:
            if row.change is Change.VANISHED:
                place = replace(row.place, sheet=f"aus Lieferung {row.delivery}: {row.place.sheet}")
                yield self.row(row.key, row.before, place)

    # kept and asked again

    @abstractmethod
    def keep(self, cursor: duckdb.DuckDBPyConnection, coverage: Coverage, rows: Sequence[R]) -> None:
        """Stores the rows of a delivery; raises KeyError for a row outside of what it covers."""

    @abstractmethod
    def valid(self, store: Store, slices: Iterable[Slice], moment: datetime = FOREVER) -> dict[K, Kept[C]]:
        """Everything that is valid in the slices at the moment."""

    # said

    @abstractmethod
    def subject_name(self, catalogue: Catalogue, subject: str) -> str: ...

    @abstractmethod
    def row_name(self, catalogue: Catalogue, key: K) -> str:
        """What the row is within its subject and period."""

    @abstractmethod
    def text(self, catalogue: Catalogue, key: K, content: C) -> str:
        """The content as German readers see it."""

    def texts(self, catalogue: Catalogue, row: PreviewRow) -> tuple[str, str]:
        """What was and what will be, as German readers see it; empty where there is nothing."""
        before, after = (
            "" if content is None else self.text(catalogue, row.key, content) for content in (row.before, row.after)
        )
        return before, after

    def reserved(self, preview: Preview) -> Iterator[Finding]:
        """What of this only the office may do, whoever else may deliver; nothing in most data sets."""
        yield from ()

    def meaning(self, content: C) -> str:
        """What a sign in the place of a content stands for, in words."""
        return ""

    def remark(self, content: C) -> str:
        """What is said beside the place of a row, for example that it was worked out."""
        return ""

    def shown_by(self, catalogue: Catalogue, subjects: Iterable[str]) -> tuple[str, ...]:
        """The indicators whose charts show these subjects."""
        return ()


AnyDataSet = DataSet[Any, Any, Any]
