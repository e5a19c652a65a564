"""Totals and their parts: whether they agree, and totals that are left to their parts."""

from collections.abc import Iterator, Sequence

from indicators import german
from indicators.catalogue import BaseFigure
from indicators.datasets.rules import Context
from indicators.model import Breakdown, Finding, Observation, Severity, Sign


def parts_make_the_total(observations: Sequence[Observation], context: Context) -> Iterator[Finding]:
    """The members of a complete dimension add up to the total that stands beside them."""
    values = {(o.base_figure, o.period, o.breakdown): o for o in observations}
    for (base, period, breakdown), total in values.items():
        figure = context.catalogue.base_figure(base)
        if not context.catalogue.unit_of(figure).adds_up or total.value is None:
            continue
        for dimension in _open_dimensions(figure, breakdown):
            parts = _parts(context, values, (base, period, breakdown), dimension)
            if parts is None:
                continue
            summed = sum(parts)
            # each part, and the total, may be off by half of what the office rounds to
            if abs(summed - total.value) > figure.rounded_to / 2 * (len(parts) + (figure.rounded_to > 1)):
                title = context.catalogue.dimensions[dimension].title
                above = summed > total.value
                yield Finding(
                    "parts-above-total" if above else "parts-below-total",
                    Severity.ERROR if above else Severity.WARNING,
                    f"„{figure.title}“, {period.label}: Die Teile nach {title} ergeben {german.number(summed, 0)}, "
                    f"als Summe ({context.catalogue.name_of(breakdown)}) stehen da {german.number(total.value, 0)}.",
                    "Bitte Teile und Summe prüfen."
                    + ("" if above else " Wenn einige ohne Angabe sind, nennen Sie das als Grund."),
                    total.place,
                    german.number(total.value, 0),
                )


def with_summed_totals(observations: Sequence[Observation], context: Context) -> tuple[Observation, ...]:
    """Adds each total that was left empty while all its parts in one complete dimension are there, flagged summed."""
    values = {(o.base_figure, o.period, o.breakdown): o for o in observations}
    added = []
    for piece, breakdown, place in context.empty:
        figure = context.catalogue.base_figures.get(piece.subject)
        if figure is None or not context.catalogue.unit_of(figure).adds_up:
            continue
        for dimension in _open_dimensions(figure, breakdown):
            parts = _parts(context, values, (piece.subject, piece.period, breakdown), dimension)
            if parts:
                added.append(
                    Observation(
                        piece.subject, piece.reporter, piece.period, breakdown, sum(parts), flags="t", place=place
                    )
                )
                break
    return (*observations, *added)


def _open_dimensions(figure: BaseFigure, breakdown: Breakdown) -> list[str]:
    """Dimensions that could still split this breakdown."""
    fixed = {dimension for dimension, _ in breakdown.members}
    laid_out = {tuple(sorted(axes)) for axes in figure.breakdowns}
    return [d for d in figure.dimensions if d not in fixed and tuple(sorted({*fixed, d})) in laid_out]


def _parts(context: Context, values: dict, total: tuple, dimension: str) -> list[float] | None:
    """The values of all members of a complete dimension; None where the dimension is not complete or one is unknown."""
    definition = context.catalogue.dimensions[dimension]
    if not definition.complete:
        return None
    base, period, breakdown = total
    parts = []
    for member in definition.members:
        if not member.sums_to_total or not context.catalogue.has_member(dimension, member.code, period):
            continue
        part = values.get((base, period, breakdown.with_(dimension, member.code)))
        if part is None or (part.value is None and part.sign is not Sign.NOTHING):
            return None
        parts.append(part.value or 0.0)
    return parts
