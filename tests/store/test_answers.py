"""What a store remembers between two writes: right at once after each of them, and nobody's to spoil."""

import threading
from datetime import datetime

import pytest

from indicators.access.assignments import assign, assigned
from indicators.access.claims import NOTHING, Assignment
from indicators.access.matrix import Role
from indicators.store import Store
from indicators.store.answers import HEAVIEST, LONGEST_QUESTION, MOST_ANSWERS, Answers

NOON = datetime(2026, 11, 30, 12)
OFFICE = Assignment(frozenset({Role.OFFICE}))
COUNT = "select count(*) from user_role"


@pytest.fixture
def store(tmp_path):
    opened = Store(tmp_path / "monitoring.duckdb")
    yield opened
    opened.close()


@pytest.fixture
def reached(store, monkeypatch):
    """What reaches DuckDB."""
    seen, read = [], store._connections.read
    monkeypatch.setattr(store._connections, "read", lambda act: (seen.append(act), read(act))[1])
    return seen


def test_a_question_is_asked_once_until_somebody_writes(store, reached):
    assert [store.value(COUNT) for _ in range(3)] == [0, 0, 0]
    assert len(reached) == 1
    assign(store, "anna", OFFICE, "admin", NOON)
    assert [store.value(COUNT), store.value(COUNT)] == [1, 1]
    assert len(reached) == 2


def test_a_role_that_is_given_and_taken_counts_at_the_next_question(store):
    for given in (NOTHING, OFFICE, NOTHING, OFFICE):
        if given is not NOTHING or assigned(store, "anna") is not NOTHING:
            assign(store, "anna", given, "admin", NOON)
        assert assigned(store, "anna").roles == given.roles


def test_what_is_not_saved_is_not_remembered(store):
    with pytest.raises(RuntimeError), store.transaction() as cursor:
        cursor.execute("insert into user_role values (1, 'anna', 'office', [], 'admin', $at)", {"at": NOON})
        assert store.value(COUNT) == 0
        raise RuntimeError
    assert store.value(COUNT) == 0


def test_an_answer_that_was_on_its_way_while_somebody_wrote_is_not_kept():
    commits = [0]
    answers = Answers(lambda: commits[0])

    def overtaken():
        commits[0] += 1
        return [("before",)]

    assert answers.answered("select 1", overtaken) == [("before",)]
    assert answers.answered("select 1", lambda: [("after",)]) == [("after",)]


def test_an_answer_is_the_callers_own(store):
    store.rows("select 1").append("spoilt")
    assert store.rows("select 1") == [(1,)]
    frame = store.query("select 1 as one")
    frame.loc[0, "one"] = 2
    assert store.query("select 1 as one")["one"].tolist() == [1]


def test_values_kinds_and_lists_are_told_apart(store):
    asked = "select $one::varchar"
    assert [store.value(asked, {"one": one}) for one in (1, True, "1", None, 1)] == ["1", "true", "1", None, "1"]
    listed = "select len($codes)"
    assert [store.value(listed, {"codes": codes}) for codes in (["a"], ["a", "b"], ["a"])] == [1, 2, 1]


def test_who_has_a_cursor_may_write_with_it_at_any_time(store):
    assert store.value(COUNT) == 0
    cursor = store.cursor
    assert store.value(COUNT) == 0
    cursor.execute("insert into user_role values (1, 'anna', 'office', [], 'admin', $at)", {"at": NOON})
    assert store.value(COUNT) == 1


def test_it_does_not_grow_and_long_answers_and_questions_have_no_place():
    answers = Answers(lambda: 0)
    for number in range(2 * MOST_ANSWERS):
        answers.answered(f"select {number}", lambda: [(1,)])
    assert len(answers._kept) == MOST_ANSWERS
    for question, found in (("heavy", [("a" * (HEAVIEST + 1),)]), ("long" * LONGEST_QUESTION, [(1,)])):
        answers.answered(question, lambda found=found: found)
        assert answers.answered(question, lambda: [(2,)]) == [(2,)]


def test_readers_beside_a_writer_never_see_less_than_was_acknowledged(store):
    """Each reader notes what was acknowledged before it asks."""
    acknowledged, wrong, end = [0], [], threading.Event()

    def read():
        while not end.is_set():
            least = acknowledged[0]
            if (found := store.value(COUNT)) < least:
                wrong.append((least, found))

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(1, 41):
        assign(store, f"person {number}", OFFICE, "admin", NOON)
        acknowledged[0] = number
    end.set()
    for reader in readers:
        reader.join()
    assert wrong == []


def test_what_another_application_writes_to_a_lake_is_seen_at_once(lake):
    ours, theirs = Store(lake), Store(lake)
    try:
        assert ours.value(COUNT) == 0
        assign(theirs, "anna", OFFICE, "admin", NOON)
        assert ours.value(COUNT) == 1
    finally:
        ours.close()
        theirs.close()
