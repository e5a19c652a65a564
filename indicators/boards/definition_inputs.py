"""How a definition is typed: each field's value as text, number or choice, and back as it stands in the file."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Any

from indicators import german
from indicators.boards.definition_terms import plain_said
from indicators.catalogue import Catalogue
from indicators.errors import MonitoringError
from indicators.german import NumberError
from indicators.model import Breakdown
from indicators.periods import Period, PeriodError
from indicators.targets import Point

Choices = Callable[[Catalogue], Mapping[str, str]]
"""Code → title of what can be picked."""
Typed = str | bool | list[str] | None


class InputError(MonitoringError):
    """Something typed that cannot be read; says what to write."""


class Kind(StrEnum):
    TEXT = "text"
    AREA = "area"
    NUMBER = "number"
    PICK = "pick"
    MANY = "many"
    FLAG = "flag"
    LINES = "lines"
    PERIOD = "period"
    POINT = "point"
    POINTS = "points"
    BREAKS = "breaks"
    WORDINGS = "wordings"
    PAST_GOALS = "past goals"
    GROUP = "group"
    AXES = "axes"
    DAY = "day"
    AGES = "ages"
    FORMULA = "formula"


NARROW = {Kind.NUMBER, Kind.PICK, Kind.PERIOD, Kind.POINT, Kind.GROUP, Kind.DAY, Kind.AGES}


@dataclass(frozen=True)
class Input:
    """One field of a form. `optional` fields may be left open; `choices` are there for what is picked."""

    name: str
    label: str
    kind: Kind
    help: str = ""
    choices: Choices | None = None
    optional: bool = True

    @property
    def narrow(self) -> bool:
        """Whether two of them fit side by side."""
        return self.kind in NARROW

    def shown(self, value: object) -> Typed:
        """What the form begins with."""
        return _SHOWN.get(self.kind, _text)(value)

    def written(self, typed: Typed) -> object:
        """What is to stand in the file; None where the field is to go. Raises InputError."""
        if self.kind is Kind.FLAG:
            return bool(typed)
        if not typed and self.kind is Kind.PICK and not self.optional:
            raise InputError("Bitte wählen Sie etwas aus.")
        if not typed:
            return None if self.optional else ([] if self.kind is Kind.MANY else "")
        return _WRITTEN.get(self.kind, _as_typed)(typed)


def _text(value: object) -> Typed:
    if value is None:
        return ""
    return str(value.value) if isinstance(value, Enum) else str(value)


def _picked(value: object) -> Typed:
    return None if value is None or value == "" else _text(value)


def _number(value: object) -> Typed:
    return "" if value is None else plain_said(value)


def _listed(value: object) -> Typed:
    return [str(one) for one in value] if isinstance(value, tuple) else []


def _lines(value: object) -> Typed:
    return "\n".join(str(one) for one in value) if isinstance(value, tuple) else ""


def _point(value: object) -> Typed:
    return f"{value.period}: {plain_said(value.value)}" if isinstance(value, Point) else ""


def _points(value: object) -> Typed:
    return "\n".join(str(_point(one)) for one in value) if isinstance(value, tuple) else ""


def _breaks(value: object) -> Typed:
    return "\n".join(f"{one.period}: {one.note}" for one in value) if isinstance(value, tuple) else ""


def _wordings(value: object) -> Typed:
    lines = (" | ".join(filter(None, (one.title, " ".join(one.text.split())))) for one in _tuple(value))
    return "\n".join(f"{one.valid_to}: {line}" for one, line in zip(_tuple(value), lines, strict=True))


def _past_goals(value: object) -> Typed:
    return "\n".join(f"{one.valid_to}: {one.goal}" for one in _tuple(value))


def _tuple(value: object) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else ()


def _group(value: object) -> Typed:
    return value.code if isinstance(value, Breakdown) else ""


def _axes(value: object) -> Typed:
    return [AXES_JOINED.join(axes) for axes in value] if isinstance(value, tuple) else []


def _day(value: object) -> Typed:
    month, _, day = str(value or "").partition("-")
    return f"{day}.{month}." if day else ""


def _ages(value: object) -> Typed:
    if not isinstance(value, tuple):
        return ""
    return " bis unter ".join("" if age is None else plain_said(age) for age in value) or NO_AGE


AXES_JOINED = " × "
NO_AGE = "kein Alter"
_SHOWN: Mapping[Kind, Callable[[object], Typed]] = {
    Kind.PICK: _picked,
    Kind.NUMBER: _number,
    Kind.MANY: _listed,
    Kind.FLAG: bool,
    Kind.LINES: _lines,
    Kind.POINT: _point,
    Kind.POINTS: _points,
    Kind.BREAKS: _breaks,
    Kind.WORDINGS: _wordings,
    Kind.PAST_GOALS: _past_goals,
    Kind.GROUP: _group,
    Kind.AXES: _axes,
    Kind.DAY: _day,
    Kind.AGES: _ages,
}


def _as_typed(typed: Typed) -> object:
    return typed.strip() if isinstance(typed, str) else typed


def _read_number(typed: Typed) -> object:
    try:
        value = german.parse_number(str(typed))
    except NumberError as error:
        raise InputError(str(error)) from error
    return int(value) if value == int(value) else value


def _read_period(typed: Typed) -> object:
    try:
        return str(Period.parse(str(typed).strip()))
    except PeriodError as error:
        raise InputError(str(error)) from error


def _read_point(typed: Typed) -> object:
    period, colon, value = str(typed).partition(":")
    if not colon:
        raise InputError(f"„{typed}“ ist unvollständig. Bitte Zeitraum und Wert schreiben, zum Beispiel 2030: 40,0.")
    return {"period": _read_period(period), "value": _read_number(value.strip())}


def _read_break(typed: str) -> object:
    period, colon, note = typed.partition(":")
    if not colon or not note.strip():
        raise InputError(f"„{typed}“ ist unvollständig. Bitte Zeitraum und Grund schreiben, zum Beispiel 2024: Zensus.")
    return {"period": _read_period(period), "note": note.strip()}


def _read_wording(typed: str) -> object:
    period, title = _dated(typed, "Wortlaut", "2024-12-31: Mehr Kinder besuchen eine Kita.")
    title, bar, text = title.partition(" | ")
    return {"valid_to": period, "title": title.strip()} | ({"text": text.strip()} if bar and text.strip() else {})


def _read_past_goal(typed: str) -> object:
    period, goal = _dated(typed, "Ziel", "2024-12-31: B-1.1")
    return {"goal": goal, "valid_to": period}


def _dated(typed: str, what: str, example: str) -> tuple[object, str]:
    period, _, said = typed.partition(":")
    if not said.strip():
        raise InputError(f"„{typed}“ ist unvollständig. Bitte letzten Tag und {what} schreiben, zum Beispiel {example}")
    return _read_period(period), said.strip()


def _read_lines(typed: Typed) -> Sequence[str]:
    return [line.strip() for line in str(typed).splitlines() if line.strip()]


def _read_group(typed: Typed) -> object:
    return dict(Breakdown.parse(str(typed)).members)


def _read_axes(typed: Typed) -> object:
    return [one.split(AXES_JOINED) if one else [] for one in typed] if isinstance(typed, list) else []


def _read_day(typed: Typed) -> object:
    found = re.fullmatch(r"(\d{1,2})\.\s*(\d{1,2})\.?", str(typed).strip())
    if not found:
        raise InputError(f"„{typed}“ ist kein Stichtag. Bitte Tag und Monat schreiben, zum Beispiel 01.03.")
    return f"{int(found[2]):02d}-{int(found[1]):02d}"


def _read_ages(typed: Typed) -> object:
    if str(typed).strip() == NO_AGE:
        return []
    found = re.fullmatch(r"(\d+)\s*bis unter\s*(\d*)", str(typed).strip())
    if not found:
        raise InputError(f"„{typed}“ ist keine Altersspanne. Bitte schreiben: 0 bis unter 18, ohne Ende 65 bis unter.")
    return [int(found[1]), int(found[2]) if found[2] else None]


_WRITTEN: Mapping[Kind, Callable[[Typed], object]] = {
    Kind.NUMBER: _read_number,
    Kind.PERIOD: _read_period,
    Kind.POINT: _read_point,
    Kind.POINTS: lambda typed: [_read_point(line) for line in _read_lines(typed)],
    Kind.BREAKS: lambda typed: [_read_break(line) for line in _read_lines(typed)],
    Kind.WORDINGS: lambda typed: [_read_wording(line) for line in _read_lines(typed)],
    Kind.PAST_GOALS: lambda typed: [_read_past_goal(line) for line in _read_lines(typed)],
    Kind.LINES: _read_lines,
    Kind.GROUP: _read_group,
    Kind.AXES: _read_axes,
    Kind.DAY: _read_day,
    Kind.AGES: _read_ages,
}
