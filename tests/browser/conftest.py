"""A real server on an installation of its own, and a real browser that reports what it asks for."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests import SMALL_CITY
from tests.chromium import CHROMIUM, go, settle
from tests.servers import Server, free_port, started


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in Path(item.fspath).parts:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="Debian's chromium is not installed: apt-get install chromium"))


@pytest.fixture(scope="session")
def port() -> int:
    """The same for one server after the other: what the browser has fetched once, it has."""
    return free_port()


@pytest.fixture
def server(home: Path, port: int) -> Iterator[Server]:
    running = started(home, port)
    yield running
    running.stop()


@pytest.fixture(scope="session")
def reading(filled_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The small city for all who only read: its pages have been loaded once, as on every day but the first."""
    home = tmp_path_factory.mktemp("reading")
    shutil.copytree(SMALL_CITY, home / "definitions")
    (home / "data").mkdir()
    shutil.copy(filled_database, home / "data" / "monitoring.duckdb")
    running = started(home)
    yield running
    running.stop()


@dataclass
class Watched:
    """A page, and every address that it asked for."""

    page: Page
    requests: list[str] = field(default_factory=list)

    def open(self, address: str) -> Page:
        self.page.goto(address)
        self.settled()
        return self.page

    def go(self, address: str) -> Page:
        """Within the app; see `tests.chromium.go`."""
        go(self.page, address)
        return self.page

    def settled(self) -> None:
        settle(self.page)

    @property
    def foreign(self) -> list[str]:
        return [url for url in self.requests if not url.startswith(("http://127.0.0.1", "data:", "blob:"))]


@pytest.fixture
def watched(tab: Page) -> Iterator[Watched]:
    looked = Watched(tab)
    note = lambda request: looked.requests.append(request.url)  # noqa: E731
    tab.on("request", note)
    yield looked
    tab.remove_listener("request", note)
    assert looked.foreign == []
