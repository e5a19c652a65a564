"""Eurostat's comparison of growth rates."""

from indicators.attainment.assessment import Case, NoVerdict, Verdict
from indicators.attainment.course import INSTANT, at_least
from indicators.attainment.methods.registry import method
from indicators.attainment.status import Reason, Status

ENOUGH, MODERATE = 0.95, 0.60
ROUNDING = 1e-9


@method("eurostat_cagr", title="Wachstumsraten nach Eurostat")
def eurostat_cagr(case: Case) -> Verdict:
    """Actual against required compound annual growth rate, for comparison with Eurostat and Open SDG.

    CAGRa = (x_t / x0)^(1 / (t - t0)) - 1, CAGRr = (z / x0)^(1 / (T - t0)) - 1, R = direction · CAGRa / |CAGRr|,
    which is CAGRa / CAGRr unless the baseline is beyond the target already. R ≥ 95 % significant,
    ≥ 60 % moderate, ≥ 0 % insufficient, else away from the target; a target that is met is significant.
    Refuses percentages unless the rule accepts them (20 → 15 → 10 gives .835, its complement 1.03) and values
    that have no growth rate (x0 ≤ 0, z ≤ 0, x_t < 0); zero is never replaced by a small number.
    Source: Eurostat, Sustainable development in the European Union, annex on assessing trends;
    Open SDG, https://open-sdg.readthedocs.io/en/latest/progress-methodology/
    """
    if case.rule.percentage and not case.rule.accept_percentage:
        raise NoVerdict(Reason.UNDEFINED, "Wachstumsraten von Prozentwerten hängen davon ab, welcher Anteil zählt.")
    better, target, baseline = case.better, case.targets[-1], case.baseline
    x, start, goal = case.value, baseline.value, target.value
    if start <= 0 or goal <= 0 or x < 0:
        raise NoVerdict(Reason.UNDEFINED, "Wachstumsraten gibt es nur zu einem Ausgangs- und Zielwert über null.")
    passed, whole = case.time - baseline.period.time, target.period.time - baseline.period.time
    if passed < INSTANT or whole < INSTANT or (at_least(start, goal) and at_least(goal, start)):
        raise NoVerdict(Reason.UNDEFINED, "Zwischen Ausgangs- und Zielwert liegt keine Zeit oder keine Veränderung.")
    n = case.n
    actual, required = _growth(start, x, passed), _growth(start, goal, whole)
    ratio = better * actual / abs(required)
    elapsed = min(passed, whole)
    expected = start * (goal / start) ** (elapsed / whole)
    case.note("Tatsächliche Wachstumsrate", f"({n(x)} / {n(start)})^(1 / {n(passed)}) - 1", actual)
    case.note("Nötige Wachstumsrate", f"({n(goal)} / {n(start)})^(1 / {n(whole)}) - 1", required)
    case.note("Verhältnis", f"{n(100 * actual)} % / {n(100 * required)} %", ratio)
    case.note("Erwarteter Wert", f"{n(start)} · ({n(goal)} / {n(start)})^({n(elapsed)} / {n(whole)})", expected)
    deviation = better * (x - expected)
    share = n(100 * ratio, 1)

    def verdict(status: Status, rule: str) -> Verdict:
        return case.verdict(status, rule, expected, deviation)

    if at_least(better * x, better * goal):
        return verdict(Status.SIGNIFICANT, "der Zielwert ist erreicht")
    if ratio >= ENOUGH - ROUNDING:
        return verdict(Status.SIGNIFICANT, f"{share} % ≥ 95 %")
    if ratio >= MODERATE - ROUNDING:
        return verdict(Status.MODERATE, f"60 % ≤ {share} % < 95 %")
    if ratio >= -ROUNDING:
        return verdict(Status.INSUFFICIENT, f"0 % ≤ {share} % < 60 %")
    return verdict(Status.AWAY, f"{share} % < 0 %")


def _growth(start: float, end: float, years: float) -> float:
    try:
        return (end / start) ** (1 / years) - 1
    except OverflowError:
        raise NoVerdict(Reason.UNDEFINED, "Die Wachstumsrate ist zu groß, um sie anzugeben.") from None
