"""Kill -9 at random moments of import, withdrawal, migration and backup: `python -m tests.torture --rounds 1000`.

A child works on a database and acknowledges each thing done through a pipe, as the app tells a person. It is killed
after a random time. Another child then opens the database as a restart would, and looks whether everything that was
acknowledged is there, and nothing is half there.
"""

import json
import os
import random
import select
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Thread
from typing import Any

import click

from indicators.catalogue import Catalogue, load
from indicators.datasets.reading import Reading
from indicators.datasets.slices import valid_deliveries
from indicators.ledger import commits
from indicators.ledger.commits import Upload
from indicators.model import Breakdown, Observation, Slice
from indicators.periods import Period
from indicators.store import Store, schema
from indicators.store.backups.backup import backup
from indicators.store.durability import inspection
from indicators.store.durability.store_errors import backups_folder
from tests import SMALL_CITY

AT = datetime(2026, 1, 1)
NEW_DATABASE_AFTER = 20
KEPT = Path(__file__).parents[1] / ".cache" / "torture"
"""Where a database that was found broken stays, to be looked at."""
WHOLE = (Path(__file__).parent / "store" / "whole.sql").read_text(encoding="utf-8")
OLD_SCHEMA = (Path(__file__).parent / "store" / "old_deliveries.sql").read_text(encoding="utf-8")

Fact = list[Any]
"""What a child acknowledged: ["commit", number, sha256, rows, sum], ["withdraw", number], ["backup", file] …"""
Tell = Callable[[Fact], None]
Job = Callable[[Path, Catalogue, random.Random, Tell], None]


@dataclass
class Tally:
    """What all rounds together came to."""

    rounds: Counter[str] = field(default_factory=Counter)
    acknowledged: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        self.rounds += other.rounds
        self.acknowledged += other.acknowledged
        self.problems += other.problems


def imports(database: Path, catalogue: Catalogue, numbers: random.Random, tell: Tell) -> None:
    """Delivery after delivery."""
    store = Store(database)
    tell(["open"])
    while True:
        tell(deliver(store, catalogue, numbers))


def withdrawals(database: Path, catalogue: Catalogue, numbers: random.Random, tell: Tell) -> None:
    """Takes deliveries back and brings them back, in turn with new ones."""
    store = Store(database)
    tell(["open"])
    while True:
        number = int(deliver(store, catalogue, numbers)[1])
        for act in (commits.withdraw, commits.restore, commits.withdraw):
            act(store, number, AT, "torture", "because")
            tell([act.__name__, number])


def migrations(database: Path, catalogue: Catalogue, numbers: random.Random, tell: Tell) -> None:
    """Opens a database of the first version: backup, migrations, views."""
    Store(database, now=AT).close()
    tell(["migrate"])


def backups(database: Path, catalogue: Catalogue, numbers: random.Random, tell: Tell) -> None:
    """Backups while deliveries come in."""
    store = Store(database)
    tell(["open"])

    def work() -> None:
        while True:
            tell(deliver(store, catalogue, numbers))
            time.sleep(0.02)  # else no backup ever ends before the kill

    Thread(target=work, daemon=True).start()
    while True:
        made = backups_folder(database) / f"monitoring-{numbers.getrandbits(60)}.duckdb"
        tell(["backup", str(backup(store, made, "torture", AT))])


JOBS: dict[str, Job] = {"import": imports, "withdrawal": withdrawals, "migration": migrations, "backup": backups}
ENDS = {"import": "commit", "withdrawal": "withdraw", "migration": "migrate", "backup": "backup"}
"""What each job acknowledges when it is through once. It is left alive for up to half as long again."""
KILLED_WHILE_OPENING = 0.2


def deliver(store: Store, catalogue: Catalogue, numbers: random.Random, at: datetime = AT) -> Fact:
    """A delivery with up to 200 rows and a file of up to 60 kB of random bytes."""
    rows = numbers.randrange(1, 200)
    period = Period.month(1900 + numbers.randrange(200), numbers.randrange(1, 13))
    observations = tuple(
        Observation("kinder", "FB 51", period, Breakdown.of(herkunft=f"h{row}"), float(numbers.randrange(1000)))
        for row in range(rows)
    )
    covers = (Slice("kinder", "FB 51", period),)
    upload = Upload("a.xlsx", numbers.randbytes(numbers.randrange(1000, 60_000)), "torture")
    reading = Reading("figures", "FB 51", period, observations, covers)
    receipt = commits.commit(store, catalogue, upload, reading, valid_deliveries(store, covers), at)
    return ["commit", receipt.number, receipt.sha256, rows, sum(o.value or 0.0 for o in observations)]


def started(job: str, database: Path, catalogue: Catalogue, numbers: random.Random) -> tuple[int, int]:
    """The process that does the job, and the pipe that it acknowledges through."""
    seed = numbers.getrandbits(60)
    read, write = os.pipe()
    child = os.fork()
    if not child:
        os.setsid()  # what it starts dies with it, as it does under systemd
        os.close(read)
        _silent()
        with suppress(BaseException):
            JOBS[job](database, catalogue, random.Random(seed), lambda fact: _say(write, fact))
        os._exit(0)
    os.close(write)
    return child, read


def needed(job: str, database: Path, catalogue: Catalogue, numbers: random.Random) -> float:
    """Seconds until the job is through once, on this machine as busy as it is; from its opening where it tells that."""
    child, read = started(job, database, catalogue, numbers)
    began = time.monotonic()
    with os.fdopen(read) as pipe:
        for line in pipe:
            kind = json.loads(line)[0]
            if kind == "open":
                began = time.monotonic()
            if kind == ENDS[job]:
                break
    _kill(child)
    return time.monotonic() - began


def killed(job: str, database: Path, catalogue: Catalogue, numbers: random.Random, longest: float) -> Iterator[Fact]:
    """What the job acknowledged until it was killed."""
    limit = numbers.uniform(0.0, longest)
    child, read = started(job, database, catalogue, numbers)
    until = time.monotonic() + limit
    said = bytearray()
    if job != "migration" and numbers.random() > KILLED_WHILE_OPENING:
        said += os.read(read, 1 << 16)
        until = time.monotonic() + limit
    while (left := until - time.monotonic()) > 0:
        if select.select([read], [], [], left)[0]:
            part = os.read(read, 1 << 16)
            if not part:
                break
            said += part
    _kill(child)
    while part := os.read(read, 1 << 16):  # what was acknowledged before the end counts
        said += part
    os.close(read)
    complete = bytes(said).rpartition(b"\n")[0]
    return iter([json.loads(line) for line in complete.splitlines()])


def _kill(child: int) -> None:
    """With all that it has started, unless it is gone before it leads a group."""
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def examined(database: Path, facts: list[Fact], job: str) -> list[str]:
    """What a restart finds wrong; examined in a process of its own, as DuckDB's threads outlive no fork."""
    read, write = os.pipe()
    child = os.fork()
    if not child:
        os.close(read)
        _silent()
        try:
            found = list(_wrong(database, facts, job))
        except BaseException as error:
            files = ", ".join(f"{file.name} {file.stat().st_size}" for file in sorted(database.parent.glob("*.*")))
            found = [f"{type(error).__name__}: {error} Cause: {error.__cause__!r}. Files: {files}"]
        _say(write, found)
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    return json.loads(said) if said else ["the examination ended without a word"]


def _wrong(database: Path, facts: list[Fact], job: str) -> Iterator[str]:
    store = Store(database, now=AT)
    yield from lost_or_half(store, facts)
    for fact in facts:
        if fact[0] == "backup" and not Path(fact[1]).exists():
            yield f"acknowledged backup {fact[1]} is gone"
    deliveries = store.value("select count(*) from delivery")
    if job == "migration":
        yield from _migrated(store, deliveries)
    store.close()
    for file in backups_folder(database).glob("*.duckdb"):
        held = inspection.inspected(file)
        if len(held["deliveries"]) > deliveries:
            yield f"{file.name} holds what the database lacks"


def lost_or_half(store: Store, facts: list[Fact]) -> Iterator[str]:
    """What is half there, and what was acknowledged and is not there as it was."""
    store.verify()
    yield from (str(half) for (half,) in store.rows(WHOLE))
    kept = {
        number: [sha256, rows, total]
        for number, sha256, rows, total in store.rows(
            "select delivery.id, sha256, count(*), sum(value) from delivery join coverage on delivery = delivery.id "
            "join observation on coverage = coverage.id group by all"
        )
    }
    kinds = dict(store.rows("select delivery, arg_max(kind, id) from event group by delivery"))
    last = {fact[1]: fact[0] for fact in facts if fact[0] in ("withdraw", "restore")}
    for fact in facts:
        if fact[0] == "commit" and kept.get(fact[1]) != fact[2:]:
            yield f"acknowledged delivery {fact[1]} is lost or changed: {kept.get(fact[1])} instead of {fact[2:]}"
    # An unacknowledged step may have followed the last acknowledged one; before the first there is only the commit.
    following = {"withdraw": ("withdraw", "restore"), "restore": ("restore", "withdraw")}
    for number, kind in last.items():
        if kinds.get(number) not in following[kind]:
            yield f"delivery {number} is {kinds.get(number)} though {kind} was acknowledged"


def _migrated(store: Store, deliveries: int) -> Iterator[str]:
    names = [name for (name,) in store.rows("select name from migration order by name")]
    if names != [file.stem for file in sorted(schema.MIGRATIONS.glob("*.sql"))]:
        yield f"migrations are {names}"
    if deliveries != 200:
        yield f"{deliveries} of 200 deliveries came through the migrations"


def first_version(folder: Path) -> Path:
    """A database as the first migration left it, with 200 deliveries."""
    database = folder / "monitoring.duckdb"
    child = os.fork()
    if not child:
        import duckdb

        with duckdb.connect(str(database)) as connection:
            first = sorted(schema.MIGRATIONS.glob("*.sql"))[0]
            connection.execute("create table migration (name varchar not null, applied_at timestamp not null)")
            connection.execute(first.read_text(encoding="utf-8"))
            connection.execute("insert into migration values ($name, $now)", {"name": first.stem, "now": AT})
            connection.execute(OLD_SCHEMA)
        os._exit(0)
    os.waitpid(child, 0)
    return database


def tortured(rounds: int, seed: int) -> Tally:
    """So many rounds, the jobs in turn, each on a database that other rounds have been through."""
    numbers = random.Random(seed)
    catalogue = load(SMALL_CITY)
    tally = Tally()
    facts: list[Fact] = []
    with tempfile.TemporaryDirectory(prefix="torture-") as name:
        old = Path(name) / "old"
        old.mkdir()
        template = first_version(old)
        home = Path(name) / "home"
        longest = {}
        for job in JOBS:
            trial = Path(name) / f"trial-{job}" / "monitoring.duckdb"
            trial.parent.mkdir()
            if job == "migration":
                shutil.copy(template, trial)
            longest[job] = 1.5 * needed(job, trial, catalogue, numbers)
        for number in range(rounds):
            job = list(JOBS)[number % len(JOBS)]
            if number % NEW_DATABASE_AFTER == 0:
                shutil.rmtree(home, ignore_errors=True)
                home.mkdir()
                facts = []
            database = home / "monitoring.duckdb"
            if job == "migration":
                database = home / f"migration-{number}" / "monitoring.duckdb"
                database.parent.mkdir()
                shutil.copy(template, database)
            said = list(killed(job, database, catalogue, numbers, longest[job]))
            facts += [] if job == "migration" else said
            tally.rounds[job] += 1
            tally.acknowledged.update(fact[0] for fact in said)
            found = examined(database, [] if job == "migration" else facts, job)
            tally.problems += [f"seed {seed}, round {number}, {job}: {problem}" for problem in found]
            if found:  # one is enough, and all later rounds would find it again
                shutil.copytree(home, KEPT / f"{seed}-{number}", dirs_exist_ok=True)
                return tally
    return tally


def in_parallel(rounds: int, seed: int, workers: int) -> Tally:
    """The rounds shared out among worker processes."""
    pipes = []
    for worker in range(workers):
        read, write = os.pipe()
        child = os.fork()
        if not child:
            os.close(read)
            try:
                found = tortured(rounds // workers + (worker < rounds % workers), seed * 1000 + worker)
                _say(write, [dict(found.rounds), dict(found.acknowledged), found.problems])
            finally:
                os._exit(0)
        os.close(write)
        pipes.append((child, read))
    tally = Tally()
    for child, read in pipes:
        with os.fdopen(read) as pipe:
            said = pipe.read()
        os.waitpid(child, 0)
        if said:
            ran, acknowledged, problems = json.loads(said)
            tally.add(Tally(Counter(ran), Counter(acknowledged), problems))
        else:
            tally.problems.append("a worker ended without a word")
    return tally


def _say(pipe: int, content: object) -> None:
    """One line, written whole: short ones in one go, as a kill would else cut them."""
    line = json.dumps(content).encode() + b"\n"
    while line:
        line = line[os.write(pipe, line) :]


def _silent() -> None:
    """What a killed process logs helps nobody."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)


@click.command()
@click.option("--rounds", default=1000, show_default=True)
@click.option("--seed", default=1, show_default=True)
@click.option("--workers", default=2, show_default=True)
def main(rounds: int, seed: int, workers: int) -> None:
    """Kills so many times and tells what was lost."""
    began = time.monotonic()
    tally = in_parallel(rounds, seed, workers)
    for problem in tally.problems[:50]:
        click.echo(problem)
    done = ", ".join(f"{count} × {job}" for job, count in sorted(tally.rounds.items()))
    said = ", ".join(f"{count} × {kind}" for kind, count in sorted(tally.acknowledged.items()))
    click.echo(f"{tally.rounds.total()} kills ({done}) in {time.monotonic() - began:.0f} s; acknowledged: {said}")
    click.echo(f"{len(tally.problems)} lost, changed or half there")
    sys.exit(1 if tally.problems or tally.rounds.total() != rounds else 0)


if __name__ == "__main__":
    main()
