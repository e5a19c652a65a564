"""Moving the log into the file, with a way back: DuckDB alone does not outlive being killed in the midst of it.

A checkpoint writes some blocks in place that the file as it was still needs, each of them 256 KiB. Whatever cuts such
a write off, be it a kill or a power failure, leaves a file that nobody can open, with its log or without. So file and
log are kept aside until the checkpoint is through, and a start that finds them puts them back: a checkpoint moves what
is there and changes nothing, so both say the same, and nobody commits while they are there. Found and measured in
docs/decisions/0514-checkpoints-have-a-way-back.md.
"""

import logging
import shutil
import subprocess
from pathlib import Path

import duckdb

from indicators.store.durability import copying, witness
from indicators.store.durability.lock import locked
from indicators.store.durability.witness import log_of, log_size

log = logging.getLogger(__name__)

INTERRUPTED = (".wal.checkpoint", ".wal.recovery")
"""What DuckDB's own checkpoint leaves beside the file when it is cut off."""


def kept_of(database: Path) -> Path:
    return database.with_name(database.name + ".zuvor")


def move_log(connection: duckdb.DuckDBPyConnection, database: Path) -> bool:
    """Moves the log into the file; False, with the log as it is, where there is no room for the copy.

    To be called while nobody writes. Raises duckdb.Error where DuckDB gives up, OSError where the copy cannot be
    removed: then the connection must be closed, and `put_back` called before the next one is opened.
    """
    if not log_size(database):
        witness.forget(database)
        return True
    if kept_of(database).exists():  # of a checkpoint that failed: what is in the file now may be half of it
        return False
    if shutil.disk_usage(database.parent).free < database.stat().st_size + 2 * log_size(database):
        return False  # for the copy, and for what moves into the file
    try:
        _keep(database)
    except OSError as error:
        log.warning("the log stays as it is: %s", error)
        _let_go(database)
        return False
    connection.execute("checkpoint")
    _let_go(database)
    witness.forget(database)
    return True


def put_back(database: Path) -> None:
    """To be called before the file is opened, while this process does not have it open. Raises InUseError.

    Cut short itself, it begins again: the log goes first, and the copy is there until its last step.
    """
    kept = kept_of(database)
    if not kept.exists():
        return
    with locked(database):
        if not kept.exists():  # whoever held the lock was faster
            return
        log.warning("moving the log into the file was cut short: file and log from before take their place")
        for ending in INTERRUPTED:
            database.with_name(database.name + ending).unlink(missing_ok=True)
        if log_of(kept).exists():
            copying.settle(log_of(kept), log_of(database))
        copying.settle(kept, database)


def _keep(database: Path) -> None:
    """The log first: where the copy of the file has its name, that of the log is whole."""
    for original, copy in ((log_of(database), log_of(kept_of(database))), (database, kept_of(database))):
        unfinished = copying.unfinished_of(copy)
        _copy(original, unfinished)
        copying.settle(unfinished, copy)


def _copy(original: Path, copy: Path) -> None:
    """By another process: when this one closes a file that it has locked, however often it is open, its lock is gone.

    With its mode: what others may not read they may not read here.
    """
    ran = subprocess.run(["cp", "-p", original, copy], capture_output=True, text=True, check=False)
    if ran.returncode:
        raise OSError(ran.stderr.strip())


def _let_go(database: Path) -> None:
    """The copy of the file first: without it that of the log means nothing. Deliveries go on only when it is gone."""
    kept = kept_of(database)
    for copy in (kept, log_of(kept)):
        copy.unlink(missing_ok=True)
        copying.unfinished_of(copy).unlink(missing_ok=True)
    copying.settle_folder(database.parent)
