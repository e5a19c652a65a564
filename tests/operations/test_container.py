"""The example for containers, as far as it can be tried without an engine that builds and runs them."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from ruamel.yaml import YAML

from indicators.settings import Settings
from tests.oidc.conftest import COOKIE_SECRET, SECRETS
from tests.operations.conftest import FRAME, NGINX, certificate
from tests.servers import PROJECT, free_port

FOLDER = PROJECT / "docs" / "betrieb" / "container"
LINES = re.sub(r"\\\n\s*", "", (FOLDER / "Containerfile").read_text(encoding="utf-8")).splitlines()
COMPOSE = YAML(typ="safe").load((FOLDER / "compose.yaml").read_text(encoding="utf-8"))
APPS = {"anwendung-1": "8501", "anwendung-2": "8502"}
PORT = "STREAMLIT_SERVER_PORT"


def said(word: str) -> list[str]:
    """What follows each instruction of this name."""
    return [line.removeprefix(f"{word} ") for line in LINES if line.startswith(f"{word} ")]


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the second stage copies from the project, and nothing else."""
    folder = tmp_path_factory.mktemp("image")
    after = said("COPY")[said("COPY").index("--from=packages /opt/venv /opt/venv") + 1 :]
    for *sources, target in (shlex.split(copy) for copy in after):
        for source in sources:
            place = folder / target / (Path(source).name if target == "./" else "")
            if (PROJECT / source).is_dir():
                shutil.copytree(PROJECT / source, place, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(PROJECT / source, place)
    return folder


@pytest.fixture(scope="module")
def running(image: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The command of the container in its folder, with its environment."""
    port, home = free_port(), tmp_path_factory.mktemp("home")
    (home / "secrets.toml").write_text(
        SECRETS.format(app=f"http://127.0.0.1:{port}/", secret=COOKIE_SECRET, provider=free_port()), encoding="utf-8"
    )
    command = COMPOSE["services"]["anwendung-1"]["command"]
    changed = {"0.0.0.0": "127.0.0.1", "monitoring.stadt.example": "127.0.0.1",
               "/run/secrets/anmeldung": str(home / "secrets.toml")}  # fmt: skip
    for found, wanted in changed.items():
        assert any(found in word for word in command), found
        command = [word.replace(found, wanted) for word in command]
    process = subprocess.Popen([sys.executable, "-m", *command], cwd=image, env=environment(home, port))
    try:
        _wait(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def environment(home: Path, port: int) -> dict[str, str]:
    """That of the container, but for paths and where the data are."""
    named = dict(pair.split("=", 1) for line in said("ENV") for pair in line.split())
    outside = {name: value for name, value in os.environ.items() if not name.startswith("MONITORING_")}
    return (
        outside
        | {name: value for name, value in named.items() if name not in ("PATH", "HOME")}
        | {"MONITORING_HOME": str(home), PORT: str(port)}
    )


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        try:
            urlopen(f"http://127.0.0.1:{port}/", timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the container's command ends")


@pytest.mark.slow
def test_what_the_image_holds_is_enough_to_start(running: int):
    with urlopen(f"http://127.0.0.1:{running}/_stcore/health", timeout=30) as answer:
        assert answer.status == 200
    with urlopen(f"http://127.0.0.1:{running}/", timeout=30) as answer:
        assert b"<title>" in answer.read()


@pytest.mark.slow
def test_without_a_login_it_does_not_start(image: Path, tmp_path: Path):
    command = [word.strip('"') for word in re.findall(r'"[^"]*"', said("CMD")[0])]
    command = [word.replace("0.0.0.0", "127.0.0.1").replace("8501", str(free_port())) for word in command]
    done = subprocess.run([sys.executable, "-m", *command], cwd=image, env=environment(tmp_path, free_port()),
                          capture_output=True, text=True, check=False, timeout=120)  # fmt: skip
    assert "Nicht gestartet: Eine Anmeldung ist vorgeschrieben" in done.stdout + done.stderr


@pytest.mark.slow
def test_the_health_check_of_compose_finds_it(running: int):
    kind, program, *asks = COMPOSE["services"]["anwendung-1"]["healthcheck"]["test"]
    assert (kind, program) == ("CMD", "python")
    for port, ends_well in ((running, True), (free_port(), False)):
        done = subprocess.run(
            [sys.executable, *asks],
            env={**os.environ, PORT: str(port)},
            check=False,
            capture_output=True,
            timeout=60,
        )
        assert (done.returncode == 0) == ends_well


def test_both_lists_of_packages_are_those_of_the_project():
    first = said("COPY")[0].split()[:-1]
    assert first == ["requirements.txt", "docs/parts/shared.txt"]
    assert all((PROJECT / file).exists() for file in first)
    assert sum("--require-hashes" in part for line in said("RUN") for part in line.split("&&")) == len(first)


def test_every_setting_of_compose_is_one_of_ours():
    for name in APPS:
        service = COMPOSE["services"][name]
        ours = {key.removeprefix("MONITORING_").lower(): value for key, value in service["environment"].items()
                if key.startswith("MONITORING_")}  # fmt: skip
        assert set(ours) <= set(Settings.model_fields)
        assert Settings(**ours, home=Path("/var/lib/integrationsmonitoring")).shared
        assert service["environment"][PORT] == APPS[name]
        assert ours["store_folder"] in {volume.split(":")[1] for volume in service["volumes"]}


def test_what_compose_names_is_there():
    for service in COMPOSE["services"].values():
        assert set(service.get("secrets", ())) <= set(COMPOSE["secrets"])
        assert set(service.get("depends_on", ())) <= set(COMPOSE["services"])
        for volume in service.get("volumes", ()):
            source = volume.split(":")[0]
            assert source in COMPOSE["volumes"] or source.startswith("./z") or (FOLDER / source).exists(), source


@pytest.mark.skipif(NGINX is None, reason="nginx is not installed: apt-get install nginx")
def test_nginx_of_compose_knows_both_processes(tmp_path: Path):
    _, _, command = COMPOSE["services"]["nginx"]["command"]
    command = command.replace("/vorlage/nginx.conf", str(FOLDER.parent / "nginx.conf"))
    command = command.replace("/etc/nginx/conf.d/default.conf", str(tmp_path / "site.conf")).partition("&&")[0]
    subprocess.run(["sh", "-c", command], check=True)
    text = (tmp_path / "site.conf").read_text(encoding="utf-8")
    servers = [f"{name}:{port}" for name, port in APPS.items()]
    assert re.findall(r"^ *server (\S+) max_fails", text, re.M) == [*servers, *servers]
    assert re.findall(r"^ *server (\S+) backup", text, re.M) == servers[::-1]
    certificate(tmp_path)
    for name in APPS:
        text = text.replace(f"server {name}:", "server 127.0.0.1:")
    text = text.replace("/etc/ssl/certs/monitoring.stadt.example.pem", str(tmp_path / "certificate.pem"))
    text = text.replace("/etc/ssl/private/monitoring.stadt.example.key", str(tmp_path / "key.pem"))
    (tmp_path / "site.conf").write_text(text, encoding="utf-8")
    (tmp_path / "nginx.conf").write_text(FRAME.format(folder=tmp_path, user=""), encoding="utf-8")
    done = subprocess.run(
        [str(NGINX), "-t", "-c", str(tmp_path / "nginx.conf")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
