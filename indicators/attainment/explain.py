"""A verdict in one German sentence."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from indicators.attainment.assessment import Assessment, de
from indicators.attainment.status import Status
from indicators.german import TRUE_MINUS, number

Unit = Callable[[float], str]


MOST_DECIMALS = 6
"""Values that differ only behind this digit are called equal, as EPSILON calls them."""


def explain(assessment: Assessment, unit: Unit = de, name: Callable[[Status], str] = lambda status: status.word) -> str:
    """Value, what was to be expected, and the status; `unit` writes a number with its unit („36,0 %“), `name` a status.

    A difference is that of the numbers shown, so that a reader who subtracts them comes to the same; where the digits
    that `unit` writes would hide why a status is bad, as many more are shown as decide.

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
    shown = _Shown(unit, _deciding(assessment, unit))
    middle = _compared(assessment, shown)
    return (
        f"Im Berichtszeitraum {label} beträgt der Wert {shown(assessment.value)}; {middle}: {name(assessment.status)}."
    )


@dataclass(frozen=True, slots=True)
class _Shown:
    """Writes numbers as `unit` does, with so many decimals more."""

    unit: Unit
    more: int = 0

    def __call__(self, value: float) -> str:
        text = self.unit(value)
        digits = _NUMBER.search(text)
        if not self.more or digits is None:
            return text
        decimals = len(digits["decimals"] or "") + self.more
        minus = TRUE_MINUS if self.unit(-1.0).startswith(TRUE_MINUS) else "-"
        return text[: digits.start()] + number(value, decimals, minus=minus) + text[digits.end() :]

    def distance(self, value: float, other: float) -> str:
        """The difference of the two as they are shown, with the sign of nothing."""
        return self(abs(self._read(value) - self._read(other)))

    def same(self, value: float, other: float) -> bool:
        return self._read(value) == self._read(other)

    def _read(self, value: float) -> float:
        digits = _NUMBER.search(self(value))
        if digits is None:
            return value
        return float(digits[0].replace(TRUE_MINUS, "-").replace(".", "").replace(",", "."))


_NUMBER = re.compile(r"[-\u2212]?[\d.]+(?:,(?P<decimals>\d+))?")


def _deciding(assessment: Assessment, unit: Unit) -> int:
    """How many digits more than `unit` writes are needed to see that a bad status is one."""
    sides = _sides(assessment)
    if sides is None or assessment.status.severity < _BAD or not assessment.deviation:
        return 0
    return next((more for more in range(MOST_DECIMALS) if not _Shown(unit, more).same(*sides)), 0)


_BAD = Status.SLIGHTLY_BEHIND.severity


def _sides(assessment: Assessment) -> tuple[float, float] | None:
    """The two numbers whose distance the sentence tells; None where it tells none."""
    if assessment.value is None or assessment.expected is None:
        return None
    if assessment.extrapolated:
        return None if assessment.aim is None else (assessment.expected, assessment.aim)
    return assessment.value, assessment.expected


def _compared(assessment: Assessment, shown: _Shown) -> str:
    """The clause between value and status."""
    expected = assessment.expected
    if expected is None:
        return assessment.conclusion
    if assessment.status is Status.REACHED and assessment.is_band:
        return "er liegt im Zielkorridor"
    if assessment.extrapolated:
        ahead = f"entwickelt er sich so weiter, sind es im Zieljahr {shown(expected)}"
        return f"{ahead}, {_distance(assessment, shown, 'das Ziel wird also', 'übertroffen', 'verfehlt')}"
    opening = _OPENINGS.get(assessment.method, "erwartet waren {}").format(shown(expected))
    return f"{opening}, {_distance(assessment, shown)}{_allowed(assessment, shown)}"


_OPENINGS = {
    "maintain": "zu halten sind {}",
    "threshold": "der Schwellenwert ist {}",
    "dns_trend": "das Ziel ist {}",
}


def _distance(
    assessment: Assessment,
    shown: _Shown,
    opening: str = "er ist also",
    better: str = "besser",
    worse: str = "schlechter",
) -> str:
    sides, deviation = _sides(assessment), assessment.deviation or 0.0
    if sides is None or shown.same(*sides):
        return "das trifft genau zu" if deviation == 0 else "das trifft nahezu zu"
    return f"{opening} um {_points(shown.distance(*sides))} {better if deviation > 0 else worse}"


def _allowed(assessment: Assessment, shown: _Shown) -> str:
    """Why a value that is worse than what was to be held counts as reached: the agreed tolerance."""
    tolerance = assessment.tolerance
    if assessment.status is not Status.REACHED or (assessment.deviation or 0.0) >= 0 or not tolerance:
        return ""
    return f" (zulässig sind {_points(shown(tolerance))})"


def _points(distance: str) -> str:
    """Two percentages differ by percentage points, not by per cent."""
    for ending in ("%", "Prozent"):
        if distance.endswith(ending):
            return f"{distance.removesuffix(ending).rstrip()}\u00a0Prozentpunkte"
    return distance
