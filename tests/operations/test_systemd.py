"""The unit of the operations guide is one that systemd takes, and it shuts the service in."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

UNIT = Path(__file__).parents[2] / "docs" / "betrieb" / "integrationsmonitoring.service"
ANALYZE = shutil.which("systemd-analyze")
MOST_EXPOSED = 2.5

pytestmark = pytest.mark.skipif(ANALYZE is None, reason="systemd-analyze is not installed")


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """Our unit with a program that exists here; nothing else is changed."""
    text = UNIT.read_text(encoding="utf-8")
    program = "/opt/integrationsmonitoring/.venv/bin/streamlit"
    assert program in text
    text = text.replace(program, "/usr/bin/env").replace("WorkingDirectory=/opt/integrationsmonitoring", "")
    copy = tmp_path / UNIT.name
    copy.write_text(re.sub(r"^Documentation=.*\n", "", text, flags=re.MULTILINE), encoding="utf-8")
    return copy


def test_systemd_finds_nothing_to_complain_about(unit):
    done = subprocess.run([str(ANALYZE), "verify", str(unit)], capture_output=True, text=True)
    complaints = [line for line in done.stderr.splitlines() if UNIT.name in line]
    assert complaints == []


def test_the_service_is_shut_in(unit):
    done = subprocess.run(
        [str(ANALYZE), "security", "--offline=true", "--no-pager", str(unit)], capture_output=True, text=True
    )
    if "Overall exposure level" not in done.stdout:
        pytest.skip(f"systemd-analyze cannot judge units offline here: {done.stderr[-200:]}")
    found = re.search(r"Overall exposure level[^:]*: ([\d.]+)", done.stdout)
    assert found
    assert float(found[1]) <= MOST_EXPOSED, done.stdout[-3000:]


def test_it_listens_on_this_machine_only_and_never_without_login():
    text = UNIT.read_text(encoding="utf-8")
    assert "--server.address 127.0.0.1" in text
    assert "MONITORING_LOGIN_REQUIRED=true" in text
