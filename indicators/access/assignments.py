"""Roles that the administrator gives by name, kept in the database. Rows are only added, the latest counts."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from indicators.access.claims import NOTHING, Assignment
from indicators.access.matrix import Role
from indicators.errors import MonitoringError
from indicators.store import Store
from indicators.store.outages import outlasting_restarts


class AssignmentError(MonitoringError):
    """Roles that cannot be given like this."""


@dataclass(frozen=True)
class AssignedUser:
    """A row of the list of users: who has which roles, since when and from whom."""

    name: str
    assignment: Assignment
    by: str
    at: datetime


def key_of(name: str) -> str:
    """Providers write names and addresses in any case; ours are compared without it."""
    return name.strip().casefold()


@outlasting_restarts
def assign(store: Store, name: str, given: Assignment, by: str, at: datetime) -> None:
    """Gives a person exactly these roles, none of them to take all away. Raises AssignmentError."""
    if not key_of(name):
        raise AssignmentError("Bitte den Namen nennen, unter dem sich die Person anmeldet.")
    if Role.REPORTER in given.roles and not given.reporters:
        raise AssignmentError("Zur Rolle „meldende Stelle“ gehört mindestens eine Stelle, für die geliefert wird.")
    if given.reporters and Role.REPORTER not in given.roles:
        raise AssignmentError("Stellen gehören zur Rolle „meldende Stelle“ (reporter).")
    with store.transaction() as cursor:
        cursor.execute(
            "insert into user_role select coalesce(max(id), 0) + 1, $name, $roles, $reporters, $by, $at from user_role",
            {
                "name": key_of(name),
                "roles": ",".join(sorted(given.roles)),
                "reporters": sorted(given.reporters),
                "by": by,
                "at": at,
            },
        )


def assigned(store: Store, name: str) -> Assignment:
    """What the person may do by now."""
    rows = store.rows("select roles, reporters from current_user_role where name = $name", {"name": key_of(name)})
    return _assignment(*rows[0]) if rows else NOTHING


def everyone(store: Store) -> tuple[AssignedUser, ...]:
    """All who ever got a role, by name; those who lost all of them have none."""
    rows = store.rows("select name, roles, reporters, given_by, given_at from current_user_role order by name")
    return tuple(AssignedUser(name, _assignment(roles, codes), by, at) for name, roles, codes, by, at in rows)


def functions(store: Store) -> dict[str, str]:
    """What each person who ever got a role is or was here, in words, by name: what is shown once names are not."""
    rows = store.rows(
        "select name, arg_max(roles, id) filter (where roles <> ''), arg_max(roles, id) = '' from user_role "
        "group by name having count_if(roles <> '') > 0"
    )
    words = ((name, _assignment(roles, []).roles, gone) for name, roles, gone in rows)
    return {
        name: ("ehemals " if gone else "") + ", ".join(role.word for role in Role if role in held)
        for name, held, gone in words
    }


def parse_roles(words: Collection[str]) -> frozenset[Role]:
    """Roles as they are written on the command line; „none“ takes all away. Raises AssignmentError."""
    if set(words) == {"none"}:
        return frozenset()
    unknown = sorted(set(words) - set(Role))
    if unknown or not words:
        known = ", ".join([*Role, "none"])
        raise AssignmentError(f"Diese Rolle gibt es nicht: {', '.join(unknown) or '–'}. Möglich sind {known}.")
    return frozenset(Role(word) for word in words)


def _assignment(roles: str, reporters: list[str]) -> Assignment:
    """A role that is no longer known gives nothing."""
    return Assignment(frozenset(Role(word) for word in roles.split(",") if word in set(Role)), frozenset(reporters))
