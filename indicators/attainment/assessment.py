"""What `assess` returns, and the case that a method works on."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cached_property

from indicators.attainment.course import Course, Entry
from indicators.attainment.pace import Forecast, Pace
from indicators.attainment.status import Reason, Status
from indicators.german import number
from indicators.periods import Period
from indicators.targets import Direction, Point, TargetRule


class StepKind(Enum):
    """What others ask of a step, whatever its label says."""

    EXTRAPOLATION = auto()
    BAND = auto()
    AIM = auto()
    TOLERANCE = auto()
    CONCLUSION = auto()


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the arithmetic: `formula` holds the real numbers, so that a reader can recompute `value`.

    `periods` are those whose values it uses, so that each can be followed to its delivery and cell. A conclusion's
    `rule` is the condition that the status follows from, without the status: „Abweichung ≥ -1“.
    """

    label: str
    formula: str
    value: float | None = None
    periods: tuple[Period, ...] = ()
    kind: StepKind | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a method finds; `expected` and `deviation` as in Assessment."""

    status: Status
    expected: float | None = None
    deviation: float | None = None
    reason: Reason | None = None
    detail: str = ""
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Assessment:
    """The status of a series with everything needed to explain it.

    `expected` is the value that was to be reached by the latest period and `deviation` the distance to it,
    positive when better, both in the indicator's unit; where dns_trend extrapolates, `expected` is the
    extrapolated value in the target year and `deviation` its distance to the target. `attainment` is the
    share of the way from baseline to target, 1 at the target; None where they are equal or not given.
    `reason` and `detail` say why there is no verdict.
    """

    method: str
    status: Status
    period: Period | None = None
    value: float | None = None
    expected: float | None = None
    deviation: float | None = None
    attainment: float | None = None
    pace: Pace | None = None
    forecast: Forecast | None = None
    reason: Reason | None = None
    detail: str = ""
    steps: tuple[Step, ...] = ()
    target: Point | None = None

    @property
    def judged(self) -> bool:
        return self.status is not Status.NOT_JUDGED

    @property
    def conclusion(self) -> str:
        """The condition that the status follows from, without the status: „Abweichung ≥ -1“."""
        found = self._step(StepKind.CONCLUSION)
        return found.rule if found else self.detail

    @property
    def extrapolated(self) -> bool:
        """Whether `expected` is a value carried on to the target year instead of one for the latest period."""
        return self._step(StepKind.EXTRAPOLATION) is not None

    @property
    def is_band(self) -> bool:
        return self._step(StepKind.BAND) is not None

    @property
    def aim(self) -> float | None:
        """The target value that dns_trend judged by: of several the one due next."""
        found = self._step(StepKind.AIM)
        return found.value if found else None

    @property
    def tolerance(self) -> float | None:
        found = self._step(StepKind.TOLERANCE)
        return found.value if found else None

    def _step(self, kind: StepKind) -> Step | None:
        return next((step for step in self.steps if step.kind is kind), None)


class NoVerdict(Exception):
    """Raised by a method that must not judge; `assess` turns it into the status with its reason."""

    def __init__(self, reason: Reason, detail: str = "", steps: Iterable[Step] = ()) -> None:
        super().__init__(reason)
        self.reason, self.detail, self.steps = reason, detail, tuple(steps)


@dataclass(frozen=True)
class Case:
    """A series with a latest value, and the rule to judge it by."""

    course: Course
    rule: TargetRule
    decimals: int = 3
    steps: list[Step] = field(default_factory=list)

    @cached_property
    def latest(self) -> Entry:
        assert self.course.latest is not None
        return self.course.latest

    @cached_property
    def value(self) -> float:
        assert self.latest.value is not None
        return self.latest.value

    @property
    def time(self) -> float:
        return self.latest.time

    @property
    def better(self) -> int:
        """+1 where more is better (or to be held), -1 where less is."""
        self.require_direction()
        return self.rule.direction.factor

    def require_direction(self) -> None:
        if self.rule.direction in (Direction.NONE, Direction.BAND):
            raise NoVerdict(Reason.NO_DIRECTION)

    @cached_property
    def baseline(self) -> Point:
        """The baseline, if the latest value is not older and no break lies between."""
        point = self.rule.baseline
        if point is None:
            raise NoVerdict(Reason.NO_BASELINE)
        if self.time < point.period.time:
            raise NoVerdict(Reason.BEFORE_BASELINE)
        if self.course.breaks_between(point.period.time, self.time):
            raise NoVerdict(Reason.BREAK, "Zwischen Ausgangswert und aktuellem Wert liegt ein Bruch.")
        return point

    @cached_property
    def targets(self) -> tuple[Point, ...]:
        """Milestones and target in order of time, at least one."""
        if not self.rule.targets:
            raise NoVerdict(Reason.NO_TARGET)
        return tuple(sorted(self.rule.targets, key=lambda point: point.period.time))

    def n(self, value: float, decimals: int | None = None) -> str:
        """A number as a German reader writes it: 1.234,5; small ones keep three significant digits."""
        if decimals is None:
            decimals = self.decimals
            if 0 < abs(value) < 10.0 ** (3 - decimals) and self.decimals:
                decimals = 2 - math.floor(math.log10(abs(value)))
        return de(value, decimals)

    def term(self, value: float) -> str:
        """A number within a formula: brackets keep its minus apart from the sign before it."""
        return f"({self.n(value)})" if value < 0 else self.n(value)

    def note(
        self, label: str, formula: str, value: float | None = None, *back: int, kind: StepKind | None = None
    ) -> None:
        """Adds a step; `back` are the years before the latest period whose values it uses."""
        entries = (self.course.years_back(years) for years in back)
        self.steps.append(Step(label, formula, value, tuple(entry.period for entry in entries if entry), kind))

    def verdict(
        self, status: Status, rule: str, expected: float | None = None, deviation: float | None = None
    ) -> Verdict:
        """The status with the condition that it follows from as the last step."""
        self.steps.append(Step("Status", f"{rule} → {status.word}", kind=StepKind.CONCLUSION, rule=rule))
        return Verdict(status, expected, deviation, steps=tuple(self.steps))


def de(value: float, decimals: int = 3) -> str:
    """A number in German with up to so many decimals, without trailing zeros and without a minus zero."""
    text = number(value, decimals)
    return text.rstrip("0").rstrip(",") if "," in text else text
