"""The server says that it is ill while nothing can be saved, and is well again without a restart."""

import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError

import pytest

from indicators.store.durability.disk_space import ROOM
from tests.conftest import SMALL_CITY
from tests.oidc.conftest import running
from tests.servers import free_port

SIZE = 3 * ROOM


def health(port: int) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=10) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()


@pytest.fixture
def disk(tmp_path: Path, filled_database: Path) -> Iterator[Path]:
    """An installation on a file system of its own."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(disk)]
    if subprocess.run(mounting, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small file system needs root")
    shutil.copytree(SMALL_CITY, disk / "definitions")
    (disk / "data").mkdir()
    shutil.copy(filled_database, disk / "data" / "monitoring.duckdb")
    yield disk
    subprocess.run(["umount", "--lazy", disk], check=True)


def served(home: Path, log: Path, port: int):  # type: ignore[no-untyped-def]
    serve = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(port)]
    return running(serve, port, log, MONITORING_HOME=str(home), MONITORING_KEEP_DAILY="0")


@pytest.mark.slow
def test_a_full_disk_is_told_to_whoever_watches_and_passes_without_a_restart(disk, tmp_path):
    port = free_port()
    with served(disk, tmp_path / "log", port):
        assert health(port) == (200, "ok")
        ballast = disk / "ballast"
        ballast.write_bytes(bytes(SIZE - ROOM))
        assert health(port) == (503, "Nichts kann gespeichert werden: Der Speicherplatz ist erschöpft.")
        ballast.unlink()
        until = time.monotonic() + 20
        while health(port)[0] != 200 and time.monotonic() < until:
            time.sleep(0.5)
        assert health(port) == (200, "ok")


@pytest.mark.slow
def test_a_faulty_catalogue_is_told_to_whoever_watches_and_keeps_no_page_from_connecting(home, tmp_path):
    """Streamlit's script asks the same address before it connects, and a 503 would be „Keine Verbindung zum Server“."""
    port, file = free_port(), home / "definitions" / "b_bildung.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("unit: Prozent,", "unit: Prozente,"), encoding="utf-8")
    with served(home, tmp_path / "log", port):
        assert health(port)[0] == 503
        address = f"http://127.0.0.1:{port}/_stcore/health"
        by_page = urllib.request.Request(address, headers={"Sec-Fetch-Dest": "empty"})
        assert urllib.request.urlopen(by_page, timeout=10).status == 200
        typed = urllib.request.Request(address, headers={"Sec-Fetch-Dest": "document"})
        with pytest.raises(HTTPError, match="503"):
            urllib.request.urlopen(typed, timeout=10)


@pytest.mark.slow
def test_a_damaged_database_is_told_without_details(home, tmp_path):
    port = free_port()
    database = home / "data" / "monitoring.duckdb"
    database.write_bytes(b"kaputt" + database.read_bytes()[6:])
    with served(home, tmp_path / "log", port):
        assert health(port) == (503, "Die Datenbank ist nicht verfügbar.")
