"""How often a base figure is delivered, and which period a day belongs to."""

from datetime import date
from enum import StrEnum

from indicators.periods import PARTS_PER_YEAR, Period, PeriodKind


class Frequency(StrEnum):
    """The value is what stands in the definitions."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"
    SCHOOL_YEAR = "school_year"
    KITA_YEAR = "kita_year"

    @property
    def kind(self) -> PeriodKind:
        return _KINDS[self]

    @property
    def parts_per_year(self) -> int:
        """1 for years of every kind."""
        return PARTS_PER_YEAR.get(self.kind, 1)

    @property
    def word(self) -> str:
        """As a reader sees it: „vierteljährlich“."""
        return _TITLES[self]

    def period_of(self, day: date) -> Period:
        """The period that the day lies in."""
        match self.kind:
            case PeriodKind.MONTH:
                return Period.month(day.year, day.month)
            case PeriodKind.QUARTER:
                return Period.quarter(day.year, (day.month + 2) // 3)
            case PeriodKind.HALF_YEAR:
                return Period.half(day.year, (day.month + 5) // 6)
            case PeriodKind.SCHOOL_YEAR | PeriodKind.KITA_YEAR:
                return Period(self.kind, day.year if day.month >= 8 else day.year - 1)
        return Period.of_year(day.year)

    def covers(self, period: Period) -> bool:
        """Whether figures of this frequency are delivered for such a period."""
        return period.kind is self.kind


_KINDS = {
    Frequency.MONTHLY: PeriodKind.MONTH,
    Frequency.QUARTERLY: PeriodKind.QUARTER,
    Frequency.HALF_YEARLY: PeriodKind.HALF_YEAR,
    Frequency.YEARLY: PeriodKind.YEAR,
    Frequency.SCHOOL_YEAR: PeriodKind.SCHOOL_YEAR,
    Frequency.KITA_YEAR: PeriodKind.KITA_YEAR,
}
_TITLES = {
    Frequency.MONTHLY: "monatlich",
    Frequency.QUARTERLY: "vierteljährlich",
    Frequency.HALF_YEARLY: "halbjährlich",
    Frequency.YEARLY: "jährlich",
    Frequency.SCHOOL_YEAR: "je Schuljahr",
    Frequency.KITA_YEAR: "je Kita-Jahr",
}
_WITHIN_A_YEAR = (Frequency.MONTHLY, Frequency.QUARTERLY, Frequency.HALF_YEARLY)


def coarsest(frequencies: tuple[Frequency, ...]) -> Frequency | None:
    """The frequency at which all of them have a value; None for kinds of year that do not begin together."""
    years = {frequency for frequency in frequencies if frequency not in _WITHIN_A_YEAR}
    if len(years) > 1 or not frequencies:
        return None
    return years.pop() if years else max(frequencies, key=_WITHIN_A_YEAR.index)
