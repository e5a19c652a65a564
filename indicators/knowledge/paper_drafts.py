"""What the office types for a paper that goes to committees. Rows are only added, the latest of an origin counts."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from indicators.errors import MonitoringError
from indicators.store import Store
from indicators.store.outages import outlasting_restarts

APPEND = (
    "insert into paper_draft select coalesce(max(id), 0) + 1, $origin, $form, $subject, $number, $stations, $proposal, "
    "$effects, $shown, $at, $who from paper_draft"
)
LATEST = "select origin, form, subject, number, stations, proposal, effects, shown from paper_draft "
LONGEST_SUBJECT, LONGEST_NUMBER, LONGEST_COMMITTEE, LONGEST_TEXT = 300, 60, 120, 8000
MOST_STATIONS, MOST_SHOWN = 30, 12


class PaperError(MonitoringError):
    """A paper that cannot be kept like this."""


class Part(StrEnum):
    """What a committee does with a paper; what a city calls it, its form says."""

    NOTICE = "kenntnis"
    PRELIMINARY = "vorberatung"
    DECISION = "entscheidung"


@dataclass(frozen=True)
class Station:
    """A step in the sequence of consultations; without a day it is not fixed yet."""

    committee: str
    day: date | None = None
    public: bool = True
    part: Part = Part.PRELIMINARY


@dataclass(frozen=True)
class Draft:
    """`form` is the code of a city's form; `shown` are the indicators that the reasons show with chart and table."""

    origin: str
    form: str
    subject: str = ""
    number: str = ""
    stations: tuple[Station, ...] = ()
    proposal: str = ""
    effects: str = ""
    shown: tuple[str, ...] = ()


def latest(store: Store, origin: str) -> Draft | None:
    """What was typed last for this decision or report."""
    rows = store.rows(f"{LATEST}where origin = $origin order by id desc limit 1", {"origin": origin})
    return _draft(rows[0]) if rows else None


def last_of_all(store: Store, form: str | None = None) -> Draft | None:
    """The paper that was worked on last, of one form or of any: its form and its committees are likely again."""
    rows = store.rows(f"{LATEST}where $form is null or form = $form order by id desc limit 1", {"form": form})
    return _draft(rows[0]) if rows else None


@outlasting_restarts
def keep(store: Store, draft: Draft, by: str, at: datetime) -> None:
    """Adds a version, unless nothing has changed. Raises PaperError."""
    if draft == latest(store, draft.origin):
        return
    _check(draft)
    stations = [
        [one.committee.strip(), one.day.isoformat() if one.day else "", one.public, one.part.value]
        for one in draft.stations
    ]
    values = {"origin": draft.origin, "form": draft.form, "stations": json.dumps(stations, ensure_ascii=False)}
    texts = {name: getattr(draft, name).strip() for name in ("subject", "number", "proposal", "effects")}
    with store.transaction() as cursor:
        cursor.execute(APPEND, values | texts | {"shown": json.dumps(draft.shown), "at": at, "who": by})


def _check(draft: Draft) -> None:
    longest = {
        "Betreff": (draft.subject, LONGEST_SUBJECT),
        "Nummer": (draft.number, LONGEST_NUMBER),
        "Beschlussvorschlag": (draft.proposal, LONGEST_TEXT),
        "Text zu den finanziellen Auswirkungen": (draft.effects, LONGEST_TEXT),
    }
    for name, (text, most) in longest.items():
        if len(text) > most:
            raise PaperError(f"{name}: höchstens {most} Zeichen, es sind {len(text)}.")
    if len(draft.stations) > MOST_STATIONS:
        raise PaperError(f"Die Beratungsfolge hat höchstens {MOST_STATIONS} Stationen.")
    if any(len(one.committee) > LONGEST_COMMITTEE for one in draft.stations):
        raise PaperError(f"Der Name eines Gremiums hat höchstens {LONGEST_COMMITTEE} Zeichen.")
    if len(draft.shown) > MOST_SHOWN:
        raise PaperError(f"Die Begründung zeigt höchstens {MOST_SHOWN} Kennzahlen. Mehr gehören in den Bericht.")


def _draft(row: Sequence[str]) -> Draft:
    origin, form, subject, number, stations, proposal, effects, shown = row
    steps = tuple(
        Station(committee, date.fromisoformat(day) if day else None, public, Part(part))
        for committee, day, public, part in json.loads(stations)
    )
    return Draft(origin, form, subject, number, steps, proposal, effects, tuple(json.loads(shown)))
