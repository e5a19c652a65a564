"""A crowd in a process of its own that clicks through pages for a while."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from tests.bench.serving import PROJECT

PAUSE = 0.5


@dataclass(frozen=True)
class Crowd:
    """`address` begins with http:// and ends with a slash."""

    address: str
    steps: Sequence[tuple[str, str]]

    def visit(self, clients: int, seconds: float) -> tuple[int, list[str]]:
        """How many pages they saw, and what went wrong."""
        socket = self.address.replace("http", "ws", 1) + "_stcore/stream"
        options = {"clients": clients, "seconds": seconds, "pause": PAUSE, "steps": json.dumps(self.steps)}
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.clients", socket, *(f"--{name}={it}" for name, it in options.items())],
            cwd=PROJECT,
            stdout=subprocess.PIPE,
            check=True,
            timeout=seconds + 300,
        )
        seen = json.loads(done.stdout)
        return len(seen["pages"]) + clients, list(seen["faults"])
