"""The concept as it is read: each goal and approach with its indicators and measures. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from indicators import german
from indicators.boards.measures import folded
from indicators.catalogue import ActionField, Approach, Catalogue, GuidingGoal, Indicator, Part
from indicators.catalogue.lasting import last_day
from indicators.figures.figure import Cell, Figure, framed
from indicators.knowledge.measures import Measure


@dataclass(frozen=True)
class Line:
    """A goal or approach on the catalogue's day, with what measures it and what is done for it."""

    part: Part
    indicators: tuple[Indicator, ...]
    measures: tuple[Measure, ...]

    @property
    def guiding(self) -> bool:
        return isinstance(self.part, GuidingGoal)

    @property
    def approach(self) -> bool:
        return isinstance(self.part, Approach)


def lines(field: ActionField, catalogue: Catalogue, measures: Sequence[Measure] = ()) -> list[Line]:
    """All goals and approaches of a field, a guiding goal before what lies below it."""
    return [
        Line(part, _indicators(part, catalogue), tuple(one for one in measures if part.code in _serves(one, catalogue)))
        for part in field.parts
    ]


def nested(found: Iterable[Line]) -> list[tuple[Line, list[Line]]]:
    """Each guiding goal with what lies below it."""
    goals: list[tuple[Line, list[Line]]] = []
    for line in found:
        if line.guiding:
            goals.append((line, []))
        else:
            goals[-1][1].append(line)
    return goals


def _indicators(part: Part, catalogue: Catalogue) -> tuple[Indicator, ...]:
    if isinstance(part, Approach):
        return tuple(one for one in catalogue.kept_up if part.code in _standing(one.approaches, catalogue))
    return catalogue.indicators_for(part.code)


def _serves(one: Measure, catalogue: Catalogue) -> set[str]:
    """The goals and approaches that a measure names, or what has taken their place."""
    return _standing([*one.codes("goal"), *named_approaches(one, catalogue)], catalogue)


def _standing(codes: Iterable[str], catalogue: Catalogue) -> set[str]:
    return {catalogue.concept.standing(code) for code in codes}


def named_approaches(one: Measure, catalogue: Catalogue) -> list[str]:
    """The codes of the approaches that a measure names by code, by title or by both; what is none is only its text."""
    known = [part for part in catalogue.concept.parts.values() if isinstance(part, Approach)]
    spoken = {folded(text): part.code for part in known for text in (part.code, part.title, _titled(part))}
    said = (folded(part.strip()) for part in one.text("approach").split(";"))
    return list(dict.fromkeys(spoken[part] for part in said if part in spoken))


def _titled(part: Part) -> str:
    return f"{part.code} {part.title}"


def figure(catalogue: Catalogue, measures: Sequence[Measure], moment: datetime | None) -> Figure:
    """The whole concept as a table: fields, goals and approaches with their texts, days, indicators and measures."""
    columns: dict[str, list[Cell]] = {name: [] for name in COLUMNS}
    for field in catalogue.fields:
        _row(columns, f"{field.code} {field.title}", "Handlungsfeld", field.code, field.title, field.text)
        for line in lines(field, catalogue, measures):
            part = line.part
            _row(
                columns,
                f"{field.code} {field.title}",
                part.word,
                part.code,
                part.title,
                part.text,
                german.day(part.valid_from.start) if part.valid_from else "",
                _day(last_day(tuple(catalogue.concept.parts.values()), part.code)),
                ", ".join(one.code for one in line.indicators),
                "; ".join(one.title for one in line.measures),
            )
    return Figure("konzept", "Das Konzept: Ziele und Handlungsansätze", framed(columns), moment=moment)


COLUMNS = (
    "Handlungsfeld", "Art", "Kürzel", "Wortlaut", "Text", "gilt ab", "gilt bis", "Kennzahlen", "Maßnahmen",
)  # fmt: skip


def _row(columns: dict[str, list[Cell]], *texts: str) -> None:
    padded = [*texts, *[""] * (len(COLUMNS) - len(texts))]
    for name, text in zip(COLUMNS, padded, strict=True):
        columns[name].append(text)


def _day(day: date | None) -> str:
    return german.day(day) if day else ""
