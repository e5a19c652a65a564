"""Targets that contradict themselves: whoever met one would be told „erreicht“ with a value worse than was wanted."""

from collections.abc import Iterator
from itertools import pairwise

from indicators.catalogue.draft import Draft, Entry
from indicators.catalogue.faults import Fault
from indicators.catalogue.indicator import GapMode, IndicatorEntry, RuleDefinition
from indicators.targets import Direction, Point, wanted_of_gap

Steps = tuple[str | int, ...]

WHOLE = 100.0
"""No percentage is more."""


def contradictions(draft: Draft, entry: Entry[IndicatorEntry], rule: RuleDefinition, path: Steps) -> Iterator[Fault]:
    """Faults of one target, standing at `path` of the indicator: direction, sides, bounds, percentages."""
    direction = rule.direction or entry.model.direction
    yield from _direction(entry, rule, path)
    if rule.gap is not None:
        yield from _gap(entry, rule, direction, path)
    yield from _sides(entry, rule, direction, path)
    yield from _bounds(entry, rule, direction, path)
    unit = draft.units.get(entry.model.unit)
    if unit is not None and unit.model.percentage and not (rule.gap and rule.gap.mode is GapMode.RATIO):
        yield from _percentages(entry, rule, path)


def _direction(entry: Entry[IndicatorEntry], rule: RuleDefinition, path: Steps) -> Iterator[Fault]:
    """What is better for the indicator cannot be worse for one of its targets; a gap is another matter."""
    sides = {Direction.UP, Direction.DOWN}
    if rule.gap is None and rule.direction and {rule.direction, entry.model.direction} == sides:
        message = f"Die Kennzahl soll {_SHOULD[entry.model.direction]}, dieses Ziel verlangt das Gegenteil."
        yield entry.fault((*path, "direction"), message, "Die Richtung des Ziels streichen oder berichtigen.")


_SHOULD = {Direction.UP: "steigen", Direction.DOWN: "sinken"}
_BOUND = {Direction.UP: "mindestens", Direction.DOWN: "höchstens"}


def _gap(entry: Entry[IndicatorEntry], rule: RuleDefinition, direction: Direction, path: Steps) -> Iterator[Fault]:
    """A gap is to close: towards 0 as a difference, towards 1 as a ratio, from the side on which it lies."""
    assert rule.gap is not None
    mode = rule.gap.mode.value
    equal = 1.0 if rule.gap.mode is GapMode.RATIO else 0.0
    values = [point.value for point in _points(rule)] or _limit(rule)
    sides = {value > equal for value in values if value != equal}
    wanted = {way for value in values if (way := wanted_of_gap(mode, value, bare=rule.baseline is None))}
    if len(sides) > 1:
        message = f"Ausgangswert und Ziele des Abstands liegen auf verschiedenen Seiten von {equal:g}."
        yield entry.fault((*path, "targets"), message, "Vorzeichen prüfen; „of“ und „against“ vielleicht vertauschen.")
    elif wanted and direction in _SHOULD and direction not in wanted:
        [way] = wanted
        message = (
            f"Der Abstand soll kleiner werden, also {_SHOULD[way]} ({_BOUND[way]} der Zielwert); "
            f"als Richtung gilt aber „{direction.value}“."
        )
        where = "direction" if not path or rule.direction else "gap"
        remedy = f"Bei diesem Ziel angeben: direction: {way.value}."
        if rule.gap.mode is not GapMode.RATIO and way is Direction.UP:
            remedy += " Ist es ein Vorsprung, der bleiben soll: den Ausgangswert dazu angeben."
        yield entry.fault((*path, where), message, remedy)


def _limit(rule: RuleDefinition) -> list[float]:
    """The yearly limit that stands in the place of targets; an interval asks for no way."""
    bounds = [bound for bound in (rule.low, rule.high) if bound is not None]
    return bounds if rule.method == "dns_trend" and len(bounds) == 1 else []


def _sides(entry: Entry[IndicatorEntry], rule: RuleDefinition, direction: Direction, path: Steps) -> Iterator[Fault]:
    """Baseline, milestones and target lead one way; what a trend or a threshold asks for is no step back either."""
    if direction in (Direction.NONE, Direction.BAND) or rule.method == "band":
        return
    way = direction.factor
    for earlier, later in pairwise(_points(rule)):
        if way * later.value < way * earlier.value:
            before = "Ausgangswert" if earlier is rule.baseline else "Zielwert davor"
            message = f"Der Zielwert ({_told(later)}) ist schlechter als der {before} ({_told(earlier)})."
            remedy = "Richtung (direction: up oder down) und Werte prüfen"
            if rule.method in ("threshold", "maintain", "dns_trend"):
                remedy += "; für eine bloße Grenze den Ausgangswert weglassen"
            yield entry.fault((*path, "targets"), message, f"{remedy}.")
            return
    bound = {1: rule.low, -1: rule.high}[way]
    if bound is not None and rule.baseline is not None and way * bound < way * rule.baseline.value:
        name = "low" if way > 0 else "high"
        message = f"Die Grenze {bound:g} ist schlechter als der Ausgangswert ({_told(rule.baseline)})."
        yield entry.fault((*path, name), message, "Werte prüfen; für eine bloße Grenze den Ausgangswert weglassen.")


def _bounds(entry: Entry[IndicatorEntry], rule: RuleDefinition, direction: Direction, path: Steps) -> Iterator[Fault]:
    """Targets lie within their own band; a limit stands on the side from which it is crossed."""
    for number, point in enumerate(rule.targets):
        below = rule.low is not None and point.value < rule.low
        above = rule.high is not None and point.value > rule.high
        if below or above:
            message = f"Der Zielwert ({_told(point)}) liegt {'unter low' if below else 'über high'}."
            yield entry.fault((*path, "targets", number), message, "Zielwert oder Grenzen berichtigen.")
    if rule.method == "dns_trend" and not rule.targets:
        wrong = {Direction.UP: ("low", "high"), Direction.DOWN: ("high", "low")}.get(direction)
        if wrong and getattr(rule, wrong[0]) is None and getattr(rule, wrong[1]) is not None:
            message = f"Die Kennzahl soll {_SHOULD[direction]}; eine Grenze {wrong[1]} sagt nicht, wohin."
            yield entry.fault((*path, wrong[1]), message, f"Die Grenze als {wrong[0]} angeben.")


def _percentages(entry: Entry[IndicatorEntry], rule: RuleDefinition, path: Steps) -> Iterator[Fault]:
    named: list[tuple[Steps, float]] = [(("targets", at), point.value) for at, point in enumerate(rule.targets)]
    named += [(("baseline",), rule.baseline.value)] if rule.baseline else []
    named += [((name,), bound) for name in ("low", "high") if (bound := getattr(rule, name)) is not None]
    for below, value in named:
        where = (*path, *below)
        if abs(value) > WHOLE or (value < 0 and rule.gap is None):
            message = f"{value:g} % gibt es nicht: Die Einheit ist ein Anteil von 0 bis 100."
            yield entry.fault(
                where, message, "Wert prüfen; was über 100 gehen kann, braucht eine Einheit mit ratio: true."
            )
        elif 0 < abs(value) < 1 and not rule.below_one_percent:
            message = f"{value:g} heißt hier weniger als ein Prozent."
            remedy = f"Prozentwerte als {100 * value:g} schreiben; sonst ergänzen: below_one_percent: true."
            yield entry.fault(where, message, remedy)


def _points(rule: RuleDefinition) -> tuple[Point, ...]:
    """Baseline, milestones and target, by time."""
    targets = sorted(rule.targets, key=lambda point: point.period.time)
    return (*((rule.baseline,) if rule.baseline else ()), *targets)


def _told(point: Point) -> str:
    return f"{point.period.label}: {point.value:g}"
