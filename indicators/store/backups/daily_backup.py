"""What is done once a day without anybody thinking of it: upkeep, and a backup; and how long backups are kept."""

import logging
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from indicators.errors import MonitoringError
from indicators.moments import local_day, parse_day
from indicators.store.backups.backup import backup
from indicators.store.database import Store
from indicators.store.durability.store_errors import backups_folder, backups_of

log = logging.getLogger(__name__)

AUTOMATIC = "Automatische Sicherung"
TRY_AGAIN = timedelta(hours=1)


@dataclass(frozen=True)
class Keep:
    """How many daily backups stay, and the last one of how many months; no daily ones means none are made."""

    days: int = 14
    months: int = 12


@dataclass(frozen=True)
class Upkeep:
    """What comes before the day's backup, so that it holds nothing that was to go: is there anything, and do it."""

    due: Callable[[datetime], bool]
    do: Callable[[datetime], object]


NOTHING_ELSE = Upkeep(lambda now: False, lambda now: None)


class Daily:
    """Does the day's work in a thread of its own, once a day however many people come in at once."""

    def __init__(self, store: Store, keep: Keep, upkeep: Upkeep = NOTHING_ELSE) -> None:
        self.store = store
        self.keep = keep
        self.upkeep = upkeep
        self.problem = ""
        self._lock = threading.Lock()
        self._done: date | None = None
        self._failed_at: datetime | None = None
        self._thread: threading.Thread | None = None

    def see_to_it(self, now: datetime) -> None:
        """To be called at every access: costs nothing when the day's work is done. Never waits."""
        day = local_day(now)
        if self._done == day or self.store.path == ":memory:":
            return
        if not self._copies and not self.upkeep.due(now):
            self._done = day
            return
        with self._lock:
            waiting = self._failed_at is not None and now - self._failed_at < TRY_AGAIN
            if self._done == day or waiting or (self._thread and self._thread.is_alive()):
                return
            self._thread = threading.Thread(target=self._make, args=(day, now), name="daily backup", daemon=True)
            self._thread.start()

    @property
    def _copies(self) -> Path | None:
        """The file that is copied every day; a store of several machines is backed up by its own means."""
        return self.store.path if self.keep.days > 0 and isinstance(self.store.path, Path) else None

    def _copy(self, path: Path, day: date, now: datetime) -> None:
        target = daily_name(path, day)
        if not target.exists() and self.store.data_version:
            backup(self.store, target, AUTOMATIC, now)
            tidy(path, self.keep)

    def wait(self, seconds: float) -> None:
        """Until the backup that is being made is done."""
        if self._thread:
            self._thread.join(seconds)

    def _make(self, day: date, now: datetime) -> None:
        try:
            self.upkeep.do(now)
            if self._copies:
                self._copy(self._copies, day, now)
            self._done, self._failed_at, self.problem = day, None, ""
        except MonitoringError as error:
            log.exception("no daily backup")
            self._failed_at, self.problem = now, str(error)
        except Exception:  # a thread's exception would be seen by nobody
            log.exception("no daily backup")
            self._failed_at, self.problem = now, "Die Sicherung ist nicht gelungen. Näheres steht im Protokoll."


def daily_name(database: Path, day: date) -> Path:
    """data/backups/monitoring-2026-11-20.duckdb."""
    return backups_folder(database) / f"{database.name.removesuffix('.duckdb')}-{day.isoformat()}.duckdb"


def by_hand_name(database: Path, now: datetime) -> Path:
    """A backup that an administrator asks for; it is kept until somebody removes it from the server."""
    name = database.name.removesuffix(".duckdb")
    return backups_folder(database) / f"{name}-hand-{now:%Y%m%dT%H%M%S}.duckdb"


def day_of(database: Path, file: Path) -> date | None:
    """The day of a daily backup; None for those that were made by hand or before a migration."""
    return parse_day(file.name.removeprefix(database.name.removesuffix(".duckdb") + "-").removesuffix(".duckdb"))


def outlived(days: Iterable[date], keep: Keep) -> set[date]:
    """The days whose backups go: neither among the newest days nor the last of one of the newest months."""
    ordered = sorted(days)
    last_of_month = {(day.year, day.month): day for day in ordered}
    months = [last_of_month[month] for month in sorted(last_of_month)]
    kept = {*ordered[-keep.days :], *(months[-keep.months :] if keep.months > 0 else ())}
    return set(ordered) - kept


def tidy(database: Path, keep: Keep) -> list[Path]:
    """Removes outlived daily backups; never the newest, nor one that was made by hand or before a migration.

    What a crash left unfinished goes too, once it is too old to be still in the making.
    """
    yesterday = time.time() - timedelta(days=1).total_seconds()
    for unfinished in backups_folder(database).glob("*.part*"):
        if unfinished.stat().st_mtime < yesterday:
            unfinished.unlink(missing_ok=True)
    found = {day: file for file in backups_of(database) if (day := day_of(database, file))}
    gone = [found[day] for day in sorted(outlived(found, keep))]
    for file in gone:
        file.unlink()
        log.info("removed %s", file.name)
    return gone
