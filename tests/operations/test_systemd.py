"""The unit of the operations guide is one that systemd takes, and it shuts the service in."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from indicators.__main__ import main

FOLDER = Path(__file__).parents[2] / "docs" / "betrieb"
UNIT = FOLDER / "integrationsmonitoring.service"
REMIND = FOLDER / "integrationsmonitoring-erinnern.service"
PROGRAMS = {UNIT: "streamlit", REMIND: "python"}
ANALYZE = shutil.which("systemd-analyze")
MOST_EXPOSED = 2.5

pytestmark = pytest.mark.skipif(ANALYZE is None, reason="systemd-analyze is not installed")


@pytest.fixture(params=PROGRAMS, ids=lambda file: file.stem)
def unit(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Each of our units with a program that exists here; nothing else is changed."""
    text = request.param.read_text(encoding="utf-8")
    program = f"/opt/integrationsmonitoring/.venv/bin/{PROGRAMS[request.param]}"
    assert program in text
    text = text.replace(program, "/usr/bin/env").replace("WorkingDirectory=/opt/integrationsmonitoring", "")
    copy = tmp_path / request.param.name
    copy.write_text(re.sub(r"^Documentation=.*\n", "", text, flags=re.MULTILINE), encoding="utf-8")
    return copy


def test_systemd_finds_nothing_to_complain_about(unit):
    done = subprocess.run([str(ANALYZE), "verify", str(unit)], capture_output=True, text=True)
    complaints = [line for line in done.stderr.splitlines() if unit.name in line]
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


def test_the_timer_starts_the_command_that_there_is():
    """The timer wakes the service of its name, and that calls a command with options that it has."""
    timer = REMIND.with_suffix(".timer")
    assert "OnCalendar=" in timer.read_text(encoding="utf-8")
    [called] = re.findall(r"-m indicators (\S+) (.+)", REMIND.read_text(encoding="utf-8"))
    assert called[0] in main.commands
    known = {name for one in main.commands[called[0]].params for name in one.opts}
    assert set(re.findall(r"--\S+", called[1])) <= known
    done = subprocess.run([str(ANALYZE), "calendar", "Mon..Fri 07:00"], capture_output=True, text=True)
    assert done.returncode == 0 and "OnCalendar=Mon..Fri 07:00" in timer.read_text(encoding="utf-8")
