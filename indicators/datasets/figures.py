"""The data set „Kennzahlen“: counts and rates of departments and providers, and the rules they must keep."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from indicators import german
from indicators.catalogue import BaseFigure
from indicators.datasets.rules import Context, DataSet
from indicators.model import Breakdown, Finding, Observation, Severity, Sign


def known_base_figures(observations: Sequence[Observation], context: Context) -> Iterator[Finding]:
    """Every code is defined."""
    for o in observations:
        if o.base_figure not in context.catalogue.base_figures:
            yield Finding(
                "unknown-base-figure",
                Severity.ERROR,
                f"Die Grundzahl „{o.base_figure}“ ist nicht definiert.",
                "Verwenden Sie die aktuelle Vorlage. Neue Grundzahlen legt die Stabsstelle im Katalog an.",
                o.place,
                o.base_figure,
            )


def known_members(observations: Sequence[Observation], context: Context) -> Iterator[Finding]:
    """Every breakdown is one that the base figure has."""
    for o in observations:
        figure = context.catalogue.base_figures.get(o.base_figure)
        if figure and o.breakdown not in context.catalogue.breakdowns_of(figure):
            yield Finding(
                "unknown-breakdown",
                Severity.ERROR,
                f"Die Gliederung „{o.breakdown.code}“ gibt es bei „{figure.title}“ nicht.",
                "Verwenden Sie die aktuelle Vorlage.",
                o.place,
                o.breakdown.code,
            )


def right_reporter(observations: Sequence[Observation], context: Context) -> Iterator[Finding]:
    """A base figure comes from the reporters that the catalogue names."""
    for o in observations:
        figure = context.catalogue.base_figure(o.base_figure)
        if o.reporter not in figure.reporters:
            yield Finding(
                "wrong-reporter",
                Severity.ERROR,
                f"„{figure.title}“ wird nicht von {o.reporter} gemeldet, sondern von "
                f"{german.enumeration(figure.reporters)}.",
                "Bitte die Vorlage der eigenen Stelle verwenden oder die Zuständigkeit im Katalog ändern lassen.",
                o.place,
                o.reporter,
            )


def right_period(observations: Sequence[Observation], context: Context) -> Iterator[Finding]:
    """The period has the length that the base figure asks for, and has begun."""
    for o in observations:
        figure = context.catalogue.base_figure(o.base_figure)
        if not figure.frequency.covers(o.period):
            yield Finding(
                "wrong-period",
                Severity.ERROR,
                f"„{figure.title}“ wird {figure.frequency.word} gemeldet, nicht für {o.period.label}.",
                "Bitte den Berichtszeitraum richtigstellen.",
                o.place,
                str(o.period),
            )
        elif o.period.start > context.today:
            yield Finding(
                "future-period",
                Severity.ERROR,
                f"Der Berichtszeitraum {o.period.label} hat noch nicht begonnen.",
                "Bitte prüfen Sie den Berichtszeitraum.",
                o.place,
                str(o.period),
            )


def once_only(observations: Sequence[Observation], context: Context) -> Iterator[Finding]:
    """No figure is given twice."""
    places = defaultdict(list)
    for o in observations:
        places[o.base_figure, o.reporter, o.breakdown, o.period].append(o)
    for same in places.values():
        if len(same) > 1:
            figure = context.catalogue.base_figure(same[0].base_figure)
            yield Finding(
                "duplicate",
                Severity.ERROR,
                f"„{figure.title}“ ({context.catalogue.title_of(same[0].breakdown)}, {same[0].period.label}) steht "
                f"mehrfach da: in {german.enumeration([str(o.place) for o in same])}.",
                "Bitte nur einen der Werte stehen lassen.",
                same[0].place,
                german.enumeration([german.content(o.value if o.sign is None else o.sign, 1) for o in same]),
            )


def within_bounds(observations: Sequence[Observation], context: Context) -> Iterator[Finding]:
    """Counts are whole and not negative; nothing is below its minimum."""
    for o in observations:
        if o.value is None:
            continue
        figure = context.catalogue.base_figure(o.base_figure)
        unit = context.catalogue.unit_of(figure)
        if figure.minimum is not None and o.value < figure.minimum:
            yield Finding(
                "below-minimum",
                Severity.ERROR,
                f"„{figure.title}“ kann nicht kleiner als {german.number(figure.minimum, unit.decimals)} sein.",
                "Bitte die Zahl prüfen und richtigstellen.",
                o.place,
                german.number(o.value, unit.decimals),
            )
        elif unit.decimals == 0 and not unit.percentage and o.value != int(o.value):
            yield Finding(
                "not-whole",
                Severity.ERROR,
                f"„{figure.title}“ ist eine Anzahl; hier steht eine Zahl mit Nachkommastellen.",
                "Bitte eine ganze Zahl eintragen. Ein Prozentwert gehört in eine andere Zelle.",
                o.place,
                german.number(o.value, 2),
            )


def within_the_whole(observations: Sequence[Observation], context: Context) -> Iterator[Finding]:
    """A numerator is not above its denominator, in one delivery or against what is known; shares stay below 100 %."""
    values = {(o.base_figure, o.breakdown, o.period): o for o in observations if o.value is not None}
    known = {(base, breakdown, period): v for (base, _, breakdown, period), v in context.earlier.items()}
    seen = set()
    for indicator in context.catalogue.indicators.values():
        ratio = indicator.expression.ratio
        if not (indicator.percentage and ratio and len(ratio.numerators) == len(ratio.denominators) == 1):
            continue
        above, below = ratio.numerators[0], ratio.denominators[0]
        for (base, breakdown, period), o in values.items():
            if base != above or (above, below, breakdown, period) in seen:
                continue
            whole = values.get((below, breakdown, period))
            limit = whole.value if whole else known.get((below, breakdown, period))
            if limit is not None and o.value is not None and o.value > limit:
                seen.add((above, below, breakdown, period))
                titles = [context.catalogue.base_figure(code).title for code in (above, below)]
                yield Finding(
                    "above-whole",
                    Severity.WARNING,
                    f"„{titles[0]}“ ist mit {german.number(o.value, 0)} größer als „{titles[1]}“ mit "
                    f"{german.number(limit, 0)}; der Anteil läge über 100 %.",
                    "Bitte beide Zahlen prüfen. Wenn sie stimmen, nennen Sie den Grund "
                    "(zum Beispiel Betreuung außerhalb des Wohnorts).",
                    o.place,
                    german.number(o.value, 0),
                )
    for o in observations:
        figure = context.catalogue.base_figure(o.base_figure)
        if context.catalogue.unit_of(figure).percentage and o.value is not None and o.value > 100:
            yield Finding(
                "above-hundred",
                Severity.WARNING,
                f"„{figure.title}“ liegt über 100 %.",
                "Bitte prüfen. Wenn die Zahl stimmt, nennen Sie den Grund.",
                o.place,
                german.number(o.value, 1),
            )


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
                    f"als Summe ({context.catalogue.title_of(breakdown)}) stehen da {german.number(total.value, 0)}.",
                    "Bitte Teile und Summe prüfen."
                    + ("" if above else " Wenn einige ohne Angabe sind, nennen Sie das als Grund."),
                    total.place,
                    german.number(total.value, 0),
                )


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


def nothing_required_is_missing(observations: Sequence[Observation], context: Context) -> Iterator[Finding]:
    """Required cells are filled; a total may be left to its parts, and comparison areas may be left out."""
    given = {(o.base_figure, o.period, o.breakdown) for o in observations}
    for piece, breakdown, place in context.empty:
        figure = context.catalogue.base_figures.get(piece.base_figure)
        if figure is None or breakdown.get("gebiet") or (piece.base_figure, piece.period, breakdown) in given:
            continue
        if figure.required:
            yield Finding(
                "missing",
                Severity.ERROR,
                f"„{figure.title}“ ({context.catalogue.title_of(breakdown)}) fehlt.",
                "Bitte die Zahl eintragen. Wenn es keine gibt, das passende Zeichen: - für genau nichts, "
                ". für unbekannt, ... für „folgt später“.",
                place,
                "leer",
            )


def with_summed_totals(observations: Sequence[Observation], context: Context) -> tuple[Observation, ...]:
    """Adds each total that was left empty while all its parts in one complete dimension are there, flagged summed."""
    values = {(o.base_figure, o.period, o.breakdown): o for o in observations}
    added = []
    for piece, breakdown, place in context.empty:
        figure = context.catalogue.base_figures.get(piece.base_figure)
        if figure is None or not context.catalogue.unit_of(figure).adds_up:
            continue
        for dimension in _open_dimensions(figure, breakdown):
            parts = _parts(context, values, (piece.base_figure, piece.period, breakdown), dimension)
            if parts:
                added.append(
                    Observation(
                        piece.base_figure, piece.reporter, piece.period, breakdown, sum(parts), flags="t", place=place
                    )
                )
                break
    return (*observations, *added)


def _open_dimensions(figure: BaseFigure, breakdown: Breakdown) -> list[str]:
    """Dimensions that could still split this breakdown."""
    fixed = {dimension for dimension, _ in breakdown.members}
    wanted = {tuple(sorted({*fixed, dimension})) for dimension in figure.dimensions if dimension not in fixed}
    laid_out = {tuple(sorted(axes)) for axes in figure.breakdowns}
    return [d for d in figure.dimensions if d not in fixed and tuple(sorted({*fixed, d})) in wanted & laid_out]


def _parts(context: Context, values: dict, total: tuple, dimension: str) -> list[float] | None:
    """The values of all members of a complete dimension; None where the dimension is not complete or one is unknown."""
    definition = context.catalogue.dimensions[dimension]
    if not definition.complete:
        return None
    base, period, breakdown = total
    parts = []
    for member in definition.members:
        if not member.sums_to_total:
            continue
        part = values.get((base, period, breakdown.with_(dimension, member.code)))
        if part is None or (part.value is None and part.sign is not Sign.NOTHING):
            return None
        parts.append(part.value or 0.0)
    return parts


FIGURES = DataSet(
    "figures",
    "Kennzahlen",
    (
        known_base_figures,
        known_members,
        right_reporter,
        right_period,
        once_only,
        within_bounds,
        within_the_whole,
        parts_make_the_total,
        near_last_year,
        nothing_required_is_missing,
    ),
)
