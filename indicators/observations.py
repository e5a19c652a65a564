"""From observations to indicator series, as known at a moment."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from itertools import groupby, product
from math import isnan
from types import MappingProxyType
from typing import NamedTuple

import pyarrow as pa

from indicators.catalogue import BaseFigure, Catalogue, Cumulative, Indicator
from indicators.model import Breakdown, Measurement, Series, Sign, Slice
from indicators.periods import PARTS_PER_YEAR, Period
from indicators.store import Store

EXACT: Mapping[str, int] = MappingProxyType({})
"""No rounding."""


class Valued(NamedTuple):
    """An indicator's value in one breakdown and period, or the sign in its place; `period` is a `Period.key`.

    `spread` is how far the value may be off where counts are rounded.
    """

    indicator: str
    breakdown: str
    period: int
    value: float | None
    spread: float | None
    flags: str
    delivery: int
    sign: str | None


def series(store: Store, catalogue: Catalogue, codes: Sequence[str], moment: datetime) -> dict[str, tuple[Series, ...]]:
    """All series of the indicators, by code, in the breakdowns' order; empty tuples where nothing was delivered."""
    return series_of(indicator_values(store, catalogue, codes, moment), codes)


def series_of(values: Iterable[Valued], codes: Sequence[str]) -> dict[str, tuple[Series, ...]]:
    """The same from values as of `indicator_values`, in its order."""
    found: dict[str, list[Series]] = {code: [] for code in codes}
    period_of = cache(Period.from_key)
    for (code, breakdown), rows in groupby(values, key=lambda row: (row.indicator, row.breakdown)):
        points = tuple(
            Measurement(
                period_of(row.period),
                None if row.value is None or isnan(row.value) else row.value,
                None if row.sign is None else Sign(row.sign),
                row.flags and "".join(sorted(set(row.flags))),
                row.delivery,
            )
            for row in rows
        )
        found[code].append(Series(code, Breakdown.parse(breakdown), points))
    return {code: tuple(parts) for code, parts in found.items()}


def indicator_values(
    store: Store, catalogue: Catalogue, codes: Sequence[str], moment: datetime, rounding: Mapping[str, int] = EXACT
) -> list[Valued]:
    """One for each indicator, breakdown and period, in this order.

    With `rounding` (by base figure) the formula is applied to multiples of it, each count rounded by itself.

    Ratios are Σ numerator / Σ denominator: base figures are summed over reporters and parts of a
    year before the formula is applied. A base figure that is missing altogether, and a year of which a quarter
    is missing, leave no row.
    """
    if not codes:
        return []
    chosen = [catalogue.indicator(code) for code in codes]
    statement, formulas = _valued(chosen, rounding)
    rows = store.rows(
        statement,
        {"moment": moment},
        duty=duty_table(catalogue, (name for one in chosen for name in one.expression.names)),
        part=_parts(chosen),
        roll=_rolls(store, catalogue, chosen),
        formula=formulas,
    )
    return [Valued(*row) for row in rows]


def whole_numbers(
    store: Store, catalogue: Catalogue, names: Iterable[str], breakdown: Breakdown, moment: datetime
) -> set[tuple[str, Period]]:
    """Where the sum over all reporters of a base figure is known at the moment."""
    known = store.rows(
        "select base_figure, period from base_value($moment, 'duty') "
        "where breakdown = $breakdown and number is not null",
        {"moment": moment, "breakdown": breakdown.code},
        duty=duty_table(catalogue, names),
    )
    return {(figure, Period.from_key(key)) for figure, key in known}


def overtaken(store: Store, catalogue: Catalogue, names: Iterable[str], moment: datetime) -> set[Slice]:
    """What was delivered and does not count, because it was delivered again under a newer code or by an heir."""
    statement = "select code, reporter, period from overtaken($moment, 'duty')"
    rows = store.rows(statement, {"moment": moment}, duty=duty_table(catalogue, names))
    return {Slice(str(code), str(reporter), Period.from_key(int(key))) for code, reporter, key in rows}


def _valued(chosen: Sequence[Indicator], rounding: Mapping[str, int]) -> tuple[str, pa.Table]:
    """The statement that applies formulas to their parts, and which formula each indicator has, of how many parts.

    Many indicators are worked out alike, such as 100 × the first part / the second: the statement names each way once.
    It comes from the checked tree, and nothing of the catalogue's words stands in it.
    """
    ways: dict[tuple[str, str], int] = {}
    rows: list[tuple[str, int, int]] = []
    for indicator in chosen:
        slots = {name: slot for slot, name in enumerate(indicator.expression.names, start=1)}
        numbers = {name: _shown(f"numbers[{slot}]", rounding.get(name)) for name, slot in slots.items()}
        way = indicator.expression.to_sql(numbers.__getitem__), _spread(indicator, numbers, rounding)
        rows.append((indicator.code, ways.setdefault(way, len(ways)), len(slots)))
    value, spread = (" ".join(f"when {n} then {way[part]}" for way, n in ways.items()) for part in (0, 1))
    statement = (
        f"with valued as (select part.*, case way when -1 then null {value} end as value, "  # noqa: S608 - see above
        f"case way when -1 then null {spread} end as spread "
        "from indicator_part($moment, 'duty', 'part', 'roll') as part "
        "join formula using (indicator) where len(slots) = parts) "
        "select indicator, breakdown, period, value, spread, flags, delivery, "
        "case when value is null then coalesce(missing_sign, 'x') when value_sign = '()' then '()' end as sign "
        "from valued order by indicator, breakdown, period"
    )
    names_and_types = {"indicator": pa.string(), "way": pa.int32(), "parts": pa.int32()}
    return statement, _table(rows, names_and_types)


def _shown(number: str, base: int | None) -> str:
    """A count as readers see it: half a base goes up."""
    return f"({base} * round({number} / {base}))" if base else number


def _spread(indicator: Indicator, numbers: Mapping[str, str], rounding: Mapping[str, int]) -> str:
    """Half the distance between the least and the greatest value that the rounded counts allow."""
    loose = [name for name in numbers if name in rounding]
    ends = [
        indicator.expression.to_sql(
            {**numbers, **{name: f"({numbers[name]} + {way * rounding[name] / 2})" for name, way in moved}}.__getitem__
        )
        for moved in ([*zip(loose, ways, strict=True)] for ways in product((-1, 1), repeat=len(loose)))
    ]
    return f"(greatest({', '.join(ends)}) - least({', '.join(ends)})) / 2" if loose else "0.0"


def _parts(chosen: Iterable[Indicator]) -> pa.Table:
    rows = [(i.code, slot, name) for i in chosen for slot, name in enumerate(i.expression.names, start=1)]
    return _table(rows, {"indicator": pa.string(), "slot": pa.int32(), "base_figure": pa.string()})


def duty_table(catalogue: Catalogue, names: Iterable[str]) -> pa.Table:
    """Who delivers these base figures, under which codes they are stored, until when, and who took over from whom.

    One row for each base figure, code that it has or had, and reporter. `heir` names the one that has taken over from
    the reporter: where both have delivered a period, the heir's counts. `alone` says that one reporter delivers it all.
    """
    rows: list[tuple[str, str, str, int | None, str | None, bool]] = []
    for figure in (catalogue.base_figure(name) for name in sorted(set(names))):
        alone = len(figure.reporters) == 1
        for code in (figure.code, *figure.formerly):
            for reporter in figure.reporters:
                last = catalogue.last_day(reporter)
                until = last.year * 10000 + last.month * 100 + last.day if last else None
                rows.append((figure.code, code, reporter, until, None, alone))
                rows += [(figure.code, code, one, None, reporter, alone) for one in catalogue.followed_by(reporter)]
    names_and_types = {"base_figure": pa.string(), "code": pa.string(), "reporter": pa.string(), "until": pa.int32(),
                       "heir": pa.string(), "alone": pa.bool_()}  # fmt: skip
    return _table(rows, names_and_types)


def _table(rows: Sequence[Sequence[object]], names_and_types: Mapping[str, pa.DataType]) -> pa.Table:
    """Rows as a table that a statement may name."""
    columns = zip(*rows, strict=True) if rows else ((),) * len(names_and_types)
    return pa.table(
        {
            name: pa.array(list(column), kind)
            for (name, kind), column in zip(names_and_types.items(), columns, strict=True)
        }
    )


def _rolls(store: Store, catalogue: Catalogue, chosen: Sequence[Indicator]) -> pa.Table:
    """Which periods of a base figure make up which period of the indicator."""
    names = sorted({name for indicator in chosen for name in indicator.expression.names})
    codes = [code for name in names for code in (name, *catalogue.base_figure(name).formerly)]
    delivered: dict[str, list[Period]] = {}
    for name, key in store.rows(
        "select distinct base_figure, period from figure_slice where list_contains($codes, base_figure)",
        {"codes": codes},
    ):
        period = Period.from_key(key)
        if period not in (found := delivered.setdefault(catalogue.current_code(name), [])):
            found.append(period)
    columns: dict[str, list[object]] = {
        "indicator": [],
        "base_figure": [],
        "period": [],
        "into": [],
        "needed": [],
        "factor": [],
    }
    for indicator in chosen:
        for name in indicator.expression.names:
            base = catalogue.base_figure(name)
            for period in delivered.get(name, []):
                for counted in counts_for(indicator, base, period):
                    for column, item in zip(columns, (indicator.code, name, period.key, *counted), strict=True):
                        columns[column].append(item)
    kinds = {"indicator": pa.string(), "base_figure": pa.string()}
    return pa.table({name: pa.array(items, kinds.get(name, pa.int32())) for name, items in columns.items()})


class Counted(NamedTuple):
    """A base figure's period counts for the period `into` of an indicator: added or (factor -1) taken off.

    `needed` says how many of them make the period complete.
    """

    into: int
    needed: int
    factor: int = 1


def counts_alone(indicator: Indicator, base: BaseFigure) -> bool:
    """Whether the indicator takes a count since January as what came in the single period."""
    taken_alone = indicator.cumulative is not Cumulative.SINCE_JANUARY
    return base.kind == "cumulative" and taken_alone and indicator.frequency.parts_per_year > 1


def counts_for(indicator: Indicator, base: BaseFigure, period: Period) -> list[Counted]:
    """The indicator's periods that the value of a base figure's period counts for.

    Counts since January may become counts of the single period: the third quarter is the count in September less
    that in June, and is known only where both were delivered.
    """
    kind = indicator.frequency.kind
    found = roll(base, period, kind)
    if period.kind not in PARTS_PER_YEAR or not counts_alone(indicator, base):
        return [Counted(*found)] if found else []
    if found is None:
        return []
    into = Period.from_key(found[0])
    counted = [Counted(into.key, 1 if into.part == 1 else 2)]
    if into.part < PARTS_PER_YEAR[kind]:
        counted.append(Counted(into.next.key, 2, -1))
    return counted


def roll(base: BaseFigure, period: Period, kind: int) -> tuple[int, int] | None:
    """The key of the indicator's period that a base figure's period counts for, and how many complete it.

    Flows are complete with all their parts; of stocks and cumulative counts only the last part of
    the longer period counts. None where the period does not count or the lengths do not fit.
    """
    if period.kind == kind:
        return period.key, 1
    own = PARTS_PER_YEAR.get(period.kind, 1)
    wanted = PARTS_PER_YEAR.get(kind, 1)  # type: ignore[call-overload]
    if period.kind not in PARTS_PER_YEAR or own % wanted:
        return None
    needed = own // wanted
    into = Period(kind, period.year, (period.part - 1) // needed + 1 if wanted > 1 else 0)  # type: ignore[arg-type]
    if base.kind == "flow":
        return into.key, needed
    return (into.key, 1) if period.end == into.end else None
