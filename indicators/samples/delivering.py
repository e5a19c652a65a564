"""The sample installation: public figures in workbooks of our own, delivered one by one through the real pipeline.

`data/samples/plan.csv` lists what happens when; its moments make the history the same on every machine.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from indicators.attainment import METHODS
from indicators.catalogue import Catalogue, load
from indicators.deliveries.staging import confirm, stage
from indicators.errors import MonitoringError
from indicators.knowledge import releases
from indicators.knowledge.bodies import bodies
from indicators.knowledge.meeting_records import Meeting, keep_meeting
from indicators.ledger import commits
from indicators.ledger.commits import Upload, record_upload
from indicators.settings import PROJECT
from indicators.store import Store

SAMPLES = PROJECT / "data" / "samples"


@dataclass(frozen=True)
class Step:
    """One event of the sample's history; `at` is UTC. `file` is delivered, or withdrawn if it was before; of a release
    it is the code of the indicator, of a meeting its day, and `reason` its title."""

    at: datetime
    action: str
    file: str
    by: str
    reason: str


def plan(folder: Path = SAMPLES) -> list[Step]:
    """The steps in order of time."""
    with (folder / "plan.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter=";"))
    steps = [
        Step(datetime.fromisoformat(row["at"]), row["action"], row["file"], row["by"], row["reason"]) for row in rows
    ]
    return sorted(steps, key=lambda step: step.at)


def build(database: Path, definitions: Path, steps: Iterable[Step]) -> None:
    """Carries out the steps in a new database, which gets its name only when it is whole."""
    catalogue = load(definitions, methods=METHODS)
    unfinished = database.with_suffix(".part")
    for leftover in database.parent.glob(f"{unfinished.name}*"):  # with all that a store keeps beside its file
        leftover.unlink()
    store: Store | None = None
    numbers: dict[str, int] = {}
    try:
        for step in steps:
            store = store or Store(unfinished, now=step.at)
            carry_out(store, catalogue, step, numbers)
        store = store or Store(unfinished)
        store.cursor.execute("checkpoint")
    finally:
        if store:
            store.close()
    unfinished.rename(database)


def carry_out(store: Store, catalogue: Catalogue, step: Step, numbers: dict[str, int]) -> None:
    """One step; `numbers` remembers the delivery of each file. Raises MonitoringError where a sample is rejected."""
    if step.action == "withdraw":
        commits.withdraw(store, numbers[step.file], step.at, step.by, step.reason)
        return
    if step.action == "release":
        releases.release(store, step.file, step.at, step.by, step.at, step.reason)
        return
    if step.action == "meeting":
        group = bodies(store)[0]
        keep_meeting(store, Meeting(0, group, date.fromisoformat(step.file), step.reason), step.by, step.at)
        return
    upload = Upload(step.file, (SAMPLES / "workbooks" / step.file).read_bytes(), step.by)
    staged = stage(store, catalogue, upload, step.at)
    if staged.blocked:
        record_upload(store, upload, step.at, staged.outcome)
        raise MonitoringError(f"{step.file}: " + " ".join(finding.message for finding in staged.findings[:5]))
    receipt = confirm(store, catalogue, staged, step.at, dict.fromkeys(staged.to_explain, step.reason))
    numbers[step.file] = receipt.number
