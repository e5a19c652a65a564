"""Backups are whole, made beside the work that goes on, and lead back."""

import os
import shutil
import subprocess
import sys
import threading
import time
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from indicators.store import Store, StoreError, audit, schema
from indicators.store.backups.backup import Check, backup, restore, restore_check
from indicators.store.backups.backup_requests import Attendant, ask_for_backup, socket_of
from indicators.store.backups.daily_backup import Daily, Keep, by_hand_name, daily_name, outlived, tidy
from indicators.store.durability import copying
from indicators.store.durability.store_errors import InUseError
from tests.store.test_full_disk import commit

pytestmark = pytest.mark.slow
AT = datetime(2026, 11, 20, 9)


@pytest.fixture
def filled(database):
    store = Store(database)
    yield store
    store.close()


def test_a_backup_holds_every_table_and_opens_as_a_database(filled, tmp_path):
    before = filled.query("select * from observation order by rowid")
    backup(filled, tmp_path / "elsewhere.duckdb", "IT", AT)
    copy = Store(tmp_path / "elsewhere.duckdb")
    assert copy.query("select * from observation order by rowid").equals(before)  # in the same order: speed hangs on it
    assert copy.data_version == 6
    assert len(copy.rows("select * from valid_observation($now)", {"now": AT})) == len(before)
    copy.close()
    wait_for(lambda: not list((tmp_path / "data" / "backups").iterdir()))


def test_nothing_outside_of_the_backups_folder_can_be_written_by_sql(filled, tmp_path):
    import duckdb

    with pytest.raises(duckdb.PermissionException):
        filled.rows(f"attach '{tmp_path}/stolen.duckdb'")


def test_an_existing_file_is_never_overwritten(filled, tmp_path):
    (tmp_path / "there.duckdb").write_text("mine")
    with pytest.raises(StoreError, match="gibt es schon"):
        backup(filled, tmp_path / "there.duckdb", "IT", AT)
    assert (tmp_path / "there.duckdb").read_text() == "mine"


def test_a_copy_that_differs_is_not_called_a_backup(filled, tmp_path, monkeypatch):
    whole = copying.inspect
    monkeypatch.setattr(copying, "inspect", lambda file: whole(file) | {"tables": {}})
    with pytest.raises(StoreError, match="nicht gelungen"):
        backup(filled, tmp_path / "b.duckdb", "IT", AT)
    assert not (tmp_path / "b.duckdb").exists()
    wait_for(lambda: not list((tmp_path / "data" / "backups").iterdir()))


def test_backups_under_load_are_of_one_moment_each(filled, small_city, tmp_path):
    """While deliveries come in, each backup holds exactly the first so many, whole."""
    done = threading.Event()
    receipts = []

    def work() -> None:
        number = 0
        while not done.is_set():
            receipts.append(commit(filled, small_city, number))
            number += 1

    worker = threading.Thread(target=work)
    worker.start()
    files = []
    for number in range(6):
        acknowledged = len(receipts)
        files.append((acknowledged, backup(filled, tmp_path / f"{number}.duckdb", "IT", AT)))
    done.set()
    worker.join()
    sha = [receipt.sha256 for receipt in receipts]
    for acknowledged, file in files:
        held = restore_check(file, tmp_path / "none").backup.deliveries
        new = [sha256 for number, sha256 in sorted(held) if number > 6]
        assert new == sha[: len(new)]
        assert len(new) >= acknowledged
        copy = Store(file)
        assert copy.value("select count(*) from observation where sheet = 'Blatt'") == len(new)
        assert copy.value("select count(*) from delivery anti join file using (sha256)") == 0
        copy.close()
    assert len(receipts) > 6


def test_what_a_backup_brings_is_said_before_it_is_brought(filled, small_city, tmp_path, database):
    file = backup(filled, tmp_path / "b.duckdb", "IT", AT)
    commit(filled, small_city, 1)
    filled.close()
    check = restore_check(file, database)
    assert (check.lost, check.gained) == (1, 0)
    assert check.consequence.endswith("1 Lieferung fehlt, 0 kommen zurück.")
    back = Check(check.present, check.backup)
    assert back.consequence.endswith("0 Lieferungen fehlen, 1 kommt zurück.")
    assert "Lieferung 6 übernommen" in check.backup.last
    assert "Lieferung 7 übernommen" in check.present.last


def test_restoring_keeps_the_old_file_with_its_log_and_says_so_in_the_audit(filled, small_city, tmp_path, database):
    file = backup(filled, tmp_path / "b.duckdb", "IT", AT)
    commit(filled, small_city, 1)
    filled.close()
    aside = restore(file, database, "IT", AT)
    store = Store(database)
    assert store.data_version == 6
    last = audit.changes(store)
    restored = last[last["action"] == "restore-backup"].iloc[0]
    assert "Lieferung 7" in restored.earlier
    assert "Lieferung 6" in restored.later
    store.close()
    assert restore_check(aside, database).backup.deliveries > restore_check(file, database).backup.deliveries


@pytest.mark.parametrize("steps", range(4))
def test_a_restore_that_is_cut_short_loses_nothing(filled, small_city, tmp_path, database, monkeypatch, steps):
    """After each of its renames: what was there is there, or a start refuses to begin anew, and it can be repeated."""
    file = backup(filled, tmp_path / "b.duckdb", "IT", AT)
    commit(filled, small_city, 1)
    folder = tmp_path / "crashed"
    shutil.copytree(database.parent, folder)  # with the log, as a crash leaves it
    filled.close()
    crashed = folder / "monitoring.duckdb"
    rename, done = Path.replace, []

    def replace(self: Path, target: Path) -> Path:
        if len(done) == steps:
            raise KeyboardInterrupt
        done.append(self)
        return rename(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", replace)
        with pytest.raises(KeyboardInterrupt):
            restore(file, crashed, "IT", AT)
    if steps:
        with pytest.raises(StoreError, match="fehlt"):
            Store(crashed)
    else:
        opened = Store(crashed)
        assert opened.data_version == 7
        opened.close()
    restore(file, crashed, "IT", AT + timedelta(hours=1))
    opened = Store(crashed)
    assert opened.data_version == 6
    opened.close()


def test_a_damaged_database_is_replaced(filled, tmp_path, database):
    file = backup(filled, tmp_path / "b.duckdb", "IT", AT)
    filled.close()
    database.write_bytes(b"rubbish" * 1000)
    assert restore_check(file, database).present is None
    aside = restore(file, database, "IT", AT)
    assert aside.read_bytes().startswith(b"rubbish")
    assert Store(database).data_version == 6


def test_a_damaged_backup_changes_nothing(filled, tmp_path, database):
    file = backup(filled, tmp_path / "b.duckdb", "IT", AT)
    filled.close()
    file.write_bytes(file.read_bytes()[:-300_000])
    before = database.read_bytes()
    with pytest.raises(StoreError, match="keine unbeschädigte Sicherung"):
        restore(file, database, "IT", AT)
    assert database.read_bytes() == before


def test_nothing_is_restored_while_the_application_runs(filled, tmp_path, database):
    file = backup(filled, tmp_path / "b.duckdb", "IT", AT)
    code = (
        "import sys; from pathlib import Path; from datetime import datetime\n"
        "from indicators.store.backups.backup import restore\n"
        "restore(Path(sys.argv[1]), Path(sys.argv[2]), 'IT', datetime(2026, 1, 1))"
    )
    ran = subprocess.run([sys.executable, "-c", code, file, database], capture_output=True, text=True, check=False)
    assert "InUseError" in ran.stderr
    assert filled.data_version == 6


def test_the_command_line_has_the_running_application_make_a_backup(filled, tmp_path, database):
    Attendant(filled)
    environment = os.environ | {"MONITORING_DATABASE": str(database)}
    ran = subprocess.run(
        [sys.executable, "-m", "indicators", "backup", tmp_path / "b.duckdb", "--by", "Kim"],
        capture_output=True, text=True, check=False, env=environment,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert "Gesichert und geprüft" in ran.stdout
    assert len(restore_check(tmp_path / "b.duckdb", database).backup.deliveries) == 6
    changes = audit.changes(filled)
    assert changes[changes["action"] == "backup"].iloc[0].who == "Kim"
    wait_for(lambda: not list((tmp_path / "data" / "backups").iterdir()))


def test_two_ask_at_once_through_a_path_that_is_too_long_for_a_socket_and_after_a_crash(filled, tmp_path):
    database = tmp_path / ("ein langer Ordner " * 8) / "monitoring.duckdb"
    database.parent.mkdir()
    filled.close()
    shutil.copy(filled.path, database)
    socket_of(database).touch()  # left by a process that was ended
    store = Store(database)
    Attendant(store)
    targets = [tmp_path / f"b{number}.duckdb" for number in range(2)]
    asking = [threading.Thread(target=ask_for_backup, args=(database, target, "Kim")) for target in targets]
    wait_for(lambda: socket_of(database).is_socket())
    for one in asking:
        one.start()
    for one in asking:
        one.join(60)
    assert [len(restore_check(target, database).backup.deliveries) for target in targets] == [6, 6]
    wait_for(lambda: not list((database.parent / "backups").iterdir()))
    store.close()


def test_nobody_answers_where_another_command_has_the_database(filled, tmp_path, database):
    with pytest.raises(InUseError):
        ask_for_backup(database, tmp_path / "b.duckdb", "Kim")


def wait_for(happened) -> None:
    until = time.monotonic() + 30
    while not happened():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_the_first_access_of_a_day_makes_its_backup_and_only_that(filled, database):
    daily = Daily(filled, Keep())
    for hour in (8, 9, 17):
        daily.see_to_it(datetime(2026, 11, 20, hour))
        daily.wait(60)
    daily.see_to_it(datetime(2026, 11, 21, 8))
    daily.wait(60)
    names = [file.name for file in sorted((database.parent / "backups").iterdir())]
    assert names == ["monitoring-2026-11-20.duckdb", "monitoring-2026-11-21.duckdb"]
    assert daily.problem == ""


def test_a_daily_backup_that_fails_is_told_and_tried_again_after_an_hour(filled, database, monkeypatch):
    daily = Daily(filled, Keep())
    monkeypatch.setattr("indicators.store.backups.backup.ROOM", 1 << 60)
    daily.see_to_it(AT)
    daily.wait(60)
    assert "nicht genug Speicherplatz" in daily.problem
    monkeypatch.undo()
    daily.see_to_it(AT + timedelta(minutes=59))
    daily.wait(60)
    assert not daily_name(database, AT.date()).exists()
    daily.see_to_it(AT + timedelta(minutes=60))
    daily.wait(60)
    assert daily_name(database, AT.date()).exists()
    assert daily.problem == ""


def test_fourteen_days_and_the_last_day_of_twelve_months_stay():
    days = [date(2025, 1, 1) + timedelta(days=number) for number in range(730)]
    kept = sorted(set(days) - outlived(days, Keep(14, 12)))
    assert kept[-14:] == days[-14:]
    assert kept[:-14] == [
        date(2026, 1, 31),
        date(2026, 2, 28),
        date(2026, 3, 31),
        date(2026, 4, 30),
        date(2026, 5, 31),
        date(2026, 6, 30),
        date(2026, 7, 31),
        date(2026, 8, 31),
        date(2026, 9, 30),
        date(2026, 10, 31),
        date(2026, 11, 30),
    ]  # fmt: skip  (December's last day is among the fourteen)


def test_tidying_leaves_what_was_made_by_hand_or_before_a_migration(tmp_path):
    database = tmp_path / "monitoring.duckdb"
    folder = tmp_path / "backups"
    folder.mkdir()
    by_hand, before = by_hand_name(database, AT), folder / "monitoring-vor-0003_x-20260101T000000.duckdb"
    for file in (by_hand, before, *(daily_name(database, date(2026, 11, day)) for day in range(1, 21))):
        file.touch()
    gone = tidy(database, Keep(days=3, months=0))
    assert [file.name for file in gone] == [f"monitoring-2026-11-{day:02d}.duckdb" for day in range(1, 18)]
    assert by_hand.exists()
    assert before.exists()


def test_a_migration_is_preceded_by_a_backup(database, tmp_path, monkeypatch):
    Store(database).close()
    migrations = tmp_path / "migrations"
    shutil.copytree(schema.MIGRATIONS, migrations)
    (migrations / "9999_new.sql").write_text("-- Grain: a test.\ncreate table added (id integer);\n")
    monkeypatch.setattr("indicators.store.schema.MIGRATIONS", migrations)
    store = Store(database, now=AT)
    assert store.value("select count(*) from added") == 0
    store.close()
    made = database.parent / "backups" / "monitoring-vor-9999_new-20261120T090000.duckdb"
    assert len(restore_check(made, database).backup.deliveries) == 6
    assert "9999_new" not in [name for (name,) in copying.inspect(made)["migrations"]]


def test_a_migration_that_fails_leaves_the_old_state(database, tmp_path, monkeypatch):
    Store(database).close()
    migrations = tmp_path / "migrations"
    shutil.copytree(schema.MIGRATIONS, migrations)
    (migrations / "9999_new.sql").write_text("create table added (id integer); select * from nowhere;")
    with monkeypatch.context() as patched:
        patched.setattr("indicators.store.schema.MIGRATIONS", migrations)
        with pytest.raises(StoreError):
            Store(database, now=AT)
    store = Store(database)
    assert store.value("select count(*) from duckdb_tables() where table_name = 'added'") == 0
    assert store.data_version == 6
    store.close()


def test_another_process_is_told_that_the_database_is_in_use(filled, database):
    code = "import sys; from indicators.store import Store; Store(sys.argv[1])"
    ran = subprocess.run([sys.executable, "-c", code, database], capture_output=True, text=True, check=False)
    assert InUseError.__name__ in ran.stderr
