"""Goal attainment: `assess` judges a series by a target rule and shows its arithmetic.

    >>> from indicators.targets import Direction, Point, TargetRule
    >>> rule = TargetRule("linear_path", Direction.UP, Point.of(2020, 20), (Point.of(2030, 40),))
    >>> assess([(2020, 20.0), (2024, 27.0), (2025, 29.5)], rule).status.word
    'auf Kurs'

The methods, their words and worked examples are in docs/methods.md.
"""

from indicators.attainment.assess import assess
from indicators.attainment.assessment import Assessment, Step
from indicators.attainment.course import Values
from indicators.attainment.derive import gap_values
from indicators.attainment.explain import explain
from indicators.attainment.history import Cause, Then, status_history
from indicators.attainment.methods import METHODS, Method, method
from indicators.attainment.pace import Forecast, Pace
from indicators.attainment.status import Reason, Status, worst

__all__ = [
    "METHODS",
    "Assessment",
    "Cause",
    "Forecast",
    "Method",
    "Pace",
    "Reason",
    "Status",
    "Step",
    "Then",
    "Values",
    "assess",
    "explain",
    "gap_values",
    "method",
    "status_history",
    "worst",
]
