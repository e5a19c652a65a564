"""Deadlines as data: „Sachbericht 31.3.; Zahlen 6 Monate nach Ende; 8 Wochen nach Schuljahresende“."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from indicators.datasets.listed.amounts import SEPARATOR
from indicators.errors import MonitoringError
from indicators.periods import Period


class After(StrEnum):
    """From where it is counted."""

    DAY = "day of the year"
    MONTHS = "months after the end"
    WEEKS = "weeks after the end"
    SCHOOL = "weeks after the school year"


class DeadlineError(MonitoringError):
    """A text that is no deadline."""


REMEDY = "Möglich sind: 31.3. · 15.11. desselben Jahres · 6 Monate nach Ende · 8 Wochen nach Schuljahresende."
_DAY = re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.?(\s*desselben Jahres)?", re.I)
_AFTER = re.compile(r"(\d{1,2}) (Monate?|Wochen?) nach (?:dem )?(Ende|Schuljahr(?:es)?(?:ende)?)(?: .*)?", re.I)


@dataclass(frozen=True, slots=True)
class Deadline:
    """Of one part of a proof, or of all where `part` is empty. `number` are weeks or months, or the month of a day;
    a day lies in the year after, unless it is of the same one."""

    part: str
    after: After
    number: int
    day: int = 0
    same_year: bool = False

    def due(self, period: Period, end: date | None = None) -> date:
        """For what is proven of a period; `end` is that of the agreement, where it lies within."""
        last = min(period.end, end) if end and end >= period.start else period.end
        if self.after is After.DAY:
            year = period.end.year + (0 if self.same_year else 1)
            return date(year, self.number, min(self.day, monthrange(year, self.number)[1]))
        if self.after is After.MONTHS:
            return months_later(last, self.number)
        if self.after is After.SCHOOL:
            last = Period.school_year(period.end.year - 1).end
        return last + timedelta(weeks=self.number)


def months_later(day: date, months: int) -> date:
    """The same day of a later (or earlier) month, or its last where there is none; a month's last day stays one."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    whole = day.day == monthrange(day.year, day.month)[1]
    return date(year, month + 1, last if whole else min(day.day, last))


@lru_cache(maxsize=2_000)
def deadlines(text: str, parts: tuple[str, ...]) -> tuple[Deadline, ...]:
    """All that a text names; a part begins with its word. Raises DeadlineError."""
    found = tuple(_deadline(" ".join(one.split()), parts) for one in re.split(r"[;\n]", text) if one.strip())
    named = [one.part for one in found]
    if len(set(named)) < len(named):
        raise DeadlineError(
            f"Für „{next(one for one in named if named.count(one) > 1) or 'alles'}“ stehen zwei Fristen da."
        )
    return found


def _deadline(text: str, parts: tuple[str, ...]) -> Deadline:
    part = next((one for one in parts if text.casefold().startswith(one.casefold())), "")
    rule = text[len(part) :].strip(" :")
    if day := _DAY.fullmatch(rule):
        number, month = int(day[1]), int(day[2])
        if not 1 <= month <= 12 or not 1 <= number <= monthrange(2024, month)[1]:
            raise DeadlineError(f"„{rule}“ ist kein Tag des Jahres.")
        return Deadline(part, After.DAY, month, number, bool(day[3]))
    if after := _AFTER.fullmatch(rule):
        weeks, school = after[2].casefold().startswith("woche"), after[3].casefold().startswith("schul")
        if school and not weeks:
            raise DeadlineError(f"„{rule[:60]}“: Nach dem Schuljahr zählen Wochen.")
        return Deadline(part, After.SCHOOL if school else After.WEEKS if weeks else After.MONTHS, int(after[1]))
    raise DeadlineError(f"„{text[:60]}“ ist keine Frist.")


def of_part(found: tuple[Deadline, ...], part: str) -> Deadline | None:
    """That of the part, or the one of all."""
    return next((one for one in found if one.part == part), None) or next((one for one in found if not one.part), None)


__all__ = ["REMEDY", "SEPARATOR", "After", "Deadline", "DeadlineError", "deadlines", "months_later", "of_part"]
