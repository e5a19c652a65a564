"""What can go wrong below the database: no room, a damaged file, a file in use; and what to tell whom."""

import re
from collections.abc import Sequence
from pathlib import Path

from indicators.errors import MonitoringError
from indicators.store.durability.witness import log_of

NO_ROOM = re.compile(
    r"no space left|disk quota|file too large|read-only|input/output error|permission denied", re.IGNORECASE
)
DAMAGED = re.compile(
    r"corrupt|not a valid duckdb|could not read enough bytes|replaying wal|deserializ|checksum", re.IGNORECASE
)
UNUSABLE = re.compile(r"invalidated|connection already closed|connection error|internal error", re.IGNORECASE)

NOT_SAVED = (
    "Nicht gespeichert: die Datenbank hat die Änderung abgelehnt. Es wurde nichts verändert. "
    "Bitte versuchen Sie es noch einmal und sagen Sie der Administration Bescheid."
)
FULL = (
    "Nicht gespeichert: Der Speicherplatz auf dem Server ist erschöpft. Es wurde nichts verändert. "
    "Alle gespeicherten Zahlen lassen sich weiter ansehen. Bitte sagen Sie der Administration Bescheid; "
    "sobald wieder Platz ist, kann ohne Neustart gespeichert werden."
)
READ_ONLY = (
    "Nicht gespeichert: Der Datenordner auf dem Server ist schreibgeschützt. Es wurde nichts verändert. "
    "Alle gespeicherten Zahlen lassen sich weiter ansehen. Bitte sagen Sie der Administration Bescheid; "
    "sobald die Anwendung dort schreiben darf, kann ohne Neustart gespeichert werden."
)
CLOSED = "Die Anwendung wird gerade beendet. Bitte versuchen Sie es gleich noch einmal."
STILL_READ = "Die Datenbank wird gerade neu geöffnet. Bitte versuchen Sie es in einer Minute noch einmal."
IN_USE = (
    "Die Datenbank ist schon in einem anderen Programm geöffnet. "
    "Beenden Sie dieses zuerst oder arbeiten Sie dort weiter."
)


class StoreError(MonitoringError):
    """The database cannot be opened or written; the text says what to do."""


class AwayError(StoreError):
    """The database server does not answer, and nothing was saved: the same can be asked again."""


class InUseError(StoreError):
    """Another process owns the file."""

    def __init__(self) -> None:
        super().__init__(IN_USE)


def is_full(error: BaseException) -> bool:
    """True where the disk, not the change, was the reason."""
    return bool(NO_ROOM.search(str(error)))


def is_damaged(error: BaseException) -> bool:
    """True where the bytes of the file are not what DuckDB wrote."""
    return bool(DAMAGED.search(str(error)))


def is_unusable(error: BaseException) -> bool:
    """True where DuckDB answers nothing any more until the file is opened anew."""
    return type(error).__name__ in ("FatalException", "InternalException") or bool(UNUSABLE.search(str(error)))


def backups_folder(database: Path) -> Path:
    return database.parent / "backups"


def backups_of(database: Path) -> Sequence[Path]:
    """The finished backups of a database, by name: one that is being written has another ending."""
    name = database.name.removesuffix(".duckdb")
    return sorted(backups_folder(database).glob(f"{name}-*.duckdb"))


def damaged(database: Path) -> StoreError:
    return StoreError(f"Die Datenbank {database} ist beschädigt. {_way_back(database)}")


def missing(database: Path) -> StoreError:
    return StoreError(
        f"Die Datenbank {database} fehlt, obwohl es schon eine gab. Damit keine Zahlen verloren gehen, wird keine "
        f"neue angelegt. {_way_back(database)}"
    )


def refuse_to_begin_anew(database: Path) -> None:
    """Raises StoreError for a file that is lost or emptied: an empty database in its place would hide the loss."""
    replaced = backups_folder(database).glob(f"ersetzt-*-{database.name}")  # a restore that was cut short
    if not database.exists() and (log_of(database).exists() or backups_of(database) or any(replaced)):
        raise missing(database)
    if database.exists() and not database.stat().st_size:
        raise damaged(database)


def _way_back(database: Path) -> str:
    """How to go on: the newest backup and the command that brings it back."""
    found = backups_of(database)
    if not found:
        return (
            f"Im Ordner {backups_folder(database)} liegt keine Sicherung. Bitte lassen Sie die Datei aus der Sicherung "
            "des Servers zurückholen."
        )
    newest = max(found, key=lambda file: file.stat().st_mtime_ns)
    return (
        f"Die letzte Sicherung ist {newest}. Zurückholen: Anwendung beenden und "
        f"python -m indicators restore-backup {newest} ausführen."
    )
