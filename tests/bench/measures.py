"""Every view of 400 measures with five years of history: `python -m tests.bench --only measures`, or of its own.

By CPU time, each as it is worked out anew: the page keeps what it has read (`ui/kept.py`).
"""

import time
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from indicators.boards import measure_checks, measure_time
from indicators.boards import measure_context as context
from indicators.boards import measures as board
from indicators.boards.measures import Choice
from indicators.catalogue import Catalogue, load
from indicators.datasets import MEASURES
from indicators.datasets.listed.entries import Entry
from indicators.datasets.measures import STATUSES
from indicators.datasets.reading import Reading
from indicators.datasets.slices import valid_deliveries
from indicators.deliveries.editing import edit
from indicators.exports import FORMATS
from indicators.knowledge.measures import measures
from indicators.ledger import commits
from indicators.ledger.archive import FOREVER
from indicators.ledger.commits import Upload
from indicators.model import Place
from indicators.periods import Period
from indicators.samples import SAMPLES
from indicators.store import Store
from tests.bench.measuring import Ratio, forgetful

MEASURES_COUNT, YEARS, A_YEAR = 400, 5, 4
LIMIT = 500.0
"""Milliseconds for each view."""
FILES = ("CSV of all", "Excel of all")
"""No views: they are made when somebody downloads them."""


def measure(count: int = MEASURES_COUNT, years: int = YEARS) -> list[Ratio]:
    """One line a view, gated by its limit."""
    city = load(SAMPLES["musterstadt"].definitions)
    store = filled(city, count, years)
    spent = views(store, city)
    store.close()
    return gated(spent)


def gated(spent: Iterable[tuple[str, float]]) -> list[Ratio]:
    """What each view took against the limit; files are told and not gated."""
    found = [Ratio(name, f"{taken:.0f} ms", f"{LIMIT:.0f} ms", taken / LIMIT, most=1) for name, taken in spent]
    return [ratio if ratio.name not in FILES else ratio.ungated() for ratio in found]


def filled(city: Catalogue, count: int, years: int) -> Store:
    """Each measure is told anew four times a year, with texts as long as cities write them."""
    store = forgetful(Store(now=datetime(2020, 1, 1)))
    units, fields, indicators = list(city.reporters), [one.code for one in city.fields], list(city.indicators)
    for number in range(years * A_YEAR):
        at = datetime(2021, 1, 15, 9) + timedelta(days=91 * number)
        period = Period.of_year(at.year)
        rows = []
        for one in range(count):
            name = MEASURES.form.name_of({"concept": f"Konzept {one % 2}", "number": str(one)})
            content = {
                "concept": f"Konzept {one % 2}",
                "number": str(one),
                "title": f"Maßnahme Nummer {one} für Übergänge",
                "status": STATUSES[(one + number) % len(STATUSES)],
                "field": fields[one % len(fields)],
                "description": "Beschreibung mit vielen Wörtern. " * 12,
                "cost_yearly": float(1000 + one),
                "posts": one % 7 / 4,
                "participants": float(one % 50),
                "indicators": indicators[one % len(indicators)],
                "state": f"Stand {number}: " + "es geht voran. " * 8,
                "state_on": at.date().isoformat(),
                "start": f"{2015 + one % 11}-01-01",
                "end": f"{2020 + one % 11}-12-31",
                "next_steps": "Weitere Schritte abstimmen. " * 4,
            }
            key = MEASURES.key_for(units[one % len(units)], period, name)
            rows.append(Entry(key, tuple(content.items()), Place("Liste", f"D{one + 6}")))
        covers = tuple(row.slice for row in rows)
        reading = Reading(MEASURES.code, units[0], period, tuple(rows), covers)
        upload = Upload(f"{number}.xlsx", str(number).encode(), "Messung")
        commits.commit(store, city, upload, reading, valid_deliveries(store, covers), at)
    return store


def views(store: Store, city: Catalogue) -> list[tuple[str, float]]:
    """Name and milliseconds."""
    now = measures(store, FOREVER, city.small_below)
    today, one = datetime(2026, 1, 10).date(), now[7]
    before = measures(store, datetime(2024, 6, 1), city.small_below)
    everything = board.list_figure(now, city, today, None)
    wanted = Choice(word="uebergaenge abstimmen", field=city.fields[0].code)
    said = dict(MEASURES.states(store)[one.name][-1].content or ())
    parts: dict[str, Callable[[], object]] = {
        "what holds now, with its history": lambda: measures(store, FOREVER, city.small_below),
        "what held two years ago": lambda: measures(store, datetime(2024, 1, 1), city.small_below),
        "search and filters": lambda: board.chosen(now, wanted, city, today),
        "list with all fields": lambda: board.list_figure(now, city, today, None),
        "sums": lambda: board.sums_figure(now, None),
        "by action field": lambda: board.grouped_figure(now, "field", city, today, None),
        "by goal": lambda: board.grouped_figure(now, "goal", city, today, None),
        "time line": lambda: measure_time.figure(
            measure_time.time_line(now, "field", city, today), "field", city, None
        ),
        "last changes": lambda: measure_time.changes_figure(now, city, None, who=True),
        "check in a report": lambda: measure_checks.checked_figure(now, city.fields),
        "one measure with history": lambda: (board.facts(one, city), board.history_figure(one, city, None, who=True)),
        "at an indicator": lambda: context.moving(now, next(iter(city.indicators)), city),
        "since a meeting": lambda: context.moved_figure(context.moved(before, now), city, None),
        "in a report": lambda: [context.report_figure(now, field, city) for field in city.fields],
        "CSV of all": lambda: FORMATS["csv"].render([everything]),
        "Excel of all": lambda: FORMATS["xlsx"].render([everything]),
        "checking an edit": lambda: edit(
            store, city, MEASURES, one.reporter, said | {"state": "neu"}, one.delivery, "Messung", datetime(2026, 1, 10)
        ),
    }
    return [(name, _spent(work)) for name, work in parts.items()]


def _spent(work: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(3):
        begun = time.process_time()
        work()
        best = min(best, time.process_time() - begun)
    return best * 1000
