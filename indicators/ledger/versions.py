"""Versions of the definitions: every one that was ever used is kept whole, so that old figures keep their meaning.

As long as nobody has decided anything here, the folder says what is in force, and the store only remembers it. From the
first decision of a person on (a change in the browser, an import), the version registered last is in force.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from weakref import WeakKeyDictionary

import duckdb

from indicators.catalogue import Catalogue, load_texts, texts_of
from indicators.errors import MonitoringError
from indicators.store import Store
from indicators.store.outages import outlasting_restarts


class Act(StrEnum):
    """What a person decided; the value is stored."""

    EDIT = "edit"
    IMPORT = "import"
    TAKE = "take"
    LEAVE = "leave"
    BACK = "back"

    @property
    def word(self) -> str:
        return {
            "edit": "im Browser geändert",
            "import": "eingelesen",
            "take": "aus dem Ordner übernommen",
            "leave": "geänderten Ordner nicht übernommen",
            "back": "frühere Fassung wieder eingesetzt",
        }[self]


class DefinitionsError(MonitoringError):
    """A change of the definitions that was not made; says why."""


class ChangedMeanwhileError(DefinitionsError):
    """Somebody else has changed the definitions since this change was begun."""


@dataclass(frozen=True)
class Decision:
    """Who decides on the definitions what, when and why. `folder` is the hash of the folder that it is about."""

    act: Act
    who: str
    at: datetime
    reason: str
    folder: str = ""


@dataclass(frozen=True)
class Version:
    """One version of the definitions; without `act` it came from the folder by itself."""

    number: int
    hash: str
    since: datetime
    act: Act | None
    who: str
    reason: str


VERSIONS = """
select number, hash, since, act, coalesce(decision.who, ''), coalesce(decision.reason, '')
from catalogue_version
left join catalogue_decision as decision on decision.version = number
order by number desc
"""
IN_FORCE = """
select hash from catalogue_version
where exists (from catalogue_decision where version is not null)
order by number desc
limit 1
"""
KNOWN_FOLDER = """
select coalesce(
    (select folder from catalogue_decision where folder <> '' order by id desc limit 1),
    (
        select hash from catalogue_version
        where number < (select min(version) from catalogue_decision)
        order by number desc limit 1
    )
)
"""
NUMBER = "select max(number) from catalogue_version where hash = $hash"
_in_force: WeakKeyDictionary[Store, str | None] = WeakKeyDictionary()
"""Asked several times by every page. Where one process owns the store, `change` is the only way to another answer."""
LAST = "select number, hash from catalogue_version order by number desc limit 1"


@outlasting_restarts
def register(store: Store, catalogue: Catalogue, at: datetime) -> int:
    """The number of this version; a new one, with all its files, if the folder is in force and was another before."""
    last = store.rows(LAST)
    if last and last[0][1] == catalogue.version:
        return int(last[0][0])
    if in_force(store):  # what was begun under an earlier version was checked against that one
        known = store.value(NUMBER, {"hash": catalogue.version})
        return int(last[0][0] if known is None else known)
    texts = texts_of(catalogue.folder)
    with store.transaction() as cursor:  # meanwhile another session may have done the same, or decided
        last = cursor.execute(LAST).fetchall()
        if last and (last[0][1] == catalogue.version or cursor.execute(IN_FORCE).fetchall()):
            return int(last[0][0])
        return _add(cursor, catalogue.version, texts, at)


def in_force(store: Store) -> str | None:
    """The content hash of the version in force, once a person has decided on one; None while the folder says it."""
    if store.shared or store not in _in_force:
        value = store.value(IN_FORCE)
        _in_force[store] = None if value is None else str(value)
    return _in_force[store]


def known_folder(store: Store) -> str | None:
    """The content hash of the folder that was in force, taken over or left last."""
    value = store.value(KNOWN_FOLDER)
    return None if value is None else str(value)


@outlasting_restarts
def change(store: Store, version: str, texts: Mapping[str, str], basis: int, decision: Decision) -> int:
    """Puts checked definitions in force, and keeps who did it and why. `basis` is the number that was changed.

    Raises ChangedMeanwhileError where another version has come since, DefinitionsError without reason or change.
    """
    reason = _reason(decision)
    with store.transaction() as cursor:
        last = cursor.execute(LAST).fetchone()
        if last and last[0] != basis:
            raise ChangedMeanwhileError(_meanwhile(store, int(last[0])))
        if last and last[1] == version:
            raise DefinitionsError("Das ist schon die Fassung, die gilt. Es gibt nichts zu ändern.")
        number = _add(cursor, version, texts, decision.at)
        _decide(cursor, number, decision, reason)
    _in_force[store] = version
    return number


@outlasting_restarts
def leave(store: Store, decision: Decision) -> None:
    """Remembers that the folder, as it is now, is not to be taken over."""
    reason = _reason(decision)
    with store.transaction() as cursor:
        _decide(cursor, None, decision, reason)


def versions(store: Store) -> list[Version]:
    """All versions, the latest first."""
    return [
        Version(int(number), str(found), since, Act(act) if act else None, str(who), str(reason))
        for number, found, since, act, who, reason in store.rows(VERSIONS)
    ]


def version_by_hash(store: Store, content: str) -> Version | None:
    """The latest version with this content; None where there never was one."""
    return next((one for one in versions(store) if one.hash == content), None)


def last_number(store: Store) -> int:
    """The number of the version registered last, 0 in an empty store."""
    last = store.rows(LAST)
    return int(last[0][0]) if last else 0


def hash_at(store: Store, moment: datetime) -> str | None:
    """The content hash of the version in force at the moment; the first one before that, None in an empty store."""
    value = store.value(
        "select hash from catalogue_version order by since <= $moment desc, "
        "case when since <= $moment then number else -number end desc limit 1",
        {"moment": moment},
    )
    return None if value is None else str(value)


def load_version(store: Store, version: str) -> Catalogue:
    """The catalogue as it was, read from the kept files."""
    return load_texts(texts_of_version(store, version), kept=True)


def texts_of_version(store: Store, version: str) -> dict[str, str]:
    """The files of a version by name."""
    files = store.value("select files from catalogue_version where hash = $version limit 1", {"version": version})
    return {str(name): str(text) for name, text in json.loads(files).items()}


def last_hash(store: Store) -> str | None:
    """The content hash of the version registered last, None in an empty store."""
    last = store.rows(LAST)
    return str(last[0][1]) if last else None


def _add(cursor: duckdb.DuckDBPyConnection, version: str, texts: Mapping[str, str], at: datetime) -> int:
    cursor.execute(
        "insert into catalogue_version select coalesce(max(number), 0) + 1, $hash, $at, $files from catalogue_version",
        {"hash": version, "at": at, "files": json.dumps(dict(texts))},
    )
    return int(cursor.execute(LAST).fetchall()[0][0])


def _decide(cursor: duckdb.DuckDBPyConnection, version: int | None, decision: Decision, reason: str) -> None:
    cursor.execute(
        "insert into catalogue_decision select coalesce(max(id), 0) + 1, $version, $act, $folder, $at, $who, $reason "
        "from catalogue_decision",
        {
            "version": version,
            "act": decision.act.value,
            "folder": decision.folder,
            "at": decision.at,
            "who": decision.who,
            "reason": reason,
        },
    )


def _reason(decision: Decision) -> str:
    if not decision.reason.strip():
        raise DefinitionsError("Bitte nennen Sie den Grund. Er wird gespeichert und später angezeigt.")
    return decision.reason.strip()


def _meanwhile(store: Store, number: int) -> str:
    latest = next(one for one in versions(store) if one.number == number)
    by = f" von {latest.who} („{latest.reason}“)" if latest.who else ""
    return (
        f"Inzwischen ist der Katalog geändert worden: Fassung {number}{by}. Es wurde nichts übernommen. Bitte prüfen "
        "Sie die Vorschau noch einmal."
    )
