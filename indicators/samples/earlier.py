"""The definitions of a sample as they were: the present files, changed back where a small file says so."""

import shutil
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType

from ruamel.yaml import YAML

from indicators.attainment import METHODS
from indicators.catalogue import Catalogue, load
from indicators.errors import MonitoringError


class Definitions:
    """Which definitions were in force when. A context: the earlier ones lie in a folder that goes with it."""

    def __init__(self, present: Catalogue, changes: Path | None) -> None:
        self.present, self.until, self.earlier = present, datetime.min, present
        self._folder = TemporaryDirectory(prefix="katalog-")
        if changes is not None:
            said = YAML(typ="safe", pure=True).load(changes)
            self.until = said["until"]
            self.earlier = load(_changed(present.folder, Path(self._folder.name), said["changes"]), methods=METHODS)

    def at(self, moment: datetime) -> Catalogue:
        return self.earlier if moment < self.until else self.present

    def __enter__(self) -> "Definitions":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._folder.cleanup()


def _changed(definitions: Path, folder: Path, changes: list[dict[str, str]]) -> Path:
    """Raises MonitoringError for a passage that is not there exactly once: the file speaks of what is gone."""
    for file in definitions.glob("*.yaml"):
        shutil.copy(file, folder)
    for change in changes:
        file = folder / change["file"]
        text = file.read_text(encoding="utf-8")
        if text.count(change["now"]) != 1:
            raise MonitoringError(f"{change['file']}: „{change['now']}“ steht nicht genau einmal da.")
        file.write_text(text.replace(change["now"], change["then"]), encoding="utf-8")
    return folder
