"""What is said of first interviews: as a list, and with whom nobody has spoken yet. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from indicators import german
from indicators.boards import fields
from indicators.catalogue import Catalogue
from indicators.datasets import INTERVIEWS
from indicators.figures.figure import Cell, Figure, framed
from indicators.knowledge.interviews import AHEAD, HELD, UNTOLD, Interview
from indicators.knowledge.measures import Measure

SHORT = ("day", "found", "changes", "next_steps", "until")
"""What has room on paper."""
OUTCOME = ("found", "changes")
SAID = {HELD: "geführt", AHEAD: "geplant", UNTOLD: "ohne Ergebnis"}


def figure(
    found: Sequence[Interview],
    measures: Iterable[Measure],
    catalogue: Catalogue,
    today: date,
    moment: datetime | None,
    *,
    short: bool = False,
) -> Figure:
    """One row a talk; the note says which units that have measures nobody has spoken with."""
    asked = [field for field in INTERVIEWS.fields if not short or field.code in SHORT]
    columns: dict[str, list[Cell]] = {
        "Stelle": [catalogue.reporter_name(one.reporter) for one in found],
        "Stand": [one.stands(today) for one in found],
    }
    columns |= fields.columns(asked, found, catalogue)
    return Figure(
        "erstgespraeche",
        "Erstgespräche",
        framed(columns),
        subtitle=german.counted(len(found), "Gespräch", "Gespräche"),
        note=_left(found, measures, catalogue, today),
        moment=moment,
    )


def summed(found: Iterable[Interview], today: date) -> str:
    """„Erstgespräche: 6 geführt, 1 geplant, 1 ohne Ergebnis“; empty where there is none."""
    counts = Counter(one.stands(today) for one in found)
    parts = [f"{counts[state]} {word}" for state, word in SAID.items() if counts[state]]
    return f"Erstgespräche: {', '.join(parts)}" if parts else ""


def slide(found: Sequence[Interview], catalogue: Catalogue, today: date) -> Figure:
    """What was found and what changes, the latest first; what was said in the talk is in the list."""
    columns: dict[str, list[Cell]] = {
        "Stelle": [catalogue.reporter_name(one.reporter) for one in found],
        "Tag": [german.day(one.on) for one in found],
        **fields.columns([field for field in INTERVIEWS.fields if field.code in OUTCOME], found, catalogue),
    }
    return Figure("erstgespraeche-folie", summed(found, today), framed(columns))


def called(one: Interview, catalogue: Catalogue) -> str:
    return f"{catalogue.reporter_name(one.reporter)}, {german.day(one.on)}"


def _left(found: Sequence[Interview], measures: Iterable[Measure], catalogue: Catalogue, today: date) -> str:
    """„Noch kein Gespräch mit: …“; empty where there was one with all of them."""
    held = {one.reporter for one in found if one.stands(today) == HELD}
    left = dict.fromkeys(one.reporter for one in measures if one.reporter not in held)
    names = german.enumeration([catalogue.reporter_name(code) for code in left])
    return f"Stellen mit Maßnahmen, mit denen noch kein Gespräch geführt ist: {names}." if names else ""
