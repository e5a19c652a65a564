"""The gap between two groups over time, with what is wanted of it."""

from indicators.attainment import Assessment
from indicators.catalogue import Catalogue, Indicator
from indicators.figures import words
from indicators.figures.figure import Figure, framed
from indicators.figures.lines import Line
from indicators.figures.picture import Picture, breaks_within, goal_of
from indicators.figures.theme import LOOKS
from indicators.figures.trend import finished
from indicators.model import Series
from indicators.targets import TargetRule

LINE = "Abstand"


def gap(
    series: Series, indicator: Indicator, catalogue: Catalogue, rule: TargetRule, *, title: str, assessment: Assessment
) -> Figure | None:
    """The difference or ratio as a line; None where nothing is known. The axis holds 0, where there is no gap."""
    if not series.points:
        return None
    periods = sorted(point.period for point in series.points)
    breaks = () if indicator.chained else breaks_within(indicator, periods)
    line = Line.of(LINE, series, LOOKS[0], indicator.decimals, [period for period, _ in breaks])
    wanted = goal_of(rule, indicator, "", [line], of_gap=True)
    drawn = Picture((line,), (), wanted if wanted.shown else None, breaks, "", False)
    figure = Figure(
        f"{indicator.code}-abstand",
        title,
        framed({"Zeitraum": []}),
        source=words.source(indicator),
        metadata=words.definition(indicator, catalogue),
    )
    about = [unit(indicator, catalogue, rule)]
    return finished(figure, drawn, about, assessment, rounded_to=indicator.counts_rounded_to)


def unit(indicator: Indicator, catalogue: Catalogue, rule: TargetRule) -> str:
    """A difference between percentages is in percentage points; a ratio has no unit."""
    if rule.gap == "ratio":
        return "Verhältnis"
    found = catalogue.unit_of(indicator)
    return "Prozentpunkte" if found.percentage else found.title
