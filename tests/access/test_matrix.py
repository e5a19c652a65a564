"""Every cell of the matrix, written out: who opens which page, does what for whom, exports which format."""

from itertools import product
from typing import get_args

import pytest

from indicators.access import (
    Action,
    ForbiddenError,
    Role,
    User,
    allowed_pages,
    demand,
    local_user,
    may,
    permitted,
    sees_true_values,
)
from indicators.exports import FORMATS
from indicators.settings import RoleWord
from indicators.ui.navigation import PAGES as REGISTERED

COLUMNS = ("administrator", "office", "reporter", "steering", "reader")

OPENS = """
overview        x x x x .
field           x x x x .
indicator       x x x x .
concept         x x x x .
measures        x x x x .
agreements      x x x x .
funding         x x x x .
definitions     x x x x .
published       x x x x x
what_if         x x . x .
comparison      x x . x .
meetings        x x . x .
meeting         x x . x .
compose         . x . . .
paper           . x . . .
bericht         x x x x .
deliver         . x x . .
deliveries      x x x x .
administration  x . . . .
reminders       . x . . .
define          . x . . .
hilfe           x x x x .
"""

DOES = """
template        - a o - -
deliver         - a o - -
withdraw        - a - - -
history         a a o a -
original        a a o - -
true_values     a a - - -
non_public      a a - - -
funding         a a o a -
finances        a a o - -
export          a a a a a
release         - a - - -
meetings        - a - - -
agree           - a - - -
comment         - a o - -
write_report    - a - - -
remind          - a - - -
define          - a - - -
contribute      - a - - -
publish_definitions - a - - -
backup          a - - - -
audit           a - - - -
erase           a - - - -
assign_roles    a - - - -
"""
"""a: for all reporters, o: for the own ones only, -: not at all."""


def cells(table: str) -> dict[tuple[str, str], str]:
    rows = [line.split() for line in table.strip().splitlines()]
    return {(row[0], role): mark for row in rows for role, mark in zip(COLUMNS, row[1:], strict=True)}


def someone(role: str) -> User:
    return User("Kim", frozenset({Role(role)}), frozenset({"FB 51"}))


@pytest.mark.parametrize(("page", "role"), sorted(cells(OPENS)))
def test_who_opens_what(page, role):
    assert (page in allowed_pages(someone(role))) == (cells(OPENS)[page, role] == "x")


@pytest.mark.parametrize(("action", "role"), sorted(cells(DOES)))
def test_who_does_what_for_whom(action, role):
    mark = cells(DOES)[action, role]
    user = someone(role)
    wanted = Action[action.upper()]
    assert may(user, wanted, "FB 51") == (mark in "ao")
    assert may(user, wanted, "AWO") == (mark == "a")
    assert may(user, wanted) == (mark == "a")


@pytest.mark.parametrize(("role", "suffix"), sorted(product(COLUMNS, FORMATS)))
def test_whoever_sees_a_figure_may_take_it_along_in_every_format(role, suffix):
    assert may(someone(role), Action.EXPORT, suffix)
    assert not may(User("Kim", frozenset()), Action.EXPORT, suffix)


def test_the_tables_leave_nothing_out():
    assert {role for _, role in cells(OPENS)} == set(Role) == set(COLUMNS) == set(get_args(RoleWord))
    assert {page for page, _ in cells(OPENS)} >= {entry.file for entry in REGISTERED}
    assert {action for action, _ in cells(DOES)} == {action.name.lower() for action in Action}


def test_without_a_role_there_is_nothing():
    nobody = User("Kim", frozenset(), frozenset({"FB 51"}))
    assert allowed_pages(nobody) == frozenset()
    assert not any(may(nobody, action, "FB 51") for action in Action)


def test_roles_add_up():
    both = User("Kim", frozenset({Role.STEERING, Role.REPORTER}), frozenset({"AWO"}))
    assert {"what_if", "deliver"} <= allowed_pages(both)
    assert may(both, Action.HISTORY, "FB 51")
    assert not may(both, Action.ORIGINAL, "FB 51")
    assert not sees_true_values(both)


def test_the_local_user_sees_and_does_everything():
    user = local_user("Stabsstelle")
    assert allowed_pages(user) >= {entry.file for entry in REGISTERED}
    assert all(may(user, action) for action in Action)


def test_permitted_keeps_the_order_and_leaves_out_the_others():
    assert permitted(someone("reporter"), Action.DELIVER, ["AWO", "FB 51"]) == ["FB 51"]
    assert permitted(someone("office"), Action.DELIVER, ["AWO", "FB 51"]) == ["AWO", "FB 51"]
    assert permitted(someone("reader"), Action.DELIVER, ["AWO", "FB 51"]) == []


def test_demand_raises_where_may_says_no():
    demand(someone("reporter"), Action.DELIVER, "FB 51")
    with pytest.raises(ForbiddenError, match="Dafür fehlt Ihnen das Recht"):
        demand(someone("reporter"), Action.DELIVER, "AWO")
