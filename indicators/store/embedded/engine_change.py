"""A database file that is opened by another version of DuckDB than the one that wrote it last.

A newer one may write what the older cannot read, so the file is copied before, byte for byte; an older one is refused.
Patches of one version ("1.5.4", "1.5.5") read each other's files.
"""

import re
import shutil
from datetime import datetime
from pathlib import Path

import duckdb

from indicators.store import schema
from indicators.store.durability import copying
from indicators.store.durability.store_errors import StoreError, backups_folder
from indicators.store.durability.witness import log_of

Version = tuple[int, int]

NAMED = re.compile(r"v?(\d+)\.(\d+)")
HEAD = 4096
"""Bytes of the file's first block, which says who has made it."""
NEWER = re.compile(r"newer version of DuckDB|can only read versions? between", re.IGNORECASE)


def copied_before(path: Path, now: datetime) -> Path | None:
    """The copy, where this DuckDB is newer than the last that wrote the file; None where it is not.

    To be called while nobody has the file open. Raises duckdb.Error and OSError.
    """
    made = _version(_made_by(path))
    if made is None or made >= present():
        return None
    with duckdb.connect(str(path), read_only=True) as connection:
        last = _version(schema.engine_of(connection)) or made
    if last >= present():
        return None
    target = backups_folder(path) / f"{_prefix(path)}{_said(present())}-{now:%Y%m%dT%H%M%S}.duckdb"
    target.parent.mkdir(parents=True, exist_ok=True)
    if log_of(path).exists():
        shutil.copyfile(log_of(path), log_of(target))
    shutil.copyfile(path, copying.unfinished_of(target))
    copying.settle(copying.unfinished_of(target), target)
    return target


def refuse_older(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Raises StoreError where a newer DuckDB has written the file."""
    last = _version(schema.engine_of(connection))
    if last is not None and last > present():
        raise too_old(path)


def is_too_old(error: BaseException) -> bool:
    """Whether DuckDB itself says that the file is newer than it can read."""
    return bool(NEWER.search(str(error)))


def too_old(path: Path) -> StoreError:
    copies = sorted(backups_folder(path).glob(f"{_prefix(path)}*.duckdb"))
    way_back = (
        f"die Kopie von vor dem Wechsel zurückholen: python -m indicators restore-backup {copies[-1]}. Was seither "
        "gespeichert wurde, fehlt dann."
        if copies
        else f"eine Sicherung von vor dem Wechsel zurückholen (Ordner {backups_folder(path)})."
    )
    return StoreError(
        f"Die Datenbank {path} hat eine neuere DuckDB geschrieben als die hier eingerichtete ({duckdb.__version__}). "
        "Damit nichts verloren geht, wird sie nicht geöffnet. Bitte die neuere Fassung der Anwendung wieder "
        f"einrichten. Soll die ältere bleiben, {way_back}"
    )


def present() -> Version:
    """That of this process."""
    found = _version(duckdb.__version__)
    assert found
    return found


def _made_by(path: Path) -> str:
    """What the file's first block says; nothing where it says nothing."""
    with path.open("rb") as file:
        found = re.search(rb"v\d+\.\d+[\w.-]*", file.read(HEAD))
    return found.group().decode() if found else ""


def _version(text: str) -> Version | None:
    found = NAMED.match(text)
    return (int(found[1]), int(found[2])) if found else None


def _said(version: Version) -> str:
    return ".".join(map(str, version))


def _prefix(path: Path) -> str:
    return f"{path.name.removesuffix('.duckdb')}-vor-duckdb-"
