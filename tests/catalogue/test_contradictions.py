"""Targets that contradict themselves are refused, so that nothing worse than wanted is ever „erreicht“."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from indicators.attainment import METHODS, Status, assess
from indicators.catalogue import Gap, RuleDefinition, lint
from indicators.catalogue.contradictions import contradictions
from indicators.catalogue.draft import Draft, read
from indicators.targets import Direction, Point, TargetRule

Change = Callable[..., Path]

TARGET = (
    "    baseline: {period: 2019, value: 24.0}\n"
    "    targets: [{period: 2024, value: 30.0}, {period: 2028, value: 36.0}]\n"
)
GAP = "gap: {dimension: herkunft, of: deutsch, against: auslaendisch"
PRINTED = "    further_rules:\n      - "


def further(*lines: str) -> str:
    return TARGET + PRINTED + "\n        ".join(("title: Weiteres Ziel", *lines)) + "\n"


def own(*lines: str) -> str:
    return "".join(f"    {line}\n" for line in lines)


# what stands in the place of the target, in the fixture's indicator that shall rise → field, part of the message
REFUSED = {
    "target below the baseline": (
        own("baseline: {period: 2019, value: 24}", "targets: [{period: 2028, value: 20}]"),
        ("targets", "2028: 20) ist schlechter als der Ausgangswert (2019: 24)"),
    ),
    "milestone beyond the target": (
        own("baseline: {period: 2019, value: 24}", "targets: [{period: 2024, value: 40}, {period: 2028, value: 36}]"),
        ("targets", "2028: 36) ist schlechter als der Zielwert davor (2024: 40)"),
    ),
    "milestone below the baseline": (
        own("baseline: {period: 2019, value: 24}", "targets: [{period: 2024, value: 20}, {period: 2028, value: 36}]"),
        ("targets", "2024: 20) ist schlechter als der Ausgangswert (2019: 24)"),
    ),
    "threshold on the wrong side": (
        own("method: threshold", "baseline: {period: 2019, value: 24}", "targets: [{period: 2028, value: 20}]"),
        ("targets", "schlechter als der Ausgangswert"),
    ),
    "trend on the wrong side": (
        own("method: dns_trend", "baseline: {period: 2019, value: 24}", "targets: [{period: 2028, value: 20}]"),
        ("targets", "schlechter als der Ausgangswert"),
    ),
    "growth on the wrong side, as a further target": (
        further(
            "method: eurostat_cagr", "direction: up", "baseline: {period: 2019, value: 24}",
            "targets: [{period: 2028, value: 20}]",
        ),
        ("further_rules.1.targets", "schlechter als der Ausgangswert"),
    ),
    "held below the baseline": (
        own("method: maintain", "baseline: {period: 2019, value: 24}", "targets: [{period: 2028, value: 4}]"),
        ("targets", "schlechter als der Ausgangswert"),
    ),
    "yearly limit below the baseline": (
        own("method: dns_trend", "baseline: {period: 2019, value: 24}", "low: 20"),
        ("low", "Grenze 20 ist schlechter als der Ausgangswert"),
    ),
    "limit on the other side": (own("method: dns_trend", "high: 30"), ("high", "sagt nicht, wohin")),
    "target outside of its band": (
        own("method: band", "low: 10", "high: 20", "targets: [{period: 2028, value: 25}]"),
        ("targets.1", "liegt über high"),
    ),
    "target outside of its interval": (
        own("method: dns_trend", "low: 10", "high: 20", "targets: [{period: 2028, value: 5}]"),
        ("targets.1", "liegt unter low"),
    ),
    "the opposite of what the indicator wants": (
        further("method: threshold", "direction: down", "targets: [{period: 2028, value: 20}]"),
        ("further_rules.1.direction", "soll steigen, dieses Ziel verlangt das Gegenteil"),
    ),
    "a gap that is to grow, by the indicator's own direction": (
        further("method: gap", "targets: [{period: 2028, value: 15}]", f"{GAP}}}"),
        ("further_rules.1.gap", "also sinken (höchstens der Zielwert)"),
    ),
    "a gap that is to grow, by its own direction": (
        further("method: gap", "direction: up", "targets: [{period: 2028, value: 15}]", f"{GAP}}}"),
        ("further_rules.1.direction", "also sinken"),
    ),
    "a gap that is to grow, from a baseline": (
        further(
            "method: gap", "direction: up", "baseline: {period: 2019, value: 25}",
            "targets: [{period: 2028, value: 15}]", f"{GAP}}}",
        ),
        ("further_rules.1.direction", "also sinken"),
    ),
    "a ratio that is to leave one": (
        further(
            "method: gap", "direction: down", "targets: [{period: 2028, value: 0.8}]", f"{GAP}, mode: ratio}}"
        ),
        ("further_rules.1.direction", "also steigen"),
    ),
    "a trend of a gap that is to grow": (
        further("method: dns_trend", "direction: up", "targets: [{period: 2028, value: 15}]", f"{GAP}}}"),
        ("further_rules.1.direction", "also sinken"),
    ),
    "a gap below nought that is to grow, without a baseline": (
        further("method: gap", "direction: down", "targets: [{period: 2028, value: -15}]", f"{GAP}}}"),
        ("further_rules.1.direction", "also steigen (mindestens der Zielwert); als Richtung gilt aber „down“"),
    ),
    "a gap below nought that is to grow, as a threshold": (
        further("method: threshold", "direction: down", "targets: [{period: 2028, value: -0.5}]", f"{GAP}}}"),
        ("further_rules.1.direction", "also steigen"),
    ),
    "a gap below nought that is to grow, as a trend": (
        further("method: dns_trend", "direction: down", "targets: [{period: 2028, value: -15}]", f"{GAP}}}"),
        ("further_rules.1.direction", "also steigen"),
    ),
    "a yearly limit below nought of a gap that is to grow": (
        further("method: dns_trend", "direction: down", "high: -15", f"{GAP}}}"),
        ("further_rules.1.direction", "also steigen"),
    ),
    "a yearly limit of a gap that is to grow": (
        further("method: dns_trend", "direction: up", "low: 15", f"{GAP}}}"),
        ("further_rules.1.direction", "also sinken"),
    ),
    "a gap below nought that is to grow, from a baseline": (
        further(
            "method: gap", "direction: down", "baseline: {period: 2019, value: -25}",
            "targets: [{period: 2028, value: -15}]", f"{GAP}}}",
        ),
        ("further_rules.1.targets", "2028: -15) ist schlechter als der Ausgangswert (2019: -25)"),
    ),
    "a gap that changes sides": (
        further(
            "method: gap", "direction: down", "baseline: {period: 2019, value: 25}",
            "targets: [{period: 2028, value: -5}]", f"{GAP}}}",
        ),
        ("further_rules.1.targets", "auf verschiedenen Seiten von 0"),
    ),
    "more than all": (
        own("baseline: {period: 2019, value: 24}", "targets: [{period: 2028, value: 360}]"),
        ("targets.1", "360 % gibt es nicht"),
    ),
    "baseline of more than all": (
        own("baseline: {period: 2019, value: 240}", "targets: [{period: 2028, value: 36}]"),
        ("baseline", "240 % gibt es nicht"),
    ),
    "fractions": (
        own("baseline: {period: 2019, value: 0.24}", "targets: [{period: 2028, value: 0.36}]"),
        ("targets.1", "0.36 heißt hier weniger als ein Prozent"),
    ),
    "a fraction as a bound": (own("method: band", "low: 0.1", "high: 20"), ("low", "weniger als ein Prozent")),
    "a negative share": (
        own("method: threshold", "targets: [{period: 2028, value: -3}]"), ("targets.1", "gibt es nicht"),
    ),
}  # fmt: skip

ACCEPTED = {
    "as it was": TARGET,
    "held at the start": own("baseline: {period: 2019, value: 24}", "targets: [{period: 2028, value: 24}]"),
    "a bare threshold": own("method: threshold", "targets: [{period: 2028, value: 20}]"),
    "a gap that closes": further(
        "method: gap", "direction: down", "baseline: {period: 2019, value: 25}",
        "targets: [{period: 2028, value: 15}]", f"{GAP}}}",
    ),
    "a gap below nought that closes": further(
        "method: gap", "direction: up", "baseline: {period: 2019, value: -25}",
        "targets: [{period: 2028, value: -15}]", f"{GAP}}}",
    ),
    "a gap below nought that closes, without a baseline": further(
        "method: gap", "direction: up", "targets: [{period: 2028, value: -15}]", f"{GAP}}}",
    ),
    "a lead that is to be kept": further(
        "method: gap", "direction: down", "baseline: {period: 2019, value: -15}",
        "targets: [{period: 2028, value: -15}]", f"{GAP}}}",
    ),
    "a gap that is to be closed, from whichever side": further(
        "method: gap", "direction: down", "targets: [{period: 2028, value: 0}]", f"{GAP}}}",
    ),
    "an interval for a gap": further("method: dns_trend", "low: -5", "high: 5", f"{GAP}}}"),
    "a ratio that closes": further(
        "method: gap", "direction: up", "baseline: {period: 2019, value: 0.6}",
        "targets: [{period: 2028, value: 0.8}]", f"{GAP}, mode: ratio}}",
    ),
    "less than one per cent, and meant": own(
        "baseline: {period: 2019, value: 0.24}", "targets: [{period: 2028, value: 0.36}]", "below_one_percent: true"
    ),
    "an interval": own("method: dns_trend", "low: 30", "high: 40", "targets: [{period: 2028, value: 36}]"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_target_that_contradicts_itself_is_refused(change: Change, case: str) -> None:
    text, (where, message) = REFUSED[case]
    faults = lint(change(TARGET, text), METHODS)
    assert any(f"indicators.B-01.{where}" == fault.field and message in fault.message for fault in faults), faults
    assert all(fault.remedy and fault.line for fault in faults)


@pytest.mark.parametrize("case", ACCEPTED)
def test_a_target_that_does_not_is_accepted(change: Change, case: str) -> None:
    assert lint(change(TARGET, ACCEPTED[case]), METHODS) == []


level = st.integers(1, 100).map(float)


@st.composite
def written(draw: st.DrawFn) -> RuleDefinition:
    """A target as somebody may write it, sensible or not."""
    method = draw(st.sampled_from(("linear_path", "maintain", "threshold", "gap", "band")))
    years = sorted(draw(st.sets(st.integers(2021, 2032), min_size=1, max_size=3)))
    low = draw(level) if method == "band" else None
    return RuleDefinition(
        method=method,
        direction=draw(st.sampled_from((Direction.UP, Direction.DOWN))),
        baseline=draw(st.one_of(st.none(), level.map(lambda value: Point.of(2020, value)))),
        targets=tuple(Point.of(year, draw(level)) for year in years),
        tolerance=draw(st.one_of(st.none(), st.integers(0, 5).map(float))),
        low=low,
        high=None if low is None else low + draw(level),
        gap=Gap(dimension="herkunft", of="deutsch", against="auslaendisch") if method == "gap" else None,
    )


def as_judged(rule: RuleDefinition) -> TargetRule:
    assert rule.direction
    return TargetRule(
        rule.method,
        rule.direction,
        rule.baseline,
        rule.targets,
        rule.tolerance,
        rule.low,
        rule.high,
        gap="difference" if rule.gap else None,
    )


def worse_than_wanted(rule: RuleDefinition, value: float, year: int) -> Iterator[bool]:
    """Whether a value is worse than the start, than what is due, or outside of the band; for a gap: wider."""
    if rule.low is not None and rule.high is not None:
        yield not rule.low <= value <= rule.high
        return
    assert rule.direction
    way = -1 if rule.gap else rule.direction.factor
    slack = (rule.tolerance or 0.0) if rule.method == "maintain" or _flat(rule) else 0.0
    due = [point for point in rule.targets if point.period.year <= year]
    if rule.baseline and rule.method != "maintain":
        yield way * value < way * rule.baseline.value - slack
    if due:
        yield way * value < way * due[-1].value - slack - 0.06 * abs(due[-1].value - (rule.baseline or due[-1]).value)


def _flat(rule: RuleDefinition) -> bool:
    return bool(rule.baseline and rule.targets and rule.baseline.value == rule.targets[-1].value)


@pytest.fixture
def draft(folder: Path) -> Draft:
    return read(folder)


@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rule=written(), value=level, year=st.integers(2021, 2035))
def test_what_passes_never_calls_a_worse_value_reached(
    draft: Draft, rule: RuleDefinition, value: float, year: int
) -> None:
    entry = draft.indicators["B-01"]
    indicator = entry.model.model_copy(update={"direction": rule.direction})
    assume(not list(contradictions(draft, replace(entry, model=indicator), rule, ("further_rules", 0))))
    if any(worse_than_wanted(rule, value, year)):
        assert assess([(year, value)], as_judged(rule)).status.scale is not Status.REACHED
