"""Measures in time: their terms on one axis, in words and as bars, and which of them changed last. Pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from indicators import german
from indicators.boards import measures as board
from indicators.catalogue import Catalogue
from indicators.datasets.listed.fields import YES
from indicators.figures.figure import Cell, Figure, framed
from indicators.knowledge.measures import Measure
from indicators.moments import local_day
from indicators.names import named

LONGEST = 10
"""So many years before and after today are drawn; a bar that goes on beyond them is cut, its words say all."""
LOOKS = {"umgesetzt": "done", "zurückgestellt": "stopped", "entfallen": "stopped"}
BY = board.GROUPS


@dataclass(frozen=True)
class Bar:
    """`begin` and `length` are shares of the axis, None where no day is known; `open_end` of what has no last day."""

    measure: Measure
    term: str
    begin: float | None
    length: float
    open_end: bool
    overdue: str

    @property
    def look(self) -> str:
        status = self.measure.status
        return "running" if status in board.RUNNING else LOOKS.get(status, "ahead")


@dataclass(frozen=True)
class TimeLine:
    """`years` with the place at which each begins, `today` as a place; bars by group."""

    years: tuple[tuple[int, float], ...]
    today: float
    groups: tuple[tuple[str, tuple[Bar, ...]], ...]


def time_line(found: Sequence[Measure], by: str, catalogue: Catalogue, today: date) -> TimeLine:
    """All measures by group; what begins first is the first, what has no day the last."""
    first, last = _ends(found, today)
    whole = (last - first).days

    def place(day: date) -> float:
        return min(max((day - first).days / whole, 0.0), 1.0)

    ordered = sorted(found, key=lambda one: (one.day("start") or one.day("end") or date.max, one.name))
    bars = {one.name: _bar(one, today, first, last, place) for one in ordered}
    groups = board.grouped(ordered, by, catalogue)
    years = tuple((year, place(date(year, 1, 1))) for year in range(first.year, last.year))
    return TimeLine(
        years, place(today), tuple((name, tuple(bars[one.name] for one in own)) for name, own in groups.items())
    )


def _ends(found: Sequence[Measure], today: date) -> tuple[date, date]:
    """Whole years, from the first day that is known to the day after the last."""
    days = [day for one in found for code in ("start", "end") if (day := one.day(code))]
    years = [min(max(day.year, today.year - LONGEST), today.year + LONGEST) for day in (*days, today)]
    return date(min(years), 1, 1), date(max(years) + 1, 1, 1)


def _bar(one: Measure, today: date, first: date, last: date, place: Callable[[date], float]) -> Bar:
    start, end = one.day("start"), one.day("end")
    begin = None if start is None and end is None else place(start or first)
    until = place(end + timedelta(days=1)) if end else 1.0
    return Bar(
        one, term(one), begin, 0.0 if begin is None else max(until - begin, 0.0), end is None, one.overdue(today)
    )


def term(one: Measure) -> str:
    """„01.01.2024 bis 31.12.2026“, „seit 01.01.2024, dauerhaft“."""
    start, end = one.day("start"), one.day("end")
    permanent = one.text("permanent") == YES
    if start and end:
        return f"{german.day(start)} bis {german.day(end)}"
    if end:
        return f"bis {german.day(end)}"
    if start:
        return f"ab {german.day(start)}, {'dauerhaft' if permanent else 'Ende nicht angegeben'}"
    return "dauerhaft" if permanent else "Laufzeit nicht angegeben"


def figure(line: TimeLine, by: str, catalogue: Catalogue, moment: datetime | None) -> Figure:
    """The same as a table for the exports."""
    rows = [(name, bar) for name, bars in line.groups for bar in bars]
    columns: dict[str, list[Cell]] = {
        BY[by]: [name for name, _ in rows],
        "Maßnahme": [bar.measure.called for _, bar in rows],
        "Laufzeit": [bar.term for _, bar in rows],
        "Beginn": [_day(bar.measure, "start") for _, bar in rows],
        "Ende": [_day(bar.measure, "end") for _, bar in rows],
    }
    if by != "status":
        columns["Status"] = [bar.measure.status for _, bar in rows]
    if by != "reporter":
        columns["Zuständig"] = [catalogue.reporter_name(bar.measure.reporter) for _, bar in rows]
    columns["Überfällig"] = [bar.overdue for _, bar in rows]
    return Figure("massnahmen-zeitleiste", f"Laufzeiten der Maßnahmen nach {BY[by]}", framed(columns), moment=moment)


def _day(one: Measure, code: str) -> str:
    day = one.day(code)
    return german.day(day) if day else ""


def changes_figure(found: Iterable[Measure], catalogue: Catalogue, moment: datetime | None, *, who: bool) -> Figure:
    """What was changed last of each measure, the newest first; by whom for those who may know."""
    newest = sorted(found, key=lambda one: (one.at, one.delivery), reverse=True)
    columns: dict[str, list[Cell]] = {
        "Geändert am": [german.day(local_day(one.at)) for one in newest],
        "Maßnahme": [one.called for one in newest],
        "Was sich änderte": [", ".join(one.changed) or "neu eingetragen" for one in newest],
        "Status": [board.titled(one.status) for one in newest],
        "Sachstand": [one.text("state") for one in newest],
        "Zuständig": [catalogue.reporter_name(one.reporter) for one in newest],
        "Lieferung": [str(one.delivery) for one in newest],
    }
    if who:
        columns["Eingetragen von"] = [named(one.by, one.at) for one in newest]
    return Figure("massnahmen-aenderungen", "Letzte Änderungen", framed(columns), moment=moment)
