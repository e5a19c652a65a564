"""Several applications on one store behind nginx, as docs/skalierung.md sets them up, and the people who work there."""

import os
import shutil
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from indicators.access import Assignment, Role, assign
from indicators.store import Lake, Store
from indicators.store.moving import move
from tests import SMALL_CITY
from tests.attack.visiting import Visitor
from tests.oidc.conftest import COOKIE_SECRET, SECRETS
from tests.operations.conftest import FRAME, NGINX, certificate, site
from tests.postgres import Cluster
from tests.servers import Server, free_port, started

WAY = "monitoring_weg"
SETTINGS = "login_required = true\n"
BEGAN = datetime(2026, 1, 1)


@dataclass
class TownHall:
    """`address` is nginx's and ends with a slash; roles are kept in the store."""

    cluster: Cluster
    lake: Lake
    folder: Path
    address: str
    applications: list[Server]
    store_settings: dict[str, str]
    _context: ssl.SSLContext = field(default_factory=lambda: ssl._create_unverified_context())

    def person(self, name: str, at: int, **claims: Any) -> Visitor:
        """Someone who is logged in, and whom nginx sends to this application."""
        said = {"is_logged_in": True, "email": name, "sub": name, "provider": "default",
                "iat": datetime.now(UTC).timestamp(), "origin": self.address.rstrip("/"), **claims}  # fmt: skip
        found = Visitor(self.address, said, context=self._context)
        found.cookies[WAY] = self.applications[at].port
        return found

    def application_of(self, visitor: Visitor) -> int:
        """Where the last page of this browser was opened."""
        return [one.port for one in self.applications].index(visitor.cookies[WAY])

    def kill(self, at: int) -> None:
        """As kill -9 does."""
        process = self.applications[at].process
        process.kill()
        process.join(20)

    def bring_back(self, at: int) -> None:
        """As systemd does."""
        former = self.applications[at]
        self.applications[at] = started(former.home, int(former.port), *former.options, **former.settings)


@contextmanager
def town_hall(
    cluster: Cluster, lake: Lake, folder: Path, database: Path, people: dict[str, Role]
) -> Iterator[TownHall]:
    """What `database` holds, on a lake that two applications share."""
    _filled(lake, database, people)
    front, plain, ports = free_port(), free_port(), (free_port(), free_port())
    address = f"https://127.0.0.1:{front}/"
    certificate(folder)
    (folder / "site.conf").write_text(site(folder, ports, plain, front), encoding="utf-8")
    frame = FRAME.format(folder=folder, user="user root;" if os.getuid() == 0 else "")
    (folder / "nginx.conf").write_text(frame, encoding="utf-8")
    store = {"store": f"ducklake:postgres:{lake.catalogue}", "store_folder": str(lake.folder)}
    settings = {f"MONITORING_{name.upper()}": value for name, value in store.items()} | {"MONITORING_KEEP_DAILY": "0"}
    applications = []
    for number, port in enumerate(ports, start=1):
        home = folder / f"machine-{number}"
        shutil.copytree(SMALL_CITY, home / "definitions")
        (home / "settings.toml").write_text(SETTINGS, encoding="utf-8")
        secrets = SECRETS.format(app=address, secret=COOKIE_SECRET, provider=1)
        (home / "secrets.toml").write_text(secrets, encoding="utf-8")
        applications.append(started(home, port, "--secrets.files", str(home / "secrets.toml"), **settings))
    assert NGINX
    nginx = subprocess.Popen([NGINX, "-c", str(folder / "nginx.conf"), "-p", str(folder)])
    hall = TownHall(cluster, lake, folder, address, applications, store)
    try:
        _wait_for(address, hall._context)
        yield hall
    finally:
        nginx.terminate()
        nginx.wait(10)
        for one in hall.applications:
            one.process.kill()


def _filled(lake: Lake, database: Path, people: dict[str, Role]) -> None:
    former, shared = Store(database), Store(lake)
    move(former, shared, "Test", BEGAN)
    former.close()
    for name, role in people.items():
        reporters = frozenset({"FB 51"}) if role is Role.REPORTER else frozenset()
        assign(shared, name, Assignment(frozenset({role}), reporters), "Test", BEGAN)
    shared.close()


def _wait_for(address: str, context: ssl.SSLContext) -> None:
    for _ in range(200):
        try:
            urlopen(f"{address}_stcore/health", timeout=5, context=context).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("nginx does not answer")
