"""Every view of 200 agreements over twelve years: `python -m tests.bench --only funding`. By CPU time, each worked out
anew: the page keeps what it has read (`ui/kept.py`)."""

from collections.abc import Callable
from datetime import date, datetime

from indicators.boards import funding as board
from indicators.boards import offers as places
from indicators.boards import proofs as reached
from indicators.catalogue import Catalogue, load
from indicators.datasets import FUNDING, INDICES, OFFERS, PROOFS
from indicators.datasets.listed.entries import Entry
from indicators.datasets.listed.standing import Standing
from indicators.datasets.reading import Reading
from indicators.datasets.slices import valid_deliveries
from indicators.exports import FORMATS
from indicators.knowledge.funding import agreements
from indicators.knowledge.offers import offers
from indicators.knowledge.proofs import owed, proofs
from indicators.ledger import commits
from indicators.ledger.archive import FOREVER
from indicators.ledger.commits import Upload
from indicators.model import Place
from indicators.periods import Period
from indicators.samples import SAMPLES
from indicators.store import Store
from tests.bench.measures import _spent, gated
from tests.bench.measuring import Ratio, forgetful

COUNT, YEARS, TERM, FIRST = 200, 12, 3, 2015
DISTRICTS = ("altstadt", "nordstadt", "oststadt", "suedstadt", "weststadt", "rosenfeld")
TOPICS = ("Beratung", "Sprache", "Begegnung", "Begleitung", "Kurse")


def measure(count: int = COUNT, years: int = YEARS) -> list[Ratio]:
    """One line a view, gated by its limit."""
    city = load(SAMPLES["musterstadt"].definitions)
    store = filled(city, count, years)
    spent = views(store, city)
    store.close()
    return gated(spent)


def filled(city: Catalogue, count: int, years: int) -> Store:
    """Each agreement is renewed every three years, written anew with what was granted and proven each year."""
    store = forgetful(Store(now=datetime(FIRST - 1, 1, 1)))
    units = [code for code, one in city.reporters.items() if one.kind == "provider"]
    for number in range(years):
        year = FIRST + number
        rates = {"index": "Tarifindex", "year": str(year), "kind": "Stand", "value": 100 + 2.5 * number, "source": ""}
        _keep(store, city, INDICES, [("SI", rates)], year)
        _keep(store, city, FUNDING, [(units[one % len(units)], _agreed(one, year)) for one in range(count)], year)
        _keep(store, city, PROOFS, [(units[one % len(units)], _proven(one, year, units)) for one in range(count)], year)
    _keep(store, city, OFFERS, [(units[one % len(units)], _offered(one)) for one in range(2 * count)], FIRST)
    return store


def _number(one: int, year: int) -> str:
    return f"{one}-{(year - FIRST) // TERM}"


def _agreed(one: int, year: int) -> dict[str, str | float]:
    begins = FIRST + (year - FIRST) // TERM * TERM
    before = {"renews": _number(one, begins - 1)} if begins > FIRST else {}
    return {
        "number": _number(one, year), "subject": f"Beratungsstelle {one}", "topic": TOPICS[one % len(TOPICS)],
        "service": "Beschreibung mit vielen Wörtern. " * 12, "districts": DISTRICTS[one % len(DISTRICTS)],
        "staff": "Beratung: 1,5; Verwaltung: 0,25", "start": f"{begins}-01-01", "end": f"{begins + TERM - 1}-12-31",
        "notice": 6.0, "negotiate": 9.0, "base_year": str(begins), "tariff_part": 90000.0 + one,
        "tariff_index": "Tarifindex", "material_part": 12000.0, "material_index": "1,5 % im Jahr",
        "granted": f"{begins}: {100000 + one}", "funders": "Land: 20.000; Bund: 25 %",
        "plan_out": "Personal: 90.000; Miete: 12.000", "planned_cases": 300.0, "owes_report": "ja",
        "owes_figures": "ja", "owes_indicators": "ja", "due": "Sachbericht 31.3.; 6 Monate nach Ende", **before,
    }  # fmt: skip


def _proven(one: int, year: int, units: list[str]) -> dict[str, str | float]:
    return {
        "agreement": f"{units[one % len(units)]} · Nr. {_number(one, year)}", "period": str(year),
        "reached_words": "Es ging voran. " * 30, "cases": float(one % 60), "first_contacts": float(one % 25),
        "counts": "Kurzberatung: 205; Gruppen: 14", "spent": "Personal: 91.000; Miete: 11.000",
        "income": "Stadt: 100.000",
    }  # fmt: skip


def _offered(one: int) -> dict[str, str | float]:
    return {
        "title": f"Angebot {one}", "topic": TOPICS[one % len(TOPICS)], "districts": DISTRICTS[one % len(DISTRICTS)],
        "languages": "Deutsch; Arabisch" if one % 3 else "Deutsch; Türkisch", "target_groups": "Familien",
        "start": "2015-01-01",
    }  # fmt: skip


def _keep(store: Store, city: Catalogue, data_set: Standing, lines: list, year: int) -> None:
    at, period = datetime(year, 2, 1, 9), Period.of_year(year)
    rows = []
    for row, (unit, values) in enumerate(lines, start=6):
        key = data_set.key_for(unit, period, data_set.form.name_of(values))
        rows.append(Entry(key, tuple(values.items()), Place("Liste", f"A{row}")))
    covers = tuple(row.slice for row in rows)
    reading = Reading(data_set.code, rows[0].key.reporter, period, tuple(rows), covers)
    upload = Upload(f"{data_set.code}-{year}.xlsx", f"{data_set.code}-{year}".encode(), "Messung")
    commits.commit(store, city, upload, reading, valid_deliveries(store, covers), at)


def views(store: Store, city: Catalogue) -> list[tuple[str, float]]:
    """Name and milliseconds."""
    today, year, small = date(2026, 3, 1), Period.of_year(2026), city.small_below
    found, known, there = agreements(store, FOREVER), proofs(store, FOREVER, small), offers(store, FOREVER)
    served = reached.served(found, known, today)
    everything = board.list_figure(found, city, year, today, None)
    parts: dict[str, Callable[[], object]] = {
        "agreements with their versions": lambda: agreements(store, FOREVER),
        "agreements six years ago": lambda: agreements(store, datetime(2020, 6, 1)),
        "proofs, small numbers kept back": lambda: proofs(store, FOREVER, small),
        "search and filters": lambda: board.chosen(found, board.Choice(word="beratungsstelle 7"), city, today),
        "list with all fields": lambda: board.list_figure(found, city, year, today, None),
        "what runs out": lambda: board.ending_figure(found, city, today, None),
        "sums by topic": lambda: board.sums_figure(found, "topic", city, year, today, None),
        "sums by funder": lambda: board.sums_figure(found, "funder", city, year, today, None),
        "what is due": lambda: reached.owed_figure(owed(found, known, today), city, None),
        "agreements and their proofs": lambda: reached.served(found, known, today),
        "cases by year": lambda: reached.counselling_figure(served, "year", "", city, None),
        "cases by agreement": lambda: reached.counselling_figure(served, "agreement", "2025", city, None),
        "matrix of offers": lambda: places.matrix_figure(there, "districts", city, today, None, TOPICS),
        "parallels": lambda: places.parallels_figure(there, city, None),
        "when a funder leaves": lambda: places.leaving_figure("Land", found, there, city, today, None),
        "CSV of all": lambda: FORMATS["csv"].render([everything]),
        "Excel of all": lambda: FORMATS["xlsx"].render([everything]),
    }
    return [(name, _spent(work)) for name, work in parts.items()]
