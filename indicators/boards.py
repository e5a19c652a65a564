"""What overview and action field show: rows made from snapshots, ready to be rendered or exported."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from indicators import german
from indicators.attainment import Status
from indicators.catalogue import ActionField, Catalogue, Indicator
from indicators.model import Measurement, Series
from indicators.snapshot import Snapshot

SCALE = (
    Status.REACHED,
    Status.ON_TRACK,
    Status.SLIGHTLY_BEHIND,
    Status.CLEARLY_BEHIND,
    Status.WRONG_DIRECTION,
    Status.NOT_JUDGED,
)
"""The common scale, best first, as the overview's columns show it."""


@dataclass(frozen=True)
class FieldRow:
    """An action field with the number of its indicators in each status of the common scale."""

    field: ActionField
    counts: Mapping[Status, int]


@dataclass(frozen=True)
class IndicatorRow:
    """One line of an action field: texts as they are shown; `value` is empty where nothing was delivered."""

    indicator: Indicator
    value: str
    period: str
    change: str
    status: Status
    reason: str
    series: Series


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
            Counter(snapshot.status(indicator.code).scale for indicator in snapshot.catalogue.indicators_of(field.code)),
        )
        for field in snapshot.catalogue.fields
    )


def tree(
    snapshot: Snapshot, field: ActionField, wanted: Callable[[Status], bool] = lambda status: True
) -> list[tuple[str, str, tuple[IndicatorRow, ...]]]:
    """Code and title of each guiding goal and sub-goal of the field with its indicators, in order.

    `wanted` picks indicators by their status on the common scale.
    """
    goals = [goal for guiding in field.guiding_goals for goal in (guiding, *guiding.sub_goals)]
    return [
        (
            goal.code,
            goal.title,
            tuple(
                indicator_row(snapshot, indicator)
                for indicator in snapshot.catalogue.indicators_for(goal.code)
                if wanted(snapshot.status(indicator.code).scale)
            ),
        )
        for goal in goals
    ]


def indicator_row(snapshot: Snapshot, indicator: Indicator) -> IndicatorRow:
    series = snapshot.headline(indicator.code)
    latest = series.latest
    assessment = snapshot.judgements[indicator.code][0].assessment
    return IndicatorRow(
        indicator,
        shown(snapshot.catalogue, indicator, latest) if latest else "",
        latest.period.label if latest else "",
        year_change(snapshot.catalogue, indicator, series),
        snapshot.status(indicator.code),
        assessment.reason.text if assessment.reason and latest else "",
        series,
    )


def shown(catalogue: Catalogue, indicator: Indicator, point: Measurement) -> str:
    """A measurement with its unit's symbol; a sign stands alone."""
    text = german.measured(point, indicator.decimals)
    symbol = catalogue.unit_of(indicator).symbol
    return f"{text}\N{NO-BREAK SPACE}{symbol}" if symbol and point.value is not None else text


def year_change(catalogue: Catalogue, indicator: Indicator, series: Series) -> str:
    """The change against the same period of the year before, in the unit (percentages in points); empty if unknown."""
    latest = series.latest
    before = series.at(latest.period.year_before) if latest else None
    if latest is None or before is None or latest.value is None or before.value is None:
        return ""
    if any(before.period < found.period <= latest.period for found in indicator.breaks) and not indicator.chained:
        return "Bruch"
    unit = catalogue.unit_of(indicator)
    symbol = "Prozentpunkte" if unit.percentage else unit.symbol
    return f"{german.signed(latest.value - before.value, indicator.decimals)} {symbol}".strip()


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
                shown(before.catalogue, indicator, old) if old else "–",
                shown(after.catalogue, indicator, new) if new else "–",
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


