"""Moving the log into the file costs nothing, wherever it is cut off."""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from indicators.store import Store, StoreError
from indicators.store.backups.backup import backup, restore, restore_check
from indicators.store.durability import checkpoints
from indicators.store.durability.checkpoints import kept_of
from indicators.store.durability.store_errors import InUseError
from indicators.store.durability.witness import log_of, witness_of
from indicators.store.embedded import engine
from tests.store.test_backup import AT
from tests.store.test_full_disk import commit

BLOCKS_BEGIN = 3 * 4096
BLOCK = 262_144
PAGE = 4096
DELIVERIES = "select count(*) from delivery"


@dataclass(frozen=True)
class Moved:
    """A database before its log was moved into the file, and the bytes of the file after."""

    before: Path
    after: bytes
    deliveries: int

    def again(self, folder: Path) -> Path:
        """The database as it was before, in a new folder."""
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.before.parent, folder)
        return folder / self.before.name


@pytest.fixture(scope="module")
def moved(tmp_path_factory, small_city) -> Moved:
    """A database that has lived: blocks were freed and written anew, and its last deliveries are in the log."""
    home = tmp_path_factory.mktemp("life") / "data" / "monitoring.duckdb"
    before = tmp_path_factory.mktemp("before") / home.name
    for life in range(3):
        store = Store(home)
        for number in range(10):
            commit(store, small_city, 10 * life + number)
        if life < 2:
            store.close()
    for file in home.parent.iterdir():
        if file.is_file():
            shutil.copy(file, before.parent)
    deliveries = store.value(DELIVERIES)
    store.close()
    return Moved(before, home.read_bytes(), deliveries)


def written_in_place(moved: Moved) -> dict[int, bytes]:
    """The blocks of the file that the checkpoint wrote over, cut off after the first page that it changed."""
    before = moved.before.read_bytes()
    torn = {}
    for place in range(BLOCKS_BEGIN, len(before), BLOCK):
        old, new = before[place : place + BLOCK], moved.after[place : place + BLOCK]
        changed = [page for page in range(0, BLOCK, PAGE) if old[page : page + PAGE] != new[page : page + PAGE]]
        if changed:
            end = changed[0] + PAGE
            torn[place] = new[:end] + old[end:]
    return torn


def tear(file: Path, place: int, block: bytes) -> None:
    with file.open("r+b") as opened:
        opened.seek(place)
        opened.write(block)


def whole(database: Path) -> int:
    """The deliveries of a database every block of which can be read, and nothing lies about after its end."""
    store = Store(database)
    store.verify()
    deliveries = int(store.value(DELIVERIES))
    store.close()
    assert [file.name for file in database.parent.iterdir() if file.is_file()] == [database.name]
    return deliveries


def test_a_block_that_is_cut_off_costs_nothing(moved, tmp_path):
    """And would cost everything without the copy: DuckDB writes over blocks that the file as it was needs."""
    torn = written_in_place(moved)
    lost = 0
    for place, block in torn.items():
        alone = moved.again(tmp_path / "alone")
        tear(alone, place, block)
        try:
            whole(alone)
        except StoreError as error:
            assert "beschädigt" in str(error)
            lost += 1
        cut_short = moved.again(tmp_path / "kept")
        checkpoints._keep(cut_short)
        tear(cut_short, place, block)
        assert whole(cut_short) == moved.deliveries
    assert lost, "DuckDB no longer writes in place what it needs: then checkpoints.py can go"


@pytest.mark.parametrize("done", ["nothing", "the checkpoint", "the log is back", "the copy of the file is gone"])
def test_wherever_it_is_cut_off_the_next_start_has_everything(moved, tmp_path, done):
    database = moved.again(tmp_path / "data")
    checkpoints._keep(database)
    if done == "the log is back":
        log_of(kept_of(database)).replace(log_of(database))
        tear(database, *written_in_place(moved).popitem())
    elif done != "nothing":
        database.write_bytes(moved.after)
        log_of(database).unlink()
        witness_of(database).unlink()
    if done == "the copy of the file is gone":
        kept_of(database).unlink()
        assert Store(database).value(DELIVERIES) == moved.deliveries
    else:
        assert whole(database) == moved.deliveries


def test_a_database_that_is_gone_comes_back_from_the_copy(moved, tmp_path):
    database = moved.again(tmp_path / "data")
    checkpoints._keep(database)
    database.unlink()
    assert whole(database) == moved.deliveries


def test_the_log_is_moved_when_it_is_long_and_nothing_lies_about(tmp_path, small_city, monkeypatch):
    monkeypatch.setattr(engine, "LONG_LOG", 400_000)
    path = tmp_path / "data" / "monitoring.duckdb"
    store = Store(path)
    sizes = []
    for number in range(6):
        commit(store, small_city, number)
        sizes.append(log_of(path).stat().st_size if log_of(path).exists() else 0)
        assert not kept_of(path).exists()
    assert sizes.count(0) == 2
    assert "Could not set lock" in opened_by_another_process(path)  # a process that reads its own file drops its lock
    store.close()
    assert whole(path) == 6


def opened_by_another_process(path: Path) -> str:
    code = f"import duckdb; duckdb.connect({str(path)!r})"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False).stderr


def test_without_room_for_the_copy_the_log_stays_and_all_is_saved(tmp_path, small_city, monkeypatch):
    path = tmp_path / "data" / "monitoring.duckdb"
    store = Store(path)
    monkeypatch.setattr(engine, "LONG_LOG", 0)
    monkeypatch.setattr(checkpoints, "_copy", no_room)
    for number in range(3):
        commit(store, small_city, number)
    assert store.writable
    store.close()
    assert log_of(path).exists()
    assert witness_of(path).exists()
    monkeypatch.undo()
    assert whole(path) == 3


def no_room(original: Path, copy: Path) -> None:
    copy.write_bytes(b"half")
    raise OSError(28, "No space left on device")


def test_a_checkpoint_that_fails_is_taken_back_while_the_app_runs(tmp_path, small_city, monkeypatch):
    path = tmp_path / "data" / "monitoring.duckdb"
    store = Store(path)
    commit(store, small_city, 0)
    monkeypatch.setattr(engine, "LONG_LOG", 0)
    monkeypatch.setattr(checkpoints, "_let_go", no_longer)
    commit(store, small_city, 1)  # acknowledged: it was in the log
    monkeypatch.undo()
    assert not kept_of(path).exists()
    commit(store, small_city, 2)
    store.close()
    assert whole(path) == 3


def no_longer(path: Path) -> None:
    raise OSError(5, "Input/output error")


def test_a_copy_is_never_written_over_while_it_is_needed(moved, tmp_path):
    database = moved.again(tmp_path / "data")
    checkpoints._keep(database)
    kept = kept_of(database).read_bytes()
    tear(database, *written_in_place(moved).popitem())
    with duckdb.connect() as connection:
        assert not checkpoints.move_log(connection, database)
    assert kept_of(database).read_bytes() == kept


def test_nobody_puts_back_what_another_process_is_about_to_move(moved, tmp_path):
    database = moved.again(tmp_path / "data")
    holds = f"import duckdb, time; c = duckdb.connect({str(database)!r}); print('open', flush=True); time.sleep(60)"
    other = subprocess.Popen([sys.executable, "-c", holds], stdout=subprocess.PIPE, text=True)
    try:
        assert other.stdout.readline() == "open\n"
        checkpoints._keep(database)
        with pytest.raises(InUseError):
            Store(database)
        assert kept_of(database).exists()
    finally:
        other.kill()
        other.communicate()
    assert whole(database) == moved.deliveries


def test_a_backup_that_is_brought_back_meets_no_old_copy(moved, tmp_path, small_city):
    database = moved.again(tmp_path / "data")
    store = Store(database)
    file = backup(store, tmp_path / "b.duckdb", "IT", AT)
    commit(store, small_city, 90)
    shutil.copytree(database.parent, tmp_path / "crashed", ignore=shutil.ignore_patterns("backups"))
    store.close()
    crashed = tmp_path / "crashed" / database.name
    checkpoints._keep(crashed)
    tear(crashed, *written_in_place(moved).popitem())
    assert restore_check(file, crashed).lost == 1
    restore(file, crashed, "IT", AT)
    assert not kept_of(crashed).exists()
    store = Store(crashed)
    assert store.value(DELIVERIES) == moved.deliveries
    store.close()


def test_the_copy_is_as_secret_as_the_file(moved, tmp_path):
    database = moved.again(tmp_path / "data")
    database.chmod(0o600)
    log_of(database).chmod(0o600)
    checkpoints._keep(database)
    for file in (kept_of(database), log_of(kept_of(database))):
        assert file.stat().st_mode & 0o777 == 0o600
