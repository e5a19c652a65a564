"""A report of an installation: its data at a moment, its texts, its logo and its Word template."""

from dataclasses import replace
from datetime import date, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path

from indicators.knowledge import snapshot as snapshots
from indicators.knowledge.boundaries import boundaries
from indicators.knowledge.snapshot import Snapshot
from indicators.reports import texts
from indicators.reports.compose import compose
from indicators.reports.cycle import Then, cycle
from indicators.reports.remarks import remarks
from indicators.reports.report import Report
from indicators.reports.wishes import Wish
from indicators.store import Store

LOGOS = ("logo.svg", "logo.png")
TEMPLATE = "vorlage.docx"


def make(
    store: Store, snapshot: Snapshot, wish: Wish, day: date, folder: Path | None = None, then: Then | None = None
) -> Report:
    """`folder` is where the city keeps its logo and its Word template, `bericht/` in its home. `then` is what was known
    at an earlier moment by the definitions of that moment; without it those of the snapshot are taken. Raises
    MonitoringError."""
    said = remarks(store, snapshot, tuple(snapshot.catalogue.indicators.values()))
    found = cycle(store, snapshot, wish.kind.parts, then or partial(_then, store, snapshot))
    report = compose(snapshot, wish, day, texts.valid(store), said, found, boundaries(store, snapshot.moment))
    return replace(report, logo=_first(folder, LOGOS), word_template=word_template(folder))


def _then(store: Store, known: Snapshot, moment: datetime) -> Snapshot:
    return snapshots.take(store, known.catalogue, moment, suppressed=True)


def look(folder: Path | None) -> str:
    """Tells one state of the city's logo and Word template from another."""
    return sha256(b"\0".join((_first(folder, LOGOS), word_template(folder)))).hexdigest()


def word_template(folder: Path | None) -> bytes:
    """The city's own Word template as it is now; empty where it has none."""
    return _first(folder, (TEMPLATE,))


def _first(folder: Path | None, names: tuple[str, ...]) -> bytes:
    """The content of the first of these files that is there."""
    found = [folder / name for name in names if (folder / name).is_file()] if folder else []
    return found[0].read_bytes() if found else b""
