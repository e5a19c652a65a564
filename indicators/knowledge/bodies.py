"""The bodies that meet over the figures, and how often. Rows are only added, the latest of a body counts."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from indicators.errors import MonitoringError
from indicators.store import Store
from indicators.store.outages import outlasting_restarts

APPEND = (
    "insert into body select coalesce(max(id), 0) + 1, $body, $name, $kind, $months, $ended, $at, $who, $reason "
    "from body"
)
LONGEST_NAME = 120


class BodyError(MonitoringError):
    """A body that cannot be kept like this."""


class BodyKind(StrEnum):
    STEERING = "steering"
    CONTROLLING = "controlling"
    EXPERT = "expert"
    COMMITTEE = "committee"
    OTHER = "other"

    @property
    def word(self) -> str:
        return {
            "steering": "Steuerungsgruppe",
            "controlling": "Controllinggruppe",
            "expert": "Fachgruppe",
            "committee": "Ausschuss oder Rat",
            "other": "anderes Gremium",
        }[self]


RHYTHMS = {
    0: "nach Bedarf",
    1: "monatlich",
    2: "alle zwei Monate",
    3: "vierteljährlich",
    4: "dreimal im Jahr",
    6: "halbjährlich",
    12: "jährlich",
    24: "alle zwei Jahre",
}
"""By the months between two meetings."""


@dataclass(frozen=True)
class Body:
    """`every_months` lie between two of its meetings, 0 where it has no rhythm."""

    number: int
    name: str
    kind: BodyKind
    every_months: int
    ended: bool = False

    @property
    def rhythm(self) -> str:
        return RHYTHMS.get(self.every_months, f"alle {self.every_months} Monate")

    def next_expected(self, last: date) -> date | None:
        """The day by which its next meeting would be due; None without a rhythm."""
        return _months_later(last, self.every_months) if self.every_months and not self.ended else None


def bodies(store: Store) -> tuple[Body, ...]:
    """Those that still meet, by name; the steering group first."""
    rows = store.rows("select body, name, kind, every_months, ended from current_body where not ended")
    found = [Body(number, name, BodyKind(kind), months, ended) for number, name, kind, months, ended in rows]
    return tuple(sorted(found, key=lambda body: (body.kind is not BodyKind.STEERING, body.name.casefold())))


@outlasting_restarts
def keep_body(store: Store, body: Body, by: str, at: datetime, reason: str = "") -> int:
    """Adds a body (number 0), or a newer version of one. Raises BodyError."""
    name = " ".join(body.name.split())
    if not name:
        raise BodyError("Bitte den Namen des Gremiums nennen.")
    if len(name) > LONGEST_NAME:
        raise BodyError(f"Der Name ist zu lang: höchstens {LONGEST_NAME} Zeichen.")
    with store.transaction() as cursor:
        taken = cursor.execute(
            "select 1 from current_body where lower(name) = lower($name) and body <> $body and not ended",
            {"name": name, "body": body.number},
        ).fetchall()
        if taken:
            raise BodyError(f"Ein Gremium „{name}“ gibt es schon.")
        number = body.number or cursor.execute("select coalesce(max(body), 0) + 1 from body").fetchall()[0][0]
        values = {"body": number, "name": name, "kind": body.kind.value, "months": body.every_months}
        said = {"ended": body.ended, "at": at, "who": by, "reason": reason.strip()}
        cursor.execute(APPEND, values | said)
    return int(number)


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
