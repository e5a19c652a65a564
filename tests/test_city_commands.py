"""The command line where there are many cities: for one of them by name, for each, and what is told of all."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from indicators import commands
from indicators.store import Store
from tests.many_cities import NORTH, SOUTH, TOWNS
from tests.servers import PROJECT


def ran(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "MONITORING_CITIES": str(folder)}
    environment.pop("MONITORING_HOME", None)
    command = [sys.executable, "-m", "indicators", *arguments]
    return subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)


def damage(file: Path) -> None:
    file.write_bytes(b"kaputt" + file.read_bytes()[6:])


def test_a_command_works_on_the_city_that_is_named_and_on_none_without_a_name(roof):
    for town in TOWNS:
        shown = ran(roof, "--city", town.key, "role")
        assert town.person("office") in shown.stdout and shown.returncode == 0
    refused = ran(roof, "role")
    assert refused.returncode == 1 and "--city NAME" in refused.stderr
    unknown = ran(roof, "--city", "west", "role")
    assert unknown.returncode == 1 and f"{NORTH.key} und {SOUTH.key}" in unknown.stderr


def test_every_city_has_its_own_file_and_one_that_fails_stops_no_other(roof, tmp_path):
    damage(roof / NORTH.key / "data" / "monitoring.duckdb")
    done = ran(roof, "--every-city", "backup", str(tmp_path / "{city}.duckdb"))
    assert done.returncode == 1
    assert f"Nicht gelungen: {NORTH.key}." in done.stderr and "Fehler: Die Datenbank" in done.stderr
    assert not (tmp_path / f"{NORTH.key}.duckdb").exists()
    copy = Store(tmp_path / f"{SOUTH.key}.duckdb")
    assert copy.value("select min(file_name) from delivery").startswith(SOUTH.mark)
    copy.close()


def test_all_cities_are_shown_with_what_is_wrong(roof):
    shown = ran(roof, "cities", "--check")
    assert shown.returncode == 0 and "2 Städte, 0 davon mit einem Fehler." in shown.stdout
    for town in TOWNS:
        assert f"{town.key}: {town.host}; " in shown.stdout
    damage(roof / NORTH.key / "data" / "monitoring.duckdb")
    (roof / "west").mkdir()
    (roof / "west" / "settings.toml").write_text("x = 1\n", encoding="utf-8")
    shown = ran(roof, "cities", "--check")
    assert shown.returncode == 1 and "3 Städte, 2 davon mit einem Fehler." in shown.stdout
    assert "beschädigt" in shown.stdout and "„x“ gibt es nicht" in shown.stdout


@pytest.mark.parametrize("arguments", [("--every-city", "role"), ("--city", "x", "role"), ("cities",)])
def test_where_there_is_one_city_none_is_named(home, arguments):
    environment = {**os.environ, "MONITORING_HOME": str(home)}
    environment.pop("MONITORING_CITIES", None)
    command = [sys.executable, "-m", "indicators", *arguments]
    said = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)
    assert said.returncode == 1 and "MONITORING_CITIES" in said.stderr and "Traceback" not in said.stderr


def test_no_command_asks_for_settings_that_are_of_no_city():
    files = Path(commands.__file__).parent.glob("*.py")
    assert [file.name for file in files if "Settings(" in file.read_text(encoding="utf-8")] == ["installation.py"]
