"""Periods in heads, stubs and titles: years with footnotes, reference dates, months, school years."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from indicators.deliveries.crosstab.doubts import Code, Doubt
from indicators.deliveries.crosstab.wording import CACHED
from indicators.deliveries.numbers import clean
from indicators.deliveries.workbook import Cell
from indicators.periods import MONTHS, Period, PeriodError, PeriodKind

FIRST_YEAR, LAST_YEAR = 1950, 2060

_YEAR = r"((?:19|20)\d\d)"
_MONTH_NAMES = {name.casefold(): number for number, name in enumerate(MONTHS, 1)}
_MONTH_NAMES |= {name[:3].casefold(): number for number, name in enumerate(MONTHS, 1)}
_MONTH = r"(" + "|".join(sorted((re.escape(name) for name in _MONTH_NAMES), key=len, reverse=True)) + r")\.?"
_MARKER = re.compile(r"\s*(?:\d{1,2}(?:,\s?\d{1,2})*\)|[¹²³⁴-⁹]+⁾?|\*+\)?)+$")
_PREFIX = re.compile(
    r"^(?:(?:berichts|kalender|erhebungs)?jahr|stichtag|stand am|stand|zum|am|berichtszeitraum|zeitraum|schuljahr|"
    r"kindergartenjahr|kita-?jahr|berichtsmonat|monat|semester|im|jahresende|jahresdurchschnitt|jd\.?)\b\s*:?\s*",
    re.IGNORECASE,
)
_STICHTAG = re.compile(
    rf"(?:^|[^\d.])(\d{{1,2}})\.\s*(?:(\d{{1,2}})\.|{_MONTH})(?!\s*(?:19|20)\d\d)(?!\d)", re.IGNORECASE
)
_IMPRINT = re.compile(r"©|vervielf|erstellungsdatum|https?:|www\.", re.IGNORECASE)
_OTHER_YEARS = re.compile(  # years in titles that are not the period: classifications, territories, bases of comparison
    r"(?:gebietsstand|datenstand|stand|gebietsreform|basis|zensus|fassung|klassifikation|wz|kldb|isced|seit|ab|bis|"
    r"gegen.ber|abruf(?:datum)?|erschienen|vom|verordnung|gesetz)\W{1,3}(?:dem\s|jahr\s|dem\sjahr\s)?"
    r"(?:\d{1,2}\.\s?(?:\d{1,2}\.|\w+)\s?|[A-Za-zä]+\s)?(?:19|20)\d\d",
    re.IGNORECASE,
)
_TERM = re.compile(rf"^(?:WS|Wintersemester|WiSe)\s*{_YEAR}\s*/\s*(\d{{2}}|\d{{4}})$", re.IGNORECASE)
_SUMMER = re.compile(rf"^(?:SS|SoSe|Sommersemester)\s*{_YEAR}$", re.IGNORECASE)
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}


@dataclass(frozen=True, slots=True)
class Day:
    """A day of any year, as in „Stichtag: 1. März“."""

    month: int
    day: int

    def of(self, year: int) -> Period | None:
        try:
            return Period.on(date(year, self.month, self.day))
        except ValueError:
            return None


def is_year(value: object) -> bool:
    return isinstance(value, float | int) and value == int(value) and FIRST_YEAR <= value <= LAST_YEAR


def of_cell(cell: Cell) -> Period | None:
    """The period that a cell is, with nothing else in it."""
    value = cell.value
    if isinstance(value, bool):
        return None
    if isinstance(value, float | int):
        return Period.of_year(int(value)) if is_year(value) and _may_be_year(cell) else None
    if isinstance(value, date):
        return _of_date(value, cell.style.number_format.lower())
    if isinstance(value, str):
        text = value
        for first, last in reversed(cell.superscripts):
            text = text[:first] + text[last:]
        return of_text(text)
    return None


def _may_be_year(cell: Cell) -> bool:
    """2.019 and 2019,0 are counts; a year is shown plainly."""
    shown_as = cell.style.number_format
    return "," not in shown_as and "." not in shown_as and "%" not in shown_as


def _of_date(value: date, shown_as: str) -> Period:
    day = value.date() if isinstance(value, datetime) else value
    if "d" in shown_as or "m" not in shown_as:
        return Period.on(day) if "d" in shown_as or "y" not in shown_as else Period.of_year(day.year)
    return Period.month(day.year, day.month)


@lru_cache(CACHED)
def of_text(text: str) -> Period | None:
    """`20191)`, `Juni 2007`, `WS 2005/06`, `Schuljahr: 2018/19*`, `31.12.2020*`; None for anything longer."""
    bare = _PREFIX.sub("", _MARKER.sub("", clean(text))).strip(" :")
    bare = _PREFIX.sub("", bare)
    if found := re.fullmatch(rf"{_YEAR}\d\)", clean(text)):
        bare = found[1]
    if not bare or not re.search(r"\d{2}", bare):
        return None
    if found := _TERM.match(bare):
        return _consecutive(PeriodKind.WINTER_TERM, found[1], found[2])
    if found := _SUMMER.match(bare):
        return Period.half(int(found[1]), 1)
    if found := re.fullmatch(rf"{_MONTH}\s*{_YEAR}", bare, re.IGNORECASE):
        return Period.month(int(found[2]), _MONTH_NAMES[found[1].casefold()])
    if found := re.fullmatch(rf"(\d{{1,2}})\.\s*{_MONTH}\s*{_YEAR}", bare, re.IGNORECASE):
        return Day(_MONTH_NAMES[found[2].casefold()], int(found[1])).of(int(found[3]))
    if found := re.fullmatch(rf"(IV|I{{1,3}})\.?\s*(?:Quartal|Q\.?|/)?\s*{_YEAR}", bare):
        return Period.quarter(int(found[2]), _ROMAN[found[1]])
    if found := re.fullmatch(rf"{_YEAR}\s?/\s?(\d{{2}}|\d{{4}})", bare):
        return _consecutive(PeriodKind.SCHOOL_YEAR, found[1], found[2])
    try:
        period = Period.parse(bare)
    except PeriodError:
        return None
    return period if FIRST_YEAR <= period.year <= LAST_YEAR else None


def _consecutive(kind: PeriodKind, begins: str, ends: str) -> Period | None:
    """None for „2020/2015“: that is a change between two years."""
    first = int(begins)
    return Period(kind, first) if int(ends) % 100 == (first + 1) % 100 else None


@lru_cache(CACHED)
def day_within(text: str) -> Day | None:
    """The reference date that a head names without a year: „Jahr (Stichtag: 01. März)“, „am 31.12.“."""
    found = _STICHTAG.search(clean(text))
    if not found:
        return None
    month = int(found[2]) if found[2] else _MONTH_NAMES[found[3].casefold()]
    day = Day(month, int(found[1]))
    return day if day.of(2024) else None


@lru_cache(CACHED)
def is_change(text: str) -> bool:
    """Heads that compare two years: „2020 / 2005“, „Veränderung gegenüber 2015“."""
    return bool(
        re.search(rf"{_YEAR}\s*(?:/|zu|gegen|gg\.?|-|–)\s*{_YEAR}", text)
        or re.search(r"ver.nderung|zu-? (?:und|bzw\.?|oder) abnahme|gegen.ber", text, re.IGNORECASE)
    )


@lru_cache(CACHED)
def unspaced(text: str) -> str:
    """„T a b e l l e  2 0 1 9“ is „Tabelle 2019“: print layouts space the letters of titles."""
    raw = text.replace("\xa0", " ").strip()
    letters = raw.split()
    if len(letters) < 6 or sum(len(letter) == 1 for letter in letters) < 0.7 * len(letters):
        return clean(text)
    return " ".join("".join(word.split()) for word in re.split(r"\s{2,}", raw))


def of_lines(lines: list[str]) -> Period | None:
    """The period that the lines above a table state.

    Lines are given from top to bottom; the line next to the table wins. Two different years in the
    titles give None: then nobody knows.
    """
    alone = _alone(lines)
    if alone:
        return next((period for period in alone if period.kind is not PeriodKind.YEAR), alone[0])
    years: set[Period] = set()
    for line in lines:
        years |= _named_in(line)
    most_exact = {period for period in years if period.kind is not PeriodKind.YEAR} or years
    if len(most_exact) == 1 and len({period.year for period in years}) == 1:
        return most_exact.pop()
    return None


def _named_in(line: str) -> set[Period]:
    return set() if _IMPRINT.search(line) else _within(_OTHER_YEARS.sub(" ", unspaced(line)))


def _may_be_day_of_making(period: Period, lines: list[str]) -> bool:
    """A day in a line of its own that is no usual reference date, or of another year than the titles."""
    if period.kind is not PeriodKind.DATE:
        return False
    day = period.end
    usual = day.day in (1, 15) or (day + timedelta(days=1)).day == 1
    others = {other.year for line in lines if of_text(unspaced(line)) is None for other in _named_in(line)}
    return not usual or bool(others - {period.year})


def _alone(lines: list[str]) -> list[Period]:
    """Periods of the lines that say nothing else, the nearest to the table first."""
    periods = [of_text(unspaced(line)) for line in reversed(lines) if not _IMPRINT.search(line)]
    return [period for period in periods if period is not None]


def stated(lines: list[str], sheet_name: str) -> tuple[Period | None, Doubt | None]:
    """`of_lines`, with a doubt where the lines or the sheet's name say something else.

    Where several lines disagree, the one that agrees with the sheet's name is taken.
    """
    named = of_name(sheet_name)
    alone = _alone(lines)
    period = of_lines(lines)
    if len({other.year for other in alone}) > 1:
        period = next((other for other in alone if _same_year(other, named)), alone[0])
        said = ", ".join(dict.fromkeys(other.label for other in alone))
        return period, _differ(f"Über der Tabelle stehen verschiedene Zeiträume: {said}.")
    if period is not None and period in alone and _may_be_day_of_making(period, lines):
        text = f"{period.label} über der Tabelle kann auch der Tag sein, an dem sie gemacht wurde."
        return period, Doubt(Code.MAY_BE_DAY_OF_MAKING, period.label, text)
    if period is not None and named is not None and not _same_year(period, named):
        return period, _differ(f"Über der Tabelle steht {period.label}, das Blatt heißt „{sheet_name.strip()}“.")
    return period, None


def _differ(text: str) -> Doubt:
    return Doubt(Code.PERIODS_DIFFER, "", text)


def _same_year(period: Period, named: Period | None) -> bool:
    return named is not None and named.year in (period.year, period.end.year)


def _within(line: str) -> set[Period]:
    found: set[Period] = set()
    rest = line
    for pattern in (
        rf"\d{{1,2}}\.\s?(?:\d{{1,2}}\.\s?|{_MONTH}\s){_YEAR}",
        rf"(?:WS|Wintersemester|Schuljahr|Kita-?jahr)\s*{_YEAR}\s*/\s*\d{{2,4}}",
        rf"{_YEAR}\s?/\s?\d{{2}}(?!\d)",
        rf"(?<![\w.]){_MONTH}\s+{_YEAR}",
        rf"(?<![\w.,/-]){_YEAR}(?!\d{{2,}}|[.,]\d)",
    ):
        for match in re.finditer(pattern, rest, re.IGNORECASE):
            if period := of_text(match[0].replace(". ", ".")) or of_text(match[0]):
                found.add(period)
        rest = re.sub(pattern, " ", rest, flags=re.IGNORECASE)
    return found


def joined(outer: Period, inner: Period) -> Period:
    """Two statements about one row: a month in its year; else the nearer one holds."""
    return inner if inner.kind is not PeriodKind.YEAR or outer.kind is PeriodKind.YEAR else outer


def is_footnote(line: str) -> bool:
    """A footnote, or the day on which a table was made: what stands below a table without being about it."""
    return bool(re.match(r"\s*(?:\d{1,2}\s?\)|\*|\d\s?:|stand\b)", line, re.IGNORECASE))


def of_name(name: str) -> Period | None:
    """The one year (or school year) in a sheet's name: `2018_A10_Rohdaten`."""
    if period := of_text(name.strip()):
        return period
    years = set(re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", name))
    return Period.of_year(int(years.pop())) if len(years) == 1 else None
