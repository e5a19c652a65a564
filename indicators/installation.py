"""One city: its settings, its store and its definitions. A process can hold more than one."""

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from fnmatch import fnmatchcase
from functools import lru_cache, partial

from indicators.attainment import METHODS
from indicators.catalogue import Catalogue, CatalogueError, Fault, load, texts_of, version_of
from indicators.catalogue.loading import proposed
from indicators.errors import MonitoringError
from indicators.knowledge import snapshot
from indicators.knowledge.snapshot import Snapshot
from indicators.ledger import archive, versions
from indicators.ledger.versions import Act, Decision, DefinitionsError
from indicators.moments import end_of_day, local_day
from indicators.ring.place import Presence, Ring, leave, ring_of
from indicators.settings import Settings
from indicators.store import store_of

Stamp = tuple[tuple[str, int, int], ...]

KEPT_VERSIONS = 8
"""Earlier definitions in memory: a meeting looks back at a handful of them."""

FOLDER_CHANGED = (
    "Die Dateien im Ordner haben sich seither noch einmal geändert. Es wurde nichts übernommen. Bitte sehen Sie sich "
    "die Unterschiede noch einmal an."
)
NOT_SET_UP = (
    "Hier ist noch keine Stadt eingerichtet. Bitte die Anwendung starten; sie beginnt mit „Stadt einrichten“. "
    "Definitionsdateien liest „python -m indicators definitions import ORDNER“ ein."
)


class NotSetUpError(CatalogueError):
    """An installation that nobody has set up: no definitions in the store, none in the folder, and so no faults."""

    def __init__(self) -> None:
        super().__init__(())

    def __str__(self) -> str:
        return NOT_SET_UP


@dataclass(frozen=True)
class Offer:
    """A folder that was changed after people have changed the definitions here: nothing of it holds by itself.

    `read` is what stands in it, or what is wrong with it.
    """

    folder: str
    read: Catalogue | CatalogueError


class Installation:
    """Its store stays open until `close`. Raises StoreError where the store cannot be opened."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.store = store_of(settings)
        self._kept = lru_cache(KEPT_VERSIONS)(partial(versions.load_version, self.store))
        self._read: tuple[Stamp, Catalogue | CatalogueError] | None = None
        self._decided: Catalogue | None = None
        self._ring: Ring | None = None

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
        if self._ring:
            leave(self._ring)

    @property
    def ring(self) -> Ring | None:
        """The ring of cities that this one belongs to; None for none. Raises StoreError where it cannot be opened."""
        if self._ring is None or self._ring.store.closed:
            self._ring = ring_of(self.settings, self.store)
        return self._ring

    @property
    def presence(self) -> Presence:
        """How the city shows itself in its ring; what a state has raised the threshold to stays."""
        catalogue, ring = self.catalogue(), self.ring
        known = ring.presence if ring and ring.leads else None
        threshold = max(catalogue.small_below, known.threshold if known else 0)
        return Presence(catalogue.city.name, threshold)

    @property
    def is_new(self) -> bool:
        """Whether there are no definitions at all, neither in the store nor in the folder."""
        return not any(self.settings.definitions.glob("*.y*ml")) and not versions.last_number(self.store)

    def catalogue(self) -> Catalogue:
        """The definitions in force: what people have decided last; before they ever did, the files of the folder, read
        again when one has changed; while these are faulty, what was.

        Raises CatalogueError where nothing ever was but faulty files, NotSetUpError where nothing ever was at all.
        """
        if decided := versions.in_force(self.store):
            return self._from_store(decided)
        read = self._files()
        if isinstance(read, Catalogue):
            return read
        last = versions.last_hash(self.store)
        if last is None:
            raise NotSetUpError if self.is_new else read
        return self._kept(last)

    def faults(self) -> tuple[Fault, ...]:
        """What is wrong with the files, so that an earlier version stays in force; empty where all is well, or where
        the files are in force no more, or where there are none yet."""
        if versions.in_force(self.store):
            return ()
        read = self._files()
        return () if isinstance(read, Catalogue) or self.is_new else read.faults

    def offer(self) -> Offer | None:
        """The folder, where it has changed and nobody has said yet what is to become of that."""
        decided = versions.in_force(self.store)
        if decided is None or not self._stamp():
            return None
        read, folder = self._files(), version_of(self.settings.definitions)
        if folder in (decided, versions.known_folder(self.store)):
            return None
        return Offer(folder, read)

    def propose(self, texts: Mapping[str, str]) -> Catalogue:
        """What would be in force with these files. Raises CatalogueError with what the change would break."""
        return proposed(texts, self.texts(), METHODS)

    def texts(self) -> dict[str, str]:
        """The files of the definitions in force, by name."""
        last = versions.last_hash(self.store)
        return texts_of(self.settings.definitions) if last is None else versions.texts_of_version(self.store, last)

    def change(self, texts: Mapping[str, str], basis: int, decision: Decision) -> int:
        """Puts checked files in force; the number of the new version. Raises CatalogueError and DefinitionsError."""
        return versions.change(self.store, self.propose(texts).version, texts, basis, decision)

    def go_back(self, number: int, basis: int, who: str, at: datetime, reason: str) -> int:
        """Makes an earlier version the newest one. It was in force once, so what is demanded today is not asked."""
        found = next((one for one in versions.versions(self.store) if one.number == number), None)
        if found is None:
            raise DefinitionsError(f"Eine Fassung mit der Nummer {number} gibt es nicht.")
        texts = versions.texts_of_version(self.store, found.hash)
        return versions.change(self.store, found.hash, texts, basis, Decision(Act.BACK, who, at, reason))

    def take_over(self, offer: Offer, basis: int, who: str, at: datetime, reason: str) -> int:
        """Puts the changed folder in force, if it still is what was looked at."""
        texts = texts_of(self.settings.definitions)
        if version_of(self.settings.definitions) != offer.folder:
            raise DefinitionsError(FOLDER_CHANGED)
        return self.change(texts, basis, Decision(Act.TAKE, who, at, reason, offer.folder))

    def leave(self, offer: Offer, who: str, at: datetime, reason: str) -> None:
        """Remembers that the folder is not to be taken over as it is."""
        versions.leave(self.store, Decision(Act.LEAVE, who, at, reason, offer.folder))

    def _from_store(self, version: str) -> Catalogue:
        if self._decided is None or self._decided.version != version:
            self._decided = versions.load_version(self.store, version)
        return self._decided

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
        with suppress(OSError), os.scandir(self.settings.definitions) as files:
            for file in files:  # twenty times a page: what pathlib makes of it takes a tenth of the page
                with suppress(OSError):
                    if fnmatchcase(file.name, "*.y*ml"):
                        stat = file.stat()
                        found.append((file.path, stat.st_mtime_ns, stat.st_size))
        return tuple(sorted(found))

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

    def taken(self, tried: Catalogue, moment: datetime) -> Snapshot:
        """What the office would see at the moment by definitions that are not in force."""
        return snapshot.take(self.store, tried, moment, suppressed=False)

    def state(self, moment: datetime | None, now: datetime) -> tuple[str, datetime]:
        """The definitions and the moment to look from: today's (None), or those of an earlier moment."""
        if moment is None:
            return self.catalogue().version, self.present(now)
        return self.definitions_at(moment).version, moment

    def known(self, moment: datetime | None, now: datetime, *, suppressed: bool) -> Snapshot:
        """What is known today (None), or was at an earlier moment by the definitions of then."""
        return self.take(*self.state(moment, now), suppressed=suppressed)
