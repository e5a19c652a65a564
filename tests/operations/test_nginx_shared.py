"""The example with several applications: who has begun on one stays there, and when it is gone the other takes over."""

import http.cookiejar
import re
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

LINE = re.compile(r"^( *server 127\.0\.0\.1:)(\d+)( max_fails.*;\n)", re.MULTILINE)
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
    """Our example with the line of one more application in it."""
    first, second = applications
    port = free_port()
    certificate(tmp_path)
    (tmp_path / "site.conf").write_text(
        LINE.sub(rf"\g<0>\g<1>{second}\g<3>", site(tmp_path, int(first), free_port(), port)), encoding="utf-8"
    )
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


def test_people_are_spread_stay_where_they_began_and_go_on_elsewhere_when_it_is_gone(applications, front: str):
    first, second = applications
    people = [person() for _ in range(30)]
    at = [one.open(front, timeout=30).read().decode() for one in people]
    assert set(at) == {first, second}
    assert [one.open(front, timeout=30).read().decode() for one in people] == at

    applications[first].end()
    assert {one.open(front, timeout=30).read().decode() for one in people} == {second}
    applications[first] = Application(int(first))
