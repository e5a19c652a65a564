"""Trying out another target on the screen. Nothing leaves the session."""

from dataclasses import replace

import streamlit as st

from indicators import figures, german
from indicators.attainment import METHODS, Assessment, assess, explain
from indicators.boards import dossier
from indicators.catalogue import Indicator
from indicators.figures import Figure
from indicators.german import TRUE_MINUS, NumberError
from indicators.knowledge.snapshot import Judgement, Snapshot
from indicators.periods import Period, PeriodError
from indicators.targets import Point, TargetRule
from indicators.ui import html

TRIED = ("linear_path", "threshold", "dns_trend")
"""Methods that need no more than baseline and target."""


def judgement(snapshot: Snapshot, indicator: Indicator) -> Judgement | None:
    """The indicator's first target that can be moved; None without values or target."""
    found = (j for j in snapshot.judgements[indicator.code] if j.rule.target and j.series.latest_value)
    return next(found, None)


def movable(snapshot: Snapshot) -> set[str]:
    """The indicators that have a target that can be moved."""
    return {code for code, shown in snapshot.catalogue.indicators.items() if judgement(snapshot, shown)}


def rule(judged: Judgement) -> TargetRule:
    """The judgement's rule with what was typed; a field that cannot be read says so and leaves the value as it is."""
    now, code = judged.rule, judged.indicator.code
    assert now.target is not None
    baseline = now.baseline or Point(judged.series.points[0].period, judged.series.points[0].value or 0.0)
    fields = st.columns(5, vertical_alignment="bottom")
    with fields[0]:
        target_value = _number("Zielwert", now.target.value, judged, "ziel")
    with fields[1]:
        target_period = _period("Zieljahr", now.target.period, judged, "zieljahr")
    with fields[2]:
        baseline_value = _number("Ausgangswert", baseline.value, judged, "ausgang")
    with fields[3]:
        baseline_period = _period("Ausgangsjahr", baseline.period, judged, "ausgangsjahr")
    with fields[4]:
        methods = [now.method, *(name for name in TRIED if name != now.method)]
        method = st.selectbox(
            "Verfahren", methods, format_func=lambda name: METHODS[name].title, key=f"trial-verfahren-{code}"
        )
    milestones = tuple(point for point in now.targets[:-1] if point.period < target_period)
    moved = (target_value, target_period) != (now.target.value, now.target.period)
    targets = (*(() if moved else milestones), Point(target_period, target_value))
    return replace(now, method=method, targets=targets, baseline=Point(baseline_period, baseline_value), agreed=None)


def _number(label: str, value: float, judged: Judgement, key: str) -> float:
    text = st.text_input(
        label, german.number(value, judged.indicator.decimals), key=f"trial-{key}-{judged.indicator.code}", max_chars=20
    )
    try:
        return german.parse_number(text)
    except NumberError as error:
        st.error(html.plain(str(error)))
        return value


def _period(label: str, value: Period, judged: Judgement, key: str) -> Period:
    text = st.text_input(label, str(value), key=f"trial-{key}-{judged.indicator.code}", max_chars=20)
    try:
        return Period.parse(text)
    except PeriodError as error:
        st.error(html.plain(str(error)))
        return value


def assessed(judged: Judgement, tried: TargetRule) -> Assessment:
    """The status of the indicator's real values by the tried rule."""
    return assess(judged.series, tried, decimals=judged.indicator.exact_decimals)


def sentence(snapshot: Snapshot, judged: Judgement, assessment: Assessment) -> str:
    """The status in a sentence; of what holds today also who decided it."""
    if assessment is judged.assessment:
        return dossier.verdict(snapshot, judged)
    symbol = dossier.symbol(snapshot, judged)
    return explain(
        assessment,
        lambda value: german.with_unit(value, judged.indicator.decimals, symbol, minus=TRUE_MINUS),
        lambda status: status.said,
    )


def figure(snapshot: Snapshot, judged: Judgement, tried: TargetRule, assessment: Assessment) -> Figure:
    """The trend with the tried path."""
    drawn = dossier.gap(snapshot, judged, tried, assessment) or figures.trend(
        [judged.series], judged.indicator, snapshot.catalogue, assessment=assessment, rule=tried
    )
    return replace(
        drawn, key=f"{drawn.key}-probe", note=f"Probe mit eigenen Angaben, kein beschlossenes Ziel. {drawn.note}"
    )
