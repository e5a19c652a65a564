"""A workbook drawn like those of the Bundesagentur für Arbeit: a cover, a table with stacked heads and their running
numbers, place and key in one cell, signs for what is kept secret, notes and the copyright below."""

import io
from collections.abc import Mapping, Sequence

import openpyxl
from openpyxl.styles import Font

COUNTED = ("Insgesamt", "Deutsche", "Ausländer")


def workbook(rows: Mapping[str, Sequence[float | str]], title: str, day: str) -> bytes:
    """By „03404 Osnabrück, Stadt“ its numbers, one for each of COUNTED."""
    book = openpyxl.Workbook()
    cover = book.active
    cover.title = "Deckblatt"
    cover["B4"], cover["B6"], cover["B8"] = "Tabellen", title, "Statistik der Bundesagentur für Arbeit"
    cover["B10"] = f"Stichtag: {day}"
    sheet = book.create_sheet("Tabelle")
    sheet["A1"], sheet["A1"].font = title, Font(bold=True)
    sheet["A2"] = "Land Niedersachsen, Kreise und kreisfreie Städte"
    sheet["A3"] = f"Stichtag: {day}, Datenstand: Januar 2024"
    sheet["A5"], sheet["B5"], sheet["C5"] = "Region", "Insgesamt", "darunter"
    sheet["C6"], sheet["D6"] = COUNTED[1:]
    for place in ("A5:A6", "B5:B6", "C5:D5"):
        sheet.merge_cells(place)
    for column, number in enumerate((" ", 1, 2, 3), start=1):
        sheet.cell(7, column, number)
    line = 8
    for line, (name, numbers) in enumerate(rows.items(), start=8):
        sheet.cell(line, 1, name)
        for column, number in enumerate(numbers, start=2):
            sheet.cell(line, column, number).number_format = "#,##0"
    sheet.cell(line + 2, 1, "*) Aus Gründen der statistischen Geheimhaltung werden Zahlenwerte kleiner 3 anonymisiert.")
    sheet.cell(line + 3, 1, "© Statistik der Bundesagentur für Arbeit")
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
