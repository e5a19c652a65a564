"""A damaged database is noticed at the start, and the message says how to go on."""

import random
import shutil
from pathlib import Path

import pytest

from indicators.store import Store, StoreError
from indicators.store.durability.witness import log_of, witness_of
from tests.store.test_full_disk import commit


def opened_and_read(path: Path) -> None:
    store = Store(path)
    try:
        store.verify()
    finally:
        store.close()


def test_a_sound_file_opens(database):
    opened_and_read(database)


@pytest.mark.parametrize("seed", range(12))
def test_bytes_overwritten_at_random_are_noticed_where_they_matter(database, seed):
    before = Store(database)
    content = before.rows("select * from observation order by all"), before.rows("select * from file order by all")
    before.close()
    numbers = random.Random(seed)
    damaged = bytearray(database.read_bytes())
    for place in (numbers.randrange(len(damaged) - 4096) for _ in range(3)):
        damaged[place : place + 4096] = numbers.randbytes(4096)
    database.write_bytes(damaged)
    try:
        opened_and_read(database)
    except StoreError as error:
        assert "beschädigt" in str(error)
    else:  # only blocks that hold nothing were hit
        after = Store(database)
        assert content == (
            after.rows("select * from observation order by all"),
            after.rows("select * from file order by all"),
        )
        after.close()


@pytest.mark.parametrize("share", [0.0, 0.0005, 0.01, 0.3, 0.9, 0.99])
def test_a_truncated_file_is_noticed(database, share):
    with database.open("r+b") as file:
        file.truncate(int(database.stat().st_size * share))
    with pytest.raises(StoreError, match="beschädigt"):
        opened_and_read(database)


def test_the_message_names_the_last_backup_and_the_command(database):
    backup = database.parent / "backups" / "monitoring-2026-11-19.duckdb"
    backup.parent.mkdir()
    shutil.copy(database, backup)
    database.write_bytes(b"")
    with pytest.raises(StoreError) as raised:
        Store(database)
    assert f"python -m indicators restore-backup {backup}" in str(raised.value)


def test_a_lost_file_does_not_begin_anew_in_silence(database):
    (database.parent / "backups").mkdir()
    shutil.copy(database, database.parent / "backups" / "monitoring-2026-11-19.duckdb")
    database.unlink()
    with pytest.raises(StoreError, match="fehlt"):
        Store(database)
    assert not database.exists()


def left_behind(database: Path, catalogue) -> list:
    """Three deliveries that only the log holds, as a crash leaves them."""
    store = Store(database)
    receipts = [commit(store, catalogue, number) for number in range(3)]
    folder = database.parent / "after the crash"
    folder.mkdir()
    for file in (database, log_of(database), witness_of(database)):
        shutil.copy(file, folder / file.name)
    store.close()
    for file in folder.iterdir():
        file.replace(database.parent / file.name)
    return receipts


def test_after_a_crash_the_log_brings_everything_back(database, small_city):
    receipts = left_behind(database, small_city)
    store = Store(database)
    assert store.value("select count(*) from delivery where id >= 7") == len(receipts)
    store.close()
    assert not witness_of(database).exists()


@pytest.mark.parametrize("share", [0.0, 0.3, 0.99])
def test_a_log_that_was_cut_or_lost_is_noticed(database, small_city, share):
    left_behind(database, small_city)
    log = log_of(database)
    with log.open("r+b") as file:
        file.truncate(int(log.stat().st_size * share))
    with pytest.raises(StoreError, match="beschädigt"):
        opened_and_read(database)
    log.unlink(missing_ok=True)
    with pytest.raises(StoreError, match="beschädigt"):
        opened_and_read(database)


def test_damage_that_shows_later_is_a_message_too(database):
    store = Store(database)
    store.close()
    damaged = bytearray(database.read_bytes())
    for block in range(12288, len(damaged) - 64, 262144):
        damaged[block + 100 : block + 164] = bytes(64)
    database.write_bytes(damaged)
    with pytest.raises(StoreError, match="beschädigt"):
        Store(database).rows("select * from observation")
