"""Musterstadt: a city that does not exist, with everything filled in.

Who is to deliver does so some days before it is due; `data/samples/musterstadt/events.csv` says what came otherwise.
The workbooks are our own templates, filled with the invented courses when they are needed.
"""

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path

from openpyxl import Workbook

from indicators import german
from indicators.catalogue import Catalogue, Frequency
from indicators.deliveries import by_hand
from indicators.knowledge.comments import About
from indicators.model import Breakdown, Sign, Slice
from indicators.periods import Period
from indicators.samples import agreements, boundaries, measures, steering
from indicators.samples.courses import Courses, chance
from indicators.samples.delivering import Step
from indicators.settings import PROJECT
from indicators.store import Store
from indicators.targets import Point
from indicators.templates.reproducible import save
from indicators.templates.template import Fillings, build_template, figures_for, file_name

FOLDER = PROJECT / "data" / "samples" / "musterstadt"

BEGUN = {Frequency.SCHOOL_YEAR: date(2023, 8, 21)}
"""The day on which the collection began, if not `FIRST`; what was due before was brought in then."""
FIRST = date(2024, 1, 15)

PERIODS: Mapping[Frequency, tuple[Period, ...]] = {
    Frequency.QUARTERLY: tuple(Period.quarter(2023, 4).shifted(after) for after in range(12)),
    Frequency.YEARLY: tuple(map(Period.of_year, range(2020, 2026))),
    Frequency.SCHOOL_YEAR: tuple(map(Period.school_year, range(2020, 2026))),
}
OWN_TABLES = {"Staatsangehörigkeit": "einwohner", "Bezirke": "einwohner", "Ausländer": "auslaendische_bevoelkerung"}
"""What the statisticians send every January: sheet and base figure, all years since 2019."""
STATISTICS, OWN_TABLES_SINCE = "STA", 2019
FRIDAY = 4
CHECKED = "Geprüft und mit der Fachanwendung verglichen; die Zahl stimmt."


@dataclass(frozen=True)
class Event:
    """What came otherwise than planned: a delivery with a change, a withdrawal, a release; or what never came."""

    at: datetime
    action: str
    subject: str
    period: str
    change: str
    by: str
    reason: str


def plan(catalogue: Catalogue) -> list[Step]:
    """All steps; events take the place of the planned delivery of their reporter and period."""
    courses = Courses(FOLDER / "courses.csv")
    events = read_events(FOLDER / "events.csv")
    otherwise = {(event.subject, event.period) for event in events if event.action != "type"}
    planned = [
        _delivery(catalogue, courses, reporter, period)
        for reporter in sorted(courses.reporters() - {STATISTICS})
        for period in _periods(catalogue, reporter)
        if (reporter, str(period)) not in otherwise
    ]
    lists = [*measures.plan(catalogue, FOLDER), *agreements.plan(catalogue, FOLDER), *boundaries.plan(FOLDER)]
    return [*planned, *_statistics(catalogue, courses), *_otherwise(catalogue, courses, events), *lists]


def read_events(path: Path) -> list[Event]:
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter=";")
        return [Event(datetime.fromisoformat(row.pop("at") or "0001-01-01"), **row) for row in rows]


def _periods(catalogue: Catalogue, reporter: str) -> Iterator[Period]:
    for frequency in sorted({figure.frequency for figure in catalogue.base_figures_of(reporter)}):
        yield from (period for period in PERIODS[frequency] if catalogue.has_reporter(reporter, period))


def _delivery(catalogue: Catalogue, courses: Courses, reporter: str, period: Period, change: str = "") -> Step:
    """The planned delivery, four to eighteen days before it is due, in the office hours of its reporter."""
    figures = figures_for(catalogue, reporter, period)
    due, begun = max(period.due(figure.due_days) for figure in figures), BEGUN.get(figures[0].frequency, FIRST)
    early = 11 + round(7 * chance(reporter, str(period)))
    day = due - timedelta(days=early) if due >= begun else begun + timedelta(days=period.end.year - 2020)
    day -= timedelta(days=max(day.weekday() - FRIDAY, 0))
    minute = 7 * 60 + round(240 * (1 + chance(str(period), reporter)))
    return Step(
        datetime.combine(day, time()) + timedelta(minutes=minute),
        "deliver",
        file_name(period, reporter),
        catalogue.reporters[reporter].contact,
        CHECKED,
        partial(filled, courses=courses, reporter=reporter, period=period, change=change),
        reporter,
    )


def _otherwise(catalogue: Catalogue, courses: Courses, events: list[Event]) -> Iterator[Step]:
    """A file that comes again has another name, as people do it; what is withdrawn is the file that came last."""
    came: dict[tuple[str, str], int] = {}
    for event in events:
        if event.action == "missing":
            continue
        if event.action == "release":
            yield Step(event.at, "release", event.subject, event.by, event.reason)
            continue
        if event.action in ("compose", "freeze", "agree", "comment"):
            yield Step(event.at, event.action, event.subject, event.by, event.reason, act=_act(event))
            continue
        key = (event.subject, event.period)
        period = Period.parse(event.period)
        if event.action == "type":
            figure, number = event.change.split(" = ")
            content = partial(typed, event=event, figure=figure, number=float(number))
            name = by_hand.name(Slice(figure, event.subject, period))
            yield Step(event.at, "deliver", name, event.by, event.reason, content, event.subject)
            continue
        if event.action == "deliver":
            came[key] = came.get(key, 0) + 1
        suffix = f"_korrigiert{came[key] if came[key] > 2 else ''}" if came[key] > 1 else ""
        step = _delivery(catalogue, courses, event.subject, period, event.change)
        name = step.file.replace(".xlsx", f"{suffix}.xlsx")
        yield replace(step, at=event.at, action=event.action, file=name, by=event.by, reason=event.reason)


def _act(event: Event) -> Callable[[Store, Catalogue], None]:
    """Of a meeting `period` is the day on which what was decided is due, and `change` who is to do it; of a target
    `period` is until when, and `change` its value, the day of the decision and the paper."""
    if event.action == "comment":
        period = Period.parse(event.period) if event.period else None
        about, code = About(event.change), event.subject
        return partial(
            steering.comment, at=event.at, by=event.by, code=code, about=about, period=period, text=event.reason
        )
    if event.action == "agree":
        value, day, paper = event.change.split()
        wanted, on = Point.of(event.period, float(value)), date.fromisoformat(day)
        return partial(
            steering.agree, at=event.at, by=event.by, code=event.subject, target=wanted, on=on, paper=paper,
            remark=event.reason,
        )  # fmt: skip
    if event.action == "freeze":
        return partial(steering.freeze, at=event.at, by=event.by, kind=event.subject)
    return partial(
        steering.compose,
        at=event.at,
        by=event.by,
        day=date.fromisoformat(event.subject),
        due=date.fromisoformat(event.period),
        addressee=event.change,
        wording=event.reason,
    )


def filled(catalogue: Catalogue, courses: Courses, reporter: str, period: Period, change: str = "") -> bytes:
    """The reporter's template with what it counts in the period, and last time's numbers beside it.

    `change` is a mistake or a remark: „figure * 1.2“ counts too much, „figure .“ has a sign for a number, „p“ calls
    everything provisional, „as 2025-Q1“ takes the numbers of another period.
    """
    factors = {found[1]: float(found[2])} if (found := re.fullmatch(r"(\w+) \* ([\d.]+)", change)) else {}
    taken = Period.parse(change.removeprefix("as ")) if change.startswith("as ") else period
    numbers = counted(catalogue, courses, reporter, taken, factors)
    values: Fillings = {key: (number, "p") if change == "p" else number for key, number in numbers.items()}
    if signed := re.fullmatch(r"(\w+) \.", change):
        values = {key: Sign.UNKNOWN if key[0] == signed[1] else value for key, value in values.items()}
    earlier = period.previous
    delivered = any(earlier in periods for periods in PERIODS.values()) and catalogue.has_reporter(reporter, earlier)
    before = counted(catalogue, courses, reporter, earlier, {}) if delivered else {}
    last = {key: german.number(number, 0) for key, number in before.items()}
    return build_template(catalogue, reporter, period, last, values)


def typed(catalogue: Catalogue, event: Event, figure: str, number: float) -> bytes:
    """One total that was typed into the form."""
    who = by_hand.typed_by(event.by, event.at)
    values: Fillings = {(figure, Breakdown()): number}
    return build_template(catalogue, event.subject, Period.parse(event.period), {}, values, only=figure, typed=who)


def counted(
    catalogue: Catalogue, courses: Courses, reporter: str, period: Period, factors: Mapping[str, float]
) -> dict[tuple[str, Breakdown], float]:
    """All numbers of a reporter's template. A breakdown may be there that the period's template does not ask for."""
    return {
        (figure.code, breakdown): float(count)
        for figure in figures_for(catalogue, reporter, period)
        for breakdown, count in courses.counts(
            catalogue, figure, reporter, period, factors.get(figure.code, 1.0)
        ).items()
    }


def _statistics(catalogue: Catalogue, courses: Courses) -> Iterator[Step]:
    """The statisticians' own workbook, every January one year longer."""
    for last in PERIODS[Frequency.YEARLY][3:]:
        yield Step(
            datetime(last.year + 1, 1, 22, 8, 25),
            "deliver",
            f"Bevölkerung_{OWN_TABLES_SINCE}-{last.year}.xlsx",
            catalogue.reporters[STATISTICS].contact,
            CHECKED,
            partial(own_tables, courses=courses, last=last.year),
            STATISTICS,
            OWN_TABLES,
        )


def own_tables(catalogue: Catalogue, courses: Courses, last: int) -> bytes:
    """Three sheets with labels down and years across, as statisticians lay them out."""
    book = Workbook()
    book.remove(book.active)
    years = range(OWN_TABLES_SINCE, last + 1)
    for name, code in OWN_TABLES.items():
        figure = catalogue.base_figure(code)
        by_year = [courses.counts(catalogue, figure, STATISTICS, Period.of_year(year)) for year in years]
        axis = "herkunft" if name == "Staatsangehörigkeit" else "stadtteil"
        sheet = book.create_sheet(name)
        sheet.append([f"{figure.title} in Musterstadt nach {catalogue.dimensions[axis].title} (erfundene Zahlen)"])
        sheet.append([])
        sheet.append([catalogue.dimensions[axis].title, *map(str, years)])
        for member in catalogue.dimensions[axis].members:
            key = Breakdown.of(**{axis: member.code})
            sheet.append([member.title, *(counts.get(key) for counts in by_year)])
        if name != "Bezirke":
            sheet.append(["Insgesamt", *(counts[Breakdown()] for counts in by_year)])
        sheet.append([])
        sheet.append(["Quelle: Melderegister, Stand jeweils 31. Dezember"])
        sheet.column_dimensions["A"].width = 34
    return save(book, date(last + 1, 1, 20))
