"""What the process owns outlives everything that a visitor can empty, and is made once."""

import importlib
import sys
import threading
import time

import pytest
import streamlit as st

import indicators.ui
from indicators.ui import kept, process, session
from tests.pages.test_pages import opened, texts


@pytest.fixture
def nothing_kept():
    process.end()
    yield
    process.end()


class Opened:
    def __init__(self):
        self.closed = False

    def close(self):
        self.closed = True


def test_emptied_caches_leave_the_store_open(app):
    opened(app, "overview")
    kept = session.store(), session.settings(), session.ended_logins(), session.daily_backups()
    st.cache_resource.clear()
    st.cache_data.clear()
    assert "32,5" in texts(opened(app, "indicator", kennzahl="B-01"))
    assert (session.store(), session.settings(), session.ended_logins(), session.daily_backups()) == kept
    assert session.ailment() == ""


def test_modules_that_are_loaded_anew_find_what_is_there(app):
    kept = session.store()
    names = [name for name in sys.modules if (name + ".").startswith("indicators.ui.")]
    old = {name: sys.modules.pop(name) for name in names if name != "indicators.ui.process.kept"}
    try:
        anew = importlib.import_module("indicators.ui.session")
        assert anew.process is not process
        assert anew.store() is kept
    finally:
        sys.modules.update(old)
        indicators.ui = old["indicators.ui"]


def test_it_is_made_once_however_many_ask_at_a_time(nothing_kept):
    made = []

    @process.owned
    def slow() -> object:
        time.sleep(0.05)
        made.append(1)
        return object()

    found = []
    threads = [threading.Thread(target=lambda: found.append(slow())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1
    assert len(set(map(id, found))) == 1


def test_what_failed_is_tried_again(nothing_kept):
    tries = []

    @process.owned
    def second_time_lucky() -> int:
        tries.append(1)
        if len(tries) == 1:
            raise OSError
        return 7

    with pytest.raises(OSError):
        second_time_lucky()
    assert second_time_lucky() == 7


def test_what_is_closed_is_forgotten_with_all_that_hangs_on_it(nothing_kept):
    @process.owned
    def store() -> Opened:
        return Opened()

    @process.owned
    def reader() -> list[Opened]:
        return [store()]

    first = reader()[0]
    first.close()
    assert reader()[0] is store() is not first


def test_the_end_closes_what_can_be_closed(nothing_kept):
    store = process.owned(Opened)
    opened_once = store()
    process.end()
    assert opened_once.closed
    assert store() is not opened_once


def test_no_cache_of_streamlits_holds_what_has_an_end():
    """Each cache there is can be emptied at any moment: it only keeps what is worked out again."""

    def cached(module) -> set[str]:
        return {name for name, found in vars(module).items() if hasattr(found, "clear") and callable(found)}

    assert cached(session) == set()
    expected = {"_snapshot", "_since", "_trend", "_dossier", "_measures", "_goals", "_consultations", "_interviews"}
    assert cached(kept) == expected | {"_deck_tables", "_funding", "_proofs", "_offers"}
