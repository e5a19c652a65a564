"""The first definitions of a city that has none: name, fields, units, and the office itself as who reports."""

from collections.abc import Sequence
from typing import Any

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
STRUCTURES = {
    "eigene Handlungsfelder": (),
    "acht Handlungsfelder": (
        "Sprache", "Bildung", "Arbeit", "Wohnen", "Gesundheit", "Soziales", "Kultur und Sport", "Teilhabe",
    ),
    "zwei Bereiche": ("Ankommen", "Zusammenleben"),
}  # fmt: skip
"""Structures to start from."""


def first_texts(name: str, area_code: str, fields: Sequence[str]) -> dict[str, str]:
    """The files of a city with these fields, lettered from A; each has one goal to begin with."""
    city: dict[str, Any] = {"name": name.strip()} | ({"area_code": area_code.strip()} if area_code.strip() else {})
    office = {"code": "SI", "name": "Stabsstelle Integration"}
    begun = {
        "city.yaml": city,
        "units.yaml": {"units": list(UNITS)},
        "dimensions.yaml": {"dimensions": list(DIMENSIONS)},
        "reporters.yaml": {"reporters": [office]},
    }
    texts = {name: with_schema(dumped(content)) for name, content in begun.items()}
    for number, title in enumerate(fields):
        code = chr(ord("A") + number) if number < 26 else f"F{number + 1}"
        goal = {"code": f"{code}-1", "title": f"Ziel im Handlungsfeld {title}"}
        texts = with_field(texts, code, {"title": title, "guiding_goals": [goal]})
    return texts
