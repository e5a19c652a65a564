"""Methods that measure the distance to a path or a bound in the indicator's own unit."""

from itertools import pairwise

from indicators.attainment.assessment import Case, NoVerdict, StepKind, Verdict
from indicators.attainment.course import INSTANT, at_least, same
from indicators.attainment.methods.registry import method
from indicators.attainment.status import Reason, Status
from indicators.targets import Direction, Point

DEFAULT_SHARE = 0.05
"""Tolerance where none is agreed: this share of the way from baseline to target (or of a band's width)."""


@method("linear_path", title="Linearer Zielpfad")
def linear_path(case: Case) -> Verdict:
    """Distance to the straight path from baseline over the milestones to the target.

    e(t) is piecewise linear through (t0, x0), the milestones and (T, z), and z after T.
    D = (x_t - e(t)) · direction. Reached: x_t at or beyond z. On track: D ≥ -tol. Wrong direction: x_t on the
    wrong side of x0. Slightly behind: D ≥ -3·tol. Else clearly behind. tol: agreed, else 5 % of |z - x0|.
    A target that is worse than the baseline contradicts itself and is not judged.
    With z = x0 it is a maintain target; the directions maintain and band lead to those methods.
    Source: the project's own convention for agreed targets; distance to a target path as in
    Ecologic Institute, An Indicator for Measuring Regional Progress towards the Europe 2020 Targets, 2014, 3.1.
    """
    if case.rule.direction is Direction.BAND:
        return band(case)
    if case.rule.direction is Direction.MAINTAIN:
        return maintain(case)
    better, targets, baseline = case.better, case.targets, case.baseline
    if same(targets[-1].value, baseline.value):
        return maintain(case)
    _check_years(baseline, targets)
    if not at_least(better * targets[-1].value, better * baseline.value):
        raise NoVerdict(Reason.UNDEFINED, "Der Zielwert ist schlechter als der Ausgangswert.")
    expected = _expected(case, baseline, targets)
    tolerance = _tolerance(case, abs(targets[-1].value - baseline.value), "|Ziel - Ausgangswert|")
    return _on_path(case, better, baseline.value, expected, targets[-1].value, tolerance)


@method("gap", title="Abstand zwischen zwei Gruppen")
def gap(case: Case) -> Verdict:
    """A target on the difference or ratio between two members, as `gap_values` makes it.

    With a baseline the gap follows a linear path, without one its target is a threshold.
    Source: the German sustainability strategy's indicator 10.1 targets such a difference.
    """
    sided = case.rule.direction in (Direction.UP, Direction.DOWN, Direction.NONE)
    return threshold(case) if sided and case.rule.baseline is None else linear_path(case)


@method("maintain", title="Halten")
def maintain(case: Case) -> Verdict:
    """Not worse than the target value, else the baseline, by more than tol.

    D = (x_t - r) · direction with r = z, else x0. Reached: D ≥ -tol. Slightly behind: D ≥ -3·tol.
    Else wrong direction. tol: agreed, else 5 % of |z - x0|, which is 0 where only one of them is given.
    The direction maintain counts less as worse; where both are bad, a band says so.
    Source: the project's own convention.
    """
    rule, better = case.rule, case.better
    if not rule.targets and rule.baseline is None:
        raise NoVerdict(Reason.NO_TARGET)
    start = case.baseline.value if rule.baseline else None
    held = case.targets[-1].value if rule.targets else case.baseline.value
    tolerance = _tolerance(case, abs(held - start) if start is not None else 0.0, "|Ziel - Ausgangswert|")
    deviation = _deviation(case, better, held, "zu haltender Wert")
    if at_least(deviation, -tolerance, case.value, held):
        return case.verdict(Status.REACHED, f"Abweichung ≥ -{case.n(tolerance)}", held, deviation)
    if at_least(deviation, -3 * tolerance, case.value, held):
        return case.verdict(Status.SLIGHTLY_BEHIND, f"Abweichung ≥ -3 · {case.n(tolerance)}", held, deviation)
    return case.verdict(Status.WRONG_DIRECTION, f"Abweichung < -3 · {case.n(tolerance)}", held, deviation)


@method("band", title="Zielkorridor")
def band(case: Case) -> Verdict:
    """Inside [low, high]; outside, the nearest bound is the target.

    Reached: low ≤ x_t ≤ high. Outside, the bound is judged like a target: by the path from the baseline to the
    bound in the target year where both are given and the baseline lies outside on the same side, else by the
    distance to the bound itself. tol: agreed, else 5 % of high - low (0 with one bound).
    Source: the project's own convention.
    """
    rule, x = case.rule, case.value
    low, high = rule.low, rule.high
    if low is None and high is None:
        raise NoVerdict(Reason.NO_TARGET)
    if low is not None and high is not None and low > high:
        raise NoVerdict(Reason.UNDEFINED, "Die untere Grenze des Korridors liegt über der oberen.")
    baseline = case.baseline if rule.baseline else None
    under = low is not None and not at_least(x, low)
    over = high is not None and not at_least(high, x)
    bound = low if under or high is None else high
    assert bound is not None
    if not under and not over:
        text = " und ".join(f"{sign} {case.n(limit)}" for sign, limit in (("≥", low), ("≤", high)) if limit is not None)
        case.note("Zielkorridor", text, kind=StepKind.BAND)
        return case.verdict(Status.REACHED, f"{case.n(x)} liegt im Korridor", x, 0.0)
    better = 1 if under else -1
    start = baseline.value if baseline else None
    width = high - low if low is not None and high is not None else 0.0
    tolerance = _tolerance(case, width, "Breite des Korridors")
    expected = bound
    if baseline and rule.targets and not at_least(better * baseline.value, better * bound):
        goal = (Point(case.targets[-1].period, bound),)
        _check_years(baseline, goal)
        expected = _expected(case, baseline, goal)
    return _on_path(case, better, start, expected, bound, tolerance)


@method("threshold", title="Schwellenwert")
def threshold(case: Case) -> Verdict:
    """Met or not: (x_t - z) · direction ≥ 0, at any time and without tolerance.

    Source: the project's own convention.
    """
    better, bound = case.better, case.targets[-1].value
    deviation = _deviation(case, better, bound, "Schwellenwert")
    if at_least(better * case.value, better * bound):
        return case.verdict(Status.MET, "Abweichung ≥ 0", bound, deviation)
    return case.verdict(Status.NOT_MET, "Abweichung < 0", bound, deviation)


def _on_path(case: Case, better: int, start: float | None, expected: float, target: float, tolerance: float) -> Verdict:
    """The five statuses of a path; a better value never gives a worse one, and none behind the path has reached it.

    Behind the path and beyond the target is a value only where a milestone or the baseline lies beyond the target.
    """
    x = case.value
    scale = (x, expected, target)
    deviation = _deviation(case, better, expected, "erwarteter Wert")

    def verdict(status: Status, rule: str) -> Verdict:
        return case.verdict(status, rule, expected, deviation)

    if at_least(better * x, better * target) and at_least(deviation, 0.0, *scale):
        return verdict(Status.REACHED, f"{case.n(x)} {'≥' if better > 0 else '≤'} Zielwert {case.n(target)}")
    if at_least(deviation, -tolerance, *scale):
        return verdict(Status.ON_TRACK, f"Abweichung ≥ -{case.n(tolerance)}")
    if start is not None and not at_least(better * x, better * start):
        side = "unter" if better > 0 else "über"
        return verdict(Status.WRONG_DIRECTION, f"{case.n(x)} liegt {side} dem Ausgangswert {case.n(start)}")
    if at_least(deviation, -3 * tolerance, *scale):
        return verdict(Status.SLIGHTLY_BEHIND, f"Abweichung ≥ -3 · {case.n(tolerance)}")
    return verdict(Status.CLEARLY_BEHIND, f"Abweichung < -3 · {case.n(tolerance)}")


def _expected(case: Case, baseline: Point, targets: tuple[Point, ...]) -> float:
    """The path's value at the latest period; the last target's value after its period."""
    if case.time >= targets[-1].period.time:
        case.note("Erwarteter Wert", f"Zielwert, da {targets[-1].period.label} erreicht ist", targets[-1].value)
        return targets[-1].value
    if case.time <= baseline.period.time:
        case.note("Erwarteter Wert", "Ausgangswert", baseline.value)
        return baseline.value
    after = next(point for point in targets if point.period.time >= case.time)
    before = max(
        (point for point in (baseline, *targets) if point.period.time < case.time),
        key=lambda point: point.period.time,
    )
    elapsed, span = case.time - before.period.time, after.period.time - before.period.time
    expected = before.value + (after.value - before.value) * elapsed / span
    n, term = case.n, case.term
    case.note(
        "Erwarteter Wert",
        f"{term(before.value)} + ({n(after.value)} - {term(before.value)}) · {n(elapsed)} / {n(span)} Jahre",
        expected,
    )
    return expected


def _deviation(case: Case, better: int, expected: float, name: str) -> float:
    deviation = better * (case.value - expected)
    x, e = case.term(case.value), case.term(expected)
    formula = f"{x} - {e}" if better > 0 else f"{e} - {x}"
    note = "positiv ist besser" if better > 0 else "weniger ist besser"
    case.note("Abweichung", f"{formula} ({name}: {case.n(expected)}; {note})", deviation, 0)
    return deviation


def _tolerance(case: Case, span: float, name: str) -> float:
    agreed = case.rule.tolerance
    if agreed is not None:
        if agreed < 0:
            raise NoVerdict(Reason.UNDEFINED, "Die Toleranz ist negativ.")
        case.note("Toleranz", "vereinbart", agreed, kind=StepKind.TOLERANCE)
        return agreed
    tolerance = DEFAULT_SHARE * span
    case.note("Toleranz", f"5 % von {name} = 0,05 · {case.n(span)}", tolerance, kind=StepKind.TOLERANCE)
    return tolerance


def _check_years(baseline: Point, targets: tuple[Point, ...]) -> None:
    times = [baseline.period.time, *(point.period.time for point in targets)]
    if any(later - earlier < INSTANT for earlier, later in pairwise(times)):
        raise NoVerdict(Reason.UNDEFINED, "Ausgangswert, Zwischenziele und Ziel folgen zeitlich nicht aufeinander.")
