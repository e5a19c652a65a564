"""What a city wants of an indicator: the rule that `attainment.assess` judges a series by."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from indicators.periods import Period


class Direction(StrEnum):
    """Which way is better."""

    UP = "up"
    DOWN = "down"
    MAINTAIN = "maintain"
    BAND = "band"
    NONE = "none"

    @property
    def factor(self) -> int:
        """-1 where less is better, else +1."""
        return -1 if self is Direction.DOWN else 1

    @property
    def word(self) -> str:
        return {
            "up": "soll steigen",
            "down": "soll sinken",
            "maintain": "soll mindestens gehalten werden",
            "band": "soll in einem Bereich bleiben",
            "none": "keine gewünschte Richtung",
        }[self]


@dataclass(frozen=True, slots=True)
class Point:
    """A value at a period, in the indicator's unit: a baseline, a milestone or a target."""

    period: Period
    value: float

    @classmethod
    def of(cls, period: "Period | str | int", value: float) -> "Point":
        return cls(Period.parse(period), float(value))


@dataclass(frozen=True, slots=True)
class Agreed:
    """Where a target comes from that a body has decided: on which day, by whom, by which paper.

    `agreement` is the name of the goal of a target agreement that it comes from instead; then `by` is the unit that has
    agreed, and `paper` the agreement.

    `former` is what was wanted until that day, None where nothing was.
    """

    number: int
    on: date
    by: str
    paper: str
    remark: str = ""
    former: "TargetRule | None" = None
    agreement: str = ""

    @property
    def said(self) -> str:
        """„beschlossen am 20.05.2026 durch Steuerungsgruppe, Vorlage 26-0815“."""
        done = f"vereinbart am {self.on:%d.%m.%Y} mit" if self.agreement else f"beschlossen am {self.on:%d.%m.%Y} durch"
        return f"{done} {self.by}, {self.source}"

    @property
    def source(self) -> str:
        """„Vorlage 26-0815“, „Zielvereinbarung 2026, Nr. 2“."""
        return self.paper if self.agreement else f"Vorlage {self.paper}"


@dataclass(frozen=True, slots=True)
class TargetRule:
    """One target of an indicator with the method that judges it.

    `targets` are in order of time: milestones first, the target last. `tolerance` is in the
    indicator's unit; None means the method's default. `low` and `high` bound a band; a threshold
    is the value of the last target. `breaks` are the first periods of a new definition;
    `chained` says that the definition joins the parts into one series. `percentage` marks a
    value bounded by 0 and 100 whose complement means the same. `gap` says that the values are
    the difference or the ratio between two members. `yearly` marks a target that is due anew in every year.
    `accept_percentage` lets eurostat_cagr judge a percentage all the same, for comparison with Eurostat.
    `agreed` says which decision the target comes from; None where it stands in the definitions.
    """

    method: str = "linear_path"
    direction: Direction = Direction.UP
    baseline: Point | None = None
    targets: tuple[Point, ...] = ()
    tolerance: float | None = None
    low: float | None = None
    high: float | None = None
    breaks: tuple[Period, ...] = ()
    chained: bool = False
    percentage: bool = False
    gap: str | None = None
    yearly: bool = False
    accept_percentage: bool = False
    agreed: Agreed | None = None

    def __post_init__(self) -> None:
        """Also takes plain forms: direction "up", a point as (2030, 36.0), points as a list, a break as 2022."""
        plain = {
            "direction": Direction(self.direction),
            "baseline": _point(self.baseline) if self.baseline is not None else None,
            "targets": tuple(_point(target) for target in self.targets),
            "breaks": tuple(Period.parse(period) for period in self.breaks),
        }
        for name, value in plain.items():
            object.__setattr__(self, name, value)

    @property
    def target(self) -> Point | None:
        """The final target; the points before it are milestones."""
        return self.targets[-1] if self.targets else None

    @property
    def widens_gap(self) -> bool:
        """Whether the direction would call a wider gap between two members better than the target."""
        bare = self.baseline is None
        ways = {way for point in self.targets[-1:] if (way := wanted_of_gap(self.gap, point.value, bare=bare))}
        return bool(ways) and self.direction in (Direction.UP, Direction.DOWN) and self.direction not in ways


def wanted_of_gap(mode: str | None, value: float, *, bare: bool) -> Direction | None:
    """Which way a gap of this value closes: a difference towards 0, a ratio towards 1; None where none is said.

    A difference below 0 may also be a lead that is to be kept or to grow. That has to be said by a baseline on the same
    side, which then tells the way; a `bare` value, without one, is a gap like any other.
    """
    if mode is None or value == (1.0 if mode == "ratio" else 0.0):
        return None
    if mode == "ratio":
        return Direction.DOWN if value > 1 else Direction.UP
    return Direction.DOWN if value > 0 else Direction.UP if bare else None


def _point(form: "Point | tuple[Period | str | int, float]") -> Point:
    return form if isinstance(form, Point) else Point.of(*form)
