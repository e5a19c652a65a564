"""The store of several machines: what DuckLake does not guard, and what is said while a server or folder is away."""

import os
import re
import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager
from datetime import datetime

import duckdb
import pytest

from indicators.access.logins import EndedLogins
from indicators.catalogue import Catalogue, texts_of
from indicators.ledger import commits, versions
from indicators.ledger.versions import Act, Decision
from indicators.store import Lake, Store, StoreError, audit, schema
from indicators.store.audit import Change
from indicators.store.durability import numbers
from indicators.store.shared import engine, lake_errors, turns
from indicators.store.shared.opening import without_checks
from tests import postgres
from tests.postgres import Cluster
from tests.store.test_full_disk import commit
from tests.store.test_moving import contents
from tests.store.test_torture import ACKNOWLEDGED
from tests.torture import lost_or_half

pytestmark = pytest.mark.skipif(not postgres.PROGRAMS, reason=postgres.MISSING)

ADD = "insert into audit select coalesce(max(id), 0) + 1, $at, 'Test', 'backup', 'x', '', '' from audit"
AT = datetime(2026, 11, 30)
NUMBERS = "select count(*), count(distinct id), max(id) from audit"


@pytest.fixture(scope="module")
def lake(cluster: Cluster) -> Lake:
    """One for all tests here: opening a lake costs more than what they do with it."""
    return cluster.lake()


@pytest.fixture(scope="module")
def store(lake: Lake):
    opened = Store(lake)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def other(lake: Lake, store: Store):
    """The same lake as another machine has it open."""
    opened = Store(lake)
    yield opened
    opened.close()


def add(store: Store) -> None:
    with store.transaction() as cursor:
        cursor.execute(ADD, {"at": AT})


@contextmanager
def added(store: Store, number: int):
    """So many rows come in within, each with a number of its own."""
    before = store.value("select count(*) from audit")
    yield
    assert store.rows(NUMBERS) == [(before + number,) * 3]


def test_migrations_are_taken_without_their_checks_and_nothing_else():
    for file in schema.MIGRATIONS.glob("*.sql"):
        sql = file.read_text(encoding="utf-8")
        spoken = without_checks(sql)
        assert " check (" not in spoken
        assert sql.count(" check (") == len(re.findall(r" check \(\w+ in \('", sql))
        assert sql.split("check")[0].rstrip() in sql and spoken.count("not null") == sql.count("not null")


def test_what_is_shown_of_it_holds_no_password(tmp_path):
    secret = Lake("dbname=m host=db.stadt.de password=geheim user=m", tmp_path)
    assert str(secret) == "host=db.stadt.de dbname=m"
    assert "geheim" not in repr(secret)


def test_two_processes_see_each_other_and_each_has_its_own_views(store, other):
    with added(other, 1):
        add(store)
    with added(store, 1):
        add(other)
    assert store.value("select count(*) from duckdb_views() where database_name = 'lake' and not internal") == 0


def test_an_answer_is_kept_until_somebody_saves_and_is_everybodys_own(store, other, monkeypatch):
    add(other)
    asked, own = [], store._connections.read
    monkeypatch.setattr(store._connections, "read", lambda act: (asked.append(1), own(act))[1])
    before = store.rows(NUMBERS)
    store.rows(NUMBERS).append("spoilt")
    frame = store.query(NUMBERS)
    frame.iloc[0, 0] = -1
    assert store.rows(NUMBERS) == before and store.query(NUMBERS).iloc[0, 0] == before[0][0]
    assert len(asked) == 2  # once as rows, once as a frame
    for writer, count in ((other, 3), (store, 4)):
        add(writer)
        assert store.rows(NUMBERS)[0][0] == before[0][0] + count - 2
        assert len(asked) == count
    assert store.value("select $x + 1", {"x": 1}) == 2 and store.value("select $x + 1", {"x": 2}) == 3


def test_what_is_large_is_not_kept(store, monkeypatch):
    large = "select repeat('x', 200000) as text"
    assert store.rows(large) == store.rows(large)
    assert not any(large in question for question in store._engine._answers._kept)


def test_a_snapshot_stays_as_it_is_while_others_write(store, other):
    with store.reading() as cursor:
        cursor.execute("begin")
        before = cursor.execute(NUMBERS).fetchall()
        add(other)
        assert cursor.execute(NUMBERS).fetchall() == before
        cursor.execute("commit")
        assert cursor.execute(NUMBERS).fetchall() != before


def test_writers_in_several_processes_give_no_number_twice(store, lake):
    def write() -> None:
        own = Store(lake)
        for _ in range(8):
            add(own)

    with added(store, 24):
        racers = [forked(write) for _ in range(3)]
        assert [os.waitpid(racer, 0)[1] for racer in racers] == [0, 0, 0]


def test_without_the_turn_they_would(store, other):
    """The test above can fail: DuckLake lets both commit."""
    same = "insert into ended_login select 'number ' || count(*), $at from ended_login"
    first, second = store._connections.new_cursor(), other._connections.new_cursor()
    for cursor in (first, second):
        cursor.execute("begin")
        cursor.execute(same, {"at": AT})
    for cursor in (first, second):
        cursor.execute("commit")
    assert store.rows("select login from ended_login") == [("number 0",), ("number 0",)]


def forked(act: Callable[[], object]) -> int:
    """A process that does it; it has opened nothing of this one's, and so uses nothing of it."""
    child = os.fork()
    if not child:
        try:
            act()
        finally:
            os._exit(int(sys.exc_info()[0] is not None))
    return child


def test_a_delivery_that_another_machine_overtook_is_refused(store, other, small_city: Catalogue, monkeypatch):
    own = other._engine.turn

    @contextmanager
    def overtaken():
        """Between the preview and the turn, another machine is faster."""
        monkeypatch.undo()
        commit(store, small_city, 1)
        with own():
            yield

    commit(other, small_city, 0)  # so that the definitions are known
    monkeypatch.setattr(other._engine, "turn", overtaken)
    with pytest.raises(commits.DeliveryError, match="Inzwischen ist eine andere Lieferung"):
        commit(other, small_city, 1)
    assert other.rows("select count(*), max(id) from delivery") == [(2, 2)]
    assert numbers.given(other.beside) == (2, 2)


def test_who_waits_too_long_is_told_that_others_are_saving(store, other, monkeypatch):
    monkeypatch.setattr(turns, "SETTINGS", "set lock_timeout = '200ms'")
    with added(store, 2):
        with other.transaction() as cursor:
            cursor.execute(ADD, {"at": AT})
            with pytest.raises(StoreError, match="speichert jemand an einem anderen Rechner"):
                add(store)
        add(store)


def test_a_turn_that_was_lost_saves_nothing(store, cluster: Cluster):
    with added(store, 1):
        with pytest.raises(StoreError, match="Nicht gespeichert"), store.transaction() as cursor:
            cursor.execute(ADD, {"at": AT})
            cluster.sql("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted")
        add(store)


def test_while_postgresql_is_away_it_says_so_and_then_goes_on(store, other, cluster: Cluster, monkeypatch):
    for patient in (engine.SharedLake, store._connections.outages, other._connections.outages):
        monkeypatch.setattr(patient, "patience", 1.0)
    with added(store, 1):
        cluster.stop()
        try:
            with pytest.raises(StoreError) as read:
                store.rows(NUMBERS)
            assert str(read.value) == lake_errors.AWAY
            with pytest.raises(StoreError) as written:
                add(store)
            assert str(written.value) == lake_errors.NOT_SAVED_AWAY
            before = time.monotonic()
            with pytest.raises(StoreError):
                other.outlasting(lambda: add(other))
            with pytest.raises(StoreError):
                store.outlasting(lambda: add(store))
            assert time.monotonic() - before < 1.9  # `store` knows, `other` has to find out
            with pytest.raises(StoreError, match="nicht erreichbar"):
                Store(store.path)
        finally:
            cluster.start()
        add(store)


@pytest.mark.parametrize("how", ["immediate", pytest.param("fast", marks=pytest.mark.at_length)])
def test_a_restart_in_the_middle_of_a_change_saves_nothing_and_says_so(store, cluster: Cluster, how):
    with added(store, 1):
        with pytest.raises(StoreError, match="Nicht gespeichert"), store.transaction() as cursor:
            cursor.execute(ADD, {"at": AT})
            cluster.restart(how)
        add(store)


@contextmanager
def away_for(cluster: Cluster, seconds: float):
    """The server is stopped before the block, and comes back that long after."""
    cluster.stop("immediate")
    back = threading.Timer(seconds, cluster.start)
    back.start()
    try:
        yield
    finally:
        back.join()


@pytest.mark.parametrize("seconds", [0, 1.5])
def test_a_restart_of_seconds_is_not_seen_by_who_reads_and_keeps_who_saves_waiting(store, other, cluster, seconds):
    before = store.rows(NUMBERS)
    with away_for(cluster, seconds):
        assert store.rows(NUMBERS) == before
    with away_for(cluster, seconds), added(store, 1):
        audit.record(other, Change(audit.Action.BACKUP, "Test", AT, "x"))


@pytest.mark.parametrize("before", ["_enter", "_accept_findings", "execute"])
def test_a_delivery_that_a_restart_cut_off_is_saved_once(store, small_city: Catalogue, cluster, monkeypatch, before):
    """At its first row, at its last, and between the look at the turn and the commit."""
    place, name = (commits, before) if before != "execute" else (turns.Turn, "demand")
    own, cuts = getattr(place, name), []

    def cut(*given):
        found = own(*given)
        if not cuts:
            cuts.append(before)
            cluster.restart("immediate")
        return found

    monkeypatch.setattr(place, name, cut)
    known = store.value("select count(*) from delivery")
    receipt = commit(store, small_city, 11 + len(before))
    assert cuts == [before]
    assert store.rows("select count(*), max(id), count(distinct sha256) from delivery") == [
        (known + 1, receipt.number, known + 1)
    ]
    assert store.value("select count(*) from event where delivery = $id", {"id": receipt.number}) == 1


def test_a_commit_that_arrived_before_the_restart_is_not_made_twice(store, cluster, monkeypatch):
    own = store._engine.commit

    def cut(cursor) -> None:
        own(Cut(cursor, arrives=True, then=lambda: cluster.restart("immediate")))

    monkeypatch.setattr(store._engine, "commit", cut)
    with added(store, 1):
        audit.record(store, Change(audit.Action.BACKUP, "Test", AT, "x"))


def test_a_commit_that_may_still_be_on_its_way_is_not_made_again(store, monkeypatch):
    """The connection was cut, but the server goes on: only its end is certain to have ended the commit."""
    own, times = store._engine.commit, []

    def cut(cursor) -> None:
        times.append(1)
        own(Cut(cursor, arrives=False))

    monkeypatch.setattr(store._engine, "commit", cut)
    with added(store, 0), pytest.raises(StoreError, match="Nicht gespeichert"):
        audit.record(store, Change(audit.Action.BACKUP, "Test", AT, "x"))
    assert times == [1]


class Cut:
    """A cursor whose connection is cut in the moment of the commit, before it or after it."""

    def __init__(self, cursor, arrives: bool, then: Callable[[], object] = lambda: None) -> None:
        self._cursor, self._arrives, self._then = cursor, arrives, then

    def execute(self, sql, *parameters):
        if sql != "commit":
            return self._cursor.execute(sql, *parameters)
        self._cursor.execute("commit" if self._arrives else "rollback")
        self._then()
        raise engine.duckdb.TransactionException("Failed to commit: server closed the connection unexpectedly")

    def __getattr__(self, name):
        return getattr(self._cursor, name)


@pytest.mark.parametrize("arrives", [True, False])
def test_what_a_cut_commit_has_come_to_is_asked_of_the_database(store, monkeypatch, arrives):
    told = []
    own = store._engine.commit
    monkeypatch.setattr(store._engine, "commit", lambda cursor: own(Cut(cursor, arrives)))
    with added(store, int(arrives)):
        try:
            add(store)
        except StoreError as error:
            told.append(str(error))
    assert told == ([] if arrives else [lake_errors.NOT_SAVED_AWAY])


def test_where_nobody_can_be_asked_that_is_said(store, cluster: Cluster, monkeypatch):
    monkeypatch.setattr(engine, "PATIENCE", 0.5)
    own = store._engine.commit

    def cut(cursor) -> None:
        cluster.stop("immediate")
        own(Cut(cursor, arrives=False))

    monkeypatch.setattr(store._engine, "commit", cut)
    monkeypatch.setattr(turns.Turn, "demand", lambda turn: None)
    monkeypatch.setattr(engine, "SIGN", "select $sign")
    try:
        with pytest.raises(StoreError) as told:
            add(store)
    finally:
        cluster.start()
    assert str(told.value) == lake_errors.UNCLEAR


def test_a_folder_that_is_not_there_takes_nothing(store, lake):
    """An unmounted share leaves an empty folder, into which rows would go that no other machine sees."""
    away = lake.folder.rename(lake.folder.with_name("weg"))
    lake.folder.mkdir()
    assert not store.writable
    assert "eingehängt" in store.refusal
    assert store.reason == "Der gemeinsame Datenordner ist nicht da"
    with pytest.raises(StoreError, match=r"Nicht gespeichert.*eingehängt"):
        add(store)
    with pytest.raises(StoreError, match="eingehängt"):
        Store(lake)
    lake.folder.rmdir()
    away.rename(lake.folder)
    with added(store, 1):
        add(store)


def test_another_folder_than_the_lakes_is_refused(lake, tmp_path):
    other = Lake(lake.catalogue, tmp_path)
    (tmp_path / lake.marker.name).touch()
    with pytest.raises(StoreError, match="anderen Datenordner"):
        Store(other)


def test_a_data_file_that_is_lost_shows_at_the_start(store, lake):
    with store.transaction() as cursor:
        cursor.execute("insert into coverage select number, number, number from range(1000) as many(number)")
    store.verify()
    [file] = lake.folder.rglob("coverage/*.parquet")
    away = file.rename(file.with_suffix(".weg"))
    with pytest.raises(StoreError, match="fehlen 1 Dateien"):
        store.verify()
    with pytest.raises(StoreError, match="Datenordner"):
        store.rows("select * from coverage")
    away.rename(file)
    store.verify()


def test_a_dump_and_a_copy_of_the_folder_bring_all_back_that_was_there_by_then(
    cluster: Cluster, small_city: Catalogue, tmp_path
):
    """The database first, then the folder, while others go on writing: files that the dump does not know do no harm."""
    lake = cluster.lake()
    running = Store(lake)
    commit(running, small_city, 1)
    with running.transaction() as cursor:
        cursor.execute("insert into coverage select 100 + number, 1, 1 from range(1000) as many(number)")
    before = contents(running)
    cluster.dump(lake, tmp_path / "monitoring.dump")
    commit(running, small_city, 2)
    shutil.copytree(lake.folder, tmp_path / "folder")
    commit(running, small_city, 3)
    running.close()
    shutil.rmtree(lake.folder)

    cluster.restore(lake, tmp_path / "monitoring.dump")
    shutil.copytree(tmp_path / "folder", lake.folder)
    back = Store(lake)
    back.verify()
    assert contents(back) == before
    assert commit(back, small_city, 4).number == 4  # 2 and 3 stand in somebody's letters
    back.close()


def test_definitions_that_another_machine_puts_in_force_hold_here(store, other, small_city: Catalogue):
    versions.register(store, small_city, AT)
    assert versions.in_force(other) is None
    texts, number = texts_of(small_city.folder), versions.last_number(store)
    versions.change(store, "0123456789ab", texts, number, Decision(Act.EDIT, "Amt", AT, "neu"))
    assert versions.in_force(other) == "0123456789ab"


def test_a_login_that_is_left_on_another_machine_opens_nothing_here(store, other):
    said = {"iss": "stadt", "sub": "amt", "iat": 1}
    here, there = EndedLogins(store), EndedLogins(other)
    assert not here.include(said)
    there.end(said, AT)
    assert here.include(said)
    assert not here.include(said | {"iat": 2})


def test_a_process_that_dies_lets_its_turn_go(store, lake):
    inside, tell = os.pipe()

    def hold() -> None:
        with Store(lake).transaction() as cursor:
            cursor.execute(ADD, {"at": AT})
            os.write(tell, b"in")
            time.sleep(60)

    with added(store, 1):
        holder = forked(hold)
        assert os.read(inside, 2) == b"in"
        waiting = threading.Thread(target=add, args=(store,))
        waiting.start()
        time.sleep(0.5)
        assert waiting.is_alive()
        os.kill(holder, signal.SIGKILL)
        os.waitpid(holder, 0)
        waiting.join(20)
        assert not waiting.is_alive()


@pytest.mark.parametrize(
    ("error", "gone"),
    [
        (
            duckdb.TransactionException("Failed to get data file list from DuckLake: Current transaction is aborted"),
            True,
        ),
        (duckdb.IOException("Failed to query most recent snapshot for DuckLake: Unable to connect to Postgres"), True),
        (
            duckdb.InvalidInputException(
                "Attempting to fetch from an unsuccessful query result\n"
                "Error: TransactionContext Error: Current transaction is aborted (please ROLLBACK)"
            ),
            True,
        ),
        (duckdb.InvalidInputException("Invalid Input Error: Values were not provided for parameter: day"), False),
        (duckdb.Error('Failed to execute query "ROLLBACK": '), True),
        (duckdb.InternalException("server closed the connection unexpectedly"), True),
        (duckdb.BinderException("Referenced column not found"), False),
        (duckdb.IOException("Cannot open file: No such file or directory"), False),
        (duckdb.IOException("Could not write file: No space left on device"), False),
        (duckdb.TransactionException("Transaction conflict - another transaction has dropped it"), False),
    ],
)
def test_a_server_that_is_away_has_many_words(error, gone):
    assert lake_errors.is_gone(error) == gone


@pytest.fixture
def fresh(cluster: Cluster, small_city: Catalogue):
    """A lake of its own with two deliveries, to be harmed."""
    opened = Store(cluster.lake())
    for number in (1, 2):
        commit(opened, small_city, number)
    yield opened
    opened.close()


@pytest.mark.at_length
@pytest.mark.parametrize(
    "harm",
    [
        "delete from event where delivery = 2",
        "delete from delivery where id = 1",
        "delete from coverage where delivery = 2",
        "insert into event select * from event limit 1",
    ],
)
def test_the_examination_of_a_campaign_sees_harm(fresh, harm):
    facts = [["commit", *row] for row in fresh.rows(ACKNOWLEDGED)]
    assert list(lost_or_half(fresh, facts)) == []
    with fresh.transaction() as cursor:
        cursor.execute(harm)
    assert list(lost_or_half(fresh, facts))
