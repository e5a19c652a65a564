"""When a cell of a department's table has a period of its own, and how it fits the base figure's frequency."""

from indicators.catalogue import BaseFigure
from indicators.periods import Period, PeriodKind
from indicators.tables.crosstab import Table
from indicators.tables.crosstab.doubts import Code
from indicators.tables.decisions import YearRule

ASKS_PERIOD = frozenset({Code.PERIOD_MISSING, Code.PERIOD_UNUSUAL})
FROM_AROUND = frozenset(  # the period was not said by the head or the row of the cell itself
    {
        Code.PERIOD_ABOVE_ONLY, Code.PERIOD_BELOW_ONLY, Code.PERIOD_OF_SHEET, Code.PERIODS_DIFFER,
        Code.MAY_BE_DAY_OF_MAKING,
    }
)  # fmt: skip
SETTLED_BY_LABEL = FROM_AROUND | ASKS_PERIOD | {Code.PERIOD_INHERITED, Code.COMPARES}


def without_own_period(table: Table) -> frozenset[str]:
    """The cells that a period for the whole table is for: not those whose head or row names one of several."""
    only = len({cell.period for cell in table.cells if cell.period}) <= 1
    return frozenset(
        cell.address
        for cell in table.cells
        if only or cell.period is None or any(doubt.code in FROM_AROUND for doubt in cell.doubts)
    )


_DAYS = {
    PeriodKind.DATE: 1, PeriodKind.MONTH: 30, PeriodKind.QUARTER: 91, PeriodKind.HALF_YEAR: 182,
    PeriodKind.WINTER_TERM: 182, PeriodKind.YEAR: 365, PeriodKind.SCHOOL_YEAR: 365, PeriodKind.KITA_YEAR: 365,
}  # fmt: skip


def is_longer(period: Period, figure: BaseFigure) -> bool:
    """A year cannot be told as a quarter."""
    return _DAYS[period.kind] > _DAYS[figure.frequency.kind]


def fitting(period: Period, figure: BaseFigure, rule: YearRule) -> Period | None:
    """The figure's period that a shorter or shifted one belongs to; None without a rule, or for a longer one."""
    if rule is YearRule.AS_READ or is_longer(period, figure):
        return None
    kind = figure.frequency.kind
    if period.kind is PeriodKind.YEAR:  # „2021“ over school years
        return Period(kind, period.year if rule is YearRule.BEGIN else period.year - 1)
    return figure.frequency.period_of(period.start if rule is YearRule.BEGIN else period.end)
