"""Under which heading of the navigation a page stands, and which chapter of the Handbuch tells of it."""

from collections.abc import Mapping

SECTIONS: Mapping[str, tuple[str, ...]] = {
    "Ziele und Zahlen": ("overview", "field", "indicator", "concept", "what_if", "comparison"),
    "Steuerung": ("reminders", "measures", "agreements", "funding", "meetings", "compose", "meeting", "paper"),
    "Daten": ("deliver", "deliveries", "definitions", "define"),
    "Bericht": ("bericht", "published"),
    "Verwaltung und Hilfe": ("administration", "hilfe"),
}
"""Files of pages by heading. A page that is in none of them stands last under the first."""

CHAPTERS: Mapping[str, str] = {
    "overview": "das-jahr-der-stabsstelle",
    "field": "eine-kennzahl-lesen",
    "indicator": "eine-kennzahl-lesen",
    "concept": "das-konzept-und-seine-fortschreibung",
    "what_if": "eine-kennzahl-lesen",
    "comparison": "staedtevergleich",
    "reminders": "termine-und-erinnerungen",
    "measures": "massnahmen",
    "agreements": "zielvereinbarungen",
    "funding": "foerderung-vereinbarungen-nachweise-angebote",
    "meetings": "die-sitzung-in-schritten",
    "compose": "die-sitzung-in-schritten",
    "meeting": "sitzung-und-bericht",
    "paper": "protokoll-folien-und-vorlagen",
    "deliver": "lieferungen-pruefen-und-uebernehmen",
    "deliveries": "zurueckziehen-und-wiederherstellen",
    "definitions": "den-katalog-pflegen",
    "define": "den-katalog-im-browser-aendern",
    "bericht": "der-integrationsbericht",
    "published": "eine-kennzahl-freigeben",
    "administration": "datenschutz",
}
"""A page without one leads to the beginning of the Handbuch."""


def section_of(file: str) -> str:
    first = next(iter(SECTIONS))
    return next((title for title, files in SECTIONS.items() if file in files), first)
