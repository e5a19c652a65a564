"""The first definitions of a city that has none: name, fields, units, and the office itself as who reports."""

from collections.abc import Mapping, Sequence
from string import ascii_uppercase
from typing import Any

from indicators.catalogue.concept import FieldKind
from indicators.catalogue.editing import dumped, with_field, with_schema

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


def first_texts(name: str, area_code: str, fields: Sequence[str], reporters: Sequence[str] = ()) -> dict[str, str]:
    """The files of a city with these fields, lettered from A; each has one goal to begin with. Reporters are written
    „FB 51: Jugend“, or by their name alone."""
    city: dict[str, Any] = {"name": name.strip()} | ({"area_code": area_code.strip()} if area_code.strip() else {})
    office = {"code": OFFICE, "name": "Stabsstelle Integration"}
    begun = {
        "city.yaml": city,
        "units.yaml": {"units": list(UNITS)},
        "dimensions.yaml": {"dimensions": list(DIMENSIONS)},
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
