"""What a reader made of a workbook, before anyone checked it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Protocol

from indicators.model import Breakdown, Finding, Place, Severity, Slice
from indicators.periods import Period


class Row(Protocol):
    """One thing that a delivery brings: in which slice it stands, and where in the workbook it was read."""

    @property
    def slice(self) -> Slice: ...

    @property
    def place(self) -> Place: ...


@dataclass(frozen=True, slots=True)
class Remarked:
    """What somebody wrote in words beside a value."""

    slice: Slice
    breakdown: Breakdown
    text: str
    place: Place


@dataclass(frozen=True)
class Reading:
    """The rows of one workbook. `covers` names the slices that a commit would replace, whole.

    `rows` are of the data set's own kind. `period` is the period the workbook is for, None where it holds several.
    `empty` are the input cells that were left empty: the slice, what the cell stands for in it, and its place.
    """

    data_set: str
    reporter: str
    period: Period | None
    rows: tuple[Any, ...] = ()
    covers: tuple[Slice, ...] = ()
    findings: tuple[Finding, ...] = ()
    empty: tuple[tuple[Slice, Any, Place], ...] = ()
    remarks: tuple[Remarked, ...] = ()

    def __post_init__(self) -> None:
        if foreign := [piece for piece in self.covers if piece.data_set != self.data_set]:
            raise ValueError(f"a delivery of {self.data_set} does not cover {foreign[0]!r}")

    def with_findings(self, findings: Iterable[Finding]) -> "Reading":
        return replace(self, findings=(*self.findings, *findings))

    @property
    def reporters(self) -> frozenset[str]:
        """Everyone in whose name something would be stored."""
        return frozenset((self.reporter, *(piece.reporter for piece in self.covers)))

    @property
    def blocked(self) -> bool:
        """True where an error stands in the way of a commit."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)
