"""Boundaries from the command line: checked first, kept only when asked for, refused with what helps."""

import pytest
from click.testing import CliRunner

from indicators.__main__ import main
from indicators.errors import MonitoringError
from indicators.store import Store
from tests.maps.files import features, geojson, shapefile
from tests.maps.installation import install


@pytest.fixture
def run(tmp_path, monkeypatch):
    install(tmp_path, bounded=False)
    monkeypatch.setenv("MONITORING_HOME", str(tmp_path))

    def call(name: str, content: bytes, *arguments: str):
        (tmp_path / name).write_bytes(content)
        return CliRunner().invoke(main, ["map", str(tmp_path / name), *arguments])

    return call


def kept(tmp_path) -> list[tuple]:
    store = Store(tmp_path / "data" / "monitoring.duckdb")
    try:
        return store.rows("select file_name, source, who, valid_from::varchar, valid_to::varchar from boundary")
    finally:
        store.close()


def test_a_file_is_checked_and_kept_when_asked_for(run, tmp_path):
    said = run("st.zip", shapefile(), "--to", "31.12.2022")
    assert said.exit_code == 0 and "4 Gebiete, Spalte „NR“, 01.01.2000 bis 31.12.2022." in said.output
    assert kept(tmp_path) == []
    options = ("--to", "31.12.2022", "--source", "Stadt", "--commit", "--by", "IT")
    assert "Übernommen." in run("st.zip", shapefile(), *options).output
    assert kept(tmp_path) == [("st.zip", "Stadt", "IT", "2000-01-01", "2022-12-31")]
    assert "gilt schon eine Karte: „st.zip“" in run("st.zip", shapefile(), "--from", "01.01.2010").output


def test_what_cannot_be_used_is_not_kept(run, tmp_path):
    foreign = geojson(features(squares={"1": ("Mitte", 0, 0)}))
    said = run("a.geojson", foreign, "--source", "Stadt", "--commit")
    assert said.exit_code == 1
    assert "Fehler: Keine Spalte der Datei nennt ein Gebiet des Merkmals „Stadtteil“." in said.output
    assert "1 1 Mitte" in said.output
    assert isinstance(run("a.geojson", geojson(), "--commit").exception, MonitoringError)  # no source
    assert isinstance(run("a.geojson", b"x", "--commit").exception, MonitoringError)
    assert "stadtteil" in str(run("a.geojson", geojson(), "--dimension", "bezirk").exception)
    assert kept(tmp_path) == []
