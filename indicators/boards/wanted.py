"""What is wanted of an indicator, in words, and which decisions it comes from."""

from collections.abc import Sequence
from datetime import datetime

from indicators import boards, german
from indicators.attainment import METHODS
from indicators.catalogue import Catalogue, Indicator
from indicators.figures import Cell, Figure, framed
from indicators.knowledge.agreed import AgreedTarget, in_force
from indicators.knowledge.snapshot import Snapshot
from indicators.moments import local_day
from indicators.names import named
from indicators.targets import Point, TargetRule


def in_words(catalogue: Catalogue, indicator: Indicator, rule: TargetRule | None) -> str:
    """„40,0 % bis 2030 (auf dem Weg: 36,0 % bis 2028)“, „24,0 % bis 32,0 %“; empty where nothing is wanted."""
    if rule is None:
        return ""
    unit = symbol(catalogue, indicator, rule)

    def amount(value: float) -> str:
        return german.with_unit(value, indicator.decimals, unit, minus=german.TRUE_MINUS)

    def dated(point: Point) -> str:
        return f"{amount(point.value)} bis {point.period.label}"

    if rule.target:
        on_the_way = "; ".join(dated(point) for point in rule.targets[:-1])
        return dated(rule.target) + (f" (auf dem Weg: {on_the_way})" if on_the_way else "")
    if rule.low is not None and rule.high is not None:
        return f"{amount(rule.low)} bis {amount(rule.high)}"
    if rule.low is not None or rule.high is not None:
        return f"mindestens {amount(rule.low)}" if rule.low is not None else f"höchstens {amount(rule.high or 0.0)}"
    return f"{amount(rule.baseline.value)} halten" if rule.baseline and rule.method == "maintain" else ""


def origin(rule: TargetRule) -> str:
    """„Ziel beschlossen am …“ as a sentence; empty where the target stands in the definitions."""
    return f"Ziel {rule.agreed.said}." if rule.agreed else ""


def by_title(catalogue: Catalogue, indicator: Indicator) -> dict[str, str]:
    """What is wanted of an indicator, by the titles of its targets."""
    return {
        written.title: in_words(catalogue, indicator, rule)
        for written, rule in zip(indicator.rule_definitions, indicator.rules, strict=True)
    }


def fact(catalogue: Catalogue, indicator: Indicator) -> str:
    """The indicator's targets with their origin, as the fact sheet tells them."""
    told = []
    for written, rule in zip(indicator.rule_definitions, indicator.rules, strict=True):
        if text := in_words(catalogue, indicator, rule):
            named = f"{written.title}: {text}" if written.title else text
            told.append(f"{named}, {rule.agreed.said}" if rule.agreed else f"{named}, nach den Definitionen")
    return "; ".join(told)


def history(snapshot: Snapshot, defined: Indicator, known: Sequence[AgreedTarget]) -> Figure | None:
    """All that was ever wanted of an indicator, as far as it was known at the snapshot's moment: what the definitions
    say, and every decision with what became of it. None where nothing was ever decided.

    `defined` is the indicator as the definitions have it.
    """
    codes = (defined.code, *defined.formerly)
    own = [target for target in known if target.indicator in codes]
    if not own:
        return None
    now = snapshot.catalogue.indicator(defined.code)
    rows: list[tuple[str, ...]] = []
    for aim in dict.fromkeys(target.aim for target in own):
        rows.append(_first(snapshot.catalogue, defined, now, aim))
        rows += [_row(snapshot.catalogue, now, target, snapshot.moment) for target in own if target.aim == aim]
    columns: dict[str, list[Cell]] = {title: [row[place] for row in rows] for place, title in enumerate(TITLES)}
    return Figure(
        f"{defined.code}-ziele",
        "Ziele und Beschlüsse",
        framed({title: cells for title, cells in columns.items() if any(cells)}),
        note="Ein Beschluss gilt von seinem Tag an. Frühere Sitzungen behalten den Status, den sie gesehen haben.",
        moment=snapshot.since,
        metadata=boards.about(snapshot),
    )


TITLES = ("Gilt ab", "Für", "Ziel", "Verfahren", "Beschlossen durch", "Vorlage", "Anmerkung", "Eingetragen", "Stand")


def _first(catalogue: Catalogue, defined: Indicator, now: Indicator, aim: str) -> tuple[str, ...]:
    """The row of what the definitions say."""
    written = next((rule for rule in defined.rule_definitions if rule.title == aim), None)
    said = by_title(catalogue, defined).get(aim) or "kein Ziel"
    method = METHODS[written.method].title if written else ""
    state = "abgelöst" if aim in now.agreed else "gilt"
    return "von Anfang an", aim, said, method, "Definitionen", "", "", "", state


def _row(catalogue: Catalogue, now: Indicator, target: AgreedTarget, moment: datetime) -> tuple[str, ...]:
    alone = in_force(catalogue, [target]).indicator(now.code)
    method = alone.method if target.agreement else target.wanted.method
    places = [written.title for written in alone.rule_definitions]
    rule = alone.rules[places.index(target.aim)] if target.aim in places else None
    entered = f"{german.day(local_day(target.entered))}, {named(target.who, target.entered)}"
    return (
        german.day(target.on),
        target.aim,
        in_words(catalogue, now, rule),
        METHODS[method].title if method in METHODS else method,
        target.by,
        target.paper,
        target.remark,
        entered,
        _state(now, target, moment, defined=target.aim in places),
    )


def _state(now: Indicator, target: AgreedTarget, moment: datetime, *, defined: bool) -> str:
    if target.ended:
        who = named(target.ended_by, target.ended)
        return f"zurückgenommen am {german.day(local_day(target.ended))} von {who}: {target.reason}"
    if not defined:
        return "ruht: Dieses Ziel gibt es in den Definitionen nicht mehr"
    if target.on > local_day(moment):
        return "gilt noch nicht"
    winner = now.agreed.get(target.aim)
    same = winner and (winner.number, winner.agreement) == (target.number, target.agreement)
    return "gilt" if same else "abgelöst"


def symbol(catalogue: Catalogue, indicator: Indicator, rule: TargetRule) -> str:
    """The symbol behind a target's numbers; a gap between percentages is in percentage points."""
    unit = catalogue.unit_of(indicator)
    if rule.gap == "ratio":
        return ""
    return "Prozentpunkte" if rule.gap and unit.percentage else unit.symbol
