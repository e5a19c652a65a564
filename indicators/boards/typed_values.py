"""Values of definitions as people type them, and back: numbers with a comma, periods, points, groups, days, ages."""

import re
from collections.abc import Sequence
from enum import Enum
from typing import Any

from indicators import german
from indicators.boards.definition_terms import plain_said
from indicators.catalogue import Gap
from indicators.errors import MonitoringError
from indicators.german import NumberError
from indicators.model import Breakdown
from indicators.periods import Period, PeriodError, PeriodKind
from indicators.targets import Point

Typed = str | bool | list[str] | None
AXES_JOINED = " × "
NO_AGE = "kein Alter"


class InputError(MonitoringError):
    """Something typed that cannot be read; says what to write."""


def as_text(value: object) -> Typed:
    if value is None:
        return ""
    return str(value.value) if isinstance(value, Enum) else str(value)


def as_picked(value: object) -> Typed:
    return None if value is None or value == "" else as_text(value)


def plain_number(value: object) -> str:
    """As somebody types it: a point for thousands could be read in two ways."""
    return plain_said(value).replace(".", "")


def as_number(value: object) -> Typed:
    return "" if value is None else plain_number(value)


def as_list(value: object) -> Typed:
    return [str(one) for one in value] if isinstance(value, tuple) else []


def as_lines(value: object) -> Typed:
    return "\n".join(str(one) for one in value) if isinstance(value, tuple) else ""


def as_period(value: object) -> Typed:
    """Days as they are written in German, all else as it stands in the file."""
    if isinstance(value, Period) and value.kind is PeriodKind.DATE:
        return german.day(value.end)
    return as_text(value)


def as_point(value: object) -> Typed:
    return f"{as_period(value.period)}: {plain_number(value.value)}" if isinstance(value, Point) else ""


def as_points(value: object) -> Typed:
    return "\n".join(str(as_point(one)) for one in value) if isinstance(value, tuple) else ""


def as_breaks(value: object) -> Typed:
    return "\n".join(f"{as_period(one.period)}: {one.note}" for one in value) if isinstance(value, tuple) else ""


def as_wordings(value: object) -> Typed:
    lines = (" | ".join(filter(None, (one.title, " ".join(one.text.split())))) for one in _tuple(value))
    return "\n".join(f"{as_period(one.valid_to)}: {line}" for one, line in zip(_tuple(value), lines, strict=True))


def as_past_goals(value: object) -> Typed:
    return "\n".join(f"{as_period(one.valid_to)}: {one.goal}" for one in _tuple(value))


def _tuple(value: object) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else ()


def as_group(value: object) -> Typed:
    return value.code if isinstance(value, Breakdown) else ""


def as_axes(value: object) -> Typed:
    return [AXES_JOINED.join(axes) for axes in value] if isinstance(value, tuple) else []


def as_day(value: object) -> Typed:
    month, _, day = str(value or "").partition("-")
    return f"{day}.{month}." if day else ""


def as_ages(value: object) -> Typed:
    if not isinstance(value, tuple):
        return ""
    return " bis unter ".join("" if age is None else plain_said(age) for age in value) or NO_AGE


def as_gap(value: object) -> Typed:
    return value.short if isinstance(value, Gap) else None


def as_versions(value: object) -> Typed:
    return (
        "\n".join(f"{as_period(one.valid_from)}: {one.definition}" for one in value) if isinstance(value, tuple) else ""
    )


def as_members(value: object) -> Typed:
    return "\n".join(f"{one.code}: {one.title}" for one in value) if isinstance(value, tuple) else ""


def as_typed(typed: Typed) -> object:
    return typed.strip() if isinstance(typed, str) else typed


def read_number(typed: Typed) -> object:
    try:
        value = german.parse_number(str(typed))
    except NumberError as error:
        raise InputError(str(error)) from error
    return int(value) if value == int(value) else value


def read_period(typed: Typed) -> object:
    try:
        return str(Period.parse(str(typed).strip()))
    except PeriodError as error:
        raise InputError(str(error)) from error


def read_point(typed: Typed) -> object:
    period, colon, value = str(typed).partition(":")
    if not colon:
        raise InputError(f"„{typed}“ ist unvollständig. Bitte Zeitraum und Wert schreiben, zum Beispiel 2030: 40,0.")
    return {"period": read_period(period), "value": read_number(value.strip())}


def read_break(typed: str) -> object:
    period, colon, note = typed.partition(":")
    if not colon or not note.strip():
        raise InputError(f"„{typed}“ ist unvollständig. Bitte Zeitraum und Grund schreiben, zum Beispiel 2024: Zensus.")
    return {"period": read_period(period), "note": note.strip()}


def read_wording(typed: str) -> object:
    period, title = _dated(typed, "Wortlaut", "31.12.2024: Mehr Kinder besuchen eine Kita.")
    title, bar, text = title.partition(" | ")
    return {"valid_to": period, "title": title.strip()} | ({"text": text.strip()} if bar and text.strip() else {})


def read_past_goal(typed: str) -> object:
    period, goal = _dated(typed, "Ziel", "31.12.2024: B-1.1")
    return {"goal": goal, "valid_to": period}


def _dated(typed: str, what: str, example: str) -> tuple[object, str]:
    period, _, said = typed.partition(":")
    if not said.strip():
        raise InputError(f"„{typed}“ ist unvollständig. Bitte letzten Tag und {what} schreiben, zum Beispiel {example}")
    return read_period(period), said.strip()


def read_lines(typed: Typed) -> Sequence[str]:
    return [line.strip() for line in str(typed).splitlines() if line.strip()]


def read_group(typed: Typed) -> object:
    return dict(Breakdown.parse(str(typed)).members)


def read_axes(typed: Typed) -> object:
    return [one.split(AXES_JOINED) if one else [] for one in typed] if isinstance(typed, list) else []


def read_day(typed: Typed) -> object:
    found = re.fullmatch(r"(\d{1,2})\.\s*(\d{1,2})\.?", str(typed).strip())
    if not found:
        raise InputError(f"„{typed}“ ist kein Stichtag. Bitte Tag und Monat schreiben, zum Beispiel 01.03.")
    return f"{int(found[2]):02d}-{int(found[1]):02d}"


def read_ages(typed: Typed) -> object:
    if str(typed).strip() == NO_AGE:
        return []
    found = re.fullmatch(r"(\d+)\s*bis unter\s*(\d*)", str(typed).strip())
    if not found:
        raise InputError(f"„{typed}“ ist keine Altersspanne. Bitte schreiben: 0 bis unter 18, ohne Ende 65 bis unter.")
    return [int(found[1]), int(found[2]) if found[2] else None]


def read_gap(typed: Typed) -> object:
    return Gap.of_short(str(typed))


def read_version(typed: str) -> object:
    found = read_break(typed)
    assert isinstance(found, dict)
    return {"valid_from": found["period"], "definition": found["note"]}


def read_member(line: str) -> object:
    code, colon, title = (part.strip() for part in line.partition(":"))
    if colon and title:
        return {"code": code, "title": title}
    return {"code": _as_code(line), "title": line}


_PLAIN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def _as_code(title: str) -> str:
    """A code from a name: „Südstadt-West“ → suedstadt_west."""
    plain = title.casefold().translate(_PLAIN)
    code = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    return code if code[:1].isalpha() else f"m_{code}"
