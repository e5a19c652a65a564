"""A verdict in one German sentence."""

from collections.abc import Callable

from indicators.attainment.assessment import Assessment, de
from indicators.attainment.status import Status

Unit = Callable[[float], str]


def explain(assessment: Assessment, unit: Unit = de, name: Callable[[Status], str] = lambda status: status.word) -> str:
    """Value, what was to be expected, and the status; `unit` writes a number with its unit („36,0 %“), `name` a status.

    >>> from indicators.attainment import assess
    >>> from indicators.targets import Direction, Point, TargetRule
    >>> rule = TargetRule("linear_path", Direction.UP, Point.of(2020, 20), (Point.of(2030, 40),))
    >>> explain(assess([(2024, 27.0)], rule))
    'Im Berichtszeitraum 2024 beträgt der Wert 27; erwartet waren 28, er ist also um 1 schlechter: auf Kurs.'
    """
    if assessment.period is None:
        return "Keine Bewertung: Es liegt kein Wert vor."
    label = assessment.period.label
    if not assessment.judged:
        assert assessment.reason
        detail = f" {assessment.detail}" if assessment.detail else ""
        return f"Keine Bewertung für {label}: {assessment.reason.text}.{detail}"
    assert assessment.value is not None
    middle = _compared(assessment, unit)
    return (
        f"Im Berichtszeitraum {label} beträgt der Wert {unit(assessment.value)}; {middle}: {name(assessment.status)}."
    )


def _compared(assessment: Assessment, unit: Unit) -> str:
    """The clause between value and status."""
    expected = assessment.expected
    if expected is None:
        return assessment.conclusion
    if assessment.status is Status.REACHED and assessment.is_band:
        return "er liegt im Zielkorridor"
    deviation = assessment.deviation or 0.0
    if assessment.extrapolated:
        ahead = f"entwickelt er sich so weiter, sind es im Zieljahr {unit(expected)}"
        return f"{ahead}, {_distance(deviation, unit, 'das Ziel wird also', 'übertroffen', 'verfehlt')}"
    opening = _OPENINGS.get(assessment.method, "erwartet waren {}").format(unit(expected))
    return f"{opening}, {_distance(deviation, unit)}"


_OPENINGS = {
    "maintain": "zu halten sind {}",
    "threshold": "der Schwellenwert ist {}",
    "dns_trend": "das Ziel ist {}",
}


def _distance(
    deviation: float, unit: Unit, opening: str = "er ist also", better: str = "besser", worse: str = "schlechter"
) -> str:
    distance = unit(abs(deviation))
    if distance == unit(0.0):
        return "das trifft genau zu" if deviation == 0 else "das trifft nahezu zu"
    return f"{opening} um {_points(distance)} {better if deviation > 0 else worse}"


def _points(distance: str) -> str:
    """Two percentages differ by percentage points, not by per cent."""
    for ending in ("%", "Prozent"):
        if distance.endswith(ending):
            return f"{distance.removesuffix(ending).rstrip()}\u00a0Prozentpunkte"
    return distance
