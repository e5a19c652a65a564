"""Taking the bytes of a file out of the store for good: the one thing of the record that is not only added.

What stays of an erased file is that it came, from whom, when, its name and its SHA-256, what was taken over from it,
and who erased it when and why (decision 0927).
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from indicators import german
from indicators.errors import MonitoringError
from indicators.store import Store, StoreError
from indicators.store.durability import noted_erasures
from indicators.store.durability.noted_erasures import Noted
from indicators.store.outages import outlasting_restarts

log = logging.getLogger(__name__)

ERASE = (Path(__file__).parent / "erase_content.sql").read_text(encoding="utf-8")
ADD = "insert into erasure select coalesce(max(id), 0) + 1, $sha, $kind, $at, $who, $reason from erasure"
STILL_THERE = """
select sha256 from file
where list_contains($all, sha256) and ($kind = 'personal' or sha256 not in (select sha256 from delivery))
order by list_position($all, sha256)
"""
"""Since somebody looked, another process may have erased it, or taken it over."""
DONE = "insert into rewriting select coalesce(max(id), 0) + 1, $last, $at from rewriting"
BY_ITSELF = "Anwendung"


class ErasureError(MonitoringError):
    """An erasure that cannot be done as asked."""


class Kind(StrEnum):
    """Why a file's content went; the value is stored."""

    EXPIRED = "expired"
    PERSONAL = "personal"

    @property
    def word(self) -> str:
        return "nicht übernommen" if self is Kind.EXPIRED else "auf Dauer gelöscht"


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file whose bytes are there, by the last name that it came by."""

    sha256: str
    name: str
    by: str
    at: datetime
    deliveries: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Erasure:
    """One that was done; `cleared` says whether the bytes have also left the database file."""

    sha256: str
    kind: Kind
    at: datetime
    who: str
    reason: str
    file_name: str
    cleared: bool

    @property
    def said(self) -> str:
        """What a page says where the file itself would be."""
        return f"Der Inhalt dieser Datei wurde am {german.moment(self.at)} gelöscht. Grund: {self.reason}"


def stored(store: Store) -> list[StoredFile]:
    """The files whose bytes are there, the last that came first."""
    rows = store.rows(
        "select sha256, file_name, brought_by, brought_at, deliveries from stored_file order by brought_at desc, sha256"
    )
    return [StoredFile(sha, name, by, at, tuple(taken)) for sha, name, by, at, taken in rows]


def expired(store: Store, now: datetime, days: int) -> list[StoredFile]:
    """Files of which nothing was ever taken over, and that nobody has brought again for so many days; 0 keeps all."""
    if days < 1:
        return []
    return [one for one in stored(store) if not one.deliveries and one.at < now - timedelta(days=days)]


def erasures(store: Store) -> list[Erasure]:
    """All there were, the last first."""
    rows = store.rows(
        "select sha256, kind, happened_at, who, reason, file_name, cleared from erasure_told order by id desc"
    )
    return [Erasure(row[0], Kind(row[1]), *row[2:]) for row in rows]


def erased(store: Store, sha256: str) -> Erasure | None:
    """The last erasure of this content, where its bytes are gone."""
    if store.value("select 1 from file where sha256 = $sha", {"sha": sha256}):
        return None
    return next((one for one in erasures(store) if one.sha256 == sha256), None)


def erase(store: Store, sha256: str, at: datetime, who: str, reason: str) -> bool:
    """Erases the content of a file that holds what may not be kept; False where the bytes are still in the database's
    file, because it could not be written anew. Raises ErasureError and StoreError."""
    if not reason.strip():
        raise ErasureError("Bitte nennen Sie den Grund. Er wird gespeichert und später angezeigt.")
    if not store.value("select 1 from file where sha256 = $sha", {"sha": sha256}):
        raise ErasureError("Diese Datei liegt hier nicht, oder ihr Inhalt ist schon gelöscht.")
    _erase(store, [sha256], Kind.PERSONAL, at, who, reason.strip())
    return clear(store, at)


def erase_expired(store: Store, at: datetime, days: int) -> int:
    """Erases what was never taken over and has lain here for too long; how many files it was."""
    old = [one.sha256 for one in expired(store, at, days)]
    if old:
        _erase(store, old, Kind.EXPIRED, at, BY_ITSELF, f"seit mehr als {days} Tagen nicht übernommen")
    return len(old)


def brought_back(store: Store) -> list[Noted]:
    """What a person had erased and is there once more, brought by a backup that is older than the erasure."""
    noted = {one.sha256: one for one in sorted(noted_erasures.noted(store.beside), key=lambda one: one.at)}
    there = store.rows("select sha256 from file where list_contains($all, sha256)", {"all": sorted(noted)})
    return [noted[sha256] for (sha256,) in sorted(there)]


def erase_again(store: Store, at: datetime) -> int:
    """Erases once more what a backup has brought back; how many files it was."""
    back = brought_back(store)
    for one in back:
        _erase(store, [one.sha256], Kind.PERSONAL, at, BY_ITSELF, f"{one.reason} (mit einer Sicherung zurückgekommen)")
    return len(back)


def is_due(store: Store, now: datetime, days: int) -> bool:
    """Whether the day's upkeep has anything to erase."""
    waiting = 0 if store.shared else _uncleared(store)
    return bool(waiting or expired(store, now, days) or brought_back(store))


def upkeep(store: Store, now: datetime, days: int) -> int:
    """What is done once a day: erases what is due; how many files were erased.

    Also from the bytes of the file. Of a store that several machines share a timer removes nothing (decision 0959).
    """
    _note(store)
    number = erase_again(store, now) + erase_expired(store, now, days)
    if not store.shared:
        clear(store, now)
    return number


def merge(store: Store, at: datetime) -> tuple[int, int]:
    """Makes few data files of many, without what was erased; how many there were, and are. Raises StoreError."""
    last = _uncleared(store)
    found = store.merge()
    if last:
        _cleared(store, last, at)
    return found


def clear(store: Store, at: datetime) -> bool:
    """Writes the database's file anew where it still holds erased bytes; False where that could not be done now."""
    last = _uncleared(store)
    if not last:
        return True
    try:
        store.rewrite()
    except StoreError:
        log.exception("erased bytes are still in the file")
        return False
    _cleared(store, last, at)
    return True


@outlasting_restarts
def _cleared(store: Store, last: int, at: datetime) -> None:
    with store.transaction() as cursor:
        cursor.execute(DONE, {"last": last, "at": at})


def _uncleared(store: Store) -> int:
    """The number of the last erasure whose bytes may still be in the file; 0 where there is none."""
    return int(store.value("select coalesce(max(id), 0) from erasure_told where not cleared"))


@outlasting_restarts
def _erase(store: Store, contents: list[str], kind: Kind, at: datetime, who: str, reason: str) -> None:
    with store.transaction() as cursor:
        [(first,)] = cursor.execute("select coalesce(max(id), 0) + 1 from erasure").fetchall()
        for (sha256,) in cursor.execute(STILL_THERE, {"all": contents, "kind": kind.value}).fetchall():
            cursor.execute(ADD, {"sha": sha256, "kind": kind.value, "at": at, "who": who, "reason": reason})
        cursor.execute(ERASE, {"first": first})
    _note(store)


def _note(store: Store) -> None:
    found = erasures(store)
    noted_erasures.note(
        store.beside, [Noted(one.sha256, str(one.at), one.reason) for one in found if one.kind is Kind.PERSONAL]
    )
