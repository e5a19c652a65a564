"""One provider for two cities: each login returns to the city that it began in, and opens that one only."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from indicators.access import Assignment, Role, assign
from indicators.store import Store
from tests.many_cities import NORTH, SOUTH, TOWNS, Town
from tests.oidc.conftest import COOKIE_SECRET, HERE, SECRETS, City, running
from tests.oidc.test_login import is_shut_out, log_in, log_out
from tests.servers import free_port, started


@dataclass
class Land:
    port: int

    def at(self, town: Town) -> City:
        return City(f"http://{town.host}:{self.port}/")


@pytest.fixture(scope="module")
def land(built_roof: Path, modules: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Land]:
    """One person has a role in the north, and none in the south."""
    folder = tmp_path_factory.mktemp("land")
    cities = Path(shutil.copytree(built_roof, folder / "staedte"))
    store = Store(cities / NORTH.key / "data" / "monitoring.duckdb")
    assign(store, "buero@stadt.de", Assignment(frozenset({Role.OFFICE})), "IT", datetime(2026, 1, 1))
    store.close()
    port, provider = free_port(), free_port()
    secrets = folder / "secrets.toml"
    secrets.write_text(SECRETS.format(app="http://{host}/", secret=COOKIE_SECRET, provider=provider), encoding="utf-8")
    found = Land(port)
    addresses = " ".join(found.at(town).address for town in TOWNS)
    node = {"PORT": str(provider), "APP": addresses, "MODULES": str(modules), "FORGE": ""}
    own = {"MONITORING_CITIES": str(cities), "MONITORING_HOME": "", "MONITORING_KEEP_DAILY": "0"}
    with running(["node", str(HERE / "provider.mjs")], provider, folder / "provider.log", **node):
        app = started(folder, port, "--secrets.files", str(secrets), **own)
        try:
            yield found
        finally:
            app.stop()


def test_a_login_returns_to_its_city_opens_that_one_only_and_ends_there(land, watched):
    north, south = land.at(NORTH), land.at(SOUTH)
    page = log_in(watched, north, "buero")
    assert page.url.startswith(north.address)
    assert NORTH.file in watched.open(f"{north.address}deliveries").inner_text("body")

    assert is_shut_out(watched.open(f"{south.address}deliveries"))
    assert page.url.startswith(south.address)
    page.get_by_role("button", name="Anmelden").click()  # the provider remembers what was agreed to
    page.fill("input[name=login]", "buero")
    page.fill("input[name=password]", "egal")
    page.click("button[type=submit]")
    page.wait_for_url(f"{south.address}**")
    watched.settled()
    assert page.inner_text("h1") == "Noch kein Zugang"
    assert SOUTH.mark not in page.inner_text("body")

    assert NORTH.file in watched.open(f"{north.address}deliveries").inner_text("body")
    log_out(watched, north)
    assert is_shut_out(watched.open(f"{north.address}deliveries"))
    assert watched.open(south.address).inner_text("h1") == "Noch kein Zugang"
