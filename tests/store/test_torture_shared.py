"""The short form of `make torture-shared`."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests import postgres


@pytest.mark.at_length
@pytest.mark.skipif(not postgres.PROGRAMS, reason=postgres.MISSING)
def test_twelve_kills_among_six_processes_lose_nothing_that_was_acknowledged():
    """A process of its own, because it forks: DuckDB's threads must not be running in it."""
    command = [sys.executable, "-m", "tests.torture_shared", "--kills", "12", "--restarts-after", "6"]
    ran = subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=300, cwd=Path(__file__).parents[2]
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "12 kills" in ran.stdout
    assert "0 lost, changed, doubled or half there" in ran.stdout
