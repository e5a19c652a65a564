"""The rules that figures must keep."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from indicators import german
from indicators.datasets.figures.comparisons import (
    counts_since_january_rise,
    near_last_year,
    not_the_period_before,
    within_the_whole,
)
from indicators.datasets.figures.totals import parts_make_the_total
from indicators.datasets.rules import Context, Rule, on_all_rows
from indicators.model import Finding, Observation, Severity


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
    breakdowns = cache(lambda code: frozenset(context.catalogue.breakdowns_of(code)))
    for o in observations:
        figure = context.catalogue.base_figures.get(o.base_figure)
        if figure and o.breakdown not in breakdowns(figure.code):
            yield Finding(
                "unknown-breakdown",
                Severity.ERROR,
                f"Die Gliederung „{o.breakdown.code}“ gibt es bei „{figure.title}“ nicht.",
                "Verwenden Sie die aktuelle Vorlage.",
                o.place,
                o.breakdown.code,
            )


def members_of_their_time(observations: Sequence[Observation], context: Context) -> Iterator[Finding]:
    """A member is delivered for periods in which it is there: not before a merger, nor after it."""
    for o in observations:
        for dimension, code in o.breakdown.members:
            if not context.catalogue.has_member(dimension, code, o.period):
                title = context.catalogue.dimensions[dimension].member(code).title
                yield Finding(
                    "member-of-another-time",
                    Severity.ERROR,
                    f"„{title}“ gibt es laut Katalog in {o.period.label} nicht (valid_from, valid_to).",
                    "Bitte die damals gültige Ausprägung verwenden oder den Katalog ändern lassen.",
                    o.place,
                    code,
                )


def right_reporter(observations: Sequence[Observation], context: Context) -> Iterator[Finding]:
    """A base figure comes from the reporters that the catalogue names, as long as they deliver."""
    for o in observations:
        figure = context.catalogue.base_figure(o.base_figure)
        last = context.catalogue.last_day(o.reporter)
        if o.reporter in figure.reporters and last is not None and o.period.end > last:
            yield Finding(
                "reporter-ended",
                Severity.ERROR,
                f"{context.catalogue.reporter_name(o.reporter)} meldet nur bis {german.day(last)}, hier steht "
                f"{o.period.label}.",
                "Bitte die Stelle wählen, die die Zahlen weiterführt, oder den Zeitraum richtigstellen.",
                o.place,
                o.reporter,
            )
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
                f"„{figure.title}“ ({context.catalogue.name_of(same[0].breakdown)}, {same[0].period.label}) steht "
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


def shares_below_hundred(observations: Sequence[Observation], context: Context) -> Iterator[Finding]:
    """A base figure that is a percentage itself stays below 100 %."""
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


def nothing_required_is_missing(observations: Sequence[Observation], context: Context) -> Iterator[Finding]:
    """Required cells are filled; a total may be left to its parts, and comparison areas may be left out."""
    given = {(o.base_figure, o.period, o.breakdown) for o in observations}
    for piece, breakdown, place in context.empty:
        figure = context.catalogue.base_figures.get(piece.subject)
        if not all(context.catalogue.has_member(of, code, piece.period) for of, code in breakdown.members):
            continue
        if (
            figure is None
            or context.catalogue.is_elsewhere(breakdown)
            or (piece.subject, piece.period, breakdown) in given
        ):
            continue
        if figure.required:
            yield Finding(
                "missing",
                Severity.ERROR,
                f"„{figure.title}“ ({context.catalogue.name_of(breakdown)}) fehlt.",
                "Bitte die Zahl eintragen. Wenn es keine gibt, das passende Zeichen: - für genau nichts, "
                ". für unbekannt, ... für „folgt später“.",
                place,
                "leer",
            )


RULES = (
    on_all_rows(known_base_figures),
    on_all_rows(known_members),
    *map(
        Rule,
        (
            members_of_their_time,
            right_reporter,
            right_period,
            once_only,
            within_bounds,
            within_the_whole,
            shares_below_hundred,
            parts_make_the_total,
            near_last_year,
            not_the_period_before,
            counts_since_january_rise,
            nothing_required_is_missing,
        ),
    ),
)
