"""How people write periods: `Q3 26`, `III/2026`, `1. Hj 2026`, `Jul-Sep 2026`, `22/23`, `01.07. bis 30.09.2024`.

One table of forms serves a cell that is nothing but a period and a line that names one among other words. A form
without a year gives a `Part`, which gets its year from where the table says it. What is no single reporting period
(`1.–3. Quartal 2024`) or no measured one (`Plan 2026`) carries a `hesitation`, to be asked.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from indicators.periods import MONTHS, Period, PeriodError, PeriodKind
from indicators.tables.crosstab.doubts import Code, Doubt
from indicators.tables.crosstab.wording import CACHED
from indicators.workbooks.numbers import clean

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
        return spanning(date(year, self.first, 1), _month_end(year, self.last))

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
    if (first.day, last) == (1, _month_end(last.year, last.month)):
        months = 12 * (last.year - first.year) + last.month - first.month + 1
        kind = _WITHIN_A_YEAR.get(months)
        if kind is not None and (first.month - 1) % months == 0:
            return Period(kind, first.year, (first.month - 1) // months + 1)
        if months == 12 and first.month in (1, 8):
            return Period(PeriodKind.YEAR if first.month == 1 else PeriodKind.SCHOOL_YEAR, first.year)
    return Period.on(first) if first == last else None


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


# The pieces that forms are made of. A named group is what a builder asks for.

_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}
_MONTH_NUMBERS = {name.casefold(): number for number, name in enumerate(MONTHS, 1)}
_MONTH_NUMBERS |= {name[:3].casefold(): number for number, name in enumerate(MONTHS, 1)}
_MONTH_NUMBERS |= {"sept": 9, "mrz": 3, "jän": 1, "jänner": 1}
_NAMES = "|".join(sorted(map(re.escape, _MONTH_NUMBERS), key=len, reverse=True))


def _month(name: str) -> str:
    return rf"(?P<{name}>{_NAMES})\b\.?"


_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
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
    return _ROMAN.get(text) or int(text)


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
    period = spanning(date(year_of(year) - 1, first, 1), _month_end(year_of(year), last)) if year else None
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
    period = spanning(date(begins, first, 1), _month_end(ends, last))
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
    Form(rf"{_month('from')}\s(?P<begins>(?:19|20)\d\d){_TO}{_month('until')}\s{_YEAR}", _from_month_to_month),
    Form(rf"{_month('from')}{_TO}{_month('until')}[\s-]?{_SHORT}", _months),
    Form(rf"{_NUMBER}\.?\s?{_QUARTER}?{_TO}{_UNTIL}\.?\s?{_QUARTER}{_GAP}{_SHORT}", _quarters),
    Form(rf"Q{_NUMBER}{_TO}Q{_UNTIL}{_GAP}{_SHORT}", _quarters),
    Form(rf"Q\s?{_NUMBER}{_GAP}{_SHORT}", _quarters),
    Form(rf"{_YEAR}{_GAP}Q\s?{_NUMBER}", _quarters),
    Form(rf"{_NUMBER}\.?\s?{_QUARTER}{_GAP}{_SHORT}", _quarters),
    Form(rf"{_QUARTER}\s{_NUMBER}{_GAP}{_SHORT}", _quarters),
    Form(rf"{_YEAR}{_GAP}{_NUMBER}\.?\s?{_QUARTER}", _quarters),
    Form(rf"(?P<number>IV|I{{1,3}})\.?\s?/\s?{_SHORT}", _quarters),
    Form(rf"(?P<number>IV|I{{1,3}})\.?\s{_YEAR}", _quarters, inline=False),
    Form(rf"{_YEAR}\s?[-/]\s?(?P<number>IV|I{{1,3}})", _quarters),
    Form(rf"{_NUMBER}\.?\s?{_SCHOOL_HALF}\s{_TWO_YEARS}", _school_half),
    Form(rf"{_NUMBER}\.?\s?{_SCHOOL_HALF}\s{_TWO_SHORT}", _school_half),
    Form(rf"H\s?{_NUMBER}{_GAP}{_SHORT}", _halves),
    Form(rf"{_YEAR}{_GAP}H\s?{_NUMBER}", _halves),
    Form(rf"{_NUMBER}\.?\s?{_HALF}{_GAP}{_SHORT}", _halves),
    Form(rf"{_YEAR}{_GAP}{_NUMBER}\.?\s?{_HALF}", _halves),
    Form(rf"{_HALF}\s{_NUMBER}{_GAP}{_SHORT}", _halves),
    Form(rf"{_DAY}\s?{_YEAR}", _on),
    Form(rf"{_DAY}\s?(?P<year>\d\d)(?!\d)", _on, inline=False),
    Form(rf"(?P<day>\d{{1,2}})\.\s?{_month('month')}\s{_YEAR}", _on),
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
    Form(rf"{_month('from')}\s{_YEAR}", _months),
    Form(rf"(?P<number>\d{{1,2}})\s?[./]\s?{_YEAR}", _month_number, inline=False),
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
_WHOLE = tuple((form.whole, form.build) for form in (*DATED, *UNDATED))
_INLINE = tuple((form.within, form.build) for form in DATED if form.inline)
_INLINE_PARTS = tuple((form.within, form.build) for form in UNDATED if form.inline)

_MARKER = re.compile(r"\s*(?:\d{1,2}(?:,\s?\d{1,2})*\)|[¹²³⁴-⁹]+⁾?|\[\d{1,2}\]|\*+\)?)+$")
_GLUED = re.compile(r"((?:19|20)\d\d)\d\)")  # „20191)“
_PREFIX = re.compile(
    r"^(?:(?:berichts|kalender|erhebungs)?jahr|stichtag|stand am|stand|zum|am|berichtszeitraum|zeitraum|schuljahr|"
    r"berichtsmonat|monat|semester|im|jahresende|jahresdurchschnitt|jd\.?)\b\s*:?\s*",
    re.IGNORECASE,
)
FLAG_WORDS = (
    (
        re.compile(r"\s*[(\[]?\b(?:vorläufige?s?|vorl\.?|p)(?:\s(?:Werte?|Zahl(?:en)?|Ergebnis(?:se)?))?[)\]]?$", re.I),
        "p",
    ),
    (re.compile(r"\s*[(\[]?\b(?:revidiert|berichtigt|korrigiert|rev\.|r)[)\]]?$", re.I), "r"),
    (re.compile(r"\s*[(\[]?\b(?:geschätzt|Schätzung|gesch\.|s)[)\]]?$", re.I), "s"),
)
_GLUED_FLAG = re.compile(r"((?:19|20)\d\d)([prs])$")
_PLANNED = re.compile(
    r"\(?\b(?:plan(?:wert|zahl|ung)?|soll(?:wert)?|ziel(?:wert|zahl)?|prognose(?:wert)?|ansatz|hochrechnung|"
    r"vorausberechnung|erwartet|schätzung\sfür)\b\)?:?",
    re.IGNORECASE,
)


@lru_cache(CACHED)
def read(text: str) -> Spelled:
    """What a whole text says: `20191)`, `Stand: 31.12.2020*`, `2025 (vorläufig)`, `Plan 2026`; else SILENT."""
    bare, flags = flagged(_unmarked(clean(text)))
    found = _bare(bare)
    if found.is_silent and (planned := _PLANNED.search(bare)):
        rest = _bare(_unmarked((bare[: planned.start()] + bare[planned.end() :]).strip(" ,:;()–-")))
        if rest.period is not None:
            said = f"„{clean(text)}“ ist geplant oder erwartet, kein gemessener Wert."
            return replace(rest, hesitation=Doubt(Code.PLANNED, clean(text), said))
    return replace(found, flags=flags) if flags and not found.is_silent else found


def _unmarked(text: str) -> str:
    glued = _GLUED.fullmatch(text)
    return glued[1] if glued else _MARKER.sub("", text)


def flagged(text: str) -> tuple[str, str]:
    """A text without „(vorläufig)“, „2025p“, „2024 r“ at its end, and the flags that these stand for."""
    flags = ""
    for pattern, flag in FLAG_WORDS:
        if (found := pattern.search(text)) and found.start() > 0:
            text, flags = text[: found.start()].rstrip(" ,;"), flags + flag
    if found := _GLUED_FLAG.search(text):
        text, flags = text[: found.start(2)], flags + found[2]
    return text, flags


_LABEL_FLAGS = (
    (re.compile(r"\s*(?:[(\[](?:vorläufige?s?|vorl\.?|p)[)\]]|\b(?:vorläufig|vorl\.))$", re.IGNORECASE), "p"),
    (
        re.compile(r"\s*(?:[(\[](?:revidiert|berichtigt|korrigiert|rev\.|r)[)\]]|\b(?:revidiert|berichtigt))$", re.I),
        "r",
    ),
    (re.compile(r"\s*(?:[(\[](?:geschätzt|Schätzung|gesch\.|s)[)\]]|\bgeschätzt)$", re.IGNORECASE), "s"),
)


@lru_cache(CACHED)
def labelled(text: str) -> tuple[str, str]:
    """The same for a head or label that is no period: „Kinder (vorläufig)“. A bare letter is part of a name there."""
    flags = ""
    for pattern, flag in _LABEL_FLAGS:
        if (found := pattern.search(text)) and found.start() > 0:
            text, flags = text[: found.start()].rstrip(" ,;"), flags + flag
    return text, flags


def _bare(text: str) -> Spelled:
    for stripped in dict.fromkeys((text.strip(" :"), _PREFIX.sub("", _PREFIX.sub("", text)).strip(" :"))):
        found = _whole(stripped)
        if not found.is_silent:
            return found
    return SILENT


def _whole(text: str) -> Spelled:
    if re.fullmatch(r"\d{4}(?:\.0)?", text):
        year = int(text[:4])
        return Spelled(Period.of_year(year)) if FIRST_YEAR <= year <= LAST_YEAR else SILENT
    for pattern, build in _WHOLE:
        if found := pattern.fullmatch(text):
            spelled = _built(build, found)
            if not spelled.is_silent:
                return spelled
    return SILENT


def _built(build: Build, found: Match) -> Spelled:
    try:
        spelled = build(found)
    except PeriodError:
        return SILENT
    usual = spelled.period is None or FIRST_YEAR <= spelled.period.year <= LAST_YEAR
    return spelled if usual else SILENT


def within(line: str, parts: bool = False) -> Iterator[tuple[str, Spelled]]:
    """What a line names among other words, with the text of each; with `parts` what it names without a year.

    What one form has taken no other form sees: „01.07.2024 bis 30.09.2024“ names no single day.
    """
    rest = line
    for pattern, build in (*_INLINE, *_INLINE_PARTS) if parts else _INLINE:
        for found in list(pattern.finditer(rest)):
            spelled = _built(build, found)
            if not spelled.is_silent:
                yield found[0], spelled
                rest = rest.replace(found[0], "\x00", 1)
    years = re.compile(rf"(?<![\w.,/-]){_YEAR}(?!\d{{2,}}|[.,]\d)")
    for found in years.finditer(rest):
        yield found[0], Spelled(Period.of_year(int(found["year"])))


_HEADED = ((re.compile(r"quartal|\bq\b|vierteljahr", re.I), 3), (re.compile(r"monat", re.I), 1),
           (re.compile(r"halbjahr|\bhj", re.I), 6))  # fmt: skip


def numbered(text: str, head: str) -> Part | None:
    """3 or III under „Quartal“, 11 under „Monat“, 2 under „Halbjahr“."""
    number = _ROMAN.get(text) or (int(text) if text.isdigit() and len(text) <= 2 else 0)
    for pattern, months in _HEADED:
        if pattern.search(head) and 1 <= number <= 12 // months:
            return Part(months * (number - 1) + 1, months * number)
    return None
