"""What a validation rule is, and what it may look at."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, auto

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
    empty: Sequence[tuple[Slice, Breakdown, Place]] = ()
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


@dataclass(frozen=True)
class DataSet:
    """A kind of delivery: its code, its German title, and the rules that its rows must keep, in order."""

    code: str
    title: str
    rules: tuple[Rule, ...]

    def check(self, observations: Sequence[Observation], context: Context) -> tuple[Finding, ...]:
        """All findings of all rules, in their order."""
        figures = {o.base_figure for o in observations} & set(context.catalogue.base_figures)
        defined = {code: frozenset(context.catalogue.breakdowns_of(code)) for code in figures}
        known = [o for o in observations if o.breakdown in defined.get(o.base_figure, ())]
        return tuple(
            finding
            for rule in self.rules
            for finding in rule.check(observations if rule.rows is Rows.ALL else known, context)
        )
