"""How a sample installation comes to be: step by step through the real pipeline.

The moments of the steps make the history the same on every machine.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from indicators.attainment import METHODS
from indicators.catalogue import Catalogue, load
from indicators.deliveries.editing import read_own
from indicators.deliveries.staging import Staged, confirm, stage, stage_tables
from indicators.errors import MonitoringError
from indicators.knowledge import releases
from indicators.knowledge.bodies import bodies
from indicators.knowledge.meeting_records import Meeting, keep_meeting, take_over
from indicators.ledger import commits
from indicators.ledger.commits import Upload, record_upload
from indicators.samples.earlier import Definitions
from indicators.store import Store
from indicators.store.durability import numbers
from indicators.tables.decisions import Choices, table_key
from indicators.tables.interpreted import read_interpreted


@dataclass(frozen=True)
class Step:
    """One event of a sample's history; `at` is UTC. `file` is delivered, or withdrawn if it was before; of a release
    it is the code of the indicator, of a meeting its day, and `reason` its title.

    `content` makes the workbook by the definitions of then. `means` says of a department's own tables which base
    figure stands on which sheet; it is asked where the layout is not known yet. `act` is what is no delivery.
    """

    at: datetime
    action: str
    file: str
    by: str
    reason: str
    content: Callable[[Catalogue], bytes] | None = None
    reporter: str | None = None
    means: Mapping[str, str] = field(default_factory=dict)
    act: Callable[[Store, Catalogue], None] | None = None


Watched = Callable[[list[Step]], Iterable[Step]]


@dataclass(frozen=True)
class Sample:
    """A city to be shown. `plan` gives its steps; `earlier` is the file that says what was defined otherwise before."""

    title: str
    definitions: Path
    plan: Callable[[Catalogue], list[Step]]
    earlier: Path | None = None

    def build(self, database: Path, watched: Watched = iter) -> None:
        """Carries out the steps in a new database, which gets its name only when it is whole."""
        catalogue = load(self.definitions, methods=METHODS)
        steps = sorted(self.plan(catalogue), key=lambda step: step.at)
        unfinished = database.with_suffix(".part")
        for leftover in database.parent.glob(f"{unfinished.name}*"):  # with all that a store keeps beside its file
            leftover.unlink()
        numbers.forget(unfinished)
        with Definitions(catalogue, self.earlier) as definitions:
            _carry_out_all(unfinished, definitions, watched(steps), steps[0].at)
        unfinished.rename(database)


def _carry_out_all(database: Path, definitions: Definitions, steps: Iterable[Step], begin: datetime) -> None:
    store = Store(database, now=begin)
    came_as: dict[str, int] = {}
    try:
        take_over(store, definitions.at(begin).city.meetings, begin)
        for step in steps:
            carry_out(store, definitions.at(step.at), step, came_as)
        store.cursor.execute("checkpoint")
    finally:
        store.close()


def carry_out(store: Store, catalogue: Catalogue, step: Step, came_as: dict[str, int]) -> None:
    """One step; `came_as` remembers the delivery of each file. Raises MonitoringError where a sample is rejected."""
    if step.action == "withdraw":
        commits.withdraw(store, came_as[step.file], step.at, step.by, step.reason)
        return
    if step.action == "release":
        releases.release(store, step.file, step.at, step.by, step.at, step.reason)
        return
    if step.action == "meeting":
        group = bodies(store)[0]
        keep_meeting(store, Meeting(0, group, date.fromisoformat(step.file), step.reason), step.by, step.at)
        return
    if step.act is not None:
        step.act(store, catalogue)
        return
    assert step.content is not None
    upload = Upload(step.file, step.content(catalogue), step.by)
    staged = _staged(store, catalogue, step, upload)
    if staged.blocked:
        record_upload(store, upload, step.at, staged.outcome)
        raise MonitoringError(f"{step.file}: " + " ".join(finding.message for finding in staged.findings[:5]))
    receipt = confirm(store, catalogue, staged, step.at, dict.fromkeys(staged.to_explain, step.reason))
    came_as[step.file] = receipt.number


def _staged(store: Store, catalogue: Catalogue, step: Step, upload: Upload) -> Staged:
    """With own tables assigned as a person does it the first time; our own templates need no process of their own."""
    staged = stage(store, catalogue, upload, step.at, step.reporter, read_interpreted if step.means else read_own)
    if staged.tables is None or not staged.tables.is_open or not step.means:
        return staged
    own = staged.tables.own
    decisions = {table_key(table): Choices(base_figure=step.means[table.sheet]) for table in own.tables}
    return stage_tables(store, catalogue, upload, own, step.at, step.reporter, decisions)
