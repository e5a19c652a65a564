"""A backup for another process: one process owns the database, so the command line asks the running application.

The question is a file in the backups folder, which only the application's own user can write to; the answer is
another. The application writes its copy into that folder, and whoever asked takes it to where it is wanted.
"""

import json
import logging
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from indicators.errors import MonitoringError
from indicators.store.backups.backup import backup, bring
from indicators.store.database import Store, utc_now
from indicators.store.durability import copying
from indicators.store.durability.store_errors import InUseError, StoreError, backups_folder

log = logging.getLogger(__name__)

LOOK_EVERY = 0.5
HEARD_WITHIN = 15.0
DONE_WITHIN = 1800.0


@dataclass(frozen=True)
class Question:
    """The files that go to and fro for one backup."""

    folder: Path
    name: str

    @property
    def asked(self) -> Path:
        return self.folder / f"auftrag-{self.name}.json"

    @property
    def heard(self) -> Path:
        return self.folder / f"auftrag-{self.name}.angenommen"

    @property
    def answer(self) -> Path:
        return self.folder / f"auftrag-{self.name}.antwort"

    @property
    def copy(self) -> Path:
        return self.folder / f"unterwegs-{self.name}.duckdb"


def ask_for_backup(database: Path, target: Path, who: str) -> Path:
    """Has the process that owns the database make a backup. Raises StoreError where none answers, or what it says."""
    if target.exists():
        raise StoreError(f"Die Datei {target} gibt es schon. Bitte einen anderen Namen wählen.")
    question = Question(backups_folder(database), uuid4().hex)
    question.folder.mkdir(parents=True, exist_ok=True)
    try:
        _write(question.asked, {"who": who, "target": str(target.absolute())})
        _wait(question.heard, HEARD_WITHIN)
        _wait(question.answer, DONE_WITHIN)
        if problem := json.loads(question.answer.read_text(encoding="utf-8"))["problem"]:
            raise StoreError(problem)
        bring(question.copy, target.absolute())
    finally:
        for file in (question.asked, question.heard, question.answer, question.copy):
            file.unlink(missing_ok=True)
    return target


class Attendant:
    """Answers such questions for as long as the store is open, in a thread of its own."""

    def __init__(self, store: Store) -> None:
        self.store = store
        if isinstance(store.path, Path):
            threading.Thread(target=self._serve, name="backups for the command line", daemon=True).start()

    def _serve(self) -> None:
        assert isinstance(self.store.path, Path)
        folder = backups_folder(self.store.path)
        while not self.store.closed:
            time.sleep(LOOK_EVERY)
            for file in sorted(folder.glob("auftrag-*.json")):
                try:
                    self._answer(Question(folder, file.name.removeprefix("auftrag-").removesuffix(".json")))
                except Exception:
                    log.exception("could not answer %s", file.name)

    def _answer(self, question: Question) -> None:
        asked = json.loads(question.asked.read_text(encoding="utf-8"))
        question.asked.replace(question.heard)
        problem = ""
        try:
            backup(self.store, question.copy, asked["who"], utc_now(), named=asked["target"])
        except MonitoringError as error:
            problem = str(error)
        _write(question.answer, {"problem": problem})


def _write(file: Path, content: dict[str, str]) -> None:
    unfinished = copying.unfinished_of(file)
    unfinished.write_text(json.dumps(content), encoding="utf-8")
    unfinished.replace(file)


def _wait(file: Path, seconds: float) -> None:
    until = time.monotonic() + seconds
    while not file.exists():
        if time.monotonic() > until:
            raise InUseError
        time.sleep(LOOK_EVERY / 5)
