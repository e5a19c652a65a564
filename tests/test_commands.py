"""The command line does what the pages do."""

import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from indicators.__main__ import main
from indicators.catalogue import load
from indicators.errors import MonitoringError
from indicators.installation import NotSetUpError
from indicators.samples import SAMPLES
from tests.conftest import filled_template
from tests.pages.test_secrecy import yearly


@pytest.fixture
def run(home: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MONITORING_HOME", str(home))

    def invoke(*arguments: object, status: int = 0) -> str:
        result = CliRunner().invoke(main, [str(argument) for argument in arguments])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == status, result.output
        return result.output

    return invoke


def test_every_command_is_documented_in_the_operations_part_of_the_handbook():
    text = (Path(__file__).parents[1] / "docs" / "handbuch.md").read_text(encoding="utf-8")
    for name in main.commands:
        assert f"python -m indicators {name}" in text, name


def test_check_finds_nothing_in_sound_definitions(run):
    assert "in Ordnung" in run("check")


def test_check_names_file_and_line_and_fails(run, home):
    (home / "definitions" / "units.yaml").write_text("units:\n  - {code: Personen}\n", encoding="utf-8")
    output = run("check", status=1)
    assert "units.yaml, Zeile 2" in output


def test_init_makes_an_empty_city(tmp_path, run, monkeypatch):
    new = tmp_path / "neu"
    output = run("init", new)
    assert "Stadt einrichten" in output
    assert (new / "data" / "monitoring.duckdb").exists()
    assert not list(new.rglob("*.yaml"))
    monkeypatch.setenv("MONITORING_HOME", str(new))
    for command in (("check",), ("template", "2025"), ("definitions", "export", tmp_path / "x")):
        with pytest.raises(NotSetUpError, match="noch keine Stadt eingerichtet"):
            run(*command)
    assert "nicht leer" in run("init", new, status=1)


def test_the_first_rights_are_given_before_there_is_a_city(tmp_path, run, monkeypatch):
    run("init", tmp_path / "neu")
    monkeypatch.setenv("MONITORING_HOME", str(tmp_path / "neu"))
    assert "kim@stadt.de: Administration" in run("role", "kim@stadt.de", "administrator")
    assert "kim@stadt.de" in run("role")
    with pytest.raises(NotSetUpError):
        run("role", "kim@stadt.de", "reporter", "--reporter", "FB 51")


def test_definitions_are_read_into_an_empty_city_and_checked_from_there(tmp_path, run, home, monkeypatch):
    run("init", tmp_path / "neu")
    monkeypatch.setenv("MONITORING_HOME", str(tmp_path / "neu"))
    assert "Es wurde nichts geändert" in run("definitions", "import", home / "definitions")
    assert "Fassung 1" in run("definitions", "import", home / "definitions", "--reason", "Anfang")
    output = run("check")
    assert "Katalog der Datenbank" in output
    assert "in Ordnung" in output


@pytest.mark.parametrize("name", SAMPLES)
def test_init_begins_with_the_definitions_of_a_sample(tmp_path, run, name):
    new = tmp_path / "neu"
    output = run("init", new, "--sample", name)
    assert SAMPLES[name].title in output
    assert "city.yaml" in output
    assert "in Ordnung" in run("check", new / "definitions")
    city = load(new / "definitions").city
    assert not city.sample
    assert not city.meetings
    assert city.invented == (name == "musterstadt")


def test_init_says_which_samples_there_are(tmp_path, run):
    invoked = CliRunner().invoke(main, ["init", "--sample", str(tmp_path / "a")], input="leverkusen\n")
    assert invoked.exit_code == 0, invoked.output
    assert all(name in invoked.output for name in SAMPLES)
    assert load(tmp_path / "a" / "definitions").city.name == "Leverkusen"
    wrong = run("init", tmp_path / "b", "--sample", "köln", status=1)
    assert all(name in wrong for name in SAMPLES)
    assert not (tmp_path / "b").exists()
    assert "Ordner" in run("init", status=2)


def test_template_for_one_and_for_all(run, tmp_path):
    run("template", "2025", "--reporter", "FB 51", "--out", tmp_path / "v.xlsx")
    assert zipfile.is_zipfile(tmp_path / "v.xlsx")
    run("template", "2025-Q1", "--out", tmp_path / "v.zip")
    assert zipfile.ZipFile(tmp_path / "v.zip").namelist() == [
        "2025-Q1_FB-51.xlsx",
        "2025-Q1_AWO.xlsx",
        "2025-Q1_DRK.xlsx",
    ]


def test_an_unknown_reporter_is_named_with_those_that_exist(run):
    with pytest.raises(MonitoringError, match="FB 51, AWO und DRK"):
        run("template", "2025", "--reporter", "FB 99")


def test_deliver_checks_then_commits_then_withdraws_and_restores(run, tmp_path, small_city):
    file = tmp_path / "FB51_2025.xlsx"
    file.write_bytes(filled_template(small_city, 2025))
    assert "6 neu" in run("deliver", file)
    assert "Lieferung 7" in run("deliver", file, "--commit", "--by", "IT")
    assert "bereits geliefert" in run("deliver", file, status=1)
    assert "zurückgezogen" in run("withdraw", 7, "--reason", "falsch", "--by", "IT")
    assert "gilt wieder" in run("restore", 7, "--reason", "doch richtig", "--by", "IT")
    with pytest.raises(MonitoringError, match="gültig"):
        run("restore", 7, "--reason", "nochmal")


def test_a_rejected_file_fails_and_changes_nothing(run, tmp_path, small_city):
    file = tmp_path / "FB51_2025.xlsx"
    file.write_bytes(filled_template(small_city, 2025, kinder=-5.0))
    output = run("deliver", file, "--commit", status=1)
    assert "Blatt „kinder“ B8: „Kinder“ kann nicht kleiner als 0 sein." in output
    assert "abgewiesen" in output


def test_export_writes_what_was_known_on_a_day(run, tmp_path):
    run("export", "B-01", "--format", "csv", "--out", tmp_path / "heute.csv")
    run("export", "B-01", "--format", "csv", "--as-of", "2023-06-30", "--out", tmp_path / "damals.csv")
    assert "32,5" in (tmp_path / "heute.csv").read_text(encoding="utf-8-sig")
    assert "32,5" not in (tmp_path / "damals.csv").read_text(encoding="utf-8-sig")
    run("export", "--format", "xlsx", "--out", tmp_path / "alles.xlsx")
    assert zipfile.is_zipfile(tmp_path / "alles.xlsx")


@pytest.fixture
def with_a_small_number(run, tmp_path, small_city) -> None:
    """Three of 103 children are foreign in 2025: 3.0 %."""
    file = tmp_path / "FB51_2025.xlsx"
    file.write_bytes(yearly(small_city, 3.0).content)
    run("deliver", file, "--commit", "--reason", "geprüft")


@pytest.mark.parametrize("format_name", ["xlsx", "csv", "csv-machine", "svg", "png"])
def test_a_file_with_true_values_says_so_and_so_does_its_name(run, tmp_path, with_a_small_number, format_name):
    command = ("export", "B-01", "--format", format_name, "--out", tmp_path / "b.datei")
    run(*command)
    assert "b-wahre-werte.datei" in run(*command, "--true-values")
    plain, true = tmp_path / "b.datei", tmp_path / "b-wahre-werte.datei"
    assert plain.read_bytes() != true.read_bytes()
    if format_name != "png":
        assert "wahre Werte" not in said(plain)
        assert "wahre Werte" in said(true)


@pytest.mark.parametrize("format_name", ["xlsx", "csv", "csv-machine", "svg"])
def test_a_file_with_invented_figures_says_so_beside_true_values_too(
    run, home, tmp_path, with_a_small_number, format_name
):
    city = home / "definitions" / "city.yaml"
    city.write_text(city.read_text(encoding="utf-8") + "invented: true\n", encoding="utf-8")
    command = ("export", "B-01", "--format", format_name, "--out", tmp_path / "b.datei")
    run(*command)
    run(*command, "--true-values")
    plain, true = said(tmp_path / "b.datei"), said(tmp_path / "b-wahre-werte.datei")
    assert "rfundene Zahlen" in plain and "wahre Werte" not in plain
    assert "rfundene Zahlen" in true and "wahre Werte" in true


def said(file: Path) -> str:
    """Everything that the file holds, as text."""
    if not zipfile.is_zipfile(file):
        return file.read_text(encoding="utf-8-sig")
    with zipfile.ZipFile(file) as packed:
        return "".join(packed.read(name).decode(errors="ignore") for name in packed.namelist())


def test_export_writes_what_the_steering_group_sees(run, home, tmp_path, with_a_small_number):
    file = home / "definitions" / "b_bildung.yaml"
    text = file.read_text(encoding="utf-8")
    foreign = "breakdowns: [herkunft], headline: {herkunft: auslaendisch}"
    file.write_text(text.replace("breakdowns: [herkunft]", foreign), "utf-8")
    run("export", "B-01", "--format", "csv", "--out", tmp_path / "b.csv")
    run("export", "B-01", "--format", "csv", "--true-values", "--out", tmp_path / "b.csv")
    assert "2025;.;" in said(tmp_path / "b.csv").replace("\r", "") + ";"
    assert "2025;3,0" in said(tmp_path / "b-wahre-werte.csv")


def test_export_of_an_unknown_indicator(run, tmp_path):
    with pytest.raises(MonitoringError, match="X-99"):
        run("export", "X-99", "--out", tmp_path / "x.xlsx")


def test_roles_are_given_shown_and_taken(run):
    run("role", "Kim@Stadt.de", "office", "administrator", "--by", "IT")
    run("role", "fb51@stadt.de", "reporter", "--reporter", "FB 51", "--by", "IT")
    shown = run("role")
    assert "kim@stadt.de: Administration und Stabsstelle Integration" in shown
    assert "fb51@stadt.de: meldende Stelle für FB 51" in shown
    assert "kim@stadt.de: kein Zugang" in run("role", "kim@stadt.de", "none")


def test_a_role_for_an_unknown_reporter_is_refused(run):
    with pytest.raises(MonitoringError, match="FB 99"):
        run("role", "kim@stadt.de", "reporter", "--reporter", "FB 99")
    assert run("role") == ""


def test_sample_does_not_touch_an_installation_of_ones_own(run):
    assert "hier entsteht kein Beispiel" in run("sample")


def test_settings_file_counts_and_the_environment_wins(home, monkeypatch):
    from indicators.settings import Settings

    (home / "settings.toml").write_text(f"local_user = {json.dumps('Büro')}\n", encoding="utf-8")
    monkeypatch.setenv("MONITORING_HOME", str(home))
    assert Settings().local_user == "Büro"
    monkeypatch.setenv("MONITORING_LOCAL_USER", "IT")
    assert Settings().local_user == "IT"


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        (
            "MONITORING_SAMPLE",
            "hamburg",
            "„hamburg“. Möglich sind musterstadt, braunschweig, bielefeld, braunschweig-2017, landau, leverkusen oder "
            "luebeck.",
        ),
        ("MONITORING_SESSION_HOURS", "lange", "session_hours (MONITORING_SESSION_HOURS)"),
        ("MONITORING_KEEP_DAILY", "viele", "„viele“"),
    ],
)
def test_a_setting_that_does_not_fit_is_told_in_one_line(monkeypatch, capsys, name, value, told):
    from indicators.__main__ import run as run_as_people_do

    monkeypatch.delenv("MONITORING_HOME", raising=False)
    monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.argv", ["indicators", "check"])
    with pytest.raises(SystemExit) as left:
        run_as_people_do()
    assert left.value.code == 1
    assert told in capsys.readouterr().err


def test_a_line_of_the_settings_file_that_is_none_is_told(home, monkeypatch):
    from indicators.settings import Settings, SettingsError

    (home / "settings.toml").write_text("lokal_user = 'Büro'\n", encoding="utf-8")
    monkeypatch.setenv("MONITORING_HOME", str(home))
    with pytest.raises(SettingsError, match="„lokal_user“ gibt es nicht"):
        Settings()


@pytest.mark.parametrize("city", ["musterstadt", "braunschweig"])
def test_each_sample_has_its_own_definitions_and_database(monkeypatch, city):
    from indicators.settings import SAMPLE_DEFINITIONS, Settings

    monkeypatch.delenv("MONITORING_HOME", raising=False)
    monkeypatch.setenv("MONITORING_SAMPLE", city)
    named, other = Settings(), Settings(sample="braunschweig" if city == "musterstadt" else "musterstadt")
    assert named.definitions == SAMPLE_DEFINITIONS[city]
    assert {named.database.name, other.database.name} == {"monitoring.duckdb", "musterstadt.duckdb"}
    assert named.definitions != other.definitions
    assert (city == "musterstadt") == (named.database.name == "musterstadt.duckdb")


def test_without_a_word_it_is_the_invented_city(monkeypatch):
    from indicators.settings import Settings

    for name in ("HOME", "SAMPLE", "DEFINITIONS", "DATABASE"):
        monkeypatch.delenv(f"MONITORING_{name}", raising=False)
    assert Settings().sample == "musterstadt"


def test_compacting_is_for_a_shared_store_only(run):
    with pytest.raises(MonitoringError, match="nur auf einem gemeinsamen Speicher"):
        run("compact")
