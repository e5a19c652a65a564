"""What the status was at each meeting, as known then, and why it changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from itertools import pairwise

from indicators.attainment.assess import assess
from indicators.attainment.assessment import Assessment
from indicators.attainment.course import Course, Values
from indicators.model import Sign
from indicators.periods import Period
from indicators.targets import TargetRule

Known = dict[Period, float | Sign | None]


class Cause(StrEnum):
    """What made a status differ from that of the meeting before."""

    NEW_DEFINITION = "new_definition"
    NEW_TARGET = "new_target"
    REVISION = "revision"
    NEW_VALUE = "new_value"

    @property
    def text(self) -> str:
        return _TEXTS[self]


_TEXTS = {
    Cause.NEW_DEFINITION: "neue Definition",
    Cause.NEW_TARGET: "neues Ziel",
    Cause.REVISION: "Revision früherer Werte",
    Cause.NEW_VALUE: "neuer Wert",
}


@dataclass(frozen=True, slots=True)
class Then:
    """The status at a moment; `causes` are empty at the first moment and where the status stayed the same."""

    moment: date | datetime
    assessment: Assessment
    causes: tuple[Cause, ...] = ()


def status_history(known: Iterable[tuple[date | datetime, Values, TargetRule]]) -> tuple[Then, ...]:
    """The status at each moment from the values known and the rule valid then, in order of the moments.

    Between two moments the changes are applied one after the other - definition, target, revised values, new
    values - and each that changes the status on its way is a cause.
    """
    states = [
        (moment, {entry.period: entry.sign or entry.value for entry in Course.of(values).entries}, rule)
        for moment, values, rule in known
    ]
    states.sort(key=lambda state: state[0])
    history: list[Then] = []
    for number, (moment, values, rule) in enumerate(states):
        causes = () if number == 0 else _causes(*states[number - 1][1:], values, rule)
        history.append(Then(moment, assess(values, rule), causes))
    return tuple(history)


def _causes(old_values: Known, old_rule: TargetRule, values: Known, rule: TargetRule) -> tuple[Cause, ...]:
    defined = replace(
        old_rule, breaks=rule.breaks, chained=rule.chained, percentage=rule.percentage, gap=rule.gap
    )  # the rest of a rule is its target
    revised = {period: values[period] for period in old_values if period in values}
    stages: Sequence[tuple[Cause | None, Known, TargetRule]] = (
        (None, old_values, old_rule),
        (Cause.NEW_DEFINITION, old_values, defined),
        (Cause.NEW_TARGET, old_values, rule),
        (Cause.REVISION, revised, rule),
        (Cause.NEW_VALUE, values, rule),
    )
    verdicts = [(cause, _verdict(known, wanted)) for cause, known, wanted in stages]
    if verdicts[0][1] == verdicts[-1][1]:
        return ()
    pairs = pairwise(verdicts)
    return tuple(cause for (_, before), (cause, after) in pairs if before != after and cause)


def _verdict(values: Known, rule: TargetRule) -> tuple[str, str | None]:
    assessed = assess(values, rule)
    return assessed.status, assessed.reason
