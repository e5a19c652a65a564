"""The invented city's measures: each unit sends its list in February, and some changes are made on the page.

Their way through the committees comes as lists of the office.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from indicators.catalogue import Catalogue
from indicators.datasets import CONSULTATIONS, MEASURES
from indicators.datasets.listed import template
from indicators.datasets.listed.standing import Standing
from indicators.deliveries.editing import edit, read_own
from indicators.deliveries.staging import Staged, confirm, stage
from indicators.errors import MonitoringError
from indicators.ledger.commits import Upload
from indicators.moments import local_day
from indicators.periods import Period
from indicators.samples.delivering import Step
from indicators.store import Store

YEARS = (2024, 2025, 2026)
BY_YEAR = {"statuses": "status", "states": "state", "participants": "participants"}
FIRST_DAY = {2024: datetime(2024, 2, 5, 8), 2025: datetime(2025, 2, 3, 8), 2026: datetime(2026, 2, 2, 8)}
OFFICE = "SI"
CHECKED = "Mit der zuständigen Stelle abgestimmt."
Line = Mapping[str, str]


def plan(catalogue: Catalogue, folder: Path) -> Iterator[Step]:
    """One list a unit and year, a quarter of an hour apart; then what was written on the page."""
    lines = lines_of(folder / "measures.csv")
    units = sorted({line["unit"] for line in lines})
    for year in YEARS:
        for number, unit in enumerate(units):
            own = [line for line in lines if line["unit"] == unit]
            at = FIRST_DAY[year] + timedelta(minutes=15 * number)
            by = catalogue.reporters[unit].contact
            act = partial(_listed, lines=own, unit=unit, year=year, at=at, by=by)
            yield Step(at, "measures", f"Maßnahmen_{unit}_{year}.xlsx", by, CHECKED, act=act)
    for line in lines_of(folder / "measure_edits.csv"):
        at = datetime.fromisoformat(line["at"])
        yield Step(at, "measures", line["name"], line["by"], line["reason"], act=partial(_edited, line=line, at=at))

    consulted = lines_of(folder / "consultations.csv")
    for sent in sorted({line["sent"] for line in consulted}):
        at, by = datetime.fromisoformat(sent), catalogue.reporters[OFFICE].contact
        own = [
            {code: text for code, text in line.items() if code != "sent"} for line in consulted if line["sent"] == sent
        ]
        act = partial(_consulted, lines=own, at=at, by=by)
        yield Step(at, "consultations", f"Beratungen_{sent[:10]}.xlsx", by, CHECKED, act=act)


def lines_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader((line for line in lines if not line.startswith("#")), delimiter=";"))


def _listed(
    store: Store, catalogue: Catalogue, *, lines: Sequence[Line], unit: str, year: int, at: datetime, by: str
) -> None:
    values = [_content(line, YEARS.index(year), at) for line in lines]
    bring(store, catalogue, MEASURES, unit, values, f"Maßnahmen_{unit}_{year}.xlsx", at, by)


def bring(
    store: Store,
    catalogue: Catalogue,
    data_set: Standing,
    unit: str,
    values: Sequence[Mapping[str, str | float]],
    name: str,
    at: datetime,
    by: str,
) -> None:
    """A unit's list as it is that day."""
    known = data_set.states(store)
    rows = []
    for one in values:
        typed = {code: _typed(data_set, code, text) for code, text in one.items()}
        said = known.get(data_set.name_for(unit, data_set.form.name_of(typed)))
        rows.append(template.Row(filled=tuple(typed.items()), basis=said[-1].delivery if said else None))
    content = template.build(data_set.form, catalogue, unit, Period.of_year(at.year), rows, room=0)
    _commit(store, catalogue, stage(store, catalogue, Upload(name, content, by), at, read=read_own), at, CHECKED)


def _typed(data_set: Standing, code: str, text: str | float) -> str | float:
    return float(text) if data_set.field(code).is_number else text


def _consulted(store: Store, catalogue: Catalogue, *, lines: Sequence[Line], at: datetime, by: str) -> None:
    values = [{code: text for code, text in line.items() if text} for line in lines]
    bring(store, catalogue, CONSULTATIONS, OFFICE, values, f"Beratungen_{local_day(at).isoformat()}.xlsx", at, by)


def _content(line: Line, number: int, at: datetime) -> dict[str, str | float]:
    """What a unit says in one of the years; empty fields are left out."""
    values = {code: text for code, text in line.items() if code != "unit" and code not in BY_YEAR}
    values |= {code: line[column].split("|")[number] for column, code in BY_YEAR.items()}
    values["state_on"] = local_day(at).isoformat() if values["state"] else ""
    return {code: text for code, text in values.items() if text}


def _edited(store: Store, catalogue: Catalogue, *, line: Line, at: datetime) -> None:
    """As the form does it: all that stood there, and what was typed."""
    now = MEASURES.states(store)[line["name"]][-1]
    typed = dict(now.content or ()) | {code: line[code] for code in ("status", "state", "state_on")}
    staged = edit(store, catalogue, MEASURES, line["reporter"] or now.key.reporter, typed, now.delivery, line["by"], at)
    _commit(store, catalogue, staged, at, line["reason"])


def _commit(store: Store, catalogue: Catalogue, staged: Staged, at: datetime, reason: str) -> None:
    if staged.blocked:
        raise MonitoringError(f"{staged.upload.name}: " + " ".join(one.message for one in staged.findings[:5]))
    confirm(store, catalogue, staged, at, dict.fromkeys(staged.to_explain, reason))
