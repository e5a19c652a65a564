"""All that a trend chart and its table are drawn from: lines, goal, breaks and scales."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from indicators.catalogue import Catalogue, Indicator
from indicators.figures.ahead import Ahead
from indicators.figures.axes import TimeAxis, ValueAxis, time, time_axis, value_axis, without_gaps
from indicators.figures.goals import Goal
from indicators.figures.lines import Line, remarks
from indicators.figures.noted import Mark, Noted, marks, on_the_whole
from indicators.figures.theme import compared_look, look
from indicators.german import TRUE_MINUS, with_unit
from indicators.model import Breakdown, Measurement, Series
from indicators.periods import Period
from indicators.targets import TargetRule


@dataclass(frozen=True)
class Picture:
    """Lines of the city, lines to compare them with, what is wanted, and where the first line leads.

    `breaks` are those within the picture. `marks` are the remarks of people at points of the lines, `noted` those on
    the whole indicator."""

    lines: tuple[Line, ...]
    compared: tuple[Line, ...]
    goal: Goal | None
    breaks: tuple[tuple[Period, str], ...]
    symbol: str
    rate: bool
    ahead: tuple[Ahead, ...] = ()
    marks: tuple[Mark, ...] = ()
    noted: tuple[str, ...] = ()

    def said_of(self, line: Line, point: Measurement) -> str:
        """What a reader must know about a point, and what people have remarked on it."""
        place = self.every_line.index(line)
        noted = [mark.text for mark in self.marks if mark.line == place and mark.period == point.period]
        return "; ".join(text for text in (", ".join(remarks(point)), *noted) if text)

    @cached_property
    def every_line(self) -> tuple[Line, ...]:
        return (*self.lines, *self.compared)

    @property
    def decimals(self) -> int:
        return self.every_line[0].decimals

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """Of all points, in order."""
        return tuple(sorted({point.period for line in self.every_line for point in line.points}))

    @property
    def until(self) -> float | None:
        """How far the way ahead goes, by target and outlook."""
        ends = [self.goal.until if self.goal else None, *(part.points[-1][0] for part in self.ahead)]
        return max((end for end in ends if end is not None), default=None)

    def amount(self, value: float) -> str:
        """A value as labels and notes say it."""
        return with_unit(value, self.decimals, self.symbol, minus=TRUE_MINUS)

    @cached_property
    def times(self) -> TimeAxis:
        begin = self.goal.rule.baseline if self.goal and self.goal.path() else None
        start = [begin.period] if begin and begin.period.kind is self.periods[0].kind else []
        return time_axis([*start, *self.periods], self.until)

    @cached_property
    def values(self) -> ValueAxis:
        wanted = [*(self.goal.values if self.goal else []), *(value for part in self.ahead for value in part.values)]
        return value_axis([value for line in self.every_line for value in line.values] + wanted, rate=self.rate)


def picture(
    series: Sequence[Series],
    comparison: Sequence[Series],
    indicator: Indicator,
    catalogue: Catalogue,
    rule: TargetRule | None,
    noted: Sequence[Noted] = (),
) -> Picture | None:
    """None where no series has a point."""
    unit = catalogue.unit_of(indicator)
    every = [*series, *comparison]
    periods = sorted({point.period for part in every for point in part.points})
    if not periods:
        return None
    breaks = () if indicator.chained else breaks_within(indicator, periods)
    interrupted = [period for period, _ in breaks]
    looks = [look(place) for place in range(len(series))] + [compared_look(place) for place in range(len(comparison))]
    lines = [
        Line.of(name, part, own, indicator.decimals, interrupted)
        for name, part, own in zip(names(every, catalogue), every, looks, strict=True)
    ]
    goal = goal_of(rule or TargetRule(), indicator, unit.symbol, lines)
    return Picture(
        tuple(lines[: len(series)]),
        tuple(lines[len(series) :]),
        goal if goal.shown else None,
        breaks,
        unit.symbol,
        unit.percentage or unit.ratio,
        marks=marks(noted, every),
        noted=on_the_whole(noted),
    )


def goal_of(
    rule: TargetRule, indicator: Indicator, symbol: str, lines: Sequence[Line], *, of_gap: bool = False
) -> Goal:
    """The rule as it is drawn: one that was decided from its day on, or from the judged value on where that is older,
    so that the distance which makes the status can be seen."""
    word = "Beispielziel" if indicator.example_target and not rule.agreed else "Ziel"
    whole = Goal(rule, indicator.decimals, symbol, word, of_gap)
    if rule.agreed is None:
        return whole
    judged = max((time(line.valued[-1].period) for line in lines[:1] if line.valued), default=None)
    decided = time(Period.on(rule.agreed.on))
    former = Goal(rule.agreed.former, indicator.decimals, symbol, "Ziel", of_gap) if rule.agreed.former else None
    since = decided if judged is None else min(decided, judged)
    return replace(whole, since=since, former=former if former and former.shown else None)


def breaks_within(indicator: Indicator, periods: Sequence[Period]) -> tuple[tuple[Period, str], ...]:
    """The breaks between the first and the last period, each at the first of the series' own periods that lies
    in the new definition: a break in 2022 stands before the first quarter of 2022."""
    every = without_gaps(periods, periods[-1].time)
    found = []
    for broken in indicator.breaks:
        same = broken.period if broken.period.kind is periods[0].kind else None
        begin = same or next((period for period in every if period.start >= broken.period.start), None)
        if begin and periods[0] < begin <= periods[-1]:
            found.append((begin, broken.note))
    return tuple(sorted(found))


def names(series: Sequence[Series], catalogue: Catalogue) -> list[str]:
    """What to call each series; no name twice.

    Beside other areas the city goes by its own name. What all series have in common
    (`shared_group`) is said once, in the subtitle, and not in every name.
    """
    places = catalogue.comparison
    areas = any(catalogue.is_elsewhere(part.breakdown) for part in series)
    shared = shared_group(series, catalogue)
    found = []
    for part in series:
        own = part.breakdown
        if areas and own.without(places) == (shared or Breakdown()):
            area = own.get(places)
            found.append(catalogue.title_of(Breakdown.of(**{places: area})) if area else catalogue.city.name)
        else:
            found.append(catalogue.title_of(own))
    return _distinct(found)


def shared_group(series: Sequence[Series], catalogue: Catalogue) -> Breakdown | None:
    """The breakdown that city and areas are compared in; None if they differ, or if it is the total."""
    places = catalogue.comparison
    groups = {part.breakdown.without(places) for part in series}
    areas = {part.breakdown.get(places) for part in series}
    return next(iter(groups)) if len(groups) == 1 and len(areas) > 1 and groups != {Breakdown()} else None


def _distinct(names: list[str]) -> list[str]:
    seen: Counter[str] = Counter()
    for place, name in enumerate(names):
        seen[name] += 1
        if seen[name] > 1:
            names[place] = f"{name} ({seen[name]})"
    return names
