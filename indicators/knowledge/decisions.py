"""What meetings decide, who does it by when, and what becomes of it. The latest version of a decision counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from indicators.errors import MonitoringError
from indicators.store import Store
from indicators.store.outages import outlasting_restarts

APPEND = (
    "insert into decision select coalesce(max(id), 0) + 1, $decision, $meeting, $slide, $wording, $addressee, $due, "
    "$state, $note, $at, $who from decision"
)
LONGEST_WORDING, LONGEST_ADDRESSEE = 400, 120


class DecisionError(MonitoringError):
    """A decision that cannot be kept like this."""


class DecisionState(StrEnum):
    PROPOSED = "proposed"
    AGREED = "agreed"
    POSTPONED = "postponed"
    REJECTED = "rejected"
    DONE = "done"

    @property
    def word(self) -> str:
        return {
            "proposed": "vorgeschlagen",
            "agreed": "beschlossen",
            "postponed": "vertagt",
            "rejected": "abgelehnt",
            "done": "erledigt",
        }[self]


@dataclass(frozen=True)
class Decision:
    """`slide` is the key of the slide that it belongs to; `at` is when its state was last written."""

    number: int
    meeting: int
    slide: str
    wording: str
    addressee: str = ""
    due: date | None = None
    state: DecisionState = DecisionState.PROPOSED
    note: str = ""
    at: datetime = datetime.min

    def is_due(self, today: date) -> bool:
        return self.state is DecisionState.AGREED and self.due is not None and self.due <= today

    def followed(self, today: date) -> str:
        """„offen“, „fällig“, or what became of it."""
        if self.state is DecisionState.AGREED:
            return "fällig" if self.is_due(today) else "offen"
        return self.state.word


def decisions(store: Store) -> tuple[Decision, ...]:
    """All decisions, in the order of their first version."""
    rows = store.rows(
        "select decision, meeting, slide, wording, addressee, due, state, note, happened_at from current_decision "
        "where wording <> '' order by decision"
    )
    return tuple(_decision(row) for row in rows)


def decisions_at(store: Store, moment: datetime) -> tuple[Decision, ...]:
    """All decisions as they stood at the moment."""
    rows = store.rows(
        "select decision, meeting, slide, wording, addressee, due, state, note, happened_at from decision "
        "where happened_at <= $moment qualify row_number() over (partition by decision order by id desc) = 1 "
        "order by decision",
        {"moment": moment},
    )
    return tuple(_decision(row) for row in rows if row[3])


@outlasting_restarts
def keep_decision(store: Store, decision: Decision, by: str, at: datetime) -> int:
    """Adds a decision (number 0) or a newer version; without a wording it is taken back. Raises DecisionError."""
    if not decision.number and not decision.wording.strip():
        raise DecisionError("Bitte sagen, was beschlossen werden soll.")
    if len(decision.wording) > LONGEST_WORDING or len(decision.addressee) > LONGEST_ADDRESSEE:
        raise DecisionError("Der Wortlaut oder die Angabe, wer zuständig ist, ist zu lang.")
    with store.transaction() as cursor:
        number = decision.number
        number = number or cursor.execute("select coalesce(max(decision), 0) + 1 from decision").fetchall()[0][0]
        values = {"decision": number, "meeting": decision.meeting, "slide": decision.slide, "due": decision.due}
        texts = {"wording": decision.wording.strip(), "addressee": decision.addressee.strip(), "note": decision.note}
        cursor.execute(APPEND, values | texts | {"state": decision.state.value, "at": at, "who": by})
    return int(number)


def from_before(found: tuple[Decision, ...], earlier: frozenset[int], since: datetime) -> tuple[Decision, ...]:
    """What a meeting hears of decisions of `earlier` ones: those that wait, and those that were done since then."""
    waiting = (DecisionState.AGREED, DecisionState.POSTPONED)
    return tuple(
        one
        for one in found
        if one.meeting in earlier and (one.state in waiting or (one.state is DecisionState.DONE and one.at > since))
    )


def _decision(row: Sequence[Any]) -> Decision:
    number, meeting, slide, wording, addressee, due, state, note, at = row
    return Decision(number, meeting, slide, wording, addressee, due, DecisionState(state), note, at)
