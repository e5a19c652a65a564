"""What hiding a number takes from readers, and how wide an interval protects it."""

from functools import cached_property
from math import inf, log10

from indicators.catalogue import BaseFigure
from indicators.suppression.history import Definitions

TOTAL, ONE_DIMENSION, CROSSED = 4.0, 2.0, 1.0
NO_THRESHOLD = 3.0
"""Figures without a threshold are hidden only where another cannot be protected otherwise."""

ROLLED_UP = 1.5


class Prices:
    """Totals and headlines are dearer than crossings, large numbers a little dearer than small ones."""

    def __init__(self, definitions: Definitions) -> None:
        self._definitions = definitions

    def of(self, code: str, breakdown: str, number: float, rolled_up: bool) -> float:
        """Infinite for zeros that everybody knows to be shown: a hidden one would protect nothing. Rounded numbers are
        never hidden, and reckoned with as if readers knew them to the last person."""
        figure = self._definitions.figures[code]
        if (number == 0 and figure.show_zero) or figure.rounding_base:
            return inf
        price = self._importance(code, breakdown) * (1 + 0.02 * log10(1 + abs(number)))
        if figure.suppress_below is None:
            price *= NO_THRESHOLD
        return price * ROLLED_UP if rolled_up else price

    def _importance(self, code: str, breakdown: str) -> float:
        if not breakdown or (code, breakdown) in self._headlines:
            return TOTAL
        return ONE_DIMENSION if ";" not in breakdown else CROSSED

    @cached_property
    def _headlines(self) -> frozenset[tuple[str, str]]:
        """What overview and status speak of."""
        return frozenset(
            (name, indicator.headline.code)
            for indicator in self._definitions.today.indicators.values()
            for name in indicator.expression.names
        )


def needed_width(figure: BaseFigure) -> float:
    """An interval wider than the threshold: one more than it, since persons are counted in whole numbers.

    0 for a figure that keeps nothing, and for one whose numbers are rounded instead.
    """
    return 0.0 if figure.suppress_below is None or figure.rounding_base else figure.suppress_below + 1.0
