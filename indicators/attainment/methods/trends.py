"""Methods that carry the mean change of the last years on: no baseline and no path are needed."""

from indicators.attainment.assessment import Case, NoVerdict, StepKind, Verdict
from indicators.attainment.course import LAST_POINTS, SAME_DAY, Dated, Window, at_least, same
from indicators.attainment.methods.registry import method
from indicators.attainment.pace import FEWEST
from indicators.attainment.status import Reason, Status
from indicators.german import enumeration
from indicators.targets import Point

NEARLY, PARTLY = 0.05, 0.20
ROUNDING = 1e-9


@method("direction", title="Richtung ohne Zielwert")
def direction(case: Case) -> Verdict:
    """Mean change per year over the last six data points, and the last change, to the value before.

    d = (x_t - x_{t-k}) / k as in dns_trend; the change before is that of the same day or quarter, a year ago or more.
    Both right: improving. Only the mean: faltering. Only the last: turning. Neither: wrong direction.
    No change is not the right direction. Source: as dns_trend, for targets that name a direction only.
    """
    case.require_direction()
    mean, last = _trend(case)
    _note_last_change(case, last)
    table = {
        (True, True): Status.IMPROVING,
        (True, False): Status.FALTERING,
        (False, True): Status.TURNING,
        (False, False): Status.WRONG_DIRECTION,
    }
    return _two_changes(case, mean, last, table)


@method("dns_trend", title="Trend nach der Deutschen Nachhaltigkeitsstrategie")
def dns_trend(case: Case) -> Verdict:
    """The weather symbols of the German sustainability strategy.

    d = (x_t - x_{t-k}) / k, where t-k is the oldest of the last six data points that holds a value, 5 in a yearly
    series; at least four of the six must hold one, and their own distances in time count; h = x_t + d · (T - t).
    Sun: h reaches z, or |z - h| / |z - x_t| < 5 %. Partly cloudy: up to 20 %. Cloud: more, but d in the right
    direction. Thunderstorm: d wrong or zero. Target met already, or due anew every year: sun if met and not
    worsening, partly cloudy if met and worsening, cloud if missed and improving, else thunderstorm.
    Direction only: mean and last change, see `direction`. Interval: its weakest bound. Several target years:
    the next one; after the last, T = t. Source: Statistisches Bundesamt, https://dns-indikatoren.de/status/
    """
    rule = case.rule
    case.require_direction()
    mean, last = _trend(case)
    if not rule.targets and rule.low is None and rule.high is None:
        _note_last_change(case, last)
        return _two_changes(case, mean, last, _WEATHER)
    target = _weakest_next(case)
    met = at_least(case.better * case.value, case.better * target.value)
    case.note("Zielwert", f"{case.n(target.value)} ({_due(case, target)})", target.value, kind=StepKind.AIM)
    if rule.yearly or met or not rule.targets:
        return _every_year(case, mean, met, target.value)
    return _extrapolated(case, mean, target)


_WEATHER = {
    (True, True): Status.SUN,
    (True, False): Status.PARTLY_CLOUDY,
    (False, True): Status.CLOUD,
    (False, False): Status.THUNDERSTORM,
}


def _two_changes(case: Case, mean: float, last: float, table: dict[tuple[bool, bool], Status]) -> Verdict:
    right = (case.better * mean > 0, case.better * last > 0)
    names = [f"{name} {'richtig' if good else 'nicht richtig'}" for name, good in zip(_CHANGES, right, strict=True)]
    return case.verdict(table[right], ", ".join(names))


_CHANGES = ("mittlere Veränderung", "letzte Veränderung")


def _every_year(case: Case, mean: float, met: bool, target: float) -> Verdict:
    change = case.better * mean
    deviation = case.better * (case.value - target)
    status = (
        (Status.SUN if change >= 0 else Status.PARTLY_CLOUDY)
        if met
        else (Status.CLOUD if change > 0 else Status.THUNDERSTORM)
    )
    trend = "verbessert sich" if change > 0 else "verschlechtert sich" if change < 0 else "bleibt gleich"
    return case.verdict(status, f"Ziel {'eingehalten' if met else 'verfehlt'}, Wert {trend}", target, deviation)


def _extrapolated(case: Case, mean: float, target: Point) -> Verdict:
    n, x, z = case.n, case.value, target.value
    ahead = max(target.period.time - case.time, 0.0)
    reached = x + mean * ahead
    deviation = case.better * (reached - z)
    carried = f"{case.term(x)} + {case.term(mean)} · {n(ahead)} Jahre"
    case.note("Fortschreibung", carried, reached, 0, kind=StepKind.EXTRAPOLATION)

    def verdict(status: Status, rule: str) -> Verdict:
        return case.verdict(status, rule, reached, deviation)

    if case.better * mean <= 0:
        return verdict(Status.THUNDERSTORM, "keine Veränderung in der gewünschten Richtung")
    if at_least(case.better * reached, case.better * z, x):
        return verdict(Status.SUN, "die Fortschreibung erreicht den Zielwert")
    miss = abs(z - reached) / abs(z - x)
    case.note(
        "Verfehlung in Prozent", f"100 · |{n(z)} - {case.term(reached)}| / |{n(z)} - {case.term(x)}|", 100 * miss, 0
    )
    if miss < NEARLY - ROUNDING:
        return verdict(Status.SUN, f"{n(100 * miss, 1)} % < 5 %")
    if miss <= PARTLY + ROUNDING:
        return verdict(Status.PARTLY_CLOUDY, f"5 % ≤ {n(100 * miss, 1)} % ≤ 20 %")
    return verdict(Status.CLOUD, f"{n(100 * miss, 1)} % > 20 %, Richtung richtig")


def _trend(case: Case) -> tuple[float, float]:
    """Mean change per year and last change; exactly 0 where two values are equal within rounding."""
    window = case.course.window()
    held = window.held
    if len(held) < FEWEST:
        raise NoVerdict(
            window.shortfall,
            f"Der Trend braucht mindestens {FEWEST} Werte unter den letzten {LAST_POINTS}, vorhanden: {len(held)}.",
        )
    newest, oldest = _value(held[0]), _value(held[-1])
    years = held[-1].years
    mean = _change(newest, oldest) / years
    case.note(
        "Mittlere Veränderung pro Jahr", f"({case.n(newest)} - {case.term(oldest)}) / {years} Jahre", mean, 0, years
    )
    case.note("Verwendete Werte", _years_used(window), None, *(point.years for point in held))
    return mean, _change(newest, _value(held[1]))


def _years_used(window: Window) -> str:
    """„2020 bis 2025“, or each of them where there are holes: „2016, 2020, 2021 und 2025; ohne Wert: 2018“."""
    held = window.held
    labels = [point.entry.period.short_label for point in reversed(held)]
    if len(held) == held[-1].years + 1:
        return f"{labels[0]} bis {labels[-1]}"
    missing = [point.entry.period.short_label for point in reversed(window.points) if point not in held]
    return enumeration(labels) + (f"; ohne Wert: {enumeration(missing)}" if missing else "")


def _note_last_change(case: Case, last: float) -> None:
    before = case.course.window().held[1]
    compared = "zum Vorjahr" if before.years == 1 else f"zu {before.entry.period.label}"
    formula = f"{case.term(case.value)} - {case.term(_value(before))}"
    case.note(f"Letzte Veränderung ({compared})", formula, last, 0, before.years)


def _value(point: Dated) -> float:
    assert point.entry.value is not None
    return point.entry.value


def _change(new: float, old: float) -> float:
    return 0.0 if same(new, old) else new - old


def _weakest_next(case: Case) -> Point:
    """The target to judge by: the next year's, and of an interval the bound that is easiest to meet."""
    rule, better = case.rule, case.better
    bound = rule.low if better > 0 else rule.high
    if not rule.targets:
        if bound is None:
            raise NoVerdict(Reason.NO_TARGET, "Für diese Richtung ist keine Grenze des Zielbereichs festgelegt.")
        return Point(case.latest.period, bound)
    ahead = [point for point in case.targets if point.period.time >= case.time - SAME_DAY]
    due = ahead[0] if ahead else case.targets[-1]
    if bound is not None:
        return Point(due.period, bound)
    same = [point for point in case.targets if abs(point.period.time - due.period.time) < SAME_DAY]
    return min(same, key=lambda point: better * point.value)


def _due(case: Case, target: Point) -> str:
    if case.rule.yearly or not case.rule.targets:
        return "jedes Jahr"
    return f"bis {target.period.label}"
