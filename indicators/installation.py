"""One city: its settings, its store and its definitions. A process can hold more than one."""

from contextlib import suppress
from datetime import datetime
from functools import lru_cache, partial

from indicators.attainment import METHODS
from indicators.catalogue import Catalogue, CatalogueError, Fault, load
from indicators.errors import MonitoringError
from indicators.knowledge import snapshot
from indicators.knowledge.snapshot import Snapshot
from indicators.ledger import archive, versions
from indicators.moments import end_of_day, local_day
from indicators.settings import Settings
from indicators.store import Store

Stamp = tuple[tuple[str, int, int], ...]

KEPT_VERSIONS = 8
"""Earlier definitions in memory: a meeting looks back at a handful of them."""


class Installation:
    """Its store stays open until `close`. Raises StoreError where the store cannot be opened."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.store = Store(settings.database, memory_limit=settings.memory_limit)
        self._kept = lru_cache(KEPT_VERSIONS)(partial(versions.load_version, self.store))
        self._read: tuple[Stamp, Catalogue | CatalogueError] | None = None

    @property
    def closed(self) -> bool:
        return self.store.closed

    def verify(self) -> None:
        """Reads the store through once, so that damage shows at the start; closes it where it does."""
        try:
            self.store.verify()
        except MonitoringError:
            self.store.close()
            raise

    def close(self) -> None:
        self.store.close()

    def catalogue(self) -> Catalogue:
        """The definitions in force: the files, read again when one has changed; while they are faulty, what was.

        Raises CatalogueError where nothing ever was.
        """
        read = self._files()
        if isinstance(read, Catalogue):
            return read
        last = versions.last_hash(self.store)
        if last is None:
            raise read
        return self._kept(last)

    def faults(self) -> tuple[Fault, ...]:
        """What is wrong with the files, so that an earlier version stays in force; empty where all is well."""
        read = self._files()
        return () if isinstance(read, Catalogue) else read.faults

    def _files(self) -> Catalogue | CatalogueError:
        stamp = self._stamp()
        if self._read is None or self._read[0] != stamp:
            try:
                self._read = stamp, load(self.settings.definitions, methods=METHODS)
            except CatalogueError as error:
                self._read = stamp, error
        return self._read[1]

    def _stamp(self) -> Stamp:
        """What tells that a file has changed; one that an editor is just replacing is seen at the next look."""
        found = []
        for file in sorted(self.settings.definitions.glob("*.y*ml")):
            with suppress(OSError):
                stat = file.stat()
                found.append((str(file), stat.st_mtime_ns, stat.st_size))
        return tuple(found)

    def definitions(self, version: str) -> Catalogue:
        """A version of the definitions that is or was in force."""
        now_valid = self.catalogue()
        return now_valid if version == now_valid.version else self._kept(version)

    def definitions_at(self, moment: datetime) -> Catalogue:
        """The definitions in force at the moment."""
        return self.definitions(versions.hash_at(self.store, moment) or self.catalogue().version)

    def present(self, now: datetime) -> datetime:
        """The moment that stands for today: its end, or that of the last event where a clock ran ahead."""
        return archive.present(self.store, end_of_day(local_day(now)))

    def take(self, definitions: str, moment: datetime, *, suppressed: bool) -> Snapshot:
        """What is known at the moment by this version of the definitions, judged, as this kind of viewer may see it."""
        return snapshot.take(self.store, self.definitions(definitions), moment, suppressed=suppressed)

    def state(self, moment: datetime | None, now: datetime) -> tuple[str, datetime]:
        """The definitions and the moment to look from: today's (None), or those of an earlier moment."""
        if moment is None:
            return self.catalogue().version, self.present(now)
        return self.definitions_at(moment).version, moment

    def known(self, moment: datetime | None, now: datetime, *, suppressed: bool) -> Snapshot:
        """What is known today (None), or was at an earlier moment by the definitions of then."""
        return self.take(*self.state(moment, now), suppressed=suppressed)
