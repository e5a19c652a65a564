"""The example with several applications: who has begun on one stays there, and when it is gone the other takes over."""

import http.cookiejar
import os
import shutil
import signal
import subprocess
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.servers import PROJECT

NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
PORT, FIRST, SECOND = 8747, 8748, 8749
EXAMPLE = (PROJECT / "docs" / "betrieb" / "nginx-mehrere.conf").read_text(encoding="utf-8")
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
    running = {str(port): Application(port) for port in (FIRST, SECOND)}
    yield running
    for one in running.values():
        one.end()


@pytest.fixture
def proxy(tmp_path: Path) -> Iterator[str]:
    """nginx with the example as it is, but for the ports, and without TLS."""
    upstream, _, line = EXAMPLE.replace("8501", str(FIRST)).replace("8502", str(SECOND)).partition("# In den Block")
    cookie = line.partition("add_header")[2].replace(" Secure;", "")
    config = tmp_path / "nginx.conf"
    config.write_text(
        f"pid {tmp_path}/pid; error_log {tmp_path}/log; events {{}}\nhttp {{ access_log off;\n{upstream}\n"
        f"server {{ listen 127.0.0.1:{PORT}; add_header{cookie}"
        "location / { proxy_pass http://integrationsmonitoring; } } }\n",
        encoding="utf-8",
    )
    assert NGINX
    process = subprocess.Popen([NGINX, "-c", str(config), "-p", str(tmp_path), "-g", "daemon off;"])
    address = f"http://127.0.0.1:{PORT}/"
    for _ in range(100):
        try:
            urllib.request.urlopen(address, timeout=5).read()
            break
        except OSError:
            pass
    yield address
    process.send_signal(signal.SIGQUIT)
    process.wait(10)


def person() -> urllib.request.OpenerDirector:
    return urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))


def test_people_are_spread_stay_where_they_began_and_go_on_elsewhere_when_it_is_gone(applications, proxy: str):
    people = [person() for _ in range(30)]
    at = [one.open(proxy).read().decode() for one in people]
    assert set(at) == {str(FIRST), str(SECOND)}
    assert [one.open(proxy).read().decode() for one in people] == at

    applications[str(FIRST)].end()
    assert {one.open(proxy).read().decode() for one in people} == {str(SECOND)}
    applications[str(FIRST)] = Application(FIRST)
