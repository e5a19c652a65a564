"""Streamlit servers on the loopback, and the crowd that visits them."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from indicators.settings import SAMPLE_DEFINITIONS

PROJECT = Path(__file__).parents[2]
TICKS = os.sysconf("SC_CLK_TCK")
PAGE_KIB = os.sysconf("SC_PAGE_SIZE") // 1024

Steps = Sequence[tuple[str, str]]
"""Pages with their query strings; the empty name is the first page."""


@dataclass(frozen=True, slots=True)
class Visit:
    """What a crowd saw: milliseconds of each page, wall seconds.

    The server's CPU seconds and the KiB sent are those of all pages, with the first ones (`opened`) before the clock.
    """

    pages: tuple[float, ...]
    seconds: float
    cpu: float
    kib: float
    opened: int
    faults: tuple[str, ...]

    @property
    def rate(self) -> float:
        return len(self.pages) / self.seconds

    @property
    def cpu_a_page(self) -> float:
        """Milliseconds."""
        return 1000 * self.cpu / (len(self.pages) + self.opened)

    def quantile(self, share: float) -> float:
        return sorted(self.pages)[int(share * (len(self.pages) - 1))]


@dataclass(frozen=True, slots=True)
class Server:
    """A running app in a process of its own."""

    port: int
    process: subprocess.Popen[bytes]
    children: bool = False
    """Whether others that it has started do the work."""

    @property
    def memory(self) -> float:
        """Resident MiB."""
        return int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]) * PAGE_KIB / 1024

    @property
    def cpu(self) -> float:
        """Seconds of CPU so far."""
        if self.children:
            return sum(_ticks(int(child)) for child in _children(self.process.pid)) / TICKS
        return _ticks(self.process.pid) / TICKS

    def visited(self, clients: int, seconds: float, steps: Steps = (("", ""),), pause: float = 0) -> Visit:
        """Sends a crowd from another process."""
        before = self.cpu
        options = {"clients": clients, "seconds": seconds, "pause": pause, "steps": json.dumps(steps)}
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.clients", f"ws://127.0.0.1:{self.port}/_stcore/stream"]
            + [f"--{name}={value}" for name, value in options.items()],
            cwd=PROJECT,
            stdout=subprocess.PIPE,
            check=True,
            timeout=seconds + 120,
        )
        seen = json.loads(done.stdout)
        return Visit(
            tuple(seen["pages"]),
            seen["seconds"],
            self.cpu - before,
            seen["size"] / 1024,
            clients,
            tuple(seen["faults"]),
        )


def _ticks(process: int) -> int:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def _children(process: int) -> list[str]:
    return Path(f"/proc/{process}/task/{process}/children").read_text().split()


@contextmanager
def serving(
    script: Path, folder: Path, database: Path, log: Path, definitions: Path = SAMPLE_DEFINITIONS["braunschweig"]
) -> Iterator[Server]:
    """Runs `script` on a database of its own from `folder`, whose .streamlit/config.toml counts."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(script), f"--server.port={port}"]
    fixed = ["--server.address=127.0.0.1", "--server.headless=true", "--browser.gatherUsageStats=false"]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, *fixed],
            cwd=folder,
            env={
                **os.environ,
                "PYTHONPATH": str(PROJECT),
                "MONITORING_DATABASE": str(database),
                "MONITORING_DEFINITIONS": str(definitions),
            },
            stdout=output,
            stderr=output,
        )
        try:
            _wait_for(port, process, log)
            yield Server(port, process)
        finally:
            process.terminate()
            process.wait(20)


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(200):
        if process.poll() is not None:
            raise RuntimeError(f"the server did not start: {log.read_text()}")
        try:
            urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server does not answer")
