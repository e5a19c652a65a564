"""The example with several applications: who has begun on one stays there, and when it is gone the other takes over."""

import http.cookiejar
import signal
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.operations.conftest import FRAME, NGINX, certificate, site
from tests.operations.test_nginx import UNCHECKED
from tests.servers import free_port

PAGE = "_stcore/stream"
pytestmark = pytest.mark.skipif(NGINX is None, reason="nginx is not installed: sudo apt-get install -y nginx-light")


class Application(ThreadingHTTPServer):
    """Answers with its own port, as an application that knows its people would be known."""

    allow_reuse_address = True

    def __init__(self, port: int) -> None:
        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.end_headers()
                self.wfile.write(str(port).encode())

            def log_message(self, *_: object) -> None:
                pass

        super().__init__(("127.0.0.1", port), Answer)
        Thread(target=self.serve_forever, daemon=True).start()

    def end(self) -> None:
        self.shutdown()
        self.server_close()


@pytest.fixture
def applications() -> Iterator[dict[str, Application]]:
    running = {str(port): Application(port) for port in (free_port(), free_port())}
    yield running
    for one in running.values():
        one.end()


@pytest.fixture
def front(tmp_path: Path, applications: dict[str, Application]) -> Iterator[str]:
    """Our example with the lines for two applications."""
    first, second = applications
    port = free_port()
    certificate(tmp_path)
    (tmp_path / "site.conf").write_text(site(tmp_path, (int(first), int(second)), free_port(), port), encoding="utf-8")
    (tmp_path / "nginx.conf").write_text(FRAME.format(folder=tmp_path, user=""), encoding="utf-8")
    assert NGINX
    process = subprocess.Popen([NGINX, "-c", str(tmp_path / "nginx.conf"), "-p", str(tmp_path)])
    address = f"https://127.0.0.1:{port}/"
    for _ in range(100):
        try:
            person().open(address, timeout=5).close()
            break
        except OSError:
            time.sleep(0.05)
    yield address
    process.send_signal(signal.SIGQUIT)
    process.wait(10)


def person() -> urllib.request.OpenerDirector:
    """A browser: it keeps its cookies."""
    cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
    return urllib.request.build_opener(cookies, urllib.request.HTTPSHandler(context=UNCHECKED))


def at(people: list[urllib.request.OpenerDirector], front: str, page: str = "") -> list[str]:
    """The port that answers each of them."""
    return [one.open(front + page, timeout=30).read().decode() for one in people]


def test_people_are_spread_stay_where_their_page_is_open_and_go_on_elsewhere_when_it_is_gone(applications, front: str):
    first, second = applications
    people = [person() for _ in range(10)]
    open_at = at(people, front, PAGE)
    assert set(open_at) == {first, second}
    assert at(people, front) == at(people, front) == open_at

    applications[first].end()
    assert set(at(people, front)) == {second}
    assert set(at(people, front, PAGE)) == {second}
    applications[first] = Application(int(first))
    time.sleep(6.5)  # nginx tries it again by now
    assert first in at([person() for _ in range(10)], front, PAGE)
    assert set(at(people, front)) == {second}  # where their pages are: what they upload belongs there


def test_a_request_that_went_elsewhere_by_chance_leaves_them_where_their_page_is(applications, front: str):
    first, _ = applications
    people = [person() for _ in range(2)]
    open_at = at(people, front, PAGE)
    applications[first].end()
    at(people, front)
    applications[first] = Application(int(first))
    time.sleep(6.5)
    assert at(people, front) == open_at
