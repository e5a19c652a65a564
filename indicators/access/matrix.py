"""Who may see which page and do what: the whole matrix, as data. What is not granted here is forbidden."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from indicators.errors import MonitoringError


class Role(StrEnum):
    """What a person is in the city's integration monitoring. One person may be several."""

    ADMINISTRATOR = "administrator"
    OFFICE = "office"
    REPORTER = "reporter"
    STEERING = "steering"
    READER = "reader"

    @property
    def word(self) -> str:
        return _WORDS[self]


_WORDS = {
    Role.ADMINISTRATOR: "Administration",
    Role.OFFICE: "Stabsstelle Integration",
    Role.REPORTER: "meldende Stelle",
    Role.STEERING: "Steuerungsgruppe",
    Role.READER: "Leserin oder Leser",
}


class Action(StrEnum):
    """What is checked where it happens, not only on the way to the page."""

    TEMPLATE = "template"  # fetch a reporter's template, with the values of the period before
    DELIVER = "deliver"  # have a workbook checked, and commit it
    WITHDRAW = "withdraw"  # withdraw or restore a delivery
    HISTORY = "history"  # see who delivered when
    ORIGINAL = "original"  # fetch a delivery's original file, see its findings
    TRUE_VALUES = "true values"  # see numbers that are hidden from others because they are small
    NON_PUBLIC = "non-public"  # see what committees said behind closed doors, and the files that it came with
    FUNDING = "funding"  # see what is agreed with a provider, what it costs, and what came of it
    FINANCES = "finances"  # see what a provider earned and spent, position by position, and its receipts
    EXPORT = "export"  # download what a page shows, in any format
    RELEASE = "release"  # show readers an indicator, or take it from them
    MEETINGS = "meetings"  # keep bodies and meetings, compose slides, write minutes and decisions
    AGREE = "agree"  # enter a target that a body has decided, or take one back
    COMMENT = "comment"  # write a remark on an indicator and its values
    WRITE_REPORT = "write report"  # write texts for reports, freeze a report
    REMIND = "remind"  # send letters and reminders, and word them
    DEFINE = "define"  # change the definitions: fields, base figures, indicators, targets
    BACKUP = "backup"  # make, fetch and restore backups
    AUDIT = "audit"  # see who changed what
    ERASE = "erase"  # erase the content of a file for good
    CONTRIBUTE = "contribute"  # let other cities see an indicator, give its values, or withdraw it
    PUBLISH_DEFINITIONS = "publish definitions"  # of the state: make its catalogue the shared one
    ASSIGN_ROLES = "assign roles"  # give and take roles


class Scope(StrEnum):
    """ALL: for every reporter. OWN: only for the reporters that the person delivers for."""

    ALL = "all"
    OWN = "own"


_READING = frozenset({"overview", "field", "indicator", "definitions", "published", "bericht", "hilfe"})
_MEETING = frozenset({"meetings", "meeting"})
_CYCLE = frozenset({"concept", "measures", "agreements", "funding"})

PAGES: Mapping[Role, frozenset[str]] = {
    Role.ADMINISTRATOR: _READING | _MEETING | _CYCLE | {"what_if", "comparison", "deliveries", "administration"},
    Role.OFFICE: _READING
    | _MEETING
    | _CYCLE
    | {"compose", "paper", "what_if", "comparison", "deliver", "deliveries", "reminders", "define"},
    Role.REPORTER: _READING | _CYCLE | {"deliver", "deliveries"},
    Role.STEERING: _READING | _MEETING | _CYCLE | {"what_if", "comparison", "deliveries"},
    Role.READER: frozenset({"published"}),
}
"""By role, the files in pages/ that it may open."""

GRANTS: Mapping[Role, Mapping[Action, Scope]] = {
    Role.ADMINISTRATOR: {
        Action.HISTORY: Scope.ALL,
        Action.ORIGINAL: Scope.ALL,
        Action.TRUE_VALUES: Scope.ALL,
        Action.NON_PUBLIC: Scope.ALL,
        Action.FUNDING: Scope.ALL,
        Action.FINANCES: Scope.ALL,
        Action.EXPORT: Scope.ALL,
        Action.BACKUP: Scope.ALL,
        Action.AUDIT: Scope.ALL,
        Action.ERASE: Scope.ALL,
        Action.ASSIGN_ROLES: Scope.ALL,
    },
    Role.OFFICE: {
        Action.TEMPLATE: Scope.ALL,
        Action.DELIVER: Scope.ALL,
        Action.WITHDRAW: Scope.ALL,
        Action.HISTORY: Scope.ALL,
        Action.ORIGINAL: Scope.ALL,
        Action.TRUE_VALUES: Scope.ALL,
        Action.NON_PUBLIC: Scope.ALL,
        Action.FUNDING: Scope.ALL,
        Action.FINANCES: Scope.ALL,
        Action.EXPORT: Scope.ALL,
        Action.RELEASE: Scope.ALL,
        Action.MEETINGS: Scope.ALL,
        Action.AGREE: Scope.ALL,
        Action.COMMENT: Scope.ALL,
        Action.WRITE_REPORT: Scope.ALL,
        Action.REMIND: Scope.ALL,
        Action.DEFINE: Scope.ALL,
        Action.CONTRIBUTE: Scope.ALL,
        Action.PUBLISH_DEFINITIONS: Scope.ALL,
    },
    Role.REPORTER: {
        Action.TEMPLATE: Scope.OWN,
        Action.DELIVER: Scope.OWN,
        Action.HISTORY: Scope.OWN,
        Action.ORIGINAL: Scope.OWN,
        Action.COMMENT: Scope.OWN,
        Action.FUNDING: Scope.OWN,
        Action.FINANCES: Scope.OWN,
        Action.EXPORT: Scope.ALL,
    },
    Role.STEERING: {Action.HISTORY: Scope.ALL, Action.FUNDING: Scope.ALL, Action.EXPORT: Scope.ALL},
    Role.READER: {Action.EXPORT: Scope.ALL},
}
"""By role, what it may do and for whom."""


class ForbiddenError(MonitoringError):
    """Someone asked for what they have no right to."""


@dataclass(frozen=True)
class User:
    """Someone who works here: `name` is stored with what they do, `reporters` are the codes they deliver for."""

    name: str
    roles: frozenset[Role]
    reporters: frozenset[str] = frozenset()

    @property
    def words(self) -> str:
        """The roles in German, in the order of the matrix."""
        return ", ".join(role.word for role in Role if role in self.roles)


def local_user(name: str) -> User:
    """The one person who works without a login, at the machine itself: sees and does everything."""
    return User(name, frozenset({Role.OFFICE, Role.ADMINISTRATOR}))


def may(user: User, action: Action, reporter: str | None = None) -> bool:
    """Whether the user may do this for the reporter; None stands for all of them together."""
    scopes = {GRANTS[role].get(action) for role in user.roles}
    return Scope.ALL in scopes or (Scope.OWN in scopes and reporter in user.reporters)


def demand(user: User, action: Action, reporter: str | None = None) -> None:
    """Raises ForbiddenError unless the user may."""
    if not may(user, action, reporter):
        raise ForbiddenError("Dafür fehlt Ihnen das Recht. Es wurde nichts verändert.")


def demand_still(then: User, now: User, action: Action, reporter: str | None = None) -> None:
    """Raises ForbiddenError unless the user of now may have what was prepared for the user of then.

    What was prepared for someone who sees true values may hold them, whatever else the person may do by now; and what
    was prepared for someone who may open more pages may come from one of these.
    """
    demand(now, action, reporter)
    if sees_true_values(then):
        demand(now, Action.TRUE_VALUES)
    if may(then, Action.NON_PUBLIC):
        demand(now, Action.NON_PUBLIC)
    if not allowed_pages(then) <= allowed_pages(now):
        raise ForbiddenError("Dafür fehlt Ihnen inzwischen das Recht. Bitte laden Sie die Seite neu.")
    if now.name != then.name:
        raise ForbiddenError("Dies wurde für eine andere Person vorbereitet. Bitte laden Sie die Seite neu.")


def permitted(user: User, action: Action, reporters: Iterable[str]) -> list[str]:
    """Those of the reporters for whom the user may do this."""
    return [reporter for reporter in reporters if may(user, action, reporter)]


def allowed_pages(user: User) -> frozenset[str]:
    """The files in pages/ that the user may open."""
    return frozenset().union(*(PAGES[role] for role in user.roles))


def sees_true_values(user: User) -> bool:
    """False for everyone to whom small numbers must not be shown."""
    return may(user, Action.TRUE_VALUES)
