"""Which base values nobody but the integration office sees, and what becomes of the indicators made of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

import pandas as pd

from indicators.catalogue import Catalogue, Indicator
from indicators.model import Breakdown, Measurement, Series, Sign
from indicators.observations import duty_table
from indicators.periods import Period
from indicators.store import Store
from indicators.suppression.cells import Key
from indicators.suppression.contributions import UNKNOWN, Contributions
from indicators.suppression.hiding import Hiding
from indicators.suppression.relations import Count, Relations

SECRET_SIGNS = frozenset({Sign.SECRET.value, Sign.UNKNOWN.value})


@dataclass(frozen=True, slots=True)
class HiddenValue:
    """One base value that is hidden, with its true number: for the integration office only.

    `small` says that it is too small itself, `betrayed` that it is so without the part of one of its reporters, who
    would subtract its own; else it is hidden because another could be computed from it.
    `safe` is False where no way was found to keep a reader from narrowing it down.
    """

    base_figure: str
    breakdown: Breakdown
    period: Period
    value: float
    small: bool
    safe: bool = True
    betrayed: bool = False

    @property
    def reason(self) -> str:
        """In German, for the office's list."""
        if self.small:
            return "Die Zahl ist zu klein."
        if self.betrayed:
            return "Eine Stelle könnte ihre eigene Zahl abziehen; was bleibt, ist zu klein."
        return "Aus ihr ließe sich eine zu kleine Zahl errechnen."


@dataclass(frozen=True)
class Hidden:
    """What is hidden at one moment. Periods made of shorter ones (a year of four quarters) are listed as their own."""

    values: tuple[HiddenValue, ...] = ()

    @cached_property
    def keys(self) -> frozenset[Key]:
        return frozenset((v.base_figure, v.breakdown.code, v.period.key) for v in self.values)

    @cached_property
    def ends(self) -> frozenset[Key]:
        """The keys with the last day of the period alone, whatever its length."""
        return frozenset((figure, breakdown, period // 10) for figure, breakdown, period in self.keys)

    @property
    def unsafe(self) -> tuple[HiddenValue, ...]:
        return tuple(value for value in self.values if not value.safe)

    def hides(self, base_figure: str, breakdown: Breakdown, period: Period) -> bool:
        return (base_figure, breakdown.code, period.key) in self.keys

    def joined(self, earlier: "Hidden") -> "Hidden":
        """Also hides what was hidden earlier: what a reader has been denied once is not shown in an older view."""
        added = (value for value, key in zip(earlier.values, _keys(earlier), strict=True) if key not in self.keys)
        return Hidden((*self.values, *added))


NOTHING_HIDDEN = Hidden()


def base_values(store: Store, catalogue: Catalogue, moment: datetime) -> pd.DataFrame:
    """One row per base figure, breakdown and period as known at the moment: number (summed over reporters) or sign."""
    duty = duty_table(catalogue, catalogue.base_figures)
    statement = "select base_figure, breakdown, period, number, sign from base_value($moment, 'duty') order by all"
    return store.query(statement, {"moment": moment}, duty=duty)


def hidden_values(values: pd.DataFrame, catalogue: Catalogue, contributed: Contributions = UNKNOWN) -> Hidden:
    """Decides for all base values together; `values` as from `base_values`, every number that any reader may see.

    What is hidden is so from everyone alike: also from a reporter who knows its own contribution.
    """
    ordered = values.sort_values(["base_figure", "breakdown", "period"])
    columns = (ordered[name].tolist() for name in ("base_figure", "breakdown", "period", "number", "sign"))
    rows = list(zip(*columns, strict=True))
    secret = {(row[0], row[1], int(row[2])) for row in rows if row[4] in SECRET_SIGNS}
    relations = Relations(catalogue, _counts(rows, catalogue), secret, contributed)
    relations.find_sensitive()
    hiding = Hiding(relations.network)
    hiding.protect()
    return Hidden(tuple(_listed(relations, hiding)))


def _counts(rows: Sequence[tuple[Any, ...]], catalogue: Catalogue) -> Iterable[Count]:
    """Percentages are no counts of persons; a base figure that is no longer defined is shown nowhere."""
    countable = {code for code, figure in catalogue.base_figures.items() if catalogue.unit_of(figure).adds_up}
    for figure, breakdown, period, number, _ in rows:
        if figure in countable and number is not None and not pd.isna(number):
            yield Count(figure, breakdown, int(period), float(number))


def _listed(relations: Relations, hiding: Hiding) -> Iterable[HiddenValue]:
    for cell in sorted(hiding.hidden, key=lambda cell: relations.cells.keys[cell]):
        figure, breakdown, period = relations.cells.keys[cell]
        yield HiddenValue(
            figure,
            Breakdown.parse(breakdown),
            Period.from_key(period),
            relations.network.value[cell],
            cell in relations.network.sensitive - relations.cells.betrayed,
            cell not in hiding.unprotected,
            cell in relations.cells.betrayed,
        )


def apply(
    known: Mapping[str, tuple[Series, ...]], hidden: Hidden, catalogue: Catalogue
) -> dict[str, tuple[Series, ...]]:
    """The series as readers see them: a point that would give a hidden value away holds the sign for secret instead.

    Flags and delivery stay. Series of indicators without hidden base values are the very same objects.
    """
    concerned = {value.base_figure for value in hidden.values}
    return {
        code: tuple(_suppressed(one, catalogue.indicator(code), hidden, catalogue) for one in series)
        if concerned & set(catalogue.indicator(code).expression.names)
        else series
        for code, series in known.items()
    }


def _suppressed(series: Series, indicator: Indicator, hidden: Hidden, catalogue: Catalogue) -> Series:
    points = tuple(
        replace(point, value=None, sign=Sign.SECRET)
        if point.value is not None and gives_away(indicator, series.breakdown, point, hidden, catalogue)
        else point
        for point in series.points
    )
    return series if points == series.points else replace(series, points=points)


def gives_away(
    indicator: Indicator, breakdown: Breakdown, point: Measurement, hidden: Hidden, catalogue: Catalogue
) -> bool:
    """Whether a value of the indicator rests on a hidden base value, in its own period or that period's last part."""
    for name in indicator.expression.names:
        period = point.period.key
        if catalogue.base_figure(name).kind == "flow":
            if (name, breakdown.code, period) in hidden.keys:
                return True
        elif (name, breakdown.code, period // 10) in hidden.ends:
            return True
    return False


def _keys(hidden: Hidden) -> Iterable[Key]:
    return ((v.base_figure, v.breakdown.code, v.period.key) for v in hidden.values)
