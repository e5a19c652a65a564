"""The content of a file goes for good, all else that is known of it stays; and a backup does not bring it back."""

import shutil
import threading
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from indicators.ledger import archive, commits, erasure
from indicators.ledger.commits import DeliveryError, Upload
from indicators.ledger.erasure import ErasureError, Kind
from indicators.store import Store, StoreError, audit
from indicators.store.backups.backup import backup, copies_with, restore, restore_check
from indicators.store.durability import noted_erasures, rewriting
from tests.store.test_full_disk import commit

AT = datetime(2026, 11, 20, 9)
SECRET = b"Frau Beispiel, geboren 1.2.1983, Az. 4711-QXZ " * 40


@pytest.fixture
def store(database):
    store = Store(database, now=AT)
    yield store
    store.close()


def upload(content=SECRET, name="liste.xlsx"):
    return Upload(name, content, "Kim")


def bytes_of(database: Path) -> bytes:
    """Of the file and all that lies beside it, read as nobody has it open."""
    return b"".join(file.read_bytes() for file in database.parent.iterdir() if file.is_file())


def test_what_another_process_has_erased_or_taken_over_meanwhile_stays_as_it_is(store):
    taken_over = store.value("select sha256 from delivery where id = 1")
    commits.record_upload(store, upload(), AT, "abgewiesen")
    for _ in range(2):
        erasure._erase(store, [taken_over, upload().sha256], Kind.EXPIRED, AT, "Anwendung", "zu alt")
    assert store.rows("select sha256 from erasure") == [(upload().sha256,)]
    assert store.value("select count(*) from file where sha256 = $sha", {"sha": taken_over}) == 1


def test_what_was_never_taken_over_goes_after_its_time_and_the_record_stays(store, database):
    commits.record_upload(store, upload(), AT, "abgewiesen")
    sha = upload().sha256
    before = store.rows("select count(*), max(id) from delivery")
    assert erasure.erase_expired(store, AT + timedelta(days=90), 90) == 0
    assert not erasure.is_due(store, AT + timedelta(days=90), 90)
    later = AT + timedelta(days=90, seconds=1)
    assert erasure.is_due(store, later, 90)
    assert not erasure.is_due(store, later, 0)  # 0 keeps all
    assert erasure.upkeep(store, later, 90) == 1
    assert erasure.upkeep(store, later, 90) == 0
    assert store.value("select count(*) from file where sha256 = $sha", {"sha": sha}) == 0
    assert store.rows("select file_name, outcome from upload where sha256 = $sha", {"sha": sha}) == [
        ("liste.xlsx", "abgewiesen")
    ]
    told = erasure.erased(store, sha)
    assert told and (told.kind, told.cleared, told.at) == (Kind.EXPIRED, True, later)
    assert store.rows("select count(*), max(id) from delivery") == before
    assert store.value("select count(*) from delivery anti join file using (sha256)") == 0  # what was taken over stays
    assert "erase-expired" in list(audit.changes(store)["action"])
    store.close()
    assert SECRET[:40] not in bytes_of(database)


def test_bytes_are_in_the_file_after_a_mere_deletion_and_gone_after_the_rewriting(store, database):
    """Else the test above could not fail: DuckDB leaves what was deleted in its blocks, also after a checkpoint."""
    commits.record_upload(store, upload(), AT, "abgewiesen")
    store.close()
    kept = Store(database)
    with kept.transaction() as cursor:
        cursor.execute(
            "insert into erasure values (1, $sha, 'expired', $at, 'Kim', 'Probe')", {"sha": upload().sha256, "at": AT}
        )
        cursor.execute(erasure.ERASE, {"first": 1})
    kept.close()
    assert SECRET[:40] in bytes_of(database)
    again = Store(database)
    assert erasure.clear(again, AT)
    again.close()
    assert SECRET[:40] not in bytes_of(database)


def test_who_is_told_to_erase_also_erases_what_was_taken_over_and_its_values_stay(store, database):
    sha, values = store.rows("select sha256, (select count(*) from observation) from delivery where id = 3")[0]
    content = archive.original(store, 3)[1]
    assert erasure.erase(store, sha, AT, "Kim", "Bemerkungen mit Namen")
    with pytest.raises(archive.NotInArchiveError, match=r"am 20\.11\.2026.*gelöscht\. Grund: Bemerkungen mit Namen"):
        archive.original(store, 3)
    assert archive.original(store, 4)[1]
    assert archive.delivery(store, 3).sha256 == sha
    assert store.value("select count(*) from observation") == values
    [change] = [row for row in audit.changes(store).itertuples() if row.action == "erase-file"]
    assert (change.who, change.reason, change.earlier) == ("Kim", "Bemerkungen mit Namen", f"SHA-256 {sha}")
    with pytest.raises(ErasureError, match="schon gelöscht"):
        erasure.erase(store, sha, AT, "Kim", "noch einmal")
    store.close()
    assert content[200:260] not in bytes_of(database)
    assert Store(database).data_version == 6


def test_an_erasure_needs_a_reason_and_a_file_that_is_there(store):
    sha = store.value("select sha256 from delivery where id = 3")
    with pytest.raises(ErasureError, match="Grund"):
        erasure.erase(store, sha, AT, "Kim", "  ")
    with pytest.raises(ErasureError, match="liegt hier nicht"):
        erasure.erase(store, "0" * 64, AT, "Kim", "Grund")
    assert erasure.erasures(store) == []


def test_what_a_person_had_erased_is_not_kept_again_and_what_expired_may_come_again(store, small_city):
    for name, content in (("erased.xlsx", SECRET), ("expired.xlsx", SECRET + b"2")):
        commits.record_upload(store, upload(content, name), AT, "abgewiesen")
    erasure.erase(store, upload().sha256, AT, "Kim", "Namen")
    later = AT + timedelta(days=100)
    assert erasure.upkeep(store, later, 90) == 1
    for name, content in (("erased.xlsx", SECRET), ("expired.xlsx", SECRET + b"2")):
        commits.record_upload(store, upload(content, name), later, "abgewiesen")
    assert [one.name for one in erasure.stored(store) if not one.deliveries] == ["expired.xlsx"]
    assert erasure.erased(store, upload(SECRET + b"2").sha256) is None
    assert erasure.upkeep(store, later + timedelta(days=1), 90) == 0  # its time begins anew
    with pytest.raises(DeliveryError, match="auf Dauer gelöscht"):
        commit_bytes(store, small_city, SECRET)


def commit_bytes(store, catalogue, content):
    reading = type("Reading", (), {"blocked": False, "data_set": "figures", "covers": ()})()
    commits.commit(store, catalogue, upload(content), reading, {}, AT)


def test_deliveries_and_reads_go_on_beside_the_rewriting(store, small_city):
    commits.record_upload(store, upload(), AT, "abgewiesen")
    ended, wrong, receipts = threading.Event(), [], []

    def read():
        while not ended.is_set():
            if store.value("select count(*) from observation") < 36:
                wrong.append("rows are missing")

    def deliver():
        receipts.extend(commit(store, small_city, number) for number in range(4))

    threads = [threading.Thread(target=read), threading.Thread(target=deliver)]
    for thread in threads:
        thread.start()
    assert erasure.erase(store, upload().sha256, AT, "Kim", "Namen")
    threads[1].join()
    ended.set()
    threads[0].join()
    assert not wrong
    assert store.value("select count(*) from delivery") == 6 + len(receipts) == 10


def test_without_room_the_bytes_go_the_next_day_and_that_is_said(store, database, monkeypatch):
    commits.record_upload(store, upload(), AT, "abgewiesen")
    with monkeypatch.context() as full:
        full.setattr(rewriting, "ROOM", 1 << 60)
        assert not erasure.erase(store, upload().sha256, AT, "Kim", "Namen")
    assert [one.cleared for one in erasure.erasures(store)] == [False]
    assert erasure.is_due(store, AT, 90)
    erasure.upkeep(store, AT, 90)
    assert [one.cleared for one in erasure.erasures(store)] == [True]
    store.close()
    assert SECRET[:40] not in bytes_of(database)


def test_a_change_of_files_that_fails_leaves_the_old_one_open(store, monkeypatch):
    def fails(*_):
        raise OSError(13, "Keine Berechtigung")

    monkeypatch.setattr(rewriting, "take_place", fails)
    with pytest.raises(StoreError, match="Keine Berechtigung"):
        store.rewrite()
    assert store.data_version == 6
    assert store.writable


def test_a_backup_that_is_older_than_an_erasure_says_so_and_is_erased_again(store, database, tmp_path):
    commits.record_upload(store, upload(), AT, "abgewiesen")
    old = backup(store, database.parent / "backups" / "monitoring-2026-11-20.duckdb", "IT", AT)
    erasure.erase(store, upload().sha256, AT, "Kim", "Namen")
    young = backup(store, database.parent / "backups" / "monitoring-2026-11-21.duckdb", "IT", AT)
    found = copies_with(database, upload().sha256)
    assert (found.holding, found.unreadable) == ((old,), ())
    store.close()
    assert restore_check(young, database).erasing == ""
    check = restore_check(old, database)
    assert "älter als eine Löschung und enthält noch 1 Datei" in check.erasing
    noted_erasures._outside(database).unlink()  # the database itself knows it as well
    restore(old, database, "IT", AT)
    back = Store(database)
    assert erasure.is_due(back, AT, 90)
    assert erasure.upkeep(back, AT, 90) == 1
    assert "mit einer Sicherung zurückgekommen" in erasure.erased(back, upload().sha256).reason
    back.close()
    assert SECRET[:40] not in bytes_of(database)


def test_also_when_the_whole_data_folder_was_put_back(store, database, tmp_path):
    commits.record_upload(store, upload(), AT, "abgewiesen")
    store.close()
    shutil.copytree(database.parent, tmp_path / "kept")
    store = Store(database)
    erasure.erase(store, upload().sha256, AT, "Kim", "Namen")
    store.close()
    shutil.rmtree(database.parent)
    shutil.copytree(tmp_path / "kept", database.parent)
    back = Store(database)
    assert erasure.erasures(back) == []
    assert erasure.upkeep(back, AT, 0) == 1
    assert not erasure.is_due(back, AT, 0)
    back.close()


def test_a_copy_that_cannot_be_read_is_named_as_one_that_may_hold_it(store, database):
    folder = database.parent / "backups"
    folder.mkdir(exist_ok=True)
    (folder / "monitoring-2026-01-01.duckdb").write_bytes(b"half of it")
    assert copies_with(database, "0" * 64).unreadable == (folder / "monitoring-2026-01-01.duckdb",)
