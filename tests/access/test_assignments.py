"""The administrator's list of users: only ever added to, the latest row of a name counts."""

from datetime import datetime

import pytest

from indicators.access import Assignment, AssignmentError, Role, assign, assigned, everyone, parse_roles

AT = datetime(2026, 11, 20, 9)
OFFICE = Assignment(frozenset({Role.OFFICE, Role.ADMINISTRATOR}))
FB51 = Assignment(frozenset({Role.REPORTER}), frozenset({"FB 51"}))
NONE = Assignment(frozenset())


def test_the_latest_counts_and_earlier_rows_stay(store):
    assign(store, "Kim@Stadt.de", OFFICE, "IT", AT)
    assign(store, " kim@stadt.DE ", FB51, "Leitung", AT)
    assert assigned(store, "KIM@stadt.de") == FB51
    assert [(user.name, user.by) for user in everyone(store)] == [("kim@stadt.de", "Leitung")]
    assert store.value("select count(*) from user_role") == 2


def test_no_roles_take_all_away(store):
    assign(store, "kim", OFFICE, "IT", AT)
    assign(store, "kim", NONE, "IT", AT)
    assert assigned(store, "kim") == NONE
    assert everyone(store)[0].assignment == NONE


def test_an_unknown_name_has_nothing(store):
    assign(store, "kim", OFFICE, "IT", AT)
    assert assigned(store, "kimi") == NONE
    assert assigned(store, "%") == NONE


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("", OFFICE),
        ("  ", OFFICE),
        ("kim", Assignment(frozenset({Role.REPORTER}))),
        ("kim", Assignment(frozenset({Role.OFFICE}), frozenset({"FB 51"}))),
    ],
)
def test_what_makes_no_sense_is_refused(store, name, given):
    with pytest.raises(AssignmentError):
        assign(store, name, given, "IT", AT)
    assert everyone(store) == ()


def test_a_role_that_is_no_longer_known_gives_nothing(store):
    with store.transaction() as cursor:
        cursor.execute("insert into user_role values (1, 'kim', 'emperor,reader', [], 'IT', $at)", {"at": AT})
    assert assigned(store, "kim").roles == {Role.READER}


def test_roles_as_written_on_the_command_line():
    assert parse_roles(["office", "administrator"]) == {Role.OFFICE, Role.ADMINISTRATOR}
    assert parse_roles(["none"]) == frozenset()
    for wrong in (["boss"], ["office", "none"], []):
        with pytest.raises(AssignmentError, match="administrator, office, reporter, steering, reader, none"):
            parse_roles(wrong)
