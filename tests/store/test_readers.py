"""Closing while others read: DuckDB's objects go only when nobody uses them, and who comes later is told so."""

import threading
import time
from contextlib import contextmanager

import pyarrow as pa
import pytest

from indicators.store import Store, StoreError, open_reads
from indicators.store.durability import store_errors

LONG = "select count(*) from range(100_000_000_000) as many(number) where number % 7 = 3"


@contextmanager
def in_threads(read, number: int = 1):
    """Runs it in threads until each ends with an error; gives the list of these errors."""
    errors: list[BaseException] = []

    def go() -> None:
        try:
            while True:
                read()
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=go) for _ in range(number)]
    for thread in threads:
        thread.start()
    yield errors
    for thread in threads:
        thread.join(30)
        assert not thread.is_alive()


@pytest.mark.parametrize("number", range(5))
def test_who_reads_without_pause_neither_delays_the_end_nor_meets_a_closed_cursor(tmp_path, number):
    store = Store(tmp_path / "monitoring.duckdb")
    asked = "select count(*) from duty cross join range(20000)"
    with in_threads(lambda: store.rows(asked, duty=pa.table({"base_figure": ["a"] * 50})), 4) as errors:
        time.sleep(0.01 * number)
        began = time.monotonic()
        store.close()
        assert time.monotonic() - began < 5
    assert [str(error) for error in errors] == [store_errors.CLOSED] * 4


def test_a_statement_that_goes_on_for_ever_is_broken_off(tmp_path, monkeypatch):
    monkeypatch.setattr(open_reads, "PATIENCE", 0.3)
    store = Store(tmp_path / "monitoring.duckdb")
    with in_threads(lambda: store.rows(LONG)) as errors:
        time.sleep(0.2)
        store.close()
    assert "INTERRUPT" in str(errors[0]).upper()


def test_a_cursor_that_stays_in_use_is_not_closed_under_its_thread(tmp_path, monkeypatch):
    monkeypatch.setattr(open_reads, "PATIENCE", 0.1)
    monkeypatch.setattr(open_reads, "LAST_PATIENCE", 0.1)
    store = Store(tmp_path / "monitoring.duckdb")
    with store.reading() as cursor:
        closing = threading.Thread(target=store.close)
        closing.start()
        closing.join(10)
        assert cursor.execute("select 42").fetchall() == [(42,)]
    with pytest.raises(StoreError, match="beendet"):
        store.rows("select 1")


def test_the_file_is_not_opened_anew_under_somebody_who_cannot_be_moved(tmp_path, monkeypatch):
    monkeypatch.setattr(open_reads, "PATIENCE", 0.1)
    monkeypatch.setattr(open_reads, "LAST_PATIENCE", 0.1)
    store = Store(tmp_path / "monitoring.duckdb")
    with store.reading() as cursor:
        with pytest.raises(StoreError, match="in einer Minute noch einmal"):
            store._connections.reopen(store._connections.generation)
        assert cursor.execute("select 42").fetchall() == [(42,)]
    store._connections.reopen(store._connections.generation)
    assert store.rows("select 42") == [(42,)]
    store.close()


def test_nothing_is_opened_again_after_the_end(tmp_path):
    store = Store(tmp_path / "monitoring.duckdb")
    store.close()
    with pytest.raises(StoreError, match="beendet"), store.transaction():
        pass
    Store(tmp_path / "monitoring.duckdb").close()


def test_a_store_that_nobody_holds_lets_its_file_go_at_once(tmp_path):
    """Commands end without closing: no cycle of references may keep the file open."""
    for _ in range(2):
        Store(tmp_path / "monitoring.duckdb").rows("select 1")
