"""Writes one small workbook per layout quirk of departments' tables, with the cells that must be read from it.

Run `python tests/workbooks/make_quirks.py`. All tables and figures are invented. Each quirk is a grid and,
written by hand, its expected cells: `cell; value or sign; period; unit; labels, outermost first`, with `?` at
the end of a line for cells that must carry a doubt.
"""

import csv
import io
import json
import re
import sys
import zipfile
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Font

FOLDER = Path(__file__).parent / "quirks"
COLUMNS = ("cell", "value", "sign", "period", "unit", "labels", "doubt")
SIGNS = {"-", ".", "/", "x", "...", "*"}
NBSP = "\u00a0"
SOFT = "\u00ad"


def raised(text: str, marker: str) -> CellRichText:
    """A text with a raised footnote marker."""
    return CellRichText(text, TextBlock(InlineFont(vertAlign="superscript"), marker))


@dataclass
class Quirk:
    """`number` is the quirk's in the list; `start` is the first cell's (row, column)."""

    number: int
    name: str
    rows: list[tuple]
    expected: str
    merges: tuple[str, ...] = ()
    formats: dict[str, str] = field(default_factory=dict)
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[str, ...] = ()
    indents: dict[str, int] = field(default_factory=dict)
    bold: tuple[str, ...] = ()
    start: tuple[int, int] = (1, 1)
    sheet: str = "Tabelle1"
    others: tuple[str, ...] = ()

    @property
    def stem(self) -> str:
        return f"{self.number:02d}_{self.name}"

    def write(self, folder: Path) -> None:
        book = Workbook()
        sheet = book.active
        sheet.title = self.sheet
        for down, row in enumerate(self.rows):
            for right, value in enumerate(row):
                if value is not None:
                    sheet.cell(self.start[0] + down, self.start[1] + right, value)
        for merge in self.merges:
            sheet.merge_cells(merge)
        for address, number_format in self.formats.items():
            for line in sheet[address] if ":" in address else ((sheet[address],),):
                for cell in line:
                    cell.number_format = number_format
        for address, indent in self.indents.items():
            sheet[address].alignment = Alignment(indent=indent)
        for address in self.bold:
            sheet[address].font = Font(bold=True)
        for row in self.hidden_rows:
            sheet.row_dimensions[row].hidden = True
        for letter in self.hidden_columns:
            sheet.column_dimensions[letter].hidden = True
        for other in self.others:
            book.create_sheet(other)["A1"] = "Notizen"
        buffer = io.BytesIO()
        book.save(buffer)
        (folder / f"{self.stem}.xlsx").write_bytes(_timeless(buffer.getvalue()))
        self._write_expected(folder / f"{self.stem}.csv")

    def _write_expected(self, path: Path) -> None:
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(COLUMNS)
            writer.writerows(expectation(line) for line in self.expected.strip().splitlines())


def _timeless(content: bytes) -> bytes:
    """The same bytes on every run: no time of writing in the zip or in the properties."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as after:
        for member in before.infolist():
            part = before.read(member)
            if member.filename == "docProps/core.xml":
                part = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2026-01-01T00:00:00Z", part)
            after.writestr(zipfile.ZipInfo(member.filename, (2026, 1, 1, 0, 0, 0)), part, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def expectation(line: str) -> tuple[str, ...]:
    parts = [part.strip() for part in line.split(";")]
    cell, said, period, unit, labels = parts[:5]
    bracket = said.startswith("(")
    value = "" if said in SIGNS else said.strip("()")
    sign = "()" if bracket else said if said in SIGNS else ""
    names = [name.strip() for name in labels.split("|")]
    return cell, value, sign, period, unit, json.dumps(names, ensure_ascii=False), "?" if "?" in parts[5:] else ""


_ = None
HEAD = ("Gebiet", "Jahr", "Frauen", "Männer")

# fmt: off
QUIRKS = [
    Quirk(1, "title_lines_and_offset", [
        ("Integrationsbericht der Stadt Musterstadt",),
        (_,),
        ("Indikator 4: Beschäftigte",),
        ("Tabelle 4-1: Beschäftigte nach Geschlecht",),
        (_,),
        HEAD,
        ("Mitte", 2020, 12, 13),
        ("Nord", 2020, 22, 23),
    ], """
        E8; 12; 2020; ; Mitte | Frauen
        F8; 13; 2020; ; Mitte | Männer
        E9; 22; 2020; ; Nord | Frauen
        F9; 23; 2020; ; Nord | Männer
    """, start=(2, 3)),
    Quirk(2, "six_head_rows", [
        ("Tabelle: Schulabgänge 2021",),
        (_,),
        ("Schulform", "Abgänge", _, _, _, _),
        (_, "Deutsche", _, "Ausländerinnen und Ausländer", _, "Insgesamt"),
        (_, _, _, _, _, _),
        (_, "mit Abschluss", _, "mit Abschluss", _, _),
        (_, "Frauen", "Männer", "Frauen", "Männer", _),
        (_, "Anzahl", _, _, _, _),
        ("Gymnasium", 10, 11, 12, 13, 46),
        ("Realschule", 20, 21, 22, 23, 86),
    ], """
        B9; 10; 2021; Anzahl; Gymnasium | Abgänge | Deutsche | mit Abschluss | Frauen
        C9; 11; 2021; Anzahl; Gymnasium | Abgänge | Deutsche | mit Abschluss | Männer
        D9; 12; 2021; Anzahl; Gymnasium | Abgänge | Ausländerinnen und Ausländer | mit Abschluss | Frauen
        E9; 13; 2021; Anzahl; Gymnasium | Abgänge | Ausländerinnen und Ausländer | mit Abschluss | Männer
        F9; 46; 2021; Anzahl; Gymnasium | Abgänge | Insgesamt
        B10; 20; 2021; Anzahl; Realschule | Abgänge | Deutsche | mit Abschluss | Frauen
        C10; 21; 2021; Anzahl; Realschule | Abgänge | Deutsche | mit Abschluss | Männer
        D10; 22; 2021; Anzahl; Realschule | Abgänge | Ausländerinnen und Ausländer | mit Abschluss | Frauen
        E10; 23; 2021; Anzahl; Realschule | Abgänge | Ausländerinnen und Ausländer | mit Abschluss | Männer
        F10; 86; 2021; Anzahl; Realschule | Abgänge | Insgesamt
    """, merges=("A3:A8", "B3:F3", "B4:C4", "D4:E4", "B6:C6", "D6:E6", "F4:F7", "B8:F8")),
    Quirk(2, "unmerged_group_heads", [
        ("Bezirk", "Jahr", "Deutsche", _, "Ausländer", _, "Summe"),
        (_, _, "Frauen", "Männer", "Frauen", "Männer", _),
        ("Mitte", 2020, 1, 2, 3, 4, 10),
        ("Nord", 2020, 5, 6, 7, 8, 26),
    ], """
        C3; 1; 2020; ; Mitte | Deutsche | Frauen
        D3; 2; 2020; ; Mitte | Deutsche | Männer
        E3; 3; 2020; ; Mitte | Ausländer | Frauen
        F3; 4; 2020; ; Mitte | Ausländer | Männer
        G3; 10; 2020; ; Mitte | Summe
        C4; 5; 2020; ; Nord | Deutsche | Frauen
        D4; 6; 2020; ; Nord | Deutsche | Männer
        E4; 7; 2020; ; Nord | Ausländer | Frauen
        F4; 8; 2020; ; Nord | Ausländer | Männer
        G4; 26; 2020; ; Nord | Summe
    """),
    Quirk(3, "head_spelled_by_syllables", [
        ("Ergebnisse 2022",),
        (_,),
        ("Bezirk", "abge-", "noch", "Ins-"),
        (_, "schlos-", "nicht", "ge-"),
        (_, "sene", "begon-", "samt"),
        (_, "Kurse", "nen", _),
        ("Mitte", 5, 6, 11),
        ("Nord", 7, 8, 15),
    ], """
        B7; 5; 2022; ; Mitte | abgeschlossene | Kurse
        C7; 6; 2022; ; Mitte | noch | nicht | begonnen
        D7; 11; 2022; ; Mitte | Insgesamt
        B8; 7; 2022; ; Nord | abgeschlossene | Kurse
        C8; 8; 2022; ; Nord | noch | nicht | begonnen
        D8; 15; 2022; ; Nord | Insgesamt
    """),
    Quirk(3, "phrase_over_two_cells", [
        ("Merkmal", "Jahr", "ohne", "mit"),
        (_, _, "Migrationshintergrund 3)", _),
        ("Wohnfläche", 2018, 55.7, 42.6),
        ("Miete", 2018, 6.5, 7.5),
    ], """
        C3; 55.7; 2018; ; Wohnfläche | ohne | Migrationshintergrund
        D3; 42.6; 2018; ; Wohnfläche | mit | Migrationshintergrund
        C4; 6.5; 2018; ; Miete | ohne | Migrationshintergrund
        D4; 7.5; 2018; ; Miete | mit | Migrationshintergrund
    """, merges=("A1:A2", "B1:B2", "C2:D2")),
    Quirk(4, "breaks_and_hyphens", [
        ("Schulform", "Jahr", "Bevölkerung\nohne\nMigrations-\nhintergrund", f"Berufs{SOFT}grundbil- dungsjahr",
         f"Kinder{NBSP}unter 3{NBSP}Jahren", "Voll- und Teilzeit"),
        ("Gymnasium", 2020, 1, 2, 3, 4),
        ("Realschule", 2020, 5, 6, 7, 8),
    ], """
        C2; 1; 2020; ; Gymnasium | Bevölkerung ohne Migrationshintergrund
        D2; 2; 2020; ; Gymnasium | Berufsgrundbildungsjahr
        E2; 3; 2020; ; Gymnasium | Kinder unter 3 Jahren
        F2; 4; 2020; ; Gymnasium | Voll- und Teilzeit
        C3; 5; 2020; ; Realschule | Bevölkerung ohne Migrationshintergrund
        D3; 6; 2020; ; Realschule | Berufsgrundbildungsjahr
        E3; 7; 2020; ; Realschule | Kinder unter 3 Jahren
        F3; 8; 2020; ; Realschule | Voll- und Teilzeit
    """),
    Quirk(5, "footnote_markers", [
        ("Gebiet1)", "Jahr2)", "Quote1) der Frauen", "1)\nFläche", "Insgesamt1,2)", "Männer 3)"),
        ("Mitte1)", "20191)", 1.5, 2.5, 3.5, 4.5),
        (raised("Nord", "2"), raised("2018", "1)"), 5.5, 6.5, 7.5, 8.5),
    ], """
        C2; 1.5; 2019; ; Mitte | Quote der Frauen
        D2; 2.5; 2019; ; Mitte | Fläche
        E2; 3.5; 2019; ; Mitte | Insgesamt
        F2; 4.5; 2019; ; Mitte | Männer
        C3; 5.5; 2018; ; Nord | Quote der Frauen
        D3; 6.5; 2018; ; Nord | Fläche
        E3; 7.5; 2018; ; Nord | Insgesamt
        F3; 8.5; 2018; ; Nord | Männer
    """),
    Quirk(6, "merge_ends_too_early", [
        ("Gebiet", "Betreute Kinder", _, _, _),
        (_, 2018, 2019, 2020, 2021),
        (_, "Anzahl", _, _, _),
        ("Mitte", 10, 11, 12, 13),
        ("Nord", 20, 21, 22, 23),
    ], """
        B4; 10; 2018; Anzahl; Mitte | Betreute Kinder
        C4; 11; 2019; Anzahl; Mitte | Betreute Kinder
        D4; 12; 2020; Anzahl; Mitte | Betreute Kinder
        E4; 13; 2021; Anzahl; Mitte | Betreute Kinder; ?
        B5; 20; 2018; Anzahl; Nord | Betreute Kinder
        C5; 21; 2019; Anzahl; Nord | Betreute Kinder
        D5; 22; 2020; Anzahl; Nord | Betreute Kinder
        E5; 23; 2021; Anzahl; Nord | Betreute Kinder; ?
    """, merges=("A1:A3", "B1:D1", "B3:D3")),
    Quirk(7, "same_heads_in_groups", [
        ("Jahr", "Insgesamt", _, "davon", _, _, _),
        (_, "Insgesamt", "Frauen", "EU-Staaten", _, "Drittstaaten", _),
        (_, _, _, "Insgesamt", "Frauen", "Insgesamt", "Frauen"),
        (2020, 10, 5, 4, 2, 6, 3),
        (2021, 12, 6, 5, 2, 7, 4),
    ], """
        B4; 10; 2020; ; Insgesamt | Insgesamt
        C4; 5; 2020; ; Insgesamt | Frauen
        D4; 4; 2020; ; davon | EU-Staaten | Insgesamt
        E4; 2; 2020; ; davon | EU-Staaten | Frauen
        F4; 6; 2020; ; davon | Drittstaaten | Insgesamt
        G4; 3; 2020; ; davon | Drittstaaten | Frauen
        B5; 12; 2021; ; Insgesamt | Insgesamt
        C5; 6; 2021; ; Insgesamt | Frauen
        D5; 5; 2021; ; davon | EU-Staaten | Insgesamt
        E5; 2; 2021; ; davon | EU-Staaten | Frauen
        F5; 7; 2021; ; davon | Drittstaaten | Insgesamt
        G5; 4; 2021; ; davon | Drittstaaten | Frauen
    """, merges=("A1:A3", "B1:C1", "D1:G1", "B2:B3", "C2:C3", "D2:E2", "F2:G2")),
    Quirk(8, "stub_head_is_a_list_or_helper", [
        ("Wanderungen 2005 bis 2020",),
        (_,),
        ("Jahr", "Zuzug\nFortzug\nSaldo", "Insgesamt", "Frauen"),
        ("Spalte1", "Spalte2", "Spalte3", "Spalte4"),
        (2020, "Zuzüge", 30, 14),
        (2020, "Fortzüge", 20, 11),
        (2020, "Saldo", 10, 3),
    ], """
        C5; 30; 2020; ; Zuzüge | Insgesamt
        D5; 14; 2020; ; Zuzüge | Frauen
        C6; 20; 2020; ; Fortzüge | Insgesamt
        D6; 11; 2020; ; Fortzüge | Frauen
        C7; 10; 2020; ; Saldo | Insgesamt
        D7; 3; 2020; ; Saldo | Frauen
    """),
    Quirk(8, "stub_head_missing", [
        ("Tabelle 3: Kurse",),
        (_,),
        (_, 2020, 2021),
        (_, "Anzahl", _),
        ("Mitte", 30, 14),
        ("Nord", 20, 11),
    ], """
        B5; 30; 2020; Anzahl; Mitte
        C5; 14; 2021; Anzahl; Mitte
        B6; 20; 2020; Anzahl; Nord
        C6; 11; 2021; Anzahl; Nord
    """, merges=("B4:C4",)),
    Quirk(9, "title_contradicts_the_data", [
        ("Indikator B7: Beschäftigte am 30.06.2015",),
        (_,),
        HEAD,
        ("Mitte", 2019, 12, 13),
        ("Mitte", 2020, 22, 23),
        ("Mitte", 2021, 32, 33),
    ], """
        C4; 12; 2019; ; Mitte | Frauen
        D4; 13; 2019; ; Mitte | Männer
        C5; 22; 2020; ; Mitte | Frauen
        D5; 23; 2020; ; Mitte | Männer
        C6; 32; 2021; ; Mitte | Frauen
        D6; 33; 2021; ; Mitte | Männer
    """),
    Quirk(10, "units_in_several_places", [
        ("Gebiet", "Jahr", "Einwohner", _, "Quote", "Fläche in qkm", "Miete"),
        (_, _, 1000, _, "Prozent", _, "€"),
        ("Mitte", 2020, 1.5, 2.5, 33.3, 12.5, 7.5),
        ("Nord", 2020, 3.5, 4.5, 44.4, 13.5, 8.5),
    ], """
        C3; 1.5; 2020; 1000; Mitte | Einwohner; ?
        D3; 2.5; 2020; 1000; Mitte | Einwohner; ?
        E3; 33.3; 2020; Prozent; Mitte | Quote
        F3; 12.5; 2020; qkm; Mitte | Fläche in qkm
        G3; 7.5; 2020; €; Mitte | Miete
        C4; 3.5; 2020; 1000; Nord | Einwohner; ?
        D4; 4.5; 2020; 1000; Nord | Einwohner; ?
        E4; 44.4; 2020; Prozent; Nord | Quote
        F4; 13.5; 2020; qkm; Nord | Fläche in qkm
        G4; 8.5; 2020; €; Nord | Miete
    """, merges=("C1:D1", "C2:D2")),
    Quirk(10, "unit_per_row", [
        ("Merkmal", "Jahr", "Einheit", "Frauen", "Männer"),
        ("Wohnfläche", 2018, raised("m", "2"), 53.8, 55.7),
        ("Kaltmiete", 2018, "€", 6.7, 6.5),
    ], """
        D2; 53.8; 2018; m2; Wohnfläche | Frauen
        E2; 55.7; 2018; m2; Wohnfläche | Männer
        D3; 6.7; 2018; €; Kaltmiete | Frauen
        E3; 6.5; 2018; €; Kaltmiete | Männer
    """),
    Quirk(10, "unit_says_count_over_rates", [
        ("Gebiet", "Jahr", "Quote der Frauen", "Quote der Männer"),
        (_, _, "Anzahl", _),
        ("Mitte", 2020, 33.25, 44.5),
        ("Nord", 2020, 34.75, 45.25),
    ], """
        C3; 33.25; 2020; Anzahl; Mitte | Quote der Frauen; ?
        D3; 44.5; 2020; Anzahl; Mitte | Quote der Männer; ?
        C4; 34.75; 2020; Anzahl; Nord | Quote der Frauen; ?
        D4; 45.25; 2020; Anzahl; Nord | Quote der Männer; ?
    """, merges=("C2:D2",)),
    Quirk(11, "column_numbers_with_gaps", [
        ("AGS", "Gebiet", "Jahr", "Frauen", "Männer", "Insgesamt"),
        ("AGS", "1", "2", 3, 4, 6),
        (_,),
        (101, "Mitte", 2020, 12, 13, 25),
        (102, "Nord", 2020, 22, 23, 45),
    ], """
        D4; 12; 2020; ; Mitte | Frauen
        E4; 13; 2020; ; Mitte | Männer
        F4; 25; 2020; ; Mitte | Insgesamt
        D5; 22; 2020; ; Nord | Frauen
        E5; 23; 2020; ; Nord | Männer
        F5; 45; 2020; ; Nord | Insgesamt
    """),
    Quirk(11, "column_numbers_below_a_long_stub_head", [
        ("Kreise 2020",),
        (_,),
        ("Land", "Einwohner", _),
        ("Statistische Region", "Frauen", "Männer"),
        ("Einheits- und Samtgemeinde", 1, 2),
        ("Mitte", 12, 13),
        ("Nord", 22, 23),
    ], """
        B6; 12; 2020; ; Mitte | Einwohner | Frauen
        C6; 13; 2020; ; Mitte | Einwohner | Männer
        B7; 22; 2020; ; Nord | Einwohner | Frauen
        C7; 23; 2020; ; Nord | Einwohner | Männer
    """, merges=("B3:C3",)),
    Quirk(12, "years_between_head_rows", [
        ("Land", "Schulabgänge", _, _, _),
        (_, 2019, _, 2020, _),
        (_, "Deutsche", "Ausländer", "Deutsche", "Ausländer"),
        ("Mitte", 10, 11, 12, 13),
        ("Nord", 20, 21, 22, 23),
    ], """
        B4; 10; 2019; ; Mitte | Schulabgänge | Deutsche
        C4; 11; 2019; ; Mitte | Schulabgänge | Ausländer
        D4; 12; 2020; ; Mitte | Schulabgänge | Deutsche
        E4; 13; 2020; ; Mitte | Schulabgänge | Ausländer
        B5; 20; 2019; ; Nord | Schulabgänge | Deutsche
        C5; 21; 2019; ; Nord | Schulabgänge | Ausländer
        D5; 22; 2020; ; Nord | Schulabgänge | Deutsche
        E5; 23; 2020; ; Nord | Schulabgänge | Ausländer
    """, merges=("A1:A3", "B1:E1", "B2:C2", "D2:E2")),
    Quirk(12, "reference_day_in_the_head", [
        ("Land", "Jahr\n(Stichtag: 01. März)", "unter 3 Jahre", "3 bis 6 Jahre"),
        ("Mitte", 2019, 31.5, 91.5),
        ("Mitte", 2020, 32.5, 92.5),
    ], """
        C2; 31.5; 2019-03-01; ; Mitte | unter 3 Jahre
        D2; 91.5; 2019-03-01; ; Mitte | 3 bis 6 Jahre
        C3; 32.5; 2020-03-01; ; Mitte | unter 3 Jahre
        D3; 92.5; 2020-03-01; ; Mitte | 3 bis 6 Jahre
    """),
    Quirk(12, "months_dates_terms_school_years", [
        ("Zeitraum", "Frauen", "Männer"),
        ("Juni 2007", 1, 2),
        (date(2019, 12, 31), 3, 4),
        ("WS 2005/06", 5, 6),
        ("Schuljahr 2019/20", 7, 8),
        ("31.12.2020*", 9, 10),
    ], """
        B2; 1; 2007-06; ; Frauen
        C2; 2; 2007-06; ; Männer
        B3; 3; 2019-12-31; ; Frauen
        C3; 4; 2019-12-31; ; Männer
        B4; 5; 2005/06; ; Frauen
        C4; 6; 2005/06; ; Männer
        B5; 7; 2019/20; ; Frauen
        C5; 8; 2019/20; ; Männer
        B6; 9; 2020-12-31; ; Frauen
        C6; 10; 2020-12-31; ; Männer
    """, formats={"A3": "dd.mm.yyyy"}),
    Quirk(12, "period_in_a_line_above", [
        ("Bevölkerung, Gebietsstand 01.07.2017",),
        ("Jahr: 2020*",),
        (_,),
        ("Gebiet", "Frauen", "Männer"),
        ("Mitte", 1, 2),
        ("Nord", 3, 4),
    ], """
        B5; 1; 2020; ; Mitte | Frauen
        C5; 2; 2020; ; Mitte | Männer
        B6; 3; 2020; ; Nord | Frauen
        C6; 4; 2020; ; Nord | Männer
    """),
    Quirk(12, "period_in_a_letter_spaced_title", [
        ("B e v ö l k e r u n g   i m   J a h r   2 0 1 9",),
        (_,),
        ("Gebiet", "Frauen", "Männer"),
        ("Mitte", 1, 2),
        ("Nord", 3, 4),
    ], """
        B4; 1; 2019; ; Mitte | Frauen
        C4; 2; 2019; ; Mitte | Männer
        B5; 3; 2019; ; Nord | Frauen
        C5; 4; 2019; ; Nord | Männer
    """),
    Quirk(13, "change_columns_beside_years", [
        ("Gebiet", "Einwohner am 31.12.", _, "Veränderung", _),
        (_, 2019, 2020, "2020 / 2005", "2020 / 2019"),
        (_, "Anzahl", _, "Prozent", _),
        ("Mitte", 100, 110, 12.5, 10),
        ("Nord", 200, 210, 13.5, 5),
    ], """
        B4; 100; 2019-12-31; Anzahl; Mitte | Einwohner am 31.12.
        C4; 110; 2020-12-31; Anzahl; Mitte | Einwohner am 31.12.
        D4; 12.5; ; Prozent; Mitte | Veränderung | 2020 / 2005; ?
        E4; 10; ; Prozent; Mitte | Veränderung | 2020 / 2019; ?
        B5; 200; 2019-12-31; Anzahl; Nord | Einwohner am 31.12.
        C5; 210; 2020-12-31; Anzahl; Nord | Einwohner am 31.12.
        D5; 13.5; ; Prozent; Nord | Veränderung | 2020 / 2005; ?
        E5; 5; ; Prozent; Nord | Veränderung | 2020 / 2019; ?
    """, merges=("A1:A3", "B1:C1", "D1:E1", "B3:C3", "D3:E3")),
    Quirk(14, "year_of_delivery", [
        ("Lieferjahr", "Staat", 2018, 2019),
        (2020, "Polen", 10, 11),
        (2020, "Türkei", 20, 21),
        (2020, "Irak", 30, 31),
    ], """
        C2; 10; 2018; ; Polen
        D2; 11; 2019; ; Polen
        C3; 20; 2018; ; Türkei
        D3; 21; 2019; ; Türkei
        C4; 30; 2018; ; Irak
        D4; 31; 2019; ; Irak
    """),
    Quirk(15, "period_left_blank", [
        ("Land", "Semester", "Frauen", "Männer"),
        ("China", "WS 2005/06", 1, 2),
        ("Indien", "WS 2005/06", 3, 4),
        ("Iran", "WS 2005/06", 5, 6),
        ("insgesamt", _, 9, 12),
        (_,),
        ("China", "WS 2006/07", 7, 8),
        ("Indien", "WS 2006/07", 9, 10),
        ("Iran", "WS 2006/07", 11, 12),
        ("insgesamt", _, 27, 30),
    ], """
        C2; 1; 2005/06; ; China | Frauen
        D2; 2; 2005/06; ; China | Männer
        C3; 3; 2005/06; ; Indien | Frauen
        D3; 4; 2005/06; ; Indien | Männer
        C4; 5; 2005/06; ; Iran | Frauen
        D4; 6; 2005/06; ; Iran | Männer
        C5; 9; 2005/06; ; insgesamt | Frauen; ?
        D5; 12; 2005/06; ; insgesamt | Männer; ?
        C7; 7; 2006/07; ; China | Frauen
        D7; 8; 2006/07; ; China | Männer
        C8; 9; 2006/07; ; Indien | Frauen
        D8; 10; 2006/07; ; Indien | Männer
        C9; 11; 2006/07; ; Iran | Frauen
        D9; 12; 2006/07; ; Iran | Männer
        C10; 27; 2006/07; ; insgesamt | Frauen; ?
        D10; 30; 2006/07; ; insgesamt | Männer; ?
    """),
    Quirk(16, "years_newest_first_mistyped", [
        ("Jahr", "Frauen", "Männer"),
        (2021, 1, 2),
        (2020, 3, 4),
        (2917, 5, 6),
        (2016, 7, 8),
        (2015, 9, 10),
        (2005, 11, 12),
    ], """
        B2; 1; 2021; ; Frauen
        C2; 2; 2021; ; Männer
        B3; 3; 2020; ; Frauen
        C3; 4; 2020; ; Männer
        B4; 5; ; ; 2917 | Frauen; ?
        C4; 6; ; ; 2917 | Männer; ?
        B5; 7; 2016; ; Frauen
        C5; 8; 2016; ; Männer
        B6; 9; 2015; ; Frauen
        C6; 10; 2015; ; Männer
        B7; 11; 2005; ; Frauen
        C7; 12; 2005; ; Männer
    """),
    Quirk(17, "signs", [
        HEAD,
        ("Mitte", 2020, "-", " -"),
        ("Nord", 2020, "–", "."),
        ("Süd", 2020, "/", "/   "),
        ("West", 2020, "x", "…"),
        ("Ost", 2020, 12, "*"),
    ], """
        C2; -; 2020; ; Mitte | Frauen
        D2; -; 2020; ; Mitte | Männer
        C3; -; 2020; ; Nord | Frauen
        D3; .; 2020; ; Nord | Männer
        C4; /; 2020; ; Süd | Frauen
        D4; /; 2020; ; Süd | Männer
        C5; x; 2020; ; West | Frauen
        D5; ...; 2020; ; West | Männer
        C6; 12; 2020; ; Ost | Frauen
        D6; *; 2020; ; Ost | Männer
    """),
    Quirk(18, "texts_with_decimal_comma", [
        HEAD,
        ("Mitte", 2020, "12,5", 13.5),
        ("Nord", 2020, 22.25, "1.234,5"),
        ("Süd", 2020, "1.234", "7"),
    ], """
        C2; 12.5; 2020; ; Mitte | Frauen
        D2; 13.5; 2020; ; Mitte | Männer
        C3; 22.25; 2020; ; Nord | Frauen
        D3; 1234.5; 2020; ; Nord | Männer
        C4; 1234; 2020; ; Süd | Frauen; ?
        D4; 7; 2020; ; Süd | Männer
    """),
    Quirk(19, "values_in_brackets", [
        HEAD,
        ("Mitte", 2020, "(18,2)", "( 9,5 )"),
        ("Nord", 2020, "20,1", 21.5),
    ], """
        C2; (18.2); 2020; ; Mitte | Frauen
        D2; (9.5); 2020; ; Mitte | Männer
        C3; 20.1; 2020; ; Nord | Frauen
        D3; 21.5; 2020; ; Nord | Männer
    """),
    Quirk(20, "formats_that_carry_meaning", [
        HEAD,
        ("Mitte", 2020, 3.5, 7.25),
        ("Nord", 2020, 12345.6, 0),
        ("Süd", 2020, -1.1, 2.5),
        ("West", 2020, 0.125, -3),
    ], """
        C2; /; 2020; ; Mitte | Frauen
        D2; (7.25); 2020; ; Mitte | Männer
        C3; 12.3456; 2020; ; Nord | Frauen
        D3; -; 2020; ; Nord | Männer
        C4; (1.1); 2020; ; Süd | Frauen; ?
        D4; 2.5; 2020; ; Süd | Männer
        C5; 12.5; 2020; Prozent; West | Frauen
        D5; -3; 2020; ; West | Männer
    """, formats={
        "C2:D2": '[<5]"/";[<10]\\(0.0\\);0.0', "C3": "#,##0.0,", "D3": '#,##0;-#,##0;"-"',
        "C4": "#,##0.0;\\(#,##0.0\\)", "D4": "+0.0;-0.0;0.0", "C5": "0.0%",
    }),
    Quirk(21, "zeros_over_100_percent_and_negative", [
        ("Land", "Jahr", "Quote in Prozent", "Saldo"),
        ("Mitte", 2020, 104.5, -146),
        ("Nord", 2020, 0, 0),
    ], """
        C2; 104.5; 2020; Prozent; Mitte | Quote in Prozent
        D2; -146; 2020; ; Mitte | Saldo
        C3; 0; 2020; Prozent; Nord | Quote in Prozent
        D3; 0; 2020; ; Nord | Saldo
    """),
    Quirk(22, "blank_beside_a_dash", [
        HEAD,
        ("Mitte", 2020, "-", 3),
        ("Nord", 2020, _, 4),
        ("Süd", 2020, 5, "-"),
    ], """
        C2; -; 2020; ; Mitte | Frauen
        D2; 3; 2020; ; Mitte | Männer
        D3; 4; 2020; ; Nord | Männer
        C4; 5; 2020; ; Süd | Frauen
        D4; -; 2020; ; Süd | Männer
    """),
    Quirk(23, "error_rows", [
        HEAD,
        ("Mitte", 2020, 1, 2),
        ("Nord", 2020, "#N/A", "#N/A"),
        ("Süd", 2020, 3, 4),
    ], """
        C2; 1; 2020; ; Mitte | Frauen
        D2; 2; 2020; ; Mitte | Männer
        C3; ; 2020; ; Nord | Frauen; ?
        D3; ; 2020; ; Nord | Männer; ?
        C4; 3; 2020; ; Süd | Frauen
        D4; 4; 2020; ; Süd | Männer
    """),
    Quirk(24, "blank_texts", [
        ("Gebiet", "Jahr", "Frauen", "Männer", " "),
        ("Mitte", 2020, 1, 2, ""),
        ("Nord", 2020, " ", 4, NBSP),
        ("", "", "", "", ""),
        ("Süd", 2020, 5, 6, " "),
    ], """
        C2; 1; 2020; ; Mitte | Frauen
        D2; 2; 2020; ; Mitte | Männer
        D3; 4; 2020; ; Nord | Männer
        C5; 5; 2020; ; Süd | Frauen
        D5; 6; 2020; ; Süd | Männer
    """),
    Quirk(25, "full_stop_as_row_label", [
        ("Erwerbsquote 2019",),
        (_,),
        ("Geschlecht", "Deutsche", "Ausländer"),
        (".", 78.5, 71.5),
        ("männlich", 83.5, 78.5),
        ("weiblich", 73.5, 62.5),
    ], """
        B4; 78.5; 2019; ; . | Deutsche
        C4; 71.5; 2019; ; . | Ausländer
        B5; 83.5; 2019; ; männlich | Deutsche
        C5; 78.5; 2019; ; männlich | Ausländer
        B6; 73.5; 2019; ; weiblich | Deutsche
        C6; 62.5; 2019; ; weiblich | Ausländer
    """),
    Quirk(26, "two_tables_one_below_the_other", [
        ("Tabelle 1: Schulabgänge",),
        ("Gebiet", 2019, 2020),
        (_, "Anzahl", _),
        ("Mitte", 10, 11),
        ("Nord", 20, 21),
        (_,),
        ("1) ohne Förderschulen",),
        ("Quelle: Schulstatistik",),
        (_,),
        ("Tabelle 2: Anteile",),
        ("Gebiet", 2019, 2020),
        (_, "Prozent", _),
        ("Mitte", 33.5, 34.5),
        ("Nord", 66.5, 65.5),
        (_,),
        ("Quelle: Schulstatistik",),
    ], """
        B4; 10; 2019; Anzahl; Mitte
        C4; 11; 2020; Anzahl; Mitte
        B5; 20; 2019; Anzahl; Nord
        C5; 21; 2020; Anzahl; Nord
        B13; 33.5; 2019; Prozent; Mitte
        C13; 34.5; 2020; Prozent; Mitte
        B14; 66.5; 2019; Prozent; Nord
        C14; 65.5; 2020; Prozent; Nord
    """, merges=("A2:A3", "B3:C3", "A11:A12", "B12:C12")),
    Quirk(26, "two_tables_side_by_side", [
        ("31.12.2018*", _, _, _, "31.12.2018*", _),
        (_,),
        ("Gebiet", "Frauen", "Männer", _, "Ort", "Insgesamt"),
        ("Mitte", 10, 11, _, "Altdorf", 50),
        ("Nord", 20, 21, _, "Neudorf", 60),
    ], """
        B4; 10; 2018-12-31; ; Mitte | Frauen
        C4; 11; 2018-12-31; ; Mitte | Männer
        B5; 20; 2018-12-31; ; Nord | Frauen
        C5; 21; 2018-12-31; ; Nord | Männer
        F4; 50; 2018-12-31; ; Altdorf | Insgesamt
        F5; 60; 2018-12-31; ; Neudorf | Insgesamt
    """),
    Quirk(27, "section_rows", [
        ("Abschluss", "Jahr", "Frauen", "Männer"),
        (1, 2, 3, 4),
        (_,),
        ("Öffentliche Schulen",),
        (_,),
        ("ohne", 2020, 1, 2),
        ("mit", 2020, 3, 4),
        (_,),
        ("Freie Schulen",),
        (_,),
        ("ohne", 2020, 5, 6),
        ("mit", 2020, 7, 8),
    ], """
        C6; 1; 2020; ; Öffentliche Schulen | ohne | Frauen
        D6; 2; 2020; ; Öffentliche Schulen | ohne | Männer
        C7; 3; 2020; ; Öffentliche Schulen | mit | Frauen
        D7; 4; 2020; ; Öffentliche Schulen | mit | Männer
        C11; 5; 2020; ; Freie Schulen | ohne | Frauen
        D11; 6; 2020; ; Freie Schulen | ohne | Männer
        C12; 7; 2020; ; Freie Schulen | mit | Frauen
        D12; 8; 2020; ; Freie Schulen | mit | Männer
    """, merges=("A4:D4", "A9:D9")),
    Quirk(27, "section_inside_a_data_column", [
        ("Gebiet", "Jahr", "Frauen", "Männer"),
        (1, 2, 3, 4),
        (_, _, "Deutsche", _),
        ("Mitte", 2020, 1, 2),
        ("Nord", 2020, 3, 4),
        (_, _, "Ausländer", _),
        ("Mitte", 2020, 5, 6),
        ("Nord", 2020, 7, 8),
    ], """
        C4; 1; 2020; ; Deutsche | Mitte | Frauen
        D4; 2; 2020; ; Deutsche | Mitte | Männer
        C5; 3; 2020; ; Deutsche | Nord | Frauen
        D5; 4; 2020; ; Deutsche | Nord | Männer
        C7; 5; 2020; ; Ausländer | Mitte | Frauen
        D7; 6; 2020; ; Ausländer | Mitte | Männer
        C8; 7; 2020; ; Ausländer | Nord | Frauen
        D8; 8; 2020; ; Ausländer | Nord | Männer
    """),
    Quirk(27, "period_as_section", [
        ("Gebiet", "Frauen", "Männer"),
        ("1", "2", "3"),
        (2019, _, _),
        ("Mitte", 1, 2),
        ("Nord", 3, 4),
        (2020, _, _),
        ("Mitte", 5, 6),
        ("Nord", 7, 8),
    ], """
        B4; 1; 2019; ; Mitte | Frauen
        C4; 2; 2019; ; Mitte | Männer
        B5; 3; 2019; ; Nord | Frauen
        C5; 4; 2019; ; Nord | Männer
        B7; 5; 2020; ; Mitte | Frauen
        C7; 6; 2020; ; Mitte | Männer
        B8; 7; 2020; ; Nord | Frauen
        C8; 8; 2020; ; Nord | Männer
    """, merges=("A3:C3", "A6:C6")),
    Quirk(28, "merged_stub_parts_blocks_with_the_same_years", [
        (_, "Jahr", "Frauen", "Männer"),
        ("nach Zensus\n(ab 2011)", 2012, 1, 2),
        (_, 2011, 3, 4),
        (_,),
        ("vor Zensus", 2012, 5, 6),
        (_, 2011, 7, 8),
    ], """
        C2; 1; 2012; ; nach Zensus (ab 2011) | Frauen
        D2; 2; 2012; ; nach Zensus (ab 2011) | Männer
        C3; 3; 2011; ; nach Zensus (ab 2011) | Frauen
        D3; 4; 2011; ; nach Zensus (ab 2011) | Männer
        C5; 5; 2012; ; vor Zensus | Frauen
        D5; 6; 2012; ; vor Zensus | Männer
        C6; 7; 2011; ; vor Zensus | Frauen
        D6; 8; 2011; ; vor Zensus | Männer
    """, merges=("A2:A3", "A5:A6")),
    Quirk(29, "period_between_two_stub_columns", [
        ("Gebiet", "Jahr", "Geschlecht", "Deutsche", "Ausländer"),
        ("Mitte", 2019, "Frauen", 1, 2),
        ("Mitte", 2019, "Männer", 3, 4),
        ("Mitte", 2020, "Frauen", 5, 6),
        ("Mitte", 2020, "Männer", 7, 8),
    ], """
        D2; 1; 2019; ; Mitte | Frauen | Deutsche
        E2; 2; 2019; ; Mitte | Frauen | Ausländer
        D3; 3; 2019; ; Mitte | Männer | Deutsche
        E3; 4; 2019; ; Mitte | Männer | Ausländer
        D4; 5; 2020; ; Mitte | Frauen | Deutsche
        E4; 6; 2020; ; Mitte | Frauen | Ausländer
        D5; 7; 2020; ; Mitte | Männer | Deutsche
        E5; 8; 2020; ; Mitte | Männer | Ausländer
    """),
    Quirk(30, "indentation_by_blanks", [
        ("Land der Staatsangehörigkeit", 2019, 2020),
        ("Europa insgesamt          ", 100, 110),
        ("  Griechenland            ", 10, 11),
        ("  Kosovo", 20, 21),
        ("Afrika insgesamt", 50, 51),
        ("  Tunesien", 5, 6),
        ("Insgesamt", 150, 161),
    ], """
        B2; 100; 2019; ; Europa insgesamt
        C2; 110; 2020; ; Europa insgesamt
        B3; 10; 2019; ; Europa insgesamt | Griechenland
        C3; 11; 2020; ; Europa insgesamt | Griechenland
        B4; 20; 2019; ; Europa insgesamt | Kosovo
        C4; 21; 2020; ; Europa insgesamt | Kosovo
        B5; 50; 2019; ; Afrika insgesamt
        C5; 51; 2020; ; Afrika insgesamt
        B6; 5; 2019; ; Afrika insgesamt | Tunesien
        C6; 6; 2020; ; Afrika insgesamt | Tunesien
        B7; 150; 2019; ; Insgesamt
        C7; 161; 2020; ; Insgesamt
    """),
    Quirk(30, "indentation_by_format", [
        ("Staat", 2019, 2020),
        ("Europa", 100, 110),
        ("Polen", 10, 11),
        ("Asien", 50, 51),
        ("Irak", 5, 6),
    ], """
        B2; 100; 2019; ; Europa
        C2; 110; 2020; ; Europa
        B3; 10; 2019; ; Europa | Polen
        C3; 11; 2020; ; Europa | Polen
        B4; 50; 2019; ; Asien
        C4; 51; 2020; ; Asien
        B5; 5; 2019; ; Asien | Irak
        C5; 6; 2020; ; Asien | Irak
    """, indents={"A3": 1, "A5": 1}),
    Quirk(31, "keys_beside_and_inside_names", [
        (_, "Gebiet", "Jahr", "Frauen", "Männer"),
        (101, "Braunstadt", 2020, 1, 2),
        ("241x", "Hannstadt", 2020, 3, 4),
        ("360/ 354", "Uelstadt", 2020, 5, 6),
        (462, "462 Wittstadt,Stadt", 2020, 7, 8),
    ], """
        D2; 1; 2020; ; Braunstadt | Frauen
        E2; 2; 2020; ; Braunstadt | Männer
        D3; 3; 2020; ; Hannstadt | Frauen
        E3; 4; 2020; ; Hannstadt | Männer
        D4; 5; 2020; ; Uelstadt | Frauen
        E4; 6; 2020; ; Uelstadt | Männer
        D5; 7; 2020; ; 462 Wittstadt,Stadt | Frauen
        E5; 8; 2020; ; 462 Wittstadt,Stadt | Männer
    """, hidden_columns=("A",), formats={"A2:A5": "0.00"}),
    Quirk(32, "same_name_twice", [
        ("Gebiet", "Jahr", "Frauen", "Männer"),
        ("Göttstadt", 2020, 1, 2),
        ("Göttstadt", 2020, 3, 4),
        ("Nord", 2020, 5, 6),
    ], """
        C2; 1; 2020; ; Göttstadt | Frauen; ?
        D2; 2; 2020; ; Göttstadt | Männer; ?
        C3; 3; 2020; ; Göttstadt | Frauen; ?
        D3; 4; 2020; ; Göttstadt | Männer; ?
        C4; 5; 2020; ; Nord | Frauen
        D4; 6; 2020; ; Nord | Männer
    """),
    Quirk(33, "running_numbers_in_a_hidden_column", [
        ("lfd. Nr.", "Gebiet", "Jahr", "Frauen", "Männer"),
        (1, "Mitte", 2020, 11, 12),
        (2, "Nord", 2020, 13, 14),
        (3, "Süd", 2020, 15, 16),
    ], """
        D2; 11; 2020; ; Mitte | Frauen
        E2; 12; 2020; ; Mitte | Männer
        D3; 13; 2020; ; Nord | Frauen
        E3; 14; 2020; ; Nord | Männer
        D4; 15; 2020; ; Süd | Frauen
        E4; 16; 2020; ; Süd | Männer
    """, hidden_columns=("A",)),
    Quirk(34, "filtered_rows_belong_to_the_table", [
        HEAD,
        ("Mitte", 2019, 1, 2),
        ("Nord", 2019, 3, 4),
        (_,),
        ("Mitte", 2020, 5, 6),
        ("Nord", 2020, 7, 8),
    ], """
        C2; 1; 2019; ; Mitte | Frauen
        D2; 2; 2019; ; Mitte | Männer
        C3; 3; 2019; ; Nord | Frauen; ?
        D3; 4; 2019; ; Nord | Männer; ?
        C5; 5; 2020; ; Mitte | Frauen
        D5; 6; 2020; ; Mitte | Männer
        C6; 7; 2020; ; Nord | Frauen; ?
        D6; 8; 2020; ; Nord | Männer; ?
    """, hidden_rows=(3, 4, 6)),
    Quirk(35, "stray_numbers_and_lists", [
        ("Tabelle 5: Schulabgänge", 101, _, _, _, _, _),
        (_, 102, _, _, _, _, _),
        ("Gebiet", "Jahr", "Frauen", "Männer", _, _, "Filter"),
        ("Mitte", 2020, 11, 12, _, _, "Mitte"),
        ("Nord", 2020, 13, 14, " ", _, "Nord"),
        ("Süd", 2020, 15, 16, _, _, "Süd"),
    ], """
        C4; 11; 2020; ; Mitte | Frauen
        D4; 12; 2020; ; Mitte | Männer
        C5; 13; 2020; ; Nord | Frauen
        D5; 14; 2020; ; Nord | Männer
        C6; 15; 2020; ; Süd | Frauen
        D6; 16; 2020; ; Süd | Männer
    """),
    Quirk(36, "notes_and_source_far_below", [
        HEAD,
        ("Mitte", 2020, 11, 12),
        ("Nord", 2020, 13, 14),
        ("Quelle: Schulstatistik 2020",),
        ("__________",),
        ("1) Ohne die 15 Förderschulen.",),
        *[(_,)] * 60,
        (f"©{NBSP * 10}Stadt Musterstadt{NBSP * 40}2021",),
        ("https://www.musterstadt.example/statistik",),
        ("Stand: 12.08.2021",),
    ], """
        C2; 11; 2020; ; Mitte | Frauen
        D2; 12; 2020; ; Mitte | Männer
        C3; 13; 2020; ; Nord | Frauen
        D3; 14; 2020; ; Nord | Männer
    """),
    Quirk(37, "sheet_name_with_blanks_among_other_sheets", [
        HEAD,
        ("Mitte", 2020, 11, 12),
        ("Nord", 2020, 13, 14),
    ], """
        C2; 11; 2020; ; Mitte | Frauen
        D2; 12; 2020; ; Mitte | Männer
        C3; 13; 2020; ; Nord | Frauen
        D3; 14; 2020; ; Nord | Männer
    """, sheet=" 2020 Download ", others=("Arbeitsblatt", "CSV_Export")),
    Quirk(1, "title_left_of_the_table", [
        ("Ergebnisse für 2019", _, _, _),
        (_,),
        (_, _, "Gebiet", "Frauen", "Männer"),
        (_, _, "Mitte", 11, 12),
        (_, _, "Nord", 23, 14),
    ], """
        D4; 11; 2019; ; Mitte | Frauen
        E4; 12; 2019; ; Mitte | Männer
        D5; 23; 2019; ; Nord | Frauen
        E5; 14; 2019; ; Nord | Männer
    """),
    Quirk(2, "classes_as_numbers_in_the_head", [
        ("Schuljahr 2019/20",),
        (_,),
        ("Schulform", "Klasse", _, _, _),
        (_, 5, 6, 7, 8),
        ("Hauptschule", 30, 14, 55, 17),
        ("Gymnasium", 20, 11, 42, 90),
    ], """
        B5; 30; 2019/20; ; Hauptschule | Klasse | 5
        C5; 14; 2019/20; ; Hauptschule | Klasse | 6
        D5; 55; 2019/20; ; Hauptschule | Klasse | 7
        E5; 17; 2019/20; ; Hauptschule | Klasse | 8
        B6; 20; 2019/20; ; Gymnasium | Klasse | 5
        C6; 11; 2019/20; ; Gymnasium | Klasse | 6
        D6; 42; 2019/20; ; Gymnasium | Klasse | 7
        E6; 90; 2019/20; ; Gymnasium | Klasse | 8
    """, merges=("A3:A4", "B3:E3")),
    Quirk(3, "ages_spelled_over_rows", [
        ("Bevölkerung am 31.12.2019",),
        (_,),
        ("Stadt-", _, "davon", "im", "Alter"),
        ("teil", "Ins-", "von", "von", "von"),
        (_, "ge-", 15, 20, 25),
        (_, "samt", "bis", "bis", "und"),
        (_, _, 19, 24, "mehr"),
        (_, _, "Jahren", "Jahren", "Jahren"),
        ("Mitte", 60, 10, 20, 30),
        ("Nord", 66, 11, 22, 33),
    ], """
        B9; 60; 2019-12-31; ; Mitte | Insgesamt
        C9; 10; 2019-12-31; ; Mitte | davon | von | 15 | bis | 19 | Jahren
        D9; 20; 2019-12-31; ; Mitte | im | von | 20 | bis | 24 | Jahren
        E9; 30; 2019-12-31; ; Mitte | Alter | von | 25 | und | mehr | Jahren
        B10; 66; 2019-12-31; ; Nord | Insgesamt
        C10; 11; 2019-12-31; ; Nord | davon | von | 15 | bis | 19 | Jahren
        D10; 22; 2019-12-31; ; Nord | im | von | 20 | bis | 24 | Jahren
        E10; 33; 2019-12-31; ; Nord | Alter | von | 25 | und | mehr | Jahren
    """),
    Quirk(8, "ages_as_row_labels", [
        ("Stand 31.12.2020",),
        (_,),
        ("Alter in Jahren", "Frauen", "Männer"),
        (0, 30, 14),
        (1, 20, 11),
        (2, 25, 13),
    ], """
        B4; 30; 2020-12-31; ; 0 | Frauen
        C4; 14; 2020-12-31; ; 0 | Männer
        B5; 20; 2020-12-31; ; 1 | Frauen
        C5; 11; 2020-12-31; ; 1 | Männer
        B6; 25; 2020-12-31; ; 2 | Frauen
        C6; 13; 2020-12-31; ; 2 | Männer
    """),
    Quirk(10, "unit_not_merged_and_thousand_as_value", [
        ("Gebiet", "Jahr", "Frauen", "Männer"),
        (_, _, "Anzahl", _),
        ("Mitte", 2020, 999, 1001),
        ("Nord", 2020, 1000, 1000),
        ("Süd", 2020, 12, 13),
    ], """
        C3; 999; 2020; Anzahl; Mitte | Frauen
        D3; 1001; 2020; Anzahl; Mitte | Männer
        C4; 1000; 2020; Anzahl; Nord | Frauen
        D4; 1000; 2020; Anzahl; Nord | Männer
        C5; 12; 2020; Anzahl; Süd | Frauen
        D5; 13; 2020; Anzahl; Süd | Männer
    """),
    Quirk(12, "counts_that_look_like_years", [
        ("Einbürgerungen 2019",),
        (_,),
        ("Gebiet", "Frauen", "Männer"),
        ("Mitte", 1998, 2003),
        ("Nord", 2011, 1987),
        ("Süd", 300, 2020),
    ], """
        B4; 1998; 2019; ; Mitte | Frauen
        C4; 2003; 2019; ; Mitte | Männer
        B5; 2011; 2019; ; Nord | Frauen
        C5; 1987; 2019; ; Nord | Männer
        B6; 300; 2019; ; Süd | Frauen
        C6; 2020; 2019; ; Süd | Männer
    """),
    Quirk(12, "other_years_in_the_title", [
        ("Erwerbstätige 2019 nach Wirtschaftszweigen (WZ 2008), Gebietsstand: 01.11.2016",),
        (_,),
        ("Zweig", "Frauen", "Männer"),
        ("Handel", 11, 12),
        ("Bau", 23, 14),
    ], """
        B4; 11; 2019; ; Handel | Frauen
        C4; 12; 2019; ; Handel | Männer
        B5; 23; 2019; ; Bau | Frauen
        C5; 14; 2019; ; Bau | Männer
    """),
    Quirk(12, "period_nowhere", [
        ("Gebiet", "Frauen", "Männer"),
        ("Mitte", 11, 12),
        ("Nord", 23, 14),
    ], """
        B2; 11; ; ; Mitte | Frauen; ?
        C2; 12; ; ; Mitte | Männer; ?
        B3; 23; ; ; Nord | Frauen; ?
        C3; 14; ; ; Nord | Männer; ?
    """),
    Quirk(14, "year_of_delivery_beside_years", [
        ("Lieferjahr", "Jahr", "Staat", "Frauen", "Männer"),
        (2020, 2018, "Polen", 10, 11),
        (2020, 2019, "Polen", 20, 21),
        (2021, 2020, "Polen", 30, 31),
    ], """
        D2; 10; 2018; ; Polen | Frauen
        E2; 11; 2018; ; Polen | Männer
        D3; 20; 2019; ; Polen | Frauen
        E3; 21; 2019; ; Polen | Männer
        D4; 30; 2020; ; Polen | Frauen
        E4; 31; 2020; ; Polen | Männer
    """),
    Quirk(26, "two_narrow_tables_one_below_the_other", [
        ("Bezirk", "Fälle 2019"),
        ("Mitte", 10),
        ("Nord", 20),
        (_,),
        ("Alter", "Personen 2019"),
        ("jung", 30),
        ("alt", 40),
    ], """
        B2; 10; 2019; ; Mitte | Fälle 2019; ?
        B3; 20; 2019; ; Nord | Fälle 2019; ?
        B6; 30; 2019; ; jung | Personen 2019; ?
        B7; 40; 2019; ; alt | Personen 2019; ?
    """, sheet="Fälle 2019"),
    Quirk(27, "sections_without_column_numbers", [
        ("Abschluss", "Jahr", "Frauen", "Männer"),
        ("Öffentliche Schulen", _, _, _),
        ("ohne", 2020, 1, 2),
        ("mit", 2020, 3, 4),
        ("Freie Schulen", _, _, _),
        ("ohne", 2020, 5, 6),
        ("mit", 2020, 7, 8),
    ], """
        C3; 1; 2020; ; Öffentliche Schulen | ohne | Frauen
        D3; 2; 2020; ; Öffentliche Schulen | ohne | Männer
        C4; 3; 2020; ; Öffentliche Schulen | mit | Frauen
        D4; 4; 2020; ; Öffentliche Schulen | mit | Männer
        C6; 5; 2020; ; Freie Schulen | ohne | Frauen
        D6; 6; 2020; ; Freie Schulen | ohne | Männer
        C7; 7; 2020; ; Freie Schulen | mit | Frauen
        D7; 8; 2020; ; Freie Schulen | mit | Männer
    """, merges=("A2:D2", "A5:D5")),
    Quirk(28, "value_merged_over_two_rows", [
        ("Gruppe", "Jahr", "Frauen", "Männer"),
        ("Deutsche", 2020, 1, 2),
        ("insgesamt", 2020, _, 4),
        ("Ausländer", 2020, 5, 6),
    ], """
        C2; 1; 2020; ; Deutsche | insgesamt | Frauen; ?
        D2; 2; 2020; ; Deutsche | Männer
        D3; 4; 2020; ; insgesamt | Männer
        C4; 5; 2020; ; Ausländer | Frauen
        D4; 6; 2020; ; Ausländer | Männer
    """, merges=("C2:C3",)),
    Quirk(3, "unit_as_end_of_a_spelled_phrase", [
        ("31.12.2019",),
        (_,),
        ("Niedersachsen", "Bevöl-", "1)", "1)"),
        ("Statistische Region*", "kerung", "Fläche", "Ein-"),
        ("Kreis*", "ins-", "in qkm", "wohner"),
        ("Mitgliedsgemeinde*", "gesamt", _, "je qkm"),
        ("Mitte", 500, 10.5, 48),
        ("Nord", 700, 20.5, 34),
    ], """
        B7; 500; 2019-12-31; ; Mitte | Bevölkerung | insgesamt
        C7; 10.5; 2019-12-31; qkm; Mitte | Fläche | in qkm
        D7; 48; 2019-12-31; je qkm; Mitte | Einwohner | je qkm
        B8; 700; 2019-12-31; ; Nord | Bevölkerung | insgesamt
        C8; 20.5; 2019-12-31; qkm; Nord | Fläche | in qkm
        D8; 34; 2019-12-31; je qkm; Nord | Einwohner | je qkm
    """),
    Quirk(33, "running_numbers_before_the_years", [
        ("Gebiet", _, "Jahr", "Frauen", "Männer"),
        ("Mitte", 17, 2019, 11, 12),
        ("Mitte", 18, 2020, 13, 14),
        ("Nord", 19, 2019, 15, 16),
    ], """
        D2; 11; 2019; ; Mitte | Frauen
        E2; 12; 2019; ; Mitte | Männer
        D3; 13; 2020; ; Mitte | Frauen
        E3; 14; 2020; ; Mitte | Männer
        D4; 15; 2019; ; Nord | Frauen
        E4; 16; 2019; ; Nord | Männer
    """, hidden_columns=("B",)),
    Quirk(9, "lines_above_contradict_each_other", [
        ("Betreute Kinder", _, _, 2020),
        ("am 01.03.2019",),
        ("Gebiet", "unter 3 Jahren", "3 bis unter 6 Jahren"),
        ("Mitte", 17, 111),
        ("Nord", 18, 113),
    ], """
        B4; 17; 2020; ; Mitte | unter 3 Jahren; ?
        C4; 111; 2020; ; Mitte | 3 bis unter 6 Jahren; ?
        B5; 18; 2020; ; Nord | unter 3 Jahren; ?
        C5; 113; 2020; ; Nord | 3 bis unter 6 Jahren; ?
    """, sheet="2020"),
    Quirk(12, "day_of_printing_above_the_head", [
        ("Betreute Kinder 2020",),
        (_, _, "13.04.2021"),
        ("Gebiet", "unter 3 Jahren", "3 bis unter 6 Jahren"),
        ("Mitte", 17, 111),
        ("Nord", 18, 113),
    ], """
        B4; 17; 2021-04-13; ; Mitte | unter 3 Jahren; ?
        C4; 111; 2021-04-13; ; Mitte | 3 bis unter 6 Jahren; ?
        B5; 18; 2021-04-13; ; Nord | unter 3 Jahren; ?
        C5; 113; 2021-04-13; ; Nord | 3 bis unter 6 Jahren; ?
    """),
    Quirk(35, "a_lone_number_below", [
        HEAD,
        ("Mitte", 2020, 12, 13),
        ("Nord", 2020, 22, 23),
        (_,),
        ("Auskunft", "Telefon"),
        ("Frau Muster", 98981132),
    ], """
        C2; 12; 2020; ; Mitte | Frauen
        D2; 13; 2020; ; Mitte | Männer
        C3; 22; 2020; ; Nord | Frauen
        D3; 23; 2020; ; Nord | Männer
        B6; 98981132; ; ; Frau Muster | Telefon; ?
    """),
    Quirk(35, "a_version_below", [
        HEAD,
        ("Mitte", 2020, 12, 13),
        ("Nord", 2020, 22, 23),
        (_,),
        ("Fassung", 3),
    ], """
        C2; 12; 2020; ; Mitte | Frauen
        D2; 13; 2020; ; Mitte | Männer
        C3; 22; 2020; ; Nord | Frauen
        D3; 23; 2020; ; Nord | Männer
    """),
    Quirk(26, "side_by_side_beginning_with_years", [
        ("Jahr", "Frauen", "Männer", _, "Jahr", "Frauen", "Männer"),
        (2019, 11, 12, _, 2017, 21, 22),
        (2020, 13, 14, _, 2018, 23, 24),
    ], """
        B2; 11; 2019; ; Frauen
        C2; 12; 2019; ; Männer
        B3; 13; 2020; ; Frauen
        C3; 14; 2020; ; Männer
        F2; 21; 2017; ; Frauen
        G2; 22; 2017; ; Männer
        F3; 23; 2018; ; Frauen
        G3; 24; 2018; ; Männer
    """),
    Quirk(26, "head_of_years_repeated", [
        ("Bezirk", 2019, 2020),
        ("Mitte", 11, 12),
        ("Nord", 13, 14),
        (_,),
        ("Bezirk", 2019, 2020),
        ("Ost", 21, 22),
        ("West", 23, 24),
    ], """
        B2; 11; 2019; ; Mitte
        C2; 12; 2020; ; Mitte
        B3; 13; 2019; ; Nord
        C3; 14; 2020; ; Nord
        B6; 21; 2019; ; Ost
        C6; 22; 2020; ; Ost
        B7; 23; 2019; ; West
        C7; 24; 2020; ; West
    """),
    Quirk(22, "row_without_values", [
        HEAD,
        ("Mitte", 2020, 12, 13),
        ("Nord", 2020, _, _),
        ("Süd", 2020, 32, 33),
    ], """
        C2; 12; 2020; ; Mitte | Frauen
        D2; 13; 2020; ; Mitte | Männer
        C4; 32; 2020; ; Süd | Frauen
        D4; 33; 2020; ; Süd | Männer
    """),
    Quirk(22, "row_without_values_or_section", [
        ("Gebiet", "Frauen 2020", "Männer 2020"),
        ("Mitte", 12, 13),
        ("Nord", _, _),
        ("Süd", 32, 33),
    ], """
        B2; 12; ; ; Mitte | Frauen 2020; ?
        C2; 13; ; ; Mitte | Männer 2020; ?
        B4; 32; ; ; Nord | Süd | Frauen 2020; ?
        C4; 33; ; ; Nord | Süd | Männer 2020; ?
    """),
    Quirk(12, "counts_like_years_in_the_first_row", [
        ("Jahr", "Meldungen"),
        (2019, 1985),
        (2020, 2011),
        (2021, 812),
    ], """
        B2; 1985; 2019; ; Meldungen
        B3; 2011; 2020; ; Meldungen
        B4; 812; 2021; ; Meldungen
    """),
    Quirk(3, "syllables_end_on_one_line", [
        ("Ergebnisse 2022",),
        (_,),
        ("Bezirk", "abge-", _, _),
        (_, "schlos-", "noch", "Ins-"),
        (_, "sene", "nicht be-", "ge-"),
        (_, "Kurse", "gonnen", "samt"),
        ("Mitte", 5, 6, 11),
        ("Nord", 7, 8, 15),
    ], """
        B7; 5; 2022; ; Mitte | abgeschlossene | Kurse
        C7; 6; 2022; ; Mitte | noch | nicht begonnen
        D7; 11; 2022; ; Mitte | Insgesamt
        B8; 7; 2022; ; Nord | abgeschlossene | Kurse
        C8; 8; 2022; ; Nord | noch | nicht begonnen
        D8; 15; 2022; ; Nord | Insgesamt
    """),
    Quirk(15, "label_left_blank", [
        ("Jahr", "Gebiet", "Frauen", "Männer"),
        (2020, "Mitte", 1, 2),
        (2021, _, 3, 4),
        (2020, "Nord", 5, 6),
        (2021, _, 7, 8),
    ], """
        C2; 1; 2020; ; Mitte | Frauen
        D2; 2; 2020; ; Mitte | Männer
        C3; 3; 2021; ; Mitte | Frauen; ?
        D3; 4; 2021; ; Mitte | Männer; ?
        C4; 5; 2020; ; Nord | Frauen
        D4; 6; 2020; ; Nord | Männer
        C5; 7; 2021; ; Nord | Frauen; ?
        D5; 8; 2021; ; Nord | Männer; ?
    """),
    Quirk(8, "ages_behind_running_numbers", [
        ("Bevölkerung 2020",),
        (_,),
        ("lfd. Nr.", "Alter", "Frauen", "Männer"),
        (1, 0, 30, 14),
        (2, 1, 20, 11),
        (3, 2, 10, 3),
    ], """
        C4; 30; 2020; ; 0 | Frauen
        D4; 14; 2020; ; 0 | Männer
        C5; 20; 2020; ; 1 | Frauen
        D5; 11; 2020; ; 1 | Männer
        C6; 10; 2020; ; 2 | Frauen
        D6; 3; 2020; ; 2 | Männer
    """),
]
# fmt: on


def main() -> int:
    FOLDER.mkdir(exist_ok=True)
    for quirk in QUIRKS:
        quirk.write(FOLDER)
    print(f"{len(QUIRKS)} Arbeitsmappen für {len({quirk.number for quirk in QUIRKS})} Eigenheiten in {FOLDER}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
