"""What the way itself finds about a file: what it is, whose it is, and whether it is news."""

from dataclasses import replace
from datetime import datetime

from indicators import german
from indicators.datasets import DATA_SETS
from indicators.datasets.reading import Reading
from indicators.foreign_text import legible
from indicators.ledger.erasure import Erasure, Kind
from indicators.model import Finding, Place, Severity
from indicators.names import named
from indicators.templates.hidden_map import MAP_SHEET
from indicators.workbooks.workbook import Workbook

ALREADY = "already-delivered"
HIDDEN = ("hidden-sheet", "hidden-rows", "hidden-columns")
WITHOUT_MACROS = "In Excel über „Speichern unter“ als Excel-Arbeitsmappe ohne Makros (.xlsx) speichern."


def of_the_file(workbook: Workbook) -> tuple[Finding, ...]:
    """What the reader tells of the file; that our own map is hidden is no news, that it brings programs is."""
    told = (finding for finding in workbook.findings if finding.place.sheet != MAP_SHEET or finding.rule not in HIDDEN)
    return tuple(
        replace(found, severity=Severity.ERROR, remedy=WITHOUT_MACROS) if found.rule == "macros" else found
        for found in told
    )


def of_nothing(reading: Reading) -> tuple[Finding, ...]:
    return () if reading.rows or reading.blocked else (DATA_SETS[reading.data_set].nothing(),)


def made_legible(finding: Finding) -> Finding:
    """Sheet names and cell texts are a stranger's: what acts on the screen or in a log instead of being seen goes."""
    place = Place(legible(finding.place.sheet, 60), finding.place.cell)
    return replace(finding, message=legible(finding.message, 600), found=legible(finding.found, 80), place=place)


def already(number: int, at: datetime, by: str) -> Finding:
    return Finding(
        ALREADY,
        Severity.HINT,
        f"Diese Datei wurde bereits geliefert: am {german.moment(at)} von {named(by, at)} (Lieferung {number}).",
        "Es ist nichts zu tun. Für eine Korrektur ändern Sie die Zahlen in der Datei und laden sie noch einmal hoch.",
    )


def of_an_erased_file(erasure: Erasure | None) -> tuple[Finding, ...]:
    """For bytes that a person had erased for good; nothing for those that went because nobody took them over."""
    if erasure is None or erasure.kind is not Kind.PERSONAL:
        return ()
    remedy = "Bitte in einer Datei ohne diese Angaben liefern. Die hochgeladene Datei wird nicht aufbewahrt."
    return (Finding("erased-file", Severity.ERROR, legible(erasure.said, 600), remedy),)


def for_the_office(title: str) -> Finding:
    message = f"Die Liste „{title}“ führt nur die Stabsstelle."
    return Finding("office-only", Severity.ERROR, message, "Bitte bei der Stabsstelle melden.")


def foreign_reporter(found: str, expected: str) -> Finding:
    return Finding(
        "foreign-reporter",
        Severity.ERROR,
        f"Die Datei ist eine Vorlage für {found}. Sie liefern für {expected}.",
        "Bitte die eigene Vorlage verwenden.",
        found=found,
    )
