"""PostgreSQL for tests: one cluster a session, on a socket in a folder of its own, and a fresh lake for each that asks.

A lake takes seconds to be made, as each migration is a commit; it is made once, and copied for each test.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from pathlib import Path

from indicators.store import Store, StoreError
from indicators.store.shared.lake import Lake
from indicators.store.shared.opening import EXTENSIONS, extension


def extensions_are_there() -> bool:
    """Of this very version of DuckDB: those of another cannot be loaded."""
    try:
        return all(extension(name) for name in EXTENSIONS)
    except StoreError:
        return False


PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1:] if extensions_are_there() else []
MISSING = "PostgreSQL (no /usr/lib/postgresql/*/bin) or DuckDB's extensions for this version are not installed"
BEGAN = datetime(2020, 1, 1)
# What is committed later than acknowledged would be lost in a restart: our connections must ask for it (lake.PATIENT).
QUICK = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c shared_buffers=32MB"
"""What is killed here are writers and the server's processes, not the power."""


@dataclass
class Cluster:
    """One running PostgreSQL. `folder` holds its data, its socket and the data folders of the lakes."""

    folder: Path
    options: str = QUICK
    _numbers: Iterator[int] = field(default_factory=count)

    def lake(self) -> Lake:
        """A new lake, migrated and empty."""
        name = f"city_{next(self._numbers)}"
        template = self._made_template()
        self.sql(f"create database {name} template template_city")
        lake = self._place(name)
        shutil.copytree(template.folder, lake.folder)
        self.sql(f"update ducklake_metadata set value = '{lake.folder}/' where key = 'data_path'", name)
        return lake

    def lake_made_elsewhere(self) -> Lake:
        """The same, made by a process of its own: for those who fork, as DuckDB's threads outlive no fork."""
        child = os.fork()
        if not child:
            self._made_template()
            os._exit(0)
        os.waitpid(child, 0)
        return self.lake()

    def sql(self, statement: str, database: str = "postgres") -> str:
        """What psql prints, bare."""
        where = ["-h", str(self.folder), "-U", "postgres", "-d", database]
        command = [str(PROGRAMS[0] / "psql"), *where, "-tAqc", statement]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    def dump(self, lake: Lake, file: Path) -> None:
        """As docs/skalierung.md has it."""
        self._client("pg_dump", "--format=custom", f"--file={file}", lake.database)

    def restore(self, lake: Lake, file: Path) -> None:
        """The database of the lake as it was dumped; nobody may have it open."""
        self.sql(f"drop database {lake.database}")
        self.sql(f"create database {lake.database}")
        self._client("pg_restore", "--exit-on-error", f"--dbname={lake.database}", str(file))

    def _client(self, program: str, *words: str) -> None:
        where = ["-h", str(self.folder), "-U", "postgres"]
        subprocess.run([str(PROGRAMS[0] / program), *where, *words], check=True, capture_output=True)

    def start(self) -> None:
        options = f"-k {self.folder} -c listen_addresses='' {self.options}"
        self._control("-o", options, "-l", str(self.folder / "log"), "-w", "start")

    def stop(self, how: str = "fast") -> None:
        self._control("-m", how, "-w", "stop")

    def restart(self, how: str = "fast") -> None:
        self.stop(how)
        self.start()

    def _made_template(self) -> Lake:
        template = self._place("template_city")
        if not template.folder.exists():
            self.sql("create database template_city")
            Store(template, now=BEGAN).close()
        return template

    def _place(self, name: str) -> Lake:
        return Lake(f"dbname={name} host={self.folder} user=postgres", self.folder / "lakes" / name)

    def _control(self, *words: str) -> None:
        as_postgres(PROGRAMS[0] / "pg_ctl", "-D", self.folder / "data", *words)


def as_postgres(*command: str | Path) -> None:
    """PostgreSQL refuses to run as root."""
    before = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    words = [*before, *map(str, command)]
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")


@contextmanager
def cluster(options: str = QUICK) -> Iterator[Cluster]:
    folder = Path(tempfile.mkdtemp(prefix="monitoring-pg-"))
    if os.getuid() == 0:
        shutil.chown(folder, "postgres")
    folder.chmod(0o755)
    made = Cluster(folder, options)
    try:
        kind = ("-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync")
        as_postgres(PROGRAMS[0] / "initdb", "-D", folder / "data", *kind)
        made.start()
        try:
            yield made
        finally:
            made.stop("immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
