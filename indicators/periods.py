"""Reporting periods as values: quarters, years, school years and reference dates on one time axis."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from functools import total_ordering

from indicators.errors import MonitoringError


class PeriodKind(IntEnum):
    """What a period is. The number is the last digit of `Period.key` and must never change."""

    YEAR = 1
    HALF_YEAR = 2
    QUARTER = 3
    MONTH = 4
    SCHOOL_YEAR = 5
    KITA_YEAR = 6
    WINTER_TERM = 7
    DATE = 8


PARTS_PER_YEAR = {PeriodKind.HALF_YEAR: 2, PeriodKind.QUARTER: 4, PeriodKind.MONTH: 12}

MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni",
    "Juli", "August", "September", "Oktober", "November", "Dezember",
)  # fmt: skip


class PeriodError(MonitoringError):
    """A text or key that names no period."""


@total_ordering
@dataclass(frozen=True, slots=True)
class Period:
    """One Berichtszeitraum, ordered by the moment it ends.

    `part` is the number of the half-year, quarter or month, the month and day as MMDD for a
    reference date, and 0 for everything that lasts a year.
    """

    kind: PeriodKind
    year: int
    part: int = 0

    def __post_init__(self) -> None:
        if not 1800 <= self.year <= 2200:
            raise PeriodError(f"Das Jahr {self.year} liegt außerhalb von 1800 bis 2200.")
        parts = PARTS_PER_YEAR.get(self.kind)
        if parts and not 1 <= self.part <= parts:
            raise PeriodError(f"Teil {self.part} gibt es in diesem Berichtszeitraum nicht.")
        if self.kind is PeriodKind.DATE:
            try:
                date(self.year, *divmod(self.part, 100))
            except ValueError as error:
                raise PeriodError(f"Den Tag {self.part % 100}.{self.part // 100}.{self.year} gibt es nicht.") from error

    @classmethod
    def of_year(cls, year: int) -> "Period":
        return cls(PeriodKind.YEAR, year)

    @classmethod
    def half(cls, year: int, number: int) -> "Period":
        return cls(PeriodKind.HALF_YEAR, year, number)

    @classmethod
    def quarter(cls, year: int, number: int) -> "Period":
        return cls(PeriodKind.QUARTER, year, number)

    @classmethod
    def month(cls, year: int, number: int) -> "Period":
        return cls(PeriodKind.MONTH, year, number)

    @classmethod
    def school_year(cls, begins: int) -> "Period":
        return cls(PeriodKind.SCHOOL_YEAR, begins)

    @classmethod
    def on(cls, day: date) -> "Period":
        return cls(PeriodKind.DATE, day.year, 100 * day.month + day.day)

    @property
    def start(self) -> date:
        """First day."""
        match self.kind:
            case PeriodKind.HALF_YEAR | PeriodKind.QUARTER | PeriodKind.MONTH:
                months = 12 // PARTS_PER_YEAR[self.kind]
                return date(self.year, (self.part - 1) * months + 1, 1)
            case PeriodKind.SCHOOL_YEAR | PeriodKind.KITA_YEAR:
                return date(self.year, 8, 1)
            case PeriodKind.WINTER_TERM:
                return date(self.year, 10, 1)
            case PeriodKind.DATE:
                return self.end
        return date(self.year, 1, 1)

    @property
    def end(self) -> date:
        """Last day. School and Kita years end on 31 July, winter terms on 31 March."""
        match self.kind:
            case PeriodKind.HALF_YEAR | PeriodKind.QUARTER | PeriodKind.MONTH:
                month = self.part * 12 // PARTS_PER_YEAR[self.kind]
                return date(self.year, month, calendar.monthrange(self.year, month)[1])
            case PeriodKind.SCHOOL_YEAR | PeriodKind.KITA_YEAR:
                return date(self.year + 1, 7, 31)
            case PeriodKind.WINTER_TERM:
                return date(self.year + 1, 3, 31)
            case PeriodKind.DATE:
                return date(self.year, *divmod(self.part, 100))
        return date(self.year, 12, 31)

    @property
    def time(self) -> float:
        """The end of the period in years: 2026.75 for 2026-Q3, 2027.0 for 2026 and for 31.12.2026."""
        end = self.end
        if self.kind is not PeriodKind.DATE:  # all others end with a month
            return end.year + end.month / 12
        days = calendar.monthrange(end.year, end.month)[1]
        return end.year + (end.month - 1 + end.day / days) / 12

    @property
    def key(self) -> int:
        """The last day as YYYYMMDD with the kind as ninth digit: sorts by time, fits 32 bits."""
        end = self.end
        return (end.year * 10000 + end.month * 100 + end.day) * 10 + self.kind

    @classmethod
    def from_key(cls, key: int) -> "Period":
        """The inverse of `key`; raises PeriodError for a number that is no key."""
        ended, kind_digit = divmod(key, 10)
        try:
            kind = PeriodKind(kind_digit)
            day = date(ended // 10000, ended // 100 % 100, ended % 100)
        except ValueError as error:
            raise PeriodError(f"{key} ist kein Berichtszeitraum.") from error
        match kind:
            case PeriodKind.DATE:
                return cls.on(day)
            case PeriodKind.SCHOOL_YEAR | PeriodKind.KITA_YEAR | PeriodKind.WINTER_TERM:
                return cls(kind, day.year - 1)
            case PeriodKind.YEAR:
                return cls(kind, day.year)
        return cls(kind, day.year, day.month * PARTS_PER_YEAR[kind] // 12)

    @classmethod
    def parse(cls, text: "str | int | Period") -> "Period":
        """Reads the machine form (`str(period)`) and what people write: Q3/2026, 31.12.2024, Juni 2024.

        Raises PeriodError for everything else; nothing is guessed.
        """
        if isinstance(text, Period):
            return text
        cleaned = " ".join(str(text).split())
        for pattern, build in _FORMS:
            if found := pattern.fullmatch(cleaned):
                return build(cls, found)
        raise PeriodError(
            f"„{cleaned}“ ist kein Berichtszeitraum. Erlaubt sind zum Beispiel 2026-Q3, 2026, 2026-H1, 2026-09, "
            "2025/26 oder 31.12.2026."
        )

    def shifted(self, parts: int) -> "Period":
        """The period so many steps of its own length later (earlier when negative); dates move by years."""
        per_year = PARTS_PER_YEAR.get(self.kind)
        if per_year is None:
            last = self.kind is PeriodKind.DATE and self.part == 229
            return Period(self.kind, self.year + parts, 228 if last else self.part)
        years, part = divmod(self.part - 1 + parts, per_year)
        return Period(self.kind, self.year + years, part + 1)

    @property
    def previous(self) -> "Period":
        return self.shifted(-1)

    @property
    def next(self) -> "Period":
        return self.shifted(1)

    @property
    def year_before(self) -> "Period":
        """The same period of the year before: Q3 is compared with Q3."""
        return self.shifted(-PARTS_PER_YEAR.get(self.kind, 1))

    def due(self, days: int) -> date:
        """The day on which a delivery is due, so many days after the end."""
        return self.end + timedelta(days=days)

    @property
    def label(self) -> str:
        """What a reader sees: „3. Quartal 2026“, „Schuljahr 2025/26“, „31.12.2026“."""
        two_years = f"{self.year}/{(self.year + 1) % 100:02d}"
        match self.kind:
            case PeriodKind.HALF_YEAR:
                return f"{self.part}. Halbjahr {self.year}"
            case PeriodKind.QUARTER:
                return f"{self.part}. Quartal {self.year}"
            case PeriodKind.MONTH:
                return f"{MONTHS[self.part - 1]} {self.year}"
            case PeriodKind.SCHOOL_YEAR:
                return f"Schuljahr {two_years}"
            case PeriodKind.KITA_YEAR:
                return f"Kita-Jahr {two_years}"
            case PeriodKind.WINTER_TERM:
                return f"Wintersemester {two_years}"
            case PeriodKind.DATE:
                return f"{self.end:%d.%m.%Y}"
        return str(self.year)

    @property
    def short_label(self) -> str:
        """For axes and table heads: „Q3 2026“, „2025/26“."""
        match self.kind:
            case PeriodKind.QUARTER:
                return f"Q{self.part} {self.year}"
            case PeriodKind.HALF_YEAR:
                return f"{self.part}. Hj. {self.year}"
            case PeriodKind.MONTH:
                return f"{self.part:02d}/{self.year}"
            case PeriodKind.SCHOOL_YEAR | PeriodKind.KITA_YEAR:
                return f"{self.year}/{(self.year + 1) % 100:02d}"
        return self.label

    def __str__(self) -> str:
        """The machine form: 2026-Q3, 2026, 2026-H1, 2026-09, 2025/26, Kita 2025/26, WS 2023/24, 2024-12-31."""
        two_years = f"{self.year}/{(self.year + 1) % 100:02d}"
        match self.kind:
            case PeriodKind.HALF_YEAR:
                return f"{self.year}-H{self.part}"
            case PeriodKind.QUARTER:
                return f"{self.year}-Q{self.part}"
            case PeriodKind.MONTH:
                return f"{self.year}-{self.part:02d}"
            case PeriodKind.SCHOOL_YEAR:
                return two_years
            case PeriodKind.KITA_YEAR:
                return f"Kita {two_years}"
            case PeriodKind.WINTER_TERM:
                return f"WS {two_years}"
            case PeriodKind.DATE:
                return self.end.isoformat()
        return str(self.year)

    def __lt__(self, other: "Period") -> bool:
        return self.key < other.key


def _consecutive(kind: PeriodKind):  # type: ignore[no-untyped-def]
    def build(cls: type[Period], found: re.Match[str]) -> Period:
        begins, ends = int(found[1]), int(found[2])
        if ends not in ((begins + 1) % 100, begins + 1):
            raise PeriodError(f"„{found[0]}“ ist kein Schul- oder Kita-Jahr: die Jahre folgen nicht aufeinander.")
        return cls(kind, begins)

    return build


def _part(kind: PeriodKind, year: int = 1, part: int = 2):  # type: ignore[no-untyped-def]
    return lambda cls, found: cls(kind, int(found[year]), int(found[part]))


def _day(year: int, month: int, day: int):  # type: ignore[no-untyped-def]
    return lambda cls, found: cls(PeriodKind.DATE, int(found[year]), 100 * int(found[month]) + int(found[day]))


_TWO_YEARS = r"(\d{4})\s?/\s?(\d{2}|\d{4})"
_FORMS = tuple(
    (re.compile(pattern, re.IGNORECASE), build)
    for pattern, build in (
        (r"(\d{4})(?:\.0)?", lambda cls, found: cls(PeriodKind.YEAR, int(found[1]))),
        (r"(\d{4})-Q([1-4])", _part(PeriodKind.QUARTER)),
        (r"Q([1-4])[ /](\d{4})", _part(PeriodKind.QUARTER, 2, 1)),
        (r"([1-4])\. ?Quartal (\d{4})", _part(PeriodKind.QUARTER, 2, 1)),
        (r"(\d{4})-H([12])", _part(PeriodKind.HALF_YEAR)),
        (r"([12])\. ?(?:Halbjahr|Hj\.) (\d{4})", _part(PeriodKind.HALF_YEAR, 2, 1)),
        (r"(\d{4})-(\d{2})", _part(PeriodKind.MONTH)),
        (r"(\d{2})/(\d{4})", _part(PeriodKind.MONTH, 2, 1)),
        (
            rf"({'|'.join(MONTHS)}) (\d{{4}})",
            lambda cls, found: cls(PeriodKind.MONTH, int(found[2]), MONTHS.index(found[1].capitalize()) + 1),
        ),
        (rf"(?:Schuljahr |SJ )?{_TWO_YEARS}", _consecutive(PeriodKind.SCHOOL_YEAR)),
        (rf"Kita(?:-?Jahr)? {_TWO_YEARS}", _consecutive(PeriodKind.KITA_YEAR)),
        (rf"(?:WS|Wintersemester) {_TWO_YEARS}", _consecutive(PeriodKind.WINTER_TERM)),
        (r"(\d{4})-(\d{2})-(\d{2})", _day(1, 2, 3)),
        (r"(\d{1,2})\.(\d{1,2})\.(\d{4})", _day(3, 2, 1)),
    )
)
