"""„Seit der letzten Sitzung“ for 60 indicators over 12 meetings, on kept snapshots, against taking the snapshots."""

import time
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from indicators.attainment import METHODS
from indicators.boards.since_meeting import Since, since
from indicators.catalogue import Catalogue, load
from indicators.datasets.reading import Reading
from indicators.knowledge import snapshot
from indicators.knowledge.snapshot import Snapshot
from indicators.ledger import commits
from indicators.ledger.commits import Upload
from indicators.model import Breakdown, Observation, Place, Slice
from indicators.periods import Period
from indicators.store import Store
from tests.bench.measuring import Ratio, alternately, best, forgetful

INDICATORS, MEETINGS = 60, 12
LIMIT = 1000.0
"""Milliseconds for all comparisons together."""
CITY = {
    "dimensions.yaml": "dimensions: []\n",
    "city.yaml": "name: Messstadt\n",
    "units.yaml": "units:\n  - {code: Personen, title: Personen}\n",
    "reporters.yaml": "reporters:\n  - {code: FB 1, name: Fachbereich 1}\n",
}


def measure(indicators: int = INDICATORS, meetings: int = MEETINGS) -> list[Ratio]:
    """Comparing each meeting with the one before it, by CPU time: milliseconds depend on the neighbours. What the
    snapshots take is said beside it."""
    with TemporaryDirectory() as folder:
        city = definitions(Path(folder), indicators)
        store = forgetful(Store(Path(folder) / "bench.duckdb", now=datetime(2020, 1, 1)))
        days = [deliver(store, city, number) for number in range(meetings)]
        begun = time.perf_counter()
        kept = [snapshot.take(store, city, day, suppressed=False) for day in days]
        taken = 1000 * (time.perf_counter() - begun)
        found = compared(kept)
        ours = best(alternately([lambda: compared(kept)], rounds=3, clock=time.process_time)[0])
        store.close()
    assert sum(len(one.changes) for one in found) >= indicators * (meetings - 1)
    name = f"since the last meeting, {indicators} indicators, {meetings} meetings / one second (CPU)"
    return [Ratio(name, f"{ours:.0f} ms", f"snapshots {taken:.0f} ms", ours / LIMIT, most=1)]


def compared(kept: list[Snapshot]) -> list[Since]:
    return [since(before, after) for before, after in pairwise(kept)]


def definitions(folder: Path, indicators: int) -> Catalogue:
    for name, text in CITY.items():
        (folder / name).write_text(text, encoding="utf-8")
    figures = "".join(
        f"  - {{code: g{n}, title: Grundzahl {n}, unit: Personen, kind: flow, frequency: quarterly, "
        "reporters: [FB 1]}\n"
        for n in range(indicators)
    )
    judged = "".join(
        f"  - {{code: A-{n:02}, title: Kennzahl {n}, goal: A-1, kind: output, formula: g{n}, unit: Personen, "
        'decimals: 0, direction: up, definition: D, source: S, baseline: {period: "2019", value: 50}, '
        'targets: [{period: "2030", value: 300}]}\n'
        for n in range(indicators)
    )
    goals = "guiding_goals:\n  - {code: A-1, title: Mehr}\n"
    text = f"field: A\ntitle: Feld\n{goals}base_figures:\n{figures}indicators:\n{judged}"
    (folder / "a.yaml").write_text(text, encoding="utf-8")
    return load(folder, methods=METHODS)


def deliver(store: Store, city: Catalogue, number: int, parts: Sequence[Breakdown] = (Breakdown(),)) -> datetime:
    """One quarter of all base figures; the moment after it, at which a meeting looks at it."""
    period = Period.quarter(2020 + number // 4, number % 4 + 1)
    at = datetime(2020 + (number + 1) // 4, 3 * ((number + 1) % 4) + 1, 20)
    rows = tuple(
        Observation(code, "FB 1", period, part, 50.0 + 9 * number + place, place=Place("Blatt", "B2"))
        for place, code in enumerate(city.base_figures)
        for part in parts
    )
    slices = tuple(Slice(code, "FB 1", period) for code in city.base_figures)
    upload = Upload("messung.xlsx", repr((number, at)).encode(), "Test")
    commits.commit(store, city, upload, Reading("figures", "FB 1", None, rows, slices), {}, at)
    return at
