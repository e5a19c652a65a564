"""The forms in which people write periods, as one table: a pattern each, and what is built of what it finds."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from indicators.periods import MONTHS, Period, PeriodKind
from indicators.tables.crosstab.doubts import Code, Doubt
from indicators.tables.crosstab.spelled import FIRST_OF_CENTURY, SILENT, Part, Spelled, month_end, spanning
from indicators.workbooks.numbers import clean

# The pieces that forms are made of. A named group is what a builder asks for.

ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}
_MONTH_NUMBERS = {name.casefold(): number for number, name in enumerate(MONTHS, 1)}
_MONTH_NUMBERS |= {name[:3].casefold(): number for number, name in enumerate(MONTHS, 1)}
_MONTH_NUMBERS |= {"sept": 9, "mrz": 3, "jän": 1, "jänner": 1}
_NAMES = "|".join(sorted(map(re.escape, _MONTH_NUMBERS), key=len, reverse=True))


def _month(name: str) -> str:
    return rf"(?P<{name}>{_NAMES})\b\.?"


YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_SHORT = r"'?(?P<year>(?:19|20)?\d\d)(?![\d])"  # two digits will do where the rest of the form says what it is
_GAP = r"\s?[-/,. ]?\s?"
_TO = r"\s?(?:-|–|—|bis(?:\szum)?|/|und|u\.)\s?"
_QUARTER = r"(?:Quartals?|Quart\.|Qu\.|Q\.?|Vierteljahre?s?|Vj\.?|Vjh?\.)"
_HALF = r"(?:Halbjahre?s?|Hbj\.|Hj\.?|HJ\.?)"
_NUMBER = r"(?P<number>[1-4]|IV|I{1,3})"
_UNTIL = r"(?P<until>[1-4]|IV|I{1,3})"
_TWO_YEARS = r"(?P<year>(?:19|20)\d\d)\s?/\s?(?P<next>\d{4}|\d{2})(?!\d)"
_TWO_SHORT = r"(?P<year>\d\d)\s?/\s?(?P<next>\d\d)(?!\d)"
_DAY = r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\."
_SCHOOL = r"(?:Schuljahre?s?|SJ)"
_KITA = r"(?:Kita-?\s?[Jj]ahre?s?|Kindergartenjahre?s?|KGJ|Kita)"
_TERM = r"(?:WS|WiSe|Wintersemester)"
_SUMMER = r"(?:SS|SoSe|Sommersemester)"
_SCHOOL_HALF = r"(?:Schulhalbjahre?s?|SHJ|Schul-Hj\.)"

Match = re.Match[str]
Build = Callable[[Match], Spelled]


def _number(text: str) -> int:
    return ROMAN.get(text) or int(text)


def year_of(text: str) -> int:
    """„24“ is 2024, „98“ is 1998."""
    if len(text) == 4:
        return int(text)
    return int(text) + (2000 if int(text) <= FIRST_OF_CENTURY else 1900)


def _part(part: Part, found: Match) -> Spelled:
    """With its year where the form has one."""
    year = found.groupdict().get("year")
    if year is None:
        return Spelled(part=part)
    period = part.of(year_of(year))
    return Spelled(period) if period else Spelled(hesitation=unusual(found[0]))


def _quarters(found: Match) -> Spelled:
    first = _number(found["number"])
    last = _number(found.groupdict().get("until") or found["number"])
    return _part(Part(3 * first - 2, 3 * last), found) if first <= last else SILENT


def _halves(found: Match) -> Spelled:
    number = _number(found["number"])
    return _part(Part(6 * number - 5, 6 * number), found) if number <= 2 else SILENT


def _months(found: Match) -> Spelled:
    first = _MONTH_NUMBERS[found["from"].casefold()]
    last = _MONTH_NUMBERS[(found.groupdict().get("until") or found["from"]).casefold()]
    if first <= last:
        return _part(Part(first, last), found)
    year = found.groupdict().get("year")  # „August – Juli 2025“
    period = spanning(date(year_of(year) - 1, first, 1), month_end(year_of(year), last)) if year else None
    return Spelled(period) if period else Spelled(hesitation=unusual(found[0]))


def _month_number(found: Match) -> Spelled:
    number = int(found["number"])
    return Spelled(Period.month(year_of(found["year"]), number)) if 1 <= number <= 12 else SILENT


def _on(found: Match) -> Spelled:
    month = found["month"]
    number = int(month) if month.isdigit() else _MONTH_NUMBERS[month.casefold()]
    day = _day(year_of(found["year"]), number, int(found["day"]))
    return Spelled(Period.on(day)) if day else SILENT


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _from_day_to_day(found: Match) -> Spelled:
    year = year_of(found["year"])
    first = _day(year_of(found["begins"] or found["year"]), int(found["month"]), int(found["day"]))
    last = _day(year, int(found["month_until"]), int(found["day_until"]))
    if first is None or last is None:
        return SILENT
    period = spanning(first, last) if first < last else None
    return Spelled(period) if period else Spelled(hesitation=unusual(found[0]))


def _from_month_to_month(found: Match) -> Spelled:
    """„August 2024 – Juli 2025“."""
    first, last = _MONTH_NUMBERS[found["from"].casefold()], _MONTH_NUMBERS[found["until"].casefold()]
    begins, ends = year_of(found["begins"]), year_of(found["year"])
    if (begins, first) >= (ends, last):
        return SILENT
    period = spanning(date(begins, first, 1), month_end(ends, last))
    return Spelled(period) if period else Spelled(hesitation=unusual(found[0]))


def _two_years(kind: PeriodKind, hesitates: bool = False) -> Build:
    def build(found: Match) -> Spelled:
        first = year_of(found["year"])
        if int(found["next"]) not in ((first + 1) % 100, first + 1):
            return SILENT  # „2020/2015“ is a change between two years
        return Spelled(Period(kind, first), hesitation=unusual(found[0]) if hesitates else None)

    return build


def _two_short_years(found: Match) -> Spelled:
    """„22/23“ is a school year; „11/12“ may be two classes or months: neighbours tell."""
    spelled = _two_years(PeriodKind.SCHOOL_YEAR)(found)
    if spelled.period is None or int(found["year"]) > 12:
        return spelled
    said = f"„{found[0]}“ kann ein Schuljahr sein oder etwas anderes."
    return replace(spelled, hesitation=Doubt(Code.PERIOD_UNUSUAL, found[0], said))


def _machine_month(found: Match) -> Spelled:
    """„2010-11“ is November, or the school year 2010/11: only its neighbours can tell (`dates.py`)."""
    number = int(found["number"])
    if not 1 <= number <= 12:
        return _two_years(PeriodKind.SCHOOL_YEAR)(found) if _follows(found) else SILENT
    period = Period.month(int(found["year"]), number)
    return Spelled(period, hesitation=_month_or_years(found[0]) if _follows(found) else None)


def _follows(found: Match) -> bool:
    return int(found["number"]) == (int(found["year"]) + 1) % 100


def _month_or_years(text: str) -> Doubt:
    return Doubt(Code.PERIOD_UNUSUAL, text, f"„{text}“ kann ein Monat oder ein Schuljahr sein.")


def _summer(found: Match) -> Spelled:
    return Spelled(Period.half(year_of(found["year"]), 1), hesitation=unusual(found[0]))


def _school_half(found: Match) -> Spelled:
    if not found.groupdict().get("year"):
        return Spelled(part=Part(1, 6, school=True), hesitation=unusual(found[0]))
    return _two_years(PeriodKind.SCHOOL_YEAR, hesitates=True)(found)


def unusual(text: str) -> Doubt:
    said = clean(text)
    return Doubt(Code.PERIOD_UNUSUAL, said, f"„{said}“ ist kein einzelner Berichtszeitraum dieser Anwendung.")


@dataclass(frozen=True, slots=True)
class Form:
    """One way of writing; `inline` ones are also understood among other words."""

    pattern: str
    build: Build
    inline: bool = True

    @property
    def whole(self) -> re.Pattern[str]:
        return re.compile(self.pattern, re.IGNORECASE)

    @property
    def within(self) -> re.Pattern[str]:
        return re.compile(rf"(?<![\w.,/-])(?:{self.pattern})(?![\w]|[.,]\d|[-/]\d)", re.IGNORECASE)


_UNTIL_DAY = r"(?P<day_until>\d{1,2})\.\s?(?P<month_until>\d{1,2})\."
DATED = (
    Form(rf"(?:vom\s)?{_DAY}\s?(?P<begins>(?:19|20)?\d\d)?{_TO}{_UNTIL_DAY}\s?{_SHORT}", _from_day_to_day),
    Form(rf"{_month('from')}\s(?P<begins>(?:19|20)\d\d){_TO}{_month('until')}\s{YEAR}", _from_month_to_month),
    Form(rf"{_month('from')}{_TO}{_month('until')}[\s-]?{_SHORT}", _months),
    Form(rf"{_NUMBER}\.?\s?{_QUARTER}?{_TO}{_UNTIL}\.?\s?{_QUARTER}{_GAP}{_SHORT}", _quarters),
    Form(rf"Q{_NUMBER}{_TO}Q{_UNTIL}{_GAP}{_SHORT}", _quarters),
    Form(rf"Q\s?{_NUMBER}{_GAP}{_SHORT}", _quarters),
    Form(rf"{YEAR}{_GAP}Q\s?{_NUMBER}", _quarters),
    Form(rf"{_NUMBER}\.?\s?{_QUARTER}{_GAP}{_SHORT}", _quarters),
    Form(rf"{_QUARTER}\s{_NUMBER}{_GAP}{_SHORT}", _quarters),
    Form(rf"{YEAR}{_GAP}{_NUMBER}\.?\s?{_QUARTER}", _quarters),
    Form(rf"(?P<number>IV|I{{1,3}})\.?\s?/\s?{_SHORT}", _quarters),
    Form(rf"(?P<number>IV|I{{1,3}})\.?\s{YEAR}", _quarters, inline=False),
    Form(rf"{YEAR}\s?[-/]\s?(?P<number>IV|I{{1,3}})", _quarters),
    Form(rf"{_NUMBER}\.?\s?{_SCHOOL_HALF}\s{_TWO_YEARS}", _school_half),
    Form(rf"{_NUMBER}\.?\s?{_SCHOOL_HALF}\s{_TWO_SHORT}", _school_half),
    Form(rf"H\s?{_NUMBER}{_GAP}{_SHORT}", _halves),
    Form(rf"{YEAR}{_GAP}H\s?{_NUMBER}", _halves),
    Form(rf"{_NUMBER}\.?\s?{_HALF}{_GAP}{_SHORT}", _halves),
    Form(rf"{YEAR}{_GAP}{_NUMBER}\.?\s?{_HALF}", _halves),
    Form(rf"{_HALF}\s{_NUMBER}{_GAP}{_SHORT}", _halves),
    Form(rf"{_DAY}\s?{YEAR}", _on),
    Form(rf"{_DAY}\s?(?P<year>\d\d)(?!\d)", _on, inline=False),
    Form(rf"(?P<day>\d{{1,2}})\.\s?{_month('month')}\s{YEAR}", _on),
    Form(r"(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)", _on),
    Form(rf"{_TERM}\s?{_TWO_YEARS}", _two_years(PeriodKind.WINTER_TERM)),
    Form(rf"{_TERM}\s?{_TWO_SHORT}", _two_years(PeriodKind.WINTER_TERM)),
    Form(rf"{_SUMMER}\s?{_SHORT}", _summer),
    Form(rf"{_KITA}\s?{_TWO_YEARS}", _two_years(PeriodKind.KITA_YEAR)),
    Form(rf"{_KITA}\s?{_TWO_SHORT}", _two_years(PeriodKind.KITA_YEAR)),
    Form(rf"(?:{_SCHOOL}\s?)?{_TWO_YEARS}", _two_years(PeriodKind.SCHOOL_YEAR)),
    Form(rf"{_SCHOOL}\s?{_TWO_SHORT}", _two_years(PeriodKind.SCHOOL_YEAR)),
    Form(_TWO_SHORT, _two_short_years, inline=False),
    Form(rf"{_month('from')}[\s-]?{_SHORT}", _months, inline=False),
    Form(rf"{_month('from')}\s{YEAR}", _months),
    Form(rf"(?P<number>\d{{1,2}})\s?[./]\s?{YEAR}", _month_number, inline=False),
    Form(r"(?P<year>(?:19|20)\d\d)-(?P<number>(?P<next>\d\d))(?!\d)", _machine_month, inline=False),
)
UNDATED = (
    Form(rf"{_month('from')}{_TO}{_month('until')}", _months),
    Form(_month("from"), _months, inline=False),
    Form(rf"{_NUMBER}\.?\s?{_QUARTER}?{_TO}{_UNTIL}\.?\s?{_QUARTER}", _quarters),
    Form(rf"Q{_NUMBER}{_TO}Q{_UNTIL}", _quarters),
    Form(rf"Q\s?{_NUMBER}", _quarters, inline=False),
    Form(rf"{_NUMBER}\.?\s?{_QUARTER}", _quarters),
    Form(rf"{_QUARTER}\s{_NUMBER}", _quarters),
    Form(rf"{_NUMBER}\.?\s?{_SCHOOL_HALF}", _school_half),
    Form(rf"H\s?{_NUMBER}", _halves, inline=False),
    Form(rf"{_NUMBER}\.?\s?{_HALF}", _halves),
    Form(rf"{_HALF}\s{_NUMBER}", _halves),
)
