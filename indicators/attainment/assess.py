"""The one way to a verdict."""

from indicators.attainment.assessment import Assessment, Case, NoVerdict, Verdict
from indicators.attainment.course import Course, Values, same
from indicators.attainment.methods import METHODS
from indicators.attainment.pace import forecast, pace
from indicators.attainment.status import Reason, Status
from indicators.targets import Direction, TargetRule


def assess(values: Values, rule: TargetRule, decimals: int = 3) -> Assessment:
    """Judges the latest of the values, which come as (period, value) in any order or as an indicator's series.

    A period is a Period or what `Period.parse` reads; a value a number, a Sign, or None for not delivered.
    `decimals` is how exact the steps are written; all arithmetic is unrounded. Raises ValueError for an
    unknown method, for two values of one moment and for what is no value; everything that merely cannot
    be judged is the status NOT_JUDGED with its reason.
    """
    if rule.method not in METHODS:
        raise ValueError(f"no method is named {rule.method!r}; there are {', '.join(sorted(METHODS))}")
    course = Course.of(values, () if rule.chained else rule.breaks)
    latest = course.latest
    verdict = _judge(course, rule, decimals)
    judged = verdict.status is not Status.NOT_JUDGED
    return Assessment(
        method=rule.method,
        status=verdict.status,
        period=latest.period if latest else None,
        value=latest.value if latest else None,
        expected=verdict.expected,
        deviation=verdict.deviation,
        attainment=_attainment(latest.value, rule) if judged and latest else None,
        pace=pace(course, rule),
        forecast=forecast(course, rule),
        reason=verdict.reason,
        detail=verdict.detail,
        steps=verdict.steps,
        target=rule.target,
    )


def _judge(course: Course, rule: TargetRule, decimals: int) -> Verdict:
    latest = course.latest
    case = Case(course, rule, decimals)
    try:
        if latest is None:
            raise NoVerdict(Reason.NOT_DELIVERED, "Es liegt kein Wert vor.")
        if latest.value is None:
            raise NoVerdict(latest.missing, f"Für {latest.period.label} liegt kein Wert vor.")
        if rule.widens_gap:
            raise NoVerdict(Reason.UNDEFINED, "Die gewünschte Richtung würde den Abstand vergrößern.")
        return METHODS[rule.method].judge(case)
    except NoVerdict as no:
        return Verdict(Status.NOT_JUDGED, reason=no.reason, detail=no.detail, steps=tuple(case.steps))


def _attainment(value: float | None, rule: TargetRule) -> float | None:
    """(x_t - x0) / (z - x0); None where baseline or target is missing, where they are equal, and for a band."""
    baseline, target = rule.baseline, rule.target
    if value is None or baseline is None or target is None or _is_band(rule):
        return None
    if same(target.value, baseline.value):
        return None
    return (value - baseline.value) / (target.value - baseline.value)


def _is_band(rule: TargetRule) -> bool:
    return rule.method == "band" or rule.direction is Direction.BAND
