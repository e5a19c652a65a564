"""Many people click through the product's pages on the sample installation: how quick, how much memory."""

from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from indicators.attainment import METHODS
from indicators.catalogue import load
from indicators.settings import SAMPLE_DEFINITIONS
from tests.bench.pages import sample
from tests.bench.serving import PROJECT, Visit, serving

CLIENTS = 20
PAUSE = 1.0


def steps() -> list[tuple[str, str]]:
    """Every page, every action field and every indicator, some with a choice or as of a day."""
    catalogue = load(SAMPLE_DEFINITIONS["braunschweig"], methods=METHODS)
    pages = [("", ""), ("", "stand=2024-06-30"), ("deliver", ""), ("deliveries", ""), ("definitions", "suche=Kita")]
    pages += [("field", urlencode({"feld": field.code})) for field in catalogue.fields]
    pages += [("indicator", urlencode({"kennzahl": code})) for code in catalogue.indicators]
    pages += [("indicator", urlencode({"kennzahl": code, "ansicht": "tabelle"})) for code in catalogue.indicators]
    return pages


def soak(seconds: float, clients: int = CLIENTS, pause: float = PAUSE, database: Path | None = None) -> str:
    """One line for the crowd without a pause, one for people who look at a page for a second; and the memory."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        built = database or sample(folder)
        with serving(PROJECT / "dashboard.py", PROJECT, built, folder / "server.log") as server:
            visits = [("first click", server.visited(1, 0, steps()))]
            memory = [server.memory]
            for label, share, wait in (("without a pause", 0.5, 0.0), (f"a click every {pause:g} s", 0.5, pause)):
                visits.append((label, server.visited(clients, share * seconds, steps(), wait)))
                memory.append(server.memory)
    grown = [(after - before) / clients for before, after in pairwise(memory)]
    return "\n".join(
        [
            *(_line(label, visit) for label, visit in visits[1:]),
            f"{'memory':>20}: {memory[0]:.0f} MiB after one visit, then {memory[1]:.0f} and {memory[2]:.0f} MiB: "
            f"{grown[0]:.2f} and {grown[1]:.2f} MiB for each of {clients} sessions",
            *(fault for _, visit in visits for fault in visit.faults),
        ]
    )


def _line(label: str, visit: Visit) -> str:
    return (
        f"{label:>20}: {len(visit.pages):6} pages, {visit.rate:6.1f} pages/s, median {visit.quantile(0.5):.0f} ms, "
        f"p95 {visit.quantile(0.95):.0f} ms, server CPU {visit.cpu_a_page:.1f} ms and "
        f"{visit.kib / (len(visit.pages) + visit.opened):.0f} KiB a page, {len(visit.faults)} faults"
    )
