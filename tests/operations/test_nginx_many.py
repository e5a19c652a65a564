"""Our nginx example in front of many cities: one name with a star, and each city under its own."""

import http.client
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.many_cities import NORTH, TOWNS
from tests.oidc.conftest import COOKIE_SECRET, SECRETS, running
from tests.operations.conftest import FRAME, NAME, NGINX, certificate, site
from tests.operations.test_nginx import UNCHECKED
from tests.servers import free_port, started

pytestmark = [pytest.mark.slow, pytest.mark.skipif(NGINX is None, reason="nginx is not installed")]


@pytest.fixture(scope="module")
def port(built_roof: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Where nginx listens."""
    folder = tmp_path_factory.mktemp("proxy-many")
    app, plain, port = free_port(), free_port(), free_port()
    certificate(folder)
    cities = shutil.copytree(built_roof, folder / "staedte")
    secrets = SECRETS.format(app="https://{host}/", secret=COOKIE_SECRET, provider=free_port())
    (folder / "secrets.toml").write_text(secrets, encoding="utf-8")
    example = site(folder, app, plain, port).replace("server_name 127.0.0.1;", "server_name *.localhost;")
    assert example.count("*.localhost") == 2 and NAME not in example
    (folder / "site.conf").write_text(example, encoding="utf-8")
    user = "user root;" if os.getuid() == 0 else ""
    (folder / "nginx.conf").write_text(FRAME.format(folder=folder, user=user), encoding="utf-8")
    own = {"MONITORING_CITIES": str(cities), "MONITORING_HOME": "", "MONITORING_KEEP_DAILY": "0"}
    server = started(folder, app, "--secrets.files", str(folder / "secrets.toml"), **own)
    try:
        with running([str(NGINX), "-p", str(folder), "-c", str(folder / "nginx.conf")], port, folder / "nginx.log"):
            yield port
    finally:
        server.stop()


def asked(port: int, host: str, path: str, **headers: str) -> tuple[int, str]:
    line = http.client.HTTPSConnection("127.0.0.1", port, timeout=20, context=UNCHECKED)
    line.request("GET", path, headers={"Host": host, **headers})
    answer = line.getresponse()
    return answer.status, answer.read().decode()


def test_each_city_is_under_its_own_name_and_nothing_under_another(port):
    for town in TOWNS:
        assert asked(port, town.host, "/_stcore/health") == (200, "ok")
        assert '<div id="root">' in asked(port, f"{town.host}:{port}", "/")[1]
    for host in ("west.localhost", "evil"):
        status, page = asked(port, host, "/overview")
        assert status == 404 and "Unter dieser Adresse ist nichts eingerichtet" in page
        assert not any(town.host in page or town.key in page for town in TOWNS)


def test_the_name_that_the_browser_asks_for_counts_and_no_other_header(port):
    assert asked(port, "evil", "/overview", **{"X-Forwarded-Host": NORTH.host})[0] == 404
