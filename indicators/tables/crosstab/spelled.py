"""What a text says of time: a period, a part of a year that waits for its year, or something to be asked."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from indicators.periods import MONTHS, Period, PeriodKind
from indicators.tables.crosstab.doubts import Doubt

FIRST_YEAR, LAST_YEAR = 1950, 2060
FIRST_OF_CENTURY = LAST_YEAR - 2000  # „98“ is 1998, „24“ is 2024

_WITHIN_A_YEAR = {
    1: PeriodKind.MONTH,
    3: PeriodKind.QUARTER,
    6: PeriodKind.HALF_YEAR,
}


@dataclass(frozen=True, slots=True)
class Part:
    """Months `first` to `last` of a year that stands elsewhere: `1. Quartal` is 1 to 3, `Mai` is 5 to 5."""

    first: int
    last: int
    school: bool = False  # half of a school year, of which there is no period of its own

    def of(self, year: int) -> Period | None:
        """None for a stretch that is no month, quarter, half-year or year."""
        return spanning(date(year, self.first, 1), month_end(year, self.last))

    def within(self, outer: Period) -> Period | None:
        """The part of a year, or of a school year: its months from August on lie in the first of the two years."""
        if self.school:
            return outer if outer.kind in (PeriodKind.SCHOOL_YEAR, PeriodKind.KITA_YEAR) else None
        if outer.kind in (PeriodKind.SCHOOL_YEAR, PeriodKind.KITA_YEAR):
            first, last = (month < 8 for month in (self.first, self.last))
            return self.of(outer.year + first) if first == last else None
        return self.of(outer.year)

    @property
    def label(self) -> str:
        names = dict.fromkeys((MONTHS[self.first - 1], MONTHS[self.last - 1]))
        return "Schulhalbjahr" if self.school else " bis ".join(names)


@dataclass(frozen=True, slots=True)
class Spelled:
    """What a text says of time: a period, or a part without its year; with flags and what has to be asked."""

    period: Period | None = None
    part: Part | None = None
    flags: str = ""
    hesitation: Doubt | None = None

    @property
    def is_silent(self) -> bool:
        return self.period is None and self.part is None and self.hesitation is None


SILENT = Spelled()


def spanning(first: date, last: date) -> Period | None:
    """The reporting period that runs from one day to another, both included; None where there is none."""
    if (first.day, last) == (1, month_end(last.year, last.month)):
        months = 12 * (last.year - first.year) + last.month - first.month + 1
        kind = _WITHIN_A_YEAR.get(months)
        if kind is not None and (first.month - 1) % months == 0:
            return Period(kind, first.year, (first.month - 1) // months + 1)
        if months == 12 and first.month in (1, 8):
            return Period(PeriodKind.YEAR if first.month == 1 else PeriodKind.SCHOOL_YEAR, first.year)
    return Period.on(first) if first == last else None


def month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
