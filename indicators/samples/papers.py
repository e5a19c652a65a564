"""Cities set up after their council's paper: bodies, meetings, what is to be decided, the sequence of consultations.

Only what the paper says is there; `README.md` beside the files tells from which part of it. Everything is known on the
day of the paper, so a city's cycle begins where its paper does.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path

from indicators.catalogue import Catalogue
from indicators.datasets import CONSULTATIONS, MEASURES
from indicators.datasets.listed.standing import Standing
from indicators.knowledge.bodies import Body, BodyKind, bodies, keep_body
from indicators.knowledge.meeting_records import STEERING_GROUP, Meeting, keep_meeting
from indicators.samples.delivering import Sample, Step
from indicators.samples.measures import CHECKED, Line, bring, lines_of
from indicators.settings import SAMPLE_DEFINITIONS, SampleName
from indicators.store import Store

MORNING = time(8)
PAPER = "Vorlage"
"""Who brought what a paper says: nobody in particular."""


@dataclass(frozen=True)
class Paper:
    """A city's paper; `day` is its date, of Bielefeld's the day of the information before the decision."""

    city: str
    named: str
    day: date


PAPERS: Mapping[SampleName, Paper] = {
    "bielefeld": Paper("Bielefeld", "Vereinbarungen mit Trägern, 2011", date(2011, 6, 22)),
    "braunschweig-2017": Paper("Braunschweig", "Mitteilung von 2017", date(2017, 9, 5)),
    "landau": Paper("Landau in der Pfalz", "Vorlage von 2011", date(2011, 11, 23)),
    "leverkusen": Paper("Leverkusen", "Vorlage 2017/1900", date(2017, 10, 27)),
    "luebeck": Paper("Lübeck", "Bericht von 2014", date(2014, 9, 29)),
}


def samples() -> Mapping[SampleName, Sample]:
    return {
        name: Sample(
            f"{paper.city} ({paper.named})",
            SAMPLE_DEFINITIONS[name],
            partial(plan, folder=SAMPLE_DEFINITIONS[name].parent, day=paper.day),
        )
        for name, paper in PAPERS.items()
    }


def plan(catalogue: Catalogue, folder: Path, day: date) -> list[Step]:
    """Bodies, meetings, measures and consultations, a minute apart on the morning of the paper."""
    begin = datetime.combine(day, MORNING)
    unit = next(iter(catalogue.reporters))
    acts = [partial(_bodies, folder=folder), *_meetings(folder), *_lists(folder, unit)]
    moments = [begin + timedelta(minutes=number) for number in range(len(acts))]
    return [
        Step(at, "paper", f"{PAPER} {number}", PAPER, CHECKED, act=partial(act, at=at))
        for number, (at, act) in enumerate(zip(moments, acts, strict=True), 1)
    ]


def _bodies(store: Store, catalogue: Catalogue, *, folder: Path, at: datetime) -> None:
    """The first line is the group that every installation has already."""
    for number, line in enumerate(lines_of(folder / "bodies.csv")):
        body = Body(0 if number else STEERING_GROUP, line["name"], BodyKind(line["kind"]), int(line["every_months"]))
        keep_body(store, body, PAPER, at, CHECKED)


def _meetings(folder: Path) -> Iterator[partial[None]]:
    path = folder / "meetings.csv"
    for line in lines_of(path) if path.exists() else ():
        yield partial(_meeting, line=line)


def _meeting(store: Store, catalogue: Catalogue, *, line: Line, at: datetime) -> None:
    [body] = [one for one in bodies(store) if one.name == line["body"]]
    keep_meeting(store, Meeting(0, body, date.fromisoformat(line["day"]), line["title"]), PAPER, at)


def _lists(folder: Path, unit: str) -> Iterator[partial[None]]:
    measures = [
        {code: text for code, text in line.items() if code != "unit"} for line in lines_of(folder / "measures.csv")
    ]
    yield partial(_list, data_set=MEASURES, unit=unit, lines=measures)
    names = [MEASURES.form.name_of(line) for line in measures]
    stations = lines_of(folder / "consultations.csv")
    every = [{**line, "measure": name} for name in names for line in stations if not line["measure"]]
    own = [line for line in stations if line["measure"]]
    yield partial(_list, data_set=CONSULTATIONS, unit=unit, lines=[*every, *own])


def _list(
    store: Store, catalogue: Catalogue, *, data_set: Standing, unit: str, lines: list[dict[str, str]], at: datetime
) -> None:
    values = [{code: text for code, text in line.items() if text} for line in lines]
    bring(store, catalogue, data_set, unit, values, f"{data_set.title}_{at:%Y}.xlsx", at, PAPER)
