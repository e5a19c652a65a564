"""Versions of the definitions: every one that was ever used is kept whole, so that old figures keep their meaning."""

import json
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from indicators.catalogue import Catalogue, load
from indicators.store import Store


def register(store: Store, catalogue: Catalogue, at: datetime) -> int:
    """The number of this version; a new one, with all its files, if the last version was another."""
    last = store.rows("select number, hash from catalogue_version order by number desc limit 1")
    if last and last[0][1] == catalogue.version:
        return int(last[0][0])
    number = int(last[0][0]) + 1 if last else 1
    with store.transaction() as cursor:
        cursor.execute(
            "insert into catalogue_version values ($number, $hash, $at, $files)",
            {"number": number, "hash": catalogue.version, "at": at, "files": json.dumps(_texts(catalogue.folder))},
        )
    return number


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
    files = json.loads(
        store.value("select files from catalogue_version where hash = $version limit 1", {"version": version})
    )
    with TemporaryDirectory(prefix="katalog-") as folder:
        for name, text in files.items():
            (Path(folder) / Path(name).name).write_text(text, encoding="utf-8", newline="")
        return load(Path(folder), kept=True)


def last_hash(store: Store) -> str | None:
    """The content hash of the version registered last, None in an empty store."""
    value = store.value("select hash from catalogue_version order by number desc limit 1")
    return None if value is None else str(value)


def _texts(folder: Path) -> dict[str, str]:
    texts = {}
    for file in sorted(folder.glob("*.yaml")):
        with file.open(encoding="utf-8", newline="") as opened:
            texts[file.name] = opened.read()
    return texts
