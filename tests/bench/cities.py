"""Many cities in one process: how it starts, what each takes that is open, and whether they feel each other."""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from indicators.ledger import commits
from indicators.settings import SAMPLE_DEFINITIONS
from indicators.ui import here, kept, process, session
from tests.attack.visiting import Visitor
from tests.bench.measuring import Ratio
from tests.bench.pages import sample
from tests.bench.serving import PAGE_KIB
from tests.servers import Server, free_port, started

CITIES, VISITED = 400, 60
START, PAGE = 20.0, 500.0
"""Milliseconds of the start for each city more than one; of an overview."""


def measure(cities: int = CITIES, visited: int = VISITED) -> list[Ratio]:
    with TemporaryDirectory() as name:
        folder, database = Path(name), sample(Path(name))
        many, alone = _built(folder / "viele", database, cities), _built(folder / "eine", database, 1)
        for _ in range(2):  # what a first server loads is at hand for the others
            with _serving(alone) as (_, one):
                pass
        with _serving(many) as (server, all_of_them):
            found = [
                _bound(
                    f"start: {cities} cities more / {START:.0f} ms for each", all_of_them - one, cities * START, 1.0
                ),
                *_visits(server, visited),
            ]
        return [*found, *_delivery(many, min(visited, 20))]


def _built(folder: Path, database: Path, cities: int) -> Path:
    for number in range(cities):
        home = folder / _key(number)
        (home / "data").mkdir(parents=True)
        (home / "settings.toml").write_text(f'host = "{_key(number)}.localhost"\n', encoding="utf-8")
        shutil.copy(database, home / "data" / "monitoring.duckdb")
    return folder


def _key(number: int) -> str:
    return f"stadt{number:03}"


def _shared(folder: Path) -> dict[str, str]:
    """All have the definitions of one: nothing but the city tells what is kept of them apart."""
    return {
        "MONITORING_CITIES": str(folder),
        "MONITORING_DEFINITIONS": str(SAMPLE_DEFINITIONS["braunschweig"]),
        "MONITORING_KEEP_DAILY": "0",
    }


@contextmanager
def _serving(folder: Path) -> Iterator[tuple[Server, float]]:
    """With the milliseconds until it answers."""
    log = folder.parent / f"{folder.name}-log"
    log.mkdir(exist_ok=True)
    begun = time.perf_counter()
    server = started(log, free_port(), **_shared(folder), MONITORING_HOME="")
    took = 1000 * (time.perf_counter() - begun)
    try:
        yield server, took
    finally:
        server.stop()


def _visits(server: Server, visited: int) -> Iterator[Ratio]:
    """Each city twice, by another browser each time; and what the process has grown by."""
    _page(server, 0), _page(server, 0)  # what the first page loads, it loads for all
    before = _taken(server)
    first = [_page(server, number) for number in range(1, visited + 1)]
    after = _taken(server)
    second = [_page(server, number) for number in range(1, visited + 1)]
    yield _bound("overview of a city that is open / 0.5 s", median(second), PAGE, 1.0)
    yield _bound("overview of a city that is opened / 0.5 s", median(first), PAGE)
    for what, unit, more, of in zip(("memory", "files", "threads"), ("MiB", "", ""), after, before, strict=True):
        grown = (more - of) / visited
        yield Ratio(f"{what} for each open city", f"{grown:.1f} {unit}", f"{of:.0f} {unit}", grown / max(of, 1))


def _page(server: Server, number: int) -> float:
    """Milliseconds of an overview as a new visitor sees it, from the socket to the end of the run."""
    port = server.address.rstrip("/").rpartition(":")[2]
    visitor = Visitor(f"http://{_key(number)}.localhost:{port}/", machine=server.address)
    begun = time.perf_counter()
    with visitor.tab() as tab:
        assert "Kennzahlen" in tab.open("overview")
    return 1000 * (time.perf_counter() - begun)


def _taken(server: Server) -> tuple[float, float, float]:
    """MiB, open files and threads of the process."""
    own = Path(f"/proc/{server.process.pid}")
    memory = int((own / "statm").read_text().split()[1]) * PAGE_KIB / 1024
    return memory, len(list((own / "fd").iterdir())), len(list((own / "task").iterdir()))


def _delivery(folder: Path, looked_at: int) -> Iterator[Ratio]:
    """One city withdraws a delivery: what is kept of the others is still there, and as fast."""
    former = {name: os.environ.get(name) for name in _shared(folder)}
    os.environ.update(_shared(folder))
    process.end()
    try:
        others = [_key(number) for number in range(1, looked_at + 1)]
        seen = {key: _look(key, lambda: kept.shared(None)) for key in others}
        before = _round(others)
        with here.within(_key(0)):
            kept.shared(None)
            commits.withdraw(session.store(), 1, datetime(2030, 1, 1), "Messung", "Messung")
        after = _round(others)
        lost = sum(_look(key, lambda: kept.shared(None)) is not seen[key] for key in others)
        yield Ratio(f"of {looked_at} cities worked out anew after a delivery in another", str(lost), "0", lost, most=0)
        yield _bound("looking at them after it / before", after, before, 1.5)
    finally:
        process.end()
        for name, value in former.items():
            if value is None:
                os.environ.pop(name)
            else:
                os.environ[name] = value


def _look(key: str, act: Callable[[], object]) -> object:
    with here.within(key):
        return act()


def _round(keys: list[str], times: int = 20) -> float:
    """Milliseconds of the processor, best of some rounds."""
    took = []
    for _ in range(times):
        begun = time.process_time()
        for key in keys:
            _look(key, lambda: kept.shared(None))
        took.append(1000 * (time.process_time() - begun))
    return min(took)


def _bound(name: str, ours: float, other: float, most: float | None = None) -> Ratio:
    return Ratio(name, f"{ours:.0f} ms", f"{other:.0f} ms", ours / other, most=most)
