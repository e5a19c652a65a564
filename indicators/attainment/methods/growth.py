"""Eurostat's comparison of growth rates."""

import math

from indicators.attainment.assessment import Case, NoVerdict, Verdict
from indicators.attainment.course import INSTANT, at_least, same
from indicators.attainment.methods.registry import method
from indicators.attainment.status import Reason, Status

ENOUGH, MODERATE = 0.95, 0.60
ROUNDING = 1e-9
RATE_DECIMALS = 2


@method("eurostat_cagr", title="Wachstumsraten nach Eurostat")
def eurostat_cagr(case: Case) -> Verdict:
    """Actual against required compound annual growth rate, for comparison with Eurostat and Open SDG.

    CAGRa = (x_t / x0)^(1 / (t - t0)) - 1, CAGRr = (z / x0)^(1 / (T - t0)) - 1, R = direction · CAGRa / |CAGRr|,
    which is CAGRa / CAGRr unless the baseline is beyond the target already. R ≥ 95 % significant,
    ≥ 60 % moderate, ≥ 0 % insufficient, else away from the target; a target that is met is significant. Where
    baseline and target are equal no growth is asked for: met or better is significant, worse is away.
    Refuses percentages unless the rule accepts them (20 → 15 → 10 gives .835, its complement 1.03) and values
    that have no growth rate (x0 ≤ 0, z ≤ 0, x_t < 0); zero is never replaced by a small number.
    Source: Eurostat, Sustainable development in the European Union, annex on assessing trends;
    Open SDG, https://open-sdg.readthedocs.io/en/latest/progress-methodology/
    """
    if case.rule.percentage and not case.rule.accept_percentage:
        raise NoVerdict(Reason.UNDEFINED, "Wachstumsraten von Prozentwerten hängen davon ab, welcher Anteil zählt.")
    better, goal, start = case.better, case.targets[-1].value, case.baseline.value
    if same(start, goal):
        return _held(case, goal)
    passed, whole = _spans(case, start, goal)
    ratio = _ratio(case, start, goal, passed, whole)
    elapsed, n = min(passed, whole), case.n
    expected = start * (goal / start) ** (elapsed / whole)
    case.note("Erwarteter Wert", f"{n(start)} · ({n(goal)} / {n(start)})^({n(elapsed)} / {n(whole)})", expected)
    share = n(100 * ratio, 1)

    def verdict(status: Status, rule: str) -> Verdict:
        return case.verdict(status, rule, expected, better * (case.value - expected))

    if at_least(better * case.value, better * goal):
        return verdict(Status.SIGNIFICANT, "der Zielwert ist erreicht")
    if ratio >= ENOUGH - ROUNDING:
        return verdict(Status.SIGNIFICANT, f"{share} % ≥ 95 %")
    if ratio >= MODERATE - ROUNDING:
        return verdict(Status.MODERATE, f"60 % ≤ {share} % < 95 %")
    if ratio >= -ROUNDING:
        return verdict(Status.INSUFFICIENT, f"0 % ≤ {share} % < 60 %")
    return verdict(Status.AWAY, f"{share} % < 0 %")


def _held(case: Case, goal: float) -> Verdict:
    """A target that was met from the start asks for no growth: it is met still, or has been moved away from."""
    case.note("Erwarteter Wert", "Zielwert, der von Anfang an erreicht war", goal)
    deviation = case.better * (case.value - goal)
    if at_least(case.better * case.value, case.better * goal):
        return case.verdict(Status.SIGNIFICANT, "der Zielwert ist erreicht", goal, deviation)
    return case.verdict(Status.AWAY, "der erreichte Zielwert wird nicht gehalten", goal, deviation)


def _spans(case: Case, start: float, goal: float) -> tuple[float, float]:
    """Years from the baseline to the latest value and to the target, if these numbers have growth rates."""
    if start <= 0 or goal <= 0 or case.value < 0:
        raise NoVerdict(Reason.UNDEFINED, "Wachstumsraten gibt es nur zu einem Ausgangs- und Zielwert über null.")
    begin = case.baseline.period.time
    passed, whole = case.time - begin, case.targets[-1].period.time - begin
    if passed < INSTANT or whole < INSTANT:
        raise NoVerdict(Reason.UNDEFINED, "Zwischen Ausgangs- und Zielwert liegt keine Zeit.")
    return passed, whole


def _ratio(case: Case, start: float, goal: float, passed: float, whole: float) -> float:
    n, x, better = case.n, case.value, case.better
    actual, required = 100 * _growth(start, x, passed), 100 * _growth(start, goal, whole)
    ratio = better * actual / abs(required)
    case.note(
        "Tatsächliche Wachstumsrate in Prozent", f"100 · (({n(x)} / {n(start)})^(1 / {n(passed)}) - 1)", actual, 0
    )
    case.note("Nötige Wachstumsrate in Prozent", f"100 · (({n(goal)} / {n(start)})^(1 / {n(whole)}) - 1)", required)
    shares = [n(rate, RATE_DECIMALS) for rate in (actual, abs(required))]
    case.note(
        "Verhältnis in Prozent",
        f"{100 * better} · {f'({shares[0]})' if actual < 0 else shares[0]} / {shares[1]}",
        100 * ratio,
    )
    return ratio


def _growth(start: float, end: float, years: float) -> float:
    try:
        growth = (end / start) ** (1 / years) - 1
    except OverflowError:
        growth = math.inf
    if math.isinf(growth):
        raise NoVerdict(Reason.UNDEFINED, "Die Wachstumsrate ist zu groß, um sie anzugeben.")
    return growth
