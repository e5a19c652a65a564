"""Rules that set a number beside others: its denominator, and its own of the year before."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from indicators import german
from indicators.catalogue import BaseFigure, Catalogue, FigureKind
from indicators.datasets.rules import Context
from indicators.model import Breakdown, Finding, Observation, Severity
from indicators.periods import Period


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
    """No unexplained jump against the same period of the year before, in the delivery itself or as it is valid.

    In percent of the value before; against nought, and from it, in the unit itself. A jump that stands in the store
    just so was explained when it came.
    """
    known = _known_values(observations, context)
    for o in observations:
        now, before = o.value, known.get(_key(o, o.period.year_before))
        if now is None or before is None or now == before or _stands_already(o, o.period.year_before, known, context):
            continue
        figure = context.catalogue.base_figure(o.base_figure)
        unit = context.catalogue.unit_of(figure)
        change = 100 * (now - before) / abs(before) if before else None
        jump = abs(now) if change is None else abs(change)
        small = not unit.percentage and max(abs(now), abs(before)) < FEW
        if not small and (jump > figure.tolerance_change or (change is None and not unit.percentage)):
            told = "von null aus" if change is None else f"{german.signed(change, 0)} %"
            yield Finding(
                "far-from-last-year",
                Severity.WARNING,
                f"„{figure.title}“ ({context.catalogue.name_of(o.breakdown)}): {told} gegenüber "
                f"{o.period.year_before.label} ({german.number(before, unit.decimals)}); "
                f"üblich sind bis zu {german.number(figure.tolerance_change, 0)} %.",
                "Bitte die Zahl prüfen. Wenn sie stimmt, nennen Sie den Grund.",
                o.place,
                german.number(now, unit.decimals),
            )


FEW = 30
"""Counts below this jump by half from one year to the next without anything having happened."""

MOST_EQUAL, ENOUGH_TO_COMPARE = 0.9, 4
"""From this share of equal values on, and from so many on, a delivery looks like the one before under a new date."""


def not_the_period_before(observations: Sequence[Observation], context: Context) -> Iterator[Finding]:
    """Last year's figures in this year's template are the classic mistake: hardly a value differs from before."""
    known = _known_values(observations, context)
    together: dict[tuple[str, Period], list[Observation]] = defaultdict(list)
    for o in observations:
        together[o.reporter, o.period].append(o)
    for (_, period), same in together.items():
        if all(context.stored.get(_key(o, period)) == o.value for o in same):
            continue
        for earlier in dict.fromkeys((period.previous, period.year_before)):
            pairs = [(o.value, known.get(_key(o, earlier))) for o in same]
            both = [pair for pair in pairs if None not in pair and any(pair)]
            equal = sum(now == before for now, before in both)
            if len(both) >= ENOUGH_TO_COMPARE and equal >= MOST_EQUAL * len(both):
                yield Finding(
                    "like-the-period-before",
                    Severity.WARNING,
                    f"{equal} von {len(both)} Werten für {period.label} sind dieselben wie für {earlier.label}.",
                    "Bitte prüfen, ob die neuen Zahlen eingetragen sind. Wenn sie stimmen, nennen Sie den Grund.",
                    same[0].place,
                )
                break


def counts_since_january_rise(observations: Sequence[Observation], context: Context) -> Iterator[Finding]:
    """A count „seit Jahresbeginn“ never falls within its year."""
    known = _known_values(observations, context)
    own = {_key(o, o.period) for o in observations}
    for o in observations:
        figure = context.catalogue.base_figure(o.base_figure)
        now = o.value
        if figure.kind is not FigureKind.CUMULATIVE or now is None:
            continue
        for other in (o.period.previous, o.period.next):
            beside = known.get(_key(o, other))
            if other.year != o.period.year or beside is None:
                continue
            if now >= beside if other < o.period else now <= beside:
                continue
            if _stands_already(o, other, known, context) or (other > o.period and _key(o, other) in own):
                continue  # told at the later of the two
            unit = context.catalogue.unit_of(figure)
            yield Finding(
                "falls-within-the-year",
                Severity.WARNING,
                f"„{figure.title}“ ({context.catalogue.name_of(o.breakdown)}) zählt seit Jahresbeginn, fällt aber: "
                f"{o.period.label} {german.number(now, unit.decimals)}, "
                f"{other.label} {german.number(beside, unit.decimals)}.",
                "Bitte prüfen, ob hier nur der einzelne Zeitraum gezählt ist. Wenn es stimmt, nennen Sie den Grund.",
                o.place,
                german.number(now, unit.decimals),
            )


Key = tuple[str, str, Breakdown, Period]


def _key(o: Observation, period: Period) -> Key:
    return o.base_figure, o.reporter, o.breakdown, period


def _known_values(observations: Sequence[Observation], context: Context) -> dict[Key, float]:
    """What is valid beside the delivery, and what it brings itself."""
    own = {_key(o, o.period): o.value for o in observations if o.value is not None}
    return {**context.earlier, **own}


def _stands_already(o: Observation, other: Period, known: Mapping[Key, float], context: Context) -> bool:
    """Whether both values are valid just so, so that the reason was given with an earlier delivery."""
    key = _key(o, other)
    beside = context.stored.get(key, context.earlier.get(key))
    return context.stored.get(_key(o, o.period)) == o.value and beside == known[key]
