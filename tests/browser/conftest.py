"""A real server on an installation of its own, and a real browser that reports what it asks for."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page

from tests.chromium import CHROMIUM

PROJECT = Path(__file__).parents[2]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in Path(item.fspath).parts:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="Debian's chromium is not installed: apt-get install chromium"))


@dataclass
class Server:
    """A running app; `address` ends with a slash."""

    process: subprocess.Popen[bytes]
    address: str
    home: Path
    options: tuple[str, ...] = ()

    def restart(self) -> None:
        """Another process at the same address: what was in memory is gone."""
        self.process.terminate()
        self.process.wait(20)
        self.process = started(self.home, int(self.address.rstrip("/").rpartition(":")[2]), *self.options).process


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def started(home: Path, port: int | None = None, *options: str) -> Server:
    port = port or free_port()
    log = (home / "server.log").open("ab")
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(port), *options],
        cwd=PROJECT,
        env={**os.environ, "MONITORING_HOME": str(home)},
        stdout=log,
        stderr=log,
    )
    address = f"http://127.0.0.1:{port}/"
    for _ in range(150):
        try:
            urlopen(f"{address}_stcore/health", timeout=1).close()
        except HTTPError:  # it answers, and says that something is wrong: that may be what a test wants to see
            return Server(process, address, home, options)
        except OSError:
            time.sleep(0.1)
        else:
            return Server(process, address, home, options)
    process.kill()
    raise RuntimeError((home / "server.log").read_text())


@pytest.fixture
def server(home: Path) -> Iterator[Server]:
    running = started(home)
    yield running
    running.process.terminate()
    running.process.wait(10)


@dataclass
class Watched:
    """A page, and every address that it asked for."""

    page: Page
    requests: list[str] = field(default_factory=list)

    def open(self, address: str) -> Page:
        self.page.goto(address)
        self.settled()
        return self.page

    def settled(self) -> None:
        """Waits until the script run has ended."""
        self.page.wait_for_selector("[data-testid=stApp]")
        self.page.wait_for_selector("h1", timeout=20_000)
        self.page.wait_for_selector(
            "[data-testid=stApp][data-test-script-state=notRunning]", state="attached", timeout=20_000
        )
        self.page.wait_for_timeout(300)

    @property
    def foreign(self) -> list[str]:
        return [url for url in self.requests if not url.startswith(("http://127.0.0.1", "data:", "blob:"))]


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    context = browser.new_context(locale="de-DE", viewport={"width": 1440, "height": 900}, accept_downloads=True)
    tab = Watched(context.new_page())
    tab.page.on("request", lambda request: tab.requests.append(request.url))
    yield tab
    assert tab.foreign == []
    context.close()
