"""Figures that are tables: the arithmetic of a status, what a delivery changed, facts about an indicator."""

import re
from collections.abc import Mapping

from indicators import german
from indicators.attainment import Assessment, Status, Step
from indicators.attainment.assessment import StepKind
from indicators.catalogue import Indicator
from indicators.figures import words
from indicators.figures.figure import Cell, Figure, framed
from indicators.figures.status import titled
from indicators.german import TRUE_MINUS
from indicators.periods import Period

_MINUS = re.compile(r"(?<![^\s(^])-(?=[\s\d(])")
"""A minus before a number or between two terms; a hyphen within a word stays."""


def arithmetic(assessment: Assessment, indicator: Indicator, deliveries: Mapping[Period, int] | None = None) -> Figure:
    """The steps that lead to a status, with their real numbers, so that a reader can recompute it.

    `deliveries` are the numbers of the deliveries that the values of a period came with.
    """
    decimals = indicator.decimals if indicator.counts_rounded_to else max(indicator.decimals, 2)
    columns: dict[str, list[Cell]] = {
        "Schritt": [step.label for step in assessment.steps],
        "Rechnung": [_MINUS.sub(TRUE_MINUS, _formula(step, assessment.status)) for step in assessment.steps],
    }
    results = [
        None if step.value is None else german.rounded(_exact(step.value), decimals) for step in assessment.steps
    ]
    if any(result is not None for result in results):
        columns["Ergebnis"] = list(results)
    known = deliveries or {}
    rests = [
        [f"{period.label}: Nr. {known[period]}" for period in step.periods if period in known]
        for step in assessment.steps
    ]
    if any(rests):
        columns["Beruht auf Lieferung"] = [", ".join(found) for found in rests]
    verdict = titled(assessment.status)
    reason = f"Keine Bewertung: {assessment.reason.text}." if assessment.reason else ""
    return Figure(
        key=f"{indicator.code}-rechnung",
        title=f"So kommt die Bewertung zustande: {verdict}",
        frame=framed(columns),
        subtitle=f"{indicator.title}{f', {assessment.period.label}' if assessment.period else ''}",
        note=f"{reason} {assessment.detail}".strip(),
        source=words.source(indicator),
        alt=f"Rechenweg der Bewertung „{assessment.status.said}“ in "
        f"{german.counted(len(assessment.steps), 'Schritt', 'Schritten')}.",
        decimals={"Ergebnis": decimals} if "Ergebnis" in columns else {},
    )


def _exact(value: float) -> float:
    """Without the noise of binary fractions: 13 - 13.495 is -0.495, and so -0,50 for whoever recomputes it."""
    return float(f"{value:.12g}")


def _formula(step: Step, status: Status) -> str:
    """The last step ends in the status: in the word that pages and files use, the method's own beside it."""
    return f"{step.rule} → {status.said}" if step.kind is StepKind.CONCLUSION else step.formula
