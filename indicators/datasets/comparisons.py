"""Rules that set a number beside others: its denominator, and its own of the year before."""

from collections.abc import Iterator, Sequence

from indicators import german
from indicators.catalogue import BaseFigure, Catalogue
from indicators.datasets.rules import Context
from indicators.model import Finding, Observation, Severity


def within_the_whole(observations: Sequence[Observation], context: Context) -> Iterator[Finding]:
    """A numerator is not above its denominator, in one delivery or against what the same reporter delivered before.

    Another reporter's number is not compared with: ten uploads would tell it. That check is the office's, after the
    delivery (`boards.contradictions`).
    """
    delivered = {(o.base_figure, o.breakdown, o.period): o for o in observations if o.value is not None}
    for above, below in _shares(context.catalogue):
        for o in [o for (code, _, _), o in delivered.items() if code == above.code]:
            beside = delivered.get((below.code, o.breakdown, o.period))
            limit = beside.value if beside else _known(context, below, o)
            if o.value is None or limit is None or o.value <= limit:
                continue
            told = f" mit {german.number(limit, 0)}" if beside else f" ({german.enumeration(below.reporters)})"
            yield Finding(
                "above-whole",
                Severity.WARNING,
                f"„{above.title}“ ist mit {german.number(o.value, 0)} größer als „{below.title}“{told}; "
                "der Anteil läge über 100 %.",
                "Bitte beide Zahlen prüfen. Wenn sie stimmen, nennen Sie den Grund "
                "(zum Beispiel Betreuung außerhalb des Wohnorts).",
                o.place,
                german.number(o.value, 0),
            )


def _shares(catalogue: Catalogue) -> list[tuple[BaseFigure, BaseFigure]]:
    """Numerator and denominator of each percentage that is one base figure in another, each pair once."""
    ratios = [indicator.expression.ratio for indicator in catalogue.indicators.values() if indicator.percentage]
    pairs = [(*ratio.numerators, *ratio.denominators) for ratio in ratios if ratio]
    return [(catalogue.base_figure(p[0]), catalogue.base_figure(p[1])) for p in dict.fromkeys(pairs) if len(p) == 2]


def _known(context: Context, figure: BaseFigure, o: Observation) -> float | None:
    """What the same reporter has delivered for the same group and period, if the figure is its own alone."""
    own = set(figure.reporters) == {o.reporter}
    return context.earlier.get((figure.code, o.reporter, o.breakdown, o.period)) if own else None


def near_last_year(observations: Sequence[Observation], context: Context) -> Iterator[Finding]:
    """No unexplained jump against the same period of the year before (for percentages in percentage points)."""
    for o in observations:
        before = context.earlier.get((o.base_figure, o.reporter, o.breakdown, o.period.year_before))
        if o.value is None or not before:
            continue
        figure = context.catalogue.base_figure(o.base_figure)
        unit = context.catalogue.unit_of(figure)
        change = 100 * (o.value - before) / abs(before)
        small = not unit.percentage and max(o.value, before) < 30
        if abs(change) > figure.tolerance_change and not small:
            yield Finding(
                "far-from-last-year",
                Severity.WARNING,
                f"„{figure.title}“ ({context.catalogue.title_of(o.breakdown)}): {german.signed(change, 0)} % gegenüber "
                f"{o.period.year_before.label} ({german.number(before, unit.decimals)}); "
                f"üblich sind bis zu {german.number(figure.tolerance_change, 0)} %.",
                "Bitte die Zahl prüfen. Wenn sie stimmt, nennen Sie den Grund.",
                o.place,
                german.number(o.value, unit.decimals),
            )
