"""Backups: whole copies of the database, made while the app runs, and the way back from one."""

import os
import shutil
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from indicators import german
from indicators.model import EventKind
from indicators.store import audit
from indicators.store.audit import Action, Change
from indicators.store.database import Store
from indicators.store.durability import checkpoints, copying, inspection, noted_erasures
from indicators.store.durability.disk_space import ROOM
from indicators.store.durability.lock import locked
from indicators.store.durability.noted_erasures import Noted
from indicators.store.durability.store_errors import StoreError, backups_folder
from indicators.store.durability.witness import log_of, log_size, witness_of

IN_MEMORY = "Diese Datenbank steht nur im Arbeitsspeicher und lässt sich nicht sichern."
SHARED = (
    "Ein gemeinsamer Speicher wird mit den Mitteln von PostgreSQL gesichert und zurückgeholt: zuerst die Datenbank "
    "(pg_dump), danach der Datenordner. Wie, steht in docs/skalierung.md."
)


@dataclass(frozen=True)
class Contents:
    """What a database file holds, as far as it tells two of them apart.

    `deliveries` are number and SHA-256; `last` says in words what happened last.
    """

    file: Path
    size: int
    deliveries: frozenset[tuple[int, str]]
    last: str
    definitions: str
    migrations: int
    rows: int
    files: frozenset[str] = frozenset()
    """SHA-256 of the files whose bytes are there."""
    erasures: frozenset[Noted] = frozenset()


@dataclass(frozen=True)
class Check:
    """A backup beside the present database; `present` is None where that one is damaged or gone."""

    backup: Contents
    present: Contents | None
    noted: frozenset[Noted] = frozenset()

    @property
    def lost(self) -> int:
        """Deliveries that only the present database holds: they would have to be delivered again."""
        return len(self.present.deliveries - self.backup.deliveries) if self.present else 0

    @property
    def gained(self) -> int:
        """Deliveries that only the backup holds."""
        return len(self.backup.deliveries - self.present.deliveries) if self.present else len(self.backup.deliveries)

    @property
    def to_erase_again(self) -> frozenset[str]:
        """Files that a person has had erased, and whose bytes the backup brings back."""
        known = self.noted | (self.present.erasures if self.present else frozenset())
        return self.backup.files & {one.sha256 for one in known}

    @property
    def erasing(self) -> str:
        """What is said of a backup that is older than an erasure; empty for others."""
        if not (number := len(self.to_erase_again)):
            return ""
        files = german.counted(number, "Datei", "Dateien")
        return (
            f"Sie ist älter als eine Löschung und enthält noch {files}, deren Inhalt inzwischen gelöscht ist. "
            "Nach dem Zurückholen wird dieser Inhalt sofort noch einmal gelöscht."
        )

    @property
    def consequence(self) -> str:
        """What bringing it back would mean, in a sentence."""
        lost = german.counted(self.lost, "Lieferung fehlt", "Lieferungen fehlen")
        gained = german.counted(self.gained, "kommt", "kommen")
        return f"Wird sie zurückgeholt, gilt danach: {lost}, {gained} zurück."


def backup(store: Store, target: Path, who: str, at: datetime, named: str = "") -> Path:
    """Writes a checked copy of everything to `target`, which must not exist, and records it. Raises StoreError.

    `named` is where the copy will go in the end, for the record.

    The database itself may write to its backups folder only; from there the copy goes where it is wanted.
    """
    if not isinstance(store.path, Path):
        raise StoreError(IN_MEMORY if store.path == ":memory:" else SHARED)
    target = target.absolute()
    if target.exists():
        raise StoreError(f"Die Datei {target} gibt es schon. Bitte einen anderen Namen wählen.")
    here = backups_folder(store.path)
    inside = target.parent.resolve() == here.resolve()
    written = target if inside else here / f"unterwegs-{os.getpid()}-{target.name}"
    try:
        _demand_room(store.path, here)
        _write(store, written)
        if not inside:
            bring(written, target)
    except OSError as error:
        raise StoreError(f"Die Sicherung {target} ist nicht gelungen: {error.strerror or error}.") from error
    finally:
        if not inside:
            written.unlink(missing_ok=True)
    audit.record(store, Change(Action.BACKUP, who, at, named or str(target), later=f"{target.stat().st_size} Byte"))
    return target


def restore_check(file: Path, database: Path) -> Check:
    """What a backup would bring and take. Raises StoreError where the file is no whole backup of this application."""
    found = _contents(file)
    try:
        checkpoints.put_back(database)
        present = _contents(database) if database.exists() else None
    except StoreError:
        present = None
    return Check(found, present, noted_erasures.noted(database))


def running_check(file: Path, store: Store) -> Check:
    """The same beside the database that is open here: no other process can look into it now."""
    assert isinstance(store.path, Path)
    with store.reading() as cursor:
        present = _told(store.path, inspection.summary(cursor))
    return Check(_contents(file), present, noted_erasures.noted(store.path))


def restore(file: Path, database: Path, who: str, at: datetime) -> Path | None:
    """Puts the backup in the database's place; returns where the old file went, None where there was none.

    The application must not be running. Raises StoreError and changes nothing where it is, or where the backup is
    not whole. Whenever it is cut short, either the old database or the new one is there, or a start says what to do.
    """
    if file.resolve() == database.resolve():
        raise StoreError("Das ist die Datenbank selbst, keine Sicherung.")
    with locked(database):
        pass  # before anything is read: whoever works with it goes first
    check = restore_check(file, database)
    aside = _aside(database, at)
    unfinished = database.with_name(database.name + ".neu")
    if check.present:
        noted_erasures.note(database, check.present.erasures)
    with locked(database):
        shutil.copyfile(file, unfinished)
        if _contents(unfinished).deliveries != check.backup.deliveries:
            raise StoreError(f"Die Datei {file} ließ sich nicht fehlerfrei kopieren. Es wurde nichts verändert.")
        # The log goes last: a database without its log would open and lack what the log holds.
        aside.parent.mkdir(parents=True, exist_ok=True)
        for named in (Path, log_of, witness_of):
            if named(database).exists():
                named(database).replace(named(aside))
        copying.settle(unfinished, database)
    earlier = check.present.last if check.present else "nicht lesbar oder nicht vorhanden"
    store = Store(database, now=at)
    audit.record(store, Change(Action.RESTORE_BACKUP, who, at, str(file), earlier, check.backup.last))
    store.close()
    return aside if aside.exists() else None


@dataclass(frozen=True)
class Copies:
    """Where the bytes of a file are besides the database itself; what cannot be read may hold them too."""

    holding: tuple[Path, ...]
    unreadable: tuple[Path, ...]


def copies_with(database: Path, sha256: str) -> Copies:
    """Of all copies in the folder of backups: backups, and databases that a backup has replaced."""
    holding, unreadable = [], []
    for file in sorted(backups_folder(database).glob("*.duckdb")):
        try:
            if sha256 in copying.files_in(file):
                holding.append(file)
        except StoreError:
            unreadable.append(file)
    return Copies(tuple(holding), tuple(unreadable))


def _write(store: Store, written: Path) -> None:
    """Beside the work that goes on; where deliveries come in all the time, they wait for the third attempt."""
    for still in (nullcontext(), nullcontext(), store.still()):
        with still, store.reading() as cursor:
            if copying.write_copy(cursor, written):
                return


def _contents(file: Path) -> Contents:
    return _told(file, copying.inspect(file))


def _told(file: Path, found: dict[str, Any]) -> Contents:
    return Contents(
        file,
        file.stat().st_size,
        frozenset((number, sha256) for number, sha256 in found["deliveries"]),
        _last(found),
        found["catalogue"][0][1] if found["catalogue"] else "",
        len(found["migrations"]),
        sum(rows for rows, _ in found["tables"].values()),
        frozenset(sha256 for (sha256,) in found["files"]),
        frozenset(Noted(sha256, str(at), reason) for sha256, at, reason in found["erasures"]),
    )


def _last(found: dict[str, Any]) -> str:
    if not found["event"]:
        return "noch keine Lieferung"
    number, delivery, kind, happened_at, who = found["event"][0]
    done = EventKind(kind).word
    at = german.moment(datetime.fromisoformat(happened_at))
    return f"Datenstand Nr. {number}: Lieferung {delivery} {done} am {at} von {who}"


def _aside(database: Path, at: datetime) -> Path:
    """Where a replaced database goes: beside the backups, but under a name that is not taken for one."""
    return backups_folder(database) / f"ersetzt-{at:%Y%m%dT%H%M%S}-{database.name}"


def bring(written: Path, target: Path) -> None:
    """Copies to another place, perhaps on another disk; the name is given when everything has arrived."""
    unfinished = copying.unfinished_of(target)
    try:
        shutil.copyfile(written, unfinished)
        if copying.inspect(unfinished) != copying.inspect(written):
            raise StoreError(f"Die Sicherung ist nicht unbeschädigt bei {target} angekommen.")
        copying.settle(unfinished, target)
    finally:
        unfinished.unlink(missing_ok=True)


def _demand_room(database: Path, folder: Path) -> None:
    """A copy is as large as the database; without room for it the last free bytes stay for deliveries."""
    folder.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(folder).free < database.stat().st_size + log_size(database) + ROOM:
        raise StoreError("Für eine Sicherung ist nicht genug Speicherplatz frei.")
