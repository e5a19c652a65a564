"""Kill -9 among three writers and three readers of one lake: `python -m tests.torture_shared --kills 300`.

Each notes in a file of its own what it was told: a writer what was saved, a reader what was known at a moment. At the
end everything that was acknowledged must be there once, nothing half, and each moment must look as it looked then.
"""

import json
import logging
import os
import random
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import click

from indicators.catalogue import Catalogue, load
from indicators.ledger import commits
from indicators.ledger.commits import DeliveryError
from indicators.store import Lake, Store, StoreError
from indicators.store.database import utc_now
from tests import SMALL_CITY
from tests.postgres import Cluster, cluster
from tests.torture import Fact, deliver, lost_or_half

WRITERS = READERS = 3
SETTLED = timedelta(seconds=30)
"""A moment that long ago gets no more events: who began then has saved, or is dead."""
AT_A_MOMENT = "select count(*), coalesce(sum(hash(known)), 0)::varchar from valid_observation($moment) as known"
TWICE = """
select 'delivery of ' || sha256 || ' is there twice' from delivery group by sha256 having count(*) > 1
union all
select 'file ' || sha256 || ' is there twice' from file group by sha256 having count(*) > 1
union all
select 'slice ' || min(id) || ' is there twice' from slice group by data_set, subject, reporter, period
having count(*) > 1
union all
select 'series ' || min(id) || ' is there twice' from series group by base_figure, reporter, breakdown
having count(*) > 1
"""
NUMBERED = ("delivery", "event", "coverage", "slice", "series")


@dataclass
class Campaign:
    """One lake and those who work on it; `folder` holds what they noted."""

    lake: Lake
    folder: Path
    catalogue: Catalogue
    numbers: random.Random
    running: dict[int, str] = field(default_factory=dict)
    killed: Counter[str] = field(default_factory=Counter)

    def begin(self, job: str) -> None:
        seed = self.numbers.getrandbits(60)
        child = os.fork()
        if not child:
            logging.disable()  # what is away for a while is no news here
            try:
                JOBS[job](self, random.Random(seed), self.folder / f"{job}-{seed}")
            except BaseException:
                traceback.print_exc()
            os._exit(1)
        self.running[child] = job

    def kill(self) -> None:
        victim = self.numbers.choice(list(self.running))
        job = self._end(victim)
        self.killed[job] += 1
        self.begin(job)

    def end(self) -> None:
        for child in list(self.running):
            self._end(child)

    def facts(self, job: str) -> list[Fact]:
        """What those with the job noted whole, one after the other."""
        lines = [line for file in sorted(self.folder.glob(f"{job}-*")) for line in file.read_bytes().split(b"\n")[:-1]]
        return [json.loads(line) for line in lines]

    def _end(self, child: int) -> str:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        return self.running.pop(child)


def write(campaign: Campaign, numbers: random.Random, notes: Path) -> None:
    """Deliveries, some of which are withdrawn and restored; for ever, as long as the database answers or is away."""
    store = None
    with notes.open("ab", buffering=0) as file:
        while True:
            with _patient():
                store = store or Store(campaign.lake)
                fact = deliver(store, campaign.catalogue, numbers, utc_now())
                file.write(json.dumps(fact).encode() + b"\n")
                for act in (commits.withdraw, commits.restore) if numbers.random() < 0.2 else ():
                    act(store, fact[1], utc_now(), "torture", "because")
                    file.write(json.dumps([act.__name__, fact[1]]).encode() + b"\n")


def read(campaign: Campaign, numbers: random.Random, notes: Path) -> None:
    """What is half there at any time, and what is known at moments that nothing is added to any more."""
    store = None
    with notes.open("ab", buffering=0) as file:
        while True:
            with _patient():
                store = store or Store(campaign.lake)
                moment = utc_now() - SETTLED
                [(rows, content)] = store.rows(AT_A_MOMENT, {"moment": moment})
                file.write(json.dumps([str(moment), rows, content]).encode() + b"\n")
                time.sleep(numbers.uniform(0, 4))  # else they leave the writers no processor


@contextmanager
def _patient() -> Iterator[None]:
    """The server is away for a moment, or another writer was faster: as people do, they try again."""
    try:
        yield
    except DeliveryError:
        pass
    except StoreError:
        time.sleep(0.2)


JOBS = {"writer": write, "reader": read}


def tortured(campaign: Campaign, running: Cluster, kills: int, longest: float, restarts_after: int) -> list[str]:
    """So many kills; after every so many, PostgreSQL itself is restarted without an orderly end. What is wrong then."""
    try:
        for job in ["writer"] * WRITERS + ["reader"] * READERS:
            campaign.begin(job)
        time.sleep(longest)
        for number in range(1, kills + 1):
            time.sleep(campaign.numbers.uniform(0, longest))
            campaign.kill()
            if number % restarts_after == 0:
                running.restart("immediate")
        time.sleep(longest)
    finally:
        campaign.end()
    return list(_wrong(campaign))


def _wrong(campaign: Campaign) -> Iterator[str]:
    store = Store(campaign.lake)
    yield from lost_or_half(store, campaign.facts("writer"))
    yield from (str(twice) for (twice,) in store.rows(TWICE))
    for table in NUMBERED:
        if store.value(f"select count(*) <> count(distinct id) from {table}"):
            yield f"a number of {table} was given twice"
    for moment, *then in campaign.facts("reader"):
        now = store.rows(AT_A_MOMENT, {"moment": datetime.fromisoformat(moment)})
        if now != [tuple(then)]:
            yield f"at {moment} there were {then}, and now there are {now}"
    store.close()


@click.command()
@click.option("--kills", default=300, show_default=True)
@click.option("--longest", default=4.0, show_default=True, help="Seconds between two kills at the most.")
@click.option("--restarts-after", default=25, show_default=True, help="Kills between two restarts of PostgreSQL.")
@click.option("--seed", default=None, type=int)
def main(kills: int, longest: float, restarts_after: int, seed: int | None) -> None:
    seed = random.randrange(1 << 30) if seed is None else seed
    with cluster("-c max_connections=200") as running, tempfile.TemporaryDirectory(prefix="torture-") as folder:
        lake = running.lake_made_elsewhere()
        campaign = Campaign(lake, Path(folder), load(SMALL_CITY), random.Random(seed))
        problems = tortured(campaign, running, kills, longest, restarts_after)
        written, seen = campaign.facts("writer"), campaign.facts("reader")
    for problem in problems:
        click.echo(problem)
    told = Counter(fact[0] for fact in written)
    kinds = ", ".join(f"{number} {kind}s" for kind, number in campaign.killed.items())
    restarts = kills // restarts_after
    click.echo(f"seed {seed}: {campaign.killed.total()} kills ({kinds}) and {restarts} restarts of the server")
    click.echo(f"acknowledged: {dict(told)}; {len(seen)} looks at a moment")
    click.echo(f"{len(problems)} lost, changed, doubled or half there")
    sys.exit(bool(problems) or not written or not seen)


if __name__ == "__main__":
    main()
