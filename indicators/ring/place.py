"""The ring that an installation belongs to, and how something is written there: as the member that it is, no other."""

import hashlib
import secrets
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb

from indicators.errors import MonitoringError
from indicators.ring import protection
from indicators.settings import Settings
from indicators.store import Store, StoreError, ring_place
from indicators.store.outages import outlasting_restarts

MEMBER = (
    "insert into ring_member select coalesce(max(id), 0) + 1, $member, $name, $threshold, $leads, $seal, $at, $who, "
    "$reason from ring_member"
)
CURRENT = "select name, threshold, leads, seal from ring_current_member where member = $member"
OTHER_LEADER = "select name from ring_current_member where leads and member <> $member"
STRICTEST = "select coalesce(max(threshold), 0) from ring_current_member"
LATEST = (
    "select (select coalesce(max(id), 0) from ring_member), (select coalesce(max(number), 0) from ring_definitions), "
    "(select coalesce(max(id), 0) from ring_consent), (select coalesce(max(id), 0) from ring_contribution)"
)
NO_REASON = "Bitte einen Grund angeben, zum Beispiel den Beschluss."

_open: dict[str, tuple[Store, int]] = {}
_opening = threading.Lock()
"""A file can be opened once in a process, however many cities this one serves: with how many hold it."""


class RingError(MonitoringError):
    """Something that cannot be done in the ring like this; says why."""


@dataclass(frozen=True)
class By:
    """Who does something, when and why. Names and reasons stay in the city's own store; the ring knows cities."""

    who: str
    at: datetime
    reason: str = ""


@dataclass(frozen=True)
class Presence:
    """How a member shows itself: its name, and below what it lets nobody see numbers of people."""

    name: str
    threshold: int


@dataclass(frozen=True)
class Ring:
    """The ring's store as one member sees it; `own` is the member's, which only this installation reads."""

    store: Store
    own: Store
    member: str
    leads: bool = False

    @property
    def strictest(self) -> int:
        """The smallest number of people that all members let anybody see."""
        return int(self.store.value(STRICTEST))

    @property
    def version(self) -> tuple[int, ...]:
        """The last row of each kind: what everything that is shown of the ring is kept under."""
        return tuple(self.store.rows(LATEST)[0])

    @property
    def presence(self) -> Presence | None:
        """As the ring knows this member; None before it has joined."""
        found = self.store.rows(CURRENT, {"member": self.member})
        return Presence(*found[0][:2]) if found else None


Rows = Sequence[tuple[str, Mapping[str, Any]]]
"""Statements that append one row each, without $member, $who, $at and $reason."""


def ring_of(settings: Settings, own: Store) -> Ring | None:
    """The ring of an installation; None where it is in none. Raises StoreError where it cannot be opened."""
    if not settings.ring:
        return None
    return Ring(_opened(settings), own, settings.ring_member, settings.ring_leads)


def leave(ring: Ring) -> None:
    """The installation needs it no more; the last one of the process closes it."""
    with _opening:
        for name, (store, holders) in list(_open.items()):
            if store is ring.store:
                _open[name] = store, holders - 1
                if holders <= 1:
                    del _open[name]
                    store.close()


def _opened(settings: Settings) -> Store:
    place = ring_place(settings)
    name = f"{place!r} {getattr(place, 'folder', '')}"
    with _opening:
        store, holders = _open.get(name, (None, 0))
        if store is None or store.closed:
            store, holders = Store(place, memory_limit=settings.memory_limit), 0
        _open[name] = store, holders + 1
        return store


def act(
    ring: Ring,
    presence: Presence,
    by: By,
    rows: Rows,
    beside: Callable[[duckdb.DuckDBPyConnection], None] = lambda cursor: None,
    indicators: Sequence[str] = (),
) -> None:
    """Appends rows to the ring as this member, and to the city's own store with the person's name and the reason.

    `beside` writes what is the ring's alone, in the same transaction. Then what would give a secret away is hidden:
    in `indicators`, or in all. Raises RingError where the member's name is another installation's, StoreError where
    nothing was saved.
    """
    if not by.reason.strip():
        raise RingError(NO_REASON)
    if not ring.own.writable:
        raise StoreError(ring.own.refusal)
    signed = {"member": ring.member, "at": by.at, "who": by.who, "reason": by.reason.strip()}
    said = _in_the_ring(ring.store, ring, presence, by.at, rows, beside, indicators)
    _at_home(ring.own, (*said, *rows), signed)


@outlasting_restarts
def _in_the_ring(
    store: Store,
    ring: Ring,
    presence: Presence,
    at: datetime,
    rows: Rows,
    beside: Callable[[duckdb.DuckDBPyConnection], None],
    indicators: Sequence[str],
) -> Rows:
    """What the ring did not know yet of the member itself."""
    seal = _seal(ring.own)
    with store.transaction() as cursor:
        said = _presence(cursor, ring, presence, seal)
        _append(cursor, (*said, *rows), {"member": ring.member, "at": at, "who": ring.member, "reason": ""})
        beside(cursor)
        protection.hide_others(cursor, at, indicators)
    return said


@outlasting_restarts
def _at_home(own: Store, rows: Rows, signed: Mapping[str, Any]) -> None:
    with own.transaction() as cursor:
        _append(cursor, rows, signed)


def _append(cursor: duckdb.DuckDBPyConnection, rows: Rows, signed: Mapping[str, Any]) -> None:
    for statement, values in rows:
        every = {**values, **signed}
        cursor.execute(statement, {name: value for name, value in every.items() if f"${name}" in statement})


def _presence(cursor: duckdb.DuckDBPyConnection, ring: Ring, presence: Presence, seal: str) -> Rows:
    """The row that says who the member is, where that is new."""
    known = cursor.execute(CURRENT, {"member": ring.member}).fetchall()
    if known and known[0][3] != seal:
        raise RingError(
            f"Das Kürzel „{ring.member}“ gehört in diesem Ring schon einer anderen Installation ({known[0][0]}). Es "
            "wurde nichts verändert. Bitte in den Einstellungen ring_member ändern."
        )
    if ring.leads and (other := cursor.execute(OTHER_LEADER, {"member": ring.member}).fetchall()):
        raise RingError(
            f"Die gemeinsamen Definitionen dieses Rings veröffentlicht schon „{other[0][0]}“. Bitte in den "
            "Einstellungen ring_leads streichen."
        )
    wanted = (presence.name, presence.threshold, ring.leads, seal)
    if known and known[0] == wanted:
        return ()
    return [(MEMBER, dict(zip(("name", "threshold", "leads", "seal"), wanted, strict=True)))]


def _seal(own: Store) -> str:
    """The hash of a word that is made once in the city's own store, and never leaves it."""
    word = own.value("select word from ring_seal")
    if word is None:
        _choose_word(own)
        word = own.value("select word from ring_seal")
    return hashlib.sha256(str(word).encode()).hexdigest()


@outlasting_restarts
def _choose_word(own: Store) -> None:
    with own.transaction() as cursor:
        cursor.execute(
            "insert into ring_seal select $word where not exists (from ring_seal)", {"word": secrets.token_hex(16)}
        )
