"""A report of an installation: its data at a moment, its texts, its logo and its Word template."""

from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from indicators.boards.concept_change import State
from indicators.knowledge.consultations import consultations
from indicators.knowledge.decisions import decisions_at
from indicators.knowledge.measures import measures
from indicators.knowledge.snapshot import Snapshot
from indicators.ledger.versions import hash_at, load_version
from indicators.moments import end_of_day, local_day
from indicators.reports import texts
from indicators.reports.compose import Wish, compose
from indicators.reports.remarks import remarks
from indicators.reports.report import Part, Report
from indicators.store import Store

LOGOS = ("logo.svg", "logo.png")
TEMPLATE = "vorlage.docx"
RHYTHM = 2
"""Years from one report to the council to the next."""


def make(store: Store, snapshot: Snapshot, wish: Wish, day: date, folder: Path | None = None) -> Report:
    """`folder` is where the city keeps its logo and its Word template, `bericht/` in its home. Raises
    MonitoringError."""
    said = remarks(store, snapshot, tuple(snapshot.catalogue.indicators.values()))
    known = measures(store, snapshot.moment, snapshot.catalogue.small_below)
    consulted = consultations(store, snapshot.moment, all_of_them=False)
    decided = decisions_at(store, snapshot.moment)
    before = earlier(store, snapshot) if Part.CONCEPT in wish.kind.parts and not wish.indicators else None
    report = compose(snapshot, wish, day, texts.valid(store), said, known, consulted, decided, before)
    return replace(report, logo=_first(folder, LOGOS), word_template=word_template(folder))


def earlier(store: Store, snapshot: Snapshot) -> State:
    """The concept and the measures as they were two years before, the rhythm in which councils are told."""
    day = local_day(snapshot.moment)
    leap = (day.month, day.day) == (2, 29)
    then = date(day.year - RHYTHM, day.month, 28 if leap else day.day)
    moment = end_of_day(then)
    version = hash_at(store, moment)
    own = version is None or version == snapshot.catalogue.version
    catalogue = snapshot.catalogue.whole if own else load_version(store, str(version))
    return State(then, catalogue.on(then), measures(store, moment, snapshot.catalogue.small_below))


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
