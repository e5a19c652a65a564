"""A working day shortened: people look, deliver, withdraw, export, fetch reports; the catalogue changes, a backup runs.

`python -m tests.bench --soak 1200`. Eight hours are many clicks, not much time: what a click leaves behind shows in the
last third. Compared are processor seconds, so a busy machine does not fail it.
"""

import os
import shutil
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory

from indicators.catalogue import load
from indicators.periods import Period
from indicators.templates.template import build_template, fill_template, template_slots
from tests import SMALL_CITY
from tests.attack.visiting import Visitor
from tests.bench.serving import TICKS
from tests.bench.soak import Crowd
from tests.conftest import fill
from tests.hands import Hands
from tests.servers import PROJECT, Server, started

THIRDS = 3
CLIENTS = 4
PAGES = (("overview", ""), ("indicator", "kennzahl=B-01"), ("indicator", "kennzahl=B-01&ansicht=tabelle"),
         ("overview", "stand=2023-06-30"), ("field", "feld=B"), ("deliveries", ""), ("concept", ""),
         ("definitions", ""), ("meetings", ""), ("compose", ""), ("measures", ""), ("administration", ""))  # fmt: skip
MOST_MEMORY = 1.05, 12.0
"""The last third may end with so many times the memory of the second, and so many MiB more."""
MOST_FILES = 1 << 20
"""Bytes by which log, write-ahead log and temporary files may grow from the second third to the last."""
SOME, EACH, LONG = 30, 3, 600.0
"""Open files by which a third may exceed another, and those of a session: Streamlit keeps one that has lost its page
for two minutes, 128 of them at the most, so in a soak shorter than `LONG` seconds each adds its own."""
SLOWER = 1.3
TITLES = "Kursplätze im Quartal", "Plätze im Quartal"


@dataclass(frozen=True)
class Third:
    """At its end: MiB, bytes beside the database, open files and threads; and milliseconds of a processor a page."""

    memory: float
    files: int
    opened: int
    threads: int
    pages: int
    cpu: float
    acts: Counter[str]

    @property
    def sessions(self) -> int:
        return self.acts.total() + CLIENTS

    def __str__(self) -> str:
        done = ", ".join(f"{count} {what}" for what, count in sorted(self.acts.items()))
        return (
            f"{self.pages:6} pages, {self.cpu:6.1f} ms CPU a page, {self.memory:6.1f} MiB, {self.opened} open files, "
            f"{self.threads} threads, {self.files / 1024:.0f} KiB of logs and temporary files; {done}"
        )


@dataclass
class Work:
    """One person after the other's job, each on a page of their own, until it is told to end."""

    server: Server
    temporary: Path
    ended: threading.Event = field(default_factory=threading.Event)
    acts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def run(self) -> None:
        visitor = Visitor(self.server.address)
        catalogue, numbers = load(SMALL_CITY), cycle(range(1, 60))
        jobs: tuple[Callable[[Hands], str], ...] = (
            lambda hands: self._deliver(hands, catalogue, next(numbers)),
            self._withdraw,
            self._fetch("indicator", "kennzahl=B-01", "exports"),
            self._fetch("bericht", "", "reports"),
            self._fetch("compose", "", "meetings"),
            self._change_catalogue,
            self._back_up,
        )
        for job in cycle(jobs):
            if self.ended.is_set():
                return
            try:
                with visitor.tab() as tab:
                    self.acts[job(Hands(visitor, tab))] += 1
            except Exception as error:  # whatever it is, it is told at the end
                self.faults.append(f"{type(error).__name__}: {error}")
            self.ended.wait(0.2)

    def _deliver(self, hands: Hands, catalogue: object, number: int) -> str:
        blank = build_template(catalogue, "AWO", Period.quarter(2010 + number // 4, 1 + number % 4))  # type: ignore[arg-type]
        value = float(100 + time.monotonic_ns() // 1_000_000 % 60)
        filled = {(slot.base_figure, slot.breakdown): value for slot in template_slots(blank)}
        hands.open("deliver")
        hands.choose("Ausgefüllte Vorlagen", "awo.xlsx", fill_template(blank, filled))
        if "weil es schon gilt" in hands.text:
            return "deliveries known already"
        hands.fill("Grund", "gezählt")
        if "Gespeichert als Lieferung" not in hands.press("Übernehmen"):
            raise AssertionError("not delivered")
        return "deliveries"

    def _withdraw(self, hands: Hands) -> str:
        """The first delivery, and next time back."""
        text = hands.open("deliveries", "nummer=1")
        hands.fill("Grund", "geprüft")
        hands.press("Zurückziehen" if "Zurückziehen" in text else "Wiederherstellen")
        return "withdrawals"

    def _fetch(self, page: str, query: str, what: str) -> Callable[[Hands], str]:
        def fetch(hands: Hands) -> str:
            hands.open(page, query)
            for ticket in hands.tab.prepared()[:2]:
                hands.tab.fetch(ticket)
                answer = hands.tab.answer("backend_operation_response", seconds=120)
                url = answer.backend_operation_response.deferred_file.url
                if not url:
                    raise AssertionError(f"no file on {page}: {answer.backend_operation_response}")
                if (status := hands.visitor.ask(url).status) != 200:
                    raise AssertionError(f"a file of {page} is answered with {status}")
            return what

        return fetch

    def _change_catalogue(self, _: Hands) -> str:
        for file in (self.server.home / "definitions").glob("*.yaml"):
            text = file.read_text(encoding="utf-8")
            old, new = TITLES if TITLES[0] in text else TITLES[::-1]
            if old in text:
                file.write_text(text.replace(old, new), encoding="utf-8")
        return "catalogue changes"

    def _back_up(self, _: Hands) -> str:
        target = self.server.home / "data" / "backups" / "soak.duckdb"
        target.unlink(missing_ok=True)
        done = subprocess.run(
            [sys.executable, "-m", "indicators", "backup", str(target)],
            env={**os.environ, "MONITORING_HOME": str(self.server.home)},
            cwd=PROJECT, capture_output=True, text=True, check=False, timeout=300,
        )  # fmt: skip
        if done.returncode:
            raise AssertionError(done.stderr or done.stdout)
        return "backups"

    def third(self, pages: int, cpu: float) -> Third:
        process = Path(f"/proc/{self.server.process.pid}")
        status = (process / "status").read_text()
        words = {line.split(":")[0]: line.split()[1] for line in status.splitlines() if len(line.split()) > 1}
        beside = [*self.server.home.glob("*.log"), *self.server.home.glob("data/*.wal"), *self.temporary.rglob("*")]
        files = sum(file.stat().st_size for file in beside if file.is_file())
        opened, acts = len(list((process / "fd").iterdir())), self.acts.copy()
        self.acts.clear()
        return Third(int(words["VmRSS"]) / 1024, files, opened, int(words["Threads"]), pages, cpu, acts)

    @property
    def cpu(self) -> float:
        """Seconds of a processor that the server has taken."""
        fields = Path(f"/proc/{self.server.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS


def soak(seconds: float) -> tuple[list[str], bool]:
    """Lines to print, and whether nothing has grown. The first round of everything is before the clock."""
    with TemporaryDirectory(prefix="soak-") as name:
        home, temporary = Path(name) / "home", Path(name) / "temporary"
        temporary.mkdir()
        shutil.copytree(SMALL_CITY, home / "definitions")
        (home / "data").mkdir()
        fill(home / "data" / "monitoring.duckdb", load(SMALL_CITY), range(2019, 2025))
        server = started(home, MONITORING_KEEP_DAILY="0", TMPDIR=str(temporary))
        work = Work(server, temporary)
        person = threading.Thread(target=work.run)
        person.start()
        crowd = Crowd(server.address, PAGES)
        try:
            crowd.visit(CLIENTS, max(20.0, seconds / 10))
            work.acts.clear()
            thirds = []
            for _ in range(THIRDS):
                before = work.cpu
                pages, faults = crowd.visit(CLIENTS, seconds / THIRDS)
                work.faults += faults
                thirds.append(work.third(pages, 1000 * (work.cpu - before) / max(1, pages)))
        finally:
            work.ended.set()
            person.join(300)
            server.stop()
    grown = list(_grown(thirds, seconds)) + work.faults[:5]
    lines = [f"{number}. third: {third}" for number, third in enumerate(thirds, start=1)]
    return [*lines, *grown, f"{len(grown)} things have grown or failed"], not grown


def _grown(thirds: list[Third], seconds: float) -> list[str]:
    first, second, last = thirds
    times, more = MOST_MEMORY
    found = {
        "memory": last.memory > second.memory * times + more,
        "logs and temporary files": last.files > second.files + MOST_FILES,
        "open files": last.opened > second.opened + SOME + (0 if seconds > LONG else EACH * last.sessions),
        "threads": last.threads > second.threads + 8,
        "the time of a page": last.cpu > SLOWER * first.cpu,
    }
    return [f"grown: {what}" for what, has in found.items() if has]
