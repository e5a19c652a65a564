"""nginx with our example, in front of a running app with login: everything on the loopback."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from tests.chromium import CHROMIUM
from tests.conftest import SMALL_CITY
from tests.oidc.conftest import COOKIE_SECRET, SECRETS, SETTINGS, running
from tests.servers import PROJECT, free_port

EXAMPLE = PROJECT / "docs" / "betrieb" / "nginx.conf"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
NAME = "monitoring.stadt.example"
USER = "_streamlit_user"
FRAME = """
daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; {user}
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "proxy" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.slow)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="Debian's chromium is not installed: apt-get install chromium"))
            if NGINX is None:
                item.add_marker(pytest.mark.skip(reason="nginx is not installed: apt-get install nginx"))


@dataclass(frozen=True)
class Proxy:
    """`address` is https, `plain` http; both end with a slash. `cookie` is one that the app has signed."""

    address: str
    plain: str
    app: str
    cookie: str


def site(folder: Path, apps: int | tuple[int, int], plain: int, port: int) -> str:
    """Our example with nothing changed but ports, name and certificate; for two applications with their lines."""
    first, second = (apps, apps) if isinstance(apps, int) else apps
    text = EXAMPLE.read_text(encoding="utf-8")
    if first != second:
        assert text.count("\n#2") > 10
        text = text.replace("\n#2", "\n")
    for found, wanted in (
        ("8501", str(first)),
        ("8502", str(second)),
        ("listen 80;", f"listen 127.0.0.1:{plain};"),
        ("listen 443 ssl", f"listen 127.0.0.1:{port} ssl"),
        (f"/etc/ssl/certs/{NAME}.pem", f"{folder}/certificate.pem"),
        (f"/etc/ssl/private/{NAME}.key", f"{folder}/key.pem"),
        (NAME, "127.0.0.1"),
    ):
        assert found in text, found
        text = text.replace(found, wanted)
    return text


def certificate(folder: Path) -> None:
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    target = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem")]
    subprocess.run([*command, *target], check=True, capture_output=True)


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory, filled_database: Path) -> Iterator[Proxy]:
    folder = tmp_path_factory.mktemp("proxy")
    app, plain, port = free_port(), free_port(), free_port()
    address = f"https://127.0.0.1:{port}/"
    certificate(folder)
    shutil.copytree(SMALL_CITY, folder / "definitions")
    (folder / "data").mkdir()
    shutil.copy(filled_database, folder / "data" / "monitoring.duckdb")
    (folder / "settings.toml").write_text(SETTINGS, encoding="utf-8")
    secrets = SECRETS.format(app=address, secret=COOKIE_SECRET, provider=free_port())
    (folder / "secrets.toml").write_text(secrets, encoding="utf-8")
    (folder / "site.conf").write_text(site(folder, app, plain, port), encoding="utf-8")
    user = "user root;" if os.getuid() == 0 else ""
    (folder / "nginx.conf").write_text(FRAME.format(folder=folder, user=user), encoding="utf-8")
    said = {"is_logged_in": True, "email": "buero@stadt.de", "groups": ["im-buero"], "provider": "default"}
    claims = json.dumps({**said, "iat": datetime.now(UTC).timestamp(), "origin": address.rstrip("/")})
    serve = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(app)]
    with (
        running(
            [*serve, "--secrets.files", str(folder / "secrets.toml")],
            app,
            folder / "app.log",
            MONITORING_HOME=str(folder),
        ),
        running(
            [str(NGINX), "-p", str(folder), "-c", str(folder / "nginx.conf")],
            port,
            folder / "nginx.log",
        ),
    ):
        cookie = create_signed_value(COOKIE_SECRET, USER, claims).decode()
        yield Proxy(address, f"http://127.0.0.1:{plain}/", f"http://127.0.0.1:{app}/", cookie)
