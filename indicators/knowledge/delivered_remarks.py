"""Remarks that came with a delivery are on a base figure's value; here they are put beside its indicators."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from indicators.catalogue import Catalogue, Indicator
from indicators.knowledge.comments import Comment
from indicators.model import Breakdown, Series
from indicators.periods import Period


def beside_indicators(catalogue: Catalogue, series: Mapping[str, Sequence[Series]], one: Comment) -> Iterator[Comment]:
    """The remark itself where somebody wrote it on an indicator; else one for each that its value is part of."""
    if not one.base_figure:
        yield one
        return
    for indicator in catalogue.indicators_from(catalogue.current_code(one.base_figure)):
        yield _beside(catalogue, indicator, series.get(indicator.code, ()), one)


def _beside(catalogue: Catalogue, indicator: Indicator, series: Sequence[Series], one: Comment) -> Comment:
    """At the point that holds the value: of the same group or the narrowest around it, in the period around it."""
    shown = {found.breakdown: found for found in series}
    group = _around(shown, one.breakdown)
    points = shown[group].points if group is not None else ()
    period = next((point.period for point in points if one.period and _holds(point.period, one.period)), one.period)
    about = []
    if len(indicator.expression.names) > 1:
        about.append(catalogue.figure_name(catalogue.current_code(one.base_figure)))
    if one.breakdown != group:
        about.append(catalogue.name_of(one.breakdown))
    if period != one.period and one.period:
        about.append(one.period.label)
    text = f"{', '.join(about)}: {one.text}" if about else one.text
    return replace(one, indicator=indicator.code, breakdown=group or Breakdown(), period=period, text=text)


def _around(shown: Mapping[Breakdown, Series], wanted: Breakdown) -> Breakdown | None:
    for size in range(len(wanted.members), -1, -1):
        for members in combinations(wanted.members, size):
            if Breakdown(members) in shown:
                return Breakdown(members)
    return None


def _holds(whole: Period, part: Period) -> bool:
    return whole.start <= part.start and part.end <= whole.end
