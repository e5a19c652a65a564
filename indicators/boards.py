"""What overview and action field show: rows made from snapshots, ready to be rendered or exported."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from indicators import german
from indicators.attainment import Status
from indicators.catalogue import ActionField, Catalogue, GuidingGoal, Indicator, SubGoal
from indicators.figures import Cell, Figure, as_of, framed, sparkline, sparkline_svg, status_matrix, trend
from indicators.figures.words import rounding_note
from indicators.model import Breakdown, Measurement, Series, Sign
from indicators.snapshot import Snapshot
from indicators.suppression import HiddenValue


@dataclass(frozen=True)
class FieldRow:
    """An action field with the number of its indicators in each status of the common scale."""

    field: ActionField
    counts: Mapping[Status, int]


@dataclass(frozen=True)
class Sparkline:
    """A course in the size of a word: the picture, and what it shows in words."""

    svg: str
    alt: str


@dataclass(frozen=True)
class IndicatorRow:
    """One line of an action field: texts as they are shown; `value` is empty where nothing was delivered.

    `difference` is the change as a number.
    """

    indicator: Indicator
    value: str
    period: str
    difference: float | None
    change_unit: str
    status: Status
    reason: str
    series: Series
    sparkline: Sparkline

    @property
    def change(self) -> str:
        """„−6,3“ as it is shown; empty where it is not known."""
        found = self.difference
        return "" if found is None else german.signed(found, self.indicator.decimals, minus=german.TRUE_MINUS)


@dataclass(frozen=True)
class GoalRows:
    """A guiding goal (h2) or sub-goal (h3) with the indicators that measure it."""

    code: str
    title: str
    level: str
    rows: tuple[IndicatorRow, ...]


@dataclass(frozen=True)
class ChangeRow:
    """An indicator whose headline or status is not what it was."""

    indicator: Indicator
    before: str
    after: str
    period_before: str
    period_after: str
    status_before: Status
    status_after: Status


def by_field(snapshot: Snapshot) -> tuple[FieldRow, ...]:
    """One row per action field, in the catalogue's order."""
    return tuple(
        FieldRow(
            field,
            Counter(
                snapshot.status(indicator.code).scale for indicator in snapshot.catalogue.indicators_of(field.code)
            ),
        )
        for field in snapshot.catalogue.fields
    )


def tree(
    snapshot: Snapshot, field: ActionField, wanted: Callable[[Status], bool] = lambda status: True
) -> list[GoalRows]:
    """The goals of a field in order, each with its indicators whose status (on the common scale) is wanted."""
    goals: list[tuple[SubGoal | GuidingGoal, str]] = []
    for guiding in field.guiding_goals:
        goals += [(guiding, "h2"), *((sub_goal, "h3") for sub_goal in guiding.sub_goals)]
    return [
        GoalRows(
            goal.code,
            goal.title,
            level,
            tuple(
                indicator_row(snapshot, indicator)
                for indicator in snapshot.catalogue.indicators_for(goal.code)
                if wanted(snapshot.status(indicator.code).scale)
            ),
        )
        for goal, level in goals
    ]


def indicator_row(snapshot: Snapshot, indicator: Indicator) -> IndicatorRow:
    series = snapshot.headline(indicator.code)
    latest = series.latest
    assessment = snapshot.assessment(indicator.code)
    return IndicatorRow(
        indicator,
        shown(snapshot.catalogue, indicator, latest) if latest else "",
        latest.period.label if latest else "",
        *year_change(snapshot.catalogue, indicator, series),
        snapshot.status(indicator.code),
        assessment.reason.text if assessment and assessment.reason and latest else "",
        series,
        Sparkline(sparkline_svg(series, indicator), sparkline(series, indicator).alt),
    )


def shown(catalogue: Catalogue, indicator: Indicator, point: Measurement) -> str:
    """A measurement with its unit's symbol; a sign stands alone."""
    text = german.measured(point, indicator.decimals)
    symbol = catalogue.unit_of(indicator).symbol
    return f"{text}\N{NO-BREAK SPACE}{symbol}" if symbol and point.value is not None else text


def year_change(catalogue: Catalogue, indicator: Indicator, series: Series) -> tuple[float | None, str]:
    """The change against the same period of the year before, rounded, and its unit (percentages in points).

    None where it is not known, with the reason where a break forbids it.
    """
    latest = series.latest
    before = series.at(latest.period.year_before) if latest else None
    if latest is None or before is None or latest.value is None or before.value is None:
        return None, ""
    if any(before.period < found.period <= latest.period for found in indicator.breaks) and not indicator.chained:
        return None, "Bruch der Zeitreihe"
    unit = catalogue.unit_of(indicator)
    change = german.difference(latest.value, before.value, indicator.decimals)
    return change, "Prozentpunkte" if unit.percentage else unit.symbol


def changes(before: Snapshot, after: Snapshot) -> tuple[ChangeRow, ...]:
    """Indicators whose latest headline value, period or status differs between two snapshots."""
    rows = []
    for code, indicator in after.catalogue.indicators.items():
        if code not in before.catalogue.indicators:
            continue
        old, new = before.headline(code).latest, after.headline(code).latest
        statuses = before.status(code), after.status(code)
        if _same(old, new) and statuses[0] == statuses[1]:
            continue
        rows.append(
            ChangeRow(
                indicator,
                shown(before.catalogue, indicator, old) if old else "noch nichts",
                shown(after.catalogue, indicator, new) if new else "nichts mehr",
                old.period.label if old else "",
                new.period.label if new else "",
                *statuses,
            )
        )
    return tuple(rows)


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


def _same(old: Measurement | None, new: Measurement | None) -> bool:
    if old is None or new is None:
        return old is new
    return (old.period, old.value, old.sign) == (new.period, new.value, new.sign)


def figures(snapshot: Snapshot) -> list[Figure]:
    """The overview as tables for export: statuses by field, and every indicator with value and status."""
    matrix = status_matrix(
        [
            (
                f"{field.code} {field.title}",
                [snapshot.status(indicator.code) for indicator in snapshot.catalogue.indicators_of(field.code)],
            )
            for field in snapshot.catalogue.fields
        ]
    )
    matrix = replace(matrix, moment=snapshot.since, metadata=about(snapshot))
    return [
        matrix,
        list_figure(snapshot, "kennzahlen", "Alle Kennzahlen", tuple(snapshot.catalogue.indicators.values())),
    ]


def trend_figure(
    snapshot: Snapshot,
    indicator: Indicator,
    shown: Sequence[Breakdown],
    areas: Sequence[Breakdown] = (),
    outlook: bool = False,
) -> Figure:
    """The indicator over time with the facts that make it citable: state of the data and deliveries."""
    series = [snapshot.find(indicator.code, breakdown) for breakdown in shown]
    figure = trend(
        series,
        indicator,
        snapshot.catalogue,
        assessment=snapshot.assessment(indicator.code),
        comparison=[snapshot.find(indicator.code, breakdown) for breakdown in areas],
        show_outlook=outlook,
    )
    numbers = sorted({point.delivery for part in series for point in part.points if point.delivery})
    facts = as_of(snapshot.since, [str(number) for number in numbers])
    return replace(figure, moment=snapshot.since, metadata=(*figure.metadata, *facts))


def field_figure(snapshot: Snapshot, field: ActionField) -> Figure:
    """All indicators of a field with value, change and status."""
    found = snapshot.catalogue.indicators_of(field.code)
    return list_figure(snapshot, f"feld-{field.code}", f"{field.code} {field.title}", found)


def list_figure(snapshot: Snapshot, key: str, title: str, indicators: tuple[Indicator, ...]) -> Figure:
    """Indicators as a table: value and change as numbers, each with its unit in a column of its own; status."""
    rows = [indicator_row(snapshot, indicator) for indicator in indicators]
    latest = [row.series.latest for row in rows]
    decimals = [row.indicator.decimals for row in rows]
    return Figure(
        key,
        title,
        framed(
            {
                "Kennzahl": [f"{row.indicator.code} {row.indicator.title}" for row in rows],
                VALUE: [_rounded(point, places) for point, places in zip(latest, decimals, strict=True)],
                "Einheit": [snapshot.catalogue.unit_of(row.indicator).title for row in rows],
                "Zeitraum": [row.period for row in rows],
                CHANGE: [row.difference for row in rows],
                CHANGE_UNIT: [row.change_unit for row in rows],
                "Status": [row.status.scale.word for row in rows],
                "Wort des Verfahrens": [row.status.own_word for row in rows],
                "Begründung": [row.reason for row in rows],
                "Quelle": [row.indicator.source for row in rows],
            }
        ),
        note=rounding_legend(snapshot, indicators),
        decimals={VALUE: max(decimals, default=0), CHANGE: max(decimals, default=0)},
        own_decimals={(row, column): places for row, places in enumerate(decimals) for column in (VALUE, CHANGE)},
        unit_columns={VALUE: "Einheit", CHANGE: CHANGE_UNIT},
        signed=frozenset((row, CHANGE) for row in range(len(rows))),
        limited=frozenset(
            (row, VALUE)
            for row, point in enumerate(latest)
            if point and point.value is not None and point.sign is Sign.LIMITED
        ),
        moment=snapshot.since,
        metadata=about(snapshot),
    )


VALUE, CHANGE, CHANGE_UNIT = "Letzter Wert", "gegenüber Vorjahr", "Einheit der Veränderung"


def _rounded(point: Measurement | None, decimals: int) -> Cell:
    if point is None or point.value is None:
        return point.content if point else None
    return german.rounded(point.value, decimals)


def about(snapshot: Snapshot) -> tuple[tuple[str, str], ...]:
    """What the metadata sheet of a table says: city, version of data and definitions."""
    pairs = [
        ("Stadt", snapshot.catalogue.city.name),
        ("Datenstand", f"{german.moment(snapshot.since)} (Nr. {snapshot.version})" if snapshot.since else "leer"),
        ("Katalog", snapshot.catalogue.version),
    ]
    if snapshot.catalogue.city.sample:
        pairs.append(("Hinweis", "Beispielinstallation: Zielwerte sind Beispiele und nicht beschlossen."))
    return tuple(pairs)
