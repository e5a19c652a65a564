"""What is said: rows of overview and field, and all that stands beside one indicator."""

from indicators.boards.caveats import contradictions, rounding_legend, unprotected
from indicators.boards.exported import about, field_figure, figures, list_figure, status_figure, trend_figure
from indicators.boards.rows import (
    ChangeRow,
    FieldRow,
    GoalRows,
    IndicatorRow,
    Sparkline,
    by_field,
    changes,
    indicator_row,
    shown,
    tree,
    year_change,
)

__all__ = [
    "ChangeRow",
    "FieldRow",
    "GoalRows",
    "IndicatorRow",
    "Sparkline",
    "about",
    "by_field",
    "changes",
    "contradictions",
    "field_figure",
    "figures",
    "indicator_row",
    "list_figure",
    "rounding_legend",
    "shown",
    "status_figure",
    "tree",
    "trend_figure",
    "unprotected",
    "year_change",
]
