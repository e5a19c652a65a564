"""Two who look and two who deliver, on two applications behind nginx: `python -m tests.many_people --seconds 600`.

Meanwhile applications are ended with kill -9 and come back, and PostgreSQL is restarted. Whoever works on the other
application must notice nothing; nobody may ever see more than a calm line, and that only while the server is away for
long; what was acknowledged must be there, once; and all go on by themselves.
"""

import random
import re
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import click
from websockets.exceptions import WebSocketException

from indicators.access import Role
from indicators.catalogue import Catalogue, load
from indicators.periods import Period
from indicators.store import Store
from indicators.templates.template import build_template, fill_template, template_slots
from tests import SMALL_CITY
from tests.conftest import fill
from tests.hands import Hands, RefusedError
from tests.postgres import cluster
from tests.torture import Fact, lost_or_half
from tests.torture_shared import TWICE
from tests.town_hall import TownHall, town_hall

PAGES = {"overview": "Musterstadt", "indicator": "Betreuungsquote", "deliveries": "Lieferung", "concept": "Bildung",
         "meetings": "Sitzungen"}  # fmt: skip
"""What each must show."""
QUERIES = {"indicator": "kennzahl=B-01"}
CALM = ("nicht erreichbar", "nicht verfügbar", "Nicht gespeichert")
FAULTS = ("konnte nicht vollständig angezeigt werden", "exception {", "Traceback")
RECEIPT = re.compile(r"Gespeichert als Lieferung (\d+)\*\*.*SHA-256\): `([0-9a-f]{64})`")
CUT = (OSError, WebSocketException, EOFError, TimeoutError)
PEOPLE = {"sieht-1@stadt.de": (Role.STEERING, 0), "sieht-2@stadt.de": (Role.STEERING, 1),
          "liefert-1@stadt.de": (Role.OFFICE, 0), "liefert-2@stadt.de": (Role.OFFICE, 1)}  # fmt: skip
REPORTERS = {"liefert-1@stadt.de": "AWO", "liefert-2@stadt.de": "DRK"}
PATIENCE = 4.0
"""Seconds of a restart that nobody may see; one that takes longer, as on a busy machine, is an outage."""
KNOWN_AFTER = 2.0
"""Seconds after the server is back in which a page may still begin that says it is away."""


@dataclass
class Witness:
    """What one person saw. `cuts` are moments at which their page lost its application, and which one that was."""

    name: str
    pages: list[tuple[float, float]] = field(default_factory=list)
    calm: list[tuple[float, float, str]] = field(default_factory=list)
    cuts: list[tuple[float, int]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)


@dataclass
class Day:
    """The people, and what was done to what they work on: the moments of kills by application, and of long outages."""

    hall: TownHall
    catalogue: Catalogue
    until: float
    pause: float
    witnesses: list[Witness] = field(default_factory=list)
    kills: list[tuple[float, int]] = field(default_factory=list)
    outages: list[tuple[float, float]] = field(default_factory=list)
    restarts: int = 0

    def work(self, name: str) -> None:
        role, at = PEOPLE[name]
        witness = Witness(name)
        self.witnesses.append(witness)
        visitor, dice = self.hall.person(name, at), random.Random(name)
        act = self._deliver if role is Role.OFFICE else self._look
        while time.monotonic() < self.until:
            try:
                with visitor.tab() as tab:
                    hands = Hands(visitor, tab)
                    while time.monotonic() < self.until:
                        act(witness, hands, dice)
                        time.sleep(dice.uniform(0, 2 * self.pause))
            except CUT:  # as a browser does, which then shows the page again
                witness.cuts.append((time.monotonic(), self.hall.application_of(visitor)))
                time.sleep(0.2)

    def _look(self, witness: Witness, hands: Hands, dice: random.Random) -> None:
        page = dice.choice(list(PAGES))
        self._seen(witness, lambda: hands.open(page, QUERIES.get(page, "")), PAGES[page])

    def _deliver(self, witness: Witness, hands: Hands, dice: random.Random) -> None:
        reporter = REPORTERS[witness.name]
        period = Period.quarter(dice.randrange(2000, 2026), dice.randrange(1, 5))
        blank = build_template(self.catalogue, reporter, period)
        value = 100.0 + dice.randrange(60)
        content = fill_template(blank, {(slot.base_figure, slot.breakdown): value for slot in template_slots(blank)})
        self._seen(witness, lambda: hands.open("deliver"), "Daten liefern")
        try:
            self._seen(witness, lambda: hands.choose("Ausgefüllte Vorlagen", "k.xlsx", content), "k.xlsx")
            hands.fill("Grund", "Zählung berichtigt")
            pressed = self._seen(witness, lambda: hands.press("Übernehmen"), "")
        except RefusedError:  # it arrived where the page is not open: that application was killed just then
            witness.cuts.append((time.monotonic(), self.hall.application_of(hands.visitor)))
        except LookupError:
            if not any(word in hands.text for word in (*CALM, "weil es schon gilt")):
                witness.faults.append(f"no way to deliver: {_messages(hands.text)}")
        else:
            for number, sha256 in RECEIPT.findall(pressed)[:1]:
                witness.facts.append(["commit", int(number), sha256, 1, value])

    def _seen(self, witness: Witness, act: Callable[[], str], wanted: str) -> str:
        began = time.monotonic()
        text = act()
        witness.pages.append((time.monotonic(), time.monotonic() - began))
        if any(word in text for word in FAULTS):
            witness.faults.append(f"after {began:.1f}: {_messages(text)}")
        elif any(word in text for word in CALM):
            witness.calm.append((began, time.monotonic(), _messages(text)))
        elif wanted not in text:
            witness.faults.append(f"„{wanted}“ is missing: {_messages(text)}")
        return text

    def wait_for_pages(self, more: int, longest: float = 300) -> None:
        """Until everybody has seen so many pages more, and whoever delivers has had something acknowledged."""
        until = time.monotonic() + longest
        wanted = {one.name: (len(one.pages) + more, len(one.facts) + (one.name in REPORTERS)) for one in self.witnesses}
        while any((len(one.pages), len(one.facts)) < wanted[one.name] for one in self.witnesses):
            if time.monotonic() > until:
                raise TimeoutError(f"nothing goes on: {list(self.told)}")
            time.sleep(0.1)

    def kill(self, at: int, away: float) -> None:
        self.kills.append((time.monotonic(), at))
        self.hall.kill(at)
        time.sleep(away)
        self.hall.bring_back(at)

    def restart(self, how: str) -> None:
        self.restarts += 1
        began = time.monotonic()
        self.hall.cluster.restart(how)
        if time.monotonic() > began + PATIENCE:
            self.outages.append((began, time.monotonic() + KNOWN_AFTER))

    def outage(self, seconds: float) -> None:
        began = time.monotonic()
        self.hall.cluster.stop()
        time.sleep(seconds)
        self.hall.cluster.start()
        self.outages.append((began, time.monotonic() + KNOWN_AFTER))

    def wrong(self) -> Iterator[str]:
        for one in self.witnesses:
            yield from (f"{one.name} saw an error: {fault}" for fault in one.faults)
            for began, ended, said in one.calm:
                if not any(began < end and begin < ended for begin, end in self.outages):
                    yield f"{one.name} was told at {ended:.1f} that the server is away, and it was not for long: {said}"
            for at, application in one.cuts:
                if not any(killed == application and 0 <= at - then < 30 for then, killed in self.kills):
                    yield f"{one.name} lost application {application}, and nobody had killed it"
            last = max(then for then, _ in [*self.kills, *self.outages, (0.0, 0)])
            if not one.pages or one.pages[-1][0] < last:
                yield f"{one.name} did not go on"
        store = Store(self.hall.lake)
        yield from lost_or_half(store, [fact for one in self.witnesses for fact in one.facts])
        yield from (str(twice) for (twice,) in store.rows(TWICE))
        store.close()

    @property
    def told(self) -> Iterator[str]:
        """The figures."""
        for one in self.witnesses:
            taken = sorted(seconds for _, seconds in one.pages) or [0.0]
            yield (
                f"{one.name:>20}: {len(taken):5} pages, median {1000 * median(taken):.0f} ms, "
                f"longest {taken[-1]:.1f} s, {len(one.facts)} deliveries acknowledged, "
                f"{len(one.calm)} calm lines, {len(one.cuts)} reconnections, {len(one.faults)} errors"
            )
        yield (
            f"{len(self.kills)} applications killed, {self.restarts} restarts of PostgreSQL, "
            f"{len(self.outages)} longer outages"
        )


def _messages(text: str) -> str:
    """What a page says in words, shortened."""
    return " | ".join(re.findall(r'(?:body|message): "([^"]{4,160})', text)[-4:])


@contextmanager
def day(hall: TownHall, seconds: float, pause: float = 0.5) -> Iterator[Day]:
    """All work within the block, and until `seconds` after its beginning."""
    found = Day(hall, load(SMALL_CITY), time.monotonic() + seconds, pause)
    threads = [threading.Thread(target=found.work, args=(name,)) for name in PEOPLE]
    for thread in threads:
        thread.start()
    try:
        yield found
    finally:
        for thread in threads:
            thread.join()


def conduct(found: Day, seconds: float) -> None:
    """Every forty seconds: a restart, a kill, and every third time an outage that is longer than anybody waits."""
    rounds = 0
    while time.monotonic() < found.until - 30:
        time.sleep(8)
        found.restart(("immediate", "fast")[rounds % 2])
        time.sleep(8)
        found.kill(rounds % 2, away=4)
        time.sleep(8)
        if rounds % 3 == 0:
            found.outage(12)
            time.sleep(KNOWN_AFTER)
        rounds += 1


@click.command()
@click.option("--seconds", default=600.0, show_default=True)
def main(seconds: float) -> None:
    with cluster("-c max_connections=200") as running, tempfile.TemporaryDirectory(prefix="many-people-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        lake = running.lake_made_elsewhere()
        roles = {person: role for person, (role, _) in PEOPLE.items()}
        with town_hall(running, lake, folder, filled(folder / "former" / "monitoring.duckdb"), roles) as hall:
            with day(hall, seconds) as found:
                conduct(found, seconds)
            problems = list(found.wrong())
            for line in [*found.told, *problems]:
                click.echo(line)
            click.echo(f"{len(problems)} errors, lost, doubled or half there")
            if problems:
                for one in hall.applications:
                    click.echo((one.home / "server.log").read_text(encoding="utf-8")[-4000:], err=True)
    acknowledged = sum(len(one.facts) for one in found.witnesses)
    sys.exit(bool(problems) or not acknowledged)


def filled(database: Path) -> Path:
    """The small city with six years of figures."""
    database.parent.mkdir()
    fill(database, load(SMALL_CITY), range(2019, 2025))
    return database


if __name__ == "__main__":
    main()
