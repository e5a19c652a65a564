"""What a body has agreed on as a target, and the definitions with it: from the day of the decision on it wins."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from indicators.catalogue import AGREED_ON, Catalogue, Indicator, RuleDefinition
from indicators.errors import MonitoringError
from indicators.targets import Agreed, Point


class TargetError(MonitoringError):
    """A target that cannot be agreed on like this; `field` is what of it is wrong, empty for the whole."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True)
class AgreedTarget:
    """`aim` is the title of the indicator's further target, empty for its own; `wanted` says what it is now.

    `body` is the number of the body and `by` its name then. `entered` (UTC) and `who` tell when it came in here,
    `ended`, `ended_by` and `reason` that it was taken back. `agreement` is the goal of a target agreement that it comes
    from: a station on the way, with one value in `wanted`; the way and what is wanted later stay.
    """

    number: int
    indicator: str
    aim: str
    wanted: RuleDefinition
    on: date
    body: int
    by: str
    paper: str
    remark: str = ""
    entered: datetime = datetime.min
    who: str = ""
    ended: datetime | None = None
    ended_by: str = ""
    reason: str = ""
    agreement: str = ""

    @property
    def same_as(self) -> tuple[object, ...]:
        """Two that are equal in this are one decision."""
        wanted = (getattr(self.wanted, name) for name in AGREED_ON)
        return self.indicator, self.aim, self.on, self.body, self.paper, *wanted


def in_force(catalogue: Catalogue, targets: Iterable[AgreedTarget]) -> Catalogue:
    """The definitions with the targets as they were agreed; a decision on what is no longer defined rests."""
    changed: dict[str, Indicator] = {}
    for target in targets:
        code = catalogue.current_indicator(target.indicator)
        indicator = changed.get(code) or catalogue.indicators.get(code)
        if indicator is not None and target.aim in aims(indicator) and (indicator.takes_value or not target.agreement):
            changed[code] = with_target(indicator, target)
    return replace(catalogue, indicators={**catalogue.indicators, **changed}) if changed else catalogue


def with_target(indicator: Indicator, target: AgreedTarget) -> Indicator:
    """The indicator from the day of the decision on."""
    places = [written.title for written in indicator.rule_definitions]
    former = indicator.rules[places.index(target.aim)] if target.aim in places else None
    agreed = Agreed(target.number, target.on, target.by, target.paper, target.remark, former, target.agreement)
    wanted = _with_station(indicator, target) if target.agreement else target.wanted
    return indicator.with_target(target.aim, wanted, agreed)


STATIONS = ("linear_path", "dns_trend", "eurostat_cagr")
"""Methods that know a way to a later target; all others judge by one value."""


def _with_station(indicator: Indicator, target: AgreedTarget) -> RuleDefinition:
    """What a unit promises for a year does not undo what the council wants of a later one."""
    own, [point] = indicator.rule_definitions[0], target.wanted.targets
    way = (own.direction or indicator.direction).factor
    others = [one for one in own.targets if own.method in STATIONS and _stays(one, point, way)]
    points = sorted([*others, point], key=lambda one: one.period.time)
    return own.model_copy(update={"title": "", "targets": tuple(points)})


def _stays(other: Point, agreed: Point, way: int) -> bool:
    """A station of before does, and a later target unless the agreed one already lies beyond it."""
    earlier = other.period.time < agreed.period.time
    return earlier or (other.period.time > agreed.period.time and way * other.value >= way * agreed.value)


def aims(indicator: Indicator) -> tuple[str, ...]:
    """The targets that a decision can be about: the indicator's own, and further ones by their title."""
    return ("", *(rule.title for rule in indicator.further_rules if rule.title))
