"""Other programs that show the same page, in an environment of their own (`make bench` makes it)."""

import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pandas as pd

from indicators.attainment import METHODS
from indicators.boards import trend_figure
from indicators.catalogue import load
from indicators.knowledge import snapshot
from indicators.settings import SAMPLE_DEFINITIONS
from indicators.store import Store
from indicators.store.database import utc_now
from tests.bench.apps.choice import longest
from tests.bench.measuring import forgetful
from tests.bench.serving import PROJECT, Server, Visit

BIN = PROJECT / ".cache" / "peers" / "bin"
DASH = BIN / "gunicorn"
A_VISIT = ("/", "/_dash-layout", "/_dash-dependencies")
"""What a browser asks Dash for when it opens a page whose scripts it has."""


def rows(database: Path, file: Path) -> Path:
    """The figures of the page with eight charts, as any program can read them."""
    store = forgetful(Store(database))
    catalogue = load(SAMPLE_DEFINITIONS["braunschweig"], methods=METHODS)
    known = snapshot.take(store, catalogue, utc_now(), suppressed=True)
    charts = []
    for indicator in longest(known):
        figure = trend_figure(known, indicator, [indicator.headline])
        times = [period.time for period in figure.periods]
        numbers = {name: pd.to_numeric(figure.frame[name], errors="coerce") for name in figure.numeric}
        lines = {
            name: [(time, value) for time, value in zip(times, column.tolist(), strict=True) if value == value]
            for name, column in numbers.items()
        }
        charts.append({"title": figure.title, "subtitle": figure.subtitle, "note": figure.note, "lines": lines})
    store.close()
    file.write_text(json.dumps(charts), encoding="utf-8")
    return file


@contextmanager
def dash(charts: Path, log: Path) -> Iterator[Server]:
    """Dash behind gunicorn, as it is deployed: one process, eight threads."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [
                str(DASH),
                "--chdir",
                str(Path(__file__).parent / "apps"),
                "--threads=8",
                f"--bind=127.0.0.1:{port}",
                "by_dash:server",
            ],
            env={**os.environ, "BENCH_ROWS": str(charts)},
            stdout=output,
            stderr=output,
        )
    try:
        yield Server(port, process, children=True)
    finally:
        process.terminate()
        process.wait(20)


def visited(server: Server, clients: int, seconds: float) -> Visit:
    """The same crowd as `Server.visited`, over plain HTTP."""
    for _ in range(200):
        try:
            _open(HTTPConnection("127.0.0.1", server.port, timeout=30))
            break
        except OSError:
            time.sleep(0.1)
    before, until = server.cpu, time.monotonic() + seconds

    def one(_: int) -> list[tuple[float, int]]:
        connection = HTTPConnection("127.0.0.1", server.port, timeout=60)
        seen = []
        while time.monotonic() < until:
            start = time.perf_counter()
            size = _open(connection)
            seen.append((1000 * (time.perf_counter() - start), size))
        return seen

    with ThreadPoolExecutor(clients) as crowd:
        seen = [page for pages in crowd.map(one, range(clients)) for page in pages]
    return Visit(tuple(t for t, _ in seen), seconds, server.cpu - before, sum(s for _, s in seen) / 1024, 0, ())


def _open(connection: HTTPConnection) -> int:
    size = 0
    for address in A_VISIT:
        connection.request("GET", address)
        answer = connection.getresponse()
        size += len(answer.read())
        if answer.status != 200:
            raise RuntimeError(f"Dash answers {answer.status} to {address}")
    return size
