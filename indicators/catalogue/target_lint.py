"""Checks of targets: what each method needs, and dates and values that contradict each other."""

from collections.abc import Collection, Iterator

from indicators.catalogue.contradictions import contradictions
from indicators.catalogue.draft import Draft, Entry
from indicators.catalogue.faults import Fault, did_you_mean
from indicators.catalogue.indicator import IndicatorEntry, RuleDefinition
from indicators.model import Breakdown
from indicators.targets import Direction

Steps = tuple[str | int, ...]

# What a method cannot do without. Methods that are not listed here need nothing but values.
_NEEDS = {
    "linear_path": ("baseline", "targets"),
    "eurostat_cagr": ("baseline", "targets"),
    "threshold": ("targets",),
    "gap": ("gap",),
    "band": ("low", "high"),
}
_WORDS = {
    "baseline": "einen Ausgangswert",
    "targets": "einen Zielwert",
    "gap": "zwei Ausprägungen zum Vergleich",
    "low": "eine untere Grenze",
    "high": "eine obere Grenze",
}


def target_faults(draft: Draft, entry: Entry[IndicatorEntry], methods: Collection[str] | None) -> Iterator[Fault]:
    """Faults of the indicator's own target and of its further ones. An indicator without any target is no fault."""
    for number, rule in enumerate(_written(entry.model)):
        path: Steps = ("further_rules", number - 1) if number else ()
        judged = number > 0 or "method" in entry.model.model_fields_set or bool(rule.targets)
        if methods is not None and rule.method not in methods:
            message = f"Die Methode „{rule.method}“ gibt es nicht."
            yield entry.fault((*path, "method"), message, did_you_mean(rule.method, methods))
        if judged:
            yield from _needs(entry, rule, path)
        yield from _dates(entry, rule, path)
        yield from _values(entry, rule, path)
        yield from contradictions(draft, entry, rule, path)
        yield from _gap(draft, entry, rule, path)
        yield from _refused(draft, entry, rule, path)


def _written(indicator: IndicatorEntry) -> tuple[RuleDefinition, ...]:
    """The indicator's own target and its further ones, as `Indicator.rule_definitions` has them."""
    names = set(RuleDefinition.model_fields) - {"title", "breakdown"}
    own = RuleDefinition.model_construct(**{name: getattr(indicator, name) for name in names})
    return (own, *indicator.further_rules)


def _needs(entry: Entry[IndicatorEntry], rule: RuleDefinition, path: Steps) -> Iterator[Fault]:
    banded = (rule.direction or entry.model.direction) is Direction.BAND and rule.method in ("linear_path", "gap")
    for name in _NEEDS["band"] if banded else _NEEDS.get(rule.method, ()):
        if getattr(rule, name) in (None, ()):
            message = f"Die Methode {rule.method} braucht {_WORDS[name]}."
            yield entry.fault((*path, name), message, f"Bitte ergänzen: {name}: …")
    if rule.method == "maintain" and rule.baseline is None and not rule.targets:
        yield entry.fault(
            (*path, "baseline"), "Die Methode maintain braucht einen Ausgangs- oder Zielwert.", "Ergänzen."
        )


def _dates(entry: Entry[IndicatorEntry], rule: RuleDefinition, path: Steps) -> Iterator[Fault]:
    before = rule.baseline
    for number, target in enumerate(rule.targets):
        where = (*path, "targets", number, "period")
        if before is not None and target.period.time <= before.period.time:
            what = "vor oder auf dem Ausgangswert" if before is rule.baseline else "nicht nach dem Zielwert davor"
            message = f"Der Zielwert {target.period.label} liegt {what} ({before.period.label})."
            yield entry.fault(where, message, "Zielwerte nach dem Ausgangswert und in zeitlicher Folge angeben.")
        before = target
    for number, (earlier, later) in enumerate(zip(entry.model.breaks, entry.model.breaks[1:], strict=False)):
        if not path and later.period.time <= earlier.period.time:
            message = "Die Brüche stehen nicht in zeitlicher Folge."
            yield entry.fault(("breaks", number + 1, "period"), message, "Nach dem Zeitraum ordnen.")


def _values(entry: Entry[IndicatorEntry], rule: RuleDefinition, path: Steps) -> Iterator[Fault]:
    if rule.low is not None and rule.high is not None and rule.low > rule.high:
        yield entry.fault((*path, "low"), "Die untere Grenze liegt über der oberen.", "low und high vertauschen.")


def _gap(draft: Draft, entry: Entry[IndicatorEntry], rule: RuleDefinition, path: Steps) -> Iterator[Fault]:
    checked: list[tuple[Steps, Breakdown]] = []
    if path and rule.breakdown:
        checked.append((("breakdown",), rule.breakdown))
    if rule.gap is not None:
        gap = rule.gap
        if gap.dimension not in entry.model.breakdowns:
            message = f"Das Merkmal „{gap.dimension}“ steht nicht unter breakdowns."
            yield entry.fault((*path, "gap", "dimension"), message, "Das Merkmal unter breakdowns ergänzen.")
        for name, member in (("of", gap.of), ("against", gap.against)):
            if member is not None:
                checked.append((("gap", name), Breakdown.of(**{gap.dimension: member})))
    for below, breakdown in checked:
        for dimension, code in breakdown.members:
            found = draft.dimensions.get(dimension)
            members = [member.code for member in found.model.members] if found else []
            if code not in members and dimension not in draft.spoilt:
                message = f"„{code}“ ist keine Ausprägung des Merkmals „{dimension}“."
                yield entry.fault((*path, *below), message, did_you_mean(code, members))


def _refused(draft: Draft, entry: Entry[IndicatorEntry], rule: RuleDefinition, path: Steps) -> Iterator[Fault]:
    unit = draft.units.get(entry.model.unit)
    if rule.method == "eurostat_cagr" and unit is not None and unit.model.percentage:
        message = "Jährliche Wachstumsraten passen nicht zu Prozentzahlen: Anteil und Gegenanteil widersprechen sich."
        yield entry.fault((*path, "method"), message, "linear_path oder dns_trend verwenden.")
