"""Kill -9 at every system call that writes: `python -m tests.every_write`. Needs strace.

`tests.torture` kills at random moments; this kills a process at its first writing call, its second, and so on until
it comes through, so that no moment between two of them is left to chance. Each start after it must find everything
that was acknowledged, and nothing half there.
"""

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from unittest.mock import patch

import click

from indicators.catalogue import load
from indicators.store import Store
from indicators.store.backups.backup import backup
from indicators.store.durability.store_errors import backups_folder
from indicators.store.embedded import engine
from tests import SMALL_CITY
from tests.torture import AT, Fact, deliver, examined

ROOT = Path(__file__).parents[1]
CALLS = (
    "write,pwrite64,sendfile,copy_file_range,fsync,fdatasync,ftruncate,"
    "unlink,unlinkat,rename,renameat,renameat2,link,linkat"
)
STRACE = shutil.which("strace")
SHORT_LOG = 30_000
"""Bytes of log after which a commit moves it into the file, so that few deliveries do."""


def start(store: Store) -> Iterator[Fact]:
    """Nothing but opening."""
    yield ["open"]


def work(store: Store) -> Iterator[Fact]:
    """Deliveries that move the log into the file, a backup, and the end."""
    catalogue, numbers = load(SMALL_CITY), random.Random(3)
    for number in range(4):
        yield deliver(store, catalogue, numbers)
        if number == 2:
            target = backups_folder(Path(store.path)) / "monitoring-1.duckdb"
            yield ["backup", str(backup(store, target, "torture", AT))]
    store.close()


def log(store: Store) -> Iterator[Fact]:
    """Deliveries that stay in the log."""
    catalogue, numbers = load(SMALL_CITY), random.Random(7)
    for _ in range(3):
        yield deliver(store, catalogue, numbers)


JOBS = {"start": start, "work": work, "log": log}
TORTURED = ("start", "work")
BASES = ("new", "with a log")


def child(job: str, home: Path) -> None:
    """Does the job in this process and notes each thing done in `facts`; nothing is closed that the job leaves open."""
    told = os.open(home / "facts", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    with patch.object(engine, "LONG_LOG", SHORT_LOG if job == "work" else engine.LONG_LOG):
        store = Store(home / "monitoring.duckdb", now=AT)  # held: a store that nobody holds would close its log
        for fact in JOBS[job](store):
            os.write(told, json.dumps(fact).encode() + b"\n")
    os._exit(0)


def run(job: str, home: Path, *prefix: str) -> int:
    code = f"import pathlib; from tests.every_write import child; child({job!r}, pathlib.Path({str(home)!r}))"
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    command = [*prefix, sys.executable, "-c", code]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False).returncode


def killed_at(number: int, job: str, home: Path) -> bool:
    """Kills the job at its so-manieth writing call; False where it came through before."""
    inject = f"inject={CALLS}:signal=KILL:when={number}"
    return run(job, home, str(STRACE), "-f", "-qq", "-o", "/dev/null", "-e", f"trace={CALLS}", "-e", inject) != 0


def problems(job: str, base: str, most: int) -> Iterator[list[str]]:
    """What a start finds wrong after each kill."""
    with tempfile.TemporaryDirectory(prefix="every-write-") as name:
        before, home = Path(name) / "before", Path(name) / "home"
        before.mkdir()
        if base == "with a log" and run("log", before):
            raise click.ClickException("the database to begin with could not be made")
        for number in range(1, most + 1):
            shutil.rmtree(home, ignore_errors=True)
            shutil.copytree(before, home)
            if not killed_at(number, job, home):
                return
            told = home / "facts"
            facts = [json.loads(line) for line in told.read_text().splitlines()] if told.exists() else []
            yield examined(home / "monitoring.duckdb", facts, job)


@click.command()
@click.option("--job", "jobs", type=click.Choice(TORTURED), multiple=True, default=TORTURED)
@click.option("--most", default=10_000, help="Kills of each job on each database at the most.")
def main(jobs: tuple[str, ...], most: int) -> None:
    """Kills at every writing call and tells what was lost."""
    if STRACE is None:
        raise click.ClickException("strace fehlt: sudo apt-get install -y strace")
    bad = 0
    for job, base in product(jobs, BASES):
        kills = list(problems(job, base, most))
        bad += sum(map(len, kills))
        for number, found in enumerate(kills, start=1):
            for problem in found:
                click.echo(f"{job}, database {base}, call {number}: {problem}")
        click.echo(f"{len(kills)} kills: {job}, database {base}")
    click.echo(f"{bad} lost, changed or half there")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
