"""The first definitions of a city that has none: name, fields, units, and the office itself as who reports."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from string import ascii_uppercase
from typing import Any

from indicators import german
from indicators.catalogue.concept import FieldKind
from indicators.catalogue.editing import dumped, with_field, with_schema
from indicators.errors import MonitoringError

UNITS: Sequence[dict[str, object]] = (
    {"code": "Anzahl", "title": "Anzahl"},
    {"code": "Personen", "title": "Personen"},
    {"code": "Prozent", "title": "Prozent", "symbol": "%", "decimals": 1, "percentage": True},
    {"code": "Prozentpunkte", "title": "Prozentpunkte", "symbol": "%-Pkt.", "decimals": 1},
    {
        "code": "je 1.000",
        "title": "Personen je 1.000 Einwohnerinnen und Einwohner",
        "symbol": "je 1.000",
        "ratio": True,
    },
)
DIMENSIONS: Sequence[dict[str, object]] = (
    {
        "code": "geschlecht",
        "title": "Geschlecht",
        "role": "sex",
        "complete": True,
        "members": [{"code": "weiblich", "title": "weiblich"}, {"code": "maennlich", "title": "männlich"}],
    },
    {
        "code": "herkunft",
        "title": "Staatsangehörigkeit",
        "role": "origin",
        "complete": True,
        "members": [
            {"code": "auslaendisch", "title": "Ausländerinnen und Ausländer"},
            {"code": "deutsch", "title": "Deutsche"},
        ],
    },
)
DISTRICT = re.compile(r"(?P<name>.+?)(?:\s+ab\s+(?P<begin>\d\S*))?(?:\s+bis\s+(?P<end>\d\S*))?")
OVERARCHING = {
    "Gesamtstädtische Steuerung und Kommunikation": "S",
    "Interkulturelle Öffnung der Verwaltung": "V",
}
"""Leverkusen's two fields that concern the administration itself, with codes: the paper gives letters to the eight."""

EIGHT = (
    "Sprache/Sprachförderung",
    "Erziehung und (institutionelle) Bildung",
    "Qualifizierung, Ausbildung und Arbeit",
    "Wohnen und Unterbringung",
    "Gesundheit",
    "Zivilgesellschaftliches/Bürgerschaftliches Engagement und Freizeit, Kultur und Sport",
    "Interkultureller und interreligiöser Dialog",
    "Altern in der Migrationsgesellschaft/Senioren",
)
STRUCTURES: Mapping[str, Sequence[str]] = {
    "eigene Handlungsfelder": (),
    "Leverkusen: zwei übergreifende und acht Handlungsfelder": (*OVERARCHING, *EIGHT),
    "Themen der Monitoringberichte": (
        "Bevölkerung",
        "Rechtliche Integration",
        "Bildung",
        "Arbeitsmarkt",
        "Wohnen",
        "Gesundheit",
        "Soziale und kulturelle Integration",
        "Identifikation",
    ),
}
"""Structures to start from: of the concept of 2017, and the order of chapters in which Länder and cities report."""


def first_texts(
    name: str,
    area_code: str,
    fields: Sequence[str],
    reporters: Sequence[str] = (),
    districts: Sequence[str] = (),
    ages: str = "",
) -> dict[str, str]:
    """The files of a city with these fields, lettered from A; each has one goal to begin with. Reporters are written
    „FB 51: Jugend“, or by their name alone; districts „Hafen bis 31.12.2023“; ages by their limits, „6, 18, 65“.

    Raises MonitoringError for days and ages that are none."""
    city: dict[str, Any] = {"name": name.strip()} | ({"area_code": area_code.strip()} if area_code.strip() else {})
    office = {"code": OFFICE, "name": "Stabsstelle Integration"}
    begun = {
        "city.yaml": city,
        "units.yaml": {"units": list(UNITS)},
        "dimensions.yaml": {"dimensions": [*DIMENSIONS, *_ages(ages), *_districts(districts)]},
        "reporters.yaml": {"reporters": [office, *map(_reporter, reporters)]},
    }
    texts = {name: with_schema(dumped(content)) for name, content in begun.items()}
    for code, title in field_codes(fields).items():
        goal = {"code": f"{code}-1", "title": f"Ziel im Handlungsfeld {title}"}
        kind = {"kind": FieldKind.OVERARCHING.value} if title in OVERARCHING else {}
        texts = with_field(texts, code, {"title": title, **kind, "guiding_goals": [goal]})
    return texts


OFFICE = "SI"
"""Who reports in a city that has just begun."""


def field_codes(fields: Sequence[str]) -> dict[str, str]:
    """Code → title: the overarching ones have their own, the others are lettered from A."""
    letters = (letter for letter in ascii_uppercase if letter not in OVERARCHING.values())
    return {OVERARCHING.get(title) or next(letters, f"F{number}"): title for number, title in enumerate(fields, 1)}


def _reporter(line: str) -> dict[str, object]:
    code, colon, name = (part.strip() for part in line.partition(":"))
    return {"code": code[:20].strip(), "name": name if colon and name else code}


def _districts(lines: Sequence[str]) -> list[dict[str, Any]]:
    """The districts with the days between which they are there."""
    members: dict[str, dict[str, Any]] = {}
    for line in lines:
        found = DISTRICT.fullmatch(line.strip())
        assert found is not None
        code = plain = _code(found["name"])
        while code in members:
            code = f"{plain}_{len(members) + 1}"
        members[code] = {"code": code, "title": found["name"]}
        for key, text in (("valid_from", found["begin"]), ("valid_to", found["end"])):
            if text:
                members[code][key] = _day(text, line)
    if not members:
        return []
    return [{"code": "stadtteil", "title": "Stadtteil", "role": "district", "members": list(members.values())}]


def _ages(limits: str) -> list[dict[str, Any]]:
    """„6, 18, 65“: under 6, 6 to under 18, 18 to under 65, 65 and older."""
    if not limits.strip():
        return []
    found = [text.strip() for text in limits.replace(";", ",").split(",") if text.strip()]
    numbers = [int(text) if text.isdecimal() else 0 for text in found]
    if not all(0 < number < 120 for number in numbers) or numbers != sorted(set(numbers)):
        raise MonitoringError(f"„{limits}“: Bitte die Altersgrenzen aufsteigend nennen, zum Beispiel: 6, 18, 30, 65.")
    first, last = numbers[0], numbers[-1]
    members: list[dict[str, Any]] = [{"code": f"u{first}", "title": f"unter {first} Jahre", "ages": [0, first]}]
    members += [
        {"code": f"a{low}_{high}", "title": f"{low} bis unter {high} Jahre", "ages": [low, high]}
        for low, high in pairwise(numbers)
    ]
    members.append({"code": f"ab{last}", "title": f"{last} Jahre und älter", "ages": [last, None]})
    return [{"code": "altersgruppe", "title": "Alter", "role": "age", "complete": True, "members": members}]


def _code(title: str) -> str:
    """„Süd-West“ → `sued_west`."""
    spelled = title.casefold()  # ß is ss now
    for letter, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue")):
        spelled = spelled.replace(letter, letters)
    plain = re.sub(r"[^a-z0-9]+", "_", spelled).strip("_")
    return plain if plain[:1].isalpha() else f"gebiet_{plain}".strip("_")


def _day(text: str, line: str) -> str:
    try:
        return german.parse_day(text).isoformat()
    except german.DayError as error:
        raise MonitoringError(f"„{line}“: „{text}“ ist kein Tag. Bitte so schreiben: Hafen bis 31.12.2023.") from error
