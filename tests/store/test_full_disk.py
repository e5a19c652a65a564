"""A full disk: nothing acknowledged is missing, everything stays readable, and no restart is needed."""

import os
import subprocess
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from indicators.catalogue import Catalogue
from indicators.datasets.reading import Reading
from indicators.datasets.slices import valid_deliveries
from indicators.ledger import commits
from indicators.ledger.commits import Upload
from indicators.model import Slice
from indicators.periods import Period
from indicators.store import Store, StoreError
from indicators.store.backups.backup import backup
from tests.conftest import observed

pytestmark = pytest.mark.slow
SIZE = 12 << 20
FILE = 150_000


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 12 MiB of its own."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", disk], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting a small file system needs root")
    yield disk
    subprocess.run(["umount", "--lazy", disk], check=True)


def commit(store: Store, catalogue: Catalogue, number: int) -> commits.Receipt:
    """A delivery of one quarter with a file of random bytes: they cannot be packed."""
    period = Period.quarter(2000, 1).shifted(number)
    observation = observed(("kinder", "FB 51", str(period), "", float(number)))
    reading = Reading("figures", "FB 51", period, (observation,), (Slice("kinder", "FB 51", period),))
    basis = valid_deliveries(store, reading.covers)
    return commits.commit(
        store, catalogue, Upload("a.xlsx", os.urandom(FILE), "Test"), reading, basis, datetime(2026, 1, 1)
    )


def committed_until_full(store: Store, catalogue: Catalogue, first: int = 0) -> list[commits.Receipt]:
    receipts = []
    with pytest.raises(StoreError, match="Nicht gespeichert: Der Speicherplatz"):
        for number in range(first, first + 100):
            receipts.append(commit(store, catalogue, number))
    return receipts


def kept(store: Store) -> set[tuple[int, str]]:
    return set(store.rows("select delivery.id, sha256 from delivery join file using (sha256)"))


def told(receipts: list[commits.Receipt]) -> set[tuple[int, str]]:
    return {(receipt.number, receipt.sha256) for receipt in receipts}


@pytest.mark.parametrize("room", [0, 2 << 20], ids=["DuckDB hits the end", "the store stops before the end"])
def test_what_was_acknowledged_is_there_and_nothing_else(small_disk, small_city, room):
    store = Store(small_disk / "m.duckdb", room=room)
    receipts = committed_until_full(store, small_city)
    assert len(receipts) >= 10
    assert kept(store) == told(receipts)
    assert not store.writable
    store.close()
    opened = Store(small_disk / "m.duckdb", room=room)
    assert kept(opened) == told(receipts)
    assert opened.value("select count(*) from observation") == len(receipts)
    opened.close()


@pytest.mark.parametrize("room", [0, 2 << 20])
def test_it_writes_again_without_a_restart_when_there_is_room(small_disk, small_city, room, monkeypatch):
    monkeypatch.setattr("indicators.store.durability.disk_space.LOOK_AGAIN", 0.0)
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(2 << 20))
    store = Store(small_disk / "m.duckdb", room=room)
    receipts = committed_until_full(store, small_city)
    assert not store.writable
    with pytest.raises(StoreError, match="ohne Neustart"):
        commit(store, small_city, 90)
    ballast.unlink()
    assert store.writable
    receipts += committed_until_full(store, small_city, len(receipts))
    assert kept(store) == told(receipts)
    store.close()


def test_a_disk_that_is_full_at_the_start_is_read(small_disk, small_city):
    store = Store(small_disk / "m.duckdb", room=0)
    receipts = committed_until_full(store, small_city)
    store.close()
    rest = os.statvfs(small_disk)
    (small_disk / "ballast").write_bytes(bytes(rest.f_bavail * rest.f_frsize))
    store = Store(small_disk / "m.duckdb")
    assert not store.writable
    assert kept(store) == told(receipts)
    with pytest.raises(StoreError, match="Nicht gespeichert"):
        commit(store, small_city, 99)
    store.close()


def test_readers_in_other_threads_go_on_while_the_file_is_opened_anew(small_disk, small_city):
    from concurrent.futures import ThreadPoolExecutor

    store = Store(small_disk / "m.duckdb", room=0)
    done = False

    def read() -> int:
        count = 0
        while not done:
            assert store.data_version >= 0
            count += 1
        return count

    with ThreadPoolExecutor(4) as threads:
        readers = [threads.submit(read) for _ in range(4)]
        receipts = committed_until_full(store, small_city)
        for _ in range(20):
            store._connections.reopen(
                store._connections.generation
            )  # what a database that was invalidated makes of the next statement
        done = True
        assert all(reader.result(timeout=30) > 10 for reader in readers)
    assert kept(store) == told(receipts)
    store.close()


def test_a_backup_that_fills_the_disk_harms_nothing(small_disk, small_city, monkeypatch):
    store = Store(small_disk / "m.duckdb", room=0)
    receipts = [commit(store, small_city, number) for number in range(20)]
    rest = os.statvfs(small_disk)
    (small_disk / "ballast").write_bytes(bytes(rest.f_bavail * rest.f_frsize - (1 << 20)))
    with pytest.raises(StoreError, match="nicht genug Speicherplatz"):
        backup(store, small_disk / "b.duckdb", "IT", datetime(2026, 1, 1))
    monkeypatch.setattr(
        "indicators.store.backups.backup._demand_room", lambda *_: None
    )  # and when the look misjudged it
    with pytest.raises(StoreError, match="nicht gelungen"):
        backup(store, small_disk / "b.duckdb", "IT", datetime(2026, 1, 1))
    assert not list((small_disk / "backups").iterdir())
    assert kept(store) == told(receipts)
    (small_disk / "ballast").unlink()
    receipts.append(commit(store, small_city, 20))
    assert kept(store) == told(receipts)
    store.close()
