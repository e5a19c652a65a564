"""The small city with a neighbour, official keys, and where official statistics count the same."""

import shutil
from pathlib import Path

from tests.conftest import SMALL_CITY

AGENCY_TABLE = "Kinder am Wohnort nach Kreisen"


def definitions(folder: Path) -> Path:
    """Written to the folder."""
    shutil.copytree(SMALL_CITY, folder)
    for path in folder.glob("*.yaml"):
        text = path.read_text()
        text = text.replace(
            "members: [{code: land, title: Land}]",
            'members: [{code: land, title: Land, synonyms: ["99"]},'
            ' {code: nachbar, title: Nachbarstadt, synonyms: ["99404", "Nachbarstadt, kreisfreie Stadt"]}]',
        )
        text = text.replace("name: Musterstadt", 'name: Musterstadt\narea_code: "99403"')
        text = text.replace(
            "title: Kinder, unit: Personen,",
            f'title: Kinder, unit: Personen, published: ["99411-01-01-5 · KIND01 · Kinder", "{AGENCY_TABLE}"],',
        )
        text = text.replace(
            "title: Betreute Kinder, unit: Personen,",
            'title: Betreute Kinder, unit: Personen, published: ["99541 · KITA", "Kita-Monitor 3-1"],',
        )
        path.write_text(text)
    return folder
