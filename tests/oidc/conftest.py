"""A real OpenID provider (npm's oidc-provider) and our app, both on the loopback, and a browser between them."""

import fcntl
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Watched
from tests.chromium import CHROMIUM
from tests.conftest import SMALL_CITY
from tests.servers import PROJECT, free_port, started

HERE = Path(__file__).parent
COOKIE_SECRET = "only-for-tests-only-for-tests-only"
SETTINGS = """
login_required = true
role_claim = "groups"
role_values = { im-buero = "office", im-leser = "reader", im-fb = "reporter", im-it = "administrator" }
reporter_claim = "stelle"
"""
SECRETS = """
[auth]
redirect_uri = "{app}oauth2callback"
cookie_secret = "{secret}"
client_id = "monitoring"
client_secret = "only-for-tests-only-for-tests-only"
server_metadata_url = "http://127.0.0.1:{provider}/.well-known/openid-configuration"
client_kwargs = {{ prompt = "login", scope = "openid email profile" }}
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in Path(item.fspath).parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.slow)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="Debian's chromium is not installed: apt-get install chromium"))


@pytest.fixture(scope="session")
def modules() -> Path:
    """The folder into which npm has put the provider."""
    folder = PROJECT / ".cache" / "oidc"
    if shutil.which("npm") is None:
        pytest.skip("npm is not installed: apt-get install npm")
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "installing.lock").open("w") as lock:  # two workers may need it at once, and half of it is none
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "node_modules" / "oidc-provider").exists():
            shutil.copy(HERE / "package.json", folder)
            install = ["npm", "install", "--no-audit", "--no-fund"]
            done = subprocess.run(install, cwd=folder, capture_output=True, text=True)
            if done.returncode:
                pytest.skip(f"npm could not fetch oidc-provider: {done.stderr[-300:]}")
    return folder


@pytest.fixture
def watched(tab: Page) -> Watched:
    """The provider's sample pages ask for fonts from elsewhere, in vain: see `tests.chromium.FLAGS`."""
    return Watched(tab)


@dataclass
class City:
    """A running app that knows its provider; `address` ends with a slash."""

    address: str


@contextmanager
def running(command: list[str], port: int, log: Path, **env: str) -> Iterator[None]:
    """A process until the end of the block; it counts as started when it listens."""
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=PROJECT, env={**os.environ, **env}, stdout=out, stderr=out)
    try:
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
            except OSError:
                time.sleep(0.1)
            else:
                break
        else:
            raise RuntimeError(log.read_text())
        yield
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def city(folder: Path, database: Path, modules: Path, *, forge: bool = False, hours: float = 10) -> Iterator[City]:
    """The small city with login, on free ports."""
    port, provider = free_port(), free_port()
    address = f"http://127.0.0.1:{port}/"
    shutil.copytree(SMALL_CITY, folder / "definitions")
    (folder / "data").mkdir()
    shutil.copy(database, folder / "data" / "monitoring.duckdb")
    (folder / "settings.toml").write_text(f"session_hours = {hours}\n{SETTINGS}", encoding="utf-8")
    secrets = folder / "secrets.toml"
    secrets.write_text(SECRETS.format(app=address, secret=COOKIE_SECRET, provider=provider), encoding="utf-8")
    node = {"PORT": str(provider), "APP": address, "MODULES": str(modules), "FORGE": "1" if forge else ""}
    with running(["node", str(HERE / "provider.mjs")], provider, folder / "provider.log", **node):
        app = started(folder, port, "--secrets.files", str(secrets))
        try:
            yield City(address)
        finally:
            app.stop()


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory, filled_database: Path, modules: Path) -> Iterator[City]:
    with city(tmp_path_factory.mktemp("town"), filled_database, modules) as started_city:
        yield started_city
