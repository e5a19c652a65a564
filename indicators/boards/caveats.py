"""What must be said beside the figures: numbers that cannot be protected, sources that disagree, rounding."""

from collections.abc import Iterable

from indicators import german
from indicators.boards.rows import shown
from indicators.catalogue import Catalogue, Indicator
from indicators.figures.words import rounding_note
from indicators.knowledge.snapshot import Snapshot
from indicators.suppression import HiddenValue


def unprotected(snapshot: Snapshot) -> list[str]:
    """Each hidden value that can be narrowed down all the same, in words: base figure, group, period."""
    catalogue = snapshot.catalogue
    return [
        f"{_figure_title(catalogue, value)}, {_group_title(catalogue, value)}, {value.period.label}"
        for value in snapshot.unprotected
    ]


def contradictions(snapshot: Snapshot) -> list[str]:
    """For the office: shares above 100 % whose two numbers come from different reporters, latest first.

    None of them is told so when it delivers, since it would learn the other's number.
    """
    catalogue = snapshot.catalogue
    return [
        f"{indicator.code} {indicator.title}, {catalogue.title_of(series.breakdown)}, {point.period.label}: "
        f"{shown(catalogue, indicator, point)}"
        for indicator in catalogue.indicators.values()
        if not snapshot.suppressed and _of_different_reporters(catalogue, indicator)
        for series in snapshot.series[indicator.code]
        for point in reversed(series.points)
        if point.value is not None and point.value > 100
    ]


def _of_different_reporters(catalogue: Catalogue, indicator: Indicator) -> bool:
    """Whether it is a percentage of one base figure in another that somebody else delivers as well, or alone."""
    ratio = indicator.expression.ratio
    if not indicator.percentage or ratio is None or (len(ratio.numerators), len(ratio.denominators)) != (1, 1):
        return False
    above, below = (set(catalogue.base_figure(part[0]).reporters) for part in (ratio.numerators, ratio.denominators))
    return len(above | below) > 1


def rounding_legend(snapshot: Snapshot, indicators: Iterable[Indicator] | None = None) -> str:
    """What must be said beside rounded numbers; empty where none is shown rounded."""
    shown_here = snapshot.catalogue.indicators.values() if indicators is None else indicators
    rounded = [indicator for indicator in shown_here if indicator.counts_rounded_to]
    bases = sorted({str(indicator.counts_rounded_to) for indicator in rounded}, key=int)
    if not rounded:
        return ""
    codes = german.enumeration([indicator.code for indicator in rounded])
    return f"{codes}: {rounding_note(german.enumeration(bases, 'oder'))}"


def _figure_title(catalogue: Catalogue, value: HiddenValue) -> str:
    """Its code where an earlier catalogue defined it."""
    figure = catalogue.base_figures.get(value.base_figure)
    return figure.title if figure else value.base_figure


def _group_title(catalogue: Catalogue, value: HiddenValue) -> str:
    try:
        return catalogue.title_of(value.breakdown)
    except KeyError:
        return value.breakdown.code
