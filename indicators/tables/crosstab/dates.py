"""Cells that Excel, or their reader, may have taken for a date: a date is a period only where its neighbours are.

Excel turns a typed `12.5` into 12 May and the age group `3-5` into 3 May; `2010-11` in a row of school years is no
November. What a cell is shows in the line that it stands in: among numbers it is a value that has to be mended, among
names a name that has to be confirmed, among periods of its kind a period.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from indicators.periods import Period, PeriodKind
from indicators.tables.crosstab import period_forms, spellings, wording
from indicators.tables.crosstab.doubts import Code, Doubt
from indicators.tables.crosstab.grid import Grid, Kind, Seen
from indicators.tables.crosstab.spelled import Spelled

NEAR = 3  # rows or columns in which a neighbour is looked for
_RANGE = re.compile(
    r"\d{1,3}\s?(?:-|–|—|bis)\s?(?:unter\s)?\d{1,3}|(?:unter|ab|über|bis)\s\d{1,3}|\d{1,3}\s?(?:\+|(?:und|u\.)\s?(?:mehr|älter|ä\.).*)",
    re.IGNORECASE,
)


def settled(grid: Grid) -> Grid:
    """The grid with every date and every two-faced spelling read as its neighbours say."""
    changed = {at: now for at, seen in grid.cells.items() if (now := _settled(grid, seen)) is not seen}
    return replace(grid, cells={**grid.cells, **changed}) if changed else grid


def _settled(grid: Grid, seen: Seen) -> Seen:
    if isinstance(seen.cell.value, date):
        if _is_among_numbers(grid, seen):
            return _value_to_mend(seen)
        if _is_among_names(grid, seen):
            return _name_to_confirm(seen)
        return seen._replace(time=replace(seen.time, hesitation=_unseen_year(seen)))
    if seen.time.hesitation is not None and seen.time.hesitation.code is Code.PERIOD_UNUSUAL:
        return _as_school_year(grid, seen)
    return seen


def _shows_year(seen: Seen) -> bool:
    return "y" in seen.cell.style.number_format.lower()


def _is_typed(seen: Seen) -> bool:
    """A format that Excel gives to what it takes for a date by itself: `d-mmm`, `mmm-yy`."""
    return "mmm" in seen.cell.style.number_format.lower()


def _unseen_year(seen: Seen) -> Doubt | None:
    if _shows_year(seen) or seen.time.period is None:
        return None
    said = f"Das Jahr von {seen.time.period.label} ist im Blatt nicht zu sehen; Excel hat es ergänzt."
    return Doubt(Code.PERIOD_UNUSUAL, "", said)


def _neighbour(grid: Grid, seen: Seen, step: tuple[int, int]) -> Seen | None:
    """The nearest filled cell in one direction."""
    row, column = seen.row, seen.column
    for _ in range(NEAR):
        row, column = row + step[0], column + step[1]
        if found := grid.cells.get((row, column)):
            return found
    return None


def _is_among_numbers(grid: Grid, seen: Seen) -> bool:
    """Numbers above and below; or below only (the first row), if what stands above is the head of them all."""
    above, below = _neighbour(grid, seen, (-1, 0)), _neighbour(grid, seen, (1, 0))
    if seen.column == grid.left or not _is_named(grid, seen):
        return False
    numbers = [other is not None and _is_count(other) for other in (above, below)]
    if all(numbers):
        return True
    if numbers[1]:  # the first row: a head of days has no name of its own on its left, or a blank above it
        head = grid.spoken(seen.row - 1, seen.column)
        return head is not None and head.is_text and _is_named(grid, head) and (_is_typed(seen) or _is_row(grid, seen))
    last = below is None or below.is_text or isinstance(below.cell.value, date)
    return numbers[0] and above is not None and _is_named(grid, above) and last


def _is_row(grid: Grid, seen: Seen) -> bool:
    """Whether another cell of its row is a number, so that it is a row of data."""
    return any(_is_count(other) for other in grid.rows[seen.row])


def _is_named(grid: Grid, seen: Seen) -> bool:
    """Whether a name (or a period) stands on its left."""
    first = grid.rows[seen.row][0]
    return first.column < seen.column and not _is_count(first)


def _is_count(seen: Seen) -> bool:
    return seen.kind in (Kind.NUMBER, Kind.SIGN) and not (seen.is_year and seen.number.value == seen.whole)


def _line(grid: Grid, seen: Seen, downwards: bool) -> Iterator[Seen]:
    """The filled cells next to it in its column or row, without those beyond a gap."""
    for sign in (-1, 1):
        at = (seen.row, seen.column)
        while True:
            at = (at[0] + sign, at[1]) if downwards else (at[0], at[1] + sign)
            other = grid.cells.get(at)
            if other is None:
                break
            yield other


def _is_among_names(grid: Grid, seen: Seen) -> bool:
    """In a stub or a head whose other cells are names: classes of age or size, above all."""
    column = list(_line(grid, seen, True))
    if any(other.time.period is not None for other in column) and not any(_RANGE.fullmatch(o.text) for o in column):
        return False  # a column of periods, whatever stands beside it
    for downwards in (True, False):
        line = [other for other in _line(grid, seen, downwards) if not wording.is_total(other.text)]
        names = [other for other in line if other.is_text and other.time.is_silent]
        if any(_RANGE.fullmatch(other.text) for other in names):
            return True
        dates = [other for other in line if other.time.period is not None]
        if downwards and seen.column == grid.left and len(names) > 1 + len(dates):
            return True
    return False


def _typed_text(seen: Seen, separator: str) -> str:
    """What someone typed before Excel made a date of it: `12.5` of 12 May, `10-14` of October 2014."""
    day = seen.cell.value
    assert isinstance(day, date)
    if "d" in seen.cell.style.number_format.lower() and not _shows_year(seen):
        return f"{day.day}{separator}{day.month}"
    return f"{day.month}{separator}{day.day if day.day > 1 else day.year % 100}"


def _value_to_mend(seen: Seen) -> Seen:
    day = seen.cell.value
    assert isinstance(day, date)
    looks = f"{day.day},{day.month}"
    problem = f"Datum {day:%d.%m.%Y} statt einer Zahl; das sieht nach {looks} aus."
    return seen._replace(kind=Kind.BROKEN, time=spellings.SILENT, number=seen.number._replace(problem=problem))


def _name_to_confirm(seen: Seen) -> Seen:
    day = seen.cell.value
    assert isinstance(day, date)
    text = _typed_text(seen, "-")
    said = f"Die Beschriftung in {seen.cell.address} ist ein Datum ({day:%d.%m.%Y}); gemeint ist vermutlich „{text}“."
    doubt = Doubt(Code.LABEL_IS_DATE, text, said)
    return seen._replace(kind=Kind.TEXT, label=text, time=Spelled(hesitation=doubt))


def _as_school_year(grid: Grid, seen: Seen) -> Seen:
    """„2010-11“ beside „2011-12“ and „10/11“ beside „13/14“ are school years; alone they are asked."""
    text = str(seen.cell.value)
    found = re.search(r"(\d\d)?(\d\d)\s?[-/]\s?(\d\d)\D*$", text)
    if found is None or seen.time.period is None:
        return seen
    years = Period(PeriodKind.SCHOOL_YEAR, period_forms.year_of(f"{found[1] or ''}{found[2]}"))
    if years.label[-5:].replace("/", "") != f"{found[2]}{found[3]}":
        return seen
    for downwards in (True, False):
        others = [other for other in _line(grid, seen, downwards) if _spells_years(other, text)]
        if others and all(_could_be_years(other) for other in others):
            return seen._replace(time=Spelled(years))
    return seen


def _spells_years(seen: Seen, like: str) -> bool:
    shape: Callable[[str], str] = lambda text: re.sub(r"\d", "0", text)  # noqa: E731
    return isinstance(seen.cell.value, str) and shape(seen.cell.value.strip()) == shape(like.strip())


def _could_be_years(seen: Seen) -> bool:
    found = re.search(r"(\d\d)\s?[-/]\s?(\d\d)\D*$", str(seen.cell.value))
    return bool(found) and int(found[2]) == (int(found[1]) + 1) % 100  # type: ignore[index]
