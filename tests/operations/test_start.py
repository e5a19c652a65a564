"""The server does not start where strangers could come in; every way to start it ends with the reason."""

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from indicators.ui import login
from indicators.ui.login import Circumstances, is_loopback, problem
from tests.servers import PROJECT, free_port

AUTH = dict.fromkeys(login.NEEDED, "x" * login.SHORTEST_SECRET)


def found(**changed: object) -> Circumstances:
    given = {"secrets": (), "auth": None, "address": "127.0.0.1", "trusts_headers": False, "login_required": False}
    return Circumstances(**{**given, **changed})  # type: ignore[arg-type]


@pytest.mark.parametrize("address", ["127.0.0.1", "127.0.0.53", "::1", "localhost"])
def test_without_login_this_machine_may(address):
    assert problem(found(address=address)) == ""


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "10.1.2.3", "monitoring.stadt.de", "", None, "unix:///run/x"])
def test_without_login_nobody_else_may(address):
    assert "keine Anmeldung eingerichtet" in problem(found(address=address))
    assert problem(found(address=address, secrets=("secrets.toml",), auth=AUTH)) == ""


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"login_required": True}, "vorgeschrieben"),
        ({"secrets": ("/etc/secrets.toml",)}, "/etc/secrets.toml lässt sich nicht lesen"),
        ({"auth": AUTH | {"client_id": ""}}, "client_id"),
        ({"auth": {}}, "redirect_uri, cookie_secret, client_id, client_secret, server_metadata_url"),
        ({"auth": AUTH | {"cookie_secret": "kurz"}}, "weniger als 32 Zeichen"),
        ({"auth": AUTH, "trusts_headers": True}, "Kopfzeilen"),
        ({"auth": AUTH, "many_cities": True}, "gehört in redirect_uri statt des Rechnernamens {host}"),
        ({"auth": AUTH | {"redirect_uri": "https://{host}/oauth2callback"}}, "nur bei mehreren Städten"),
    ],
)
def test_half_a_login_is_none(changed, reason):
    assert reason in problem(found(**changed))


def test_loopback_is_what_the_system_says_it_is():
    assert not is_loopback("127.0.0.1.stadt.de")
    assert is_loopback("[::1]")


@pytest.mark.parametrize(
    ("headers", "address", "here"),
    [
        ({"Host": "127.0.0.1:8501"}, None, True),
        ({"Host": "localhost"}, None, True),
        ({"Host": "[::1]:8501"}, None, True),
        ({"Host": "[::1]"}, None, True),
        ({"Host": "monitoring.stadt.de"}, None, False),
        ({"Host": "Nord.localhost:8501"}, None, True),
        ({"Host": "nord.localhost:8501"}, "10.1.2.3", False),
        ({"Host": "nord.localhost", "X-Forwarded-For": "127.0.0.1"}, None, False),
        ({"Host": "localhost.stadt.de"}, None, False),
        ({"Host": "notlocalhost"}, None, False),
        ({"Host": "127.0.0.1:8501"}, "10.1.2.3", False),
        ({"Host": "127.0.0.1:8501", "X-Forwarded-For": "127.0.0.1"}, None, False),
        ({"Host": "127.0.0.1:8501", "Forwarded": "for=127.0.0.1"}, None, False),
    ],
)
def test_without_login_a_visitor_through_a_proxy_is_none_of_ours(monkeypatch, headers, address, here):
    monkeypatch.setattr(login.st, "context", SimpleNamespace(headers=headers, ip_address=address))
    assert login.from_this_machine() is here


@pytest.mark.slow
@pytest.mark.parametrize(
    ("options", "required", "reason"),
    [
        (["--server.address", "0.0.0.0"], "", "keine Anmeldung eingerichtet"),
        (["--server.address", "::"], "", "keine Anmeldung eingerichtet"),
        ([], "true", "login_required"),
        (["--secrets.files", "BROKEN"], "", "lässt sich nicht lesen"),
    ],
)
def test_streamlit_run_ends_with_the_reason(tmp_path: Path, home: Path, options, required, reason):
    broken = tmp_path / "secrets.toml"
    broken.write_text("[auth\n", encoding="utf-8")
    options = [str(broken) if option == "BROKEN" else option for option in options]
    done = subprocess.run(
        [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(free_port()), *options],
        cwd=PROJECT,
        env={**os.environ, "MONITORING_HOME": str(home), "MONITORING_LOGIN_REQUIRED": required or "false"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 1
    assert reason in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("second", "reason"),
    [
        ('host = "nord.localhost"\n', "Die Städte nord und sued haben denselben Rechnernamen"),
        ('host = "sued.localhost"\nrole_claim = "groups"\n', "In sued kommen Rollen aus der Anmeldung"),
        ('host = "sued.localhost"\nlogin_required = true\n', "Eine Anmeldung ist vorgeschrieben"),
    ],
)
def test_cities_that_are_not_apart_are_not_served(tmp_path: Path, second, reason):
    for key, said in (("nord", 'host = "nord.localhost"\n'), ("sued", second)):
        (tmp_path / key).mkdir()
        (tmp_path / key / "settings.toml").write_text(said, encoding="utf-8")
    environment = {**os.environ, "MONITORING_CITIES": str(tmp_path)}
    environment.pop("MONITORING_HOME", None)
    done = subprocess.run(
        [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(free_port())],
        cwd=PROJECT, env=environment, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 1
    assert reason in done.stderr and "Traceback" not in done.stderr
