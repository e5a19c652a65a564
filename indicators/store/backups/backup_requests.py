"""A backup for another process: one process owns the database, so the command line asks the running application. So
it does with whatever else only that process can do; what that is, it is told when it starts to answer.

They speak through a socket beside the database, to which only the application's own user can connect. The application
writes its copy into its folder of backups, and whoever asked takes it to where it is wanted.
"""

import json
import logging
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path
from uuid import uuid4

from indicators.errors import MonitoringError
from indicators.store.backups.backup import backup, bring
from indicators.store.database import Store, utc_now
from indicators.store.durability.store_errors import InUseError, StoreError, backups_folder

log = logging.getLogger(__name__)

Deed = Callable[[Mapping[str, str]], str]
"""What is asked for, to what is said of it."""

DONE_WITHIN = 1800.0
LONGEST_ADDRESS = 100  # bytes: what the system takes for a socket's name


def socket_of(database: Path) -> Path:
    """The socket at which the process that owns the database is asked."""
    return database.with_name(f".{database.name}.sicherung")


def ask_for_backup(database: Path, target: Path, who: str) -> Path:
    """Has the process that owns the database make a backup. Raises StoreError where none answers, or what it says."""
    if target.exists():
        raise StoreError(f"Die Datei {target} gibt es schon. Bitte einen anderen Namen wählen.")
    with _connected(database) as asked:
        answer = _asked(asked, {"who": who, "target": str(target.absolute())})
        if answer["problem"]:
            raise StoreError(answer["problem"])
        try:
            bring(Path(answer["copy"]), target.absolute())  # the application removes its own when the line is closed
        except OSError as error:
            raise StoreError(f"Die Sicherung {target} ist nicht gelungen: {error.strerror or error}.") from error
    return target


def ask_for(database: Path, deed: str, wanted: Mapping[str, str]) -> str:
    """Has the process that owns the database do something by name. Raises StoreError where none answers, or what it
    says."""
    with _connected(database) as asked:
        answer = _asked(asked, {**wanted, "deed": deed})
    if answer["problem"]:
        raise StoreError(answer["problem"])
    return answer["said"]


@contextmanager
def _connected(database: Path) -> Iterator[Connection]:
    try:
        with _address(socket_of(database)) as address:
            line = Client(address, "AF_UNIX")
    except OSError as nobody:
        raise InUseError from nobody
    with line:
        yield line


def _asked(line: Connection, question: dict[str, str]) -> dict[str, str]:
    try:
        _send(line, question)
        if line.poll(DONE_WITHIN):
            return _received(line)
    except (OSError, EOFError) as gone:
        raise InUseError from gone
    raise InUseError


class Attendant:
    """Answers such questions for as long as the store is open, one after the other, in a thread of its own. `deeds` are
    what else may be asked for, by name."""

    def __init__(self, store: Store, deeds: Mapping[str, Deed] | None = None) -> None:
        self.store = store
        self.deeds = deeds or {}
        self._thread = threading.Thread(target=self._serve, name="backups for the command line", daemon=True)
        if isinstance(store.path, Path):
            self._thread.start()
            store.at_end.append(self._end)

    def _serve(self) -> None:
        assert isinstance(self.store.path, Path)
        place = socket_of(self.store.path)
        place.unlink(missing_ok=True)  # of a process that was ended: this one has the database now
        with _address(place) as address, Listener(address, "AF_UNIX", backlog=8) as listener:
            while not self.store.closed:
                try:
                    with closing(listener.accept()) as asked:
                        if not self.store.closed:
                            self._answer(asked)
                except Exception:
                    log.exception("could not answer a request for a backup")

    def _end(self) -> None:
        """Wakes the thread, so that it sees that the store is closed and takes its socket away."""
        assert isinstance(self.store.path, Path)
        with suppress(OSError), _address(socket_of(self.store.path)) as address:
            Client(address, "AF_UNIX").close()
        self._thread.join(1)

    def _answer(self, asked: Connection) -> None:
        assert isinstance(self.store.path, Path)
        wanted = _received(asked)
        if "deed" in wanted:
            _send(asked, self._done(wanted))
            return
        copy = backups_folder(self.store.path) / f"unterwegs-{uuid4().hex}.duckdb"
        copy.parent.mkdir(parents=True, exist_ok=True)
        problem = ""
        try:
            backup(self.store, copy, wanted["who"], utc_now(), named=wanted["target"])
        except MonitoringError as error:
            problem = str(error)
        try:
            _send(asked, {"problem": problem, "copy": str(copy)})
            with suppress(EOFError):
                asked.recv_bytes()  # until whoever asked has taken it, or is gone
        finally:
            copy.unlink(missing_ok=True)

    def _done(self, wanted: Mapping[str, str]) -> dict[str, str]:
        deed = self.deeds.get(wanted["deed"])
        if deed is None:
            return {"problem": "Die laufende Anwendung kennt diesen Befehl nicht. Bitte neu starten.", "said": ""}
        try:
            return {"problem": "", "said": deed(wanted)}
        except MonitoringError as error:
            return {"problem": str(error), "said": ""}


@contextmanager
def _address(place: Path) -> Iterator[str]:
    """A socket's name; one that is too long for the system is reached through its opened folder."""
    if len(os.fsencode(place)) <= LONGEST_ADDRESS:
        yield str(place)
        return
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        yield f"/proc/self/fd/{folder}/{place.name}"
    finally:
        os.close(folder)


def _send(line: Connection, content: dict[str, str]) -> None:
    """As JSON: what comes from another process is never unpickled."""
    line.send_bytes(json.dumps(content).encode())


def _received(line: Connection) -> dict[str, str]:
    found: dict[str, str] = json.loads(line.recv_bytes())
    return found
