"""One indicator in one respect: what a meeting is told to have changed."""

from dataclasses import dataclass
from enum import StrEnum

from indicators.attainment import Status
from indicators.catalogue import Indicator
from indicators.model import Measurement


class Kind(StrEnum):
    """In the order of the page. The first four exclude each other, the others tell of the data."""

    REACHED = "reached"
    AT_RISK = "at_risk"
    BETTER = "better"
    WORSE = "worse"
    REVISED = "revised"
    DELIVERED = "delivered"
    TARGET = "target"
    MISSING = "missing"

    @property
    def word(self) -> str:
        return {
            "reached": "neu erreicht",
            "at_risk": "neu gefährdet",
            "better": "besser",
            "worse": "schlechter",
            "revised": "revidiert",
            "delivered": "neu geliefert",
            "target": "neues Ziel",
            "missing": "ausstehend",
        }[self]

    @property
    def symbol(self) -> str:
        return {
            "reached": "✓",
            "at_risk": "!",
            "better": "↗",
            "worse": "↘",
            "revised": "↺",
            "delivered": "+",
            "target": "◎",
            "missing": "✗",
        }[self]


@dataclass(frozen=True)
class Change:
    """One indicator in one respect. `before` and `after` are measurements of the same group, None where there was or is
    none; `remark` says what stands behind it."""

    kind: Kind
    indicator: Indicator
    before: Measurement | None
    after: Measurement | None
    shown_before: str
    shown_after: str
    status_before: Status
    status_after: Status
    remark: str = ""

    @property
    def period_before(self) -> str:
        return self.before.period.label if self.before else ""

    @property
    def period_after(self) -> str:
        return self.after.period.label if self.after else ""
