"""The invented city's measures: each unit sends its list in February, and some changes are made on the page.

Their way through the committees, the first interviews about them, and what is funded come as lists of the office.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from indicators.catalogue import Catalogue
from indicators.datasets import CONSULTATIONS, FUNDING, INDICES, INTERVIEWS, MEASURES, OFFERS, PROOFS
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
ABOUT = ("sent", "unit")
"""What a line says of its delivery."""
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

    for data_set in (CONSULTATIONS, INTERVIEWS, INDICES, FUNDING, OFFERS, PROOFS):
        yield from _sent(catalogue, folder, data_set)


def _sent(catalogue: Catalogue, folder: Path, data_set: Standing) -> Iterator[Step]:
    """Lists that the office writes: one for each unit and moment at which it brought them, the unit being itself where
    none is named."""
    lists: dict[tuple[str, str], list[Line]] = {}
    for line in lines_of(folder / f"{data_set.code}.csv"):
        lists.setdefault((line["sent"], line.get("unit", OFFICE)), []).append(line)
    for number, ((sent, unit), lines) in enumerate(sorted(lists.items())):
        at, by = datetime.fromisoformat(sent) + timedelta(seconds=number), catalogue.reporters[OFFICE].contact
        values = [
            {code: text for code, text in line.items() if text and code not in ("sent", "unit")} for line in lines
        ]
        name = f"{data_set.title}_{sent[:10]}_{number + 1}.xlsx"
        act = partial(bring, data_set=data_set, unit=unit, values=values, name=name, at=at, by=by)
        yield Step(at, data_set.code, name, by, CHECKED, act=act)


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


def _content(line: Line, number: int, at: datetime) -> dict[str, str | float]:
    """What a unit says in one of the years; empty fields are left out."""
    values = {code: text for code, text in line.items() if code != "unit" and code not in BY_YEAR}
    values |= {code: line[column].split("|")[number] for column, code in BY_YEAR.items()}
    values["state_on"] = local_day(at).isoformat() if values["state"] else ""
    return {code: text for code, text in values.items() if text}


def _edited(store: Store, catalogue: Catalogue, *, line: Line, at: datetime) -> None:
    """As the form does it: all that stood there, and what was typed into some fields."""
    now = MEASURES.states(store)[line["name"]][-1]
    said = {one.code: text for one in MEASURES.fields if (text := line.get(one.code, ""))}
    typed = dict(now.content or ()) | said
    staged = edit(store, catalogue, MEASURES, line["reporter"] or now.key.reporter, typed, now.delivery, line["by"], at)
    _commit(store, catalogue, staged, at, line["reason"])


def _commit(store: Store, catalogue: Catalogue, staged: Staged, at: datetime, reason: str) -> None:
    if staged.blocked:
        raise MonitoringError(f"{staged.upload.name}: " + " ".join(one.message for one in staged.findings[:5]))
    confirm(store, catalogue, staged, at, dict.fromkeys(staged.to_explain, reason))
