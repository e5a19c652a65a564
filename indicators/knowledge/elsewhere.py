"""What is published of other places, as known at a moment, as series of our indicators beside the delivered ones."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from indicators.catalogue import Catalogue, Indicator
from indicators.datasets.elsewhere import ELSEWHERE, areas
from indicators.model import Breakdown, Measurement, Series
from indicators.periods import Period
from indicators.store import Store


@dataclass(frozen=True)
class Told:
    """A value of a base figure for a place and period, with the delivery that brought it."""

    value: float
    source: str
    delivery: int


By = dict[tuple[str, str, Breakdown], dict[Period, Told]]
"""By base figure, area, and the part of the base figure that is counted."""


def values(store: Store, catalogue: Catalogue, moment: datetime) -> By:
    """Of base figures and places that the definitions still know."""
    found: By = defaultdict(dict)
    there = areas(catalogue)
    for said in ELSEWHERE.states(store, moment).values():
        if said[-1].content is None:
            continue
        content = dict(said[-1].content)
        figure, area = catalogue.current_code(str(content["figure"])), str(content["area"])
        if figure in catalogue.base_figures and area in there:
            period = Period.parse(str(content["period"]))
            found[figure, area, Breakdown.parse(str(content.get("group", "")))][period] = Told(
                float(content["value"]), str(content["source"]), said[-1].delivery
            )
    return found


def with_elsewhere(
    known: Mapping[str, tuple[Series, ...]], catalogue: Catalogue, told: By
) -> tuple[dict[str, tuple[Series, ...]], dict[str, str]]:
    """The series of all indicators with those of other places, and by indicator the sources of these.

    What was delivered for a place and period stays. Where the city has delivered nothing there is nothing to compare.
    An indicator of a part of the whole is compared with what is published of the same part.
    """
    merged, sources = dict(known), dict[str, str]()
    for code, indicator in catalogue.indicators.items() if told else ():
        if not known.get(code):
            continue
        if found := list(_series(indicator, catalogue, told)):
            merged[code] = _merged(known[code], [series for series, _ in found])
            sources[code] = "; ".join(sorted({source for _, own in found for source in own}))
    return merged, sources


def _series(indicator: Indicator, catalogue: Catalogue, told: By) -> Iterator[tuple[Series, set[str]]]:
    names = indicator.expression.names
    for area in areas(catalogue):
        parts = [told.get((name, area, _part(indicator, catalogue, name)), {}) for name in names]
        periods = (
            sorted(set.intersection(*(set(part) for part in parts)), key=lambda period: period.key) if parts else []
        )
        points, used = [], set[str]()
        for period in periods:
            own = {name: part[period] for name, part in zip(names, parts, strict=True)}
            value = indicator.expression.evaluate({name: one.value for name, one in own.items()})
            if value is not None:
                points.append(Measurement(period, value, delivery=max(one.delivery for one in own.values())))
                used |= {one.source for one in own.values()}
        if points:
            yield Series(indicator.code, indicator.headline.with_(catalogue.comparison, area), tuple(points)), used


def _part(indicator: Indicator, catalogue: Catalogue, name: str) -> Breakdown:
    """Of a base figure what the headline speaks of; one that is not divided like this counts as a whole."""
    divided = catalogue.base_figures[name].dimensions if name in catalogue.base_figures else ()
    return Breakdown(tuple(pair for pair in indicator.headline.members if pair[0] in divided))


def _merged(delivered: Sequence[Series], published: Sequence[Series]) -> tuple[Series, ...]:
    known = {series.breakdown: series for series in delivered}
    for series in published:
        own = known.get(series.breakdown)
        points = {point.period: point for point in (*series.points, *(own.points if own else ()))}
        ordered = tuple(sorted(points.values(), key=lambda point: point.period.key))
        known[series.breakdown] = replace(series, points=ordered)
    return tuple(known.values())
