"""Indicators and their targets, as they stand in the definition files and as the rest of the house sees them."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, InstanceOf

from indicators.catalogue.fields import (
    BreakdownField,
    Code,
    CodeList,
    Definition,
    FormulaText,
    PeriodField,
    PointField,
    Text,
    TextList,
    TreeCode,
)
from indicators.catalogue.formula import Formula
from indicators.catalogue.frequency import Frequency
from indicators.model import Breakdown
from indicators.targets import Agreed, Direction, Point, TargetRule


class IndicatorKind(StrEnum):
    IMPACT = "impact"
    OUTCOME = "outcome"
    OUTPUT = "output"
    INPUT = "input"
    CONTEXT = "context"

    @property
    def word(self) -> str:
        return {
            "impact": "Langfristige Wirkung",
            "outcome": "Wirkung",
            "output": "Leistung",
            "input": "Mitteleinsatz",
            "context": "Rahmenbedingung",
        }[self]


class Cumulative(StrEnum):
    """What a formula over counts since January means: the count since January, or the single period's."""

    SINCE_JANUARY = "since_january"
    SINGLE_PERIOD = "single_period"

    @property
    def word(self) -> str:
        return {
            "since_january": "Stand seit Jahresbeginn",
            "single_period": "nur der einzelne Zeitraum (geliefert wird der Stand seit Jahresbeginn)",
        }[self]


class DefinitionVersion(Definition):
    valid_from: PeriodField
    definition: Text


class Break(Definition):
    """`period` is the first one of the new definition."""

    period: PeriodField
    note: Text


class EarlierGoal(Definition):
    """The goal that an indicator belonged to up to the last day of `valid_to`."""

    goal: TreeCode
    valid_to: PeriodField


class GapMode(StrEnum):
    DIFFERENCE = "difference"
    RATIO = "ratio"


class Gap(Definition):
    """The value is member `of` minus (or divided by) member `against` of one dimension; `against` None = the total."""

    dimension: Code
    of: Code
    against: Code | None = None
    mode: GapMode = GapMode.DIFFERENCE

    @property
    def short(self) -> str:
        """In one word, as forms and links have it; `of_short` is its inverse."""
        return f"{self.dimension}:{self.of}{_BETWEEN[self.mode]}{self.against or ''}"

    @classmethod
    def of_short(cls, text: str) -> dict[str, str]:
        """As it stands in a file. What is not in this form is left to the check of the catalogue."""
        dimension, _, rest = text.partition(":")
        mode = GapMode.RATIO if _BETWEEN[GapMode.RATIO] in rest else GapMode.DIFFERENCE
        of, _, against = rest.partition(_BETWEEN[mode])
        found = {"dimension": dimension.strip(), "of": of.strip()}
        found |= {"against": against.strip()} if against.strip() else {}
        return found | ({"mode": mode.value} if mode is GapMode.RATIO else {})


_BETWEEN = {GapMode.DIFFERENCE: "-", GapMode.RATIO: "/"}


class RuleDefinition(Definition):
    """One target as it stands in the file. `breakdown` says whose value is judged; empty = the indicator's headline.

    `below_one_percent` says that a percentage below 1 is meant as it stands, and is no fraction such as 0.36 for 36 %.
    """

    title: str = ""
    method: Code = "linear_path"
    direction: Direction | None = None
    baseline: PointField | None = None
    targets: tuple[PointField, ...] = ()
    tolerance: Annotated[float, Field(ge=0)] | None = None
    low: float | None = None
    high: float | None = None
    yearly: bool = False
    below_one_percent: bool = False
    breakdown: BreakdownField | None = None
    gap: Gap | None = None


AGREED_ON = ("method", "baseline", "targets", "low", "high")
"""What of a target a body decides; all else stays as it is defined."""


class IndicatorEntry(Definition):
    """An indicator as it stands in the file.

    `cumulative` says what its counts since January mean where it is shown more often than once a year.
    `earlier_goals` are those that it belonged to before `goal`; its series is one. `approaches` are those it measures.
    `headline` is the breakdown that overview and status speak of; by default the total. `method`, `baseline`,
    `targets` … are its first target, `further_rules` holds any others. For the report: `relevance` says why it is
    watched, `delimitation` who counts (the concept of origin) and who does not, `method_notes` what to mind.
    `retired` says that it is kept on no list any more and judged no more; its page, its past and its links stay.
    """

    code: TreeCode
    title: Text
    goal: TreeCode
    earlier_goals: tuple[EarlierGoal, ...] = ()
    approaches: TextList = ()
    kind: IndicatorKind
    formula: FormulaText
    unit: Text
    decimals: Annotated[int, Field(ge=0, le=6)] = 1
    direction: Direction
    frequency: Frequency | None = None
    cumulative: Cumulative | None = None
    breakdowns: CodeList = ()
    headline: BreakdownField = Breakdown()
    definition: Text
    relevance: str = ""
    delimitation: str = ""
    method_notes: str = ""
    source: Text
    baseline: PointField | None = None
    targets: tuple[PointField, ...] = ()
    method: Code = "linear_path"
    tolerance: Annotated[float, Field(ge=0)] | None = None
    low: float | None = None
    high: float | None = None
    yearly: bool = False
    below_one_percent: bool = False
    gap: Gap | None = None
    further_rules: tuple[RuleDefinition, ...] = ()
    breaks: tuple[Break, ...] = ()
    chained: bool = False
    versions: tuple[DefinitionVersion, ...] = ()
    example_target: bool = False
    formerly: TextList = ()
    compare: CodeList = ()
    retired: bool = False


class Indicator(IndicatorEntry):
    """What is judged: the entry, and what follows from its surroundings.

    `expression` is the formula over delivered base figures alone; `percentage` comes from the unit.
    `counts_rounded_to` is there for those to whom its numbers are shown rounded. `agreed` holds the decisions that its
    targets come from, by the target's title, empty for its own.
    """

    field: str
    frequency: Frequency
    expression: InstanceOf[Formula]
    percentage: bool
    counts_rounded_to: int | None = None
    agreed: Mapping[str, InstanceOf[Agreed]] = {}

    @property
    def judged(self) -> bool:
        """Whether the file gives the indicator a target or a method of its own."""
        if self.retired:
            return False
        return "method" in self.model_fields_set or self.baseline is not None or bool(self.targets)

    @property
    def exact_decimals(self) -> int:
        """Digits for the numbers within a formula, so that its result can be recomputed in the digits that it shows."""
        return max(self.decimals, 1) + 2

    @property
    def takes_value(self) -> bool:
        """Whether a value of its own can be agreed on as its target: nothing else is wanted than to reach one."""
        reaches = self.direction in (Direction.UP, Direction.DOWN, Direction.MAINTAIN)
        return self.judged and reaches and self.gap is None and self.method not in ("direction", "band")

    @property
    def rule_definitions(self) -> tuple[RuleDefinition, ...]:
        """All targets as written, the indicator's own first; same order as `rules`.

        Empty for an indicator that is only watched (no method, no baseline, no target), or retired.
        """
        if self.retired:
            return ()
        if not self.judged:
            return self.further_rules
        own = RuleDefinition(
            method=self.method,
            direction=self.direction,
            baseline=self.baseline,
            targets=self.targets,
            tolerance=self.tolerance,
            low=self.low,
            high=self.high,
            yearly=self.yearly,
            below_one_percent=self.below_one_percent,
            breakdown=self.headline,
            gap=self.gap,
        )
        return (own, *self.further_rules)

    @property
    def rules(self) -> tuple[TargetRule, ...]:
        """The same targets as `attainment.assess` takes them."""
        return tuple(self._rule(written) for written in self.rule_definitions)

    def with_target(self, aim: str, wanted: RuleDefinition, agreed: Agreed) -> Self:
        """The same with one target as it was agreed; `aim` is the title of a further one, empty for its own."""
        values = {name: getattr(wanted, name) for name in AGREED_ON}
        decisions = {**self.agreed, aim: agreed}
        if not aim:
            return self.model_copy(update={**values, "agreed": decisions, "example_target": False})
        rules = tuple(rule.model_copy(update=values) if rule.title == aim else rule for rule in self.further_rules)
        return self.model_copy(update={"further_rules": rules, "agreed": decisions})

    def _rule(self, written: RuleDefinition) -> TargetRule:
        return TargetRule(
            method=written.method,
            direction=written.direction or self.direction,
            baseline=written.baseline,
            targets=tuple(sorted(written.targets, key=_time)),
            tolerance=written.tolerance,
            low=written.low,
            high=written.high,
            breaks=tuple(sorted(found.period for found in self.breaks)),
            chained=self.chained,
            percentage=self.percentage and written.gap is None,
            gap=written.gap.mode.value if written.gap else None,
            yearly=written.yearly,
            agreed=self.agreed.get(written.title),
        )


def _time(point: Point) -> float:
    return point.period.time
