"""When a table's values are of: cells that are periods, and what the lines around a table state."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from indicators.periods import MONTHS, Period, PeriodKind
from indicators.tables.crosstab import period_forms, spellings
from indicators.tables.crosstab.doubts import Code, Doubt
from indicators.tables.crosstab.spelled import FIRST_YEAR, LAST_YEAR, SILENT, Part, Spelled
from indicators.tables.crosstab.wording import CACHED
from indicators.workbooks.numbers import clean
from indicators.workbooks.workbook import Cell

_YEAR = r"((?:19|20)\d\d)"
_MONTH_NAMES = {name.casefold(): number for number, name in enumerate(MONTHS, 1)}
_MONTH_NAMES |= {name[:3].casefold(): number for number, name in enumerate(MONTHS, 1)}
_MONTH = r"(" + "|".join(sorted((re.escape(name) for name in _MONTH_NAMES), key=len, reverse=True)) + r")\.?"
_STICHTAG = re.compile(
    rf"(?:^|[^\d.])(\d{{1,2}})\.\s*(?:(\d{{1,2}})\.|{_MONTH})(?!\s*(?:19|20)\d\d)(?!\d)", re.IGNORECASE
)
_IMPRINT = re.compile(
    r"©|vervielf|erstellungsdatum|https?:|www\.|\bdruckdatum|\bausdruck|\bgedruckt|\bausgabedatum|\bseite\s?:?\s?\d|"
    r"^\s*(?:datum|zeit|uhrzeit|erstellt(?:\sam)?|aktualisiert|bearbeitet|letzte\s.nderung|version)\b\s?:|\bherausgeb|"
    r"\babgerufen|\bdownload",
    re.IGNORECASE,
)
_OTHER_YEARS = re.compile(  # years in titles that are not the period: classifications, territories, bases of comparison
    r"(?:gebietsstand|datenstand|stand|gebietsreform|basis|zensus|fassung|klassifikation|wz|kldb|isced|seit|ab|bis|"
    r"gegen.ber|abruf(?:datum)?|erschienen|vom|verordnung|gesetz)\W{1,3}(?:dem\s|jahr\s|dem\sjahr\s)?"
    r"(?:\d{1,2}\.\s?(?:\d{1,2}\.|\w+)\s?|[A-Za-zä]+\s)?(?:19|20)\d\d",
    re.IGNORECASE,
)
_STATE_OF_AREA = re.compile(r"^\W*(?:gebietsstand|datenstand)\b", re.IGNORECASE)


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
    return isinstance(value, (float, int)) and FIRST_YEAR <= value <= LAST_YEAR and value == int(value)


def of_cell(cell: Cell) -> Spelled:
    """What a cell with nothing else in it says of time."""
    value = cell.value
    if isinstance(value, bool):
        return SILENT
    if isinstance(value, (float, int)):
        return Spelled(Period.of_year(int(value))) if is_year(value) and _may_be_year(cell) else SILENT
    if isinstance(value, date):
        return Spelled(_of_date(value, cell.style.number_format.lower()))
    if isinstance(value, str):
        text = value
        for first, last in reversed(cell.superscripts):
            text = text[:first] + text[last:]
        return spellings.read(text)
    return SILENT


def _may_be_year(cell: Cell) -> bool:
    """2.019 and 2019,0 are counts; a year is shown plainly."""
    shown_as = cell.style.number_format
    return "," not in shown_as and "." not in shown_as and "%" not in shown_as


def _of_date(value: date, shown_as: str) -> Period:
    day = value.date() if isinstance(value, datetime) else value
    if "d" in shown_as or "m" not in shown_as:
        return Period.on(day) if "d" in shown_as or "y" not in shown_as else Period.of_year(day.year)
    return Period.month(day.year, day.month)


def of_text(text: str) -> Period | None:
    """The period that a whole text is; None for anything longer, for parts of a year, and for what must be asked."""
    spelled = spellings.read(text)
    return spelled.period if spelled.hesitation is None else None


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


@dataclass(frozen=True, slots=True)
class Stated:
    """What the lines above a table say of its period, and what has to be asked about it."""

    period: Period | None = None
    doubt: Doubt | None = None


def of_lines(lines: list[str]) -> Period | None:
    """The period that the lines above a table state.

    Lines are given from top to bottom; the line next to the table wins. Two different years in the
    titles give None: then nobody knows.
    """
    alone = _alone(lines)
    if alone:
        return next((period for period in alone if period.kind is not PeriodKind.YEAR), alone[0])
    years = {period for line in lines for period in _named_in(line)}
    most_exact = {period for period in years if period.kind is not PeriodKind.YEAR} or years
    if len(most_exact) == 1 and len({period.year for period in years}) == 1:
        return most_exact.pop()
    return None


def _named_in(line: str) -> set[Period]:
    return {spelled.period for _, spelled in _spelled_in(line) if spelled.period is not None}


@lru_cache(CACHED)
def _spelled_in(line: str) -> tuple[tuple[str, Spelled], ...]:
    """Ranges first: „01.07.2024 bis 30.09.2024“ is one period, not a year that something lasts until."""
    if is_imprint(line):
        return ()
    plain = unspaced(line)
    ranges = [(said, spelled) for said, spelled in spellings.within(plain) if _is_range(said)]
    for said, _ in ranges:
        plain = plain.replace(said, " ")
    return (*ranges, *spellings.within(_OTHER_YEARS.sub(" ", plain)))


def _is_range(said: str) -> bool:
    return bool(re.search(r"\bbis\b|\d\s?[-–—]\s?\d|[a-zä.]\s?[-–—]\s?[A-Za-z]", said)) and not re.fullmatch(
        r"\d{4}-\d\d-\d\d|\d{4}-[QH]\d", said
    )


def within(text: str) -> Spelled:
    """The one period that a head or label names among its words; SILENT for none, several, or bases of comparison."""
    found = _spelled_in(text)
    return found[0][1] if len({spelled for _, spelled in found}) == 1 and not is_change(text) else SILENT


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
    periods = [of_text(unspaced(line)) for line in reversed(lines) if not is_imprint(line)]
    return [period for period in periods if period is not None]


def stated(lines: list[str], sheet_name: str) -> Stated:
    """`of_lines`, with a doubt where the lines or the sheet's name say something else.

    Where several lines disagree, the one that agrees with the sheet's name is taken.
    """
    named = of_name(sheet_name)
    alone = _alone(lines)
    period = of_lines(lines)
    if asked := _hesitation(lines):
        return Stated(None if asked.code is Code.PERIOD_UNUSUAL else period, asked)
    if len({other.year for other in alone}) > 1:
        period = next((other for other in alone if _same_year(other, named)), alone[0])
        said = ", ".join(dict.fromkeys(other.label for other in alone))
        return Stated(period, _differ(f"Über der Tabelle stehen verschiedene Zeiträume: {said}."))
    if (part := _part_in(lines)) and (whole := period or named) is not None and whole.kind is PeriodKind.YEAR:
        return _parted(whole, part)
    if period is not None and period in alone and _may_be_day_of_making(period, lines):
        text = f"{period.label} über der Tabelle kann auch der Tag sein, an dem sie gemacht wurde."
        return Stated(period, Doubt(Code.MAY_BE_DAY_OF_MAKING, period.label, text))
    if period is not None and named is not None and not _same_year(period, named):
        return Stated(
            period, _differ(f"Über der Tabelle steht {period.label}, das Blatt heißt „{sheet_name.strip()}“.")
        )
    if period is None and (area := _state_of_area(lines)) is not None:
        text = f"Über der Tabelle steht nur ein Gebiets- oder Datenstand ({area.label}); gilt er auch für die Werte?"
        return Stated(area, Doubt(Code.PERIOD_ABOVE_ONLY, "gebietsstand", text))
    return Stated(period)


def _hesitation(lines: list[str]) -> Doubt | None:
    """What the nearest line says that is no single, measured period."""
    for line in reversed(lines):
        said = [spellings.read(unspaced(line)), *(spelled for _, spelled in _spelled_in(line))]
        if not is_imprint(line) and (found := next((one.hesitation for one in said if one.hesitation), None)):
            return found
    return None


def _part_in(lines: list[str]) -> tuple[str, Part] | None:
    """The one quarter or half-year that the lines name without its year."""
    found = {
        (said, spelled.part)
        for line in lines
        if not is_imprint(line)
        for said, spelled in spellings.within(unspaced(line), parts=True)
        if spelled.part is not None
    }
    return found.pop() if len(found) == 1 else None


def _parted(year: Period, part: tuple[str, Part]) -> Stated:
    period = part[1].within(year)
    if period is None:
        return Stated(None, period_forms.unusual(f"{part[0]} {year.label}"))
    text = f"Über der Tabelle stehen „{part[0]}“ und {year.label} getrennt: gemeint ist vermutlich {period.label}."
    return Stated(period, _differ(text))


def _state_of_area(lines: list[str]) -> Period | None:
    """The full day of a „Gebietsstand“, where nothing else says when."""
    days = {
        spelled.period
        for line in lines
        if _STATE_OF_AREA.match(line) and not is_imprint(line)
        for _, spelled in spellings.within(unspaced(line))
        if spelled.period is not None and spelled.period.kind is PeriodKind.DATE
    }
    return days.pop() if len(days) == 1 else None


def _differ(text: str) -> Doubt:
    return Doubt(Code.PERIODS_DIFFER, "", text)


def _same_year(period: Period, named: Period | None) -> bool:
    return named is not None and named.year in (period.year, period.end.year)


def joined(outer: Period, inner: Period) -> Period:
    """Two statements about one row: a month in its year; else the nearer one holds."""
    return inner if inner.kind is not PeriodKind.YEAR or outer.kind is PeriodKind.YEAR else outer


def is_footnote(line: str) -> bool:
    """A footnote, the day on which a table was made, or a remark on one year: what is not about the whole table."""
    begins = re.match(r"\s*(?:\d{1,2}\s?\)|\*|\d\s?:|stand\b)", line, re.IGNORECASE)
    return bool(begins or re.search(r"gesch.tzt|ohne gew.hr|vorl.ufig|revidiert|berichtigt", line, re.IGNORECASE))


@lru_cache(CACHED)
def is_imprint(line: str) -> bool:
    """Who made, printed or published it, and when: no word about what the values are of."""
    return bool(_IMPRINT.search(line))


def of_name(name: str) -> Period | None:
    """The one period in a sheet's name: `2018_A10_Rohdaten`, `Q3 2026`, `Beratungen 1. Halbjahr 2026`."""
    if period := of_text(name.strip()):
        return period
    parts = {spelled.period for _, spelled in spellings.within(name.replace("_", " ")) if spelled.period}
    parts = {period for period in parts if period.kind in (PeriodKind.QUARTER, PeriodKind.HALF_YEAR)}
    years = set(re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", name))
    if len(parts) == 1 and len(years) <= 1:
        return parts.pop()
    return Period.of_year(int(years.pop())) if len(years) == 1 else None
