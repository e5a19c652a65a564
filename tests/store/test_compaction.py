"""Data files of a lake are written anew: erased bytes are gone, many files become few, and nothing else changes."""

import os
import random
import signal
import threading
import time
from datetime import datetime

import pytest
from click.testing import CliRunner

from indicators.__main__ import main
from indicators.ledger import commits, erasure
from indicators.ledger.commits import Upload
from indicators.store import Store
from indicators.store.shared import compaction, engine
from indicators.store.shared.turns import asked
from tests import postgres
from tests.postgres import Cluster
from tests.store.test_moving import contents
from tests.store.test_shared import forked
from tests.torture import deliver, lost_or_half

pytestmark = pytest.mark.skipif(not postgres.PROGRAMS, reason=postgres.MISSING)
AT = datetime(2026, 11, 20)
SECRET = b"Frau Beispiel, geboren 1.2.1983, Az. 4711-QXZ " * 40
UPLOAD = Upload("liste.xlsx", SECRET, "Kim")
KNOWN = "select count(*), coalesce(sum(hash(known)), 0)::varchar from valid_observation($moment) as known"


@pytest.fixture
def store(cluster: Cluster, monkeypatch):
    monkeypatch.setattr(engine, "PATIENCE", 0.2)
    monkeypatch.setattr(engine, "MARGIN", 0.0)
    opened = Store(cluster.lake())
    yield opened
    opened.close()


def holding(cluster: Cluster, store: Store) -> set[str]:
    """What ends the names of the files, of the lake and of PostgreSQL, that hold the secret."""
    cluster.sql("checkpoint", store.path.database)
    database = cluster.sql(f"select oid from pg_database where datname = '{store.path.database}'")
    places = [store.path.folder, cluster.folder / "data" / "base" / database]
    files = [file for place in places for file in place.rglob("*") if file.is_file()]
    looks = (SECRET[:40], SECRET[:40].hex().encode(), SECRET[:40].hex().upper().encode())
    return {file.suffix for file in files if any(look in file.read_bytes() for look in looks)}


@pytest.mark.parametrize("written", ["in a row of PostgreSQL", "in a data file"])
def test_erased_bytes_are_in_no_data_file_and_no_page_of_postgresql(store, cluster: Cluster, written):
    commits.record_upload(store, UPLOAD, AT, "abgewiesen")
    commits.record_upload(store, Upload("andere.xlsx", b"bleibt" * 100, "Kim"), AT, "abgewiesen")
    if written == "in a data file":
        store.merge()
        assert holding(cluster, store) == {".parquet", ""}  # the least value of a file stands in PostgreSQL
    else:
        assert holding(cluster, store) == {""}
    with store.transaction() as cursor:
        cursor.execute("delete from file where sha256 = $sha", {"sha": UPLOAD.sha256})
        cursor.execute("insert into file values ($sha, $content)", {"sha": UPLOAD.sha256, "content": SECRET})
    assert holding(cluster, store)  # a mere deletion leaves them where they are
    assert erasure.erase(store, UPLOAD.sha256, AT, "Kim", "Namen")
    assert holding(cluster, store) == set()
    assert all(one.cleared for one in erasure.erasures(store))
    assert store.rows("select content from file") == [(b"bleibt" * 100,)]
    store.verify()


def test_a_timer_removes_no_bytes_and_the_command_does(store, cluster: Cluster, monkeypatch):
    commits.record_upload(store, UPLOAD, AT, "abgewiesen")
    later = datetime(2027, 6, 1)
    assert erasure.upkeep(store, later, 90) == 1
    assert holding(cluster, store)
    assert not erasure.is_due(store, later, 90)
    assert [one.cleared for one in erasure.erasures(store)] == [False]
    monkeypatch.setenv("MONITORING_STORE", f"ducklake:postgres:{store.path.catalogue}")
    monkeypatch.setenv("MONITORING_STORE_FOLDER", str(store.path.folder))
    assert CliRunner().invoke(main, ["compact"], input="n").exit_code == 1
    assert holding(cluster, store)
    ran = CliRunner().invoke(main, ["compact", "--yes"])
    assert "Gelöschte Inhalte stehen in keiner mehr" in ran.output and "pg_dump" in ran.output, ran.output
    assert holding(cluster, store) == set()
    assert [one.cleared for one in erasure.erasures(store)] == [True]


def test_many_files_become_few_while_others_read_and_nothing_changes(store, small_city):
    numbers = random.Random(7)
    facts = [deliver(store, small_city, numbers, AT) for _ in range(6)]
    before, then = contents(store), store.rows(KNOWN, {"moment": AT})
    other, ended, wrong = Store(store.path), threading.Event(), []

    def read() -> None:
        while not ended.is_set():
            if (seen := other.query(KNOWN, {"moment": AT}).iloc[0, 0]) != then[0][0]:
                wrong.append(seen)
            other._engine._answers._kept.clear()

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    had, has = store.merge()
    time.sleep(0.5)
    ended.set()
    for reader in readers:
        reader.join()
    assert wrong == []
    assert has <= had / 2
    assert len(list(store.path.folder.rglob("*.parquet"))) == has
    assert contents(store) == contents(other) == before
    assert store.rows(KNOWN, {"moment": AT}) == then
    facts.append(deliver(other, small_city, numbers, AT))
    assert list(lost_or_half(store, facts)) == []
    other.close()


STEPS = ("execute 0", "execute 1", "execute 2", "_settle", "execute 3", "execute 4", "_out_of_pages")


@pytest.mark.parametrize(
    "before", [pytest.param(step, marks=[] if step == "execute 4" else pytest.mark.at_length) for step in STEPS]
)
def test_a_kill_before_each_step_loses_nothing_and_the_next_try_ends_it(
    store, cluster, small_city, monkeypatch, before
):
    """What was begun holds, or does not; files that nobody names go with the next try."""
    numbers = random.Random(before)
    facts = [deliver(store, small_city, numbers, AT)]
    commits.record_upload(store, UPLOAD, AT, "abgewiesen")
    erasure._erase(store, [UPLOAD.sha256], erasure.Kind.PERSONAL, AT, "Kim", "Namen")
    wanted = contents(store)

    def compact() -> None:
        own = Store(store.path)
        if before.startswith("execute"):
            with own.reading() as cursor:
                own._engine.merged(Dying(cursor, int(before[-1])))
        else:
            setattr(compaction, before, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
            own.merge()

    assert os.waitpid(forked(compact), 0)[1] == signal.SIGKILL
    store.verify()
    assert contents(store) == wanted
    facts.append(deliver(store, small_city, numbers, AT))
    store.merge()
    assert holding(cluster, store) == set()
    assert list(lost_or_half(store, facts)) == []
    there = {str(file.relative_to(store.path.folder)) for file in store.path.folder.rglob("*.parquet")}
    assert there == {str(path) for path, _ in asked(store.path, compaction.NAMED)}  # nothing is left over


class Dying:
    """A cursor whose process is killed in place of this statement."""

    def __init__(self, cursor, number: int) -> None:
        self._cursor, self._left = cursor, number

    def execute(self, sql: str) -> None:
        if not self._left:
            os.kill(os.getpid(), signal.SIGKILL)
        self._left -= 1
        self._cursor.execute(sql)
