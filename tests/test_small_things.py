"""Small things that were found by trying, each with the value that is right."""

import json
import shutil
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from indicators.__main__ import main
from indicators.catalogue import lint, load
from indicators.deliveries.staging import confirm, stage
from indicators.ledger import archive, commits, duties
from indicators.ledger.commits import Upload
from indicators.store import Store, StoreError
from indicators.store.backups.backup import restore
from tests.conftest import SMALL_CITY, filled_template


def said(*arguments: object, status: int = 0) -> str:
    """What a command says; the result is not kept, for it would keep the database open."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exit_code == status, (result.output, result.exception)
    return result.output


def delivered(store, catalogue, year, at):
    staged = stage(store, catalogue, Upload(f"{year}.xlsx", filled_template(catalogue, year), "Test"), at)
    return confirm(store, catalogue, staged, at, dict.fromkeys(staged.to_explain, "geprüft")).number


@pytest.mark.parametrize("way", ["by the command", "by hand"])
def test_numbers_are_never_given_twice_after_a_backup_was_put_back(home, small_city, way):
    database = home / "data" / "monitoring.duckdb"
    backup = home / "sicherung.duckdb"
    shutil.copy(database, backup)
    store = Store(database)
    assert delivered(store, small_city, 2025, datetime(2026, 1, 20)) == 7
    commits.withdraw(store, 7, datetime(2026, 1, 21), "Test", "falsch")
    version = store.data_version
    store.close()
    if way == "by hand":
        shutil.copy(backup, database)
        database.with_name(database.name + ".stand").unlink(missing_ok=True)
    else:
        restore(backup, database, "IT", datetime(2026, 2, 1))
    store = Store(database)
    assert delivered(store, small_city, 2025, datetime(2026, 2, 2)) == 8
    assert store.data_version == version + 1
    store.close()


def test_a_new_period_begins_at_midnight_in_berlin(store, small_city):
    upload = Upload("a.xlsx", filled_template(small_city, 2026), "Test")
    rules = [
        {found.rule for found in stage(store, small_city, upload, moment).findings}
        for moment in (datetime(2025, 12, 31, 22, 59), datetime(2025, 12, 31, 23, 0))
    ]
    assert "future-period" in rules[0] and "future-period" not in rules[1]


def test_a_first_delivery_of_old_periods_is_not_late(store, small_city, deliver):
    rows = [
        (code, "FB 51", str(year), "", 100) for year in (2021, 2022, 2023, 2024) for code in ("kinder", "kita_kinder")
    ]
    deliver(*rows, at=datetime(2025, 6, 1))
    states = {
        str(d.period): d.state for d in duties.duties(store, small_city, datetime(2025, 7, 1)) if d.reporter == "FB 51"
    }
    assert states["2021"] is states["2022"] is states["2023"] is duties.State.DELIVERED
    assert states["2024"] is duties.State.LATE  # that one was waited for


@pytest.mark.parametrize("reporter", ["FB 51/1", "FB\\51", "Träger: „Süd“ 🌻"])
def test_a_template_is_written_for_any_code_and_title(tmp_path, monkeypatch, reporter):
    definitions = tmp_path / "definitions"
    shutil.copytree(SMALL_CITY, definitions)
    for file in definitions.glob("*.yaml"):
        text = file.read_text(encoding="utf-8").replace(
            "code: FB 51", f"code: {json.dumps(reporter, ensure_ascii=False)}"
        )
        text = text.replace("department: FB 51", f"department: {json.dumps(reporter, ensure_ascii=False)}")
        file.write_text(text.replace("title: Kinder,", 'title: "Kinder 👧🏽 & Co.",'), encoding="utf-8")
    assert lint(definitions) == []
    monkeypatch.setenv("MONITORING_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert said("template", "2025", "--reporter", reporter).startswith("Geschrieben")
    (written,) = tmp_path.glob("Vorlage_*.xlsx")
    assert "fehlt" in said("deliver", written, status=1)
    assert said("template", "2025").startswith("Geschrieben")


def test_excels_own_names_are_no_sheets(tmp_path):
    for name in ("Verlauf", "history", "Anleitung"):
        shutil.rmtree(tmp_path, ignore_errors=True)
        shutil.copytree(SMALL_CITY, tmp_path)
        file = tmp_path / "b_bildung.yaml"
        text = file.read_text(encoding="utf-8").replace("title: Kinder,", f"title: Kinder, family: {name},")
        file.write_text(text, encoding="utf-8")
        assert any("kann kein Blatt" in fault.message for fault in lint(tmp_path)), name


@pytest.mark.parametrize(("answer", "goes_on"), [("j", True), ("J", True), ("ja", True), ("n", False), ("", False)])
def test_j_is_yes(home, monkeypatch, answer, goes_on):
    monkeypatch.setenv("MONITORING_HOME", str(home))
    backup = home / "sicherung.duckdb"
    shutil.copy(home / "data" / "monitoring.duckdb", backup)
    result = CliRunner().invoke(main, ["restore-backup", str(backup)], input=f"{answer}\n")
    assert "[j/N]" in result.output
    assert (result.exit_code == 0) is goes_on, result.output


def test_one_value_is_one():
    from indicators.german import counted

    assert [counted(number, "Wert", "Werte") for number in (0, 1, 2)] == ["0 Werte", "1 Wert", "2 Werte"]


def test_the_kept_definitions_are_shown_though_a_later_check_would_refuse_them(tmp_path):
    shutil.copytree(SMALL_CITY, tmp_path, dirs_exist_ok=True)
    file = Path(tmp_path) / "b_bildung.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("value: 40.0", "value: 10.0"), encoding="utf-8")
    assert lint(tmp_path) and load(tmp_path, kept=True).indicator("B-01").targets[0].value == 10.0


def test_a_folder_that_may_not_be_written_is_not_told_as_a_full_disk(home, small_city, monkeypatch):
    store = Store(home / "data" / "monitoring.duckdb")
    monkeypatch.setattr("indicators.store.durability.disk_space.os.access", lambda path, mode: False)
    monkeypatch.setattr(store._room, "suffices", lambda: False)
    monkeypatch.setattr(store._room, "can_be_taken", lambda: False)
    with pytest.raises(StoreError, match="schreibgeschützt"):
        delivered(store, small_city, 2025, datetime(2026, 1, 20))
    monkeypatch.undo()
    assert store.refusal.startswith("Nicht gespeichert: Der Speicherplatz")
    store.close()


def test_what_came_by_a_clock_that_ran_ahead_is_known_today(store, deliver):
    today = datetime(2025, 6, 1, 21, 59)
    assert archive.present(store, today) == today
    deliver(("kinder", "FB 51", "2024", "", 400), at=datetime(2025, 6, 3))
    assert archive.present(store, today) == datetime(2025, 6, 3)
