"""What a reader made of a workbook, before anyone checked it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from indicators.model import Breakdown, Finding, Observation, Place, Severity, Slice
from indicators.periods import Period


@dataclass(frozen=True)
class Reading:
    """The rows of one workbook. `covers` names the slices that a commit would replace, whole.

    `period` is the period the workbook is for, None where it holds several. `empty` are the
    input cells that were left empty.
    """

    data_set: str
    reporter: str
    period: Period | None
    observations: tuple[Observation, ...] = ()
    covers: tuple[Slice, ...] = ()
    findings: tuple[Finding, ...] = ()
    empty: tuple[tuple[Slice, Breakdown, Place], ...] = ()

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
