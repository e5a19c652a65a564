"""A page's rerun on the server: eight charts our way against the same page with plain Altair and default settings."""

import shutil
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from indicators.samples import SAMPLES
from tests.bench import peers
from tests.bench.measuring import Ratio, faster
from tests.bench.serving import PROJECT, Server, Visit, serving

APPS = Path(__file__).parent / "apps"


def sample(folder: Path) -> Path:
    """The sample Braunschweig, built anew through the pipeline (12 s)."""
    database = folder / "sample.duckdb"
    SAMPLES["braunschweig"].build(database)
    return database


def measure(clients: int = 20, seconds: float = 6, rounds: int = 3, database: Path | None = None) -> list[Ratio]:
    """Both servers run all the time and are visited in turn; the best round of each counts."""
    with TemporaryDirectory() as name, ExitStack() as running:
        folder = Path(name)
        built = database or sample(folder)
        ours = running.enter_context(_app("ours", PROJECT, built, folder))
        dash = None
        if peers.DASH.exists():
            shutil.copy(built, folder / "rows.duckdb")
            charts = peers.rows(folder / "rows.duckdb", folder / "rows.json")
            dash = running.enter_context(peers.dash(charts, folder / "dash.log"))
        plain = running.enter_context(_app("plain", folder, built, folder))
        visits: dict[str, list[Visit]] = {"ours": [], "plain": [], "dash": []}
        for server in (ours, plain):
            server.visited(2, 0.5)
        for _ in range(rounds):
            visits["ours"].append(_visited(ours, clients, seconds))
            visits["plain"].append(_visited(plain, clients, seconds))
            if dash:
                visits["dash"].append(peers.visited(dash, clients, seconds))
    return compared(visits, clients)


def compared(visits: Mapping[str, Sequence[Visit]], clients: int) -> list[Ratio]:
    best = {name: max(seen, key=lambda visit: visit.rate) for name, seen in visits.items() if seen}
    quick, slow = best["ours"], best["plain"]
    name = f"page with 8 charts, {clients} clients"
    by_dash = [
        faster(f"{name}, server CPU a page / Dash", quick.cpu_a_page, other.cpu_a_page, least=2.5)
        for other in [best.get("dash")]
        if other
    ]
    return [
        *by_dash,
        Ratio(
            f"{name}, ours / plain Altair and defaults",
            f"{quick.rate:.1f} pages/s",
            f"{slow.rate:.1f} pages/s",
            quick.rate / slow.rate,
            least=10,
        ),
        Ratio(
            f"{name}, server CPU a page",
            f"{quick.cpu_a_page:.1f} ms",
            f"{slow.cpu_a_page:.1f} ms",
            slow.cpu_a_page / quick.cpu_a_page,
        ),
    ]


def _app(name: str, folder: Path, built: Path, logs: Path):  # type: ignore[no-untyped-def]
    """DuckDB lets one process own a file, so each server has its copy."""
    database = logs / f"{name}.duckdb"
    shutil.copy(built, database)
    return serving(APPS / f"{name}.py", folder, database, logs / f"{name}.log")


def _visited(server: Server, clients: int, seconds: float) -> Visit:
    visit = server.visited(clients, seconds)
    if visit.faults or not visit.pages:
        raise RuntimeError(f"the page failed: {visit.faults}")
    return visit
