"""Pages of large installations, each within a second of the server, and what grows with what."""

import math
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from indicators.attainment import METHODS
from indicators.catalogue import Catalogue, load
from indicators.knowledge import snapshot
from indicators.model import Breakdown
from indicators.store import Store
from tests.bench.city import Size, filled
from tests.bench.measuring import Ratio, alternately, best, forgetful
from tests.bench.meeting import definitions, deliver
from tests.bench.serving import PROJECT, Server, Steps, serving

LIMIT = 1000.0
"""Milliseconds of the server's processor for a page of a large installation."""
EXPONENT = 1.1
SIXTY, SNAPSHOT = 60, 150.0
"""Indicators, and the milliseconds that a snapshot of so many may take."""
AUDITED, DISTRICTS = 100_000, 40
TWENTY_YEARS = Size(figures=5, reporters=25, groups=1, periods=80)
OBSERVATIONS = (10_000, 100_000, 1_000_000)
INDICATORS = (10, 100, 1_000)
PEOPLE = (1, 10, 100)
AS_OF = "select sum(value) from valid_observation(timestamp '2027-06-01')"


def measure(
    indicators: Sequence[int] = INDICATORS,
    audited: int = AUDITED,
    years: Size = TWENTY_YEARS,
    people: Sequence[int] = PEOPLE,
) -> list[Ratio]:
    with TemporaryDirectory() as name:
        folder = Path(name)
        return [
            large(folder / "indicators", f"overview, {indicators[-1]:,} indicators", many(indicators[-1]), ("", "")),
            large(folder / "audit", f"audit, {audited:,} rows", audit(audited), ("administration", "")),
            large(folder / "deliveries", f"deliveries of {years.periods // 4} years", old(years), ("deliveries", "")),
            large(folder / "districts", f"indicator, {DISTRICTS} districts", districts, ("indicator", "kennzahl=A-00")),
            Ratio(*of_sixty(taken(SIXTY)), most=1),
            growth("snapshot by indicators", indicators, [taken(number) for number in indicators]),
            growth("as of a moment by observations", *as_of(OBSERVATIONS if audited >= AUDITED else (300, 600))),
            growth("server by people", people, by_people(folder / "people", people)),
        ]


def of_sixty(spent: float) -> tuple[str, str, str, float]:
    name = f"snapshot of {SIXTY} indicators / {SNAPSHOT:.0f} ms (CPU)"
    return name, f"{spent:.0f} ms", f"{SNAPSHOT:.0f} ms", spent / SNAPSHOT


def growth(name: str, sizes: Sequence[int], spent: Sequence[float]) -> Ratio:
    """How fast the cost of a thing grows: 1 where twice as many cost twice as much."""
    exponent = math.log(spent[-1] / spent[0]) / math.log(sizes[-1] / sizes[0])
    ends = f"{sizes[0]:,} to {sizes[-1]:,}"
    return Ratio(f"{name}, {ends}: exponent", f"{spent[-1]:.0f} ms", f"{spent[0]:.0f} ms", exponent, most=EXPONENT)


Fill = Callable[[Path], Catalogue]
"""Writes definitions and a database into a folder."""


def large(folder: Path, name: str, fill: Fill, step: tuple[str, str]) -> Ratio:
    """One page of an installation that is open already; the processor's time, as somebody comes to it."""
    with running(folder, fill) as server:
        server.visited(1, 0.1, [step])
        visit = server.visited(1, 2, [step])
    if visit.faults or not visit.pages:
        raise RuntimeError(f"{name}: the page failed: {visit.faults}")
    return Ratio(f"{name} / 1 s", f"{visit.cpu_a_page:.0f} ms", "1000 ms", visit.cpu_a_page / LIMIT, most=1)


@contextmanager
def running(folder: Path, fill: Fill) -> Iterator[Server]:
    folder.mkdir()
    (folder / "definitions").mkdir()
    fill(folder)
    with serving(PROJECT / "dashboard.py", PROJECT, database(folder), folder / "log", folder / "definitions") as server:
        yield server


def database(folder: Path) -> Path:
    return folder / "city.duckdb"


def many(indicators: int, quarters: int = 12) -> Fill:
    def fill(folder: Path) -> Catalogue:
        city = definitions(folder / "definitions", indicators)
        store = forgetful(Store(database(folder), now=datetime(2020, 1, 1)))
        for number in range(quarters):
            deliver(store, city, number)
        store.close()
        return city

    return fill


def audit(rows: int) -> Fill:
    """Attempts to deliver, one after the other."""

    def fill(folder: Path) -> Catalogue:
        city = many(1, 1)(folder)
        store = forgetful(Store(database(folder)))
        with store.transaction() as cursor:
            cursor.execute(
                "insert into upload select 1000 + n, 'sha', 'f' || n || '.xlsx', 'Person ' || n % 40, "
                "timestamp '2021-01-01' + to_minutes(n), 'rejected' from range($rows) as r (n)",
                {"rows": rows},
            )
        store.close()
        return city

    return fill


def old(size: Size) -> Fill:
    """Every reporter each quarter, for so many years."""

    def fill(folder: Path) -> Catalogue:
        city = definitions(folder / "definitions", size.figures)
        filled(database(folder), size).close()
        return city

    return fill


def districts(folder: Path) -> Catalogue:
    """One count by so many districts, quarter by quarter."""
    members = ", ".join(f"{{code: d{n:02}, title: Stadtteil {n}}}" for n in range(DISTRICTS))
    city = definitions(folder / "definitions", 60)
    dimensions = f"dimensions:\n  - {{code: teil, title: Stadtteil, role: district, members: [{members}]}}\n"
    (folder / "definitions" / "dimensions.yaml").write_text(dimensions, encoding="utf-8")
    field = folder / "definitions" / "a.yaml"
    text = field.read_text(encoding="utf-8")
    text = text.replace("reporters: [FB 1]}", "reporters: [FB 1], dimensions: [teil], breakdowns: [[], [teil]]}")
    text = text.replace("direction: up, definition", "direction: up, breakdowns: [teil], definition")
    field.write_text(text, encoding="utf-8")
    city = load(folder / "definitions", methods=METHODS)
    store = forgetful(Store(database(folder), now=datetime(2020, 1, 1)))
    for number in range(12):
        deliver(store, city, number, [Breakdown(), *(Breakdown.of(teil=f"d{n:02}") for n in range(DISTRICTS))])
    store.close()
    return city


def taken(indicators: int) -> float:
    """Milliseconds of processor for one snapshot."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "definitions").mkdir()
        city = many(indicators)(folder)
        store = forgetful(Store(database(folder)))
        at = datetime(2026, 1, 1)
        work = partial(snapshot.take, store, city, at, suppressed=False)
        work()
        spent = best(alternately([work], rounds=3, clock=time.process_time)[0])
        store.close()
    return spent


def as_of(sizes: Sequence[int]) -> tuple[list[int], list[float]]:
    """Observations, and milliseconds of processor for those that were valid at a moment."""
    found: list[tuple[int, float]] = []
    for wanted in sizes:
        with TemporaryDirectory() as name:
            store = filled(
                Path(name) / "city.duckdb", Size(figures=5, reporters=2, groups=max(1, wanted // 400), periods=40)
            )
            work = partial(store.value, AS_OF)
            spent = best(alternately([work], rounds=7, clock=time.process_time)[0])
            found.append((int(store.value("select count(*) from observation")), spent))
            store.close()
    return [size for size, _ in found], [spent for _, spent in found]


def by_people(folder: Path, people: Sequence[int]) -> list[float]:
    """Milliseconds of the server for one page of each of so many people."""
    steps: Steps = [("", ""), ("indicator", "kennzahl=A-01"), ("field", "feld=A")]
    with running(folder, many(20)) as server:
        server.visited(1, 0.5, steps)
        visits = [server.visited(number, 3, steps) for number in people]
    return [number * visit.cpu_a_page for number, visit in zip(people, visits, strict=True)]
