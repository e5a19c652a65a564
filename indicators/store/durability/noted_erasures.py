"""A small file outside of the data folder that says which files were erased by a person.

A backup that is older than an erasure brings the bytes back and knows nothing of it. This file outlives it, also when
the whole data folder is put back: the next start, or the command that brings the backup, erases once more. Names of
files and people are not in it.
"""

import json
import logging
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, order=True)
class Noted:
    """`at` is the moment of the erasure, as ISO text."""

    sha256: str
    at: str
    reason: str


def _outside(database: Path) -> Path:
    folder = database.parent
    return folder.parent / f".{folder.name}-{database.name}.geloescht"


def _inside(database: Path) -> Path:
    return database.with_name(f"{database.name}.geloescht")


def noted(database: Path | None) -> frozenset[Noted]:
    """All that was ever noted here; a line that cannot be read is left out."""
    found: set[Noted] = set()
    for file in (_outside(database), _inside(database)) if database else ():
        try:
            lines = file.read_text(encoding="utf-8").splitlines()
        except OSError:
            continue
        for line in lines:
            try:
                found.add(Noted(**json.loads(line)))
            except (ValueError, TypeError):
                log.warning("a line of %s cannot be read", file)
    return frozenset(found)


def note(database: Path | None, erasures: Iterable[Noted]) -> None:
    """Adds what is not noted yet. What cannot be noted stops nothing: the database has it on record."""
    new = set(erasures) - (before := noted(database))
    if not new or database is None:
        return
    outside = os.access(database.parent.parent, os.W_OK)
    target = _outside(database) if outside else _inside(database)
    unfinished = target.with_name(f"{target.name}-{os.getpid()}")
    try:
        text = "".join(json.dumps(asdict(one), ensure_ascii=False) + "\n" for one in sorted(before | new))
        unfinished.write_text(text, encoding="utf-8")
        unfinished.replace(target)
    except OSError:
        log.warning("the erasures could not be noted", exc_info=True)
