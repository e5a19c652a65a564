"""What overview and action field show: rows made from snapshots, ready to be rendered or exported."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from indicators import german
from indicators.attainment import Status
from indicators.boards import concept
from indicators.catalogue import ActionField, Catalogue, Indicator
from indicators.figures import in_words, sparkline_svg
from indicators.knowledge.measures import Measure
from indicators.knowledge.snapshot import Snapshot
from indicators.model import Measurement, Series


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

    @property
    def sparkline(self) -> Sparkline:
        return Sparkline(sparkline_svg(self.series, self.indicator), in_words(self.series, self.indicator))

    @property
    def change(self) -> str:
        """„−6,3“ as it is shown; empty where it is not known."""
        found = self.difference
        return "" if found is None else german.signed(found, self.indicator.decimals, minus=german.TRUE_MINUS)


@dataclass(frozen=True)
class GoalRows:
    """A guiding goal (h2), sub-goal or approach (h3) with what the concept says of it, the indicators that measure it
    and the measures that are taken for it. Indicators have their rows at their goal; approaches name theirs."""

    code: str
    title: str
    level: str
    rows: tuple[IndicatorRow, ...]
    word: str = ""
    text: str = ""
    named: tuple[Indicator, ...] = ()
    measures: tuple[Measure, ...] = ()


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
    snapshot: Snapshot,
    field: ActionField,
    wanted: Callable[[Status], bool] = lambda status: True,
    measures: Sequence[Measure] = (),
) -> list[GoalRows]:
    """The goals and approaches of a field in order, each with its indicators whose status (on the common scale) is
    wanted; at the end the indicators whose goal is not there on the day."""

    def rows(indicators: Iterable[Indicator]) -> tuple[IndicatorRow, ...]:
        return tuple(indicator_row(snapshot, one) for one in indicators if wanted(snapshot.status(one.code).scale))

    found = [
        GoalRows(
            line.part.code,
            line.part.title,
            "h2" if line.guiding else "h3",
            () if line.approach else rows(line.indicators),
            line.part.word,
            line.part.text,
            line.indicators if line.approach else (),
            line.measures,
        )
        for line in concept.lines(field, snapshot.catalogue, measures)
    ]
    listed = {part.code for part in field.parts}
    others = rows(one for one in snapshot.catalogue.indicators_of(field.code) if one.goal not in listed)
    return [*found, *([GoalRows("", "Kennzahlen ohne Ziel", "h2", others)] if others else [])]


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
        if code not in before.catalogue.indicators or indicator.retired:
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


def _same(old: Measurement | None, new: Measurement | None) -> bool:
    if old is None or new is None:
        return old is new
    return (old.period, old.value, old.sign) == (new.period, new.value, new.sign)
