"""Rounding as a second way: every count is shown as a multiple of 3, 5 or 10, each by itself, and nothing is hidden.

Totals need not add up then. Rates are computed from the rounded counts, with the decimals that these carry.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from math import floor, inf, isfinite, log10

from indicators import german
from indicators.catalogue import Catalogue, Indicator
from indicators.model import Measurement, Series
from indicators.observations import Valued, indicator_values, series_of
from indicators.store import Store


def rounded(
    store: Store, catalogue: Catalogue, codes: Sequence[str], moment: datetime, rounding: Mapping[str, int]
) -> tuple[Catalogue, dict[str, tuple[Series, ...]]]:
    """The series of those indicators that rest on rounded base figures, as everyone but the office sees them, and the
    catalogue in which these indicators say so and have only the decimals that their values carry."""
    bases = {code: _base(catalogue.indicator(code), rounding) for code in codes}
    concerned = [code for code, base in bases.items() if base]
    if not concerned:
        return catalogue, {}
    values = indicator_values(store, catalogue, concerned, moment, rounding)
    told = {code: _told(catalogue.indicator(code), bases[code], values) for code in concerned}
    found = {
        code: tuple(replace(one, points=tuple(_cut(point, told[code]) for point in one.points)) for one in series)
        for code, series in series_of(values, concerned).items()
    }
    return replace(catalogue, indicators={**catalogue.indicators, **told}), found


def shown_count(number: float, base: int) -> float:
    """A count of persons as a multiple of the base; half a base goes up."""
    return base * german.rounded(number / base, 0)


def _base(indicator: Indicator, rounding: Mapping[str, int]) -> int:
    """The coarsest that its counts are rounded to; 0 for none."""
    return max((rounding.get(name, 0) for name in indicator.expression.names), default=0)


def _told(indicator: Indicator, base: int, values: Sequence[Valued]) -> Indicator:
    known = (one for one in values if one.indicator == indicator.code and one.value is not None)
    carried = min(
        (carried_decimals(inf if one.spread is None else one.spread) for one in known), default=indicator.decimals
    )
    decimals = min(indicator.decimals, carried) if indicator.expression.divides else indicator.decimals
    return indicator.model_copy(update={"decimals": decimals, "counts_rounded_to": base})


def carried_decimals(spread: float) -> int:
    """How many decimals of a value are worth printing that may be off by so much: its last digit is not finer."""
    if not isfinite(spread) or spread <= 0:
        return 0 if spread else 6
    return max(0, floor(-log10(spread)))


def _cut(point: Measurement, indicator: Indicator) -> Measurement:
    if point.value is None:
        return point
    return replace(point, value=german.rounded(point.value, indicator.decimals))
