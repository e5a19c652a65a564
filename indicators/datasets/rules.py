"""What a validation rule is, and what it may look at."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, auto
from typing import Any

from indicators.catalogue import Catalogue
from indicators.model import Breakdown, Finding, Observation, Place, Slice
from indicators.periods import Period

Earlier = Mapping[tuple[str, str, Breakdown, Period], float]
"""Valid values by base figure, reporter, breakdown and period."""


@dataclass(frozen=True)
class Context:
    """What is known beside the delivery itself: the definitions, earlier values, the day, and who delivers.

    `earlier` are valid values of other slices than those that the delivery covers, `stored` those that it replaces.
    """

    catalogue: Catalogue
    today: date
    earlier: Earlier = field(default_factory=dict)
    empty: Sequence[tuple[Slice, Any, Place]] = ()
    stored: Earlier = field(default_factory=dict)


class Rows(Enum):
    """Which rows a rule looks at."""

    ALL = auto()
    KNOWN = auto()
    """Those whose base figure and breakdown are defined; the others are reported once and kept from these rules."""


Check = Callable[[Sequence[Observation], Context], Iterable[Finding]]


@dataclass(frozen=True)
class Rule:
    """One thing that rows must keep."""

    check: Check
    rows: Rows = Rows.KNOWN


def on_all_rows(check: Check) -> Rule:
    """A rule that looks at rows of unknown codes too."""
    return Rule(check, Rows.ALL)
