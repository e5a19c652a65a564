"""Pure functions from suppressed data to Figures: what pages show and exporters write.

trend(series, indicator, catalogue, …)   an indicator over time
gap(series, indicator, catalogue, rule, …)   the gap between two groups over time
sparkline.in_words, sparkline_svg        the course in the size of a word
status_matrix(rows)                      action fields × statuses
arithmetic(assessment, indicator)        the steps of a status
outlook(assessment, …), past(history, …)   pace and forecast; the status at each meeting
"""

from indicators.figures.figure import Cell, Figure, framed
from indicators.figures.gaps import gap
from indicators.figures.noted import Noted
from indicators.figures.outlook import outlook, past
from indicators.figures.sparkline import in_words, sparkline_svg
from indicators.figures.status import SCALE, status_matrix
from indicators.figures.tables import arithmetic
from indicators.figures.trend import trend
from indicators.figures.words import as_of

__all__ = [
    "SCALE",
    "Cell",
    "Figure",
    "Noted",
    "arithmetic",
    "as_of",
    "framed",
    "gap",
    "in_words",
    "outlook",
    "past",
    "sparkline_svg",
    "status_matrix",
    "trend",
]
