"""What stands beside an indicator's course: its groups as sorted bars, all areas as small courses, its neighbours."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf

from indicators import boards
from indicators.catalogue import Catalogue, Indicator
from indicators.figures import in_words, sparkline_svg
from indicators.knowledge.snapshot import Snapshot
from indicators.model import Series
from indicators.periods import Period

FEWEST_PANELS = 2
"""Small courses of one member alone would repeat the chart."""


@dataclass(frozen=True)
class Bar:
    """`share` is the length against the longest bar, 0 to 1; None where there is no number. `whole` is the total."""

    name: str
    text: str
    share: float | None
    whole: bool
    negative: bool


@dataclass(frozen=True)
class Bars:
    """The members of one dimension at one period, the largest first; what has no number comes last."""

    title: str
    period: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Panel:
    name: str
    value: str
    svg: str
    alt: str
    whole: bool


@dataclass(frozen=True)
class Panels:
    """The courses of all members of a dimension on one scale."""

    title: str
    panels: tuple[Panel, ...]


def neighbours(catalogue: Catalogue, indicator: Indicator) -> tuple[Indicator | None, Indicator | None]:
    """The indicators before and after this one in its field; none where it is on no list any more."""
    field = catalogue.indicators_of(indicator.field)
    place = next((number for number, one in enumerate(field) if one.code == indicator.code), None)
    if place is None:
        return None, None
    return field[place - 1] if place else None, field[place + 1] if place + 1 < len(field) else None


def sorted_bars(snapshot: Snapshot, indicator: Indicator) -> list[Bars]:
    """One set of bars for each dimension that anything is known of, at the latest period that a member reports."""
    return [
        _bars(snapshot, indicator, title, series, names) for title, series, names in _dimensions(snapshot, indicator)
    ]


def small_multiples(snapshot: Snapshot, indicator: Indicator) -> list[Panels]:
    """All members of each dimension, each in a small course; one scale within a dimension."""
    found = []
    for title, series, names in _dimensions(snapshot, indicator):
        scale = [point for part in series for point in part.points if point.value is not None]
        panels = tuple(
            Panel(
                name,
                boards.shown(snapshot.catalogue, indicator, part.latest) if part.latest else "",
                sparkline_svg(part, indicator, scale),
                in_words(part, indicator),
                part.breakdown == indicator.headline,
            )
            for name, part in zip(names, series, strict=True)
        )
        if len(panels) > FEWEST_PANELS:
            found.append(Panels(title, panels))
    return found


def _dimensions(snapshot: Snapshot, indicator: Indicator) -> Iterator[tuple[str, list[Series], list[str]]]:
    """By dimension its title, the total and the members that anything is known of, and their names."""
    known = {series.breakdown: series for series in snapshot.series[indicator.code]}
    for code, dimension in snapshot.catalogue.dimensions.items():
        if indicator.headline.get(code) is not None:
            continue
        members = [(member.title, indicator.headline.with_(code, member.code)) for member in dimension.members]
        there = [(title, known[group]) for title, group in members if group in known]
        if not there:
            continue
        whole = known.get(indicator.headline)
        name = snapshot.catalogue.city.name if code == snapshot.catalogue.comparison else "Insgesamt"
        rows = ([(name, whole)] if whole else []) + there
        yield dimension.title, [series for _, series in rows], [title for title, _ in rows]


def _bars(snapshot: Snapshot, indicator: Indicator, title: str, series: Sequence[Series], names: Sequence[str]) -> Bars:
    at = _period(series)
    found = [(name, part, part.at(at)) for name, part in zip(names, series, strict=True)]
    values = {name: point.value for name, _, point in found if point and point.value is not None}
    longest = max(map(abs, values.values()), default=0.0) or 1.0
    bars = [
        Bar(
            name,
            boards.shown(snapshot.catalogue, indicator, point) if point else "keine Angabe",
            abs(values[name]) / longest if name in values else None,
            part.breakdown == indicator.headline,
            values.get(name, 0.0) < 0,
        )
        for name, part, point in found
    ]
    bars.sort(key=lambda bar: -values.get(bar.name, -inf))
    return Bars(title, at.label, tuple(bars))


def _period(series: Sequence[Series]) -> Period:
    """The latest that a member reports; the total alone may be ahead of them."""
    members = series[1:] or series
    return max(part.latest.period for part in members if part.latest)
