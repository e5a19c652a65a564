"""The invented city's target agreements: every February a list a unit, with last year's review and new goals."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from indicators import german
from indicators.catalogue import Catalogue
from indicators.datasets import AGREEMENTS
from indicators.datasets.agreements import REVIEW
from indicators.samples.delivering import Step
from indicators.samples.measures import CHECKED, Line, bring, lines_of
from indicators.store import Store

SPOKEN = {"interim_on", "interim_said"}


def plan(catalogue: Catalogue, folder: Path) -> Iterator[Step]:
    """One list a unit and year, on the evening of its talk; after an interim talk one more, with what it said."""
    lines = lines_of(folder / "agreements.csv")
    for unit in sorted({line["unit"] for line in lines}):
        own = [line for line in lines if line["unit"] == unit]
        days = {german.parse_day(line[code]) for line in own for code in ("agreed_on", "interim_on", "reviewed_on")
                if line[code]}  # fmt: skip
        for number, day in enumerate(sorted(days)):
            at = datetime(day.year, day.month, day.day, 15) + timedelta(minutes=5 * number)
            by = catalogue.reporters["SI"].contact
            name = f"Zielvereinbarungen_{unit}_{day.isoformat()}.xlsx"
            act = partial(_listed, lines=own, unit=unit, name=name, at=at, by=by)
            yield Step(at, "agreements", name, by, CHECKED, act=act)


def _listed(
    store: Store, catalogue: Catalogue, *, lines: Sequence[Line], unit: str, name: str, at: datetime, by: str
) -> None:
    today = at.date().isoformat()
    values = [_content(line, today) for line in lines if _day(line["agreed_on"]) <= today]
    bring(store, catalogue, AGREEMENTS, unit, values, name, at, by)


def _content(line: Line, today: str) -> dict[str, str | float]:
    """What had been said until the day."""
    left = set(SPOKEN) if not line["interim_on"] or _day(line["interim_on"]) > today else set()
    if not line["reviewed_on"] or _day(line["reviewed_on"]) > today:
        left |= set(REVIEW) - SPOKEN
    return {code: text for code, text in line.items() if text and code != "unit" and code not in left}


def _day(text: str) -> str:
    return german.parse_day(text).isoformat()
